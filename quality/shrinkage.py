"""Comparing desks fairly: rates pulled towards the firm's, the more the fewer cases a desk has.

A desk with 2 of 4 is not better than one with 40 of 100. Desks are taken to vary around the firm's rate as a beta
(thinning) or gamma (rate) distribution worth M cases; M is estimated from how much they really differ.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import betaln, gammaln

from quality.intervals import Floats

Kind = Literal["thinning", "rate"]

#: Bounds of M, and what it is when there are too few desks to estimate it.
LEAST, MOST, USUAL = 10.0, 400.0, 60.0
FEWEST_DESKS = 8


def firm_rate(x: ArrayLike, n: ArrayLike) -> float:
    """All successes per all cases; with half a success in one case added, so that it is never 0, 1 or missing."""
    return (float(np.sum(x)) + 0.5) / (float(np.sum(n)) + 1)


def weight(x: ArrayLike, n: ArrayLike, kind: Kind = "thinning") -> float:
    """How many cases the firm's rate is worth beside a desk's own (M), between 10 and 400; 60 with under 8 desks.

    ``x`` and ``n`` are counts per desk. M is where the likelihood of the counts is highest, given the firm's rate.
    """
    won, cases = (np.asarray(each, dtype=float).ravel() for each in np.broadcast_arrays(x, n))
    there = cases > 0
    if there.sum() < FEWEST_DESKS:
        return USUAL
    won, cases = won[there], cases[there]
    rate, likelihood = firm_rate(won, cases), _LIKELIHOODS[kind]
    found = minimize_scalar(
        lambda size: -likelihood(won, cases, rate, np.exp(size)), bounds=(np.log(LEAST), np.log(MOST)), method="bounded"
    )
    return float(np.clip(np.exp(found.x), LEAST, MOST))


def _beta_binomial(x: Floats, n: Floats, rate: float, size: float) -> float:
    a, b = rate * size, (1 - rate) * size
    return float(np.sum(betaln(x + a, n - x + b) - betaln(a, b)))


def _gamma_poisson(x: Floats, n: Floats, rate: float, size: float) -> float:
    a = rate * size
    return float(np.sum(gammaln(x + a) - gammaln(a) + a * np.log(size) - (x + a) * np.log(size + n)))


_LIKELIHOODS = {"thinning": _beta_binomial, "rate": _gamma_poisson}


def shrunken(x: ArrayLike, n: ArrayLike, size: float | None = None, kind: Kind = "thinning") -> Floats:
    """Rates per desk to order by: (x + M firm) / (n + M), the firm's own rate where a desk has no case."""
    won, cases = (np.asarray(each, dtype=float) for each in np.broadcast_arrays(x, n))
    worth = weight(won, cases, kind) if size is None else size
    return (won + worth * firm_rate(won, cases)) / (cases + worth)
