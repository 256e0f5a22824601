"""Records below a header that belong to a report and not to its table, seen before anything about columns is known."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.date_shapes import read_shape
from loaders.furniture import LEADING, NOTICES, TOTALS, heads, matches_of
from loaders.reading import Sheet
from loaders.rows import emptied
from loaders.suggest import looks_like_dates

#: A notice below a report fills one cell or two, a row of the table more.
_FEW_CELLS = 2
#: So many cells from the top tell whether a column holds dates.
_HEAD = 200


def of_the_table(sheet: Sheet, last: int) -> pa.Array:
    """Which records below the header's last one are rows: no totals, notices, headings or repetitions of the header.

    A client may be called *Total*: a row that holds a date stays.
    """
    header = sheet.cells.iloc[last].tolist()
    cells = [pa.chunked_array([pa.array(sheet.cells[place].iloc[last + 1 :])]) for place in sheet.cells.columns]
    if not cells or not len(cells[0]):
        return pa.array([], pa.bool_())
    filled = np.sum([pc.not_equal(cell, "").to_numpy() for cell in cells], axis=0)
    few = filled <= _FEW_CELLS
    total = np.any([matches_of(cell, TOTALS) for cell in cells], axis=0)
    for cell in filter(_holds_dates, cells):
        total |= matches_of(cell, LEADING)
    notice = few.copy()
    notice[few] = np.any([matches_of(cell.filter(pa.array(few)), NOTICES) for cell in cells], axis=0)
    repeats = np.sum([_same(cell, name) for cell, name in zip(cells, header, strict=True)], axis=0)
    suspects = total | notice | heads([emptied(cell) for cell in cells])
    suspects[suspects] = ~np.any([_dated(cell.filter(pa.array(suspects))) for cell in cells], axis=0)
    return pa.array(~(suspects | (repeats >= min(2, len(cells)))))


def _same(cell: pa.ChunkedArray, name: str) -> np.ndarray:
    return pc.equal(cell, name).to_numpy() if name else np.zeros(len(cell), dtype=bool)


def _holds_dates(cell: pa.ChunkedArray) -> bool:
    return looks_like_dates([value for value in cell.slice(0, _HEAD).to_pylist() if value])


def _dated(cell: pa.ChunkedArray) -> np.ndarray:
    """Which cells are written as dates; plain numbers are not."""
    return np.array([_is_date(value) for value in cell.to_pylist()], dtype=bool)


def _is_date(value: str) -> bool:
    shape = read_shape(re.sub(r"\d", "9", value))
    return shape is not None and shape.family in ("iso", "named", "numeric")
