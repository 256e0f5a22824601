"""The search for a person by name, and who was chosen: kept in the address as ``person`` and ``party``."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quality.call_sheet import Person
from quality.timeline import FOUND, SHORTEST
from quality.vocabulary import PARTIES
from quality.wishes import NAMELESS
from ui import text, timeline_data, timeline_link

_SOUGHT = "sought"
#: Party -> what somebody of it is called.
CALLED = {"candidate": "Candidate", "client": "Client contact"}


def chosen() -> Person | None:
    """Who the address names; None where it names nobody. A party that there is none of is a candidate's."""
    who = st.query_params.get("person", "").strip()
    party = st.query_params.get("party", "").lower()
    return (party if party in PARTIES else PARTIES[0], who) if who else None


def ask() -> None:
    """Asks for a name or a part of one, and offers who is found."""
    sought = st.text_input(
        "Find somebody",
        key=_SOUGHT,
        icon=":material/search:",
        placeholder="A name or a part of it, or a client",
        width=480,
    )
    if not (sought or "").strip():
        return
    found = timeline_data.found(sought)
    if found.empty:
        _say_nobody(sought)
        return
    _offer(found.head(FOUND).to_dict("records"), len(found) > FOUND)


def _say_nobody(sought: str) -> None:
    too_short = len("".join(sought.split())) < SHORTEST
    said = "Two letters at least, please." if too_short else f"Nobody called {text.plain(sought)} is on record."
    st.info(said, icon=":material/person_search:")


def _offer(people: list[dict[Any, Any]], more: bool) -> None:
    told = f"More than {FOUND} people; the first of them. A few more letters help." if more else ""
    st.markdown(told or f"{text.count(len(people), 'person', 'people')} found.")
    with st.grid(2, min_column_width=340):
        for one in people:
            _button(one)


def _button(one: dict[Any, Any]) -> None:
    client = one["client"] if one["party"] == "client" and one["client"] != one["who"] else None
    about = NAMELESS if one["alone"] else CALLED[one["party"]] if pd.isna(client) else client
    label = f"**{text.plain(one['who'])}** :small[{text.plain(about)}]"
    person = one["party"], one["who"]
    st.button(label, key=f"open-{'-'.join(person)}", on_click=_open, args=(person,), width="stretch")


def _open(person: Person) -> None:
    st.query_params.from_dict(timeline_link.asked(*person))
    st.session_state[_SOUGHT] = ""
