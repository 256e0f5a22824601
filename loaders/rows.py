"""The records below the header as columns of the log: text by field, with the row number a person sees.

Text stays in Arrow from the reader to the finished frame; what has to be looked up (activities, outcomes, sides) is
looked up once a distinct value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.layout import Condition
from loaders.quantities import to_seconds
from loaders.wordings import worded
from loaders.words import value_key

TEXT = pa.large_string()
MATCHERS = {"starts": pc.starts_with, "contains": pc.match_substring, "lacks": pc.match_substring}
COMPARED = ("at_least", "below")


class Coded(NamedTuple):
    """A column as numbers: ``codes`` point into ``values``, -1 where the cell is empty."""

    codes: np.ndarray
    values: list[str]


class Rows:
    """Columns by field, null where a cell is empty; ``number`` is the row of each as a person counts.

    ``cells`` are the columns as they stand in the file, by label, whether the layout uses them or not; ``repeated``
    counts those that were blank there and repeat the cell above.
    """

    def __init__(
        self,
        columns: Mapping[str, pa.ChunkedArray],
        cells: Mapping[str, pa.ChunkedArray],
        number: np.ndarray,
        repeated: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.columns = dict(columns)
        self.cells = dict(cells)
        self.number = number
        self.repeated = repeated
        self._coded: dict[str, Coded] = {}
        self._written: dict[str, pa.ChunkedArray] = {}

    def __len__(self) -> int:
        return len(self.number)

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    @property
    def content(self) -> list[pa.ChunkedArray]:
        """The cells in an order that does not depend on the order of columns in the file."""
        return [self.cells[label] for label in sorted(self.cells)]

    def text(self, name: str) -> pa.ChunkedArray:
        """A column, all null where the file has none."""
        return self.columns[name] if name in self.columns else nothing(len(self))

    def written(self, name: str) -> pa.ChunkedArray:
        """A column as the file writes it, where it is read in another way: what identities are made of."""
        return self._written.get(name, self.text(name))

    def reading(self, columns: Mapping[str, pa.ChunkedArray]) -> Rows:
        """The same rows with these columns read in another way than the file writes them."""
        rows = Rows({**self.columns, **columns}, self.cells, self.number, self.repeated)
        rows._written = {name: self.written(name) for name in {*self._written, *columns}}
        return rows

    def filled(self, name: str) -> np.ndarray:
        """Which cells of a column hold something."""
        return pc.is_valid(self.text(name)).to_numpy()

    def fill(self, name: str, value: str | None) -> None:
        """Fill the empty cells of a column."""
        if value:
            self.columns[name] = pc.fill_null(self.text(name), value)

    def coded(self, name: str) -> Coded:
        """A column as codes into its distinct values, kept since several steps ask."""
        if name not in self._coded:
            self._coded[name] = encode(self.text(name))
        return self._coded[name]

    def keep(self, mask: np.ndarray) -> Rows:
        """Only the rows of the mask."""
        if mask.all():
            return self
        chosen = pa.array(mask)
        return self._with(lambda column: column.filter(chosen), self.number[mask])

    def take(self, at: np.ndarray) -> Rows:
        """The rows at these places, as often as they are named."""
        places = pa.array(at)
        return self._with(lambda column: column.take(places), self.number[at])

    def _with(self, choose: Callable[[pa.ChunkedArray], pa.ChunkedArray], number: np.ndarray) -> Rows:
        columns, cells, written = (
            {name: choose(column) for name, column in one.items()} for one in (self.columns, self.cells, self._written)
        )
        rows = Rows(columns, cells, number)
        rows._written = written
        return rows

    def meets(self, conditions: Iterable[Condition]) -> np.ndarray:
        """Which rows meet all conditions."""
        met = np.ones(len(self), dtype=bool)
        for condition in conditions:
            met &= self._meets(condition)
        return met

    def _meets(self, condition: Condition) -> np.ndarray:
        column = self.text(condition.column)
        if condition.test in ("filled", "blank"):
            return self.filled(condition.column) == (condition.test == "filled")
        if condition.test == "same":
            return pc.fill_null(pc.equal(column, self.text(condition.words[0])), False).to_numpy()
        if condition.test in MATCHERS:
            hits = (MATCHERS[condition.test](column, word, ignore_case=True) for word in condition.words)
            hit = np.any([pc.fill_null(hit, False).to_numpy() for hit in hits], axis=0)
            return ~hit if condition.test == "lacks" else hit
        codes, values = self.coded(condition.column)
        if condition.test == "means":
            activity, outcome = condition.words
            return lookup(codes, [worded(activity, value) == outcome for value in values], False)
        if condition.test in COMPARED:
            amounts = [to_seconds(value, condition.unit) for value in values]
            return lookup(codes, [_compares(condition, amount) for amount in amounts], False)
        return lookup(codes, [value_key(value) in condition.words for value in values], False)


def _compares(condition: Condition, amount: float | None) -> bool:
    """An amount nobody can read is neither at least nor below anything."""
    return amount is not None and (amount < condition.limit) == (condition.test == "below")


def nothing(length: int) -> pa.ChunkedArray:
    """A column of empty cells."""
    return pa.chunked_array([pa.nulls(length, TEXT)])


def encode(column: pa.ChunkedArray) -> Coded:
    """Codes and distinct values of a text column."""
    coded = column.combine_chunks().dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    return Coded(pc.fill_null(coded.indices, -1).to_numpy(), coded.dictionary.to_pylist())


def lookup(codes: np.ndarray, answers: Sequence[object], otherwise: object) -> np.ndarray:
    """The answer of each row's value; ``otherwise`` where the cell is empty."""
    return np.array([*answers, otherwise])[codes]


def spread(codes: np.ndarray, words: Sequence[str | None]) -> pa.ChunkedArray:
    """Text by code; -1 and None give null."""
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(indices, pa.array(words, TEXT)).cast(TEXT)])


def holds_bytes(column: pa.ChunkedArray, characters: bytes) -> bool:
    """Whether any of these ASCII characters may occur; looks at all the text at once, not at every cell."""
    texts = [np.frombuffer(chunk.buffers()[2], np.uint8) for chunk in column.chunks if chunk.buffers()[2]]
    return any(bool((text == character).any()) for text in texts for character in characters)


def emptied(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Null for every "". The text itself is shared, not copied: a column only gets a bitmap."""
    return pa.chunked_array([_emptied(chunk) for chunk in column.chunks], TEXT)


def _emptied(chunk: pa.Array) -> pa.Array:
    filled = pc.not_equal(chunk, "")
    if chunk.offset or chunk.null_count:
        return pc.if_else(filled, chunk, pa.scalar(None, TEXT))
    _, offsets, text = chunk.buffers()
    return pa.Array.from_buffers(TEXT, len(chunk), [filled.buffers()[1], offsets, text])
