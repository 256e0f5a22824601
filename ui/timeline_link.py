"""The link that opens everything about one person, from any page."""

from __future__ import annotations

import streamlit as st

from ui import menu

LABEL = "Everything on record"


def asked(party: str, who: str) -> dict[str, str]:
    """The query parameters that open the page Person on somebody."""
    return {"person": who, "party": party}


def go(party: str, who: str) -> None:
    """Opens everything about a person at once, in place of the page that is shown."""
    st.switch_page(menu.file("person"), query_params=asked(party, who))


def show(party: str, who: str, label: str = LABEL) -> None:
    """A link to everything about a person; ``label`` is markdown."""
    screen = menu.BY_URL["person"]
    st.page_link(menu.file("person"), label=label, icon=screen.icon, query_params=asked(party, who))
