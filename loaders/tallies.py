"""Which values a column holds and how often: counted by the engine, so that a million rows cost what a thousand do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from loaders.reading import Sheet

#: Looking at this many rows tells whether nearly every cell of a column is different.
HEAD = 50_000
#: A column with more different values than this says nothing about activities.
MANY = 2_000


class Tally:
    """The distinct values of a column, the commonest first, equally common ones in alphabetical order.

    ``column`` is text, "" where a cell is empty; empty cells are not counted as a value.
    """

    def __init__(self, column: pa.Array) -> None:
        self.column = column

    @cached_property
    def filled(self) -> int:
        """How many cells hold something."""
        return int(pc.sum(pc.not_equal(self.column, "")).as_py() or 0)

    @cached_property
    def distinct(self) -> int:
        """How many different values there are."""
        return len(self._counted)

    def commonest(self, most: int) -> list[tuple[str, int]]:
        """The commonest values with the number of their cells."""
        return _commonest(self._counted, most)

    @cached_property
    def many(self) -> bool:
        """Whether already the first 50,000 cells of a longer column are mostly different from each other."""
        return len(self.column) > HEAD and len(self._head) > HEAD // 4

    def samples(self, most: int) -> tuple[str, ...]:
        """The commonest values, to show what the column is like.

        Of ``many`` only the first 50,000 cells are looked at: which of a million notes occurs twice is not worth the
        time.
        """
        return tuple(value for value, _ in _commonest(self._head if self.many else self._counted, most))

    @cached_property
    def _head(self) -> pa.Table:
        return _counted(self.column.slice(0, HEAD))

    @cached_property
    def _counted(self) -> pa.Table:
        return _counted(self.column)


def _counted(column: pa.Array) -> pa.Table:
    found = pc.value_counts(column)
    table = pa.table({"value": found.field("values"), "count": found.field("counts")})
    return table.filter(pc.not_equal(table["value"], ""))


def _commonest(counted: pa.Table, most: int) -> list[tuple[str, int]]:
    keys = [("count", "descending"), ("value", "ascending")]
    chosen = (
        counted.take(pc.select_k_unstable(counted, k=min(most, len(counted)), sort_keys=keys))
        if len(counted)
        else counted
    )
    return list(zip(chosen["value"].to_pylist(), chosen["count"].to_pylist(), strict=True))


class Tallies:
    """The tallies of a sheet's columns below a header, each counted once however often it is asked for.

    ``chosen`` says which of the records below the header are counted; all of them where it is None.
    """

    def __init__(self, chosen: Callable[[Sheet, int], pa.Array] | None = None) -> None:
        self._chosen = chosen
        self._kept: dict[tuple[int, int, int], Tally] = {}
        self._counted: dict[tuple[int, int], pa.Array] = {}

    def of(self, sheet: Sheet, last: int, position: int) -> Tally:
        """The tally of a column; ``last`` is the index of the header's last record."""
        key = (id(sheet.cells), last, position)
        if key not in self._kept:
            column = pa.array(sheet.cells[position].iloc[last + 1 :])
            self._kept[key] = Tally(column.filter(self._mask(sheet, last)) if self._chosen else column)
        return self._kept[key]

    def _mask(self, sheet: Sheet, last: int) -> pa.Array:
        key = (id(sheet.cells), last)
        if self._chosen and key not in self._counted:
            self._counted[key] = self._chosen(sheet, last)
        return self._counted[key]
