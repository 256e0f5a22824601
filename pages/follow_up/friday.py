"""The Friday blitz: whom to call by Friday so that everybody in process hears something, and how that went."""

from __future__ import annotations

import streamlit as st

from ui import blitz, blitz_data, blitz_weeks, owed_answers, whose

owed_answers.say()
chosen = whose.ask()
calls, weeks, orders = st.tabs(["Calls", "Week by week", "Still open?"], key="show", bind="query-params")
if calls.open:
    with calls, st.spinner("Looking who has heard nothing"):
        blitz.show(chosen.only(blitz_data.calls()))
if weeks.open:
    with weeks, st.spinner("Counting the last Fridays"):
        blitz_weeks.reached(chosen)
if orders.open:
    with orders, st.spinner("Looking at the open orders"):
        blitz_weeks.still_open(chosen.only(blitz_data.still_open()), chosen.words)
