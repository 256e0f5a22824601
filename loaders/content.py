"""What a file is, told from its bytes: extensions lie, first bytes rarely do."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from loaders.refusal import RefusedError, refuse

Kind = Literal["csv", "xlsx", "xls", "ods", "html"]

EXPORT_AGAIN = "Export it again as .csv or .xlsx and choose that file."
SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx or .csv."
UNLOCK_FIRST = "Open it with the password, save it without one (File > Info > Protect), and choose that file."

#: First bytes -> what a person calls such a file.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
)

#: Part inside a zip archive -> what the archive is.
ZIP_CONTENTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
)

#: Stream inside an OLE container -> what it is. The names are stored as UTF-16.
OLE_CONTENTS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "an old Word document"),
    ("PowerPoint Document", "an old PowerPoint presentation"),
    ("__substg1.0_", "an Outlook message"),
)

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|meta|table|\?xml)", re.IGNORECASE)

TABLE_ROW = re.compile(rb"<tr[\s>]", re.IGNORECASE)

TEXT_EXTENSIONS = frozenset({"", ".csv", ".tsv", ".tab", ".txt", ".dat", ".prn", ".xls", ".xlsx", ".xlsm", ".ods"})


def recognise_content(data: bytes, name: str) -> Kind:
    """Tell which of the five readable kinds the bytes are.

    Text of any sort is ``csv`` whatever separates its cells, a web page with a table ``html``. Raises ``RefusedError``
    with ``not_a_table``, ``password_protected``, ``workbook_unreadable`` or ``wrong_extension`` (text whose name says
    it is something else).
    """
    if data.startswith(ZIP_MAGIC):
        return _zip_kind(data)
    if data.startswith(OLE_MAGIC):
        return _ole_kind(data)
    _check_not_foreign(data)
    if _is_markup(data):
        return "html"
    _check_extension(name)
    return "csv"


def not_a_table(looks_like: str, fix: str = EXPORT_AGAIN) -> RefusedError:
    """The error for a file that is something else entirely."""
    return refuse("not_a_table", f"This is not a table: it looks like {looks_like}.", fix)


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = _mimetype(archive, names)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise refuse("workbook_unreadable", "The workbook is damaged or was cut off.", EXPORT_AGAIN) from error
    if mimetype.startswith(ODS_TYPE):
        return "ods"
    if "[Content_Types].xml" in names and any(re.fullmatch(r"xl/workbook\d*\.xml", part) for part in names):
        return "xlsx"
    raise not_a_table(next((what for part, what in ZIP_CONTENTS if part in names), "a zip archive"), SAVE_AS)


def _mimetype(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    if "mimetype" not in names or archive.getinfo("mimetype").flag_bits & 1:
        return b""
    with archive.open("mimetype") as part:
        return part.read(len(ODS_TYPE))


def _ole_kind(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse("password_protected", "The workbook is protected with a password.", UNLOCK_FIRST)
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    looks_like = (what for stream, what in OLE_CONTENTS if stream.encode("utf-16-le") in data)
    raise not_a_table(next(looks_like, "an old Office document"), SAVE_AS)


def _check_not_foreign(data: bytes) -> None:
    for signature, looks_like in SIGNATURES:
        if data.startswith(signature):
            raise not_a_table(looks_like)


def _is_markup(data: bytes) -> bool:
    """Whether this is a web page with rows of a table; other markup is refused."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    if not MARKUP.match(head):
        return False
    if not TABLE_ROW.search(data.replace(b"\x00", b"")):
        raise not_a_web_table()
    return True


def not_a_web_table() -> RefusedError:
    """The error for markup that holds no table."""
    return not_a_table("a web page or XML, as some systems name .xls", SAVE_AS)


def _check_extension(name: str) -> None:
    extension = PurePath(name).suffix.lower()
    if extension not in TEXT_EXTENSIONS:
        reason = f"Files ending in {extension} are not read."
        raise refuse("wrong_extension", reason, "Choose the .csv, .xlsx, .xlsm, .xls or .ods file of the export.")
