"""Yesterday and this week so far against a desk's daily minimums."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True, slots=True)
class Progress:
    """One activity of one desk: what was done ``on`` a day and in its week up to it, each with what is wanted.

    ``days`` are the working days of the desk in the week up to that day on which it had this minimum.
    """

    desk: str
    activity: str
    on: date
    day: int
    day_wanted: float
    week: int
    week_wanted: float
    days: int

    @property
    def day_met(self) -> bool | None:
        """Whether the day reached its minimum."""
        return _met(self.day, self.day_wanted)

    @property
    def week_met(self) -> bool | None:
        """Whether the week so far reached its minimum."""
        return _met(self.week, self.week_wanted)


def _met(done: int, wanted: float) -> bool | None:
    """Whole things are done, so between two whole numbers the lower one will do; under one nothing can be said."""
    return done >= int(wanted) if wanted >= 1 else None


def progress(
    held: Mapping[date, Mapping[str, float]], counts: pd.DataFrame, desk: str, worked: Collection[date], on: date
) -> tuple[Progress, ...]:
    """How a desk stands on a day and in its week up to it, by activity of the minimums in force on that day.

    ``held`` has the minimums in force (number per working day, by activity) of every day of the week up to ``on``; days
    without one are not judged, and what was done on them does not count. ``counts`` as `quality.tally.tally` gives
    them; ``worked`` are the working days on which the desk was there. On others nothing is wanted, but what is done
    counts.
    """
    own = counts[counts["desk"] == desk].set_index("day")
    return tuple(_progress(activity, held, own, desk, worked, on) for activity in held[on])


def _progress(
    activity: str,
    held: Mapping[date, Mapping[str, float]],
    own: pd.DataFrame,
    desk: str,
    worked: Collection[date],
    on: date,
) -> Progress:
    asked = {day: numbers[activity] for day, numbers in held.items() if activity in numbers}
    days = [day for day in asked if day in worked]
    done = own[activity].reindex(pd.DatetimeIndex(sorted(asked)), fill_value=0)
    wanted = sum(asked[day] for day in days)
    return Progress(
        desk, activity, on, int(done.iloc[-1]), asked[on] * (on in worked), int(done.sum()), wanted, len(days)
    )
