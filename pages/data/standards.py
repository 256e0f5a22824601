"""Minimum standards: what is in force for whom, its history and files, and the days on which nobody works."""

from __future__ import annotations

import streamlit as st

from ui import absences, minimums, standards, standards_file

SECTIONS = {
    "Standards": standards.show,
    "Last week": minimums.show,
    "History and files": standards_file.show,
    "Absences and holidays": absences.show,
}

section = st.segmented_control(
    "Section",
    list(SECTIONS),
    default="Standards",
    required=True,
    key="standards_section",
    bind="query-params",
    label_visibility="collapsed",
)
SECTIONS[section or "Standards"]()
