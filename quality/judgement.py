"""Is a ratio below its standard? The chance that it is, on a trailing window, put into five words.

Rates here are downstream per upstream, as in `quality.intervals`, and of the same two kinds: *thinning* (binomial) and
*rate* (two counts of their own). The prior is Jeffreys'. Cases that may still get there (a send-out of last week can
still become a fill) are in the likelihood with the share F of the successes that have shown by their age: one that has
not is a failure with chance 1 - p F. With p = sin^2(a) Jeffreys' prior is flat in a, and the likelihood a trigonometric
polynomial of the number of cases, so sums over an even grid of a are exact, not an approximation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from quality.intervals import LEVEL, Bounds, Floats, rate_interval, thinning_interval

Kind = Literal["thinning", "rate"]
Pending = tuple[ArrayLike, ArrayLike]

VERDICTS: tuple[str, ...] = ("below", "likely_below", "unclear", "likely_meets", "meets")
#: Chance of being below from which a verdict is given, and the one at which the outer two are left again.
SURE, LIKELY, LEFT = 0.95, 0.80, 0.90
FEWEST_CASES = 8

WINDOWS: tuple[int, ...] = (13, 26, 52)
#: Successes that somebody exactly on standard would have had in a window that is long enough.
ENOUGH_SUCCESSES = 5

_NO_VERDICT = -1
_WORDS = np.array([*VERDICTS, None], dtype=object)
_CHUNK = 4096


def probability_below(
    x: ArrayLike, n: ArrayLike, standard: ArrayLike, kind: Kind = "thinning", pending: Pending | None = None
) -> Floats:
    """Chance that the rate is below ``standard`` (a rate, not n : 1) after ``x`` successes in ``n`` decided cases.

    ``pending`` is (counts, F): open cases by age on a trailing axis, and the share F of successes shown by that age;
    they come on top of ``n``. Only thinning has open cases (ValueError). More successes than cases are a rate.
    NaN where there is no standard.
    """
    won, cases, limit = (np.asarray(each, dtype=float) for each in np.broadcast_arrays(x, n, standard))
    if kind == "rate":
        _refuse(pending)
    if pending is None:
        return _below(won, cases, limit, (won > cases) | (kind == "rate"))
    return _below_with_open(won, cases, limit, *_spread(pending, won.shape))


def _below(won: Floats, cases: Floats, limit: Floats, free: NDArray[np.bool_]) -> Floats:
    """Without open cases; where ``free`` the two are counts of their own."""
    failures = np.where(free, cases, cases - won)
    share = np.where(free, 1 - 1 / (1 + limit), np.clip(limit, 0, 1))
    return np.asarray(betainc(won + 0.5, failures + 0.5, share), dtype=float)


def _refuse(pending: Pending | None) -> None:
    if pending is not None:
        raise ValueError("Open cases belong to a ratio whose downstream is among its upstream.")


def _spread(pending: Pending, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Counts as cells x ages, and the share of successes shown at each age."""
    shown = np.asarray(pending[1], dtype=float)
    counts = np.broadcast_to(np.asarray(pending[0], dtype=float), (*shape, shown.size))
    return counts.reshape(-1, shown.size), shown


def _below_with_open(won: Floats, cases: Floats, limit: Floats, counts: Floats, shown: Floats) -> Floats:
    x, n, standard = won.ravel(), cases.ravel(), limit.ravel()
    below = _below(x, n, standard, x > n)
    for cells, grid in _batches(n, counts, standard):
        density = _density(x[cells], n[cells], counts[cells], shown, grid)
        values, at = np.unique(standard[cells], return_inverse=True)
        weights = _weights_up_to(np.arcsin(np.sqrt(np.clip(values, 0, 1))), grid)
        below[cells] = np.einsum("cg,cg->c", density, weights[at])
    return np.clip(below, 0, 1).reshape(won.shape)


def _batches(n: Floats, counts: Floats, standard: Floats) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """Cells with open cases and a standard, a few thousand of a like size at a time, each with a grid fine enough."""
    total = n + counts.sum(axis=1)
    cells = np.flatnonzero((total > n) & np.isfinite(standard))
    cells = cells[np.argsort(total[cells], kind="stable")]
    for start in range(0, cells.size, _CHUNK):
        batch = cells[start : start + _CHUNK]
        yield batch, _grid(total[batch[-1]])


def _grid(cases: float) -> Floats:
    """Angles 0 to pi/2: the posterior is about 1 / (2 sqrt(n)) wide, and 7 sqrt(n) points leave errors near 1e-10."""
    return np.linspace(0, np.pi / 2, 33 + int(np.ceil(7 * np.sqrt(cases))))


def _density(x: Floats, n: Floats, counts: Floats, shown: Floats, grid: Floats) -> Floats:
    """Posterior at each angle of the grid, cells x angles, scaled so that the trapezoid over the grid is one."""
    p = np.sin(grid) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.stack([p, 1 - p, *(1 - np.outer(shown, p))]))
    logs = np.maximum(logs, -1e6)
    powers = np.column_stack([x, n - x, counts])
    level = powers @ logs
    density = np.exp(level - level.max(axis=1, keepdims=True))
    return density / (density @ _trapezoid(grid))[:, None]


def _trapezoid(grid: Floats) -> Floats:
    weights = np.full(grid.size, grid[1])
    weights[[0, -1]] /= 2
    return weights


def _weights_up_to(angles: Floats, grid: Floats) -> Floats:
    """Angles x grid: what to weigh the density with for its integral from 0 to each angle.

    The density is even and repeats after pi, so it is a sum of cosines of 2 k a, which integrate to sines.
    """
    waves = np.arange(1, grid.size)
    halves = np.ones(grid.size - 1)
    halves[-1] = 0.5
    sines = np.sin(2 * np.outer(angles, waves)) / waves * halves
    share = angles[:, None] + sines @ np.cos(2 * np.outer(waves, grid))
    return share * _trapezoid(grid) / (np.pi / 2)


def interval(
    x: ArrayLike, n: ArrayLike, kind: Kind = "thinning", pending: Pending | None = None, level: float = LEVEL
) -> Bounds:
    """Equal-tailed interval of the rate, low and high; arguments as for `probability_below`."""
    if kind == "rate":
        _refuse(pending)
        return rate_interval(x, n, level)
    if pending is None:
        return thinning_interval(x, n, level)
    return _interval_with_open(x, n, pending, level)


def _interval_with_open(x: ArrayLike, n: ArrayLike, pending: Pending, level: float) -> Bounds:
    won, cases = (np.asarray(each, dtype=float) for each in np.broadcast_arrays(x, n))
    counts, shown = _spread(pending, won.shape)
    low, high = (np.array(bound, dtype=float).ravel() for bound in thinning_interval(won, cases, level))
    wins, of = won.ravel(), cases.ravel()
    for cells, grid in _batches(of, counts, np.zeros_like(of)):
        density = _density(wins[cells], of[cells], counts[cells], shown, grid)
        reached = density @ _weights_up_to(grid, grid).T
        low[cells] = _quantile(reached, density, grid, (1 - level) / 2)
        high[cells] = _quantile(reached, density, grid, (1 + level) / 2)
    low[wins == 0] = 0
    high[wins == of] = 1
    return low.reshape(won.shape), high.reshape(won.shape)


def _quantile(reached: Floats, density: Floats, grid: Floats, share: float) -> Floats:
    """Rate up to which the posterior holds ``share``: bisected on the cubic through the two angles around it."""
    rows = np.arange(len(reached))
    right = np.clip((reached < share).sum(axis=1), 1, grid.size - 1)
    left, step = right - 1, grid[1]
    start, end = reached[rows, left], reached[rows, right]
    rise, fall = density[rows, left] * step, density[rows, right] * step
    near, far = np.zeros(len(rows)), np.ones(len(rows))
    for _ in range(40):
        s = (near + far) / 2
        value = start + (end - start) * s * s * (3 - 2 * s) + s * (1 - s) * (rise * (1 - s) - fall * s)
        near, far = np.where(value < share, s, near), np.where(value < share, far, s)
    return np.sin(grid[left] + near * step) ** 2


def grades(probabilities: ArrayLike, n: ArrayLike) -> NDArray[np.object_]:
    """Verdicts of units x weeks, oldest week first: words of `VERDICTS`, None where there is no standard (NaN).

    *below* and *meets* are left only when the chance crosses .90 or .10, so that a verdict does not flicker from week
    to week. Under 8 cases it is *unclear*.
    """
    chances, cases = (np.asarray(each, dtype=float) for each in np.broadcast_arrays(probabilities, n))
    codes = np.full(chances.shape, _NO_VERDICT)
    code = np.full(chances.shape[0], _NO_VERDICT)
    for week in range(chances.shape[1]):
        codes[:, week] = code = _next(chances[:, week], cases[:, week], code)
    return _WORDS[codes]


def _next(chance: Floats, n: Floats, before: NDArray[np.int_]) -> NDArray[np.int_]:
    """Positions in `VERDICTS`, or -1; the first condition that holds decides."""
    above = 1 - chance
    conditions = [
        np.isnan(chance),
        n < FEWEST_CASES,
        (chance >= SURE) | ((before == 0) & (chance >= LEFT)),
        (above >= SURE) | ((before == 4) & (above >= LEFT)),
        chance >= LIKELY,
        above >= LIKELY,
    ]
    return np.select(conditions, [_NO_VERDICT, 2, 0, 4, 1, 3], 2)


@dataclass(frozen=True, slots=True)
class Window:
    """Sums over the trailing window of each unit and week, and how many weeks it spans."""

    weeks: NDArray[np.int_]
    x: Floats
    n: Floats


def trailing(x: ArrayLike, n: ArrayLike, standard: ArrayLike) -> Window:
    """Sums over the last 13 closed weeks up to each week, grown to 26 and 52 until n times the standard reaches 5.

    ``x`` and ``n`` are weekly counts, units x weeks, oldest first; ``standard`` is a rate that broadcasts to them.
    A window never spans more weeks than there are. Without a standard (NaN) it is the shortest.
    """
    won, cases = (np.asarray(each, dtype=float) for each in np.broadcast_arrays(x, n))
    sums = [(_rolling(won, span), _rolling(cases, span)) for span in WINDOWS]
    limit = np.broadcast_to(np.asarray(standard, dtype=float), won.shape)
    choice = _choice([of for _, of in sums], limit)
    weeks = np.minimum(np.array(WINDOWS)[choice], np.arange(1, won.shape[1] + 1))
    return Window(weeks, np.choose(choice, [got for got, _ in sums]), np.choose(choice, [of for _, of in sums]))


def _rolling(counts: Floats, span: int) -> Floats:
    total = np.cumsum(counts, axis=1)
    total[:, span:] -= total[:, :-span].copy()
    return total


def _choice(cases: list[Floats], standard: Floats) -> NDArray[np.int_]:
    """Position in `WINDOWS` of the shortest window with enough cases, or of the longest."""
    enough = [(of * standard >= ENOUGH_SUCCESSES) | np.isnan(standard) for of in cases]
    return np.select(enough[:-1], list(range(len(WINDOWS) - 1)), len(WINDOWS) - 1)


def cases_to_settle(x: float, n: float, standard: float, kind: Kind = "thinning", most: int = 500) -> int | None:
    """How many more upstream cases, at the rate so far, would make it *below* or *meets*; None if more than ``most``.

    0 where it is settled already; None also where there are no cases yet to take a rate from.
    """
    if n <= 0:
        return None
    more = np.arange(most + 1)
    chance = probability_below(x + more * x / n, n + more, standard, kind)
    settled = ((chance >= SURE) | (1 - chance >= SURE)) & (n + more >= FEWEST_CASES)
    return int(np.argmax(settled)) if settled.any() else None


@dataclass(frozen=True, slots=True)
class StillToCome:
    """Open cases that will get there: expected number, and the range that holds the true one in 80 % of cases."""

    expected: float
    low: int
    high: int


def expected_of_open(x: float, n: float, pending: ArrayLike, shown: ArrayLike, level: float = LEVEL) -> StillToCome:
    """How many of the open cases of one unit will still get there.

    ``pending`` counts them by age, ``shown`` is F by age. The range is that of the count itself: it knows both that the
    rate is uncertain and that each case is a chance.
    """
    counts, share = np.asarray(pending, dtype=float), np.asarray(shown, dtype=float)
    grid = _grid(n + counts.sum())
    weights = _density(np.array([x], float), np.array([n], float), counts[None, :], share, grid)[0] * _trapezoid(grid)
    p = np.sin(grid) ** 2
    late = np.outer(p, 1 - share)
    chances = late / np.maximum(late + (1 - p)[:, None], 1e-300)
    reached = np.cumsum(_count_distribution(chances, counts, weights))
    low, high = (int(np.searchsorted(reached, tail)) for tail in ((1 - level) / 2, (1 + level) / 2))
    return StillToCome(float(weights @ chances @ counts), low, min(high, int(counts.sum())))


def _count_distribution(chances: Floats, counts: Floats, weights: Floats) -> Floats:
    """Chance of 0, 1, ... successes: the generating function on the unit circle, averaged over the posterior."""
    total = int(counts.sum())
    turns = np.exp(-2j * np.pi * np.arange(total + 1) / (total + 1))
    product = np.ones((weights.size, total + 1), dtype=complex)
    for chance, count in zip(chances.T, counts, strict=True):
        product *= (1 - chance[:, None] + np.outer(chance, turns)) ** count
    return np.maximum(np.fft.ifft(weights @ product).real, 0)
