"""The one screen an empty history shows: what Touchline does, and two ways on."""

from __future__ import annotations

import streamlit as st

from ui import menu


def show() -> None:
    """Draws the welcome screen."""
    st.title("Touchline", anchor=False)
    st.markdown("See how each desk turns calls into fills, from the exports your system already makes.")
    st.page_link(menu.file("upload"), label="Upload your own export", icon=":material/upload_file:")
