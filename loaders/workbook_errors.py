"""Formula errors of an XLSX workbook, such as #REF!, which the parser hands over as empty cells."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from loaders.archive import list_parts, windows
from loaders.workbook_guard import column_number

CELL = re.compile(
    rb'<c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
SHEET = re.compile(r"<sheet\s[^>]*>")
RELATIONSHIP = re.compile(r"<Relationship\s[^>]*>")


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that holds an error; row and column count from 0."""

    sheet: str
    row: int
    column: int
    text: str


def find_error_cells(data: bytes, parts: Sequence[zipfile.ZipInfo]) -> tuple[ErrorCell, ...]:
    """The error cells of these parts of the archive, as far as they are sheets."""
    if not parts:
        return ()
    names = _sheet_names(data)
    found = {
        ErrorCell(names[part.filename], int(row) - 1, column_number(column) - 1, text.decode("utf-8", errors="replace"))
        for part in parts
        if part.filename in names
        for piece in windows(data, part)
        for column, row, text in CELL.findall(piece)
    }
    return tuple(found)


def _sheet_names(data: bytes) -> dict[str, str]:
    """Part of the archive -> name of the sheet."""
    links = RELATIONSHIP.findall(_text(data, "xl/_rels/workbook.xml.rels"))
    targets = {_attribute(link, "Id"): str(PurePosixPath("/xl", _attribute(link, "Target")))[1:] for link in links}
    sheets = SHEET.findall(_text(data, "xl/workbook.xml"))
    return {targets.get(_attribute(sheet, r"\w+:id"), ""): _attribute(sheet, "name") for sheet in sheets}


def _text(data: bytes, name: str) -> str:
    pieces = (b"".join(windows(data, part, overlap=0)) for part in list_parts(data) if part.filename == name)
    return next(pieces, b"").decode("utf-8", errors="replace")


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}=[\"']([^\"']*)", tag)
    return html.unescape(found[1]) if found else ""
