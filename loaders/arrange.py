"""From values to activities: which rule of the layout holds for each row, and which rows nobody did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa

from loaders.ids import numbered
from loaders.layout import Give, Layout, Rule, synonyms
from loaders.rows import Rows, lookup
from loaders.words import listing, value_key


@dataclass(frozen=True, slots=True)
class Arranged:
    """``rule`` points into the layout's rules, -1 where none holds.

    ``ignored`` points into its ignore patterns, followed by its kinds of copies; -1 where a row counts.
    """

    rule: np.ndarray
    ignored: np.ndarray
    blank: np.ndarray

    def keep(self, mask: np.ndarray) -> Arranged:
        """Only the rows of the mask."""
        return self if mask.all() else Arranged(self.rule[mask], self.ignored[mask], self.blank[mask])


def arrange(rows: Rows, layout: Layout) -> Arranged:
    """Find the rule of every row: the first whose values and conditions fit. Wide rows need none."""
    ignored = np.full(len(rows), -1)
    for index in reversed(range(len(layout.ignore))):
        ignored[rows.meets(layout.ignore[index].when)] = index
    if layout.shape == "wide":
        return Arranged(np.zeros(len(rows), dtype=int), ignored, np.zeros(len(rows), dtype=bool))
    return Arranged(_rules(rows, layout.rules), ignored, ~rows.filled("activity"))


def _rules(rows: Rows, rules: Sequence[Rule]) -> np.ndarray:
    """Rules without conditions are looked up by value; the others look at rows, the earlier ones last, so they win."""
    codes, values = rows.coded("activity")
    keys = [value_key(value) for value in values]
    plain = [_first_plain(rules, key) for key in keys]
    found = lookup(codes, plain, -1).astype(int)
    for index in reversed(range(len(rules))):
        rule = rules[index]
        fits = [not rule.words or key in rule.words for key in keys]
        hit = [fit and (at == -1 or index < at) for fit, at in zip(fits, plain, strict=True)]
        if rule.when and any(hit):
            found[lookup(codes, hit, False) & rows.meets(rule.when)] = index
    return found


def _first_plain(rules: Sequence[Rule], key: str) -> int:
    return next((index for index, rule in enumerate(rules) if not rule.when and key in rule.words), -1)


def without_copies(engine: duckdb.DuckDBPyConnection, rows: Rows, layout: Layout, arranged: Arranged) -> Arranged:
    """Ignore all rows of an event but one: the one meeting the earliest preference, among equals by content."""
    ignored = arranged.ignored.copy()
    for index, copies in enumerate(layout.copies, len(layout.ignore)):
        rank = np.full(len(rows), len(copies.prefer))
        for place in reversed(range(len(copies.prefer))):
            rank[rows.meets(copies.prefer[place])] = place
        filled = np.all([rows.filled(name) for name in copies.same], axis=0)
        order = [pa.chunked_array([pa.array(rank)]), *rows.content]
        number = numbered(engine, [rows.text(name) for name in copies.same], order, filled & (ignored < 0))
        ignored[number > 1] = index
    return replace(arranged, ignored=ignored)


def ignored_reasons(layout: Layout) -> list[str]:
    """The reason behind each number in ``ignored``."""
    return [one.reason for one in layout.ignore] + [one.reason for one in layout.copies]


def unmapped_values(rows: Rows, mask: np.ndarray) -> dict[str, int]:
    """The values of these rows with how often each occurs, the commonest first."""
    codes, values = rows.coded("activity")
    counts = np.bincount(codes[mask], minlength=len(values))
    order = sorted(np.flatnonzero(counts), key=lambda code: (-counts[code], values[code]))
    return {values[code]: int(counts[code]) for code in order}


def labels(gives: Sequence[Give]) -> list[str]:
    """What tells the activities of one source row apart: the name, with the party where a name occurs twice."""
    names = [give.activity for give in gives]
    return [
        f"{give.activity}:{give.party or n}" if names.count(give.activity) > 1 else give.activity
        for n, give in enumerate(gives)
    ]


def cautions(rows: Rows, layout: Layout) -> list[str]:
    """Warnings about words that were understood but mean something else in some systems."""
    if "synonyms" not in layout.words:
        return []
    words = {value_key(value): value for value in rows.coded("activity").values}
    texts: Mapping[str, str] = synonyms()["caution"]
    return [f"{listing([words[word]])}: {text}" for word, text in texts.items() if word in words]
