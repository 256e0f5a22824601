"""Firms whose truth is known: written out by hand, or drawn from rates that hold or change on a given week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import BY_NAME, MEASURES, RATIOS
from quality.periods import DAY
from quality.standards import Line, Standards
from quality.weekly import Cases, Flow, Weekly

WEEKS, DESKS = 78, 40
#: Weeks of work before the log begins: its first weeks hold outcomes of cases it does not know.
BEFORE = 20


@dataclass(frozen=True)
class Work:
    """One ratio of a firm: upstream events a week, the usual rate, and the share of steps taken after so many weeks.

    ``spread`` is how much desks differ (standard deviation of the logarithm), ``scatter`` how much the rate of one desk
    differs from week to week, ``changed`` what the rate is multiplied by from week ``at`` on.
    """

    each_week: float
    rate: float
    lag: tuple[float, ...] = (1.0,)
    spread: float = 0.15
    scatter: float = 0.0
    changed: float = 1.0
    at: int = WEEKS
    followed: bool = False


#: Counts at which each of the seven ratios has a chart of its own.
BUSY: Mapping[str, Work] = {
    "call_to_hit": Work(60, 1 / 5, (0.8, 0.2)),
    "hit_to_interview": Work(12, 1 / 2, (0.6, 0.3, 0.1)),
    "interview_to_send_out": Work(10, 1 / 2, (0.5, 0.3, 0.2)),
    "send_out_to_fill": Work(10, 1 / 4, (0.0, 0.25, 0.25, 0.25, 0.25), followed=True),
    "marketing_call_to_contract": Work(60, 1 / 15, (0.5, 0.3, 0.2)),
    "presentation_to_send_out": Work(15, 1 / 3, (0.5, 0.5)),
    "contract_to_fill": Work(10, 1 / 4, (0.1, 0.2, 0.3, 0.2, 0.1, 0.1)),
}


def firm(
    seed: int, work: Mapping[str, Work] = BUSY, desks: int = DESKS, weeks: int = WEEKS, volume: float = 40.0
) -> Weekly:
    """Weekly counts of desks that do this work; every measure is done ``volume`` times a week, ratios on their own."""
    rng = np.random.default_rng(seed)
    flows = {ratio.name: _flow(rng, ratio.name, work.get(ratio.name, NOTHING), (desks, weeks)) for ratio in RATIOS}
    volumes = {name: rng.poisson(volume, (desks, weeks)) for name in MEASURES}
    return held(flows, volumes)


NOTHING = Work(0, 0.5)


def held(flows: Mapping[str, Flow], volumes: Mapping[str, NDArray[np.int64]]) -> Weekly:
    """Flows and volumes as the weeks of a firm from Monday 6 January 2025 on."""
    desks, weeks = next(iter(volumes.values())).shape
    mondays = pd.date_range("2025-01-06", periods=weeks, freq="7D", unit="us")
    names = tuple(f"Desk {number:02d}" for number in range(1, desks + 1))
    return Weekly(mondays[-1].date() + 6 * DAY, mondays, names, volumes, flows)


def _flow(rng: np.random.Generator, name: str, work: Work, shape: tuple[int, int]) -> Flow:
    desks, weeks = shape
    rates = _rates(rng, work, shape)
    upstream = rng.poisson(work.each_week, (desks, weeks + BEFORE))
    if BY_NAME[name].side == "client":
        got = np.stack([rng.poisson(upstream * rates * share) for share in work.lag], axis=2)
    else:
        got = rng.multinomial(rng.binomial(upstream, np.minimum(rates, 1)), work.lag)
    arrived = sum(np.roll(got[:, :, lag], lag, axis=1) for lag in range(len(work.lag)))[:, BEFORE:]
    upstream, got = upstream[:, BEFORE:], _until_now(got[:, BEFORE:])
    cases = Cases(upstream, got) if work.followed else None
    return Flow(BY_NAME[name], upstream, arrived, np.array(work.lag), cases)


def _rates(rng: np.random.Generator, work: Work, shape: tuple[int, int]) -> NDArray[np.float64]:
    desks, weeks = shape
    own = work.rate * np.exp(rng.normal(0, work.spread, (desks, 1)) - work.spread**2 / 2)
    wobble = np.exp(rng.normal(0, work.scatter, (desks, weeks + BEFORE)) - work.scatter**2 / 2)
    changed = np.where(np.arange(weeks + BEFORE) >= work.at + BEFORE, work.changed, 1.0)
    return own * wobble * changed


def _until_now(got: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is still to come is not known yet."""
    weeks, lags = got.shape[1:]
    known = np.arange(weeks)[:, None] + np.arange(lags)[None, :] < weeks
    return got * known


def flow_of(ratio: str, upstream: object, downstream: object, lag: object = (1.0,), cases: Cases | None = None) -> Flow:
    """One ratio written out by hand, units x weeks."""
    return Flow(BY_NAME[ratio], np.array(upstream), np.array(downstream), np.array(lag, dtype=float), cases)


def line(weeks: int, *changes: tuple[int, int, int], ratio: str = "hit_to_interview", n: int = 10, x: int = 5) -> Flow:
    """One desk with x of n each week; in weeks (first, end, x) another x."""
    got = np.full((1, weeks), x)
    for first, end, other in changes:
        got[0, first:end] = other
    return flow_of(ratio, np.full((1, weeks), n), got)


def desks(*flows: Flow) -> Flow:
    """One flow of several desks out of flows of the same ratio and weeks."""
    upstream, downstream = ([getattr(flow, name) for flow in flows] for name in ("upstream", "downstream"))
    return flow_of(flows[0].ratio.name, np.concatenate(upstream), np.concatenate(downstream), flows[0].lag)


def weeks_of(*flows: Flow, **volumes: object) -> Weekly:
    """A firm in which only these ratios and volumes have counts; without volumes a desk calls as often as it begins."""
    shape = flows[0].upstream.shape
    silent = {ratio.name: flow_of(ratio.name, np.zeros(shape, int), np.zeros(shape, int)) for ratio in RATIOS}
    counted = {name: np.array(counts) for name, counts in volumes.items()} or {"recruiting_call": flows[0].upstream}
    nothing = {name: np.zeros(shape, int) for name in MEASURES}
    return held(silent | {flow.ratio.name: flow for flow in flows}, nothing | counted)


def for_everybody(numbers: Mapping[str, float]) -> Standards:
    """Standards of the company by ratio, the n of ``n : 1``, from before any firm began."""
    lines = [Line(name, number, None, "company", "", date(1990, 1, 1)) for name, number in numbers.items()]
    return Standards(tuple(lines))
