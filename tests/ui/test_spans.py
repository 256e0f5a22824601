"""Periods that can be chosen by name, on a Monday, 23 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from ui.spans import CUSTOM, NAMES, span_named, weeks_to

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("Last 13 weeks", date(2026, 8, 24), date(2026, 11, 22)),
        ("Last week", date(2026, 11, 16), date(2026, 11, 22)),
        ("This week", date(2026, 11, 23), MONDAY),
        ("This month", date(2026, 11, 1), MONDAY),
        ("Last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("This quarter", date(2026, 10, 1), MONDAY),
        ("Last quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("Year to date", date(2026, 1, 1), MONDAY),
    ],
)
def test_a_named_period_is_counted_from_today(name, start, end):
    period = span_named(name, MONDAY)
    assert (period.start, period.end) == (start, end)


def test_the_first_choice_is_the_last_thirteen_weeks_and_the_last_is_free():
    assert (NAMES[0], NAMES[-1]) == ("Last 13 weeks", CUSTOM)


def test_no_period_ends_after_today():
    assert [name for name in NAMES[:-1] if span_named(name, MONDAY).end > MONDAY] == []


def test_the_weeks_to_a_day_start_on_the_monday_thirteen_weeks_back():
    period = weeks_to(date(2026, 3, 20))
    assert (period.start, period.end, period.start.weekday()) == (date(2025, 12, 22), date(2026, 3, 20), 0)
