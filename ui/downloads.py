"""Downloads: a table as CSV or as a workbook, made on click, saying what it holds, with no live formulas in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from quality.catalogue import DEFINITIONS_CHANGED
from ui.spans import Filters

#: A text that begins with one of these would be run as a formula by a spreadsheet program.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_WIDEST = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to hand out: its file name without ending, what it is, and the lines that say what it rests on.

    ``key`` tells apart tables of the same name on one page.
    """

    name: str
    title: str
    about: tuple[str, ...] = ()
    key: str = ""


def stating(sheet: Sheet, chosen: Filters) -> Sheet:
    """The same sheet, saying which period, view and definitions its numbers follow."""
    lines = (
        f"Period: {chosen.start.isoformat()} to {chosen.end.isoformat()}, as known on {chosen.as_of.isoformat()}",
        f"View: {chosen.view}",
        f"Definitions: as changed on {DEFINITIONS_CHANGED.isoformat()}",
    )
    return replace(sheet, about=(*sheet.about, *lines))


def buttons(frame: pd.DataFrame, sheet: Sheet, chosen: Filters | None = None) -> None:
    """Two download buttons, CSV and Excel; the files are made when they are asked for.

    ``chosen`` adds the period, view and definitions, and belongs with every table of ratios.
    """
    stated = stating(sheet, chosen) if chosen else sheet
    # A column that says nothing in any row, such as a verdict nobody has given yet, only raises questions.
    frame = frame.dropna(axis="columns", how="all")
    with st.container(horizontal=True, gap="small"):
        _button("CSV", partial(to_csv, frame, stated), f"{sheet.name}.csv", "text/csv", sheet.key)
        _button("Excel", partial(to_xlsx, frame, stated), f"{sheet.name}.xlsx", XLSX, sheet.key)


def list_button(make: Callable[[], pd.DataFrame], sheet: Sheet) -> None:
    """One download button for a long list as CSV for other programs: its rows are asked for when it is clicked."""
    _button("CSV", lambda: to_csv(make(), sheet), f"{sheet.name}.csv", "text/csv", sheet.key)


def workbook_button(make: Callable[[], pd.DataFrame], sheet: Sheet) -> None:
    """As ``list_button``, as a workbook."""
    _button("Excel", lambda: to_xlsx(make(), sheet), f"{sheet.name}.xlsx", XLSX, sheet.key)


def _button(label: str, make: Callable[[], bytes], file_name: str, mime: str, key: str) -> None:
    st.download_button(
        label,
        make,
        file_name,
        mime,
        key=f"download-{file_name}{key}",
        on_click="ignore",
        icon=":material/download:",
        help=f"Download this table as {label}",
    )


def to_csv(frame: pd.DataFrame, sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, for spreadsheet programs; the statement stands above the table."""
    lines = pd.DataFrame({"": [sheet.title, *sheet.about]})
    above = lines.to_csv(index=False, header=False) + "\n" if sheet.about else ""
    return (above + _harmless(frame).to_csv(index=False)).encode("utf-8-sig")


def to_xlsx(frame: pd.DataFrame, sheet: Sheet) -> bytes:
    """A workbook with the table first and a sheet *About* with the statement."""
    book = Workbook()
    _write(book.active, _harmless(frame))
    about = book.create_sheet("About")
    for line in (sheet.title, *sheet.about):
        about.append([neutral(line)])
    about.column_dimensions["A"].width = _WIDEST
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Any, frame: pd.DataFrame) -> None:
    page.title = "Table"
    page.append(list(frame.columns))
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        page.append([cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell for cell in row])
    for index, column in enumerate(frame.columns, start=1):
        widest = max([len(str(column)), *frame[column].astype(str).str.len().head(200)])
        page.column_dimensions[get_column_letter(index)].width = min(widest + 2, _WIDEST)
        page.cell(1, index).font = Font(bold=True)
    page.freeze_panes = "A2"


def _harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells and headers made neutral; numbers and dates stay what they are, so -5 remains a number."""
    plain = frame.copy()
    for name in frame.columns[[not _is_plain_number_or_date(frame[column]) for column in frame]]:
        plain[name] = frame[name].map(neutral)
    return plain.rename(columns=neutral)


def _is_plain_number_or_date(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)


def neutral(value: object) -> object:
    """A text that a spreadsheet would run gets an apostrophe in front; everything else is returned as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_LIVE) else value
