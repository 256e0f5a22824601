"""What the shared filters stand for: the choice as a whole, and the periods that can be chosen by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quality.periods import PRESETS, Period, between, last_closed_weeks, month_of, quarter_of, week_of

View = Literal["activity", "cohort"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page is asked for: ``start`` to ``end`` (both counted), known up to the end of the day ``as_of``.

    ``period`` is the name it was chosen by. ``team`` is None and ``desks`` is empty where all of them are wanted.
    """

    as_of: date
    start: date
    end: date
    period: str
    view: View
    team: str | None = None
    desks: tuple[str, ...] = ()


CUSTOM = "Custom dates"
_RUNNING: dict[str, Callable[[date], Period]] = {
    "This week": week_of,
    "This month": month_of,
    "This quarter": quarter_of,
}
_BY_NAME = {preset.title: preset.of for preset in PRESETS} | _RUNNING

NAMES = [*_BY_NAME, CUSTOM]


def span_named(name: str, today: date) -> Period:
    """The period of that name; one that still runs ends today. KeyError for a name that is not in ``NAMES``."""
    whole = _BY_NAME[name](today)
    return between(whole.start, min(whole.end, today))


def weeks_to(last: date) -> Period:
    """The 13 weeks that hold ``last`` in their last one, cut off at that day."""
    return between(last_closed_weeks(week_of(last).end).start, last)
