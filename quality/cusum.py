"""Has a desk's own ratio changed? Weekly likelihood-ratio sums, one for a fall and one for a rise.

Each closed week adds how much better its counts fit the changed rate than the usual one; the sum never falls under 0
and says so when it reaches a threshold, which is solved for a wanted time between two false alerts.

Two kinds of ratio. *thinning*: `x` of `n` cases got there, 0 < p < 1. *rate*: `x` downstream and `n` upstream events
are two counts of their own and the rate is downstream per upstream, which may exceed one; given both together the
downstream ones are binomial, so thresholds are solved for two Poisson counts of which neither explains the other.

Rule: Page's CUSUM with the log-likelihood ratio as score, run lengths by the Markov chain of Brook and Evans (1972).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import NdBSpline, make_interp_spline
from scipy.optimize import brentq
from scipy.special import logit
from scipy.stats import binom, poisson

Floats = NDArray[np.float64]
Counts = tuple[Floats, Floats]
Kind = Literal["thinning", "rate"]
Direction = Literal["low", "high"]

#: Solved thresholds and times to notice, in thousandths, with their axes.
TABLE = Path(__file__).with_name("cusum_table.npz")
THOUSANDTHS = 1000
#: Grid points of the Markov chain on [0, h).
POINTS = 300
#: The least threshold: any week that fits the changed rate better alerts.
LOWEST = 0.001
#: Weeks that stand for all longer times.
NEVER = 1e12
#: Counts less likely than this are left out of a week's distribution.
NEGLIGIBLE = 1e-12
#: Shares are kept this far from 0 and 1, where a likelihood ratio has no value.
HAIR = 1e-9


@dataclass(frozen=True)
class Chart:
    """Charts of many units, each array units x weeks.

    `level` is the sum after the week, at or above the threshold in a week that alerts; `raised` says which weeks alert;
    `since` is the position of the week the change seems to have begun, only in weeks that alert and -1 elsewhere.
    """

    level: Floats
    raised: NDArray[np.bool_]
    since: NDArray[np.int64]


def alternative(p0: ArrayLike, direction: Direction, kind: Kind) -> Floats:
    """The changed rate a chart looks for: half of the usual one, or half as much again (never past a share of one)."""
    usual = np.asarray(p0, dtype=float)
    if direction == "low":
        return usual / 2
    return 1.5 * usual if kind == "rate" else np.minimum(1.5 * usual, (1 + usual) / 2)


def scores(p0: ArrayLike, p1: ArrayLike, kind: Kind) -> tuple[Floats, Floats]:
    """What one downstream event adds to the sum, and what one case without one (rate: one upstream event) adds."""
    usual, changed = np.asarray(p0, dtype=float), np.asarray(p1, dtype=float)
    if kind == "rate":
        usual, changed = np.maximum(usual, HAIR), np.maximum(changed, HAIR)
        return np.log(changed / usual), usual - changed
    usual, changed = np.clip(usual, HAIR, 1 - HAIR), np.clip(changed, HAIR, 1 - HAIR)
    return np.log(changed / usual), np.log((1 - changed) / (1 - usual))


def increments(x: ArrayLike, n: ArrayLike, p0: ArrayLike, p1: ArrayLike, kind: Kind, phi: ArrayLike = 1.0) -> Floats:
    """What each week adds to the sum, broadcast over all arguments; 0 where there were no counts.

    `phi` is the overdispersion of the unit (1 = none): counts that scatter more than chance weigh less.
    """
    got, cases = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    each, other = scores(p0, p1, kind)
    without = cases if kind == "rate" else cases - got
    return (got * each + without * other) / np.asarray(phi, dtype=float)


def watch(weekly: ArrayLike, h: ArrayLike) -> Chart:
    """Run charts over increments (units x weeks) to threshold `h`: one number, one per unit, or units x weeks.

    A chart starts anew after an alert. Weeks without counts are increments of 0; a missing threshold never alerts.
    """
    steps = np.asarray(weekly, dtype=float)
    limits = np.broadcast_to(_by_unit(h), steps.shape)
    level, since = np.zeros(steps.shape), np.full(steps.shape, -1, dtype=np.int64)
    carried, begun = np.zeros(len(steps)), np.zeros(len(steps), dtype=np.int64)
    for week in range(steps.shape[1]):
        begun = np.where(carried == 0, week, begun)
        level[:, week] = np.maximum(0, carried + steps[:, week])
        alerts = level[:, week] >= limits[:, week]
        since[alerts, week] = begun[alerts]
        carried = np.where(alerts, 0, level[:, week])
    return Chart(level, since >= 0, since)


def _by_unit(values: ArrayLike) -> Floats:
    """One number per unit stands for all its weeks."""
    given = np.asarray(values, dtype=float)
    return given[:, None] if given.ndim == 1 else given


def run_length(
    p0: float,
    p1: float,
    mean_n: float,
    h: float,
    *,
    kind: Kind = "thinning",
    true: float | None = None,
    constant: bool = False,
) -> float:
    """Mean weeks before a chart of `p1` against `p0`, started at 0, reaches `h`, if the rate is really `true` (or p0).

    A week has Poisson(`mean_n`) cases (rate: upstream events), or, if `constant`, always `mean_n`, a whole number.
    """
    each, other = (float(score) for score in scores(p0, p1, kind))
    got, without = _counts(p0 if true is None else true, mean_n, kind, constant)
    return walk_length(got[0] * each + without[0] * other, got[1] * without[1], h)


def walk_length(moves: Floats, mass: Floats, h: float) -> float:
    """Mean steps of a sum that starts at 0 and never falls under it until it reaches `h`, at most `NEVER`.

    `moves` are the possible steps and `mass` their probabilities, of one shape.
    """
    return _first_passage(_on_grid(moves.ravel() * POINTS / h, mass.ravel()))


def _counts(rate: float, mean_n: float, kind: Kind, constant: bool) -> tuple[Counts, Counts]:
    """Counts in a week with and without the downstream event, each with its probabilities, shaped to broadcast."""
    if constant and kind == "thinning":
        got = np.arange(mean_n + 1)
        return (got, binom.pmf(got, round(mean_n), rate)), (mean_n - got, np.ones(len(got)))
    if constant:
        return _poisson(rate * mean_n), (np.array([mean_n]), np.ones(1))
    got, likely = _poisson(rate * mean_n)
    return (got[:, None], likely[:, None]), _poisson(mean_n if kind == "rate" else (1 - rate) * mean_n)


def _poisson(mean: float) -> Counts:
    low, high = float(poisson.ppf(NEGLIGIBLE, mean)), float(poisson.ppf(1 - NEGLIGIBLE, mean))
    counts = np.arange(low, high + 1, dtype=float)
    return counts, poisson.pmf(counts, mean)


def _on_grid(moves: Floats, mass: Floats) -> Floats:
    """Probability of moving by -POINTS..POINTS whole steps; a move between two steps is shared by both."""
    inside = np.clip(moves, -POINTS, POINTS)
    below = np.minimum(np.floor(inside), POINTS - 1)
    share = inside - below
    at = below.astype(int) + POINTS
    size = 2 * POINTS + 1
    shared = np.bincount(at, mass * (1 - share), size) + np.bincount(at + 1, mass * share, size)
    return shared.astype(float, copy=False)


def _first_passage(steps: Floats) -> float:
    """Mean weeks from 0 until the walk leaves the grid at its upper end; its lower end holds it."""
    grid = np.arange(POINTS)
    stays = steps[grid[None, :] - grid[:, None] + POINTS]
    stays[:, 0] = np.cumsum(steps)[POINTS - grid]
    try:
        weeks = float(np.linalg.solve(np.eye(POINTS) - stays, np.ones(POINTS))[0])
    except np.linalg.LinAlgError:
        return NEVER
    return weeks if 0 < weeks < NEVER else NEVER  # beyond it rounding decides, down to the sign


def solve_threshold(p0: float, p1: float, mean_n: float, weeks: float, kind: Kind) -> float:
    """The threshold with a mean of `weeks` between two false alerts; at least `LOWEST`, which may make them rarer."""

    def excess(h: float) -> float:
        return log(run_length(p0, p1, mean_n, h, kind=kind) / weeks)

    if excess(LOWEST) >= 0:
        return LOWEST
    high = log(weeks) + 1
    while excess(high) < 0:
        high *= 2
    return float(brentq(excess, LOWEST, high, xtol=1e-4))


def threshold(p0: ArrayLike, mean_n: ArrayLike, weeks: ArrayLike, direction: Direction, kind: Kind) -> Floats:
    """Thresholds of many charts with a mean of `weeks` between two false alerts, broadcast over all arrays.

    Looked up in a table of `solve_threshold` (made by ``python -m benchmarks.cusum_table``) between usual rates of
    0.005 and 0.82 (rate: 4), 0.5 and 1000 cases a week, 26 and 1500 weeks; beyond it the nearest edge holds. The time
    between false alerts is met within three percent on nine charts in ten. On the others sums come in steps, with few
    events a week or where one event weighs a simple multiple of another, and no threshold lies between two of them.
    A missing argument gives a missing threshold.
    """
    return np.maximum(_looked_up(p0, mean_n, weeks, direction, kind)[..., 0], LOWEST)


def weeks_to_notice(p0: ArrayLike, mean_n: ArrayLike, weeks: ArrayLike, direction: Direction, kind: Kind) -> Floats:
    """Mean weeks from a change to its `alternative` until the chart at its `threshold` alerts, from the same table."""
    return np.maximum(np.exp(_looked_up(p0, mean_n, weeks, direction, kind)[..., 1]), 1.0)


def _looked_up(p0: ArrayLike, mean_n: ArrayLike, weeks: ArrayLike, direction: Direction, kind: Kind) -> Floats:
    table = _table(direction, kind)
    places = (on_axis(p0, kind), np.log(np.maximum(mean_n, HAIR)), np.log(np.maximum(weeks, HAIR)))
    inside = [np.clip(at, knots[0], knots[-1]) for at, knots in zip(places, table.t, strict=True)]
    return table(np.stack(np.broadcast_arrays(*inside), axis=-1))


def on_axis(p0: ArrayLike, kind: Kind) -> Floats:
    """Where a usual rate lies on the table's axis: log odds of a share, logarithm of a rate."""
    usual = np.maximum(np.asarray(p0, dtype=float), HAIR)
    return np.log(usual) if kind == "rate" else logit(np.minimum(usual, 1 - HAIR))


@lru_cache
def _table(direction: Direction, kind: Kind) -> NdBSpline:
    """Cubic spline through the table: threshold and log weeks to notice over usual rate, log cases and log weeks."""
    with np.load(TABLE) as stored:
        coefficients = stored[f"{kind}_{direction}"] / THOUSANDTHS
        axes = [stored[f"{kind}_p0"], stored["mean_n"], stored["weeks"]]
    knots = []
    for at, nodes in enumerate((on_axis(axes[0], kind), np.log(axes[1]), np.log(axes[2]))):
        line = make_interp_spline(nodes, coefficients, axis=at)
        knots.append(line.t)
        coefficients = np.moveaxis(line.c, 0, at)
    return NdBSpline(tuple(knots), coefficients, 3)
