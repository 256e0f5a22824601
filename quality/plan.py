"""The plan: how many calls, interviews and send-outs it takes so that a desk most likely reaches its goal.

The way from a call to a fill is a chain of ratios that are known only roughly. The chance to reach the goal is taken
over everything the ratios may be, given their counts: the product of the chain is matched by one distribution with the
same first two moments, and the least number of calls is looked for that gives the wished chance. Dividing the goal by
the product of the ratios instead would succeed little more often than every second time.

Downstream events that are among the upstream ones are binomial (*thinning*); those that are counts of their own, or
more than the upstream ones, are Poisson (*rate*). Where a desk's own counts are thin, those of its team or firm are
blended in, weighted by how much desks differ (`quality.shrinkage`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import dropwhile
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import betabinom, nbinom

from quality.catalogue import BY_NAME, MEASURES, Ratio
from quality.shrinkage import USUAL, firm_rate, weight
from quality.tally import BY_ORDER

Kind = Literal["thinning", "rate"]
Whose = Literal["", "team", "firm"]

#: Chances a plan is made for: every second time, four times in five, nineteen times in twenty.
LEVELS = (0.5, 0.8, 0.95)
#: Ratios are taken from the last closed weeks, and from twice as many where a desk has too few counts in these.
WEEKS, MOST_WEEKS = 26, 52
#: With fewer downstream events than this a desk's own ratio is thin.
FEWEST = 10
#: More than this of anything is no plan.
OUT_OF_REACH = 1_000_000
#: Chances are told apart to four decimals.
_EXACT = 0.00005
#: A rate that is assumed to be certain still leaves room to compute with.
_NEXT_TO_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Link:
    """One step towards a fill: the ratio it is spoken of as, and the two counts of the tally it is made of."""

    ratio: Ratio
    upstream: str
    downstream: str


def _link(name: str, *, by_order: bool = False) -> Link:
    ratio = BY_NAME[name]
    suffix = BY_ORDER if by_order or ratio.by_order else ""
    return Link(ratio, ratio.upstream + BY_ORDER * by_order, ratio.downstream + suffix)


#: The ways to a fill, each a chain of links. Client-side fills are those of the desk's own orders.
CHAINS: tuple[tuple[Link, ...], ...] = (
    tuple(map(_link, ("call_to_hit", "hit_to_interview", "interview_to_send_out", "send_out_to_fill"))),
    tuple(map(_link, ("marketing_call_to_contract", "contract_to_fill"))),
    (_link("presentation_to_send_out"), _link("send_out_to_fill", by_order=True)),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What is known of one link: ``x`` downstream events from ``n`` upstream ones, over ``weeks`` closed weeks.

    With ``worth`` above 0 the rate of ``others`` (their x and n; ``whose``: team or firm) is blended in as if it were
    so many upstream events of the desk's own. ``assumed`` replaces the rate and keeps how sure it is.
    """

    upstream: str
    downstream: str
    x: int
    n: int
    kind: Kind = "thinning"
    others: tuple[int, int] = (0, 0)
    worth: float = 0.0
    whose: Whose = ""
    weeks: int = WEEKS
    assumed: float | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to take a rate from."""
        return self.n > 0 or self.worth > 0

    @property
    def own_share(self) -> float:
        """How much of the rate is the desk's own, from 0 to 1."""
        return self.n / (self.n + self.worth) if self.is_known else 0.0

    @property
    def rate(self) -> float:
        """Downstream per upstream event, as expected. Needs ``is_known``."""
        return self.moments[0]

    @property
    def moments(self) -> tuple[float, float]:
        """Mean of the rate and of its square. Needs ``is_known``."""
        a, b = self._parameters()
        if self.kind == "rate":
            return a / b, a * (a + 1) / b**2
        return a / (a + b), a * (a + 1) / ((a + b) * (a + b + 1))

    def _parameters(self) -> tuple[float, float]:
        """Of the beta distribution of the rate, or shape and exposure of its gamma distribution."""
        a, size = self._evidence()
        if self.assumed is not None:
            a = max(self.assumed * size, _NEXT_TO_NOTHING)
        return (a, size) if self.kind == "rate" else (a, max(size - a, _NEXT_TO_NOTHING))

    def _evidence(self) -> tuple[float, float]:
        """Downstream and upstream events with what is blended in; half an event where nothing is."""
        if self.worth:
            return self.x + self.worth * firm_rate(*self.others), self.n + self.worth
        return self.x + 0.5, self.n + (1.0 if self.kind == "thinning" else 0.0)


@dataclass(frozen=True, slots=True)
class Need:
    """How many of an activity reach the goal with a probability; None where it cannot be said or is out of reach."""

    activity: str
    probability: float
    total: int | None


def plan(steps: Sequence[Step], goal_fills: int, levels: Iterable[float] = LEVELS) -> tuple[Need, ...]:
    """What is needed of every upstream activity of a chain that ends in fills, by activity and level.

    Needs are totals, each as if its stage were the first one: interviews that are there already need no calls.
    """
    ends = [tuple(steps[place:]) for place in range(len(steps))]
    return tuple(Need(end[0].upstream, level, needed(end, goal_fills, level)) for end in ends for level in levels)


# A page asks for the same chains at every click.
@lru_cache(maxsize=512)
def needed(steps: tuple[Step, ...], goal_fills: int, level: float) -> int | None:
    """The least number of the first upstream activity that gives the goal with this probability; None out of reach."""
    if goal_fills <= 0:
        return 0
    if not all(step.is_known for step in steps):
        return None
    return _least(partial(chance, steps, goal_fills), level, goal_fills)


def chance(steps: Sequence[Step], goal_fills: int, count: int) -> float:
    """The probability of at least so many fills from ``count`` of the first upstream activity."""
    first, second = (math.prod(moments) for moments in zip(*(step.moments for step in steps), strict=True))
    variance = second - first**2
    if all(step.kind == "thinning" for step in steps):
        size = first * (1 - first) / variance - 1
        missed = betabinom.pmf(np.arange(goal_fills), count, first * size, (1 - first) * size).sum()
    else:
        exposure = first / variance
        missed = nbinom.cdf(goal_fills - 1, first * exposure, exposure / (exposure + count))
    return 1.0 - float(missed)


def _least(probability: Callable[[int], float], level: float, start: int) -> int | None:
    """The least whole number with at least this probability, which rises with the number."""
    low, high = 0, start
    while probability(high) < level - _EXACT:
        low, high = high, 2 * high
        if low > OUT_OF_REACH:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if probability(middle) >= level - _EXACT else (middle, high)
    return high


def what_if(steps: Sequence[Step], upstream: str, downstream: str, rate: float) -> tuple[Step, ...]:
    """The same chain with another rate for one step, as sure as the one it replaces. Raises ValueError from 0 down."""
    if not 0 < rate < math.inf:
        raise ValueError(f"a rate is a number above 0, not {rate}")
    return tuple(
        replace(step, assumed=rate, kind="rate" if rate > 1 else step.kind)
        if (step.upstream, step.downstream) == (upstream, downstream)
        else step
        for step in steps
    )


def blend(own: Step, others: tuple[int, int], worth: float, whose: Whose) -> Step:
    """The step with the rate of others (x, n) blended in where the desk's own counts are thin, else as it was."""
    if own.x >= FEWEST or not others[1]:
        return own
    exceeds = own.x > own.n or others[0] > others[1]
    return replace(own, others=others, worth=worth, whose=whose, kind="rate" if exceeds else own.kind)


def desk_steps(
    counts: pd.DataFrame, desk: str, *, last: pd.Timestamp, mates: Collection[str] = ()
) -> dict[tuple[str, str], Step]:
    """Every link of `CHAINS` as a step of one desk, by its two counts, from closed weeks up to the day ``last``.

    ``counts`` as `quality.tally.tally` gives them, of at least `MOST_WEEKS` weeks. The window is the last `WEEKS`
    weeks, or `MOST_WEEKS` where these hold fewer than `FEWEST` downstream events. What is thin even so is blended with
    ``mates`` (the rest of the team) where those are not thin themselves, else with the rest of the firm.
    """
    windows = {weeks: _sums(counts, last, weeks) for weeks in (WEEKS, MOST_WEEKS)}
    links = {(link.upstream, link.downstream): link for chain in CHAINS for link in chain}
    return {pair: _desk_step(link, windows, desk, {*mates} - {desk}) for pair, link in links.items()}


def _sums(counts: pd.DataFrame, last: pd.Timestamp, weeks: int) -> pd.DataFrame:
    """Counts per desk over the last weeks, the index being the desk."""
    inside = (counts["day"] <= last) & (counts["day"] > last - pd.Timedelta(weeks=weeks))
    return counts[inside].drop(columns="day").groupby("desk").sum()


def _desk_step(link: Link, windows: Mapping[int, pd.DataFrame], desk: str, mates: set[str]) -> Step:
    own = [_own(link, weeks, sums, desk) for weeks, sums in windows.items()]
    step = next((step for step in own if step.x >= FEWEST), own[-1])
    if step.x >= FEWEST:
        return step
    sums = windows[step.weeks]
    team = _of(link, sums, sums.index.isin(mates))
    whose: Whose = "team" if team[0] >= FEWEST else "firm"
    others = team if whose == "team" else _of(link, sums, sums.index != desk)
    # How alike desks are cannot be known well where counts are thin: too much trust in it would promise too much.
    worth = min(weight(sums[link.downstream], sums[link.upstream], step.kind), USUAL)
    return blend(step, others, worth, whose)


def _own(link: Link, weeks: int, sums: pd.DataFrame, desk: str) -> Step:
    x, n = _of(link, sums, sums.index == desk)
    kind: Kind = "rate" if link.ratio.side == "client" or x > n else "thinning"
    return Step(link.upstream, link.downstream, x, n, kind, weeks=weeks)


def _of(link: Link, sums: pd.DataFrame, which: NDArray[np.bool_]) -> tuple[int, int]:
    """Downstream and upstream events of some desks together."""
    return int(sums[link.downstream].to_numpy()[which].sum()), int(sums[link.upstream].to_numpy()[which].sum())


def chains_of(steps: Mapping[tuple[str, str], Step]) -> list[tuple[Step, ...]]:
    """The chains a desk works on, each from the first activity it has counts of its own in.

    For a desk without any these are all the chains that the counts of others fill.
    """
    chains = [tuple(steps[link.upstream, link.downstream] for link in chain) for chain in CHAINS]
    own = [tuple(dropwhile(lambda step: not step.n, chain)) for chain in chains]
    known = [chain for chain in chains if all(step.is_known for step in chain)]
    return [chain for chain in own if chain and chain[0].upstream in MEASURES] or known


@dataclass(frozen=True, slots=True)
class Target:
    """What is left to do of an activity: ``total`` from now on and ``per_day`` over the working days left.

    ``per_day`` is None without days left; both are None where no number can be said.
    """

    activity: str
    probability: float
    total: int | None
    per_day: float | None


def targets(
    chains: Iterable[Sequence[Step]], goal_fills: int, done: Mapping[str, int], days_left: int
) -> tuple[Target, ...]:
    """What a desk must do per remaining working day, for every activity of its chains and every level.

    ``done``: fills of the period so far by the count a chain ends in (``fill``, ``fill_by_order``); they count.
    """
    needs = [need for chain in chains for need in plan(chain, goal_fills - done.get(chain[-1].downstream, 0))]
    return tuple(
        Target(need.activity, need.probability, need.total, _per_day(need.total, days_left))
        for need in needs
        if need.activity in MEASURES
    )


def _per_day(total: int | None, days: int) -> float | None:
    return None if total is None or days <= 0 else total / days
