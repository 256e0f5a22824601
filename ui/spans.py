"""What the shared filters stand for: the choice as a whole, and the periods that can be chosen by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

WEEKS = "Last 13 weeks"
CUSTOM = "Custom dates"

Span = tuple[date, date]
View = Literal["activity", "cohort"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page is asked for: ``start`` to ``end`` (both counted), known up to the end of the day ``as_of``.

    ``team`` is None and ``desks`` is empty where all of them are wanted.
    """

    as_of: date
    start: date
    end: date
    period: str
    view: View
    team: str | None = None
    desks: tuple[str, ...] = ()


def _weeks(today: date, back: int, long: int) -> Span:
    monday = today - timedelta(days=today.weekday()) - timedelta(weeks=back)
    return monday, monday + timedelta(days=7 * long - 1)


def _months(today: date, back: int, long: int) -> Span:
    index = today.year * 12 + today.month - 1 - back
    return _first(index), _first(index + long) - timedelta(days=1)


def _first(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _quarter(today: date, back: int) -> Span:
    return _months(today, (today.month - 1) % 3 + 3 * back, 3)


_SPANS: dict[str, Callable[[date], Span]] = {
    WEEKS: lambda today: _weeks(today, 13, 13),
    "This week": lambda today: _weeks(today, 0, 1),
    "Last week": lambda today: _weeks(today, 1, 1),
    "This month": lambda today: _months(today, 0, 1),
    "Last month": lambda today: _months(today, 1, 1),
    "This quarter": lambda today: _quarter(today, 0),
    "Last quarter": lambda today: _quarter(today, 1),
    "Year to date": lambda today: (date(today.year, 1, 1), today),
}

NAMES = [*_SPANS, CUSTOM]


def span_named(name: str, today: date) -> Span:
    """First and last day of a named period; weeks start on Monday, and a period that still runs ends today."""
    start, end = _SPANS[name](today)
    return start, min(end, today)
