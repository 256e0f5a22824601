"""Delimited text to a table of text: encoding, delimiter, quoting and ragged rows, with nothing interpreted.

Arrow's reader does the work. Records that do not have the usual width (titles, totals, a stray comma) are handed over
by it one at a time, read with the csv module and put back in their places; a file Arrow cannot read goes through the
csv module as a whole.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from loaders.encoding import to_utf8
from loaders.refusal import refuse

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x1f"
SAMPLE_CHARACTERS = 256 * 1024
SAMPLE_RECORDS = 200
MOST_COLUMNS = 1000
MOST_CELLS = 100_000_000
MOST_ODD_RECORDS = 500_000
BLOCK = 1024 * 1024
LONGEST_BLANK_END = 4096


@dataclass(frozen=True, slots=True)
class Text:
    """A delimited file as it was read: columns named "0", "1", ..., every value text."""

    table: pa.Table
    encoding: str
    delimiter: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    delimiter: str
    width: int

    @property
    def whole_line(self) -> str:
        """A pattern for a line inside a cell that has as many delimiters as a whole record."""
        mark = re.escape(self.delimiter)
        return rf"\n(?:[^\n{mark}]*{mark}){{{max(1, self.width - 1)}}}"


@dataclass(frozen=True, slots=True)
class _OddRecord:
    number: int
    cells: list[str]


def read_text(data: bytes) -> Text:
    """Read delimited text.

    Raises ``RefusedError`` with ``not_a_table`` (binary), ``unclosed_quote`` or ``file_too_wide``.
    """
    utf8, encoding, notes = to_utf8(data)
    sample = utf8[:SAMPLE_CHARACTERS].decode("utf-8", errors="ignore")
    utf8, declared = _cut_declaration(utf8)
    delimiter, width = guess_delimiter(sample, (declared,) if declared else DELIMITERS)
    shape = _Shape(delimiter or NO_DELIMITER, width)
    table = _read_fast(utf8, shape)
    if table is None:
        table = _read_slow(utf8, shape)
    _check_swallowed_end(utf8, table, shape)
    return Text(table, encoding, delimiter, (*notes, *_odd_quotes(utf8, table, shape)))


def _cut_declaration(utf8: bytes) -> tuple[bytes, str | None]:
    """Drop the line ``sep=;`` that tells a spreadsheet program the delimiter; it is not a row there either."""
    line = utf8[:16].partition(b"\n")[0]
    marker = line.strip().strip(b'"').lower()
    if marker[:4] == b"sep=" and len(marker) == 5:
        return utf8[len(line) + 1 :], marker[4:].decode("ascii", errors="replace")
    return utf8, None


def guess_delimiter(sample: str, among: Sequence[str] = DELIMITERS) -> tuple[str | None, int]:
    """Choose the delimiter that gives most records the same number of cells: (delimiter or None, that number)."""
    found = {delimiter: _agreement(_widths(sample, delimiter)) for delimiter in among}
    best = max(found, key=lambda delimiter: found[delimiter][0])
    score, width = found[best]
    return (best, width) if score > 0 else (None, 1)


def _widths(sample: str, delimiter: str) -> list[int]:
    try:
        records = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        return [len(record) for record in islice(records, SAMPLE_RECORDS) if record]
    except csv.Error:
        return []


def _agreement(widths: Sequence[int]) -> tuple[float, int]:
    """Records of the commonest width above one, weighed a little towards wider tables."""
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0, 1
    width, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return count * (1 - 1 / width), width


def _read_fast(utf8: bytes, shape: _Shape) -> pa.Table | None:
    """Arrow's reader; None where it gives up. Odd records come with their number on a single thread only."""
    for threads in (True, False):
        odd: list[_OddRecord] = []

        def set_aside(row: pa_csv.InvalidRow, odd: list[_OddRecord] = odd) -> str:
            if row.number is None or len(odd) == MOST_ODD_RECORDS:
                return "error"
            odd.append(_OddRecord(row.number - 1, _cells_of(row.text, shape.delimiter)))
            return "skip"

        with suppress(pa.ArrowInvalid):
            return _put_back(_read_regular(utf8, shape, set_aside, threads), odd)
    return None


def _read_regular(utf8: bytes, shape: _Shape, set_aside: Callable[[pa_csv.InvalidRow], str], threads: bool) -> pa.Table:
    names = [str(index) for index in range(shape.width)]
    return pa_csv.read_csv(
        pa.BufferReader(utf8),
        pa_csv.ReadOptions(column_names=names, use_threads=threads, block_size=BLOCK),
        pa_csv.ParseOptions(
            delimiter=shape.delimiter,
            newlines_in_values=b'"' in utf8,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False, check_utf8=False
        ),
    )


def _cells_of(record: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])


def _put_back(table: pa.Table, odd: list[_OddRecord]) -> pa.Table:
    """Insert the odd records where they stood, widening the table for the longest of them."""
    if not odd:
        return table
    width = max(table.num_columns, *(len(record.cells) for record in odd))
    usual, odd_rows = _widen(table, width), to_table([record.cells for record in odd], width)
    is_odd = np.zeros(usual.num_rows + odd_rows.num_rows, bool)
    is_odd[[record.number for record in odd]] = True
    # The n-th odd record of the file is row n behind all usual ones, the n-th usual one is row n.
    order = np.where(is_odd, usual.num_rows + np.cumsum(is_odd) - 1, np.cumsum(~is_odd) - 1)
    return pa.concat_tables([usual, odd_rows]).take(pa.array(order))


def _widen(table: pa.Table, width: int) -> pa.Table:
    check_size(table.num_rows, width)
    blank = pa.repeat(pa.scalar("", pa.large_string()), table.num_rows) if table.num_columns < width else None
    for index in range(table.num_columns, width):
        table = table.append_column(str(index), blank)
    return table


def to_table(records: Sequence[Sequence[str]], width: int) -> pa.Table:
    """Rows of cells to a table of text, short rows padded with empty cells."""
    check_size(len(records), width)
    padded = [list(record) + [""] * (width - len(record)) for record in records]
    columns: Iterable[Sequence[str]] = zip(*padded, strict=True) if padded else [[]] * width
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    return pa.Table.from_arrays(arrays, [str(index) for index in range(width)])


def check_size(rows: int, columns: int) -> None:
    """Raise ``file_too_wide`` before a single long row makes every other row as long."""
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        reason = f"The file has {columns:,} columns and {rows:,} rows, more than can be read."
        raise refuse("file_too_wide", reason, "Look for a row with far too many separators, or export fewer columns.")


def _read_slow(utf8: bytes, shape: _Shape) -> pa.Table:
    csv.field_size_limit(2**31 - 1)
    records = list(csv.reader(io.StringIO(utf8.decode("utf-8"), newline=""), delimiter=shape.delimiter))
    return to_table(records, max(map(len, records), default=0))


def _check_swallowed_end(utf8: bytes, table: pa.Table, shape: _Shape) -> None:
    """Refuse a file whose rows vanished in a cell, because its quotation mark is never closed."""
    if _ends_open(utf8, table) and re.search(shape.whole_line, _last_text(table)):
        row = table.num_rows
        raise refuse(
            "unclosed_quote",
            f"A quotation mark opened in row {row:,} is never closed, so the rows after it cannot be told apart.",
            f"Mend or remove the quotation mark in row {row:,} and choose the file again.",
        )


def _odd_quotes(utf8: bytes, table: pa.Table, shape: _Shape) -> Iterator[str]:
    if _ends_open(utf8, table):
        yield f"The file ends inside a quoted cell: the last cell of row {table.num_rows:,} may be cut off."
    if b'"' in utf8 and utf8.count(b"\n") > table.num_rows:
        found = (pc.index(pc.match_substring_regex(column, shape.whole_line), True).as_py() for column in table.columns)
        rows = sorted({index + 1 for index in found if index >= 0})
        yield from (
            f"A cell of row {row:,} holds what looks like whole rows: is a quotation mark open?" for row in rows
        )


def _ends_open(utf8: bytes, table: pa.Table) -> bool:
    """Whether the file stops inside a quoted cell: then its end is that cell, with no quotation mark after it."""
    last = _last_text(table).rstrip("\r\n")
    open_cell = b'"' + last.replace('"', '""').encode("utf-8")
    end = utf8[-len(open_cell) - LONGEST_BLANK_END :].rstrip(b"\r\n")
    return bool(last) and end.endswith(open_cell)


def _last_text(table: pa.Table) -> str:
    """The last cell that is not empty of the last record."""
    cells = (column[-1].as_py() for column in reversed(table.columns)) if table.num_rows else ()
    return next(filter(None, cells), "")
