"""Weekly volumes against a person's own usual: XmR charts with the rules of the NHS programme Making Data Count.

The variant: limits are the mean of the baseline and 2.66 mean moving ranges on either side, moving ranges above 3.267
times their mean screened out once. Counts vary at least as Poisson ones do unless somebody works to a quota, and 26
weeks may show too little of it by luck; so limits are never narrower than three times the Poisson spread, except where
the baseline is clearly steadier than chance. A series that never changes has no limits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from quality.intervals import Floats

Flags = NDArray[np.bool_]

BASELINE_WEEKS = 26
#: Three standard deviations in mean moving ranges of two, and the limit of a moving range in mean ones.
TO_LIMIT, SCREEN = 2.66, 3.267
#: A baseline is steadier than chance when a Poisson one would vary this little once in a hundred times.
STEADY = 0.01
RUN = 7


@dataclass(frozen=True, slots=True)
class Limits:
    """Per unit: mean and limits in the unit of the values; ``known`` is False without a full or a varying baseline.

    Where it is False the three numbers are 0 and mean nothing.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    known: Flags


def limits(values: ArrayLike, baseline: int = BASELINE_WEEKS, days: float = 5.0) -> Limits:
    """Limits from the first ``baseline`` weeks with data of each unit.

    ``values`` are units x weeks, oldest first, per working day (NaN where a unit was not there); ``days`` working days
    make a week, 1 for values that are weekly totals already.
    """
    return _limits_of(_first(np.asarray(values, dtype=float), baseline), days)


def _first(values: Floats, weeks: int) -> Floats:
    """The first weeks with data, units x weeks; NaN after the last where there are fewer."""
    order = np.argsort(np.isnan(values), axis=1, kind="stable")[:, :weeks]
    first = np.take_along_axis(values, order, axis=1)
    return np.pad(first, ((0, 0), (0, weeks - first.shape[1])), constant_values=np.nan)


def _limits_of(weeks: Floats, days: float) -> Limits:
    full = ~np.isnan(weeks).any(axis=1)
    data = np.where(full[:, None], weeks, 0.0)
    mean, reach = data.mean(axis=1), TO_LIMIT * _moving_range(data)
    floor = np.where(_steadier(data, days), 0, 3 * np.sqrt(mean / days))
    known = full & (reach > 0)
    reach = np.where(known, np.maximum(reach, floor), 0)
    mean = np.where(known, mean, 0)
    return Limits(mean, np.maximum(mean - reach, 0), mean + reach, known)


def _moving_range(data: Floats) -> Floats:
    """Mean distance from week to week, without those too far from the usual one."""
    ranges = np.abs(np.diff(data, axis=1))
    kept = ranges <= SCREEN * ranges.mean(axis=1, keepdims=True)
    return (ranges * kept).sum(axis=1) / kept.sum(axis=1)


def _steadier(data: Floats, days: float) -> Flags:
    mean = np.maximum(data.mean(axis=1), 1e-12)
    spread = ((data - mean[:, None]) ** 2).sum(axis=1) * days / mean
    return spread < chi2.ppf(STEADY, data.shape[1] - 1)


@dataclass(frozen=True, slots=True)
class Signals:
    """Units x weeks: the rule that fired as a word of `RULES` or None, on the low and on the high side; alerts."""

    low: NDArray[np.object_]
    high: NDArray[np.object_]
    drop: Flags
    rise: Flags


RULES: tuple[str, ...] = ("outside", "near", "run", "trend")
_NAMES = np.array([*RULES, None], dtype=object)


def signals(values: ArrayLike, baseline: int = BASELINE_WEEKS, days: float = 5.0) -> Signals:
    """Rules that fire in each week after the baseline, strongest first, and the alerts among them."""
    weeks = np.asarray(values, dtype=float)
    found = limits(weeks, baseline, days)
    low, high = _fired(weeks, found, -1), _fired(weeks, found, 1)
    return Signals(_names(low), _names(high), low[0] | low[1], high[0] | high[1])


def _names(fired: list[Flags]) -> NDArray[np.object_]:
    return _NAMES[np.select(fired, list(range(len(RULES))), -1)]


def _fired(values: Floats, found: Limits, side: int) -> list[Flags]:
    away = side * (values - found.mean[:, None])
    reach = found.upper - found.mean
    far = away > reach[:, None] * 2 / 3
    steps = np.zeros_like(values)
    steps[:, 1:] = side * np.diff(values, axis=1)
    rules = [away > reach[:, None], _of_last(far, 3, 2) & far, _of_last(away > 0, RUN, RUN), _of_last(steps > 0, 6, 6)]
    return [rule & found.known[:, None] for rule in rules]


def _of_last(flags: Flags, weeks: int, needed: int) -> Flags:
    total = np.cumsum(flags, axis=1)
    total[:, weeks:] -= total[:, :-weeks].copy()
    return total >= needed
