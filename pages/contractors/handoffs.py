"""Hand-offs: who was not handed over yet, and how many hand-offs to care and support are made in time."""

from __future__ import annotations

import streamlit as st

from ui import handoffs, handoffs_data, whose

chosen = whose.ask()
with st.spinner("Looking who was handed to whom"):
    due, moves = chosen.only(handoffs_data.due()), chosen.only(handoffs_data.moves(), "assignee")
    older = chosen.only(handoffs_data.older())
handoffs.show(due, moves, older, chosen)
