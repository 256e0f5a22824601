"""Has a desk's own ratio changed? One chart for a fall and one for a rise of every unit's every ratio.

A chart compares each closed week with the unit's own usual rate, taken from the 26 to 52 weeks before it is watched and
pulled towards the firm's where counts are few. The usual rate stays as it is until a year passes quietly; then the last
year becomes the new one. Units without enough counts have no chart of their own, and say what watches them instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from quality.catalogue import RATIOS
from quality.cusum import Direction, alternative, increments, threshold, weeks_to_notice
from quality.shrinkage import firm_rate, weight
from quality.weekly import Cases, Counts, Floats, Flow, Kind, Weekly

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
#: Weeks scatter beyond chance when chance would do so once in twenty times.
CLEARLY = 0.95
#: A usual rate that is itself an estimate about doubles the false alerts; charts are set to half as many, to make up.
ESTIMATED = 2

Reason = Literal["young", "few", "slow"]


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
    """One episode: raised at the end of week ``raised``, begun about ``since``, over after week ``last`` (positions).

    ``downstream`` of ``due`` upstream events since it began, up to its last week.
    """

    chart: Chart
    raised: int
    since: int
    last: int
    active: bool
    downstream: int
    due: float


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A unit's ratio without a chart of its own, and why: too young, too few cases, or too slow to notice anything."""

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
    charts: list[Chart] = []
    changes: list[Change] = []
    unwatched: list[Unwatched] = []
    for flow in weekly.flows.values():
        for unit in range(len(weekly.units)):
            found = _Line(flow, unit, weekly.seen[unit], weeks).watch()
            charts += found.charts
            changes += found.changes
            unwatched += found.unwatched
    return Watched(tuple(charts), tuple(changes), tuple(unwatched))


class _Line:
    """One unit's ratio, week by week."""

    def __init__(self, flow: Flow, unit: int, seen: NDArray[np.bool_], weeks: float) -> None:
        self._flow, self._unit, self._weeks = flow, unit, weeks
        self._due, self._got = flow.due[unit], flow.downstream[unit].astype(float)
        self._due_twice = _spread(flow.upstream[unit], flow.lag**2)
        self._others = np.arange(len(flow.upstream)) != unit
        # What came due in the first weeks of the log partly began before it: these weeks look better than they were.
        known = np.arange(len(self._due)) >= np.searchsorted(flow.reached_by, COMPLETE)
        counted = np.flatnonzero(seen & known & (np.cumsum(self._due) > 0))
        self._first = int(counted[0]) if len(counted) else 0
        self._end = int(counted[-1]) + 1 if len(counted) else 0

    def watch(self) -> Watched:
        """Both directions, with a new usual rate after each quiet year."""
        start = self._first + BASELINE
        while start < self._end and self._successes(self._first, start) < ENOUGH and start < self._first + LONGEST:
            start += 1
        if start >= self._end:
            return self._without("young")
        if self._successes(self._first, start) < ENOUGH:
            return self._without("few")
        charts, changes = [], []
        for direction in ("low", "high"):
            *_, chart = runs = list(self._runs(direction, self._first, start))
            charts += [chart[0]] if chart[0].notice <= SLOWEST else []
            changes += [change for one, found in runs if one.notice <= SLOWEST for change in found]
        return Watched(tuple(charts), tuple(changes), ()) if charts else self._without("slow")

    def _without(self, reason: Reason) -> Watched:
        return Watched((), (), (Unwatched(self._unit, self._flow.ratio.name, reason),))

    def _successes(self, first: int, last: int) -> float:
        return float(self._got[first:last].sum())

    def _runs(self, direction: Direction, first: int, start: int) -> Iterator[tuple[Chart, list[Change]]]:
        """One chart after the other: each is followed by the next when a year was quiet."""
        while True:
            chart = self._chart(direction, first, start)
            steps = self._steps(chart)
            changes, following = self._changes(chart, steps)
            yield chart, changes
            if following is None:
                return
            first, start = following - QUIET, following

    def _chart(self, direction: Direction, first: int, start: int) -> Chart:
        kind, span = self._kind(first, start), slice(first, start)
        firm_got, firm_due = (own[self._others, span] for own in (self._flow.downstream, self._flow.due))
        worth = weight(self._flow.downstream[:, span].sum(axis=1), self._flow.due[:, span].sum(axis=1), kind)
        got, due = self._got[span].sum(), self._due[span].sum()
        firm = firm_rate(firm_got.sum(), firm_due.sum()) if firm_due.sum() else got / due
        usual = float((got + worth * firm) / (due + worth))
        usual = min(usual, 0.98) if kind == "thinning" else usual
        phi = self._scatter(usual, kind, span)
        changed = float(alternative(usual, direction, kind))
        each_week = due / (start - first)
        asked = (usual, each_week, self._weeks * ESTIMATED, direction, kind)
        limit, notice = float(threshold(*asked)), float(weeks_to_notice(*asked))
        return Chart(
            self._unit, self._flow.ratio.name, direction, start, usual, changed, phi, limit, notice * phi, kind
        )

    def _scatter(self, usual: float, kind: Kind, span: slice) -> float:
        """How much more the weeks scatter than chance, 1 unless they clearly do.

        Cases of one week that get there in several weeks scatter more than a binomial of what came due in each.
        """
        expected = usual * self._due[span]
        chance = expected if kind == "rate" else expected - usual**2 * self._due_twice[span]
        there = chance > 0
        excess = (self._got[span][there] - expected[there]) ** 2 / chance[there]
        return float(excess.mean()) if excess.sum() > chi2.ppf(CLEARLY, len(excess)) else 1.0

    def _kind(self, first: int, start: int) -> Kind:
        """More downstream events than came due are two counts of their own."""
        more = self._got[first:start].sum() >= self._due[first:start].sum()
        return "rate" if more else self._flow.kind

    def _steps(self, chart: Chart) -> Floats:
        if self._flow.cases is not None and chart.kind == "thinning":
            return case_increments(self._flow.cases, self._unit, self._flow.reached_by, chart) / chart.phi
        return increments(self._got, self._due, chart.usual, chart.changed, chart.kind, chart.phi)

    def _changes(self, chart: Chart, steps: Floats) -> tuple[list[Change], int | None]:
        """Episodes of one chart, and the week from which the next chart holds, if a year was quiet before the end."""
        level, begun, quiet = 0.0, chart.start, 0
        raised: list[tuple[int, int]] = []
        for week in range(chart.start, self._end):
            begun = week if level == 0 else begun
            level = max(0.0, level + steps[week])
            quiet += 1
            if level >= chart.limit:
                raised.append((week, begun))
                level, quiet = 0.0, 0
            if quiet == QUIET and week + 1 < self._end:
                return self._episodes(chart, raised, steps, week + 1), week + 1
        return self._episodes(chart, raised, steps, self._end), None

    def _episodes(self, chart: Chart, raised: list[tuple[int, int]], steps: Floats, end: int) -> list[Change]:
        """Alerts that belong together are one change, which lasts while the last weeks still fit it better."""
        found: list[Change] = []
        for week, since in raised:
            if found and week <= found[-1].last:
                continue
            last = next((w for w in range(week + 1, end) if steps[max(since, w - LATELY + 1) : w + 1].sum() <= 0), end)
            spent = slice(since, last)
            found.append(
                Change(
                    chart,
                    week,
                    since,
                    last - 1,
                    last == self._end,
                    int(self._got[spent].sum()),
                    float(self._due[spent].sum()),
                )
            )
        return found


def _spread(upstream: Counts, shares: Floats) -> Floats:
    """Upstream events spread over the weeks after them."""
    return np.convolve(upstream, shares)[: len(upstream)]


def case_increments(cases: Cases, unit: int, reached_by: Floats, chart: Chart) -> Floats:
    """What each week adds to the chart where cases are followed one by one.

    A case counts as it gets there, and while it does not it speaks, a little more with every week, for the lower rate:
    its likelihood under a rate p is p once it got there and 1 - p F(age) before.
    """
    started, got = cases.started[unit], cases.got[unit]
    waits = np.log1p(-chart.changed * reached_by) - np.log1p(-chart.usual * reached_by)
    success = np.log(chart.changed / chart.usual)
    total = np.zeros(len(started))
    for cohort in map(int, np.flatnonzero(started)):
        total[cohort:] += _cohort_steps(int(started[cohort]), got[cohort], waits, success, len(started) - cohort)
    return total


def _cohort_steps(started: int, got: Counts, waits: Floats, success: float, weeks: int) -> Floats:
    """The same for the cases of one week, from their week on."""
    ages = np.arange(weeks)
    reached = np.cumsum(got)[np.minimum(ages, len(got) - 1)]
    level = reached * success + (started - reached) * waits[np.minimum(ages, len(waits) - 1)]
    return np.diff(level, prepend=0.0)
