"""What came of a change: a ratio or an activity before it and since, beside the other desks over the same weeks.

Before are the 13 closed weeks up to the Monday of the week in which something was changed, since are up to 13 closed
weeks after that week; the week itself is in neither. Counts are those of the verdicts (`quality.weekly`): a ratio is
held against what came due, and where cases are followed one by one only those count whose time is up. It is too early
to speak of an effect before 3 weeks count, or while fewer than 8 upstream events came due and the 13 weeks last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import BY_NAME, MEASURES
from quality.gains import Kind, Seen, bounds, chance_better, chance_more, kind_of, scatter
from quality.judgement import FEWEST_CASES
from quality.periods import DAY, WEEK, week_of
from quality.teams import NO_TEAM, units_of
from quality.verdicts import EXPIRED
from quality.weekly import Floats, Weekly

SPAN = 13
FEWEST_WEEKS = 3

Status = Literal["future", "unrecorded", "no_before", "silent", "early", "few_before", "few", "judged"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: columns of ``History.adjustments``. ``measure`` is empty where all ratios are meant."""

    number: int
    made_on: date
    level: str
    name: str
    measure: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One period of one group. ``start`` and ``end`` are the days it spans, ``weeks`` those with anybody at work.

    Ratios: ``per`` upstream events came due and led to ``count``; value, low and high (80 %) are n of ``n : 1``.
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


@dataclass(frozen=True, slots=True)
class Others:
    """The other desks over the same weeks: ``team`` whose they are, empty where they are the rest of the company.

    Only desks at work both before and since are among them. ``better`` is the chance that they got better, ``more``
    that the own change was the greater one; None where either is too thin to say.
    """

    team: str
    desks: int
    before: Figures
    after: Figures
    better: float | None
    more: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One measure followed. ``better`` is the chance that it got better (an activity: that more was done).

    ``judged_from`` is the day from which enough weeks count; `after` is None before the first of them does.
    """

    measure: str
    status: Status
    judged_from: date
    before: Figures | None
    after: Figures | None
    better: float | None
    others: Others | None


@dataclass(frozen=True, slots=True)
class Followed:
    """An entry with what came of it, and the other entries that may bear on the same numbers in the same weeks.

    ``near`` concern the same desks, ``elsewhere`` only those they are compared with.
    """

    entry: Entry
    effects: tuple[Effect, ...]
    near: tuple[Entry, ...] = ()
    elsewhere: tuple[Entry, ...] = ()


def entries(journal: pd.DataFrame) -> tuple[Entry, ...]:
    """The lines of ``History.adjustments``, the latest first."""
    lines = journal.sort_values(["made_on", "adjustment_id"], ascending=False)
    names = ["adjustment_id", "made_on", "level", "name", "measure", "kind", "what"]
    return tuple(
        Entry(int(number), made_on.date(), *texts)
        for number, made_on, *texts in lines[names].itertuples(index=False, name=None)
    )


def followed(
    journal: pd.DataFrame, weekly: Weekly, days: Floats, roster: pd.DataFrame | None = None
) -> tuple[Followed, ...]:
    """Every entry of the journal with its effect, the latest first.

    ``weekly`` is by desk, ``days`` are the working days of each desk and week (`quality.review.Review`).
    """
    firm, found = _Firm(weekly, days, roster), entries(journal)
    return tuple(_followed(firm, entry, found) for entry in found)


def measures_of(measure: str) -> tuple[str, ...]:
    """What is followed: the measure itself, all seven ratios where it is empty, nothing where it is unknown."""
    if not measure:
        return tuple(BY_NAME)
    return (measure,) if measure in BY_NAME or measure in MEASURES else ()


# --- who and when ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counted:
    """Units x weeks of one measure; the last ``young`` weeks do not count yet."""

    kind: Kind
    count: Floats
    per: Floats
    young: int


class _Firm:
    """Weeks, desks and their teams, asked for many entries."""

    def __init__(self, weekly: Weekly, days: Floats, roster: pd.DataFrame | None) -> None:
        self.weekly, self.days, self.roster, self.seen = weekly, days, roster, weekly.seen
        shape = self.seen.shape
        desks = pd.Series(np.repeat(np.array(weekly.units, dtype=object), shape[1]), dtype="str")
        teams = units_of(desks, pd.Series(np.tile(weekly.weeks, shape[0])), "team", roster)
        self.teams = teams.to_numpy(dtype=object).reshape(shape)
        self.counted = cache(self._counted)
        self.own = cache(self._own)

    def _counted(self, measure: str) -> _Counted:
        if measure not in BY_NAME:
            return _Counted("pace", self.weekly.volumes[measure].astype(float), self.days, 0)
        flow = self.weekly.flows[measure]
        if flow.cases is None:
            return _Counted(flow.kind, flow.downstream.astype(float), flow.due, 0)
        young = int((flow.reached_by < EXPIRED).sum())
        return _Counted("thinning", flow.cases.got.sum(axis=2).astype(float), flow.cases.started.astype(float), young)

    def _own(self, level: str, name: str) -> Mask:
        """Desks x weeks that an entry is about, while they were at work."""
        if level == "company":
            return self.seen
        if level == "team":
            return np.asarray(self.seen & (self.teams == name))
        return np.asarray(self.seen & (np.array(self.weekly.units, dtype=object) == name)[:, None])

    def others(self, entry: Entry) -> tuple[str, Mask]:
        """The rest of the team of a desk; where it has none, and for a team, the rest of the company."""
        rest = self.seen & ~self.own(entry.level, entry.name).any(axis=1, keepdims=True)
        if entry.level == "desk":
            day = pd.Series([pd.Timestamp(entry.made_on)])
            team = units_of(pd.Series([entry.name], dtype="str"), day, "team", self.roster).iloc[0]
            mates = rest & (self.teams == team)
            if team != NO_TEAM and mates.any():
                return str(team), mates
        return "", self.seen & ~self.own("team", entry.name) if entry.level == "team" else rest


@dataclass(frozen=True, slots=True)
class _Windows:
    """Positions of the weeks before and since among those known; ``elapsed`` weeks since count."""

    before: slice
    after: slice
    whole: slice

    @property
    def elapsed(self) -> int:
        return self.after.stop - self.after.start


def _windows(weekly: Weekly, made_on: date, young: int) -> _Windows:
    at = (week_of(made_on).start - weekly.weeks[0].date()).days // 7
    known = len(weekly.weeks)
    return _Windows(
        _cut(at - SPAN, at, known - young), _cut(at + 1, at + 1 + SPAN, known - young), _cut(at - SPAN, at, known)
    )


def _cut(start: int, stop: int, known: int) -> slice:
    first = min(max(start, 0), max(known, 0))
    return slice(first, max(min(stop, known), first))


# --- what came of it -------------------------------------------------------------------------------------------------


def _followed(firm: _Firm, entry: Entry, among: Sequence[Entry]) -> Followed:
    effects = tuple(_effect(firm, entry, measure) for measure in measures_of(entry.measure))
    near = [other for other in among if other != entry and _related(entry, other) and _meet(entry, other)]
    ours = [other for other in near if _touches(firm, other, firm.own(entry.level, entry.name))]
    rest = firm.others(entry)[1]
    theirs = [other for other in near if other not in ours and _touches(firm, other, rest)]
    return Followed(entry, effects, tuple(ours), tuple(theirs))


def _related(one: Entry, other: Entry) -> bool:
    """Whether both may move the same number: all ratios, the same measure, or a ratio and one of its two activities."""
    everything = not (one.measure and other.measure)
    return everything or one.measure in _parts(other.measure) or other.measure in _parts(one.measure)


def _parts(measure: str) -> tuple[str, ...]:
    ratio = BY_NAME.get(measure)
    return (measure, ratio.upstream, ratio.downstream) if ratio else (measure,)


def _meet(one: Entry, other: Entry) -> bool:
    """Whether the other was made in the weeks before or since."""
    monday = week_of(one.made_on).start
    return monday - SPAN * WEEK <= other.made_on < monday + (SPAN + 1) * WEEK


def _touches(firm: _Firm, other: Entry, mask: Mask) -> bool:
    return bool((firm.own(other.level, other.name) & mask).any())


def _effect(firm: _Firm, entry: Entry, measure: str) -> Effect:
    counted, mask = firm.counted(measure), firm.own(entry.level, entry.name)
    windows = _windows(firm.weekly, entry.made_on, counted.young)
    own = _Pair.of(firm, counted, mask, windows)
    status = _status(firm, entry, own, mask, windows)
    from_day = week_of(entry.made_on).start + (1 + FEWEST_WEEKS + counted.young) * WEEK
    if status != "judged":
        return Effect(measure, status, from_day, own.figures(0), own.figures(1), None, None)
    better = chance_better(*own.seen)
    return Effect(measure, status, from_day, own.figures(0), own.figures(1), better, _others(firm, entry, own))


def _status(firm: _Firm, entry: Entry, own: _Pair, mask: Mask, windows: _Windows) -> Status:
    """The first thing that stands in the way, else *judged*."""
    early = windows.elapsed < FEWEST_WEEKS or (windows.elapsed < SPAN and not own.enough(1))
    hindrances: Mapping[Status, bool] = {
        "future": entry.made_on > firm.weekly.as_of,
        "unrecorded": not mask.any(),
        "no_before": not mask[:, windows.whole].any(),
        "silent": windows.elapsed >= FEWEST_WEEKS and not own.weeks[1],
        "early": early,
        "few_before": not own.enough(0),
        "few": not own.enough(1),
    }
    return next((status for status, holds in hindrances.items() if holds), "judged")


def _others(firm: _Firm, entry: Entry, own: _Pair) -> Others | None:
    team, mask = firm.others(entry)
    there: Mask = np.any(mask[:, own.windows.before], axis=1) & np.any(mask[:, own.windows.after], axis=1)
    if not there.any():
        return None
    rest = _Pair.of(firm, own.counted, mask & there[:, None], own.windows)
    before, after = rest.figures(0), rest.figures(1)
    if before is None or after is None:
        return None
    enough = rest.enough(0) and rest.enough(1)
    better = chance_better(*rest.seen) if enough else None
    more = chance_more(own.seen, rest.seen) if enough else None
    return Others(team, int(there.sum()), before, after, better, more)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Before and since of one group: what was seen, and in how many weeks with anybody at work."""

    counted: _Counted
    windows: _Windows
    mondays: pd.DatetimeIndex
    seen: tuple[Seen, Seen]
    weeks: tuple[int, int]

    @classmethod
    def of(cls, firm: _Firm, counted: _Counted, mask: Mask, windows: _Windows) -> _Pair:
        spans = (windows.before, windows.after)
        counts, pers = (
            [np.asarray(part * mask)[:, span].sum(axis=0) for span in spans] for part in (counted.count, counted.per)
        )
        pairs = [(float(count.sum()), float(per.sum())) for count, per in zip(counts, pers, strict=True)]
        kind = kind_of(counted.kind, pairs)
        over = scatter(counts, pers) if kind == "pace" else 1.0
        before, after = (Seen(count, per, kind, over) for count, per in pairs)
        weeks = tuple(int((mask[:, span].sum(axis=0) > 0).sum()) for span in spans)
        return cls(counted, windows, firm.weekly.weeks, (before, after), (weeks[0], weeks[1]))

    def enough(self, which: int) -> bool:
        """Whether one of the two periods holds enough to compare."""
        seen = self.seen[which]
        if seen.kind == "pace":
            return self.weeks[which] >= FEWEST_WEEKS and seen.per > 0
        return round(seen.per) >= FEWEST_CASES

    def figures(self, which: int) -> Figures | None:
        """One of the two periods as people read it; None where no week of it counts."""
        span, seen = (self.windows.before, self.windows.after)[which], self.seen[which]
        if span.stop <= span.start:
            return None
        first, last = self.mondays[span.start].date(), self.mondays[span.stop - 1].date() + 6 * DAY
        return Figures(first, last, self.weeks[which], round(seen.per), round(seen.count), *_numbers(seen))


def _numbers(seen: Seen) -> tuple[float | None, float | None, float | None]:
    """Value with both bounds: ``n`` of ``n : 1``, or per working day."""
    if round(seen.per) <= 0:
        return None, None, None
    low, high = bounds(seen)
    if seen.kind == "pace":
        return seen.count / round(seen.per), low, high
    return (round(seen.per) / seen.count if seen.count else None), 1 / high, (1 / low if low > 0 else None)
