"""The link that opens everything about one person, from any page."""

from __future__ import annotations

import streamlit as st

from ui import menu, text


def asked(party: str, who: str) -> dict[str, str]:
    """The query parameters that open the page Person on somebody."""
    return {"person": who, "party": party}


def show(party: str, who: str, label: str = "") -> None:
    """A link to everything about a person, named unless there is a label."""
    screen = menu.BY_URL["person"]
    label = label or f"Everything about {text.plain(who)}"
    st.page_link(menu.file("person"), label=label, icon=screen.icon, query_params=asked(party, who))
