"""What a reader may correct about a file: layout, sheet, header row, side, date order, desk, and what columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st

from loaders import LoadReport, Options
from loaders.layout import shipped_layouts
from ui import clock, text

FIELDS: Mapping[str, str] = {
    "occurred_at": "When",
    "desk": "Desk",
    "activity": "Activity",
    "outcome": "Outcome",
    "party": "Whom it is about",
    "candidate": "Candidate",
    "client": "Client",
    "contact": "Contact at the client",
    "job": "Job",
    "due_on": "Promised by",
    "planned_end": "Planned end",
    "quantity": "Quantity",
    "score": "Score",
    "ref": "Reference",
    "assignee": "Handed to",
    "channel": "Channel",
    "notes": "Notes",
    "activity_id": "Number in its system",
}
UNUSED = "not used"
HOW = {
    "layout": "known from the layout",
    "synonym": "a usual name for it",
    "chosen": "chosen by you",
    "unused": "nothing needs it",
    "dropped": "left out",
}
AS_FILE, DECIDE = "As the file says", "Decide from the column"
SIDES: Mapping[str, Literal["candidate", "client"] | None] = {
    AS_FILE: None,
    "Candidates": "candidate",
    "Clients": "client",
}
ORDERS = {DECIDE: None, "Day first (25/04)": True, "Month first (04/25)": False}


def options_for(file_id: str) -> Options:
    """How a file is to be read: what was corrected on screen so far, everything else left to the loader."""
    return Options(
        layout=_said(file_id, "layout"),
        sheet=_said(file_id, "sheet"),
        header_row=_said(file_id, "header_row"),
        desk=(_said(file_id, "desk") or "").strip() or None,
        side=SIDES[_said(file_id, "side") or AS_FILE],
        day_first=ORDERS[_said(file_id, "order") or DECIDE],
        columns=_chosen(file_id) or None,
        today=clock.today(),
    )


def ask(file_id: str, report: LoadReport) -> None:
    """The controls that correct how a file was read; using one reads the file again."""
    columns = st.columns(2)
    with columns[0]:
        _ask_layout(file_id)
        _ask_sheet(file_id, report)
        _ask_header_row(file_id, report)
    with columns[1]:
        _ask_desk(file_id)
        st.segmented_control(
            "Calls are with", list(SIDES), default=AS_FILE, required=True, key=_key(file_id, "side"), wrap=True
        )
        st.segmented_control(
            "Dates are written", list(ORDERS), default=DECIDE, required=True, key=_key(file_id, "order"), wrap=True
        )


def _ask_layout(file_id: str) -> None:
    layouts = shipped_layouts()
    st.selectbox(
        "Layout",
        list(layouts),
        index=None,
        format_func=lambda name: layouts[name].title,
        placeholder="Recognise it",
        key=_key(file_id, "layout"),
        help="Which system the file came from. Touchline recognises it by its columns.",
    )


def _ask_sheet(file_id: str, report: LoadReport) -> None:
    names = list(report.sheets)
    if len(names) < 2:
        return
    st.selectbox(
        "Sheet",
        names,
        index=None,
        format_func=lambda name: f"{name} ({text.count(report.sheets[name], 'row')})",
        placeholder="The one that fits",
        key=_key(file_id, "sheet"),
    )


def _ask_header_row(file_id: str, report: LoadReport) -> None:
    st.number_input(
        "Row with the column names",
        min_value=1,
        max_value=200,
        value=None,
        placeholder=f"Row {report.header_row}" if report.header_row else "Find it",
        key=_key(file_id, "header_row"),
    )


def _ask_desk(file_id: str) -> None:
    st.text_input(
        "Desk, if no column says it",
        key=_key(file_id, "desk"),
        placeholder="Whose export this is",
        max_chars=80,
    )


def ask_columns(file_id: str, report: LoadReport) -> None:
    """The columns of the file with what each was understood as; the meaning can be changed in place."""
    if not report.columns:
        return
    shown = _columns(report)
    edited = st.data_editor(
        shown,
        key=_key(file_id, f"columns-{_said(file_id, 'edits') or 0}"),
        hide_index=True,
        disabled=["Column in the file", "Why"],
        column_config={"Means": st.column_config.SelectboxColumn(options=_meanings(shown), required=True)},
        alt="Columns of the file and what each was understood as",
    )
    changed = edited[edited["Means"] != shown["Means"]]
    if len(changed):
        _choose(file_id, dict(zip(changed["Column in the file"], changed["Means"], strict=True)))
        st.rerun()


def _columns(report: LoadReport) -> pd.DataFrame:
    uses = [(use.header, meaning(use.field), HOW.get(use.how, use.how)) for use in report.columns]
    return pd.DataFrame(uses, columns=["Column in the file", "Means", "Why"])


def meaning(field: str | None) -> str:
    """A field of the log, or a column that only a layout needs, in words."""
    return FIELDS.get(field, field.replace("_", " ").capitalize()) if field else UNUSED


def _meanings(shown: pd.DataFrame) -> list[str]:
    """All meanings to choose from, those that only this layout knows at the end."""
    return list(dict.fromkeys([UNUSED, *FIELDS.values(), *shown["Means"]]))


def _choose(file_id: str, changed: Mapping[str, str]) -> None:
    """Notes header -> meaning; a header that means nothing any more loses what was chosen for it before."""
    fields = {label: name for name, label in FIELDS.items()}
    kept = {field: header for field, header in _chosen(file_id).items() if header not in changed}
    new = {fields[label]: header for header, label in changed.items() if label in fields}
    st.session_state[_key(file_id, "chosen")] = {**kept, **new}
    st.session_state[_key(file_id, "edits")] = (_said(file_id, "edits") or 0) + 1


def _chosen(file_id: str) -> dict[str, str]:
    chosen: dict[str, str] = _said(file_id, "chosen") or {}
    return chosen


def _key(file_id: str, what: str) -> str:
    return f"{what}-{file_id}"


def _said(file_id: str, what: str) -> Any:
    return st.session_state.get(_key(file_id, what))
