"""What every table of text goes through: trimmed cells, no blank margin below or to the right."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

NBSP = "\u00a0"
#: Space and control characters, no-break spaces, zero-width characters and the byte-order mark.
PADDING = " \t\r\n\x0b\x0c\u00a0\u202f\u2007\u200b\u200c\u200d\u2060\ufeff"


def _among(found: set[int]) -> np.ndarray:
    return np.isin(np.arange(256), list(found))


FIRST_BYTES = _among({character.encode()[0] for character in PADDING})
LAST_BYTES = _among({character.encode()[-1] for character in PADDING})


def tidy_cells(table: pa.Table) -> pd.DataFrame:
    """Trim every cell and cut blank rows at the end and blank columns at the right; inner blank rows stay.

    Returns columns 0..n-1 of pandas text without missing values: an empty cell is "".
    """
    arrays = [_trim(column) for column in table.columns]
    names = [str(index) for index in range(len(arrays))]
    trimmed = _cut_margins(pa.Table.from_arrays(arrays, names))
    frame = trimmed.to_pandas()
    frame.columns = pd.RangeIndex(len(frame.columns))
    return frame


def _trim(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Copying a column costs more than looking at it, and most columns of an export have nothing to trim."""
    if any(map(_has_padding, column.chunks)):
        column = pc.utf8_trim(column, characters=PADDING)
    has_inner = not all(map(_is_ascii, column.chunks)) and pc.any(pc.match_substring(column, NBSP)).as_py()
    return pc.replace_substring(column, NBSP, " ") if has_inner else column


def _has_padding(chunk: pa.Array) -> bool:
    """Whether any value begins or ends with a byte that a padding character could begin or end with."""
    offsets, content = _buffers(chunk)
    filled = offsets[1:] > offsets[:-1]
    first, last = content[offsets[:-1][filled]], content[offsets[1:][filled] - 1]
    return bool(FIRST_BYTES[first].any() or LAST_BYTES[last].any())


def _is_ascii(chunk: pa.Array) -> bool:
    return not bool((_buffers(chunk)[1] & 0x80).any())


def _buffers(chunk: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Offsets and bytes of an array of large strings, as Arrow keeps them."""
    _, offsets, content = chunk.buffers()
    return (
        np.frombuffer(offsets, np.int64, len(chunk) + 1, chunk.offset * 8),
        np.frombuffer(content or b"", np.uint8),
    )


def _cut_margins(table: pa.Table) -> pa.Table:
    filled = [_last_filled(column) for column in table.columns]
    width = max((index + 1 for index, rows in enumerate(filled) if rows), default=0)
    return table.select(range(width)).slice(0, max(filled, default=0))


def _last_filled(column: pa.ChunkedArray, window: int = 1024) -> int:
    """How many rows remain when blank ones at the end are cut; looks from the end, since few files have any."""
    end = len(column)
    while end:
        start = max(0, end - window)
        lengths = pc.binary_length(column.slice(start, end - start))
        if pc.max(lengths).as_py():
            return start + max(index for index, length in enumerate(lengths.to_pylist()) if length) + 1
        end, window = start, window * 4
    return 0
