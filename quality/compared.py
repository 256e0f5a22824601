"""Before and since: the weeks around a day, the counts of a group of desks in them, and what both say.

Before are the 13 closed weeks up to the Monday of the week that holds the day, since are up to 13 closed weeks after
that week; the week itself is in neither. What people read are the events of these weeks, as the rows give them. A
chance rests on the counts of the verdicts (`quality.weekly`): a ratio is held against what came due, and where cases
are followed one by one only the weeks whose time is up count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import BY_NAME
from quality.gains import Kind, Seen, bounds, kind_of, scatter
from quality.judgement import FEWEST_CASES
from quality.periods import DAY, week_of
from quality.teams import NO_TEAM, units_of
from quality.verdicts import EXPIRED
from quality.weekly import Floats, Weekly

#: Weeks of either period at most, and those without which nothing is said.
SPAN, FEWEST_WEEKS = 13, 3

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figures:
    """One period of one group. ``start`` and ``end`` are the days it spans, ``weeks`` those with anybody at work.

    Ratios: ``per`` upstream and ``count`` downstream events happened; value, low and high (80 %) are n of ``n : 1``.
    ``due_per`` and ``due_count`` are what a chance rests on: how many came due, and what came of these.
    Activities: ``count`` in ``per`` working days; the three are events per working day. What is not known is None.
    """

    start: date
    end: date
    weeks: int
    per: int
    count: int
    value: float | None
    low: float | None
    high: float | None
    due_per: int
    due_count: int

    @property
    def differs(self) -> bool:
        """Whether a chance rests on other counts than those that happened."""
        return (self.due_per, self.due_count) != (self.per, self.count)


@dataclass(frozen=True, slots=True)
class Counted:
    """Desks x weeks of one measure; the last ``young`` weeks do not count yet.

    ``count`` per ``per`` is what a chance rests on, ``happened`` both as they happened, in the same order.
    """

    kind: Kind
    count: Floats
    per: Floats
    young: int
    happened: tuple[Floats, Floats]


class Firm:
    """The weeks of every desk, asked for groups of them.

    ``weekly`` is by desk, ``days`` are the working days of each desk and week.
    """

    def __init__(self, weekly: Weekly, days: Floats, roster: pd.DataFrame | None) -> None:
        self.weekly, self.days, self.roster, self.seen = weekly, days, roster, weekly.seen
        self.counted = cache(self._counted)
        self.own = cache(self._own)
        self.others = cache(self._others)

    @cached_property
    def teams(self) -> NDArray[np.object_]:
        """Desks x weeks: the team of each desk on the Monday."""
        desks = pd.Series(np.repeat(np.array(self.weekly.units, dtype=object), self.seen.shape[1]), dtype="str")
        mondays = pd.Series(np.tile(self.weekly.weeks, self.seen.shape[0]))
        return units_of(desks, mondays, "team", self.roster).to_numpy(dtype=object).reshape(self.seen.shape)

    def _counted(self, measure: str) -> Counted:
        """A ratio or an activity, as it counts here."""
        if measure not in BY_NAME:
            volume = self.weekly.volumes[measure].astype(float)
            return Counted("pace", volume, self.days, 0, (volume, self.days))
        flow = self.weekly.flows[measure]
        happened = flow.downstream.astype(float), flow.upstream.astype(float)
        if flow.cases is None:
            return Counted(flow.kind, happened[0], flow.due, 0, happened)
        young, got = int((flow.reached_by < EXPIRED).sum()), flow.cases.got.sum(axis=2).astype(float)
        return Counted("thinning", got, flow.cases.started.astype(float), young, happened)

    def _own(self, level: str, name: str) -> Mask:
        """Desks x weeks of the company, a team or a desk, while they were at work."""
        return self.seen & self.whose(level, name)

    def whose(self, level: str, name: str) -> Mask:
        """The same at work or not: a fill can count for the desk that won the order after it has left."""
        if level == "company":
            return np.ones_like(self.seen)
        if level == "team":
            return np.asarray(self.teams == name)
        desks = np.array(self.weekly.units, dtype=object) == name
        return np.broadcast_to(desks[:, None], self.seen.shape)

    def _others(self, level: str, name: str, day: date) -> tuple[str, Mask]:
        """The rest of a desk's team on a day, by its name; where it has none, and for a team, that of the company."""
        if level != "desk":
            return "", self.seen & ~self.own(level, name)
        rest = self.seen & ~self.own(level, name).any(axis=1, keepdims=True)
        team = units_of(pd.Series([name], dtype="str"), pd.Series([pd.Timestamp(day)]), "team", self.roster).iloc[0]
        mates = rest & (self.teams == team)
        return (str(team), mates) if team != NO_TEAM and mates.any() else ("", rest)


@dataclass(frozen=True, slots=True)
class Windows:
    """Positions of the weeks before and since that count; ``known_before`` are those before, counted yet or not."""

    before: slice
    after: slice
    known_before: slice

    @property
    def elapsed(self) -> int:
        """Weeks since that count."""
        return int(self.after.stop - self.after.start)


def windows(weekly: Weekly, day: date, young: int) -> Windows:
    """The weeks around a day, when the last ``young`` do not count yet; empty where the log does not reach."""
    at, known = (week_of(day).start - weekly.weeks[0].date()).days // 7, len(weekly.weeks)
    after = _cut(at + 1, at + 1 + SPAN, known - young)
    return Windows(_cut(at - SPAN, at, known - young), after, _cut(at - SPAN, at, known))


def _cut(start: int, stop: int, known: int) -> slice:
    first = min(max(start, 0), max(known, 0))
    return slice(first, max(min(stop, known), first))


@dataclass(frozen=True, slots=True)
class Pair:
    """Before and since of one group: what is judged, what happened, and in how many weeks with anybody at work."""

    seen: tuple[Seen, Seen]
    happened: tuple[Seen, Seen]
    weeks: tuple[int, int]
    spans: tuple[slice, slice]
    mondays: pd.DatetimeIndex

    @classmethod
    def of(cls, firm: Firm, measure: str, mask: Mask, around: Windows, whole: Mask | None = None) -> Pair:
        """The counts of the desks and weeks of a mask; what happened is that of the ``whole`` where that is more."""
        counted, spans = firm.counted(measure), (around.before, around.after)
        counts, pers = (np.asarray(part * mask).sum(axis=0) for part in (counted.count, counted.per))
        pairs = _pairs((counts, pers), spans)
        kind = kind_of(counted.kind, pairs)
        over = scatter([counts[span] for span in spans], [pers[span] for span in spans]) if kind == "pace" else 1.0
        busy = np.asarray(mask.sum(axis=0) > 0)
        weeks = int(busy[around.before].sum()), int(busy[around.after].sum())
        before, after = (Seen(count, per, kind, over) for count, per in pairs)
        wider = mask if whole is None or kind == "pace" else whole
        raw = _pairs([np.asarray(part * wider).sum(axis=0) for part in counted.happened], spans)
        first, second = (Seen(count, per, kind_of(kind, [(count, per)]), over) for count, per in raw)
        return cls((before, after), (first, second), weeks, spans, firm.weekly.weeks)

    def enough(self, which: int) -> bool:
        """Whether one of the two periods holds enough to compare."""
        seen = self.seen[which]
        if seen.kind == "pace":
            return self.weeks[which] >= FEWEST_WEEKS and seen.per > 0 and any(each.count for each in self.seen)
        return round(seen.per) >= FEWEST_CASES

    def figures(self, which: int) -> Figures | None:
        """One of the two periods as people read it; None where no week of it counts."""
        span, seen, judged = self.spans[which], self.happened[which], self.seen[which]
        if span.stop <= span.start:
            return None
        first, last = self.mondays[span.start].date(), self.mondays[span.stop - 1].date() + 6 * DAY
        due = round(judged.per), round(judged.count)
        return Figures(first, last, self.weeks[which], round(seen.per), round(seen.count), *_numbers(seen), *due)


def _pairs(parts: Sequence[Floats], spans: Sequence[slice]) -> list[tuple[float, float]]:
    """Both counts by week, summed over each of the spans."""
    counts, pers = parts
    return [(float(counts[span].sum()), float(pers[span].sum())) for span in spans]


def _numbers(seen: Seen) -> tuple[float | None, float | None, float | None]:
    """Value with both bounds: ``n`` of ``n : 1``, or per working day."""
    if round(seen.per) <= 0:
        return None, None, None
    low, high = bounds(seen)
    if seen.kind == "pace":
        return seen.count / round(seen.per), low, high
    return (round(seen.per) / seen.count if seen.count else None), 1 / high, (1 / low if low > 0 else None)
