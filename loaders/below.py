"""The records below the header as columns of the log: merged cells repeated, words for nothing emptied, gaps filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.furniture import LEADING, NOTICES, TOTALS, heads, matches_of
from loaders.recognise import Match
from loaders.rows import TEXT, Rows, emptied, encode, spread
from quality.vocabulary import LOG_COLUMNS

#: A notice below a report fills one cell or two, a row of the table more.
_FEW_CELLS = 2


def rows_below(match: Match) -> Rows:
    """The records below the header by field: blank ones left out, empty cells null, the layout's patterns applied.

    Cells filled down stand in ``cells`` too: each row must be able to stand alone.
    """
    start = match.header.last + 1
    frame = match.sheet.cells
    cells = [emptied(pa.chunked_array(pa.array(frame[position]))).slice(start) for position in frame.columns]
    numbers = match.sheet.numbers
    number = np.arange(start + 1, len(frame) + 1) if numbers is None else numbers[start:]
    keep = ~_blank(cells, len(number))
    if not keep.all():
        cells, number = [cell.filter(pa.array(keep)) for cell in cells], number[keep]
    repeated: Mapping[str, int] = {}
    if match.layout.fill_down and numbers is None:
        # Rows taken out of another file were filled there; the row above them is not the one they had above.
        filled = _filled_down(cells, match)
        cells, repeated = filled, _more_filled(match.header.labels, cells, filled)
    columns = {name: _joined([cells[p] for p in positions]) for name, positions in match.columns.items()}
    for name, words in match.layout.missing.items():
        if name in columns and LOG_COLUMNS.get(name) not in ("timestamp", "date"):
            columns[name] = _without(columns[name], words)
    for name, pattern in match.layout.extract.items():
        columns = _extracted(columns, name, re.compile(pattern))
    for name, other in match.layout.fallback.items():
        if other in columns:
            columns[name] = pc.coalesce(columns[name], columns[other]) if name in columns else columns[other]
    return Rows(columns, dict(zip(match.header.labels, cells, strict=True)), number, repeated)


def _blank(cells: Sequence[pa.ChunkedArray], length: int) -> np.ndarray:
    blank = np.ones(length, dtype=bool)
    for cell in cells:
        if not blank.any():
            break
        blank &= pc.is_null(cell).to_numpy()
    return blank


def _joined(parts: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    """Cells joined by a blank, as in first and last name, or date and time.

    Where all of them are empty one is made "": Arrow leaves a row of nothing but nulls out altogether.
    """
    if len(parts) == 1:
        return parts[0]
    missing = [pc.is_null(part) for part in parts]
    nothing = reduce(pc.and_, missing)
    first = pc.if_else(nothing, pa.scalar("", TEXT), parts[0])
    text = pc.binary_join_element_wise(first, *parts[1:], pa.scalar(" ", TEXT), null_handling="skip")
    return emptied(text)


def _without(column: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    return pc.if_else(pc.is_in(column, pa.array(words, TEXT)), pa.scalar(None, TEXT), column)


def _extracted(
    columns: Mapping[str, pa.ChunkedArray], name: str, pattern: re.Pattern[str]
) -> dict[str, pa.ChunkedArray]:
    """Columns taken out of one text by a pattern with named groups; columns the file has itself stay."""
    if name not in columns:
        return dict(columns)
    codes, values = encode(columns[name])
    groups = [found.groupdict() if (found := pattern.fullmatch(value)) else {} for value in values]
    parts = {part: spread(codes, [group.get(part) or None for group in groups]) for part in pattern.groupindex}
    return {**parts, **columns}


def _filled_down(cells: Sequence[pa.ChunkedArray], match: Match) -> list[pa.ChunkedArray]:
    """Blank cells of the layout's columns repeat the cell above; totals and notices neither give nor take."""
    filled = list(cells)
    apart = pa.array(_apart(cells, match))
    for position in {p for name in match.layout.fill_down for p in match.columns.get(name, ())}:
        cell = cells[position]
        repeats_header = pc.equal(cell, match.header.labels[position])
        giver = pc.if_else(pc.or_kleene(apart, repeats_header), pa.scalar(None, TEXT), cell)
        taken = pc.if_else(apart, cell, pc.coalesce(cell, pc.fill_null_forward(giver)))
        filled[position] = pa.chunked_array([taken.combine_chunks()], TEXT)
    return filled


def _more_filled(
    labels: Sequence[str], before: Sequence[pa.ChunkedArray], after: Sequence[pa.ChunkedArray]
) -> dict[str, int]:
    more = (first.null_count - second.null_count for first, second in zip(before, after, strict=True))
    return {label: count for label, count in zip(labels, more, strict=True) if count}


def _apart(cells: Sequence[pa.ChunkedArray], match: Match) -> np.ndarray:
    """Rows that say they are a total, also in place of a date, head a section, or hold next to nothing but a notice."""
    notes = set(match.columns.get("notes", ()))
    texts = [cell for position, cell in enumerate(cells) if position not in notes]
    count = np.sum([pc.is_valid(cell).to_numpy() for cell in cells], axis=0)
    total = np.any([matches_of(text, TOTALS) for text in texts], axis=0)
    notice = np.any([matches_of(text, NOTICES) for text in texts], axis=0)
    for position in match.columns.get("occurred_at", ()):
        total |= matches_of(cells[position], LEADING)
    return total | heads(cells) | (notice & (count <= _FEW_CELLS))
