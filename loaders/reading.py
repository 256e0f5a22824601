"""Files to tables of text: the first step of a load, which interprets nothing.

What kind of file it is shows in its bytes, never in its name alone. Every cell is text, "NA" and "None" included; an
empty cell is "". Only blanks around a cell are removed and blank rows and columns at the end of a table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from loaders.content import EXPORT_AGAIN, Kind, recognise_content
from loaders.delimited import read_text
from loaders.html_table import read_html
from loaders.refusal import refuse
from loaders.tidy import tidy_cells
from loaders.workbook import Worksheet, read_workbook

#: Blanks, line ends, zeros and the bytes of byte-order marks: stops at the first byte of anything else.
NOTHING = re.compile(rb"[ \t\r\n\x00\xef\xbb\xbf\xff\xfe]*")

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file. ``cells`` has columns 0..n-1 of text and every record, titles and blank rows included.

    Record i is row i + 1 as a person sees it in a spreadsheet program, or the row ``numbers`` says where the records
    were taken out of another file. ``name`` is None where the file is text.
    """

    name: str | None
    cells: pd.DataFrame
    numbers: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as it was read: ``digest`` is the SHA-256 of its bytes, ``notes`` say what was odd, in sentences."""

    name: str
    digest: str
    kind: Kind
    encoding: str | None
    delimiter: str | None
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]


def read_raw(source: Path | bytes, name: str, progress: Progress | None = None) -> RawFile:
    """Read a CSV, XLSX, XLSM, XLS or ODS file, or a web page saved under such a name, into tables of text.

    ``progress`` is told what is being done and the share of it that is done, 0 to 1. Dates of workbooks come as
    ``YYYY-MM-DD``, with ``HH:MM:SS`` after a space unless the time is midnight; whole numbers without ".0".
    Raises ``RefusedError`` with one of ``empty_file``, ``not_a_table``, ``wrong_extension``, ``unclosed_quote``,
    ``file_too_wide``, ``password_protected``, ``workbook_too_large``, ``workbook_unsafe``, ``workbook_unreadable``.
    """
    tell = progress or (lambda _what, _share: None)
    tell("Reading", 0.0)
    data = source if isinstance(source, bytes) else source.read_bytes()
    if NOTHING.fullmatch(data):
        raise _empty()
    digest = hashlib.sha256(data).hexdigest()
    kind = recognise_content(data, name)
    tell("Reading", 0.2)
    read = {"csv": _read_text, "html": _read_html}.get(kind, partial(_read_workbook, kind=kind))
    raw = read(data, name, digest)
    tell("Reading", 1.0)
    if all(sheet.cells.empty for sheet in raw.sheets):
        raise _empty()
    return raw


def _empty() -> Exception:
    return refuse("empty_file", "The file is empty.", EXPORT_AGAIN)


def _read_text(data: bytes, name: str, digest: str) -> RawFile:
    text = read_text(data)
    sheet = Sheet(None, tidy_cells(text.table))
    return RawFile(name, digest, "csv", text.encoding, text.delimiter, (sheet,), text.notes)


def _read_html(data: bytes, name: str, digest: str) -> RawFile:
    table, encoding = read_html(data)
    notes = ("The file is a web page with a table, whatever it is called; links and pictures in it were left out.",)
    return RawFile(name, digest, "html", encoding, None, (Sheet(None, tidy_cells(table)),), notes)


def _read_workbook(data: bytes, name: str, digest: str, kind: Kind) -> RawFile:
    worksheets = read_workbook(data, kind)
    sheets = tuple(Sheet(sheet.name, tidy_cells(sheet.table)) for sheet in worksheets)
    return RawFile(name, digest, kind, None, None, sheets, tuple(_notes(worksheets)))


def _notes(worksheets: tuple[Worksheet, ...]) -> Iterator[str]:
    for sheet in worksheets:
        if sheet.hidden:
            yield f"Sheet {sheet.name} is hidden in the workbook."
        if sheet.merged:
            yield f"Sheet {sheet.name} has merged cells ({sheet.merged}): only the first cell of each holds its value."
