"""How a ratio reads: the same words on cards, in charts, in the evidence and on the command line."""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd

from quality.catalogue import BY_NAME, Ratio


class RatioRow(Protocol):
    """What is needed of a row of `quality.ratios.ratios`, however it is held; ``open`` is missing for activities."""

    ratio: Any
    upstream: Any
    downstream: Any
    value: Any
    open: Any


def count_in_words(count: int, words: tuple[str, str]) -> str:
    """``1 fill``, ``7 fills``, ``1,204 send-outs``."""
    return f"{int(count):,} {words[0] if int(count) == 1 else words[1]}"


def left_out_in_words(rows: int, read: int) -> str:
    """What share of the rows of all files is in no number; nothing where every row is."""
    if not rows:
        return ""
    share = max(100 * rows / read, 0.1)
    return f"{rows:,} of {read:,} rows ({share:.1f} %) are in no number: a value is unknown or a cell is to be mended"


def n_to_one(value: Any) -> str:
    """``6.0 : 1``, or an en dash where there is no value."""
    return "–" if pd.isna(value) else f"{value:,.1f} : 1"


def counts_in_words(ratio: Ratio, upstream: int, downstream: int) -> str:
    """Both counts: ``42 send-outs, 7 fills``."""
    first, second = ratio.upstream_words, ratio.downstream_words
    return f"{count_in_words(upstream, first)}, {count_in_words(downstream, second)}"


def ratio_in_words(row: RatioRow) -> str:
    """The value with both counts, or the sentence for a count of zero: a zero is never shown as a number alone."""
    ratio, upstream, downstream = BY_NAME[row.ratio], int(row.upstream), int(row.downstream)
    if not pd.isna(row.open):
        return _cohort_in_words(ratio, upstream, downstream, row.value, int(row.open))
    if upstream and downstream:
        return f"{n_to_one(row.value)}, {counts_in_words(ratio, upstream, downstream)}"
    return _zero_in_words(ratio, upstream, downstream)


def _zero_in_words(ratio: Ratio, upstream: int, downstream: int) -> str:
    (_, upstreams), (_, downstreams) = ratio.upstream_words, ratio.downstream_words
    if upstream:
        return f"no {downstreams} yet ({count_in_words(upstream, ratio.upstream_words)})"
    if downstream:
        return f"{count_in_words(downstream, ratio.downstream_words)}, no {upstreams} recorded in this period"
    return f"no {upstreams} and no {downstreams} in this period"


def _cohort_in_words(ratio: Ratio, decided: int, reached: int, value: Any, still_open: int) -> str:
    """Whom the cohort view followed, how many got there and how many may still."""
    cases, next_step = count_in_words(decided, ratio.case), ratio.downstream_words
    waiting = f", {count_in_words(still_open, ratio.case)} still open" if still_open else ""
    if reached:
        return f"{n_to_one(value)}, {cases}, {reached:,} with {_a(next_step[0])} in time{waiting}"
    if decided:
        return f"no {next_step[1]} in time ({cases}){waiting}"
    return waiting.removeprefix(", ") or f"no {ratio.case[1]} to follow in this period"


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def interval_in_words(low: Any, high: Any) -> str:
    """``likely between 4.1 and 9.8``; ``at least 4.1`` when open above; nothing where nothing is known."""
    if pd.isna(low):
        return ""
    return f"at least {low:,.1f}" if pd.isna(high) else f"likely between {low:,.1f} and {high:,.1f}"
