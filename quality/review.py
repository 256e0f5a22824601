"""The review of a firm: every unit judged, watched and told, week by week, out of what was gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from quality import signals, verdicts
from quality.monitoring import Watched, monitor
from quality.periods import WEEK
from quality.rules import Rules
from quality.signals import Volume, volume
from quality.teams import By, units_of
from quality.verdicts import Judged, judge
from quality.weekly import Floats, Gathered, Weekly, weekly
from quality.workdays import Workdays

#: Signals are listed for a year.
LISTED = 52 * WEEK


@dataclass(frozen=True, slots=True)
class Review:
    """Units x closed weeks: counts, verdicts, charts, and the working days each unit had (``days``).

    ``false_alerts`` are the ones accepted per unit and year in each direction.
    """

    weekly: Weekly
    judged: Mapping[str, Judged]
    watched: Watched
    days: Floats
    false_alerts: float

    def verdicts(self, on: date | None = None) -> pd.DataFrame:
        """The verdict of every unit on every ratio as of the last week closed by a day: see `quality.verdicts`."""
        return verdicts.verdicts(self.weekly, self.judged, self.week(on))

    def week(self, on: date | None = None) -> int:
        """Position of the last week that was closed by the end of a day, the first one where none was."""
        if on is None:
            return len(self.weekly.weeks) - 1
        closed = self.weekly.weeks + pd.Timedelta(days=6) <= pd.Timestamp(on)
        return max(int(closed.sum()) - 1, 0)

    def signals(self, since: date | None = None, *, as_raised: bool = False) -> pd.DataFrame:
        """The signals raised since a day (a year ago), or still active: see `quality.signals`."""
        return signals.signals(
            self.weekly,
            self.judged,
            self.watched,
            self.days,
            since=since or self.weekly.as_of - LISTED,
            false_alerts=self.false_alerts,
            as_raised=as_raised,
        )

    def volume(self, measure: str) -> Volume:
        """One activity per working day with its limits, for the last weeks."""
        return volume(self.weekly, measure, self.days)


def review(
    gathered: Gathered,
    *,
    by: By = "desk",
    rules: Rules | None = None,
    roster: pd.DataFrame | None = None,
    absences: pd.DataFrame | None = None,
    workdays: Workdays | None = None,
    false_alerts: float = 1.0,
) -> Review:
    """Judge and watch every desk, team or the company. Raises ValueError unless ``false_alerts`` is above 0."""
    if not false_alerts > 0:
        raise ValueError("the false alerts accepted a year are a number above 0")
    chosen, table = rules or Rules(), weekly(gathered, by, roster)
    standards = chosen.standards.table(table.units, by, [monday.date() for monday in table.weeks], roster)
    days = _days(gathered, table, by, roster, absences, workdays or Workdays())
    return Review(table, judge(table, standards), monitor(table, false_alerts), days, false_alerts)


def _days(
    gathered: Gathered,
    table: Weekly,
    by: By,
    roster: pd.DataFrame | None,
    absences: pd.DataFrame | None,
    workdays: Workdays,
) -> Floats:
    """Working days of each unit and week; of a team or the company the sum over its desks."""
    desks = weekly(gathered) if by != "desk" else table
    own = workdays.available(desks.units, [monday.date() for monday in desks.weeks], roster, absences) * desks.seen
    if by == "desk":
        return own.astype(float)
    names = pd.Series(np.repeat(desks.units, len(desks.weeks)), dtype="str")
    units = units_of(names, pd.Series(np.tile(desks.weeks, len(desks.units))), by, roster)
    place = pd.Index(table.units).get_indexer(pd.Index(units)).reshape(own.shape)
    days = np.zeros((len(table.units), len(table.weeks)))
    for desk in range(len(own)):
        known = place[desk] >= 0
        np.add.at(days, (place[desk][known], np.flatnonzero(known)), own[desk][known])
    return days


def with_verdicts(frame: pd.DataFrame, found: Review | None) -> pd.DataFrame:
    """Rows of `quality.ratios.ratios` with the verdict of their unit and ratio as of the last week closed by their end.

    The review must be of the same kind of unit. None where no week was closed by then, nothing was there to judge, or
    there is no review.
    """
    words = np.full(len(frame), None, dtype=object)
    if found is None:
        return frame.assign(verdict=words)
    weeks = (found.weekly.weeks + pd.Timedelta(days=6)).searchsorted(frame["period_end"], side="right") - 1
    units = pd.Index(found.weekly.units).get_indexer(pd.Index(frame["unit"]))
    for name, one in found.judged.items():
        rows = np.flatnonzero((frame["ratio"] == name) & (units >= 0) & (weeks >= 0))
        at = units[rows], weeks[rows]
        some = one.upstream[at] > 0
        words[rows[some]] = one.verdict[at][some]
    return frame.assign(verdict=pd.Series(words, index=frame.index, dtype=object))
