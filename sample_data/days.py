"""Working days: every event of the sample falls on one, and every delay is counted in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sample_data.plan import Plan

#: Weeks simulated before the first one that is kept, so that it already has interviews and fills.
WARM_UP_WEEKS = 26
WEEKS_BEYOND = 60

DAYS_OFF = ((12, 24), (12, 25), (12, 26), (1, 1))
#: The quiet days around the end of the year, first and last, and how much of the usual work is done on them.
DIP_FROM, DIP_TO, DIP_PACE = (12, 20), (1, 3), 0.35

#: The office opens and closes; minutes after midnight.
OPENS, CLOSES = 510, 1050


@dataclass(frozen=True)
class Calendar:
    """The working days of a plan, as positions that delays can be added to.

    ``days`` are the dates (datetime64[D]) from the warm-up to well beyond the end, ``pace`` the share of the usual
    work done on each, ``first`` and ``last`` the positions of the first and last working day that the plan covers.
    """

    days: np.ndarray
    pace: np.ndarray
    first: int
    last: int

    def position(self, day: date | np.ndarray) -> np.ndarray:
        """Position of the first working day on or after each date, the last one known for dates beyond."""
        found = np.searchsorted(self.days, np.asarray(day, dtype="datetime64[D]"))
        return np.minimum(found, len(self.days) - 1)


def calendar(plan: Plan) -> Calendar:
    """The working days of the plan: Monday to Friday without the days off, quieter around the end of the year."""
    opening = plan.start - timedelta(weeks=WARM_UP_WEEKS)
    span = (plan.end - opening).days + 7 * WEEKS_BEYOND
    every_day = np.datetime64(opening, "D") + np.arange(span)
    months, numbers = _months_and_numbers(every_day)
    off = np.isin(months * 100 + numbers, [month * 100 + number for month, number in DAYS_OFF])
    working = np.is_busday(every_day) & ~off
    quiet = _in_dip(months, numbers)
    days = every_day[working]
    return Calendar(
        days=days,
        pace=np.where(quiet[working], DIP_PACE, 1.0),
        first=int(np.searchsorted(days, np.datetime64(plan.start, "D"))),
        last=int(np.searchsorted(days, np.datetime64(plan.end, "D"), side="right")) - 1,
    )


def dips(plan: Plan) -> list[tuple[date, date]]:
    """The quiet days around the end of each year that the plan touches: first and last day of each."""
    candidates = [
        (date(year, *DIP_FROM), date(year + 1, *DIP_TO)) for year in range(plan.start.year - 1, plan.end.year + 1)
    ]
    return [(opens, closes) for opens, closes in candidates if opens <= plan.end and closes >= plan.start]


def _months_and_numbers(days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    months = days.astype("datetime64[M]")
    return months.astype(int) % 12 + 1, (days - months).astype(int) + 1


def _in_dip(months: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    december = (months == DIP_FROM[0]) & (numbers >= DIP_FROM[1])
    return december | ((months == DIP_TO[0]) & (numbers <= DIP_TO[1]))
