"""Periods by the calendar: names, edges, and what comes before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.periods import (
    PERIOD_OF,
    PRESETS,
    between,
    last_closed_weeks,
    month_of,
    quarter_of,
    split,
    week_of,
    year_to_date,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "name", "start", "end"),
    [
        (date(2026, 11, 22), "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (date(2026, 11, 23), "2026-W48", date(2026, 11, 23), date(2026, 11, 29)),
        (date(2027, 1, 3), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (date(2024, 12, 31), "2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
    ],
)
def test_weeks_are_iso_weeks_also_around_new_year(day: date, name: str, start: date, end: date) -> None:
    week = week_of(day)
    assert (week.name, week.start, week.end) == (name, start, end)


def test_months_and_quarters_end_on_their_last_day() -> None:
    assert month_of(date(2024, 2, 10)).end == date(2024, 2, 29)
    assert month_of(date(2026, 12, 5)).end == date(2026, 12, 31)
    quarter = quarter_of(date(2026, 11, 22))
    assert (quarter.name, quarter.start, quarter.end) == ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31))


def test_a_week_is_closed_once_its_sunday_has_come() -> None:
    saturday, sunday = last_closed_weeks(date(2026, 11, 21)), last_closed_weeks(date(2026, 11, 22))
    assert saturday.end == date(2026, 11, 15)
    assert sunday.end == date(2026, 11, 22)
    assert sunday.name == "2026-08-24/2026-11-22"
    assert sunday.days == 13 * 7


def test_parts_at_the_edges_keep_their_name_and_only_the_days_inside() -> None:
    parts = split(between(date(2026, 11, 20), date(2026, 11, 24)), "week")
    assert [(part.name, part.days) for part in parts] == [("2026-W47", 3), ("2026-W48", 2)]


def test_a_period_that_is_not_split_is_itself() -> None:
    whole = between(date(2026, 11, 20), date(2026, 11, 24))
    assert split(whole, None) == [whole]


@given(start=DAYS, days=st.integers(0, 400), every=st.sampled_from(list(PERIOD_OF)))
def test_parts_follow_each_other_and_make_up_the_whole(start: date, days: int, every: str) -> None:
    whole = between(start, start + timedelta(days=days))
    parts = split(whole, every)
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    assert sum(part.days for part in parts) == whole.days
    assert len({part.name for part in parts}) == len(parts)


def test_the_year_to_date_begins_on_new_years_day() -> None:
    assert year_to_date(date(2026, 11, 22)).name == "2026-01-01/2026-11-22"


@given(as_of=DAYS)
def test_every_period_on_offer_is_over_on_the_day_it_is_offered(as_of: date) -> None:
    for preset in PRESETS:
        assert preset.of(as_of).end <= as_of
        assert preset.of(as_of).days > 0


def test_the_first_period_on_offer_is_the_last_13_weeks() -> None:
    assert PRESETS[0].of(date(2026, 11, 22)) == last_closed_weeks(date(2026, 11, 22), 13)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        between(date(2026, 1, 2), date(2026, 1, 1))
