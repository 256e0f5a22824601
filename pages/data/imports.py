"""Imports: what came in and when, what was left out, undo, and the teams."""

from __future__ import annotations

import streamlit as st

from ui import data

st.dataframe(data.imports(), hide_index=True)
