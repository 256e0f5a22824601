"""Scores of surveys on the scale of the log, 0 (worst) to 10 (best), whatever scale they were asked on.

The scale is what somebody said, what the cell says (``4/5``), or what the header says. Scores from 0 to 5 of which
nothing says it are never guessed: a 4 is good on a scale of 1 to 5 and very poor on one of 0 to 10.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.quantities import to_number
from loaders.refusal import RefusedError, refuse
from loaders.words import count_of

_TOP = r"(3|4|5|6|7|10|100)"
#: How a text names a scale from its lowest to its highest number.
_SPANS = (
    re.compile(rf"(?<![\d.])([01])\s*(?:-|–|\.\.+|to|bis|à)\s*{_TOP}(?![\d.])", re.IGNORECASE),
    re.compile(rf"(?<![\d.])([01])\s*[=:]\D*?{_TOP}\s*[=:]", re.IGNORECASE),
)
#: How it names the highest alone.
_OUT_OF = re.compile(rf"(?:out of|of|von|sur|/)\s*{_TOP}(?![\d.])", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper ?cent", re.IGNORECASE)
#: What is asked from 0 to 10 by its very definition.
_NET_PROMOTER = re.compile(r"\b(e?nps|net promoter|recommend)", re.IGNORECASE)
_CELL = re.compile(
    rf"(\d+(?:[.,]\d+)?)\s*((?:/|out of|of|von|sur)\s*{_TOP}|%|stars?)?(\s*[-–:=(,]\s*\D*)?", re.IGNORECASE
)
#: Scores that are all this low may be from a scale that ends there.
_SHORTEST = 5


class Scale(NamedTuple):
    """The lowest and the highest score that can be given."""

    low: float
    high: float

    def told(self, score: float) -> float:
        """A score as one from 0 to 10; on scales that end at 10 it stands as it is."""
        if self.high == OURS.high:
            return score
        return round((score - self.low) / (self.high - self.low) * OURS.high, 4)


OURS = Scale(0.0, 10.0)


def scale_of(text: str) -> Scale | None:
    """The scale a header, or somebody, names: ``1-5``, ``(0 to 10)``, ``out of 5``, ``1 = poor, 5 = good``, ``%``."""
    for span in _SPANS:
        if found := span.search(text):
            return Scale(float(found[1]), float(found[2]))
    if found := _OUT_OF.search(text):
        return _ending_at(float(found[1]))
    if _PERCENT.search(text):
        return _ending_at(100.0)
    return OURS if _NET_PROMOTER.search(text) else None


def _ending_at(high: float) -> Scale:
    """Scales of a few steps begin at 1, since nothing is no answer; longer ones at 0."""
    return Scale(0.0 if high >= OURS.high else 1.0, high)


class Read(NamedTuple):
    """A cell: its number, and the scale the cell itself names, if any."""

    score: float
    scale: Scale | None


def read_cell(text: str) -> Read | None:
    """``4``, ``4/5``, ``80 %``, ``4 - Satisfied``; None where it is no score."""
    found = _CELL.fullmatch(text.strip())
    if found is None:
        plain = to_number(text)
        return None if plain is None else Read(plain, None)
    number = to_number(found[1])
    assert number is not None
    return Read(number, scale_of(found[2]) if found[2] else None)


def scores(texts: Sequence[str], header: str, told: str, counts: Sequence[int]) -> tuple[list[float | None], Scale]:
    """The scores of different cells on our scale, None for what is none; and the scale most of them were given on.

    ``told`` is the scale somebody named; ``counts`` says in how many answers each cell stands, 0 in none: of such cells
    no scale is asked. Raises ``score_scale_unknown``.
    """
    read = [read_cell(text) for text in texts]
    scale = scale_of(told) or scale_of(header) or _shared(read)
    if scale is None:
        _check_plain([(one.score, count) for one, count in zip(read, counts, strict=True) if one and count], header)
    return [None if one is None else (one.scale or scale or OURS).told(one.score) for one in read], scale or OURS


def _shared(read: Sequence[Read | None]) -> Scale | None:
    """The scale that some of the cells name, where it is one."""
    named = {one.scale for one in read if one and one.scale}
    return named.pop() if len(named) == 1 else None


def _check_plain(answers: Sequence[tuple[float, int]], header: str) -> None:
    """Whether plain scores show their scale: some lie above the shortest one."""
    if answers and max(score for score, _ in answers) <= _SHORTEST:
        raise _unknown(answers, header)


def _unknown(answers: Sequence[tuple[float, int]], header: str) -> RefusedError:
    low, high = (f"{pick(score for score, _ in answers):g}" for pick in (min, max))
    given = count_of(sum(count for _, count in answers), "score")
    reason = (
        f'The scale of "{header}" is not known: {given}, from {low} to {high}. '
        f"{high} may be good, as on a scale of 1 to 5, or poor, as on one of 0 to 10."
    )
    fix = "Say it: --score-scale 1-5 or --score-scale 0-10, or in the header, as in Score (1-5)."
    return refuse("score_scale_unknown", reason, fix)
