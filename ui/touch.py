"""The page Touch programme: the touches of every assignment that fell due and were kept, and who is next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quality import touch
from quality.obligation_forms import Rule
from quality.shares import Share, share
from ui import clock, downloads, menu, named, text, touch_data
from ui.downloads import Sheet
from ui.scoreboard import pinned
from ui.whose import Whose

#: Rule -> what the phase is called here, and who it is for.
PHASES: Mapping[str, str] = {
    "touch_to_start": "Accepted to start",
    "touch_120": "Start to day 120",
    "touch_contract": "Rest of the contract",
    "onsite_thanks": "On-site thanks",
}
STATUS = {"kept": "in time", "late": "late", "overdue": "not made", "open": "due", "waived": "called off"}
EVERYBODY = "All of them"
_TABLE, _PHASE, _DESK = "touch table", "touch_phase", "touch_of"


def programme(chosen: Whose) -> None:
    """Coverage by desk and phase with the rows behind it, then who is next."""
    due = chosen.only(touch_data.fell_due())
    _lead(due)
    _cards(due)
    if not due.empty:
        _table(due)
        _behind(due)
    _next(chosen)


def _lead(due: pd.DataFrame) -> None:
    period = touch_data.days()
    span = text.days(period.start, period.end)
    if due.empty:
        st.info(_NOTHING.format(span=span), icon=":material/info:")
        return
    whole = share(int((due["status"] == "kept").sum()), len(due))
    st.subheader(text.unbroken(f"{whole.among('touches')} were kept in time"), anchor=False)
    st.markdown(text.unbroken(f"Touches that fell due {span}; {whole.likely}. {_HOW}"))


_NOTHING = (
    "No touch fell due {span}. The programme begins with an accepted offer or a start: an export needs rows "
    "*offer_accepted* and *start* that name the candidate, and the contacts with them."
)
_HOW = (
    "Each contact begins the next wait; a late one and one that was never made both count against it. "
    "What was called off, because the assignment ended or somebody answered it, counts in neither number."
)


def _cards(due: pd.DataFrame) -> None:
    """A card for each phase that is on or had a touch due; the others in a line below."""
    found = touch.coverage(due)
    shares = {rule: found.get(("", rule.name), share(0, 0)) for rule in touch_data.programme()}
    with st.grid(len(PHASES), min_column_width=220):
        for rule, one in shares.items():
            if rule.on or one.of:
                _card(rule, one)
    for rule, one in shares.items():
        if not rule.on and not one.of:
            st.markdown(f"**{PHASES[rule.name]}**: {_said(rule, one)}")
            _link("follow_up_rules", {})


def _card(rule: Rule, found: Share) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(PHASES[rule.name], found.number)
        st.markdown(f":small[{text.unbroken(_said(rule, found))}]")


def _link(page: str, asked: Mapping[str, str | list[str]]) -> None:
    screen = menu.BY_URL[page]
    st.page_link(menu.file(page), label=screen.title, icon=screen.icon, query_params=dict(asked))


def _said(rule: Rule, found: Share) -> str:
    due = f"Due every {text.count(rule.number, 'day')}." if rule.on else "Switched off."
    if found.of:
        kept = "In time" if found.is_few else f"{found.count:,} of {found.of:,} in time"
        return f"{kept}, {found.likely}. {due}"
    if not rule.on and rule.name == "onsite_thanks":
        return f"{due} It is for firms that have somebody to visit contractors at work."
    return f"{due} None fell due." if rule.on else due


# --- by desk ---------------------------------------------------------------------------------------------------------


def _table(due: pd.DataFrame) -> None:
    shown = by_desk(due)
    st.markdown("**Kept in time, desk by desk.** Click a number to see the touches behind it.")
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        column_config={"Desk": pinned(shown["Desk"])},
        key=_TABLE,
        on_select=partial(_take_click, shown["Desk"].tolist()),
        selection_mode="single-cell",
        alt="Touches kept in time of those that fell due, by desk and phase",
    )


def by_desk(due: pd.DataFrame) -> pd.DataFrame:
    """Desk, then a column a phase that had a touch due: ``74 % (26 of 35)``."""
    found = touch.coverage(due)
    desks = ["", *sorted(due["desk"].unique())]
    phases = [name for name in PHASES if ("", name) in found]
    cells = {PHASES[name]: [_cell(found.get((desk, name))) for desk in desks] for name in phases}
    return pd.DataFrame({"Desk": [EVERYBODY, *desks[1:]], **cells})


def _cell(found: Share | None) -> str:
    return f"{found.short} · {found.likely.removeprefix('likely ')}" if found else "none due"


def _take_click(desks: list[str]) -> None:
    clicked = st.session_state[_TABLE]["selection"]["cells"]
    names = {title: name for name, title in PHASES.items()}
    if clicked and clicked[0][1] in names:
        row, title = clicked[0]
        st.session_state[_PHASE] = names[title]
        st.session_state[_DESK] = desks[row] if row else None


def _forget_click() -> None:
    st.session_state[_TABLE] = {"selection": {"rows": [], "columns": [], "cells": []}}


def _behind(due: pd.DataFrame) -> None:
    """The touches behind one number of the table."""
    left, right = st.columns(2)
    asked: dict[str, Any] = {"index": None, "bind": "query-params", "on_change": _forget_click}
    with left:
        phases = [name for name in PHASES if name in set(due["rule"])]
        label, hint = "Touches behind a number", "Choose, or click a number"
        phase = st.selectbox(label, phases, format_func=PHASES.__getitem__, placeholder=hint, key=_PHASE, **asked)
    with right:
        desk = st.selectbox("of a desk", sorted(due["desk"].unique()), placeholder=EVERYBODY, key=_DESK, **asked)
    if phase:
        rows = due[(due["rule"] == phase) & ((due["desk"] == desk) if desk else True)]
        _rows(rows, f"{PHASES[phase]}, {desk or EVERYBODY.lower()}")


def _rows(rows: pd.DataFrame, title: str) -> None:
    if rows.empty:
        st.markdown("None fell due.")
        return
    found = share(int((rows["status"] == "kept").sum()), len(rows))
    st.markdown(text.unbroken(f"**{text.plain(title)}**: {found.words}"))
    shown = listed(rows)
    named.table(shown, f"touches-{title}-{len(shown)}", f"Touches: {title}", {"Who": rows["party"]}, _DAYS)
    downloads.buttons(shown, Sheet("touches", f"Touches that fell due: {title}", (_HOW,)))


_DAY = st.column_config.DateColumn(format="D MMM YYYY")
_DAYS = dict.fromkeys(("Due", "Made", "Last contact"), _DAY)


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Touches as people read them: Who, Touch, Due, Result, Made, Desk, Client, Job, Why."""
    return pd.DataFrame(
        {
            "Who": rows["who"],
            "Touch": rows["rule"].map(PHASES),
            "Due": rows["due_at"].dt.normalize(),
            "Result": rows["status"].map(STATUS),
            "Made": rows["fulfilled_at"].dt.normalize(),
            "Desk": rows["desk"],
            "Client": rows["client"],
            "Job": rows["job"],
            "Why": rows["why"],
        }
    )


# --- who is next -----------------------------------------------------------------------------------------------------


def _next(chosen: Whose) -> None:
    st.subheader("Who is next", anchor=False)
    found = chosen.only(touch_data.to_do())
    if found.empty:
        st.markdown("No touch is waiting.")
        return
    late = int((found["status"] == "overdue").sum())
    st.markdown(f"{text.count(len(found), 'touch', 'touches')} to make, {late:,} of them late. They are on Owed too.")
    shown = waiting(found)
    key = f"touches-to-make-{chosen.words}-{len(shown)}"
    named.table(shown, key, "Touches to make, the latest first", {"Who": found["party"]}, _DAYS)
    downloads.buttons(shown, Sheet("touches-to-make", f"Touches to make, {text.day(clock.today())}"))
    _link("owed", chosen.link())


def waiting(found: pd.DataFrame) -> pd.DataFrame:
    """Touches to make: Who, Due, Days late (missing where it is not), Touch, Last contact, Desk, Client, Job."""
    late = (pd.Timestamp(clock.today()) - found["due_at"].dt.normalize()).dt.days
    return pd.DataFrame(
        {
            "Who": found["who"],
            "Due": found["due_at"].dt.normalize(),
            "Days late": late.where(late > 0).astype("Int64"),
            "Touch": found["rule"].map(PHASES),
            "Last contact": found["last_contact_at"].dt.normalize(),
            "Desk": found["desk"],
            "Client": found["client"],
            "Job": found["job"],
        }
    )
