"""Close the loop: rejected candidates who were not told why, what to tell them, and how many were told in time."""

from __future__ import annotations

import streamlit as st

from ui import loops, loops_data, whose

chosen = whose.ask()
with st.spinner("Looking who was never told"):
    rejections, waiting = chosen.only(loops_data.rejections()), chosen.only(loops_data.waiting())
loops.lead(waiting, rejections)
loops.show(waiting)
