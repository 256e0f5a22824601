"""Support: the tickets that wait and who has them, how long tickets take, and which topics come back."""

from __future__ import annotations

import streamlit as st

from ui import owed_answers, support, support_asked, support_counts, support_data

owed_answers.say()
with st.spinner("Looking for tickets"):
    found = support_data.tickets()
asked = support_asked.ask(found.rows)
rows = asked.of(found.rows)
if support.lead(rows, asked, found.rows.empty):
    waiting, numbers, every = st.tabs(["Waiting", "Numbers", "All tickets"], key="show", bind="query-params")
    if waiting.open:
        with waiting:
            support.show(rows, asked)
    if numbers.open:
        with numbers:
            support_counts.show(rows, asked)
    if every.open:
        with every:
            support.show_all(rows, asked)
    support_counts.questions(found, asked.whose)
