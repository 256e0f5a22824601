"""Upload: drop exports, check what was understood, correct it, store it."""

from __future__ import annotations

import streamlit as st

st.file_uploader("Exports", accept_multiple_files=True)
