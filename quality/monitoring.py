"""Has a desk's own ratio changed? One chart for a fall and one for a rise of every unit's every ratio.

A chart compares each closed week with the unit's own usual rate, taken from the 26 to 52 weeks before it is watched and
pulled towards the firm's where counts are few. The usual rate stays as it is until a year passes quietly; then the last
year becomes the new one. Units without enough counts have no chart of their own, and say what watches them instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from quality.catalogue import RATIOS
from quality.cusum import Direction, alternative, increments, threshold, weeks_to_notice
from quality.shrinkage import firm_rate, weight
from quality.weekly import Cases, Counts, Floats, Flow, Kind, Weekly, spread

#: Weeks of the usual rate: at least so many, and up to a year while it rests on too few.
BASELINE, LONGEST = 26, 52
#: So many successes the usual rate must rest on.
ENOUGH = 10
#: After so many weeks without an alert the usual rate is taken anew from them.
QUIET = 52
#: A change that would take longer than this to notice is not watched for one unit alone.
SLOWEST = 26
#: Weeks over which it is asked whether a change still holds.
LATELY = 8
#: From this share of what came due on, the upstream events of a week are taken to be known.
COMPLETE = 0.9
#: Weeks scatter beyond chance when chance would do so once in a hundred times.
CLEARLY = 0.99
#: A week so far out that chance brings it once in two thousand is left out of that, like one after the holidays: it
#: would blunt a chart for a year. Squared distance in units of chance.
ODD = 12.0
#: A share so near one leaves nothing to look for.
HIGHEST = 0.98

DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
KINDS: tuple[Kind, ...] = get_args(Kind)
Reason = Literal["young", "few", "slow"]


@dataclass(frozen=True, slots=True)
class Usual:
    """What one unit's ratio usually is: the mean of weeks ``first`` to ``start`` (positions, the latter excluded).

    ``rate`` is downstream per upstream, ``phi`` how much its weeks scatter beyond chance, ``each_week`` how many
    upstream events come due in a week.
    """

    unit: int
    first: int
    start: int
    rate: float
    phi: float
    each_week: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Chart:
    """How one unit's ratio is watched in one direction, from position ``start`` (a week) on.

    ``usual`` is its own rate (downstream per upstream), ``phi`` how much its weeks scatter beyond chance, ``limit`` the
    level that alerts, ``notice`` the weeks it takes on average to notice a change to ``changed``.
    """

    unit: int
    ratio: str
    direction: Direction
    start: int
    usual: float
    changed: float
    phi: float
    limit: float
    notice: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """One episode: raised at the end of ``raised``, begun about ``since``, over after ``last`` (positions of weeks)."""

    chart: Chart
    raised: int
    since: int
    last: int
    active: bool


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A unit's ratio without a chart of its own, and why: too young, too few cases, or too slow to notice a halving."""

    unit: int
    ratio: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Watched:
    """All charts in force at the last week, the episodes there were, and what has no chart of its own."""

    charts: tuple[Chart, ...]
    changes: tuple[Change, ...]
    unwatched: tuple[Unwatched, ...]


def monitor(weekly: Weekly, false_alerts: float = 1.0) -> Watched:
    """Watch every ratio of every unit; ``false_alerts`` are accepted per unit and year in each direction."""
    weeks = 52 * len(RATIOS) / false_alerts
    found = [_Lines(flow, weekly.seen, weeks).watch() for flow in weekly.flows.values()]
    return Watched(
        tuple(chart for one in found for chart in one.charts),
        tuple(change for one in found for change in one.changes),
        tuple(missing for one in found for missing in one.unwatched),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """One chart up to position ``end``, its changes, and whether a new usual rate follows it there."""

    chart: Chart
    changes: list[Change]
    end: int
    followed: bool


class _Lines:
    """One ratio of all units, week by week."""

    def __init__(self, flow: Flow, seen: NDArray[np.bool_], weeks: float) -> None:
        self._flow, self._weeks = flow, weeks
        self._due, self._got = flow.due, flow.downstream.astype(float)
        self._due_twice = spread(flow.upstream, flow.lag**2)
        # What came due in the first weeks of the log partly began before it: these weeks look better than they were.
        known = np.arange(seen.shape[1]) >= np.searchsorted(flow.reached_by, COMPLETE)
        counted = seen & known & (np.cumsum(self._due, axis=1) > 0)
        self._first: list[int] = np.argmax(counted, axis=1).tolist()
        ends = seen.shape[1] - np.argmax(counted[:, ::-1], axis=1)
        self._end: list[int] = np.where(counted.any(axis=1), ends, 0).tolist()
        self._firm, self._usual = cache(self._firm_counts), cache(self._usual_rate)

    def watch(self) -> Watched:
        """Both directions; a ratio whose halving would show too late has no chart."""
        starts = {unit: self._start(unit) for unit in range(len(self._got))}
        reasons: dict[int, Reason] = {unit: start for unit, start in starts.items() if isinstance(start, str)}
        begun = [self._usual(unit, self._first[unit], at) for unit, at in starts.items() if not isinstance(at, str)]
        runs = [run for direction in DIRECTIONS for run in self._followed(direction, begun)]
        latest = {(run.chart.unit, run.chart.direction): run.chart for run in runs}
        charts = [chart for chart in latest.values() if chart.notice <= SLOWEST]
        noticed = {chart.unit for chart in charts if chart.direction == "low"}
        reasons |= {usual.unit: "slow" for usual in begun if usual.unit not in noticed}
        return Watched(
            tuple(charts),
            tuple(change for run in runs if run.chart.notice <= SLOWEST for change in run.changes),
            tuple(Unwatched(unit, self._flow.ratio.name, reasons[unit]) for unit in sorted(reasons)),
        )

    def _start(self, unit: int) -> int | Reason:
        """Position of the first week that is watched, or why there is none."""
        first, end = self._first[unit], self._end[unit]
        weeks = int(np.searchsorted(np.cumsum(self._got[unit, first:end]), ENOUGH)) + 1
        if weeks > LONGEST and end - first > LONGEST:
            return "few"
        start = first + max(BASELINE, weeks)
        return start if start < end else "young"

    def _followed(self, direction: Direction, begun: Sequence[Usual]) -> list[_Run]:
        """One chart after the other: each is followed by the next when a year was quiet."""
        found: list[_Run] = []
        while begun:
            runs = [self._run(chart) for chart in self._charts(direction, begun)]
            found += runs
            begun = [self._usual(run.chart.unit, run.end - QUIET, run.end) for run in runs if run.followed]
        return found

    def _usual_rate(self, unit: int, first: int, start: int) -> Usual:
        got, due = self._got[unit, first:start].sum(), self._due[unit, first:start].sum()
        # More downstream events than came due are two counts of their own.
        kind: Kind = "rate" if got >= due else self._flow.kind
        whole_got, whole_due, worth = self._firm(first, start, kind)
        others = firm_rate(whole_got - got, whole_due - due) if whole_due > due else got / due
        rate = (got + worth * others) / (due + worth)
        rate = float(min(rate, HIGHEST)) if kind == "thinning" else float(rate)
        return Usual(
            unit, first, start, rate, self._scatter(unit, first, start, rate, kind), due / (start - first), kind
        )

    def _firm_counts(self, first: int, start: int, kind: Kind) -> tuple[float, float, float]:
        """Both counts of all units in these weeks, and how many cases the firm's rate is worth beside a unit's own."""
        got, due = self._got[:, first:start].sum(axis=1), self._due[:, first:start].sum(axis=1)
        among = np.minimum(got, due) if kind == "thinning" else got
        return float(got.sum()), float(due.sum()), weight(among, due, kind)

    def _scatter(self, unit: int, first: int, start: int, rate: float, kind: Kind) -> float:
        """How much more the weeks scatter than the chart grants them, beyond chance only where they clearly do."""
        span = slice(first, start)
        expected = rate * self._due[unit, span]
        granted, chance = expected, expected
        if kind == "thinning":
            # Steps of one week that are taken in several weeks scatter more than a binomial of what came due in each.
            granted, chance = expected * (1 - rate), expected - rate**2 * self._due_twice[unit, span]
        there = chance > 0
        excess = (self._got[unit, span][there] - expected[there]) ** 2 / chance[there]
        excess = excess[excess <= ODD]
        beyond = excess.mean() if excess.sum() > chi2.ppf(CLEARLY, len(excess)) else 1.0
        return float(beyond * (1.0 if self._by_case(kind) else chance.sum() / granted.sum()))

    def _by_case(self, kind: Kind) -> bool:
        return self._flow.cases is not None and kind == "thinning"

    def _charts(self, direction: Direction, begun: Sequence[Usual]) -> list[Chart]:
        return [
            chart for kind in KINDS for chart in self._of_kind(direction, kind, [u for u in begun if u.kind == kind])
        ]

    def _of_kind(self, direction: Direction, kind: Kind, begun: Sequence[Usual]) -> Iterator[Chart]:
        rates, each = np.array([usual.rate for usual in begun]), np.array([usual.each_week for usual in begun])
        limits = threshold(rates, each, self._weeks, direction, kind)
        notices = weeks_to_notice(rates, each, self._weeks, direction, kind)
        later = float(self._flow.lag @ np.arange(len(self._flow.lag)))
        for usual, changed, limit, notice in zip(
            begun, alternative(rates, direction, kind), limits, notices, strict=True
        ):
            name, wait = self._flow.ratio.name, float(notice) * usual.phi + later
            yield Chart(
                usual.unit,
                name,
                direction,
                usual.start,
                usual.rate,
                float(changed),
                usual.phi,
                float(limit),
                wait,
                kind,
            )

    def _steps(self, chart: Chart) -> Floats:
        if self._by_case(chart.kind):
            return self._case_steps(chart) / chart.phi
        unit = chart.unit
        return increments(self._got[unit], self._due[unit], chart.usual, chart.changed, chart.kind, chart.phi)

    def _case_steps(self, chart: Chart) -> Floats:
        """What each week adds where cases are followed one by one.

        A case counts as it gets there, and while it does not it speaks, a little more with every week, for the lower
        rate: its likelihood under a rate p is p once it got there and 1 - p F(age) before.
        """
        waits = np.log1p(-chart.changed * self._flow.reached_by) - np.log1p(-chart.usual * self._flow.reached_by)
        reached, waiting, older = (held[chart.unit] for held in self._followed_cases)
        level = reached * np.log(chart.changed / chart.usual) + waiting @ waits + older * waits[-1]
        return np.diff(level, prepend=0.0)

    @cached_property
    def _followed_cases(self) -> tuple[Counts, Counts, Counts]:
        """Cases that got there by the end of each week, those that had not by age, and those past all ages."""
        cases = cast(Cases, self._flow.cases)
        reached = np.cumsum(cases.arrived, axis=1)
        waiting = cases.waiting(len(self._flow.lag))
        older = np.cumsum(cases.started, axis=1) - reached - waiting.sum(axis=2)
        return reached, waiting, older

    def _run(self, chart: Chart) -> _Run:
        """One chart until the end, or until a year was quiet before it."""
        steps, end = self._steps(chart), self._end[chart.unit]
        level, begun, quiet, raised = 0.0, chart.start, 0, []
        for week, step in enumerate(steps[chart.start : end].tolist(), chart.start):
            begun = week if level == 0 else begun
            level, quiet = max(0.0, level + step), quiet + 1
            if level >= chart.limit:
                raised.append((week, begun))
                level, quiet = 0.0, 0
            if quiet == QUIET and week + 1 < end:
                return _Run(chart, self._changes(chart, raised, steps, week + 1), week + 1, True)
        return _Run(chart, self._changes(chart, raised, steps, end), end, False)

    def _changes(self, chart: Chart, raised: Iterable[tuple[int, int]], steps: Floats, end: int) -> list[Change]:
        """Alerts that belong together are one change, which lasts while the last weeks still fit it better."""
        found: list[Change] = []
        for week, since in raised:
            if not found or week > found[-1].last:
                over = _over(steps, week, since, end)
                found.append(Change(chart, week, since, over - 1, over == self._end[chart.unit]))
        return found


def _over(steps: Floats, raised: int, since: int, end: int) -> int:
    """The first week after the alert from which the last weeks no longer fit the change better, or the end."""
    lasts = (steps[max(since, week - LATELY + 1) : week + 1].sum() > 0 for week in range(raised + 1, end))
    return next((week for week, held in enumerate(lasts, raised + 1) if not held), end)
