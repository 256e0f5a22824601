"""How sure a ratio is: equal-tailed intervals with Jeffreys' prior, vectorised, as downstream per upstream.

Two kinds, chosen in `quality.ratios`: *thinning*, where each downstream event is one of the upstream ones (binomial),
and *rates*, where the two are counts of their own and the rate may exceed one: D given U + D is Binomial(U + D, theta)
and the rate is theta / (1 - theta). `n_to_one` turns either into the ``n : 1`` that screens show.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]

LEVEL = 0.8


def thinning_interval(x: ArrayLike, n: ArrayLike, level: float = LEVEL) -> Bounds:
    """Interval of the chance of success after ``x`` successes in ``n`` cases, both bounds in [0, 1].

    The lower bound is 0 when there was no success, the upper 1 when every case was one (Brown, Cai, DasGupta 2001).
    """
    successes, cases = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(n, dtype=float))
    return _beta_interval(successes, cases - successes, level)


def rate_interval(d: ArrayLike, u: ArrayLike, level: float = LEVEL) -> Bounds:
    """Interval of the rate of ``d`` downstream to ``u`` upstream events, from 0 up; infinite above when ``u`` is 0."""
    downstream, upstream = np.broadcast_arrays(np.asarray(d, dtype=float), np.asarray(u, dtype=float))
    low, high = _beta_interval(downstream, upstream, level)
    return _odds(low), _odds(high)


def _odds(theta: Floats) -> Floats:
    return np.divide(theta, 1 - theta, out=np.full_like(theta, np.inf), where=theta < 1)


def _beta_interval(successes: Floats, failures: Floats, level: float) -> Bounds:
    """Quantiles of Beta(successes + 1/2, failures + 1/2); solved once per pair of counts, since desks repeat them."""
    pairs, inverse = np.unique(successes + 1j * failures, return_inverse=True)  # a pair as one number sorts fastest
    won, lost = pairs.real, pairs.imag
    tail = (1 - level) / 2
    low = np.where(won > 0, betaincinv(won + 0.5, lost + 0.5, tail), 0.0)
    high = np.where(lost > 0, betaincinv(won + 0.5, lost + 0.5, 1 - tail), 1.0)
    at = inverse.reshape(successes.shape)
    return low[at], high[at]


def n_to_one(rate: Floats) -> Floats:
    """Upstream per downstream: the inverse of a rate; infinite where the rate is 0 and 0 where it is infinite."""
    return np.divide(1.0, rate, out=np.full_like(rate, np.inf), where=rate > 0)
