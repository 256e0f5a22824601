"""Retention: how long contractors stay, why they leave, who is placed again and whose assignment ends soon."""

from __future__ import annotations

import streamlit as st

from ui import retention, retention_ends, retention_next, retention_questions, whose

SECTIONS = {
    "How long they stay": retention.staying,
    "Why they leave": retention_ends.leaving,
    "What comes next": retention_next.coming,
    "Questions": retention_questions.asking,
}
FIRST = next(iter(SECTIONS))

chosen = whose.ask()
section = st.segmented_control(
    "Section",
    list(SECTIONS),
    default=FIRST,
    required=True,
    key="retention_section",
    bind="query-params",
    label_visibility="collapsed",
)
with st.spinner("Following every assignment"):
    SECTIONS[section or FIRST](chosen)
