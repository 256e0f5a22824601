"""How a ratio reads: the same words on cards, in charts, in the evidence and on the command line."""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd

from quality.catalogue import BY_NAME, Ratio


class RatioRow(Protocol):
    """What is needed of a row of `quality.ratios.ratios`, however it is held."""

    ratio: str
    upstream: Any
    downstream: Any
    value: Any
    low: Any
    high: Any


def count_in_words(count: int, words: tuple[str, str]) -> str:
    """``1 fill``, ``7 fills``, ``1,204 send-outs``."""
    return f"{int(count):,} {words[0] if int(count) == 1 else words[1]}"


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
    (_, upstreams), (_, downstreams) = ratio.upstream_words, ratio.downstream_words
    if upstream and downstream:
        return f"{n_to_one(row.value)}, {counts_in_words(ratio, upstream, downstream)}"
    if upstream:
        return f"no {downstreams} yet ({count_in_words(upstream, ratio.upstream_words)})"
    if downstream:
        return f"{count_in_words(downstream, ratio.downstream_words)}, no {upstreams} recorded in this period"
    return f"no {upstreams} and no {downstreams} in this period"


def interval_in_words(low: Any, high: Any) -> str:
    """``likely between 4.1 and 9.8``; ``at least 4.1`` when open above; nothing where nothing is known."""
    if pd.isna(low):
        return ""
    return f"at least {low:,.1f}" if pd.isna(high) else f"likely between {low:,.1f} and {high:,.1f}"
