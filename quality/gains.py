"""Did it get better? The chance that a rate of one period is above that of another, and more so than elsewhere.

A ratio is downstream per upstream, of the two kinds of `quality.judgement`, with the same prior; an activity is a pace,
events per working day: Gamma-Poisson, in which ``scatter`` says how many times more weeks differ than chance alone
makes them. Everything is summed over even or Gaussian points of the distributions: no draws, the same each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import betainc, betaincinv, gammainc, gammaincinv

from quality.intervals import LEVEL, Floats
from quality.judgement import interval

Kind = Literal["thinning", "rate", "pace"]

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(200)
#: Points of each distribution where two changes are compared: errors stay below half a per cent.
_FEW = 128
_EVEN = (np.arange(_FEW) + 0.5) / _FEW


@dataclass(frozen=True, slots=True)
class Seen:
    """``count`` of something in ``per`` of what it is counted by: upstream events that came due, or working days."""

    count: float
    per: float
    kind: Kind
    scatter: float = 1.0

    @property
    def shape(self) -> tuple[float, float]:
        """Both parameters of the distribution of the rate: of a Beta, or shape and days of a Gamma."""
        if self.kind == "pace":
            return self.count / self.scatter + 0.5, self.per / self.scatter
        failures = self.per if self.kind == "rate" else self.per - self.count
        return self.count + 0.5, failures + 0.5


def kind_of(kind: Kind, pairs: Sequence[tuple[float, float]]) -> Kind:
    """Two counts of their own where in any period more got there than came due; pairs are count and per."""
    return "rate" if kind == "thinning" and any(count > per for count, per in pairs) else kind


def scatter(counts: Sequence[Floats], days: Sequence[Floats]) -> float:
    """How many times more the weeks of each period differ from its own pace than chance alone makes them; at least 1.

    ``counts`` and ``days`` have one array of weeks for each period; weeks without days say nothing.
    """
    surprise, free = 0.0, 0
    for count, day in zip(counts, days, strict=True):
        there = day > 0
        expected = day[there] * count[there].sum() / max(day[there].sum(), 1)
        if expected.sum() > 0:
            surprise += float(((count[there] - expected) ** 2 / expected).sum())
            free += int(there.sum()) - 1
    return max(1.0, surprise / free) if free > 0 else 1.0


def bounds(seen: Seen, level: float = LEVEL) -> tuple[float, float]:
    """Equal-tailed interval of the rate; the upper bound of a ratio without upstream events is infinite."""
    if seen.kind != "pace":
        low, high = interval(seen.count, seen.per, seen.kind, level=level)
        return float(low), float(high)
    low, high = _quantiles(seen, np.array([(1 - level) / 2, (1 + level) / 2]))
    return (float(low) if seen.count > 0 else 0.0), float(high)


def chance_better(before: Seen, after: Seen) -> float:
    """Chance that the rate after is above the rate before; both of one kind."""
    rates = _quantiles(after, (_POINTS + 1) / 2)
    return float(np.clip(_reached(before, rates) @ _WEIGHTS / 2, 0, 1))


def chance_more(own: tuple[Seen, Seen], others: tuple[Seen, Seen]) -> float:
    """Chance that the own rate grew by a larger factor than that of the others; each is before and after."""
    one, other = (_growth(*pair) for pair in (own, others))
    below = (np.searchsorted(other, one, "left") + np.searchsorted(other, one, "right")) / 2
    return float(below.mean() / other.size)


def _growth(before: Seen, after: Seen) -> Floats:
    """Equally likely values of the logarithm of the factor, in order."""
    logs = [np.log(np.maximum(_quantiles(seen, _EVEN), 1e-300)) for seen in (before, after)]
    return np.sort(np.subtract.outer(logs[1], logs[0]).ravel())


def _quantiles(seen: Seen, shares: Floats) -> Floats:
    one, other = seen.shape
    if seen.kind == "pace":
        return np.asarray(gammaincinv(one, shares) / other, dtype=float)
    share = betaincinv(one, other, shares)
    return np.asarray(share / np.maximum(1 - share, 1e-300) if seen.kind == "rate" else share, dtype=float)


def _reached(seen: Seen, rates: Floats) -> Floats:
    """Chance that the rate is below each of these."""
    one, other = seen.shape
    if seen.kind == "pace":
        return np.asarray(gammainc(one, rates * other), dtype=float)
    share = 1 - 1 / (1 + rates) if seen.kind == "rate" else np.clip(rates, 0, 1)
    return np.asarray(betainc(one, other, share), dtype=float)
