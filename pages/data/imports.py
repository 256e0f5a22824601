"""Imports: what came in and when, what was left out, undo, and the teams."""

from __future__ import annotations

import streamlit as st

from ui import data, past

listed, teams = st.tabs(["Imports", "Teams"])
with listed:
    imports = data.imports()
    past.show_list(imports)
    chosen = past.choose(imports)
    if chosen:
        past.show_detail(chosen)
with teams:
    past.edit_teams()
