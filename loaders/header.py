"""Where the table begins: finds the header row of a sheet and names its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import pandas as pd

from loaders.words import header_key

#: How far down a header is looked for: titles, filters and notices above a report are rarely longer.
SCANNED_ROWS = 15


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: ``last`` is the index of its last record, ``labels`` one name a column, unique.

    ``rows`` is 2 where two rows were joined; ``repeated`` lists labels that occurred more than once in the file.
    """

    last: int
    rows: int
    labels: tuple[str, ...]
    repeated: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The labels as headers are compared."""
        return tuple(map(header_key, self.labels))

    @property
    def places(self) -> Mapping[str, int]:
        """Where each label stands, as headers are compared; of those that are compared as one, the first."""
        return _places(self.labels)


# Dozens of layouts look for hundreds of spellings in each of the rows that could be the header.
@lru_cache(maxsize=256)
def _places(labels: tuple[str, ...]) -> Mapping[str, int]:
    return {header_key(label): place for place, label in reversed([*enumerate(labels)])}


def find_headers(cells: pd.DataFrame, row: int | None) -> list[Header]:
    """Every record of the first fifteen that could be the header, alone and joined with the one above it.

    ``row`` (as a person counts) narrows them to that one.
    """
    records = [tuple(record) for record in cells.head(max(SCANNED_ROWS, row or 0)).itertuples(index=False, name=None)]
    if row is not None:
        return [_named(records[row - 1], row - 1, 1)] if 0 < row <= len(records) else []
    single = [_named(record, index, 1) for index, record in enumerate(records) if sum(map(bool, record)) > 1]
    joined = [
        _named(_joined(*pair), index + 1, 2) for index, pair in enumerate(pairwise(records)) if all(map(any, pair))
    ]
    return single + joined


def best_header(headers: Sequence[Header], known: Callable[[Header], int]) -> Header | None:
    """The header with most known columns; a single row before a joined one, the upper before the lower."""
    return max(headers, key=lambda header: (known(header), -header.rows, -header.last), default=None)


def _joined(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(part for part in pair if part) for pair in zip(upper, lower, strict=True))


def _named(record: Sequence[str], last: int, rows: int) -> Header:
    """Give blank headers a name and repeated ones a number, so that each column can be spoken of."""
    labels: list[str] = []
    repeated: list[str] = []
    for position, text in enumerate(record, 1):
        label = " ".join(text.split()) or f"(column {position})"
        taken = set(labels)
        number = 2
        while label in taken:
            repeated.append(label)
            label, number = f"{label.removesuffix(f' ({number - 1})')} ({number})", number + 1
        labels.append(label)
    return Header(last, rows, tuple(labels), tuple(dict.fromkeys(repeated)))
