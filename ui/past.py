"""Imports that lie behind: the list, one of them in detail, undo and redo."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from ui import data, doubles, mending, text, understood
from ui.downloads import Sheet

_DONE = "imports_done"
_COLUMNS: dict[str, Any] = {
    "name": "File",
    "stored_at": st.column_config.DatetimeColumn("Stored", format="D MMM YY"),
    "active": st.column_config.CheckboxColumn("In force", help="An undone import stays listed but counts nowhere."),
    "rows_read": st.column_config.NumberColumn("Rows read", format="localized"),
    "left_out": st.column_config.NumberColumn(
        "Left out", format="localized", help="Rows left out by your answer, automatic ones and copies."
    ),
    "unknown": st.column_config.NumberColumn("Unknown", format="localized", help="Rows with a value unknown."),
    "to_mend": st.column_config.NumberColumn(
        "To mend", format="localized", help="Rows with a cell to mend that no later file brought mended."
    ),
    "added": st.column_config.NumberColumn("New", format="localized"),
    "first_day": st.column_config.DateColumn("From", format="D MMM YY"),
    "last_day": st.column_config.DateColumn("To", format="D MMM YY"),
}


def show() -> None:
    """What came in, and one import to look into."""
    done = st.session_state.pop(_DONE, None)
    if done:  # said here, since what a callback shows would stand above the page
        st.toast(done, icon=":material/check_circle:")
    imports = data.imports()
    doubles.notice()
    show_list(imports)
    chosen = choose(imports)
    if chosen:
        show_detail(chosen)


def show_list(imports: pd.DataFrame) -> None:
    """All imports, newest first, with the rows of each file as its report counts them."""
    reports = [json.loads(report) for report in imports["report"]]
    listed = imports.assign(
        rows_read=[report["rows_read"] for report in reports],
        left_out=[report["ignored"] for report in reports],
        unknown=[report["unmapped"] for report in reports],
    )
    st.dataframe(listed[list(_COLUMNS)], hide_index=True, column_config=_COLUMNS, alt="Imports, newest first")


def choose(imports: pd.DataFrame) -> dict[str, Any] | None:
    """The import the reader wants to look into."""
    lines: dict[int, Any] = {row["import_id"]: row for row in imports.to_dict("records")}
    chosen = st.selectbox(
        "Look into an import",
        list(lines),
        index=None,
        format_func=lambda number: _title(lines[number]),
        placeholder="Choose one",
        key="import",
    )
    return lines[chosen] if chosen else None


def _title(line: dict[str, Any]) -> str:
    standing = "" if line["active"] else ", not in force"
    return f"{line['import_id']}: {line['name']} ({text.day(line['stored_at'])}{standing})"


def show_detail(line: dict[str, Any]) -> None:
    """What the loader reported, which rows stayed out, and the way to undo or redo the import."""
    st.subheader(text.plain(line["name"]), anchor=False)
    report = json.loads(line["report"])
    understood.show_rows(report)
    understood.say_left_out(report.get("ignored_rows", {}))
    understood.show_warnings(report["warnings"])
    number, name = line["import_id"], line["name"]
    rejected = data.history().rejected_rows(number)
    understood.show_problems(rejected, Sheet(f"problems-import-{number}", f"Problems in {name}"))
    unknown = Sheet(f"unknown-values-import-{number}", f"Unknown values in {name}")
    understood.show_unknown_values(report["unmapped_values"], unknown)
    mending.offer_stored(number, report)
    if line["active"]:
        st.button("Undo this import", icon=":material/undo:", key="undo", on_click=_confirm, args=(line,))
    else:
        st.button("Bring it back", icon=":material/redo:", key="redo", on_click=_redo, args=(line["import_id"],))


@st.dialog("Undo this import?")
def _confirm(line: dict[str, Any]) -> None:
    st.markdown(
        f"The numbers will no longer hold what only {text.plain(line['name'])} brought. {_brought(line)} Rows that "
        "another import holds too stay. You can bring the import back at any time."
    )
    if st.button("Undo it", type="primary", key="undo_confirmed", on_click=_undo, args=(line["import_id"],)):
        st.rerun()


def _brought(line: dict[str, Any]) -> str:
    """What an import did to the log, and which of it an undo takes back."""
    new, changed = text.count(line["added"], "new row"), text.count(line["updated"], "changed row")
    if not line["retired"]:
        return f"It had {new} and {changed}."
    back = "which comes back" if line["retired"] == 1 else "which come back"
    return f"It had {new} and {changed} and retired {text.count(line['retired'], 'row')}, {back}."


def _undo(import_id: int) -> None:
    data.history().undo(import_id)
    st.session_state[_DONE] = "Undone: the numbers no longer hold this import."


def _redo(import_id: int) -> None:
    data.history().redo(import_id)
    st.session_state[_DONE] = "Back in force."
