"""What was answered about a dropped file so far: kept in the session under keys of its own, never beyond the drop."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

import streamlit as st

from loaders import Options
from ui import clock, data

#: That somebody asked for the dropped files to be stored.
ASKED = "upload_asked"
NAMED, OPEN_CALLS = "As each row says", "Leave open"
#: Whose side calls are on, as it is asked -> as a layout keeps it.
CALLS: Mapping[str, Literal["candidate", "client", "named", "open"]] = {
    NAMED: "named",
    "Candidates": "candidate",
    "Clients": "client",
    OPEN_CALLS: "open",
}
SIDES: Mapping[str, Literal["candidate", "client"] | None] = {"Candidates": "candidate", "Clients": "client"}
#: Answers that are named after columns begin so.
_OF_COLUMNS = ("filled-", "blank-")
ORDERS = {"Day first (25/04)": True, "Month first (04/25)": False}
SCALES = {"0 to 10": "0-10", "1 to 5": "1-5", "1 to 7": "1-7", "0 to 100": "0-100"}


def key(file_id: str, what: str) -> str:
    """The name of an answer in the session."""
    return f"{what}-{file_id}"


def said(file_id: str, what: str) -> Any:
    """The answer, or None where nothing was said."""
    return st.session_state.get(key(file_id, what))


def say(file_id: str, what: str, answer: object) -> None:
    """Note an answer; of a control on the page only before it is drawn."""
    st.session_state[key(file_id, what)] = answer


def options_for(file_id: str) -> Options:
    """How a file is to be read: the answers that hold at once, the firm's own layouts and settings."""
    settings = data.settings()
    return Options(
        layout=said(file_id, "layout"),
        sheet=said(file_id, "sheet"),
        header_row=said(file_id, "header_row"),
        desk=(said(file_id, "desk") or "").strip() or None,
        side=SIDES.get(said(file_id, "calls")),
        day_first=ORDERS.get(said(file_id, "order") or ""),
        today=clock.today(),
        own=data.own_layouts(),
        time_zone=settings.get("time_zone"),
        contacts=bool(settings.get("contacts")),
        score_scale=SCALES.get(said(file_id, "scale") or ""),
    )


def columns_said(file_id: str) -> Mapping[str, str | None]:
    """Header -> field it holds (None: not used), once somebody changed one of them on the page."""
    return said(file_id, "columns") or {}


def picked(file_id: str) -> Collection[str]:
    """Headers whose meaning somebody chose."""
    return said(file_id, "picked") or ()


def give_columns(file_id: str, fields: Mapping[str, str | None], chosen: Collection[str]) -> None:
    """Note the field of every header, some of them ``chosen`` just now."""
    say(file_id, "columns", dict(fields))
    say(file_id, "picked", {*picked(file_id), *chosen})


def draw_anew(file_id: str) -> None:
    """Have the table of columns start from what is known now, without the edits made in it."""
    say(file_id, "edits", edits(file_id) + 1)


def edits(file_id: str) -> int:
    """How often the table of columns started anew: part of its key."""
    return said(file_id, "edits") or 0


def start_over(file_id: str, layout: str | None) -> None:
    """Read the file with a layout, or find one out, and drop what was answered about columns, values and blank cells.

    What the layout says then stands, and nothing that was said before it was saved.
    """
    for what in ("name", "zone", "values-chosen", "outcomes-chosen", "values-begun", "outcomes-begun", "fill-down"):
        st.session_state.pop(key(file_id, what), None)
    for one in [str(one) for one in st.session_state]:
        if one.startswith(_OF_COLUMNS) and one.endswith(f"-{file_id}"):
            del st.session_state[one]
    say(file_id, "layout", layout)
    forget_table(file_id)


def forget_table(file_id: str) -> None:
    """Drop what was answered about columns and rows: the table is another one."""
    st.session_state.pop(key(file_id, "shape"), None)
    forget_columns(file_id)


def forget_columns(file_id: str) -> None:
    """Drop what was answered about columns: they are suggested anew."""
    for what in ("columns", "picked"):
        st.session_state.pop(key(file_id, what), None)
    draw_anew(file_id)


def settle(file_id: str) -> None:
    """A mapping just saved becomes the layout the file is read with, before any control is drawn."""
    name = st.session_state.pop(key(file_id, "keep"), None)
    if name:
        start_over(file_id, name)
        say(file_id, "kept", name)


def ask_to_store() -> None:
    """Note the click: a page that is drawn anew just then would otherwise lose it."""
    st.session_state[ASKED] = True


def forget_layout(name: str) -> None:
    """No dropped file is to be read with this layout any more."""
    for one, answer in list(st.session_state.items()):
        if str(one).startswith("layout-") and answer == name:
            st.session_state[one] = None


def forget(file_id: str) -> None:
    """Drop every answer about a file."""
    for one in [one for one in st.session_state if str(one).endswith(f"-{file_id}")]:
        del st.session_state[one]
