"""Periods: ISO weeks, months, quarters and the choices a page offers. Pure dates; "today" is always given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Every = Literal["week", "month", "quarter"]

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` to ``end``, both included; ``name`` as in ``2026-W47`` or ``2026-08-24/2026-11-22``."""

    start: date
    end: date
    name: str

    @property
    def days(self) -> int:
        """Number of calendar days."""
        return (self.end - self.start).days + 1


def between(start: date, end: date) -> Period:
    """The period from start to end, named after its two days. Raises ValueError when it would end before it starts."""
    if end < start:
        raise ValueError(f"a period cannot end ({end}) before it starts ({start})")
    return Period(start, end, f"{start.isoformat()}/{end.isoformat()}")


def week_of(day: date) -> Period:
    """The ISO week (Monday to Sunday) that holds the day."""
    monday = day - day.weekday() * DAY
    year, week, _ = day.isocalendar()
    return Period(monday, monday + 6 * DAY, f"{year}-W{week:02d}")


def month_of(day: date) -> Period:
    """The calendar month that holds the day."""
    first = day.replace(day=1)
    return Period(first, (first + 31 * DAY).replace(day=1) - DAY, f"{day.year}-{day.month:02d}")


def quarter_of(day: date) -> Period:
    """The calendar quarter that holds the day."""
    number = (day.month + 2) // 3
    first = day.replace(month=3 * number - 2, day=1)
    return Period(first, month_of(first.replace(month=3 * number)).end, f"{day.year}-Q{number}")


PERIOD_OF: dict[str, Callable[[date], Period]] = {"week": week_of, "month": month_of, "quarter": quarter_of}


def split(period: Period, every: Every | None) -> list[Period]:
    """The weeks, months or quarters a period touches, cut at its edges but keeping their names.

    ``every=None`` is the period itself, whole. Raises KeyError for another word.
    """
    if every is None:
        return [period]
    parts, day = [], period.start
    while day <= period.end:
        whole = PERIOD_OF[every](day)
        parts.append(Period(day, min(whole.end, period.end), whole.name))
        day = whole.end + DAY
    return parts


def last_closed_weeks(as_of: date, weeks: int = 13) -> Period:
    """The last ISO weeks that are over at the end of ``as_of``: a week is closed once its Sunday has come."""
    sunday = week_of(as_of + DAY).start - DAY
    return between(sunday - weeks * WEEK + DAY, sunday)


def year_to_date(as_of: date) -> Period:
    """From 1 January to ``as_of``."""
    return between(as_of.replace(month=1, day=1), as_of)


@dataclass(frozen=True, slots=True)
class Preset:
    """A period a page offers by name; ``of`` makes it from the day the question is asked for."""

    key: str
    title: str
    of: Callable[[date], Period]


PRESETS: tuple[Preset, ...] = (
    Preset("13_weeks", "Last 13 weeks", last_closed_weeks),
    Preset("week", "Last week", lambda as_of: last_closed_weeks(as_of, 1)),
    Preset("4_weeks", "Last 4 weeks", lambda as_of: last_closed_weeks(as_of, 4)),
    Preset("26_weeks", "Last 26 weeks", lambda as_of: last_closed_weeks(as_of, 26)),
    Preset("52_weeks", "Last 52 weeks", lambda as_of: last_closed_weeks(as_of, 52)),
    Preset("month", "Last month", lambda as_of: _closed(month_of, as_of)),
    Preset("quarter", "Last quarter", lambda as_of: _closed(quarter_of, as_of)),
    Preset("year_to_date", "Year to date", year_to_date),
)


def _closed(period_of: Callable[[date], Period], as_of: date) -> Period:
    """The last month or quarter that is over at the end of ``as_of``, named after its days."""
    end = period_of(as_of + DAY).start - DAY
    return between(period_of(end).start, end)
