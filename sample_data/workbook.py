"""The placements as a workbook: the log on one sheet, a page of notes beside it."""

from __future__ import annotations

import io
import re
import zipfile

import pyarrow as pa
from openpyxl import Workbook

from sample_data.files import OWN_COLUMNS

NOTES = (
    ("About this workbook",),
    ("Activities of the sample firm, one a row, as its placements system keeps them.",),
    ("Every name in it is made up.",),
)
#: A workbook names the moment it was written; a fixed one keeps the bytes the same.
WRITTEN = (2026, 1, 1, 0, 0, 0)


def workbook(log: pa.Table, sheet: str = "Placements") -> bytes:
    """An XLSX with the rows of the log on the named sheet (dates as dates) and the sheet "Notes"."""
    book = Workbook(write_only=True)
    rows = book.create_sheet(sheet)
    rows.append(OWN_COLUMNS)
    for row in zip(*(log[name].to_pylist() for name in OWN_COLUMNS), strict=True):
        rows.append(row)
    notes = book.create_sheet("Notes")
    for line in NOTES:
        notes.append(line)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _without_clock(content: bytes) -> bytes:
    """The same archive with one fixed moment wherever the time of writing stood."""
    out = io.BytesIO()
    stamp = "{}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*WRITTEN).encode()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, part)
            new.writestr(zipfile.ZipInfo(name, WRITTEN), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
