"""The button that opens what is owed to somebody on the page Owed, where it is answered.

The page finds a person by the name in its own box, so that no name stands in the address.
"""

from __future__ import annotations

import streamlit as st

from quality.call_sheet import PARTS, Person
from ui import menu

#: The key of the box on Owed that asks for a name, and the most letters it takes.
FIND, LONGEST = "find", 80
_TITLES = {part.name: part.title for part in PARTS}
#: What the button says, and what it opens; of what is not due yet there is nothing to be answered now.
_ANSWER = ("Answer on Owed", "Opens what is owed to this person: done elsewhere, not needed, do not contact")
_SAID = {"coming": ("Coming up on Owed", "Opens what falls due to this person within days; nothing is late")}


def show(person: Person, part: str | None, key: str) -> None:
    """A button that opens the lines of a person in a part of Owed; nothing where they stand in none."""
    if part is None:
        return
    label, about = _SAID.get(part, _ANSWER)
    icon = menu.BY_URL["owed"].icon
    if st.button(label, key=f"owed-{key}", icon=icon, help=about, type="tertiary"):
        st.session_state[FIND] = person[1][:LONGEST]
        st.switch_page(menu.file("owed"), query_params={"part": _TITLES[part]})
