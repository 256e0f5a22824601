"""What is owed by rules of whose keeping no file holds a row: nobody can tell there whether it was done."""

from __future__ import annotations

import streamlit as st

from quality.kept import never_recorded
from ui import data, menu, owed_data
from ui.data import Desks, Place, cached


def say(desks: Desks) -> None:
    """Which of the reasons on the list of some desks these are, with their counts, and what can be done about it."""
    reasons, rules = owed_data.reasons(desks), never_recorded(owed_data.rules(), _held(data.facts()))
    told = [f"“{rules[name].title}” ({number:,})" for name, number in reasons.items() if name in rules]
    if not told:
        return
    st.markdown(
        f"No file says whether these were done, so they stay on the list: {', '.join(told)}. Load the "
        "rows that do, answer them here, or switch the rules off.",
    )
    st.page_link(menu.file("follow_up_rules"), label="Follow-up rules", icon=menu.BY_URL["follow_up_rules"].icon)


@cached("1MB")
def _held(facts: Place) -> frozenset[str]:
    found = data.at(facts).log().aggregate("activity", "activity").fetchall()
    return frozenset(name for (name,) in found)
