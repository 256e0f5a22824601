"""The shared filters: period, view, team and desks, kept in the address, so that a link opens exactly this view."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from ui import clock, data, text
from ui.spans import CUSTOM, NAMES, WEEKS, Filters, View, span_named

VIEWS: dict[str, View] = {"Activity": "activity", "Cohort": "cohort"}
VIEW_HELP = (
    "**Activity** counts what happened in the period; the two numbers of a ratio need not be about the same people. "
    "**Cohort** follows the people of the period and asks how many got to the next step in time; "
    "those whose time is not up yet are shown as still open."
)
ALL_TEAMS = "All teams"

__all__ = ["Filters", "current", "draw", "require_activity", "sentence"]


def current() -> Filters:
    """The filters as they are set; drawn before any page that uses them runs."""
    return st.session_state["filters"]


def draw() -> Filters:
    """Draws the filters in the side bar and says below the title what they are set to."""
    with st.sidebar:
        chosen = _ask(clock.today())
    st.session_state["filters"] = chosen
    st.markdown(sentence(chosen))
    return chosen


def sentence(chosen: Filters) -> str:
    """What the page shows, in words, safe for markdown."""
    who = [text.plain(desk) for desk in chosen.desks] or [text.plain(chosen.team) if chosen.team else "all desks"]
    view = next(name for name, view in VIEWS.items() if view == chosen.view)
    return f"**{chosen.period}**, {text.days(chosen.start, chosen.end)} · {view} view · {text.listed(who)}"


def _ask(today: date) -> Filters:
    period = st.selectbox("Period", NAMES, key="period", bind="query-params")
    start, end = _dates(today) if period == CUSTOM else span_named(period, today)
    view = st.segmented_control(
        "View", list(VIEWS), default="Activity", required=True, key="view", bind="query-params", help=VIEW_HELP
    )
    team = _team()
    return Filters(today, start, end, period, VIEWS[view or "Activity"], team, _desks(team, start, end))


def _dates(today: date) -> tuple[date, date]:
    start, end = span_named(WEEKS, today)
    picked = st.date_input("From and to", (start, end), format="DD/MM/YYYY", key="dates", bind="query-params")
    return (picked[0], picked[-1]) if picked else (start, end)


def _team() -> str | None:
    if not data.teams():
        return None
    team = st.selectbox("Team", [ALL_TEAMS, *data.teams()], key="team", bind="query-params")
    return None if team == ALL_TEAMS else team


def _desks(team: str | None, start: date, end: date) -> tuple[str, ...]:
    names = data.desks_of(team, start, end)
    return tuple(st.multiselect("Desks", names, placeholder="All desks", key="desk", bind="query-params"))


def require_activity(chosen: Filters) -> None:
    """Stops the page when the period holds nothing, and offers the 13 weeks up to the last day that does."""
    if data.has_activity(chosen):
        return
    st.info(f"Nothing happened from {text.days(chosen.start, chosen.end)} as far as the stored files tell.")
    last = data.last_day(chosen.as_of)
    if last:
        st.button(
            f"Show the 13 weeks to {text.day(last)}",
            icon=":material/history:",
            type="primary",
            on_click=_show_weeks_to,
            args=(last,),
        )
    st.page_link("pages/data/upload.py", label="Upload a newer export", icon=":material/upload_file:")
    st.stop()


def _show_weeks_to(last: date) -> None:
    st.session_state["period"] = CUSTOM
    st.session_state["dates"] = (last - timedelta(days=13 * 7 - 1), last)
