"""Today's call sheet: whom we owe a word and why, the most urgent first; and how promises were kept."""

from __future__ import annotations

import streamlit as st

from ui import owed, owed_answers, owed_kept

with st.spinner("Looking whom we owe a word"):
    asked = owed.ask()
    owed.show(asked)
owed_answers.show()
owed_kept.show(asked.whose)
