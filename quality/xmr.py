"""Weekly volumes against a person's own usual: XmR charts with the rules of the NHS programme Making Data Count.

The variant. Limits: mean of the baseline and 2.66 mean moving ranges on either side, moving ranges above 3.267 times
their mean screened out once, the lower one never under 0. Counts scatter at least as Poisson ones do unless somebody
works to a quota, and 26 weeks may show less by luck; so limits are never narrower than three Poisson standard
deviations, except where the baseline is clearly steadier than chance. A series that never changes has no limits.
Rules: a week outside; two of three weeks, all three on one side, beyond two thirds of the way to a limit, those outside
included; seven weeks on one side (a week on the mean breaks the run); seven weeks each further out than the one before.
Weeks without data are passed over, they do not break a run.

A chart shows all rules; an alert is raised by fewer. All four alert falsely on a quiet desk about every third year on
either side, mostly by runs of seven around a mean that is itself an estimate. So runs alert from nine weeks on, and a
single week above the limit is no rise: counts reach further up than down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from quality.intervals import Floats

Flags = NDArray[np.bool_]
Side = Literal["low", "high"]

BASELINE_WEEKS = 26
WEEK_DAYS = 5.0
#: Three standard deviations in mean moving ranges, and the limit of a moving range in mean ones.
TO_LIMIT, SCREEN = 2.66, 3.267
#: A baseline is steadier than chance when a Poisson one would scatter so little once in a hundred times.
STEADY = 0.01
RUN, ALERT_RUN = 7, 9

#: The rules a chart shows, the strongest first, and those that raise an alert on each side.
RULES: tuple[str, ...] = ("outside", "near", "run", "trend")
ALERTS: Mapping[Side, tuple[str, ...]] = {"low": ("outside", "near", "long_run"), "high": ("near", "long_run")}

_SIGN: Mapping[Side, int] = {"low": -1, "high": 1}
_NAMES = np.array([*RULES, None], dtype=object)


@dataclass(frozen=True, slots=True)
class Limits:
    """Per unit: mean and limits in the unit of the values, of its first weeks with data.

    Where ``known`` is False (the baseline is not full yet, or never changes) the three are 0 and mean nothing.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    known: Flags


@dataclass(frozen=True, slots=True)
class Signals:
    """Units x weeks: the strongest rule that fired, a word of `RULES` or None, on either side; and the alerts.

    A rule holds for the week that completes it. ``drop`` and ``rise`` start after the baseline and stay true while
    their rule holds: the first week of such an episode is the news.
    """

    low: NDArray[np.object_]
    high: NDArray[np.object_]
    drop: Flags
    rise: Flags


def limits(values: ArrayLike, baseline: int = BASELINE_WEEKS, days: ArrayLike = WEEK_DAYS) -> Limits:
    """Limits from the first ``baseline`` weeks with data of each unit.

    ``values`` are counts per working day, units x weeks, oldest first (NaN: the unit was not there); ``days`` the
    working days of each week, the same shape or one number; 1 for values that are weekly counts.
    """
    weeks, worked, _ = _packed(values, days)
    return _limits(weeks, worked, baseline)


def signals(values: ArrayLike, baseline: int = BASELINE_WEEKS, days: ArrayLike = WEEK_DAYS) -> Signals:
    """Which rules each week completes, and the alerts; arguments as for `limits`.

    A week of few working days scatters more, so its distance from the mean counts for less.
    """
    weeks, worked, order = _packed(values, days)
    found = _limits(weeks, worked, baseline)
    usual = worked[:, :baseline].sum(axis=1, keepdims=True) / baseline
    away = (weeks - found.mean[:, None]) * np.sqrt(np.minimum(worked / usual, 1))
    reach = (found.upper - found.mean)[:, None]
    fired = {side: _fired(sign * weeks, sign * away, reach) for side, sign in _SIGN.items()}
    watched = found.known[:, None] & (np.arange(weeks.shape[1]) >= baseline)
    alerts = [_unpacked(_any(fired[side], rules) & watched, order) for side, rules in ALERTS.items()]
    low, high = (_unpacked(_strongest(fired[side], found.known), order) for side in _SIGN)
    return Signals(_NAMES[low], _NAMES[high], alerts[0] > 0, alerts[1] > 0)


def _packed(values: ArrayLike, days: ArrayLike) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Values and days with the weeks that have data moved to the left, and the week each came from."""
    weeks = np.asarray(values, dtype=float)
    worked = np.where(np.isnan(weeks), WEEK_DAYS, np.asarray(days, dtype=float))
    order = np.argsort(np.isnan(weeks), axis=1, kind="stable")
    return np.take_along_axis(weeks, order, axis=1), np.take_along_axis(worked, order, axis=1), order


def _unpacked(found: NDArray[np.generic], order: NDArray[np.intp]) -> NDArray[np.int_]:
    placed = np.zeros(found.shape, dtype=int)
    np.put_along_axis(placed, order, found, axis=1)
    return placed


def _limits(weeks: Floats, worked: Floats, baseline: int) -> Limits:
    """Of packed weeks."""
    if weeks.shape[1] < baseline:
        none = np.zeros(len(weeks))
        return Limits(none, none, none, none > 0)
    full = np.isnan(weeks[:, :baseline]).sum(axis=1) == 0
    data = np.where(full[:, None], weeks[:, :baseline], 0.0)
    mean, days = data.mean(axis=1), worked[:, :baseline].mean(axis=1)
    floor = np.where(_steady(data, mean, days), 0.0, 3 * np.sqrt(mean / days))
    reach = np.maximum(TO_LIMIT * _moving_range(data), floor)
    known = full & (np.ptp(data, axis=1) > 0) & (reach > 0)
    mean, reach = np.where(known, mean, 0.0), np.where(known, reach, 0.0)
    return Limits(mean, np.maximum(mean - reach, 0), mean + reach, known)


def _moving_range(data: Floats) -> Floats:
    """Mean distance from week to week, without the distances too far from the usual one."""
    ranges = np.abs(np.diff(data, axis=1))
    kept = ranges <= SCREEN * ranges.mean(axis=1, keepdims=True)
    return np.asarray((ranges * kept).sum(axis=1) / kept.sum(axis=1))


def _steady(data: Floats, mean: Floats, days: Floats) -> Flags:
    """Where the counts scatter clearly less than Poisson ones: their index of dispersion against chi-square."""
    squares = ((data - mean[:, None]) ** 2).sum(axis=1) * days
    return np.asarray(squares < mean * chi2.ppf(STEADY, data.shape[1] - 1))


def _fired(outward: Floats, away: Floats, reach: Floats) -> dict[str, Flags]:
    """Rules on one side, where more is further out; a comparison with a missing week is False."""
    far, beyond = away > reach * 2 / 3, away > 0
    steps = np.diff(outward, axis=1, prepend=np.nan) > 0
    return {
        "outside": away > reach,
        "near": far & _of_last(far, 3, 2) & _of_last(beyond, 3, 3),
        "run": _of_last(beyond, RUN, RUN),
        "long_run": _of_last(beyond, ALERT_RUN, ALERT_RUN),
        "trend": _of_last(steps, RUN - 1, RUN - 1),
    }


def _of_last(flags: Flags, weeks: int, needed: int) -> Flags:
    """Whether at least ``needed`` of the last ``weeks`` weeks are flagged."""
    total = np.cumsum(flags, axis=1, dtype=int)
    before = np.zeros_like(total)
    before[:, weeks:] = total[:, :-weeks]
    return np.asarray(total - before >= needed)


def _any(fired: Mapping[str, Flags], rules: tuple[str, ...]) -> Flags:
    return np.asarray(np.any([fired[rule] for rule in rules], axis=0))


def _strongest(fired: Mapping[str, Flags], known: Flags) -> NDArray[np.int_]:
    """Position in `RULES` of the first rule that fired, -1 where none did."""
    flags = [fired[rule] & known[:, None] for rule in RULES]
    return np.select(flags, range(len(RULES)), -1)
