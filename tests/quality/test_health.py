"""How sound the data is, on logs small enough to count by eye. 2 November 2026 is a Monday."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from small_logs import frame_of, row

from quality.health import by_desk, coverage, gaps, read_in_all

TODAY = date(2026, 11, 29)


def weekly(desk: str, *days: str) -> list[dict]:
    return [row(f"{day} 10:00", desk, "send_out") for day in days]


def roster(*lines: tuple[str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=["desk", "starts_on", "ends_on"])
    return frame.assign(team="North", starts_on=pd.to_datetime(frame["starts_on"])).assign(
        ends_on=pd.to_datetime(frame["ends_on"])
    )


def weeks_of(frame: pd.DataFrame, desk: str) -> dict[str, int]:
    own = frame[frame["desk"] == desk]
    return dict(zip(own["week"].dt.strftime("%m-%d"), own["rows"], strict=True))


def said(frame: pd.DataFrame) -> list[tuple]:
    found = gaps(frame)
    return [(one.desk, f"{one.start:%m-%d}", f"{one.end:%m-%d}", one.weeks) for one in found.itertuples()]


def test_weeks_between_a_desks_first_and_last_row_are_expected_and_the_empty_ones_are_gaps(engine):
    days = ("2026-11-02", "2026-11-03", "2026-11-08", "2026-11-23", "2026-11-27")
    found = coverage(engine(frame_of(weekly("Desk 01", *days))), as_of=TODAY)
    assert weeks_of(found, "Desk 01") == {"11-02": 3, "11-09": 0, "11-16": 0, "11-23": 2}
    assert found["gap"].tolist() == [False, True, True, False]
    assert said(found) == [("Desk 01", "11-09", "11-22", 2)]


def test_a_desk_that_stopped_has_no_gap_unless_the_roster_says_that_it_is_still_there(engine):
    rows = [
        *weekly("Desk 01", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-20"),
        *weekly("Desk 02", "2026-11-03"),
    ]
    log = engine(frame_of(rows))
    assert said(coverage(log, as_of=TODAY)) == []
    still = coverage(log, as_of=TODAY, roster=roster(("Desk 02", None, None)))
    assert said(still) == [("Desk 02", "11-09", "11-22", 2)]
    left = coverage(log, as_of=TODAY, roster=roster(("Desk 02", None, "2026-11-13")))
    assert said(left) == [("Desk 02", "11-09", "11-15", 1)]


def test_the_roster_says_when_a_desk_began_but_never_before_the_log_does(engine):
    rows = [*weekly("Desk 01", "2026-11-02", "2026-11-27"), *weekly("Desk 02", "2026-11-17", "2026-11-24")]
    known = roster(("Desk 01", "2025-01-01", "2026-11-08"), ("Desk 02", "2026-11-12", None))
    found = coverage(engine(frame_of(rows)), as_of=TODAY, roster=known)
    assert weeks_of(found, "Desk 01") == {"11-02": 1, "11-23": 1}
    assert weeks_of(found, "Desk 02") == {"11-09": 0, "11-16": 1, "11-23": 1}


def test_a_desk_of_the_roster_without_any_row_is_one_long_gap(engine):
    log = engine(frame_of(weekly("Desk 01", "2026-11-02", "2026-11-13")))
    found = coverage(log, as_of=TODAY, roster=roster(("Desk 01", None, None), ("Dsek 02", None, None)))
    assert said(found) == [("Dsek 02", "11-02", "11-15", 2)]


def test_the_week_the_log_ends_in_is_no_gap_before_its_friday(engine):
    known = roster(("Desk 01", None, None), ("Desk 02", None, None))
    rows = weekly("Desk 02", "2026-11-03")
    thursday = coverage(engine(frame_of([*rows, *weekly("Desk 01", "2026-11-12")])), as_of=TODAY, roster=known)
    friday = coverage(engine(frame_of([*rows, *weekly("Desk 01", "2026-11-13")])), as_of=TODAY, roster=known)
    assert said(thursday) == []
    assert said(friday) == [("Desk 02", "11-09", "11-15", 1)]
    assert weeks_of(thursday, "Desk 02") == {"11-02": 1}


def test_scheduled_rows_are_no_coverage(engine):
    log = engine(frame_of(weekly("Desk 01", "2026-11-02", "2026-12-14")))
    assert weeks_of(coverage(log, as_of=TODAY), "Desk 01") == {"11-02": 1}


def test_a_log_without_rows_has_no_weeks_and_no_gaps(engine):
    empty = coverage(engine(frame_of([])), as_of=TODAY, roster=roster(("Desk 01", None, None)))
    assert list(empty.columns) == ["desk", "week", "rows", "gap"]
    assert len(empty) == len(gaps(empty)) == 0


def test_rows_ahead_and_calls_with_notes_are_counted_per_desk(engine):
    rows = [
        row("2026-11-03 09:00", "Desk 01", "recruiting_call", notes="wants to move in spring"),
        row("2026-11-03 09:30", "Desk 01", "marketing_call", notes="  "),
        row("2026-11-03 10:00", "Desk 01", "conversation"),
        row("2026-11-03 10:30", "Desk 01", "call_attempt", notes="left a message"),
        row("2026-11-30 09:00", "Desk 01", "recruiting_call", notes="to be called"),
        row("2026-11-29 23:59", "Desk 02", "send_out"),
        row("2026-12-24 09:00", "Desk 02", "send_out"),
    ]
    found = by_desk(engine(frame_of(rows)), as_of=TODAY)
    assert found.drop(columns="last").to_dict("records") == [
        {"desk": "Desk 01", "rows": 5, "ahead": 1, "calls": 3, "noted": 1},
        {"desk": "Desk 02", "rows": 2, "ahead": 1, "calls": 0, "noted": 0},
    ]
    assert found["last"].tolist() == [pd.Timestamp("2026-11-30 09:00"), pd.Timestamp("2026-12-24 09:00")]


def test_the_parts_of_several_files_add_up():
    one = {"rows_read": 10, "accepted": 5, "duplicate": 1, "ignored": 1, "unmapped": 2, "rejected": 1, "name": "a.csv"}
    other = {"rows_read": 4, "accepted": 4, "duplicate": 0, "ignored": 0, "unmapped": 0, "rejected": 0}
    expected = {"rows_read": 14, "accepted": 9, "duplicate": 1, "ignored": 1, "unmapped": 2, "rejected": 1}
    assert read_in_all([one, other]) == expected
    assert read_in_all([]) == dict.fromkeys(expected, 0)


@pytest.mark.parametrize("as_of", [date(2026, 11, 1), date(2026, 11, 30)])
def test_nothing_is_known_before_it_happened(engine, as_of):
    found = coverage(engine(frame_of(weekly("Desk 01", "2026-11-30"))), as_of=as_of)
    assert found["rows"].sum() == (as_of.day == 30)
