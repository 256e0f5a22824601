"""The page Support, its list: the tickets that wait, who has them, and what to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quality.call_sheet import Line, Reason, how_late
from quality.last_words import Known
from quality.obligation_forms import Rule
from quality.rule_changes import rule_on, unit_of
from quality.support import KINDS, MEANINGS, RULE, STATES
from quality.support_counts import in_time, left_out, to_do
from quality.wishes import NAMELESS
from ui import (
    assignment_data,
    clock,
    data,
    downloads,
    opened,
    owed_answers,
    owed_data,
    support_data,
    text,
    timeline_link,
)
from ui.blitz_data import Row, rows_of
from ui.downloads import Sheet
from ui.last_words import noted
from ui.paging import chosen_page
from ui.support_asked import Asked

PAGE = 15
#: Order of the list -> how it is told; the first where nobody asks otherwise.
ORDERS = {
    "Overdue the longest": "Overdue the longest at the top, then those in time.",
    "Came in last": "The ticket that came in last at the top.",
}
APART = "People whose assignment is over stand apart at the end."
KINDS_SAID = " ".join(f"{KINDS[name]}: {MEANINGS[name]}." for name in ("experience", "adoption"))
CLIENTS = (
    "A ticket that names no client is one of the client its contractor worked for on the day it came in. Where no "
    "assignment ran that day, or several did at different clients, it is of no client."
)
#: Letters of a note that are shown.
NOTE = 240
WINDOW = 364
#: From so many hours on they are told in days.
IN_DAYS = 48
_NEEDED = (
    "No ticket is on record. An export of support cases needs rows of the activity ticket_opened, best with the number "
    "in ref, the kind (experience or adoption) in outcome, the topic in notes and who has it in assignee, and rows of "
    "the activity ticket_resolved with the same number."
)


def rule() -> Rule:
    """The rule that says when a ticket is due, as it is today."""
    return rule_on(data.settings(), RULE, clock.today())


def definition() -> str:
    """What waiting and overdue mean, by the rule as it is today."""
    held = rule()
    unit = unit_of(held).removesuffix("s") if held.number == 1 else unit_of(held)
    days = f"It is due {held.number} {unit} after it came in" if held.on else "The rule that says when is switched off"
    return f"A ticket waits until it is resolved on record. {days} (rule “{held.title}”)."


def lead(rows: pd.DataFrame, asked: Asked, is_empty: bool) -> bool:
    """How many of the tickets asked for wait and how fast support was; False where there are none.

    ``is_empty``: no ticket is on record at all.
    """
    if rows.empty:
        st.info(_NEEDED if is_empty else asked.nothing(), icon=":material/info:")
        return False
    waiting = to_do(rows)
    late = int((waiting["state"] == "overdue").sum())
    if waiting.empty:
        st.success(f"No ticket waits{' of those chosen' * asked.is_cut}.", icon=":material/task_alt:")
    else:
        verb = "waits" if len(waiting) == 1 else "wait"
        st.subheader(f"{text.count(len(waiting), 'ticket')} {verb}, {late:,} overdue", anchor=False)
    recent = rows[rows["opened_at"] >= pd.Timestamp(clock.today() - timedelta(days=WINDOW))]
    found = in_time(recent)
    if found.of:
        said = f"Of the last 52 weeks {found.short} were resolved in time, {found.likely}.{_left_out(recent)}"
        st.markdown(text.unbroken(said))
    st.markdown(f":small[{definition()}{_of_desks(asked)}]")
    return True


def _of_desks(asked: Asked) -> str:
    """Which tickets those of the desks that are chosen are."""
    if asked.whose.asked is None:
        return ""
    who = text.plain(asked.whose.words)
    return f" Shown are tickets of contractors of {who}, and those that are, or were when resolved, with {who}."


def _left_out(recent: pd.DataFrame) -> str:
    more = [f"{number:,} {words}" for words, number in left_out(recent).items()]
    return f" Left out: {', '.join(more)}." if more else ""


def show(rows: pd.DataFrame, asked: Asked) -> None:
    """The tickets that wait: of people on assignment first, those whose assignment is over apart."""
    waiting = to_do(rows)
    if waiting.empty:
        return
    parted = _ordered(waiting).sort_values("is_over", kind="stable", ignore_index=True)
    shown = rows_of(parted[chosen_page(len(parted), PAGE, "tickets-page", asked.words, st.session_state[_TOP["key"]])])
    listed_lines = tuple(line_of(row) for row in shown)
    known, reach = owed_data.known_of(listed_lines), owed_data.reach(listed_lines)
    for at, (row, line) in enumerate(zip(shown, listed_lines, strict=True)):
        if row["is_over"] and (at == 0 or not shown[at - 1]["is_over"]):
            _gone(int(parted["is_over"].sum()))
        _card(row, line, known.get(line.person, Known()), reach[line.person])
    title = f"Tickets that wait, {asked.words}, as of {clock.today().isoformat()}"
    sheet, make = Sheet("tickets", title, (definition(),)), partial(listed, parted)
    with st.container(horizontal=True, gap="small"):
        downloads.list_button(make, sheet)
        downloads.workbook_button(make, sheet)


def show_all(rows: pd.DataFrame, asked: Asked) -> None:
    """Every ticket that is asked for, waiting or not, the latest first, to take away."""
    latest = rows.sort_values("opened_at", ascending=False, kind="stable", ignore_index=True)
    st.markdown(f"{text.count(len(rows), 'ticket')} in all, the one that came in last at the top.")
    title = f"Tickets, {asked.words}, as of {clock.today().isoformat()}"
    sheet = Sheet("all-tickets", title, (definition(),), f"all-tickets-{asked.words}-{len(rows)}")
    opened.people(listed(latest), sheet, latest["party"])


def _ordered(asked: pd.DataFrame) -> pd.DataFrame:
    """In the order that is chosen; the tickets come with those overdue the longest first."""
    first, last = ORDERS
    chosen = st.segmented_control("At the top", [first, last], default=first, required=True, **_TOP) or first
    st.markdown(f":small[{ORDERS[chosen]} {APART}]")
    opened.how_counted(definition(), KINDS_SAID, CLIENTS)
    return asked.sort_values("opened_at", ascending=False, kind="stable") if chosen == last else asked


_TOP: Mapping[str, Any] = {"key": "tickets_top", "bind": "query-params"}


def _gone(many: int) -> None:
    st.subheader(f"{text.count(many, 'ticket')} of people whose assignment is over", anchor=False)


def _card(row: Row, line: Line, known: Known, reach: tuple[str, ...]) -> None:
    with st.container(border=True, gap="small"):
        told = {name: text.plain(words, NOTE) for name, words in facts(row, known, reach).items() if words}
        said = "  \n".join(f":small[**{name}:** {words}]" for name, words in told.items())
        st.markdown(f"{_head(row)}\n\n{said}")
        if row["who"] and row["who"] != NAMELESS:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                owed_answers.ask(line)
                timeline_link.show(row["party"], row["who"])


def _head(row: Row) -> str:
    late = row["state"] == "overdue"
    colour, icon = ("orange", ":material/schedule: ") if late else ("blue", "")
    waits = how_late(row["due_at"], clock.today()) if row["due_at"] is not None else "no due day"
    about = " · ".join(text.plain(one) for one in (row["topic"], row["client"], row["desk"]) if one)
    return f"**{text.plain(row['who'] or '(no name)')}** :{colour}-badge[{icon}{waits}] {about}"


def facts(row: Row, known: Known, reach: tuple[str, ...]) -> dict[str, str]:
    """The ticket, who has it, who takes care, what was said last and how to reach them; empty where not known."""
    number = f"{row['ref']}, " if row["ref"] else ""
    again = ", opened again after it was resolved" if row["reopened"] else ""
    return {
        "Ticket": f"{number}{KINDS[row['kind']].lower()}, came in on {text.day(row['opened_at'])}{again}",
        "Has it": _holder(row),
        "Care": _care(row),
        "Said last": noted(known.last),
        "Reach": " · ".join(reach),
    }


def _holder(row: Row) -> str:
    handed = f", from {row['handed_by']} on {text.day(row['handed_at'])}" if row["handed_by"] else ""
    return f"{row['owner']}{handed}" if row["owner"] else "nobody on record"


def _care(row: Row) -> str:
    """The desk of care, by the hand-off at the start, else by what became of the ticket."""
    if row["care"] or not row["by_care"]:
        return row["care"] or assignment_data.not_handed(support_data.is_care_recorded())
    how = "has" if row["by_care"] == row["owner"] else "handed over"
    return f"{row['by_care']}, by the case it {how}; no hand-off at the start on record"


def line_of(row: Row) -> Line:
    """The ticket as a line of what is owed, for answering it."""
    due_at = row["due_at"] if row["due_at"] is not None else row["opened_at"]
    late = row["state"] == "overdue"
    why = f"Ticket on {text.day(row['opened_at'])}: {row['topic']}"
    place = (row["desk"], row["client"], row["job"], row["ticket"])
    reason = Reason(RULE, why, "", late, False, due_at, *place)
    return Line(row["ticket"], row["party"], row["who"], "", None, (reason,))


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Tickets as people read them, one a row."""
    shown = {
        # What a phone shows beside the name stands first.
        "Who": rows["who"], "State": rows["state"].map(STATES), "Topic": rows["topic"], "Client": rows["client"],
        "Open for": rows["hours"].map(lasted), "Came in": rows["opened_at"], "Due": rows["due_at"],
        "Resolved": rows["resolved_at"], "Kind": rows["kind"].map(KINDS), "Ticket": rows["ref"], "Job": rows["job"],
        "Desk": rows["desk"], "With": rows["owner"], "Care": rows["care"],
    }  # fmt: skip
    return pd.DataFrame(shown)


def lasted(hours: float | None) -> str | None:
    """``5 hours``, from two days on ``3.2 days``; nothing where it is not known."""
    if hours is None or pd.isna(hours):
        return None
    if hours < 1:
        return "under 1 hour"
    return f"{in_unit(hours, hours)} days" if hours >= IN_DAYS else text.count(round(hours), "hour")


def in_unit(hours: float, beside: float) -> str:
    """So many hours as a number in the unit that those ``beside`` it are told in, see `lasted`."""
    return f"{hours / 24:,.1f}" if beside >= IN_DAYS else f"{hours:.0f}"
