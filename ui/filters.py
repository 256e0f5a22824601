"""The shared filters: period, view, team and desks, kept in the address, so that a link opens exactly this view."""

from __future__ import annotations

from datetime import date

import streamlit as st

from quality.periods import Period, between
from ui import clock, data, menu, text
from ui.spans import CUSTOM, NAMES, Filters, View, span_named, weeks_to

__all__ = ["Filters", "ask_desks", "ask_team", "current", "draw", "require_activity", "sentence"]

VIEWS: dict[str, View] = {"Activity": "activity", "Cohort": "cohort"}
VIEW_HELP = (
    "**Activity** counts what happened in the period; the two numbers of a ratio need not be about the same people. "
    "**Cohort** follows the people of the period and asks how many took the next step in time; "
    "those whose time is not up are shown as still open."
)
ALL_TEAMS = "All teams"


def current() -> Filters:
    """The filters as they are set; drawn before any page that uses them runs."""
    chosen: Filters = st.session_state["filters"]
    return chosen


def draw() -> Filters:
    """Draws the filters in the side bar; the page says in a sentence what it makes of them."""
    with st.sidebar:
        chosen = _ask(clock.today())
    st.session_state["filters"] = chosen
    return chosen


def sentence(chosen: Filters) -> str:
    """What the page shows, in words, safe for markdown."""
    view = next(name for name, view in VIEWS.items() if view == chosen.view)
    return f"**{chosen.period}**, {text.days(chosen.start, chosen.end)} · {view} view · {_who(chosen)}"


def _who(chosen: Filters) -> str:
    if chosen.desks:
        return text.listed([text.plain(desk) for desk in chosen.desks])
    return text.plain(chosen.team) if chosen.team else "all desks"


def _ask(today: date) -> Filters:
    name = st.selectbox("Period", NAMES, key="period", bind="query-params")
    period = _custom(today) if name == CUSTOM else span_named(name, today)
    view = st.segmented_control(
        "View", list(VIEWS), default="Activity", required=True, key="view", bind="query-params", help=VIEW_HELP
    )
    team = ask_team()
    desks = ask_desks(team, period)
    return Filters(today, period.start, period.end, name, VIEWS[view or "Activity"], team, desks)


def _custom(today: date) -> Period:
    usual = span_named(NAMES[0], today)
    start = _ask_day("From", usual.start)
    end = _ask_day("To", usual.end)
    return between(min(start, end), max(start, end))


def _ask_day(label: str, usual: date) -> date:
    return st.date_input(label, usual, format="YYYY-MM-DD", key=label.lower(), bind="query-params") or usual


def ask_team() -> str | None:
    """Asks for one team, bound to the query parameter ``team``; None for all of them, or where there are none."""
    names = data.teams()
    if not names:
        return None
    team = st.selectbox("Team", [ALL_TEAMS, *names], key="team", bind="query-params")
    return None if team == ALL_TEAMS else team


def ask_desks(team: str | None, period: Period) -> tuple[str, ...]:
    """Asks for desks of the team in that period, bound to the query parameter ``desk``; empty for all of them."""
    names = data.desks_of(team, period.start, period.end)
    return tuple(st.multiselect("Desks", names, placeholder="All desks", key="desk", bind="query-params"))


def require_activity(chosen: Filters) -> None:
    """Stops the page when the period holds nothing, and offers the 13 weeks up to the last day that does."""
    if data.has_activity(chosen):
        return
    last = data.last_day(chosen.as_of, data.asked_desks(chosen))
    st.info(
        f"No activity is stored for {text.days(chosen.start, chosen.end)}, {_who(chosen)}.",
        icon=":material/event_busy:",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if last:
            _offer_weeks_to(last)
        st.page_link(menu.file("upload"), label="Upload a newer export", icon=":material/upload_file:")
    st.stop()


def show_stored(days: Period | None) -> None:
    """Have the next page open on what was just stored, where the period it opens with holds nothing of it."""
    usual = span_named(NAMES[0], clock.today())
    if days and (days.end < usual.start or days.start > usual.end):
        _show_weeks_to(days.end)


def _offer_weeks_to(last: date) -> None:
    label = f"Show the 13 weeks to {text.day(last)}"
    st.button(label, key="show_last_weeks", type="primary", on_click=_show_weeks_to, args=(last,))


def _show_weeks_to(last: date) -> None:
    period = weeks_to(last)
    st.session_state["period"] = CUSTOM
    st.session_state["from"], st.session_state["to"] = period.start, period.end
