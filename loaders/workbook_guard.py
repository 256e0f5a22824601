"""Looks at a workbook's zip archive before anything parses it, so that a hostile or broken one costs next to nothing.

A 2 KB workbook can ask a parser for terabytes: by one cell in the last corner of the sheet, by parts that inflate a
thousandfold, by entities that expand. All three show in the bytes. Sizes declared in the archive are not believed;
every part is inflated in small pieces and counted.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from loaders.content import EXPORT_AGAIN, UNLOCK_FIRST
from loaders.refusal import RefusedError, refuse

MOST_PARTS = 2000
MOST_INFLATED = 300 * 1024 * 1024
#: Sheets of real exports shrink ten- to fortyfold; the limit holds only for parts that are large when inflated.
MOST_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024
#: A sheet is held as a full rectangle, whatever is in it: a million rows of twenty columns fit.
MOST_CELLS = 20 * 1024 * 1024
SHEET_ROWS = 1_048_576
FEED = 64 * 1024
PIECE = 1024 * 1024
LONGEST_TAG = 256

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
DECLARATIONS = tuple(word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le"))

# A reference counts when its cell holds something: neither <c r="XFD9"/> nor <c r="XFD9"></c>.
_REST_OF_FILLED_CELL = rb"[\"'][^>/]*>\s*<[^/]"
#: Columns from T on: with fewer than 20 columns no number of rows makes a sheet too large.
WIDE = re.compile(rb"\sr=[\"']([T-Z]|[A-Z]{2,3})\d{1,7}" + _REST_OF_FILLED_CELL)
DEEP = re.compile(rb"\sr=[\"'][A-Z]{1,3}(\d{1,7})" + _REST_OF_FILLED_CELL)

SPLIT_UP = "Export a shorter period, or save the sheet you need as .csv, and choose that file."


def check_archive(data: bytes) -> None:
    """Raise ``RefusedError`` unless the workbook is safe to hand to a parser.

    Codes: ``workbook_too_large`` (parts, inflated size, ratio, rectangle of a sheet), ``workbook_unsafe`` (document
    type or entity declared), ``password_protected``, ``workbook_unreadable`` (damaged archive).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _unreadable() from error
    if len(parts) > MOST_PARTS:
        raise too_large(f"it has {len(parts):,} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise refuse("password_protected", "The workbook is protected with a password.", UNLOCK_FIRST)
    _check_parts(data, parts)


def too_large(why: str) -> RefusedError:
    """The error for a workbook that would take too much memory or time: ``why`` completes "too large: ..."."""
    return refuse("workbook_too_large", f"The workbook is too large to be read: {why}.", SPLIT_UP)


def _unreadable() -> RefusedError:
    return refuse("workbook_unreadable", "The workbook is damaged or was cut off.", EXPORT_AGAIN)


def _check_parts(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    total = 0
    for part in parts:
        widest, size = b"", 0
        for piece in _windows(data, part):
            size += len(piece)
            _check_size(part, size, total + size)
            _check_declarations(piece)
            widest = max([widest, *WIDE.findall(piece)], key=_column_order)
        total += size
        if widest and SHEET.fullmatch(part.filename):
            _check_rectangle(data, part, _column_number(widest))


def _check_size(part: zipfile.ZipInfo, size: int, total: int) -> None:
    if total > MOST_INFLATED:
        raise too_large(f"it unpacks to more than {MOST_INFLATED // 1024 // 1024} MB")
    if size > RATIO_FROM and size > MOST_RATIO * max(1, part.compress_size):
        raise too_large(f"a part of it unpacks to more than {MOST_RATIO} times its size")


def _check_declarations(piece: bytes) -> None:
    if any(word in piece for word in DECLARATIONS):
        raise refuse(
            "workbook_unsafe",
            "The workbook declares a document type, which no spreadsheet program does.",
            "Open it in a spreadsheet program, save it as a new .xlsx, and choose that file.",
        )


def _check_rectangle(data: bytes, part: zipfile.ZipInfo, columns: int) -> None:
    """A sheet with a wide row: only then is it worth looking through it again for its last row."""
    rows = max((int(row) for piece in _windows(data, part) for row in DEEP.findall(piece)), default=0)
    if rows * columns > MOST_CELLS:
        raise too_large(f"a sheet has values as far as row {rows:,} and column {columns:,}")


def _column_order(letters: bytes) -> tuple[int, bytes]:
    return len(letters), letters


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _windows(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The inflated part in pieces that overlap by one tag, so that no tag is cut in two unseen."""
    tail = b""
    for piece in _inflate(data, part):
        yield tail + piece
        tail = piece[-LONGEST_TAG:]


def _inflate(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = memoryview(data)[_start_of(data, part) :][: part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[start : start + PIECE]) for start in range(0, len(packed), PIECE))
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise _unreadable()
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), FEED):
            rest: bytes | memoryview = packed[start : start + FEED]
            while rest and not inflater.eof:
                yield inflater.decompress(rest, PIECE)
                rest = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise _unreadable() from error
    if not inflater.eof:
        raise _unreadable()


def _start_of(data: bytes, part: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin: the local header has its own, possibly different, name and extra field."""
    header = data[part.header_offset : part.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise _unreadable()
    return part.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
