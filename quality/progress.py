"""Yesterday and this week so far against a desk's daily minimums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from quality.periods import DAY, week_of


@dataclass(frozen=True, slots=True)
class Progress:
    """One activity of one desk: what was done ``on`` a day and in its week up to it, each with what is wanted.

    ``days`` are the working days of the desk in the week up to that day.
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
    minimums: Mapping[str, float], counts: pd.DataFrame, desk: str, worked: Sequence[date], on: date
) -> tuple[Progress, ...]:
    """How a desk stands on a day and in its week up to it, by activity of its ``minimums`` (number per working day).

    ``counts`` as `quality.tally.tally` gives them; ``worked`` are the working days on which the desk was there. On
    others nothing is wanted, but what is done counts.
    """
    week = week_of(on)
    days = sum(week.start <= day <= on for day in worked)
    own = counts[counts["desk"] == desk].set_index("day")
    so_far = own[(own.index >= pd.Timestamp(week.start)) & (own.index < pd.Timestamp(on + DAY))]
    today = own[own.index == pd.Timestamp(on)]
    return tuple(
        Progress(
            desk,
            activity,
            on,
            int(today[activity].sum()),
            per_day * (on in worked),
            int(so_far[activity].sum()),
            per_day * days,
            days,
        )
        for activity, per_day in minimums.items()
    )
