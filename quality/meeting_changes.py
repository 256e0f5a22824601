"""What changed since last week: two reviews, as known then and as known now, beside each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quality.catalogue import RATIOS
from quality.meeting import STANDARD_KINDS, active, listed, present
from quality.review import Review
from quality.stories import Signal

#: Verdicts that say little.
UNSURE = ("likely_below", "unclear", "likely_meets")


@dataclass(frozen=True, slots=True)
class Moved:
    """A standard (n of ``n : 1``) by which these desks were judged a week ago, and the one they are judged by now."""

    ratio: str
    before: float
    now: float
    desks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is said now and was not a week ago (``new``), and what was and is no longer (``over``).

    ``moved`` counts the verdicts that moved without being sure before or now: chance as often as not. ``standards`` are
    those that are others than a week ago; ``desks`` counts all that are here.
    """

    new: tuple[Signal, ...]
    over: tuple[Signal, ...]
    moved: int
    standards: tuple[Moved, ...] = ()
    desks: int = 0

    def by_standard(self, signal: Signal) -> bool:
        """Whether a signal is about a standard that is another than a week ago: then the desk need not be."""
        about = signal.kind in STANDARD_KINDS
        return about and any(one.ratio == signal.measure and signal.desk in one.desks for one in self.standards)


def changes(before: Review, now: Review) -> Changes:
    """The review as it stood a week ago beside the one of now; desks that have gone quiet are left out."""
    was, here = _by_key(active(before)), _by_key(active(now))
    latest, still = _by_key(listed(now.signals())), set(present(now))
    over = [latest.get(key, one) for key, one in was.items() if key not in here and one.desk in still]
    new = [one for key, one in here.items() if key not in was]
    return Changes(tuple(new), tuple(over), _moved(before, now), _moved_standards(before, now), len(still))


def _moved_standards(before: Review, now: Review) -> tuple[Moved, ...]:
    found: dict[tuple[str, float, float], list[str]] = {}
    was, here = _standards(before), _standards(now)
    for desk in present(now):
        for ratio in RATIOS:
            old, new = was.get((ratio.name, desk)), here[ratio.name, desk]
            if old is not None and not math.isclose(old, new):
                found.setdefault((ratio.name, old, new), []).append(desk)
    return tuple(Moved(*key, tuple(desks)) for key, desks in found.items())


def _standards(review: Review) -> dict[tuple[str, str], float]:
    """The n of ``n : 1`` that each desk is judged by in the last week."""
    return {
        (name, desk): float(1 / one.standard[unit, -1])
        for name, one in review.judged.items()
        for unit, desk in enumerate(review.weekly.units)
    }


def _by_key(found: Sequence[Signal]) -> dict[tuple[str, str, str], Signal]:
    """The latest of each, which comes first in the list."""
    return {(one.desk, one.measure, one.kind): one for one in reversed(found)}


def _moved(before: Review, now: Review) -> int:
    names = ["unit", "ratio", "verdict"]
    both = now.verdicts()[names].merge(before.verdicts()[names], on=["unit", "ratio"], suffixes=("_now", "_was"))
    held = both[both["unit"].isin(present(now))]
    unsure = held["verdict_now"].isin(UNSURE) & held["verdict_was"].isin(UNSURE)
    return int((unsure & (held["verdict_now"] != held["verdict_was"])).sum())
