"""What deserves a conversation: every desk's signals in one small table, each with its numbers and its story.

Six kinds. *slump* and *surge*: a ratio changed against the desk's own usual (`quality.monitoring`). *below_standard*
and *above_standard*: the graded verdict (`quality.verdicts`). *volume_drop* and *volume_rise*: how much is done per
working day (`quality.xmr`). One row for every time that a ratio changed; of verdicts and volumes the latest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality import xmr
from quality.catalogue import MEASURES, RATIOS
from quality.monitoring import Change, Watched
from quality.stories import Signal, SignalKind, story
from quality.verdicts import Judged
from quality.weekly import Counts, Floats, Weekly

#: The kinds that deserve a conversation, and those that deserve a word of praise.
BAD: tuple[SignalKind, ...] = ("slump", "volume_drop", "below_standard")
GOOD: tuple[SignalKind, ...] = ("surge", "above_standard", "volume_rise")

#: A unit without a row for so many weeks has left, or is away: nothing of it is news.
GONE = 4
#: Weeks over which it is asked whether a volume is still away from its usual.
LATELY = 4
#: Volumes under so many a week are too thin for a chart of weeks.
FEWEST_A_WEEK = 4
#: A week in which all others do less than this share of their usual, and less than by chance, says nothing about one.
#: With fewer desks one of them at half its usual would look like that.
QUIET_SHARE, QUIET_DESKS, USUAL_WEEKS = 0.8, 4, 13
#: From this share of a change on (of its logarithm) the plain counts of its weeks tell it.
HALF = 0.5
#: A standard that at least this share of so many units meet is no distinction.
COMMON_SHARE, COMMON_UNITS = 0.5, 3
#: Weeks of a chart of volumes: half a year of usual and a year to watch.
CHART_WEEKS = 78

COLUMNS = tuple(Signal.__dataclass_fields__)


def signals(
    weekly: Weekly,
    judged: Mapping[str, Judged],
    watched: Watched,
    days: Floats,
    *,
    since: date,
    false_alerts: float = 1.0,
    as_raised: bool = False,
) -> pd.DataFrame:
    """All signals raised from ``since`` on, or still active: columns COLUMNS, the latest raised first.

    Those that are over are told as they stood in their last week. Those that hold are told as they stand now, and with
    ``as_raised`` as they stood in the week that raised them.

    ``days`` are the working days each unit had in each week (units x weeks). Units that did nothing in the last weeks
    are left out.
    """
    once = len(RATIOS) / false_alerts
    found = [
        *(_changed(weekly, change, once, as_raised) for change in watched.changes),
        *_standards(weekly, judged, as_raised),
        *_volumes(weekly, days, as_raised),
    ]
    here = {weekly.units[unit] for unit in np.flatnonzero(weekly.seen[:, -GONE:].any(axis=1))}
    kept = [one for one in found if one.desk in here and (one.active or one.raised_on >= since)]
    rows = [asdict(one) | {"why": story(one, weekly.as_of, as_raised=as_raised)} for one in kept]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(["raised_on", "desk", "measure"], ascending=[False, True, True], ignore_index=True)


def _monday(weekly: Weekly, week: int) -> date:
    return weekly.weeks[week].date()


def _sunday(weekly: Weekly, week: int) -> date:
    return _monday(weekly, week) + timedelta(days=6)


def _per_one(rate: float) -> float | None:
    """n of ``n : 1``; None where nothing got there."""
    return 1 / rate if rate > 0 else None


def _changed(weekly: Weekly, change: Change, once: float, as_raised: bool) -> Signal:
    chart, flow = change.chart, weekly.flows[change.chart.ratio]
    last = change.raised if as_raised and change.active else change.last
    got, began, due = (
        float(counts[chart.unit, change.since : last + 1].sum())
        for counts in (flow.downstream, flow.upstream, flow.due)
    )
    shows = _shows(began, due, got, chart.usual)
    return Signal(
        desk=weekly.units[chart.unit],
        measure=chart.ratio,
        kind="slump" if chart.direction == "low" else "surge",
        raised_on=_sunday(weekly, change.raised),
        since=_monday(weekly, change.since),
        active=change.active,
        standard=None,
        observed=(began if shows else due) / got if got else None,
        baseline=_per_one(chart.usual),
        probability=None,
        once_in_years=once,
        upstream=round(began) if shows else None,
        downstream=round(got),
        weeks=last - change.since + 1,
    )


def _shows(began: float, due: float, got: float, usual: float) -> bool:
    """Whether what began in these weeks tells the change too: at least half of the change in what came due in them."""
    if not got or not began:
        return began > 0
    change = math.log(got / due / usual)
    return math.log(got / began / usual) / change >= HALF if change else True


_STANDARD_KINDS: Mapping[str, SignalKind] = {"below": "below_standard", "meets": "above_standard"}


def _standards(weekly: Weekly, judged: Mapping[str, Judged], as_raised: bool) -> Iterator[Signal]:
    for one in judged.values():
        for word, kind in _STANDARD_KINDS.items():
            held = one.verdict == word
            if kind == "above_standard" and _is_common(held[:, -1]):
                continue
            for unit in np.flatnonzero(held.any(axis=1)):
                first, last = _last_run(held[unit])
                active = last == len(weekly.weeks) - 1
                told = first if as_raised and active else last
                yield _judged(weekly, one, (int(unit), told), kind, _monday(weekly, first), active)


def _is_common(held: NDArray[np.bool_]) -> bool:
    return len(held) >= COMMON_UNITS and bool(held.mean() >= COMMON_SHARE)


def _last_run(held: NDArray[np.bool_]) -> tuple[int, int]:
    """First and last position of the latest unbroken run of weeks; there is at least one week."""
    at = np.flatnonzero(held)
    breaks = np.flatnonzero(np.diff(at) > 1)
    return int(at[breaks[-1] + 1] if len(breaks) else at[0]), int(at[-1])


def _judged(weekly: Weekly, one: Judged, at: tuple[int, int], kind: SignalKind, since: date, active: bool) -> Signal:
    """A verdict as it stood at a unit and week (positions)."""
    chance, got, upstream = (float(held[at]) for held in (one.probability, one.x, one.upstream))
    return Signal(
        desk=weekly.units[at[0]],
        measure=one.flow.ratio.name,
        kind=kind,
        raised_on=since + timedelta(days=6),
        since=since,
        active=active,
        standard=1 / float(one.standard[at]),
        observed=upstream / got if got and upstream else None,
        baseline=None,
        probability=chance if kind == "below_standard" else 1 - chance,
        once_in_years=None,
        upstream=round(upstream),
        downstream=round(got),
        weeks=int(one.weeks[at]),
    )


@dataclass(frozen=True, slots=True)
class Volume:
    """One measure per working day, units x weeks (NaN: not there, too quiet a week, or too thin), with its limits.

    ``full_weeks`` are the working days of a full week of each unit, of a team those of all its desks.
    """

    paces: Floats
    full_weeks: Floats
    limits: xmr.Limits
    fired: xmr.Signals


def volume(weekly: Weekly, measure: str, days: Floats) -> Volume:
    """The chart of one measure over the last weeks: what `quality.xmr` makes of counts per working day."""
    count = weekly.volumes[measure]
    there = weekly.busy & (days > 0) & ~quiet_weeks(weekly, measure, days)
    worked = np.maximum(days, 1)[:, -CHART_WEEKS:]
    paces = np.where(there, count / np.maximum(days, 1), np.nan)[:, -CHART_WEEKS:]
    full_weeks = worked.max(axis=1, initial=1)
    thin = np.nan_to_num(paces).sum(axis=1) * full_weeks < FEWEST_A_WEEK * (~np.isnan(paces)).sum(axis=1)
    paces[thin] = np.nan
    return Volume(paces, full_weeks, xmr.limits(paces, days=worked), xmr.signals(paces, days=worked))


def quiet_weeks(weekly: Weekly, measure: str, days: Floats) -> NDArray[np.bool_]:
    """Units x weeks in which the rest of the firm did far less per working day than usual, of everything or of this.

    Holidays, a closed office or a lost file say nothing about one desk, nor does what is missing some weeks later for
    want of them.
    """
    if len(weekly.units) < QUIET_DESKS:
        return np.zeros(days.shape, dtype=bool)
    worked = _others(days * weekly.busy)
    everything = np.sum(list(weekly.volumes.values()), axis=0)
    return _is_quiet(_others(everything), worked) | _is_quiet(_others(weekly.volumes[measure]), worked)


def _others(counts: Floats | Counts) -> Floats:
    """The sum of all other units, for each unit."""
    return np.asarray(counts.sum(axis=0) - counts, dtype=float)


def _is_quiet(counts: Floats, worked: Floats) -> NDArray[np.bool_]:
    pace = counts / np.maximum(worked, 1)
    usual = pd.DataFrame(pace.T).rolling(USUAL_WEEKS, min_periods=1, center=True).median().to_numpy().T
    expected = usual * worked
    return (counts < QUIET_SHARE * expected) & (counts < expected - 3 * np.sqrt(expected))


def _volumes(weekly: Weekly, days: Floats, as_raised: bool) -> Iterator[Signal]:
    for measure in MEASURES:
        one = volume(weekly, measure, days)
        for unit in np.flatnonzero(one.limits.known):
            for kind, side in _VOLUME_KINDS:
                yield from _away(weekly, measure, kind, one, int(unit), side, as_raised)


_VOLUME_KINDS: Sequence[tuple[SignalKind, int]] = (("volume_drop", -1), ("volume_rise", 1))


def _away(
    weekly: Weekly, measure: str, kind: SignalKind, one: Volume, unit: int, side: int, as_raised: bool
) -> Iterator[Signal]:
    """The latest episode of one unit's volume on one side: from its first alert until it is back near its usual."""
    weeks = np.flatnonzero((one.fired.drop if side < 0 else one.fired.rise)[unit])
    if not len(weeks):
        return
    values, mean, full = one.paces[unit], float(one.limits.mean[unit]), float(one.full_weeks[unit])
    near = side * (float(one.limits.upper[unit]) - mean) / 3
    lately = pd.Series(values).rolling(LATELY, min_periods=1).mean().to_numpy()
    back = side * (lately - mean - near) <= 0
    first = _episode(weeks, back)
    ends = np.flatnonzero(back[first + 1 :])
    last = first + int(ends[0]) if len(ends) else first if as_raised else len(values) - 1
    begun = _begun(side * (values - mean), first)
    shift = len(weekly.weeks) - len(values)
    spent = values[begun : last + 1]
    yield Signal(
        desk=weekly.units[unit],
        measure=measure,
        kind=kind,
        raised_on=_sunday(weekly, first + shift),
        since=_monday(weekly, begun + shift),
        active=not len(ends),
        standard=None,
        observed=float(np.nanmean(spent)) * full,
        baseline=mean * full,
        probability=None,
        once_in_years=None,
        upstream=None,
        downstream=int(weekly.volumes[measure][unit, begun + shift : last + shift + 1].sum()),
        weeks=last - begun + 1,
    )


def _episode(weeks: NDArray[np.int_], back: NDArray[np.bool_]) -> int:
    """The first alert of the latest episode: alerts with no return to the usual between them belong together."""
    first = int(weeks[0])
    for before, week in pairwise(weeks):
        first = int(week) if back[before + 1 : week].any() else first
    return first


def _begun(away: Floats, raised: int) -> int:
    """The first of the weeks without a break on the same side that led to the alert."""
    begun = raised
    while begun > 0 and (np.isnan(away[begun - 1]) or away[begun - 1] > 0):
        begun -= 1
    while np.isnan(away[begun]):
        begun += 1
    return begun
