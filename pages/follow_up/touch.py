"""The touch programme: touches kept, fall-offs among the touched and the others, and everybody on record."""

from __future__ import annotations

import streamlit as st

from ui import touch, touch_database, touch_leavers, whose
from ui.sections import chosen_section

SECTIONS = {"Touches": touch.programme, "Fall-offs": touch_leavers.leavers, "Database touch": touch_database.database}

chosen = whose.ask()
show = chosen_section(SECTIONS, "touch_section")
with st.spinner("Counting the touches"):
    show(chosen)
