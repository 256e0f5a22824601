"""The Friday blitz: whom to call by Friday so that everybody in process hears something, and how that went."""

from __future__ import annotations

import streamlit as st

from ui import blitz, blitz_data, whose

chosen = whose.ask()
with st.spinner("Looking who has heard nothing"):
    found = chosen.only(blitz_data.calls())
blitz.lead(found)
blitz.show(found, chosen)
