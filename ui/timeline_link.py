"""The link that opens everything about one person, from any page."""

from __future__ import annotations

import streamlit as st

from ui import menu, text


def asked(party: str, who: str) -> dict[str, str]:
    """The query parameters that open the page Person on somebody."""
    return {"person": who, "party": party}


def show(party: str, who: str) -> None:
    """A link to everything about a person."""
    screen = menu.BY_URL["person"]
    label = f"Everything about {text.plain(who)}"
    st.page_link(menu.file("person"), label=label, icon=screen.icon, query_params=asked(party, who))
