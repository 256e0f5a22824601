"""Awkward files, built byte by byte: what managers really drop on an upload page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl

HEADER = "occurred_at,desk,activity,candidate,job"
PLAIN = f"""{HEADER}
2026-03-02 09:00,Desk 01,send_out,Avery Sample,Job 1
2026-03-20 16:00,Desk 01,fill,Avery Sample,Job 1
"""


def rows(*lines: str, header: str = HEADER, end: str = "\n") -> str:
    return end.join([header, *lines]) + end


def dated(*days: str) -> str:
    """One send-out a day given, everything else the same."""
    return rows(*(f"{day},Desk 01,send_out,Avery Sample {n:02},Job {n}" for n, day in enumerate(days, 1)))


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_lists(text: str) -> list[list[object]]:
    return [line.split(",") for line in text.splitlines()]


def five_sheets() -> bytes:
    others = {f"Pivot {n}": [["Region", "Total"], ["North", n], ["Grand Total", n]] for n in range(1, 4)}
    return workbook({**others, "Log": as_lists(PLAIN), "Read me": [["This workbook is for the weekly meeting"]]})


def patched(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same workbook with one part changed, as no spreadsheet program would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def last_cell() -> bytes:
    return patched(workbook({"S": [["x"]]}), SHEET, b'r="A1"', b'r="XFD1048576"')


def with_dtd() -> bytes:
    return patched(workbook({"S": as_lists(PLAIN)}), SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')


def inflating(path: Path, size: int = 1 << 30) -> bytes:
    """A workbook of about a megabyte whose sheet inflates to a gigabyte."""
    base = zipfile.ZipFile(io.BytesIO(workbook({"S": as_lists(PLAIN)})))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in base.namelist():
            if name != SHEET:
                target.writestr(name, base.read(name))
        with target.open(SHEET, "w", force_zip64=True) as part:
            part.write(b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>')
            block = b"A" * (1 << 20)
            for _ in range(size // len(block)):
                part.write(block)
    return path.read_bytes()


def document() -> bytes:
    """A word processor's file: a zip of XML as well, but no table."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def password_protected() -> bytes:
    """The shell of an encrypted workbook: an OLE container that names its encrypted part."""
    name = "EncryptedPackage".encode("utf-16-le")
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 1016 + name + b"\0" * 2048


#: Files that no loader takes: case -> (file name, bytes, code of the refusal).
REFUSED = {
    "an empty file": ("empty.csv", b"", "empty_file"),
    "a header and nothing below": ("header.csv", f"{HEADER}\n".encode(), "header_only"),
    "a PDF renamed": ("report.csv", b"%PDF-1.7\n1 0 obj\n", "not_a_table"),
    "a password": ("secret.xlsx", password_protected(), "password_protected"),
    "one cell in the last corner": ("corner.xlsx", last_cell(), "workbook_too_large"),
    "a document type definition": ("dtd.xlsx", with_dtd(), "workbook_unsafe"),
    "no dates": ("dates.csv", b"desk,activity,candidate\nDesk 01,fill,A\n", "no_date_column"),
    "no desk": ("desks.csv", b"occurred_at,activity,candidate\n2026-03-02,fill,A\n", "no_desk_column"),
    "no activity": ("what.csv", b"occurred_at,desk,candidate\n2026-03-02,Desk 01,A\n", "no_activity_column"),
    "dates that read both ways": ("both.csv", dated("03/04/2026", "05/06/2026").encode(), "date_order_ambiguous"),
}
