from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.intervals import thinning_interval
from quality.kept import DEFINITION, FATES, never_recorded, no_longer_owed, promise_keeping, week_by_week
from quality.obligation_rules import BY_NAME

#: A Wednesday.
TODAY = date(2026, 11, 25)


def owed(*rows):
    """Obligations: (due, status, desk, rule)."""
    frame = pd.DataFrame(rows, columns=["due_at", "status", "desk", "rule"])
    return frame.assign(due_at=pd.to_datetime(frame["due_at"]).astype("datetime64[us]"))


@pytest.fixture
def found():
    return owed(
        ("2026-11-24 23:59:59", "kept", "Desk 01", "close_loop"),
        ("2026-11-20 23:59:59", "kept", "Desk 01", "close_loop"),
        ("2026-11-20 23:59:59", "late", "Desk 01", "weekly_promise"),
        ("2026-11-09 23:59:59", "overdue", "Desk 02", "close_loop"),
        ("2026-11-25 23:59:59", "kept", "Desk 02", "close_loop"),  # the day is not over
        ("2026-11-30 23:59:59", "open", "Desk 02", "close_loop"),
        ("2026-11-10 23:59:59", "waived", "Desk 02", "close_loop"),
        ("2026-08-26 23:59:59", "overdue", "Desk 02", "close_loop"),  # 91 days before
        ("2026-08-27 23:59:59", "overdue", "Desk 02", "close_loop"),  # 90 days before
    )


def test_what_fell_due_in_ninety_days_is_kept_late_or_overdue(found):
    [row] = promise_keeping(found, TODAY).to_dict("records")
    low, high = thinning_interval(2, 5)
    assert row == {
        "unit": "",
        "kept": 2,
        "late": 1,
        "overdue": 2,
        "due": 5,
        "value": 0.4,
        "low": float(low),
        "high": float(high),
    }
    assert low < 0.4 < high


def test_by_desk_and_by_rule_add_up_to_the_whole(found):
    by_desk, by_rule = (promise_keeping(found, TODAY, by) for by in ("desk", "rule"))
    assert by_desk[["unit", *FATES, "due"]].to_numpy().tolist() == [["Desk 01", 2, 1, 0, 3], ["Desk 02", 0, 0, 2, 2]]
    assert by_rule["unit"].tolist() == ["close_loop", "weekly_promise"]
    assert by_rule["due"].tolist() == [4, 1]


def test_what_is_no_longer_owed_is_told_of_the_same_days(found):
    assert no_longer_owed(found, TODAY)["due_at"].tolist() == [pd.Timestamp("2026-11-10 23:59:59")]
    assert no_longer_owed(found, date(2026, 11, 10)).empty


def test_where_nothing_fell_due_the_share_is_missing(found):
    [row] = promise_keeping(found.iloc[:0], TODAY).to_dict("records")
    assert (row["kept"], row["due"]) == (0, 0)
    assert pd.isna(row["value"])
    assert pd.isna(row["low"])
    assert pd.isna(row["high"])
    assert promise_keeping(found.iloc[:0], TODAY, "desk").empty


def test_every_whole_week_of_the_ninety_days_has_a_row(found):
    weeks = week_by_week(found, TODAY)
    assert weeks["week"].iloc[[0, -1]].tolist() == [pd.Timestamp("2026-08-31"), pd.Timestamp("2026-11-16")]
    assert len(weeks) == 12
    told = weeks.set_index("week")
    assert told.loc["2026-11-16"].tolist() == [1, 1, 0]
    assert told.loc["2026-11-09"].tolist() == [0, 0, 1]
    assert told[list(FATES)].to_numpy().sum() == 3


def test_the_first_week_begins_within_the_ninety_days():
    monday = date(2026, 11, 23)
    weeks = week_by_week(owed(), monday)
    assert weeks["week"].iloc[0] >= pd.Timestamp(monday) - pd.Timedelta(days=90)
    assert weeks["week"].iloc[-1] == pd.Timestamp("2026-11-16")


def test_the_definition_says_what_is_divided_by_what():
    assert "kept / (kept + late + overdue)" in DEFINITION
    assert "90 days" in DEFINITION


def test_a_rule_of_whose_keeping_nothing_is_on_record_is_never_recorded():
    rules = [BY_NAME[name] for name in ("close_loop", "prep_candidate", "weekly_promise", "onsite_thanks")]
    assert [*never_recorded(rules, {"feedback", "recruiting_call"})] == ["prep_candidate"]
    assert [*never_recorded(rules, {"send_out"})] == ["close_loop", "prep_candidate", "weekly_promise"]
    assert BY_NAME["onsite_thanks"].on is False
