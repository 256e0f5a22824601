"""Blank cells below filled ones: what merged cells of a group leave behind."""

from __future__ import annotations

from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from loaders.sketch import Sketch


def gaps(drawn: Sketch) -> tuple[int, ...]:
    """How many cells of each column are blank below a filled one, in rows that hold something."""
    columns = [drawn.tally(position).column for position in range(len(drawn.labels))]
    filled = [pc.not_equal(column, "") for column in columns]
    if not filled:
        return ()
    rows = reduce(pc.or_, filled)
    return tuple(_count(pc.and_(rows, pc.invert(pc.or_(one, _before_any(one))))) for one in filled)


def never_repeats(column: pa.Array) -> bool:
    """Whether no filled cell is the same as the one right above it, as where the cells of a group are merged."""
    below, above = column.slice(1), column.slice(0, max(len(column) - 1, 0))
    return not _count(pc.and_(pc.equal(below, above), pc.not_equal(below, "")))


def _before_any(filled: pa.Array) -> pa.Array:
    """Which cells stand above the first filled one."""
    return pc.equal(pc.cumulative_max(filled.cast(pa.uint8())), 0)


def _count(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)
