"""How contractors stand, in a line for This week: who needs a call, tickets, ends that are near, hand-offs missing."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quality.redeployment import within
from ui import (
    assignment_data,
    care_data,
    clock,
    data,
    handoffs_data,
    menu,
    retention_data,
    support_data,
    text,
    timeline_link,
)
from ui.whose import Whose

#: An end is near from so many days before it.
NEAR = 30
#: How many are named whom to call first, and letters of a reason.
NAMED, LONGEST = 3, 90
_PAGES = ("care", "support", "retention", "handoffs")


def of_firm(place: DeltaGenerator) -> None:
    """Who on assignment needs a call first, and what waits around them; nothing where nobody is on assignment."""
    with place, st.spinner("Looking at contractors"):
        told = said()
    if not told:
        return
    place.subheader("Contractors", anchor=False)
    place.markdown(text.unbroken(" ".join(f"{one}." for one in told)))
    _call_first(place)
    with place, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name in _PAGES:
            screen = menu.BY_URL[name]
            st.page_link(menu.file(name), label=screen.title, icon=screen.icon)


def _call_first(place: DeltaGenerator) -> None:
    """Links to the people to call first, with the first reason beside each, or below it where it is narrow."""
    for who, reason in first():
        with place, st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
            timeline_link.show("candidate", who, f"Call {text.plain(who)}")
            st.markdown(f"{text.plain(reason, LONGEST)}.", width="content")


def first() -> list[tuple[str, str]]:
    """Up to NAMED people on act, as Care has them in order, each with the first reason."""
    people = care_data.people() if said() else pd.DataFrame({"level": [], "contractor": [], "reasons": []})
    urgent = people[people["level"] == "act"].drop_duplicates("contractor").head(NAMED)
    return [(who, reasons[0]) for who, reasons in zip(urgent["contractor"], urgent["reasons"], strict=True)]


def said() -> list[str]:
    """What there is to say of contractors today, a sentence each without its full stop; none without contractors."""
    return _said(data.here(), clock.today())


@data.cached("1MB")
def _said(place: data.Place, today: date) -> list[str]:
    if data.at(place).is_empty():
        return []
    # Who has nobody on assignment need not wait for what would be asked about them.
    if not (assignment_data.assignments(today).rows["state"] == "running").any():
        return []
    people = care_data.people()
    return [] if people.empty else [sentence(people), *waiting(today)]


def sentence(people: pd.DataFrame) -> str:
    """``9 of 56 contractors need a call now, 13 to be watched``."""
    levels = people["level"].value_counts()
    act, watch, total = int(levels.get("act", 0)), int(levels.get("watch", 0)), text.count(len(people), "contractor")
    if not act and not watch:
        return f"Nothing speaks of trouble for {total} on assignment"
    return f"{act} of {total} on assignment {'needs' if act == 1 else 'need'} a call now, {watch} to be watched"


def waiting(today: date) -> list[str]:
    """Tickets, ends that are near and hand-offs that wait; nothing of what there is none of."""
    states = support_data.everything().rows["state"].value_counts()
    tickets, late = int(states.get("open", 0) + states.get("overdue", 0)), int(states.get("overdue", 0))
    near = within(retention_data.ending(Whose(), today), NEAR)
    missing = int((~handoffs_data.missing(handoffs_data.due())["over"]).sum())
    said = {
        f"{text.count(tickets, 'ticket')} waiting, {late} of them overdue": tickets,
        f"{text.count(near.ending, 'assignment ends', 'assignments end')} within {NEAR} days, {near.not_yet} without "
        f"a contact near the end{f', {near.overdue} of them overdue' * bool(near.not_yet)}": near.ending,
        f"{text.count(missing, 'hand-off')} missing": missing,
    }
    return [words for words, number in said.items() if number]
