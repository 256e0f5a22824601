"""Why somebody on assignment stands where they stand on Care, and their tickets that wait."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quality.call_sheet import Person
from ui import clock, menu, text, timeline_data
from ui.care import REASON, badge
from ui.timeline_lines import Row, records


def show(person: Person) -> None:
    """The level with what it rests on, a line an assignment, and the open tickets; nothing for others."""
    cases = records(timeline_data.care(person))
    if not cases:
        return
    waiting = records(timeline_data.open_tickets(person))
    with st.container(border=True, gap="small"):
        st.markdown("\n\n".join(_case(row, len(cases) > 1) for row in cases))
        if waiting:
            st.markdown("\n".join(f"- {_ticket(row)}" for row in waiting))
            about, icon = "Opens the tickets that wait there about the same", menu.BY_URL["support"].icon
            st.page_link(menu.file("support"), label="Support", icon=icon, help=about, query_params=_alike(waiting))


def _alike(waiting: list[Row]) -> dict[str, list[str]]:
    """What Support is to show: the topics of these tickets, and their clients where each names one; no person."""
    named = ("client", "topic") if all(row["client"] for row in waiting) else ("topic",)
    return {name: sorted({row[name] for row in waiting}) for name in named}


def _case(row: Row, with_place: bool) -> str:
    """The level, what weighs, and what they are in on top of it, in a line."""
    place = ", ".join(text.plain(row[name]) for name in ("job", "client") if row[name])
    of = f" **{place}:**" if with_place and place else ""
    signs = " ".join(f"{text.plain(said, REASON)}." for said in row["reasons"]) or "No sign of trouble."
    context = f" :small[Besides: {text.plain('; '.join(row['context']), REASON)}.]" if row["context"] else ""
    return f"{badge(row)}{of} {signs}{context}"


def _ticket(row: Row) -> str:
    """Its number and topic, for how long it has been open, and who has it."""
    days = (pd.Timestamp(clock.today()) - row["opened_at"].normalize()).days
    since = f"open for {text.count(days, 'day')}" if days else "opened today"
    number = f" {text.plain(row['ref'])}" if row["ref"] else ""
    owner = text.plain(row["owner"] or "nobody on record")
    return f"**Ticket{number}:** {text.plain(row['topic'])}, {since}, with {owner}"
