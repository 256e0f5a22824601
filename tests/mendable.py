"""A small file with rows to mend, and its workbook as somebody changes it."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import openpyxl
import pandas as pd

from loaders import Loaded, Options, load
from loaders.mending import ROWS, mending_workbook

HEAD = "occurred_at,desk,activity,candidate,notes"
WRONG = f"""{HEAD}
03/25/2026,Desk 01,send_out,Avery Sample,first
someday,Desk 01,send_out,Blake Sample,second
03/26/2026,,fill,Casey Sample,third
03/27/2026,Desk 02,mystery,Drew Sample,fourth
"""
RIGHT = (
    WRONG.replace("someday", "03/28/2026").replace("03/26/2026,,", "03/26/2026,Desk 02,").replace("mystery", "send_out")
)
#: What makes the three rows of its workbook right.
MENDED = {"C2": "03/28/2026", "D3": "Desk 02", "E4": "send_out"}


def problems(loaded: Loaded) -> pd.DataFrame:
    columns = ["row", "column", "value", "code", "problem", "fix"]
    return pd.DataFrame([asdict(one) for one in loaded.report.problems], columns=columns)


def workbook(loaded: Loaded) -> bytes:
    return mending_workbook(loaded.left_out, problems(loaded), loaded.report.reading)


def read(content: str | bytes, name: str = "march.csv", **told: Any) -> Loaded:
    return load(content.encode() if isinstance(content, str) else content, name, Options(**told))


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, cells: dict[str, object]) -> bytes:
    """The workbook with cells of its rows changed, as opened and saved by a spreadsheet program."""
    book = opened(data)
    for place, value in cells.items():
        book[ROWS][place] = value
    return saved(book)


def again(first: Loaded, cells: dict[str, object], **told: Any) -> Loaded:
    return read(changed(workbook(first), cells), "mended.xlsx", **told)


def both(first: Loaded, second: Loaded) -> pd.DataFrame:
    return pd.concat([first.frame, second.frame]).sort_values("source_row").reset_index(drop=True)
