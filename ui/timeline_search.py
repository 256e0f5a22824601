"""The search for a person by name, and who was chosen: kept in the address as ``person`` and ``party``."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quality.call_sheet import Person
from quality.timeline import FOUND, SHORTEST
from quality.vocabulary import PARTIES
from quality.wishes import NAMELESS
from ui import text, timeline_data, timeline_link
from ui.timeline_lines import Row, records

_SOUGHT = "sought"
#: Party -> what somebody of it is called.
CALLED = {"candidate": "Candidate", "client": "Client contact"}
#: What a firm is called whose rows name no contact.
CLIENT = "Client"


def chosen() -> Person | None:
    """Who the address names; None where it names nobody. A party that there is none of is a candidate's."""
    who = st.query_params.get("person", "").strip()
    party = st.query_params.get("party", "").lower()
    return (party if party in PARTIES else PARTIES[0], who) if who else None


def ask() -> bool:
    """Asks for a name or a part of one, and offers who is found; whether anybody was sought."""
    sought = st.text_input(
        "Find somebody",
        key=_SOUGHT,
        icon=":material/search:",
        placeholder="A name or a part of it, or a client",
        width=480,
    )
    if not (sought or "").strip():
        return False
    found = timeline_data.found(sought)
    there = timeline_data.on_assignment(sought)
    there = there[~there["who"].isin(found.loc[found["party"] == "candidate", "who"])]
    if found.empty and there.empty:
        _say_nobody(sought)
    if len(found):
        _offer(_told(found), found)
    if len(there):
        told = f", the first {FOUND} of {len(there):,}" if len(there) > FOUND else ""
        _offer(f"**On assignment there**{told}", there.assign(alone=False))
    return True


def _told(found: pd.DataFrame) -> str:
    """How many were found: people, and firms that no contact is named of."""
    if len(found) > FOUND:
        return f"More than {FOUND} names; the first of them. A few more letters help."
    firms = int(((found["party"] == "client") & (found["client"] == found["who"])).sum())
    people = [text.count(len(found) - firms, "person", "people")] * (len(found) > firms)
    return f"{text.listed(people + [text.count(firms, 'client')] * bool(firms))} found."


def _say_nobody(sought: str) -> None:
    too_short = len("".join(sought.split())) < SHORTEST
    said = "Two letters at least, please." if too_short else f"Nobody called {text.plain(sought)} is on record."
    st.info(said, icon=":material/person_search:")


def _offer(told: str, people: pd.DataFrame) -> None:
    """The first of some people, each to be opened."""
    st.markdown(told)
    with st.grid(2, min_column_width=340):
        for one in records(people.head(FOUND)):
            _button(one)


def _button(one: Row) -> None:
    label = f"**{text.plain(one['who'])}** :small[{text.plain(NAMELESS if one['alone'] else _about(one))}]"
    person = one["party"], one["who"]
    st.button(label, key=f"open-{'-'.join(person)}", on_click=_open, args=(person,), width="stretch")


def _about(one: Row) -> str:
    """What somebody is: a client, a contact of one, a contractor at one, else a candidate."""
    if one["party"] == "candidate":
        return ", ".join(filter(None, [one.get("job"), one["client"]])) if "job" in one else CALLED["candidate"]
    return CLIENT if one["client"] == one["who"] else one["client"] or CALLED["client"]


def _open(person: Person) -> None:
    st.query_params.from_dict(timeline_link.asked(*person))
    st.session_state[_SOUGHT] = ""
