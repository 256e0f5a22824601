"""Looks at a workbook's zip archive before anything parses it, so that a hostile or broken one costs next to nothing.

A 2 KB workbook can ask a parser for terabytes: by one cell in the last corner of the sheet, by parts that inflate a
thousandfold, by entities that expand. All three show in the bytes. Sizes declared in the archive are not believed;
every part is inflated in small pieces and counted.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from loaders.archive import list_parts, windows
from loaders.content import UNLOCK_FIRST
from loaders.refusal import RefusedError, refuse

MOST_PARTS = 2000
MOST_INFLATED = 300 * 1024 * 1024
#: Sheets of real exports shrink ten- to fortyfold; the limit holds only for parts that are large when inflated.
MOST_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024
#: A sheet is held as a full rectangle, whatever is in it: twelve columns of the 1,048,576 rows a sheet can have.
MOST_CELLS = 12 * 1_048_576

DOCUMENT_TYPE = b"<!DOCTYPE"
ERROR = b' t="e"'

# A reference counts when its cell holds something: neither <c r="XFD9"/> nor <c r="XFD9"></c>.
_REST_OF_FILLED_CELL = rb"[\"'][^>/]*>\s*<[^/]"
#: Columns from M on: with twelve columns no number of rows makes a sheet too large.
WIDE = re.compile(rb"\sr=[\"']([M-Z]|[A-Z]{2,3})\d{1,7}" + _REST_OF_FILLED_CELL)
DEEP = re.compile(rb"\sr=[\"'][A-Z]{1,3}(\d{1,7})" + _REST_OF_FILLED_CELL)

SPLIT_UP = "Export a shorter period, or save the sheet you need as .csv, and choose that file."


def check_archive(data: bytes) -> tuple[zipfile.ZipInfo, ...]:
    """Raise ``RefusedError`` unless the workbook is safe to hand to a parser; return the parts with error cells.

    Codes: ``workbook_too_large`` (parts, inflated size, ratio, rectangle of a sheet), ``workbook_unsafe`` (document
    type declared), ``password_protected``, ``workbook_unreadable`` (damaged archive).
    """
    parts = list_parts(data)
    if len(parts) > MOST_PARTS:
        raise too_large(f"it has {len(parts):,} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise refuse("password_protected", "The workbook is protected with a password.", UNLOCK_FIRST)
    _check_total(sum(part.file_size for part in parts))
    return tuple(_check_parts(data, parts))


def too_large(why: str) -> RefusedError:
    """The error for a workbook that would take too much memory or time: ``why`` completes "too large: ..."."""
    return refuse("workbook_too_large", f"The workbook is too large to be read: {why}.", SPLIT_UP)


def _check_parts(data: bytes, parts: list[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    total = 0
    for part in parts:
        widest, size, errors = b"", 0, False
        for piece in windows(data, part):
            size += len(piece)
            _check_size(part, size, total + size)
            _check_no_document_type(piece)
            errors = errors or ERROR in piece
            widest = max([widest, *WIDE.findall(piece)], key=_column_order)
        total += size
        if widest:
            _check_rectangle(data, part, column_number(widest))
        if errors:
            yield part


def _check_size(part: zipfile.ZipInfo, size: int, total: int) -> None:
    _check_total(total)
    if size > RATIO_FROM and size > MOST_RATIO * max(1, part.compress_size):
        raise too_large(f"a part of it unpacks to more than {MOST_RATIO} times its size")


def _check_total(total: int) -> None:
    if total > MOST_INFLATED:
        raise too_large(f"it unpacks to more than {MOST_INFLATED // 1024 // 1024} MB")


def _check_no_document_type(piece: bytes) -> None:
    if DOCUMENT_TYPE in piece:
        raise refuse(
            "workbook_unsafe",
            "The workbook declares a document type, which no spreadsheet program does.",
            "Open it in a spreadsheet program, save it as a new .xlsx, and choose that file.",
        )


def _check_rectangle(data: bytes, part: zipfile.ZipInfo, columns: int) -> None:
    """Only a sheet with a wide row is worth looking through again for its last row."""
    rows = max((int(row) for piece in windows(data, part) for row in DEEP.findall(piece)), default=0)
    if rows * columns > MOST_CELLS:
        raise too_large(f"a sheet has values as far as row {rows:,} and column {columns:,}")


def _column_order(letters: bytes) -> tuple[int, bytes]:
    return len(letters), letters


def column_number(letters: bytes) -> int:
    """Column A is 1; no letters are 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
