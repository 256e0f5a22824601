"""Step 1: which sheet and which row holds the column names."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loaders.inspection import Inspection
from ui import text, wishes
from ui.wizard import answers

#: Rows from the top among which the names of columns are looked for.
_MOST_ROWS = 200
_TITLE = "1. Where the table begins"


def ask(file_id: str, seen: Inspection) -> None:
    """The sheet, where there are several, and the row of the column names, with the first rows to choose it from."""
    if seen.header_row is None:
        st.markdown(f"#### {_TITLE}")
        st.markdown("Say which row holds the names of the columns: type its number, or tick it in the table.")
        _ask(file_id, seen)
        return
    where = f" of sheet {text.plain(seen.sheet)}" if seen.sheet else ""
    with st.expander(f"{_TITLE}: row {seen.header_row}{where}", expanded=len(seen.sheets) > 1):
        _ask(file_id, seen)


def _ask(file_id: str, seen: Inspection) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _ask_sheet(file_id, seen)
        _ask_row(file_id, seen)
        matters = seen.header_row is None
        shown = matters or st.toggle("Show the first rows", key=answers.key(file_id, "peek"))
    if shown:
        _show_top(file_id, seen)


def _ask_sheet(file_id: str, seen: Inspection) -> None:
    names = [name for name in seen.sheets if name]
    if len(names) < 2:
        return
    st.selectbox(
        "Sheet",
        names,
        index=None,
        format_func=lambda name: f"{name} ({text.count(seen.sheets[name], 'row')})",
        placeholder=seen.sheet or "The one that fits",
        key=answers.key(file_id, "sheet"),
        on_change=answers.forget_table,
        args=(file_id,),
        width=280,
    )


def _ask_row(file_id: str, seen: Inspection) -> None:
    st.number_input(
        "Row with the column names",
        min_value=1,
        max_value=_MOST_ROWS,
        value=None,
        placeholder=f"Row {seen.header_row}" if seen.header_row else "Row number",
        key=answers.key(file_id, "header_row"),
        on_change=answers.forget_table,
        args=(file_id,),
        width=200,
    )


def _show_top(file_id: str, seen: Inspection) -> None:
    rows = pd.DataFrame([list(row) for row in seen.top], index=pd.RangeIndex(1, len(seen.top) + 1, name="Row"))
    rows.columns = [f"Column {n}" for n in range(1, rows.shape[1] + 1)]
    st.dataframe(
        wishes.unseen(rows) if len(rows) else rows,
        height=min(len(rows) + 1, 9) * 35 + 2,
        on_select=lambda: _choose_row(file_id),
        selection_mode="single-row",
        key=answers.key(file_id, "top"),
        alt="The first rows of the file; tick the one with the column names",
    )


def _choose_row(file_id: str) -> None:
    ticked = answers.said(file_id, "top")["selection"]["rows"]
    if ticked:
        answers.say(file_id, "header_row", ticked[0] + 1)
        answers.forget_table(file_id)
