"""The graded verdict of every unit on every ratio, for each closed week: is it below its minimum standard?

Judged on a trailing window of 13 closed weeks, longer where counts are few (`quality.judgement`). The one ratio whose
cases are followed one by one (send-out to fill) keeps its open cases in the likelihood; every other compares what was
reached with what came due, so that a busy month is not mistaken for a slump.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import RATIOS
from quality.intervals import n_to_one
from quality.judgement import Pending, cases_to_settle, expected_of_open, grades, interval, probability_below, trailing
from quality.weekly import Cases, Floats, Flow, Weekly, spread

#: From this share of the usual successes on a case that got nowhere is lost.
EXPIRED = 0.99
#: A step that nobody of the firm ever took, where the standards expect so many, is one that is not recorded: by chance
#: none of three happens once in twenty times.
UNRECORDED = 3.0

COLUMNS = (
    "unit",
    "ratio",
    "verdict",
    "since",
    "probability",
    "upstream",
    "downstream",
    "open",
    "weeks",
    "value",
    "low",
    "high",
    "standard",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One ratio, arrays of units x weeks: the chance of being below standard, the verdict, and what they rest on.

    ``x`` of ``n`` got there in the last ``weeks`` weeks, ``n`` being cases that came due; ``upstream`` counts all
    that began in them, ``open`` those that may still get there. ``pending`` are open cases by age where they are
    followed, with the share of successes shown by each age. ``standard`` is a rate.
    """

    flow: Flow
    probability: Floats
    verdict: NDArray[np.object_]
    x: Floats
    n: Floats
    upstream: Floats
    open: Floats
    weeks: NDArray[np.int_]
    standard: Floats
    pending: tuple[Floats, Floats] | None


def judge(weekly: Weekly, standards: Mapping[str, Floats]) -> dict[str, Judged]:
    """Every ratio judged in every closed week; ``standards`` has the n of ``n : 1`` by ratio, units x weeks."""
    return {name: _if_recorded(_judged(flow, 1 / standards[name])) for name, flow in weekly.flows.items()}


def _if_recorded(found: Judged) -> Judged:
    """No verdict where nobody ever recorded the second step: it says what the system keeps, not how a desk works."""
    flow = found.flow
    if flow.downstream.any() or np.nansum(flow.due * found.standard) < UNRECORDED:
        return found
    return replace(
        found,
        probability=np.full(found.probability.shape, np.nan),
        verdict=np.full(found.verdict.shape, None, dtype=object),
    )


def _judged(flow: Flow, standard: Floats) -> Judged:
    limit = np.broadcast_to(standard, flow.upstream.shape)
    if flow.cases is not None:
        return _judged_by_case(flow, flow.cases, limit)
    window = trailing(flow.downstream, flow.due, limit)
    began = trailing(flow.upstream, flow.due, limit).x
    still = spread(flow.upstream, 1 - flow.reached_by)
    chance = _probability(flow, window.x, window.n, limit)
    return Judged(flow, chance, grades(chance, window.n), window.x, window.n, began, still, window.weeks, limit, None)


def _probability(flow: Flow, x: Floats, n: Floats, standard: Floats) -> Floats:
    """Binomial where downstream events are among the upstream ones; more of them than came due are a rate."""
    rate = probability_below(x, n, standard, "rate")
    if flow.kind == "rate":
        return rate
    return np.where(x > n, rate, probability_below(np.minimum(x, n), n, standard, "thinning"))


def _judged_by_case(flow: Flow, cases: Cases, standard: Floats) -> Judged:
    window = trailing(cases.got.sum(axis=2), cases.started, standard)
    shown = flow.reached_by[flow.reached_by < EXPIRED]
    waiting, later = _waiting(cases, len(shown), window.weeks)
    x, still = window.x - later, waiting.sum(axis=2)
    chance = probability_below(x, window.n - still, standard, "thinning", (waiting, shown) if len(shown) else None)
    verdict = grades(chance, window.n)
    pending = (waiting, shown)
    return Judged(flow, chance, verdict, x, window.n - still, window.n, still, window.weeks, standard, pending)


def _waiting(cases: Cases, ages: int, weeks: NDArray[np.int_]) -> tuple[Floats, Floats]:
    """Of the cases begun in the last ``weeks`` weeks: those open at the end of each week, by age, and those to come."""
    waiting = cases.waiting(ages) * (np.arange(ages) < weeks[:, :, None])
    later = np.zeros(weeks.shape)
    length, lags = cases.got.shape[1:]
    for age in range(min(lags - 1, length)):
        later[:, age:] += cases.got[:, : length - age, age + 1 :].sum(axis=2) * (age < weeks[:, age:])
    return waiting.astype(float), later


def verdicts(weekly: Weekly, judged: Mapping[str, Judged], week: int = -1) -> pd.DataFrame:
    """One row per unit and ratio as of one closed week (position; the last one): columns COLUMNS.

    ``verdict`` is a word of `quality.judgement.VERDICTS`; ``since`` the Monday of the week in which it was first given
    without a break; ``probability`` that of being below standard. ``upstream`` and ``downstream`` are the counts of the
    last ``weeks`` closed weeks, ``open`` how many of them may still get there; value, low, high (80 %, of these counts
    as in `quality.ratios`, and where cases are followed without the open ones) and standard are n of ``n : 1``, missing
    where there is none.
    """
    tables = [_table(weekly, judged[ratio.name], week) for ratio in RATIOS]
    whole = pd.concat(tables, ignore_index=True)
    return whole.sort_values("unit", kind="stable", ignore_index=True)[list(COLUMNS)]


def _table(weekly: Weekly, one: Judged, week: int) -> pd.DataFrame:
    at = range(len(weekly.weeks))[week]
    x, upstream = one.x[:, at], one.upstream[:, at]
    low, high = _interval(one, at)
    some = upstream > 0
    return pd.DataFrame(
        {
            "unit": pd.Series(weekly.units, dtype="str"),
            "ratio": one.flow.ratio.name,
            "verdict": _words(one.verdict[:, at], some),
            "since": weekly.weeks[_begun(one.verdict[:, : at + 1])],
            "probability": _known(one.probability[:, at], some),
            "upstream": upstream.astype("int64"),
            "downstream": x.astype("int64"),
            "open": np.rint(one.open[:, at]).astype("int64"),
            "weeks": one.weeks[:, at],
            "value": _known(n_to_one(x / np.maximum(upstream, 1)), (x > 0) & (upstream > 0)),
            "low": _known(n_to_one(high), some),
            "high": _known(n_to_one(low), some),
            "standard": _known(1 / one.standard[:, at], np.isfinite(one.standard[:, at])),
        }
    )


def _interval(one: Judged, at: int) -> tuple[Floats, Floats]:
    """Of the counts that are shown, as in `quality.ratios`; cases that are followed keep the open ones apart."""
    x, n = one.x[:, at], one.upstream[:, at]
    pending: Pending | None = None
    if one.pending is not None:
        n = one.n[:, at]
        pending = (one.pending[0][:, at], one.pending[1]) if len(one.pending[1]) else None
    rate = interval(x, n, "rate")
    if one.flow.kind == "rate":
        return rate
    thin = interval(np.minimum(x, n), n, "thinning", pending)
    low, high = (np.where(x > n, free, bound) for free, bound in zip(rate, thin, strict=True))
    return low, high


def _known(numbers: Floats, known: NDArray[np.bool_]) -> pd.arrays.FloatingArray:
    held = known & np.isfinite(numbers)
    return pd.arrays.FloatingArray(np.where(held, numbers, 0.0), ~held)


def _words(verdict: NDArray[np.object_], known: NDArray[np.bool_]) -> pd.Series:
    given = verdict.copy()
    given[~known] = None
    return pd.Series(given, dtype=object)


def _begun(verdict: NDArray[np.object_]) -> NDArray[np.int_]:
    """Position of the week in which the last verdict began, per unit."""
    other = verdict != verdict[:, -1:]
    weeks = verdict.shape[1]
    return np.where(other.any(axis=1), weeks - np.argmax(other[:, ::-1], axis=1), 0)


def to_settle(one: Judged, unit: int) -> int | None:
    """How many more upstream events at the present rate would give a verdict, of one unit in the last week."""
    standard = float(one.standard[unit, -1])
    return cases_to_settle(float(one.x[unit, -1]), float(one.n[unit, -1]), standard, one.flow.kind)


def still_to_come(one: Judged, unit: int) -> tuple[int, float, int, int] | None:
    """Open cases of one unit in the last week, how many of them will get there, and the 80 % range of that."""
    if one.pending is None:
        return None
    waiting, shown = one.pending[0][unit, -1], one.pending[1]
    found = expected_of_open(float(one.x[unit, -1]), float(one.n[unit, -1]), waiting, shown)
    return int(waiting.sum()), found.expected, found.low, found.high
