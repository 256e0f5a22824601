"""Proposed standards: what a desk, a team or the company has done itself, and what the best fifth of its desks reaches.

A proposal is never in force by itself. It says the counts it rests on, and there is none where they are too few. The
best fifth is found on ratios pulled towards those of all (`quality.shrinkage`), so that luck does not set a standard.
An activity minimum is what was reached in three weeks out of four, for the working days somebody was there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import MEASURES, RATIOS, Measure, Ratio
from quality.periods import WEEK, last_closed_weeks
from quality.shrinkage import shrunken
from quality.standards import Per
from quality.tally import BY_ORDER, COUNTS
from quality.words import count_in_words, counts_in_words, n_to_one
from quality.workdays import FULL_WEEK, Workdays

Counts = NDArray[np.int64]

#: Weeks that a desk's own proposal looks back, and those of the best fifth: longer, since it compares single desks.
OWN_WEEKS, BEST_WEEKS = 13, 26
#: Fewer downstream events than this say too little to set a standard by.
FEWEST = 3
#: So many weeks of work at least before an activity minimum is proposed.
FEWEST_WEEKS = 6
#: With fewer desks than this there is no best fifth.
FEWEST_DESKS = 5
#: Three weeks out of four reach it.
_QUARTER = 0.25


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed standard with what it rests on; ``number`` is None, and ``why`` says so, where there is too little."""

    measure: str
    number: float | None
    per: Per | None
    why: str


@dataclass(frozen=True, slots=True)
class Recent:
    """Desks x closed weeks, oldest first: counts as in `quality.tally`, and the working days each desk was there."""

    desks: tuple[str, ...]
    counts: Mapping[str, Counts]
    available: Counts

    @classmethod
    def of(
        cls,
        counts: pd.DataFrame,
        *,
        as_of: date,
        workdays: Workdays,
        roster: pd.DataFrame | None = None,
        absences: pd.DataFrame | None = None,
    ) -> Recent:
        """The last ``BEST_WEEKS`` closed weeks of a tally (desk, day and the counts)."""
        span = last_closed_weeks(as_of, BEST_WEEKS)
        mondays = [span.start + number * WEEK for number in range(BEST_WEEKS)]
        days = counts["day"]
        rows = counts[(days >= pd.Timestamp(span.start)) & (days <= pd.Timestamp(span.end))]
        desks = tuple(sorted(rows["desk"].unique()))
        week = (rows["day"].to_numpy("datetime64[D]") - np.datetime64(span.start, "D")).astype("int64") // 7
        cell = pd.Index(desks).get_indexer(pd.Index(rows["desk"])) * BEST_WEEKS + week
        shape = (len(desks), BEST_WEEKS)
        sums = {name: np.bincount(cell, rows[name].to_numpy(), shape[0] * shape[1]) for name in COUNTS}
        whole = {name: found.astype("int64")[: shape[0] * shape[1]].reshape(shape) for name, found in sums.items()}
        return cls(desks, whole, workdays.available(desks, mondays, roster, absences))

    def only(self, desks: Collection[str]) -> Recent:
        """The same of some desks."""
        kept = np.isin(np.array(self.desks, dtype=object), list(desks))
        names = tuple(desk for desk, keep in zip(self.desks, kept, strict=True) if keep)
        return Recent(names, {name: count[kept] for name, count in self.counts.items()}, self.available[kept])

    def last(self, weeks: int) -> Recent:
        """The same of the last weeks."""
        counts = {name: count[:, -weeks:] for name, count in self.counts.items()}
        return Recent(self.desks, counts, self.available[:, -weeks:])

    def of_ratio(self, ratio: Ratio) -> tuple[Counts, Counts]:
        """Upstream and downstream of each desk over all weeks."""
        downstream = f"{ratio.downstream}{BY_ORDER if ratio.by_order else ''}"
        return self.counts[ratio.upstream].sum(axis=1), self.counts[downstream].sum(axis=1)


def propose_own(recent: Recent) -> dict[str, Proposal]:
    """Measure -> what these desks together did over the last 13 closed weeks."""
    return _proposals(recent.last(OWN_WEEKS), _own_ratio, _own_minimum)


def propose_best_fifth(recent: Recent) -> dict[str, Proposal]:
    """Measure -> what the best fifth of these desks reaches over the last 26 closed weeks.

    Never worse than what all of them do: over the same weeks, and over those of ``propose_own``.
    """
    return _proposals(recent, _best_ratio, _best_minimum)


def _proposals(
    recent: Recent, ratio: Callable[[Recent, Ratio], Proposal], minimum: Callable[[Recent, Measure], Proposal]
) -> dict[str, Proposal]:
    found = [*map(partial(ratio, recent), RATIOS), *map(partial(minimum, recent), MEASURES.values())]
    return {proposal.measure: proposal for proposal in found}


def _own_ratio(recent: Recent, ratio: Ratio) -> Proposal:
    """Of the desks that record what the ratio starts from: hits of a desk without calls are no one's conversion."""
    upstream, downstream = (int(counts.sum()) for counts in _recorded(recent, ratio).last(OWN_WEEKS).of_ratio(ratio))
    said = f"{counts_in_words(ratio, upstream, downstream)} in {OWN_WEEKS} weeks"
    if upstream < ratio.minimum_n or downstream < FEWEST:
        return Proposal(ratio.name, None, None, f"too few: {said}")
    return Proposal(ratio.name, _rounded(upstream / downstream), None, said)


def _recorded(recent: Recent, ratio: Ratio) -> Recent:
    """The desks that ever recorded the first step of a ratio in these weeks."""
    some = recent.counts[ratio.upstream].sum(axis=1) > 0
    return recent.only([desk for desk, has in zip(recent.desks, some, strict=True) if has])


def _best_ratio(recent: Recent, ratio: Ratio) -> Proposal:
    """Of the desks with enough upstream events to judge; a lucky start is no standard.

    The pull to the average can leave the best fifth behind an average that has moved since, or behind a large desk:
    what all together do, in the same weeks or in those of their own proposal, is the least that is proposed.
    """
    upstream, downstream = recent.of_ratio(ratio)
    tried, won = (counts[upstream >= ratio.minimum_n] for counts in (upstream, downstream))
    counted = f"{counts_in_words(ratio, int(tried.sum()), int(won.sum()))} in {BEST_WEEKS} weeks"
    if len(tried) < FEWEST_DESKS or won.sum() < FEWEST:
        few = count_in_words(len(tried), ("desk", "desks"))
        return Proposal(ratio.name, None, None, f"too few: {few} with {counted}")
    rates = np.sort(shrunken(won, tried, kind="rate" if (won > tried).any() else "thinning"))[::-1]
    best = _fifth(len(rates))
    reached, together = _rounded(1 / rates[best - 1]), _rounded(tried.sum() / won.sum())
    who = f"best {best} of {len(rates)} desks; together {n_to_one(together)}, {counted}"
    return _at_least_the_average(Proposal(ratio.name, min(reached, together), None, who), _own_ratio(recent, ratio))


def _at_least_the_average(best: Proposal, own: Proposal) -> Proposal:
    if best.number is None or own.number is None or best.number <= own.number:
        return best
    return replace(own, why=f"the best fifth of {BEST_WEEKS} weeks is behind all desks of late: {own.why}")


def _own_minimum(recent: Recent, measure: Measure) -> Proposal:
    busy = recent.counts[measure.name].sum(axis=1) > 0
    paces, days = _paces(recent, measure), int(recent.available[busy].sum())
    total = int(recent.counts[measure.name].sum())
    said = f"{count_in_words(total, (measure.singular, measure.plural))} on {days:,} working days"
    if len(paces) < FEWEST_WEEKS:
        return Proposal(measure.name, None, None, f"too few: {said}")
    return _minimum(measure, float(np.quantile(paces, _QUARTER)), said)


def _best_minimum(recent: Recent, measure: Measure) -> Proposal:
    own = [_paces(recent.only([desk]), measure) for desk in recent.desks]
    reached = sorted((float(np.quantile(paces, _QUARTER)) for paces in own if len(paces) >= FEWEST_WEEKS), reverse=True)
    if len(reached) < FEWEST_DESKS:
        return Proposal(measure.name, None, None, f"too few: {len(reached)} desks with {FEWEST_WEEKS} weeks of work")
    best = _fifth(len(reached))
    recently = _paces(recent.last(OWN_WEEKS), measure)
    together = float(np.quantile(recently, _QUARTER)) if len(recently) >= FEWEST_WEEKS else 0.0
    said = f"best {best} of {len(reached)} desks in {BEST_WEEKS} weeks"
    return _minimum(measure, max(reached[best - 1], together), said)


def _minimum(measure: Measure, pace: float, said: str) -> Proposal:
    """A whole number per day, or per week where it is less than one a day."""
    per: Per = "day" if pace >= 1 else "week"
    number = math.floor(pace if per == "day" else pace * FULL_WEEK + 1e-9)
    if not number:
        return Proposal(measure.name, None, None, f"less than one a week: {said}")
    return Proposal(measure.name, float(number), per, said)


def _paces(recent: Recent, measure: Measure) -> NDArray[np.float64]:
    """Events per working day of every week a desk was there, of the desks that do this at all."""
    there = (recent.available > 0) & (recent.counts[measure.name].sum(axis=1) > 0)[:, None]
    return recent.counts[measure.name][there] / recent.available[there]


def _fifth(desks: int) -> int:
    """How many desks are the best fifth of at least five."""
    return round(desks / 5)


def _rounded(number: float) -> float:
    """To the one decimal that screens show, and never down to nothing."""
    return max(round(float(number), 1), 0.1)
