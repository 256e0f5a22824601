"""Support: the tickets that wait and who has them, how long tickets take, and which topics come back."""

from __future__ import annotations

import streamlit as st

from ui import owed_answers, support, support_counts, support_data, whose

owed_answers.say()
chosen = whose.ask()
with st.spinner("Looking for tickets"):
    found = support_data.tickets()
    rows = chosen.only(found.rows)
if support.lead(rows):
    waiting, numbers = st.tabs(["Waiting", "Numbers"], key="show", bind="query-params")
    if waiting.open:
        with waiting:
            support.show(rows)
    if numbers.open:
        with numbers:
            support_counts.show(rows, chosen)
    support_counts.questions(found, chosen)
