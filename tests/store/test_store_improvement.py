"""Standards of two kinds, absences and adjustments come back as they were saved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from one_standard import save_standard

from store import History, StoreError
from store.database import MIGRATIONS

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_standards_of_an_earlier_schema_are_kept_as_standards_of_ratios(tmp_path):
    with closing(sqlite3.connect(tmp_path / "touchline.sqlite", isolation_level=None)) as connection:
        for script in MIGRATIONS[:2]:
            connection.executescript(script.replace(":identity", "'first'"))
        connection.execute("PRAGMA user_version = 2")
        connection.execute(
            "INSERT INTO standards VALUES "
            "(9, 'call_to_hit', 7, 'desk', 'Desk 01', '2026-01-01', '2026-01-02T10:00:00Z')"
        )
    history = History(tmp_path)
    [line] = history.standards().to_dict("records")
    assert (line["ratio"], line["standard"], line["level"], line["name"]) == ("call_to_hit", 7.0, "desk", "Desk 01")
    assert pd.isna(line["per"])
    assert line["effective_from"] == pd.Timestamp(2026, 1, 1)
    assert history.absences().empty
    assert history.adjustments().empty


def test_an_activity_minimum_has_its_unit_of_time(history):
    save_standard(history, "recruiting_call", 40, per="day", effective_from=date(2026, 1, 1), now=NOW)
    save_standard(history, "call_to_hit", 7, effective_from=date(2026, 1, 1), now=NOW)
    found = history.standards(date(2026, 1, 1))
    assert found["ratio"].tolist() == ["recruiting_call", "call_to_hit"]
    assert found["per"].fillna("").tolist() == ["day", ""]


def test_an_ended_standard_holds_no_longer_and_stays_in_the_history(history):
    save_standard(history, "call_to_hit", 7, effective_from=date(2026, 1, 1), now=NOW)
    save_standard(history, "call_to_hit", None, effective_from=date(2026, 2, 1), now=NOW)
    assert len(history.standards(date(2026, 1, 31))) == 1
    assert history.standards(date(2026, 2, 1)).empty
    assert history.standards()["standard"].fillna(0).tolist() == [7.0, 0.0]


def test_many_standards_are_saved_at_once_with_gaps_filled_in(history):
    lines = [
        {"ratio": "call_to_hit", "standard": 7, "effective_from": pd.Timestamp(2026, 1, 1)},
        {"ratio": "hit", "standard": 5, "per": "week", "level": "team", "name": "A", "effective_from": "2026-01-01"},
        {"ratio": "fill", "standard": None, "level": "desk", "name": "Desk 01", "effective_from": date(2026, 1, 1)},
    ]
    history.save_standards(pd.DataFrame(lines), now=NOW)
    found = history.standards()
    assert found["level"].tolist() == ["company", "team", "desk"]
    assert found["name"].tolist() == ["", "A", "Desk 01"]
    assert found["saved_at"].tolist() == [pd.Timestamp(NOW)] * 3


def test_one_line_that_cannot_be_keeps_all_of_them_out_and_is_named(history):
    good = {"ratio": "call_to_hit", "standard": 7.0, "effective_from": date(2026, 1, 1)}
    bad = [{**good, "standard": -1.0}, {**good, "per": "month"}, {**good, "level": "team"}, {**good, "ratio": " "}]
    with pytest.raises(StoreError) as refused:
        history.save_standards(pd.DataFrame([good, *bad]))
    assert refused.value.code == "bad_value"
    assert refused.value.reason.startswith("4 lines cannot be standards: -1.0 for call_to_hit of company; ")
    assert refused.value.reason.endswith("; and 1 more.")
    assert history.standards().empty


def test_a_standard_without_a_day_is_refused(history):
    with pytest.raises(StoreError):
        history.save_standards(pd.DataFrame([{"ratio": "call_to_hit", "standard": 7.0}]))


def test_the_standard_of_a_desk_follows_its_present_name(history):
    save_standard(history, "hit", 5, per="day", level="desk", name="D. One", effective_from=date(2026, 1, 1), now=NOW)
    save_standard(history, "hit", 6, per="day", level="team", name="D. One", effective_from=date(2026, 1, 1), now=NOW)
    history.save_alias("D. One", "Desk 01")
    assert history.standards()["name"].tolist() == ["Desk 01", "D. One"]


def absences(*lines: tuple[str | None, ...]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=["desk", "starts_on", "ends_on", "reason"])


def test_absences_come_back_in_order_and_replace_each_other(history):
    history.save_absences(absences(("Desk 03", "2026-01-01", None, None)))
    history.save_absences(
        absences((" Desk 02 ", "2026-03-02", "2026-03-06", "vacation"), ("Desk 01", "2026-03-02", None, None))
    )
    found = history.absences()
    assert found["desk"].tolist() == ["Desk 01", "Desk 02"]
    assert found["ends_on"].tolist() == [pd.Timestamp(2026, 3, 2), pd.Timestamp(2026, 3, 6)]
    assert found["reason"].tolist() == ["", "vacation"]


def test_an_absence_follows_the_present_name_of_its_desk(history):
    history.save_absences(absences(("D. One", "2026-03-02", None, None)))
    history.save_alias("D. One", "Desk 01")
    assert history.absences()["desk"].tolist() == ["Desk 01"]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (("", "2026-03-02", None, None), "line 2 has no desk"),
        (("Desk 01", None, "2026-03-02", None), "line 2 (Desk 01) has no first day"),
        (("Desk 01", "2026-03-02", "2026-03-01", None), "line 2 (Desk 01) ends before it starts"),
        (("Desk 01", "61118-02-02", None, None), "line 2 (Desk 01) has a day that is not between 2000-01-01 and"),
        (("Desk 01", "+061118-02-02T00:00:00.000Z", None, None), "line 2 (Desk 01) has a day that is not between"),
        (("Desk 01", "2026-03-02", date(2100, 1, 1), None), "line 2 (Desk 01) has a day that is not between"),
        (("Desk 01", date(9999, 3, 2), None, None), "line 2 (Desk 01) has a day that is not between"),
        (("", "soon", None, None), "line 2 has no desk and has a day that is not between"),
    ],
)
def test_absences_that_cannot_be_are_named_and_refused_and_the_old_ones_stay(history, line, cause):
    history.save_absences(absences(("Desk 09", "2026-01-01", None, None)))
    with pytest.raises(StoreError) as refused:
        history.save_absences(absences(("Desk 02", "2026-03-02", None, None), line))
    assert refused.value.code == "bad_value"
    assert refused.value.reason.startswith(f"1 line of the absences cannot be used: {cause}")
    assert history.absences()["desk"].tolist() == ["Desk 09"]


def test_of_many_absences_that_cannot_be_three_are_named(history):
    with pytest.raises(StoreError) as refused:
        history.save_absences(absences(*[("", "2026-03-02", None, None)] * 5))
    named = "line 1 has no desk; line 2 has no desk; line 3 has no desk; and 2 more."
    assert refused.value.reason == f"5 lines of the absences cannot be used: {named}"


def test_no_absences_may_be_saved(history):
    history.save_absences(absences(("Desk 09", "2026-01-01", None, None)))
    history.save_absences(absences())
    assert history.absences().empty


def test_adjustments_are_a_journal_and_can_be_taken_out(history):
    script = history.save_adjustment(
        " New opening ", made_on=date(2026, 3, 2), measure="call_to_hit", kind="script", now=NOW
    )
    coaching = history.save_adjustment(
        "Role play", made_on=date(2026, 2, 2), level="desk", name="D. One", kind="coaching", now=NOW
    )
    history.save_alias("D. One", "Desk 01")
    found = history.adjustments()
    assert found["adjustment_id"].tolist() == [coaching, script]
    assert found["what"].tolist() == ["Role play", "New opening"]
    assert found[["level", "name"]].to_numpy().tolist() == [["desk", "Desk 01"], ["company", ""]]
    assert found["made_on"].tolist() == [pd.Timestamp(2026, 2, 2), pd.Timestamp(2026, 3, 2)]
    history.remove_adjustment(coaching)
    assert history.adjustments()["adjustment_id"].tolist() == [script]


def test_what_was_taken_out_stays_in_the_history_the_last_one_first(history):
    assert history.removed_adjustments().empty
    numbers = [
        history.save_adjustment(what, made_on=date(2026, 2, 2), level="desk", name="D. One") for what in ("a", "b", "c")
    ]
    history.remove_adjustment(numbers[0], now=NOW)
    history.remove_adjustment(numbers[2], now=NOW + timedelta(days=1))
    history.save_alias("D. One", "Desk 01")
    found = history.removed_adjustments()
    assert found["what"].tolist() == ["c", "a"]
    assert found["name"].tolist() == ["Desk 01", "Desk 01"]
    assert found["removed_at"].tolist() == [pd.Timestamp(NOW) + pd.Timedelta(days=1), pd.Timestamp(NOW)]
    assert history.adjustments()["what"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("what", "level", "name"), [(" ", "company", ""), ("x", "desk", ""), ("x", "company", "A"), ("x", "house", "A")]
)
def test_an_adjustment_that_says_too_little_is_refused(history, what, level, name):
    with pytest.raises(StoreError) as refused:
        history.save_adjustment(what, made_on=date(2026, 3, 2), level=level, name=name)
    assert refused.value.code == "bad_value"
    assert history.adjustments().empty


def test_an_adjustment_is_taken_out_only_once(history):
    number = history.save_adjustment("Role play", made_on=date(2026, 2, 2))
    history.remove_adjustment(number)
    for unknown in (number, 99):
        with pytest.raises(StoreError) as refused:
            history.remove_adjustment(unknown)
        assert refused.value.code == "bad_value"


def test_everything_saved_here_changes_the_version(history):
    versions = [history.version()]
    history.save_absences(absences(("Desk 01", "2026-03-02", None, None)))
    versions.append(history.version())
    history.remove_adjustment(history.save_adjustment("Role play", made_on=date(2026, 2, 2)))
    versions.append(history.version())
    assert len(set(versions)) == 3


def test_public_holidays_need_a_country(history):
    history.save_setting("holidays", {"country": "US", "subdivision": None})
    history.save_setting("holidays", None)
    with pytest.raises(StoreError) as refused:
        history.save_setting("holidays", {"subdivision": "BY"})
    assert refused.value.code == "bad_value"
    assert history.settings() == {"holidays": None}
