"""Imports: what came in and when, how sound it is, and calls that two systems both recorded."""

from __future__ import annotations

import streamlit as st

from ui import doubles, health, past

SECTIONS = {"Files": past.show, "Data health": health.show, doubles.TITLE: doubles.show}

section = st.segmented_control(
    "Section",
    list(SECTIONS),
    default="Files",
    required=True,
    key=doubles.SECTION_KEY,
    bind="query-params",
    label_visibility="collapsed",
)
SECTIONS[section or "Files"]()
