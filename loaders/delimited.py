"""Delimited text to a table of text: encoding, delimiter, quoting and ragged rows, with nothing interpreted.

Arrow's reader does the work. Records that do not have the usual width (titles, totals, a stray comma) are handed over
by it one at a time, read with the csv module and put back in their places; a file Arrow cannot read goes through the
csv module as a whole.
"""

from __future__ import annotations

import codecs
import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import pyarrow as pa
import pyarrow.csv as pa_csv

from loaders.content import not_a_table
from loaders.refusal import refuse

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x1f"
SAMPLE_CHARACTERS = 256 * 1024
SAMPLE_RECORDS = 200
MOST_COLUMNS = 1000
MOST_CELLS = 100_000_000
MOST_ODD_RECORDS = 50_000
BLOCK = 4 * 1024 * 1024

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A delimited file as it was read: columns named "0", "1", ..., every value text."""

    table: pa.Table
    encoding: str
    delimiter: str | None
    notes: tuple[str, ...]


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
    delimiter, width = (declared, 0) if declared else guess_delimiter(sample)
    if not width:
        width = _usual_width(_widths(sample, delimiter or NO_DELIMITER))
    table = _read_fast(utf8, delimiter or NO_DELIMITER, width)
    if table is None:
        table = _read_slow(utf8, delimiter or NO_DELIMITER)
    return Text(table, encoding, delimiter, notes + _check_end(utf8, table, delimiter or NO_DELIMITER))


def to_utf8(data: bytes) -> tuple[bytes, str, tuple[str, ...]]:
    """Find the encoding and recode to UTF-8 without a byte-order mark: (bytes, encoding, notes)."""
    encoding = _encoding_of(data)
    if encoding in ("ascii", "utf-8"):
        return _without_control_z(data), "utf-8", ()
    if encoding == "utf-8-sig":
        return _without_control_z(data[len(codecs.BOM_UTF8) :]), encoding, ()
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    lost = text.count("\ufffd")
    notes = (f"{lost} characters could not be read as {encoding} and are shown as \ufffd.",) if lost else ()
    return _without_control_z(text.encode("utf-8")), encoding, notes


def _without_control_z(data: bytes) -> bytes:
    return data.rstrip(b"\x1a") if data.endswith(b"\x1a") else data


def _encoding_of(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding
    if b"\x00" in data:
        return _utf16_without_bom(data)
    if data.isascii():
        return "ascii"
    return "utf-8" if _is_utf8(data) else "cp1252"


def _utf16_without_bom(data: bytes) -> str:
    """Latin text in UTF-16 has a zero in every other byte; zeros anywhere else are no text at all."""
    head = data[:4096]
    half = max(1, len(head) // 2)
    zeros_even, zeros_odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if zeros_odd > 0.5 and zeros_even < 0.1:
        return "utf-16-le"
    if zeros_even > 0.5 and zeros_odd < 0.1:
        return "utf-16-be"
    raise not_a_table("a program's binary file")


def _is_utf8(data: bytes) -> bool:
    """Decode in pieces, since one string of a large file would cost up to four times its size."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), BLOCK):
            decoder.decode(data[start : start + BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _cut_declaration(utf8: bytes) -> tuple[bytes, str | None]:
    """Drop the line ``sep=;`` that tells a spreadsheet program the delimiter; it is not a row there either."""
    line = utf8[:16].partition(b"\n")[0]
    marker = line.strip().strip(b'"').lower()
    if marker[:4] == b"sep=" and len(marker) == 5:
        return utf8[len(line) + 1 :], marker[4:].decode("ascii", errors="replace")
    return utf8, None


def guess_delimiter(sample: str) -> tuple[str | None, int]:
    """Choose the delimiter that gives most records the same number of cells: (delimiter or None, that number)."""
    found = {delimiter: _agreement(_widths(sample, delimiter)) for delimiter in DELIMITERS}
    best = max(found, key=lambda delimiter: found[delimiter][0])
    score, width = found[best]
    return (best, width) if score > 0 else (None, 1)


def _widths(sample: str, delimiter: str) -> list[int]:
    try:
        records = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        return [len(record) for record in islice(records, SAMPLE_RECORDS) if any(record)]
    except csv.Error:
        return []


def _agreement(widths: Sequence[int]) -> tuple[float, int]:
    """Records of the commonest width above one, weighed a little towards wider tables."""
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0, 1
    width, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return count * (1 - 1 / width), width


def _usual_width(widths: Sequence[int]) -> int:
    return _agreement(widths)[1]


def _read_fast(utf8: bytes, delimiter: str, width: int) -> pa.Table | None:
    """Arrow's reader; None where it gives up. On one thread, because only then odd records come with their number."""
    odd: list[_OddRecord] = []

    def set_aside(row: pa_csv.InvalidRow) -> str:
        odd.append(_OddRecord(row.number - 1, _cells_of(row.text, delimiter)))
        return "skip" if len(odd) < MOST_ODD_RECORDS else "error"

    names = [str(index) for index in range(width)]
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(utf8),
            pa_csv.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK),
            pa_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=b'"' in utf8,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return _put_back(table, odd)


def _cells_of(record: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])


def _put_back(table: pa.Table, odd: list[_OddRecord]) -> pa.Table:
    """Insert the odd records where they stood, widening the table for the longest of them."""
    if not odd:
        return table
    width = max(table.num_columns, *(len(record.cells) for record in odd))
    table = _widen(table, width)
    pieces, taken = [], 0
    # Before the n-th odd record stand as many usual ones as its number is larger than n: the same for neighbours.
    for usual, group in groupby(enumerate(odd), key=lambda item: item[1].number - item[0]):
        pieces += [table.slice(taken, usual - taken), to_table([record.cells for _, record in group], width)]
        taken = usual
    joined = pa.concat_tables([*pieces, table.slice(taken)])
    return joined.combine_chunks() if len(pieces) > 100 else joined


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


def _read_slow(utf8: bytes, delimiter: str) -> pa.Table:
    csv.field_size_limit(2**31 - 1)
    records = list(csv.reader(io.StringIO(utf8.decode("utf-8"), newline=""), delimiter=delimiter))
    return to_table(records, max(map(len, records), default=0))


def _check_end(utf8: bytes, table: pa.Table, delimiter: str) -> tuple[str, ...]:
    """Notice a quotation mark that is still open at the end: a cut-off last cell, or one that swallowed rows."""
    last = next((text for text in _last_row_backwards(table) if text), "")
    if not last or not utf8.endswith(b'"' + last.replace('"', '""').encode("utf-8")):
        return ()
    swallowed = last.splitlines()[1:]
    usual = max(1, math.ceil(table.num_columns / 2))
    if any(line.count(delimiter) >= usual for line in swallowed):
        row = table.num_rows
        raise refuse(
            "unclosed_quote",
            f"A quotation mark opened in row {row:,} is never closed, so the rows after it cannot be told apart.",
            f"Mend or remove the quotation mark in row {row:,} and choose the file again.",
        )
    return (f"The file ends inside a quoted cell: the last cell of row {table.num_rows:,} may be cut off.",)


def _last_row_backwards(table: pa.Table) -> Iterable[str]:
    if table.num_rows:
        yield from (column[-1].as_py() for column in reversed(table.columns))
