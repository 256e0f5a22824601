"""Files that are looked at before anything is decided."""

from __future__ import annotations

from pathlib import Path

from loaders import Options, read_raw
from loaders.inspection import Inspection, inspect

FILES = Path(__file__).parent / "files"
UNKNOWN = """Wann,Wer,Was,Ergebniss,Talent Name,Recruter,Telefon Number
03/04/2026 09:40,Desk 01,Recruter Call,No Answer,Avery Sample,Casey Desk,555 0100
03/04/2026 09:50,Desk 01,CV Sent,,Avery Sample,Casey Desk,555 0101
04/05/2026 10:50,Desk 02,Sendout,blue,Blake Sample,Jo Desk,
04/05/2026 11:50,Desk 02,cv sent,yes,Blake Sample,Jo Desk,
06/07/2026 11:50,Desk 01,CV  SENT,,Avery Sample,Jo Desk,
06/07/2026 11:50,Desk 01,Huh,,Avery Sample,Casey Desk,
"""


def seen(text: str, vocabulary: str | None = None, **options: object) -> Inspection:
    return inspect(read_raw(text.encode(), "x.csv"), Options(**options), vocabulary)


def fields(found: Inspection) -> dict[str, tuple[str | None, str]]:
    return {column.header: (column.field, column.how) for column in found.columns}
