"""Verdicts, signals and minimums as a shape with its word: one look on every page, never a shape or a colour alone.

A ratio is better the lower it is, so no shape says which way a number went: one that points down stands for worse, one
that points up for better, and the word beside it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from quality.signals import BAD, GOOD
from quality.stories import IN_SHORT

Tone = Literal["bad", "good", "unsure"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape, the words that always stand beside it, and whether it is bad, good or unsure."""

    shape: str
    words: str
    tone: Tone

    def __str__(self) -> str:
        return f"{self.shape} {self.words}"


#: Word of `quality.judgement` -> how it is shown.
VERDICTS: Mapping[str, Mark] = {
    "below": Mark("▼", "below", "bad"),
    "likely_below": Mark("▽", "likely below", "bad"),
    "unclear": Mark("○", "unclear", "unsure"),
    "likely_meets": Mark("△", "likely meets", "good"),
    "meets": Mark("▲", "meets", "good"),
}
NO_VERDICT = Mark("–", "no verdict", "unsure")

#: Kind of `quality.signals` -> how it is shown.
SIGNALS: Mapping[str, Mark] = {
    **{kind: Mark("▼", IN_SHORT[kind], "bad") for kind in BAD},
    **{kind: Mark("▲", IN_SHORT[kind], "good") for kind in GOOD},
}

#: Whether an activity minimum was met; None where nobody was there to meet it.
MINIMUMS: Mapping[bool | None, Mark] = {
    True: Mark("✓", "met", "good"),
    False: Mark("▽", "short", "bad"),
    None: Mark("–", "away", "unsure"),
}

LEGEND = (
    "▼ below the minimum standard, ▽ likely below, ○ unclear, △ likely meets it, ▲ meets it, – no verdict. "
    "Pointing down is worse, pointing up is better."
)

#: Over this chance one says so instead of the number.
ALMOST = 0.99


def verdict(word: Any) -> Mark:
    """How a verdict is shown; a missing one is no verdict."""
    return NO_VERDICT if pd.isna(word) else VERDICTS[word]


def signal(kind: str) -> Mark:
    """How a kind of signal is shown."""
    return SIGNALS[kind]


def minimum(met: bool | None) -> Mark:
    """How a minimum is shown that was met, was not, or was nobody's to meet."""
    return MINIMUMS[met]


def sure(word: Any, probability: Any) -> str:
    """How sure a verdict is: ``96 % sure that it is below``; nothing where nothing is known.

    ``probability`` is the chance of being below standard.
    """
    if pd.isna(word) or pd.isna(probability):
        return ""
    if word == "unclear":
        return f"could be either: {percent(probability)} for below"
    meets = VERDICTS[word].tone == "good"
    return f"{percent(1 - probability if meets else probability)} sure that it {'meets' if meets else 'is below'}"


def percent(chance: float) -> str:
    """A chance in whole per cent, never 0 or 100."""
    if chance > ALMOST:
        return f"over {ALMOST:.0%}".replace("%", " %")
    return f"under {1 - ALMOST:.0%}".replace("%", " %") if chance < 1 - ALMOST else f"{chance:.0%}".replace("%", " %")
