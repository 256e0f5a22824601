"""Funnel limits: how far a rate may lie from a common one by chance alone, given how many cases it rests on.

Exact binomial limits after Spiegelhalter, *Funnel plots for comparing institutional performance*, Statistics in
Medicine 24 (2005), appendix A.1.1. Between two whole counts the limit is interpolated, so that it is a smooth line over
the number of cases. The usual levels are 95 % as a line for the eye and 99.8 % for what is called an outlier.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

Floats = NDArray[np.float64]

FOR_THE_EYE, OUTLIER = 0.95, 0.998


def funnel_limits(n: ArrayLike, target: ArrayLike, level: float = OUTLIER) -> tuple[Floats, Floats]:
    """Lower and upper limit, both in [0, 1], of the rate among ``n`` cases whose true rate is ``target``.

    Vectorised over ``n`` and ``target`` (a rate in [0, 1]). No cases give no limits, that is 0 and 1; a target of 0 or
    1 leaves no room for chance and is its own limit.
    """
    cases, rate = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(target, dtype=float))
    tail = (1 - level) / 2
    return _limit(tail, cases, rate, none=0.0), _limit(1 - tail, cases, rate, none=1.0)


def _limit(q: float, cases: Floats, rate: Floats, none: float) -> Floats:
    """The interpolated quantile as a share of the cases."""
    count = binom.ppf(q, cases, rate)
    mass = binom.pmf(count, cases, rate)
    back = np.divide(binom.cdf(count, cases, rate) - q, mass, out=np.zeros_like(mass), where=mass > 0)
    limit = np.clip(np.divide(count - back, cases, out=np.full_like(rate, none), where=cases > 0), 0, 1)
    return np.where((cases > 0) & ((rate == 0) | (rate == 1)), rate, limit)


def beyond_limits(x: ArrayLike, n: ArrayLike, target: ArrayLike, level: float = OUTLIER) -> NDArray[np.int64]:
    """-1 where ``x`` of ``n`` lies below the lower limit, 1 where it lies above the upper one, else 0.

    Never said more often than the level allows, even in few cases: the interpolated upper limit can lie up to one count
    too low for that, so the upper side is judged by the cases that failed, against their own lower limit.
    """
    cases, rate = np.asarray(n, dtype=float), np.asarray(target, dtype=float)
    won = np.asarray(x, dtype=float)
    low = won < cases * funnel_limits(cases, rate, level)[0]
    high = cases - won < cases * funnel_limits(cases, 1 - rate, level)[0]
    return high.astype(np.int64) - low.astype(np.int64)
