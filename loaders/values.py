"""Cells to typed values: numbers, sides, outcomes and channels, each looked up once a distinct value."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.layout import Layout, synonyms
from loaders.layout_check import Checker
from loaders.quantities import to_number
from loaders.rows import TEXT, Rows, encode, holds_bytes, lookup, spread
from loaders.wordings import worded
from loaders.words import value_key
from quality.vocabulary import ACTIVITIES, PARTIES


def added(parts: Sequence[pa.ChunkedArray]) -> tuple[np.ndarray, np.ndarray]:
    """The sum of columns as float64, NaN where all are empty, and in which rows a cell is no number."""
    found = [_numbers(part) for part in parts]
    sums = np.nansum([values for values, _ in found], axis=0)
    empty = np.all([np.isnan(values) for values, _ in found], axis=0)
    return np.where(empty, math.nan, sums), np.any([bad for _, bad in found], axis=0)


def _numbers(column: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """A column as float64 with NaN for empty cells, and which cells are no numbers."""
    codes, values = encode(column)
    found = [to_number(value) for value in values]
    bad = lookup(codes, [number is None for number in found], False)
    return lookup(codes, [math.nan if number is None else number for number in found], math.nan).astype(float), bad


def parties(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """The side a row states, as an index into ``PARTIES`` or -1, and which cells name no side."""
    codes, values = rows.coded("party")
    words = _index("party")
    found = [words.get(value_key(value)) for value in values]
    sides = [PARTIES.index(word) if word in PARTIES else -1 for word in found]
    return lookup(codes, sides, -1).astype(int), lookup(codes, [word is None for word in found], False)


def channels(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Ways of contact in our words where they are known, else as they stand."""
    words = _index("channels")
    codes, values = encode(column)
    return spread(codes, [words.get(value_key(value), value) for value in values])


@cache
def _index(section: str) -> dict[str, str]:
    table: Mapping[str, list[str]] = synonyms()[section]
    return {value_key(word): name for name, words in table.items() for word in (name, *words)}


@cache
def outcome_words_known() -> dict[str, dict[str, str]]:
    """Activity -> word as ``value_key`` writes it -> our outcome, as many systems write them."""
    check = Checker("synonyms.toml")
    table: Mapping[str, Mapping[str, list[str]]] = synonyms()["outcomes"]
    found = {}
    for name, words in table.items():
        found[name] = {
            value_key(word): outcome for outcome in words for word in (outcome, *check.texts(words, outcome))
        }
    return found


def outcomes(
    activity: np.ndarray, names: list[str], column: pa.ChunkedArray, layout: Layout
) -> tuple[pa.ChunkedArray, dict[str, int]]:
    """Outcomes in our words for activities that list them, else as they stand; and the unknown words with counts.

    ``activity`` points into ``names``, one number a row of ``column``.
    """
    codes, values = encode(column)
    pairs = activity.astype(np.int64) * (len(values) + 1) + codes + 1
    distinct, place = np.unique(pairs, return_inverse=True)
    words: list[str | None] = []
    unknown: dict[str, int] = {}
    counts = np.bincount(place)
    for pair, count in zip(distinct, counts, strict=True):
        at, code = divmod(int(pair), len(values) + 1)
        value = values[code - 1] if code else None
        word, known = _outcome(names[at], value, layout)
        words.append(word)
        if not known and value:
            unknown[value] = unknown.get(value, 0) + int(count)
    return spread(place, words), unknown


#: Activities whose outcomes are told in the words of another one.
_SPOKEN_LIKE = {
    "marketing_call": "recruiting_call",
    "conversation": "recruiting_call",
    "interview": "send_out",
    "fill": "end",
}
#: Activities that are what they are in any words but a few.
_ANY_WORD = ("interview", "fill")


def _outcome(activity: str, value: str | None, layout: Layout) -> tuple[str | None, bool]:
    canonical = ACTIVITIES[activity].outcomes
    if value is None or not canonical:
        return value, True
    words = {**outcome_words_known().get(_SPOKEN_LIKE.get(activity, activity), {}), **layout.outcomes.get(activity, {})}
    words |= {value_key(outcome): outcome for outcome in canonical}
    word = words.get(value_key(value)) or worded(activity, value)
    known = word is not None or activity in _ANY_WORD or value_key(value) in _words_elsewhere(layout)
    return (word if word in canonical else value), known


def _words_elsewhere(layout: Layout) -> set[str]:
    """Words a layout gives a meaning to for some activity: of others they tell nothing, and nobody has to say more."""
    return {word for words in layout.outcomes.values() for word in words}


def plain_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Notes without HTML tags and entities; only cells that hold any are touched."""
    if not holds_bytes(column, b"<&"):
        return column
    marked = pc.fill_null(pc.or_(pc.match_substring(column, "<"), pc.match_substring(column, "&")), False)
    if not pc.any(marked).as_py():
        return column
    bare = pc.replace_substring_regex(column.filter(marked), r"</?[a-zA-Z!][^>]*>", " ")
    codes, values = encode(bare)
    texts = spread(codes, [" ".join(html.unescape(value).split()) or None for value in values])
    whole, mask, parts = (part.combine_chunks() for part in (column, marked, texts))
    return pa.chunked_array([pc.replace_with_mask(whole, mask, parts)], TEXT)
