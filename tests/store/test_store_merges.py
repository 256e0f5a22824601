"""One event told by two systems: the dropped row leaves the log, and comes back when nothing tells its event."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from store import StoreError

MONDAY, TUESDAY = datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 3, 10, tzinfo=UTC)
WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=UTC)


def pairs(*rows: tuple[object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kept", "dropped"])


def names(history, **known) -> list[str]:
    return sorted(row[0] for row in history.log(**known).project("activity_id").fetchall())


def test_a_dropped_row_leaves_the_log_until_the_two_are_split(history, log_of, meta):
    history.add(log_of({"call": "ats", "phone": "log", "other": "x"}), meta("one"))
    history.merge_events(pairs(("call", "phone")), now=MONDAY)
    assert names(history) == ["call", "other"]
    assert history.merges().to_dict("records") == [
        {"kept": "call", "dropped": "phone", "merged_at": pd.Timestamp("2026-03-02 10:00", tz="UTC")}
    ]
    assert names(history, unmerged=True) == ["call", "other", "phone"]
    history.split_events(["phone", "never merged"])
    assert names(history) == ["call", "other", "phone"]
    assert history.merges().empty


def test_the_dropped_row_is_back_when_the_kept_one_is_no_longer_in_force(history, log_of, meta):
    history.add(log_of({"phone": "log"}), meta("one"))
    history.add(log_of({"call": "ats"}), meta("two"))
    history.merge_events(pairs(("call", "phone")))
    assert names(history) == ["call"]
    history.undo(2)
    assert names(history) == ["phone"]
    history.redo(2)
    assert names(history) == ["call"]


def test_a_row_that_is_restated_stays_dropped(history, log_of, meta):
    history.add(log_of({"phone": "log", "call": "ats"}), meta("one"))
    history.merge_events(pairs(("call", "phone")))
    history.add(log_of({"phone": "log, mended"}), meta("two"))
    assert names(history) == ["call"]


def test_of_three_rows_of_one_event_the_first_that_is_in_force_stays(history, log_of, meta):
    for name in ("ats", "phone", "mail"):
        history.add(log_of({name: "1"}), meta(name))
    history.merge_events(pairs(("phone", "mail")))
    history.merge_events(pairs(("ats", "phone")))
    assert names(history) == ["ats"]
    history.undo(2)
    assert names(history) == ["ats"]
    history.redo(2)
    history.undo(1)
    assert names(history) == ["phone"]
    history.undo(2)
    assert names(history) == ["mail"]


def test_a_row_merged_again_is_dropped_for_the_row_said_last(history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1", "c": "1"}), meta("one"))
    history.merge_events(pairs(("a", "c")))
    history.merge_events(pairs(("b", "c")))
    assert history.merges()[["kept", "dropped"]].to_numpy().tolist() == [["b", "c"]]
    assert names(history) == ["a", "b"]


@pytest.mark.parametrize(
    "wrong",
    [("a", "a"), ("c", "a"), (None, "d"), ("d", float("nan")), ("", "d")],
    ids=["itself", "a circle", "no kept row", "no dropped row", "an empty name"],
)
def test_rows_that_would_drop_each_other_are_refused_and_nothing_is_merged(history, log_of, meta, wrong):
    history.add(log_of(dict.fromkeys("abcde", "1")), meta("one"))
    history.merge_events(pairs(("a", "b"), ("b", "c")))
    with pytest.raises(StoreError) as refused:
        history.merge_events(pairs(("d", "e"), wrong))
    assert refused.value.code == "bad_value"
    assert names(history) == ["a", "d", "e"]


def test_merges_are_known_from_the_day_they_were_made_until_the_day_they_were_split(history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1"}), meta("one"), now=MONDAY)
    history.merge_events(pairs(("a", "b")), now=TUESDAY)
    history.split_events(["b"], now=WEDNESDAY)
    known = {day: names(history, known_on=date(2026, 3, day)) for day in range(1, 5)}
    assert known == {1: [], 2: ["a", "b"], 3: ["a"], 4: ["a", "b"]}


def test_names_and_merges_work_together(history, log_of, meta):
    history.add(log_of({"a": "1", "b": "1"}, desk=["dkim", "Desk 01"]), meta("one"))
    history.save_alias("dkim", "Desk 01")
    history.merge_events(pairs(("a", "b")))
    assert history.log().project("activity_id, desk").fetchall() == [("a", "Desk 01")]


def test_the_span_and_whether_there_is_anything_know_of_merges(history, log_of, meta):
    days = [pd.Timestamp(2026, 3, 2, 9), pd.Timestamp(2026, 3, 4, 9)]
    history.add(log_of({"a": "1", "b": "1"}, occurred_at=days), meta("one"))
    history.merge_events(pairs(("a", "b")))
    assert history.span() == (date(2026, 3, 2), date(2026, 3, 2))
    assert not history.is_empty()


def test_the_version_of_the_log_changes_with_its_rows_and_with_nothing_else(history, log_of, meta):
    seen = [history.version_of_log()]

    def is_new():
        seen.append(history.version_of_log())
        return seen[-1] not in seen[:-1]

    history.add(log_of({"call": "ats", "phone": "log"}), meta("one"))
    assert is_new()
    history.merge_events(pairs(("call", "phone")))
    assert is_new()
    history.split_events(["phone"])
    assert is_new()
    history.save_alias("D. One", "Desk 01")
    assert is_new()
    history.undo(1)
    assert is_new()
    history.redo(1)
    assert is_new()
    history.save_setting("goals", {})
    history.save_roster(pd.DataFrame({"desk": ["Desk 01"], "team": ["North"], "starts_on": [None], "ends_on": [None]}))
    assert not is_new()
