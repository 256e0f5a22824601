"""Today's call sheet: whom we owe a word and why, the most urgent first."""

from __future__ import annotations

import streamlit as st

from ui import clock, owed_data, whose

chosen = whose.ask()
with st.spinner("Looking whom we owe a word"):
    found = chosen.only(owed_data.to_do(owed_data.owed(clock.today())))
st.dataframe(found[["who", "why", "due_at", "desk", "client", "job"]], hide_index=True)
