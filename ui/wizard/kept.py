"""What to do once a mapping is kept, said where its button was: below a page of results, out of sight of Store."""

from __future__ import annotations

import streamlit as st

from loaders import LoadReport
from ui import text, understood
from ui.wizard import answers


def show(file_id: str, report: LoadReport) -> None:
    """How the file reads now and the way to store it, where its mapping was kept a moment ago."""
    name = answers.said(file_id, "kept")
    if not name or report.refused:
        return
    st.success(
        f"Kept as **{text.plain(name)}**. {understood.ready([report])} Nothing is stored yet.",
        icon=":material/check_circle:",
    )
    st.button(
        "Store now",
        type="primary",
        icon=":material/save:",
        key=answers.key(file_id, "store-now"),
        on_click=answers.ask_to_store,
    )
