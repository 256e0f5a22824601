"""Referrals and use: who names other people, and hours of timecards against the contracted week."""

from __future__ import annotations

import streamlit as st

from ui import referrals, referrals_data, referrals_hours, whose

chosen = whose.ask()
named, used = st.tabs(["Referrals", "Hours"], key="show", bind="query-params")
if named.open:
    with named, st.spinner("Counting referrals"):
        referrals.show(chosen.only(referrals_data.named()), chosen.only(referrals_data.contractors()), chosen)
if used.open:
    with used, st.spinner("Adding up hours"):
        rows, missing = chosen.only(referrals_data.weeks()), chosen.only(referrals_data.without_card())
        referrals_hours.show(rows, missing, chosen)
