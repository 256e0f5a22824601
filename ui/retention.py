"""The page Retention: how long contractors stay, why they leave, who is placed again and whose assignment ends soon."""

from __future__ import annotations

import streamlit as st

from ui import assignment_data, clock, text
from ui.whose import Whose


def show(chosen: Whose) -> None:
    """The assignments of some desks."""
    rows = chosen.only(assignment_data.assignments(clock.today()).rows)
    st.subheader(f"{text.count(len(rows), 'assignment')} on record", anchor=False)
