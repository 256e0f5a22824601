"""Close the loop: rejected candidates who were not told why, what to tell them, and how many were told in time."""

from __future__ import annotations

import streamlit as st

from ui import loops, loops_data, loops_told, owed_answers, whose

owed_answers.say()
chosen = whose.ask()
waits, told = st.tabs(["Who waits", "Told in time"], key="show", bind="query-params")
with st.spinner("Looking who was not told"):
    rejections = chosen.only(loops_data.rejections())
if waits.open:
    with waits, st.spinner("Looking why"):
        waiting = chosen.only(loops_data.waiting())
        loops.lead(waiting, rejections)
        loops.show(waiting, chosen.words)
if told.open:
    with told:
        loops_told.show(rejections)
