"""How a ratio is said: one wording for cells, hover texts, alt texts and sentences.

A ratio is written upstream to downstream, ``6.0 : 1``, always with its two counts. A zero is a sentence and never a
number, since "no fills yet" is neither a good ratio nor a bad one. The pieces come from `quality.words`; here they are
joined for what a view counts, since the cohort view counts people and orders instead of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from quality.words import count_in_words, n_to_one


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about a ratio: its title and, singular and plural, what is counted on either side."""

    title: str
    upstream: tuple[str, str]
    downstream: tuple[str, str]


NOTHING = "nothing recorded"
NO_STANDARD = "no standard"


def standard_text(standard: Any) -> str:
    """``6 : 1``: a standard is agreed, not measured, so it carries only the decimals it was given."""
    return NO_STANDARD if pd.isna(standard) else f"{standard:g} : 1"


def standards_text(low: Any, high: Any) -> str:
    """The standards of several at once: ``6 : 1`` where they agree, else ``5 to 6 : 1``."""
    return standard_text(low) if pd.isna(low) or low == high else f"{low:g} to {standard_text(high)}"


def counts_text(upstream: int, downstream: int, words: Words) -> str:
    """Both counts in words: ``42 send-outs, 7 fills``."""
    return f"{count_in_words(upstream, words.upstream)}, {count_in_words(downstream, words.downstream)}"


def zero_text(upstream: int, downstream: int, words: Words) -> str | None:
    """The sentence where one of the counts is zero, or None where a ratio can be said.

    ``no fills yet (14)``, ``3 fills, no send-outs``, ``nothing recorded``.
    """
    if upstream and downstream:
        return None
    if upstream:
        return f"no {words.downstream[1]} yet ({int(upstream):,})"
    if downstream:
        return f"{count_in_words(downstream, words.downstream)}, no {words.upstream[1]}"
    return NOTHING


def value_text(upstream: int, downstream: int, value: Any, words: Words) -> str:
    """The ratio with both counts in words, or the sentence for a zero."""
    zero = zero_text(upstream, downstream, words)
    return zero or f"{n_to_one(value)} · {counts_text(upstream, downstream, words)}"


def short_text(upstream: int, downstream: int, value: Any, words: Words) -> str:
    """The same for a cell: ``6.0 : 1 · 42 / 7``."""
    zero = zero_text(upstream, downstream, words)
    return zero or f"{n_to_one(value)} · {int(upstream):,} / {int(downstream):,}"


def is_over(value: Any, standard: Any) -> bool | None:
    """Whether more is needed than the standard allows, to the decimal that is shown; None where either is missing.

    A value of zero means that nothing upstream was recorded: there is nothing to compare.
    """
    if pd.isna(value) or pd.isna(standard) or not value:
        return None
    return round(float(value), 1) > standard


def against_text(value: Any, standard: Any) -> str:
    """Where the value lies, as a plain fact: ``within 6 : 1``, ``over 6 : 1``, or nothing where one is missing."""
    over = is_over(value, standard)
    return "" if over is None else f"{'over' if over else 'within'} {standard_text(standard)}"
