"""The page Support, its numbers: tickets by kind, topic, client and contractor, and how long they take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from quality import support_counts as counts
from quality.support import KINDS, MEANINGS, STATES, TO_DO, Tickets
from quality.wishes import NAMELESS
from ui import clock, opened, support, text
from ui.downloads import Sheet
from ui.opened import Behind
from ui.support import CLIENTS, in_unit, lasted
from ui.support_asked import Asked
from ui.whose import Whose

HOURS = (
    "Time to resolve is by the clock, nights and week-ends included. A ticket that still waits counts with the time it "
    "has waited, so those that wait make it longer and are not left out. After the comma stands the likely range "
    "(80 %). Where half, or 9 of 10, are not resolved yet there is no such time; how many are stands in its place."
)
OWNERS = (
    "By who has it: a ticket that waits counts for whoever has it now; one that is resolved counts, with its time, for "
    "whoever had it when it was resolved, also where it was handed on afterwards."
)
TOPICS = "A topic is what was noted when the ticket came in; capitals and stops do not tell two apart."
SINCE: Mapping[str, int | None] = {"Last 13 weeks": 91, "Last 52 weeks": 364, "Everything": None}
_NO_CLIENT = " No ticket names a client, and no assignment tells it."
#: Column -> the states whose tickets it counts; every other column opens all of the line.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Overdue": ("overdue",),
    "Waiting": TO_DO,
    "Resolved": ("resolved",),
    "Settled by an answer": ("waived",),
}


def _period(rows: pd.DataFrame) -> pd.DataFrame:
    """The tickets that came in lately, whether they still wait or not."""
    name = st.segmented_control(
        "Tickets that came in", list(SINCE), default="Last 52 weeks", required=True, key="came_in", bind="query-params"
    )
    days = SINCE[name or "Last 52 weeks"]
    if days is None:
        return rows
    first = pd.Timestamp(clock.today() - timedelta(days=days))
    recent = rows[rows["opened_at"] >= first]
    if older := int((~rows.index.isin(recent.index) & rows["state"].isin(TO_DO)).sum()):
        verb = "waits" if older == 1 else "wait"
        st.markdown(f":small[{text.count(older, 'older ticket')} still {verb}: in “Waiting”, in no number here.]")
    return recent


def show(rows: pd.DataFrame, asked: Asked) -> None:
    """By kind, by topic, topics that come back at a client, contractors with several."""
    held = _period(rows)
    if held.empty:
        st.markdown("No ticket came in.")
        return
    key = f"{asked.words}-{len(held)}"
    _kinds(held, key)
    _owners(held, key)
    _topics(held, key)
    _clients(held, key)
    _contractors(held, key)


def _kinds(held: pd.DataFrame, key: str) -> None:
    st.subheader("By kind", anchor=False)
    found = counts.by_kind(held)
    known = found[(found["tickets"] > 0) | (found["kind"] != "not_said")]
    shown = _with_times(known, {"Kind": known["kind"].map(KINDS)})
    names = known["kind"].tolist()

    def behind(row: int, column: str) -> Behind:
        return _behind(held[held["kind"] == names[row]], KINDS[names[row]], column)

    opened.table(shown, Sheet("tickets-by-kind", "Tickets by kind", (HOURS,)), behind, f"kinds-{key}")
    st.markdown(f":small[{opened.HINT}]")
    opened.how_counted(*(f"{KINDS[name]}: {MEANINGS[name]}." for name in names), HOURS, OWNERS, TOPICS, CLIENTS)


def _owners(held: pd.DataFrame, key: str) -> None:
    st.subheader("By who has it", anchor=False)
    found = counts.by_owner(held)
    names = found["owner"].tolist()
    owners = held["owner"].fillna(counts.NOBODY)

    def behind(row: int, column: str) -> Behind:
        return _behind(held[owners == names[row]], names[row], column)

    shown = _with_times(found, {"Who has it": found["owner"]})
    opened.table(shown, Sheet("tickets-by-owner", "Tickets by who has it", (HOURS,)), behind, f"owners-{key}")


def _topics(held: pd.DataFrame, key: str) -> None:
    st.subheader("By topic", anchor=False)
    found = counts.by_topic(held)
    # Where no ticket names any, how many there are is not known.
    people = {name.capitalize(): found[name].mask(found[name] == 0).astype("Int64") for name in _NAMED}
    # Without what is resolved, which is the rest of the tickets, no column is cut on a small screen.
    shown = _with_times(found, {"Topic": found["topic"]}).drop(columns="Resolved").assign(**people)

    def behind(row: int, column: str) -> Behind:
        topic = found["topic"].iloc[row]
        return _behind(held[held["topic"] == topic], topic, column)

    opened.table(shown, Sheet("tickets-by-topic", "Tickets by topic", (HOURS,)), behind, f"topics-{key}")


_NAMED = ("clients", "contractors")


def _clients(held: pd.DataFrame, key: str) -> None:
    st.subheader("Topics that come back at a client", anchor=False)
    found = counts.repeats(held)
    if found.empty:
        st.markdown("No client had two tickets of one topic." + _NO_CLIENT * bool(held["client"].isna().all()))
        return
    shown = pd.DataFrame({"Client": found["client"], "Topic": found["topic"]}).assign(**_numbers(found))
    shown = shown.assign(Contractors=found["contractors"], Last=found["last"].dt.normalize())

    def behind(row: int, column: str) -> Behind:
        client, topic = found["client"].iloc[row], found["topic"].iloc[row]
        own = held[(held["client"] == client) & (held["topic"] == topic)]
        return _behind(own, f"{client}, {topic}", column)

    opened.table(shown, Sheet("tickets-by-client", "Topics that come back at a client"), behind, f"clients-{key}")


def _contractors(held: pd.DataFrame, key: str) -> None:
    st.subheader("Contractors with several tickets", anchor=False)
    named = held[held["candidate"] != NAMELESS]
    found = counts.contractors(named)
    if found.empty:
        st.markdown("No contractor had two.")
    else:
        shown = pd.DataFrame({"Contractor": found["candidate"]}).assign(**_numbers(found))
        shown = shown.assign(Clients=found["clients"], Topics=found["topics"], Last=found["last"].dt.normalize())
        shown = shown.drop(columns="Resolved")

        def behind(row: int, column: str) -> Behind:
            who = found["candidate"].iloc[row]
            return _behind(named[named["candidate"] == who], who, column)

        sheet = Sheet("tickets-by-contractor", "Contractors with several tickets")
        opened.table(shown, sheet, behind, f"who-{key}", opened.wide(shown["Topics"], shown["Clients"]))
    if hidden := len(held) - len(named):
        st.markdown(f":small[{text.count(hidden, 'ticket')} of people who want to be left alone: not listed by name.]")


def _numbers(found: pd.DataFrame) -> dict[str, pd.Series]:
    # What is to be done stands first: a small screen shows the first columns.
    told = {title: _sum(found, states) for title, states in _COLUMNS.items()}
    told = {"Overdue": told.pop("Overdue"), "Waiting": told.pop("Waiting"), "Tickets": found["tickets"]} | told
    return {title: values for title, values in told.items() if title != "Settled by an answer" or values.any()}


def _sum(found: pd.DataFrame, states: tuple[str, ...]) -> pd.Series:
    return found[list(states)].sum(axis="columns").astype("int64")


def _with_times(found: pd.DataFrame, named: dict[str, pd.Series]) -> pd.DataFrame:
    lines = found.to_dict("records")
    times = {"Half within": [half_within(row) for row in lines], "9 of 10 within": [_most_within(row) for row in lines]}
    return pd.DataFrame({**named, **_numbers(found), **times})


def half_within(row: Mapping[Any, Any]) -> str | None:
    """The median and its likely range in the same unit: ``3.7 days, 2.9 to 5.0``, ``20 hours, 10 or more``."""
    middle, low, high = row["median_hours"], row["median_low"], row["median_high"]
    if pd.isna(middle):
        return _not_yet(row)
    if pd.isna(low):
        return lasted(middle)
    last = "or more" if pd.isna(high) else f"to {in_unit(high, middle)}"
    return f"{lasted(middle)}, {in_unit(low, middle)} {last}"


def _most_within(row: Mapping[Any, Any]) -> str | None:
    return _not_yet(row) if pd.isna(row["slow_hours"]) else lasted(row["slow_hours"])


def _not_yet(row: Mapping[Any, Any]) -> str | None:
    """Why there is no time; nothing where there is no ticket."""
    return f"not yet: {100 * row['resolved'] / row['tickets']:.0f} % are" if row["tickets"] else None


def _behind(rows: pd.DataFrame, title: str, column: str) -> Behind:
    states = _COLUMNS.get(column, tuple(STATES))
    own = rows[rows["state"].isin(states)].sort_values("opened_at", ascending=False)
    titled = f"{title}, {column.lower()}" if column in _COLUMNS else title
    return Behind(titled, support.listed(own), own["party"])


def questions(found: Tickets, chosen: Whose) -> None:
    """What the rows leave unclear, each with its row; nothing of it is dropped."""
    asked = chosen.only(found.questions)
    if asked.empty:
        return
    title = f"Questions about {text.count(len(asked), 'row')}"
    with st.expander(title, icon=":material/help:", key="ticket_questions"):
        st.markdown("Rows of tickets that contradict each other or say too little, and what was made of them.")
        shown = asked[list(_ASKED)].rename(columns=_ASKED)
        sheet = Sheet("ticket-questions", "Questions about tickets")
        opened.rows(shown, sheet, opened.wide(shown["Question"]))


_ASKED = {
    "sentence": "Question",
    "who": "Who",
    "client": "Client",
    "desk": "Desk",
    "occurred_at": "When",
    "activity_id": "Row",
}
