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

PAGE = 15
EVERY = "All of them"
#: Order of the list -> how it is told; the first where nobody asks otherwise.
ORDERS = {
    "Overdue the longest": "Overdue the longest at the top, then those in time.",
    "Came in last": "The ticket that came in last at the top.",
}
APART = "People whose assignment is over stand apart at the end."
KINDS_SAID = " ".join(f"{KINDS[name]}: {MEANINGS[name]}." for name in ("experience", "adoption"))
#: Letters of a note that are shown.
NOTE = 240
WINDOW = 364
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


def lead(rows: pd.DataFrame) -> bool:
    """How many tickets wait and how fast support was; False where no ticket is on record at all."""
    if rows.empty:
        st.info(_NEEDED, icon=":material/info:")
        return False
    waiting = to_do(rows)
    late = int((waiting["state"] == "overdue").sum())
    if waiting.empty:
        st.success("No ticket waits.", icon=":material/task_alt:")
    else:
        verb = "waits" if len(waiting) == 1 else "wait"
        st.subheader(f"{text.count(len(waiting), 'ticket')} {verb}, {late:,} overdue", anchor=False)
    recent = rows[rows["opened_at"] >= pd.Timestamp(clock.today() - timedelta(days=WINDOW))]
    found = in_time(recent)
    if found.of:
        said = f"Of the last 52 weeks {found.short} were resolved in time, {found.likely}.{_left_out(recent)}"
        st.markdown(text.unbroken(said))
    st.markdown(f":small[{definition()}]")
    return True


def _left_out(recent: pd.DataFrame) -> str:
    more = [f"{number:,} {words}" for words, number in left_out(recent).items()]
    return f" Left out: {', '.join(more)}." if more else ""


def show(rows: pd.DataFrame) -> None:
    """The tickets that wait: of people on assignment first, those whose assignment is over apart."""
    waiting = to_do(rows)
    if waiting.empty:
        return
    own = {"care": support_data.care_of(waiting), "is_over": support_data.is_over(waiting)}
    moved = support_data.handed_on(waiting)
    told = waiting.assign(**own, owner=support_data.holder(waiting)).join(moved)
    asked = _of(_of(told, "kind", "Kind", KINDS), "owner", "Who has it", {})
    if asked.empty:
        st.markdown("No ticket waits here.")
        return
    parted = _ordered(asked).sort_values("is_over", kind="stable", ignore_index=True)
    shown = rows_of(parted[chosen_page(len(parted), PAGE, "tickets_page")])
    listed_lines = tuple(line_of(row) for row in shown)
    known, reach = owed_data.known_of(listed_lines), owed_data.reach(listed_lines)
    for at, (row, line) in enumerate(zip(shown, listed_lines, strict=True)):
        if row["is_over"] and (at == 0 or not shown[at - 1]["is_over"]):
            _gone(int(parted["is_over"].sum()))
        _card(row, line, known.get(line.person, Known()), reach[line.person])
    title = f"Tickets that wait, as of {clock.today().isoformat()}"
    sheet, make = Sheet("tickets", title, (definition(),)), partial(listed, parted)
    with st.container(horizontal=True, gap="small"):
        downloads.list_button(make, sheet)
        downloads.workbook_button(make, sheet)


def _ordered(asked: pd.DataFrame) -> pd.DataFrame:
    """In the order that is chosen; the tickets come with those overdue the longest first."""
    first, last = ORDERS
    chosen = st.segmented_control("At the top", [first, last], default=first, required=True, **_TOP) or first
    st.markdown(f":small[{ORDERS[chosen]} {APART}]")
    opened.how_counted(definition(), KINDS_SAID)
    return asked.sort_values("opened_at", ascending=False, kind="stable") if chosen == last else asked


_TOP: Mapping[str, Any] = {"key": "tickets_top", "bind": "query-params"}


def _gone(many: int) -> None:
    st.subheader(f"{text.count(many, 'ticket')} of people whose assignment is over", anchor=False)


def _of(waiting: pd.DataFrame, column: str, label: str, titles: Mapping[Any, str]) -> pd.DataFrame:
    """Cut down to one value of a column; asked for only where there are several."""
    counts = waiting[column].value_counts()
    if len(counts) < 2:
        return waiting
    said = {EVERY: EVERY} | {name: f"{titles.get(name, name)}, {number:,}" for name, number in counts.items()}
    key = f"ticket_{column}"
    chosen = st.selectbox(label, list(said), format_func=said.__getitem__, key=key, bind="query-params")
    return waiting if chosen == EVERY else waiting[waiting[column] == chosen]


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
        "Care": row["care"] or assignment_data.NOT_HANDED,
        "Said last": noted(known.last),
        "Reach": " · ".join(reach),
    }


def _holder(row: Row) -> str:
    handed = f", from {row['handed_by']} on {text.day(row['handed_at'])}" if row["handed_by"] else ""
    return f"{row['owner']}{handed}" if row["owner"] else "nobody on record"


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
        "Who": rows["who"], "Ticket": rows["ref"], "Kind": rows["kind"].map(KINDS), "Topic": rows["topic"],
        "State": rows["state"].map(STATES), "Came in": rows["opened_at"], "Due": rows["due_at"],
        "Resolved": rows["resolved_at"], "Hours": rows["hours"].round(1), "Client": rows["client"],
        "Job": rows["job"], "Desk": rows["desk"], "With": rows["owner"],
    }  # fmt: skip
    care = {"Care": rows["care"]} if "care" in rows else {}
    return pd.DataFrame({**shown, **care})
