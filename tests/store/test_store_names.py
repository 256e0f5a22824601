"""Other names of a desk: read as one person when the log is asked, and told apart again without a trace."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from store import StoreError

MONDAY, TUESDAY = datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 3, 10, tzinfo=UTC)


def desks(history, **known):
    """activity_id -> (desk, assignee) as the log reads them."""
    rows = history.log(**known).project("activity_id, desk, assignee").fetchall()
    found = {name: (desk, assignee) for name, desk, assignee in rows}
    assert len(found) == len(rows)
    return found


def test_a_new_history_knows_no_other_names(history):
    assert history.aliases().columns.tolist() == ["alias", "desk"]
    assert history.aliases().empty


def test_another_name_is_read_as_the_desk_in_the_past_and_in_what_comes_later(history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1"}, desk=["dkim", "Desk 02"], assignee=["Desk 02", "dkim"]), meta("one"))
    history.save_alias("dkim", "Desk 01")
    history.add(log_of({"c": "1"}, desk="dkim"), meta("two"))
    assert desks(history) == {"a": ("Desk 01", "Desk 02"), "b": ("Desk 02", "Desk 01"), "c": ("Desk 01", None)}
    assert history.aliases().to_dict("records") == [{"alias": "dkim", "desk": "Desk 01"}]


def test_a_name_told_apart_again_leaves_everything_as_it_was(history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1"}, desk=["dkim", "Desk 01"]), meta("one"))
    before = desks(history)
    history.save_alias("dkim", "Desk 01")
    history.remove_alias("dkim")
    assert desks(history) == before == {"a": ("dkim", None), "b": ("Desk 01", None)}
    history.remove_alias("nobody")
    assert history.aliases().empty


def test_an_alias_of_an_alias_is_the_last_name_of_the_chain(history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1"}, desk=["dk", "dkim"]), meta("one"))
    history.save_alias("dk", "dkim")
    history.save_alias("dkim", "Desk 01")
    assert desks(history) == {"a": ("Desk 01", None), "b": ("Desk 01", None)}
    history.remove_alias("dkim")
    assert desks(history) == {"a": ("dkim", None), "b": ("dkim", None)}


def test_an_alias_that_moves_to_another_desk_is_read_as_that_one(history, log_of, meta):
    history.add(log_of({"a": "1"}, desk="dkim"), meta("one"))
    history.save_alias("dkim", "Desk 01")
    history.save_alias("dkim", "Desk 02")
    assert desks(history) == {"a": ("Desk 02", None)}


@pytest.mark.parametrize(
    ("alias", "desk"), [("a", "a"), ("c", "a"), ("b", "a"), ("", "a"), ("x", "  ")], ids=lambda name: f"<{name}>"
)
def test_an_empty_name_or_a_circle_is_refused_and_nothing_changes(history, alias, desk):
    history.save_alias("a", "b")
    history.save_alias("b", "c")
    version = history.version()
    with pytest.raises(StoreError) as refused:
        history.save_alias(alias, desk)
    assert refused.value.code == "bad_value"
    assert history.version() == version
    assert history.aliases().to_numpy().tolist() == [["a", "b"], ["b", "c"]]


def test_a_name_is_data_whatever_it_says(history, log_of, meta):
    hostile = "'); DROP TABLE aliases; --"
    history.add(log_of({"a": "1"}, desk=hostile), meta("one"))
    history.save_alias(hostile, 'Desk "01"')
    assert desks(history) == {"a": ('Desk "01"', None)}


def test_names_hold_for_what_was_known_on_an_earlier_day_too(history, log_of, meta):
    history.add(log_of({"a": "1"}, desk="dkim"), meta("one"), now=MONDAY)
    history.add(log_of({"b": "1"}, desk="dkim"), meta("two"), now=TUESDAY)
    history.save_alias("dkim", "Desk 01")
    assert desks(history, known_on=date(2026, 3, 2)) == {"a": ("Desk 01", None)}


def test_the_columns_of_the_log_keep_their_order_and_types_under_other_names(history, log_of, meta):
    history.add(log_of({"a": "1"}, desk="dkim", due_on=pd.Timestamp(2026, 3, 9), quantity=2.5), meta("one"))
    before = history.log()
    history.save_alias("dkim", "Desk 01")
    after = history.log()
    assert (after.columns, after.types) == (before.columns, before.types)
    assert after.project("* EXCLUDE (desk)").fetchall() == before.project("* EXCLUDE (desk)").fetchall()


def test_a_restated_row_is_read_under_its_other_name_once(history, log_of, meta):
    history.add(log_of({"a": "1"}, desk="dkim"), meta("one"))
    history.add(log_of({"a": "2"}, desk="dkim"), meta("two"))
    history.save_alias("dkim", "Desk 01")
    assert desks(history) == {"a": ("Desk 01", None)}


def test_a_line_of_the_roster_under_another_name_is_one_of_the_desk(history):
    lines = pd.DataFrame(
        [("dkim", "Team A", "2025-01-01", "2025-12-31"), ("Desk 01", "Team B", "2026-01-01", None)],
        columns=["desk", "team", "starts_on", "ends_on"],
    )
    history.save_roster(lines)
    history.save_alias("dkim", "Desk 01")
    assert history.roster()[["desk", "team"]].to_numpy().tolist() == [["Desk 01", "Team A"], ["Desk 01", "Team B"]]
    history.remove_alias("dkim")
    assert history.roster()[["desk", "team"]].to_numpy().tolist() == [["Desk 01", "Team B"], ["dkim", "Team A"]]


def test_the_same_line_under_two_names_of_a_desk_shows_once(history):
    history.save_roster(
        pd.DataFrame({"desk": ["dkim", "Desk 01"], "team": "Team A", "starts_on": None, "ends_on": None})
    )
    history.save_alias("dkim", "Desk 01")
    assert history.roster()["desk"].tolist() == ["Desk 01"]


def test_a_roster_brings_roles_and_other_names_in_one_go(history):
    lines = pd.DataFrame(
        {
            "desk": ["Desk 01", "Desk 02", "Desk 03"],
            "team": "Team A",
            "role": ["recruiter", None, " office manager "],
            "starts_on": None,
            "ends_on": None,
            "aliases": ["dkim; D. Kim ;", None, "Desk 03"],
        }
    )
    history.save_roster(lines)
    assert history.roster()["role"].fillna("").tolist() == ["recruiter", "", "office manager"]
    assert history.aliases().to_numpy().tolist() == [["D. Kim", "Desk 01"], ["dkim", "Desk 01"]]


def test_a_roster_whose_names_go_in_a_circle_is_refused_whole(history):
    old = pd.DataFrame({"desk": ["Desk 09"], "team": ["Team Z"], "starts_on": None, "ends_on": None})
    history.save_roster(old)
    circle = pd.DataFrame(
        {"desk": ["a", "b"], "team": "Team A", "starts_on": None, "ends_on": None, "aliases": ["b", "a"]}
    )
    with pytest.raises(StoreError) as refused:
        history.save_roster(circle)
    assert refused.value.code == "bad_value"
    assert history.roster()["desk"].tolist() == ["Desk 09"]
    assert history.aliases().empty
