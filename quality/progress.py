"""Yesterday and this week so far against a desk's daily minimums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from quality.periods import week_of


@dataclass(frozen=True, slots=True)
class Progress:
    """One activity of one desk: the last working day and its week so far, each with what the plan asks for.

    ``day`` and ``week`` are counts, ``per_day`` and ``week_wanted`` numbers of the plan, ``days`` the working days of
    the week so far.
    """

    desk: str
    activity: str
    on: date
    day: int
    per_day: float
    week: int
    week_wanted: float
    days: int

    @property
    def day_met(self) -> bool:
        """Whether the day reached its minimum, which between two whole numbers is the lower one."""
        return self.day >= int(self.per_day)

    @property
    def week_met(self) -> bool:
        """Whether the week so far reached its minimum, which between two whole numbers is the lower one."""
        return self.week >= int(self.week_wanted)


def progress(
    minimums: Mapping[str, float], counts: pd.DataFrame, desk: str, worked: Sequence[date]
) -> tuple[Progress, ...]:
    """How a desk stands, by activity of its ``minimums`` (number per working day).

    ``counts`` as `quality.tally.tally` gives them; ``worked`` are working days in order, up to the day that is asked
    for: the last of them and those of its week are looked at. Work on other days of that week counts for the week.
    """
    if not worked:
        return ()
    on, week = worked[-1], week_of(worked[-1])
    own = counts[counts["desk"] == desk].set_index("day")
    days = sum(week.start <= day <= on for day in worked)
    return tuple(
        Progress(
            desk,
            activity,
            on,
            int(own.loc[own.index == pd.Timestamp(on), activity].sum()),
            per_day,
            int(
                own.loc[(own.index >= pd.Timestamp(week.start)) & (own.index <= pd.Timestamp(week.end)), activity].sum()
            ),
            per_day * days,
            days,
        )
        for activity, per_day in minimums.items()
    )
