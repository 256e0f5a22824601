"""The touch programme: touches kept, fall-offs among the touched and the others, and everybody on record."""

from __future__ import annotations

import streamlit as st

from ui import touch, touch_database, touch_leavers, whose

SECTIONS = {"Touches": touch.programme, "Fall-offs": touch_leavers.leavers, "Database touch": touch_database.database}

chosen = whose.ask()
section = st.segmented_control(
    "Section",
    list(SECTIONS),
    default="Touches",
    required=True,
    key="touch_section",
    bind="query-params",
    label_visibility="collapsed",
)
with st.spinner("Counting the touches"):
    SECTIONS[section or "Touches"](chosen)
