"""Retention: how long contractors stay, why they leave, who is placed again and whose assignment ends soon."""

from __future__ import annotations

import streamlit as st

from ui import retention, retention_ends, retention_next, retention_questions, text, whose
from ui.sections import chosen_section

SECTIONS = {
    "How long they stay": retention.staying,
    "Why they leave": retention_ends.leaving,
    "What comes next": retention_next.coming,
    "Questions": retention_questions.asking,
}

chosen = whose.ask()
show = chosen_section(SECTIONS, "retention_section")
with st.spinner("Following every assignment"):
    if none := chosen.places_nobody():
        st.info(text.plain(none, 240), icon=":material/info:")
    else:
        show(chosen)
