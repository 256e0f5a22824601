"""The page Close the loop, its list: who was rejected and not told why, what to say, and what was said last."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from quality.call_sheet import Line, lines
from quality.last_words import Known
from quality.loops import LONG, NO_REASON, REASONS, SAY, WITHDREW
from ui import clock, downloads, owed_answers, owed_data, person_rows, text
from ui.blitz_data import Row, rows_of
from ui.downloads import Sheet
from ui.last_words import noted
from ui.paging import chosen_page

PAGE = 15
EVERY = "Every reason"
NEW, OLD = "Lately", "Longer ago"
#: Letters of a note that are shown.
NOTE = 240
DEFINITION = (
    "Waiting is everybody who was rejected and has no feedback since, or feedback while no reason is on record: "
    "neither with the rejection nor with the feedback. Who withdrew is thanked, not told why, and stands apart."
)
_NEEDED = (
    "No rejection is on record. An export needs rows of the activity rejected that name the candidate, best with the "
    "reason, and rows of the activity feedback for those who were told."
)


def lead(waiting: pd.DataFrame, rejections: pd.DataFrame) -> None:
    """How many wait, how many of them for too long."""
    if rejections.empty:
        st.info(_NEEDED, icon=":material/info:")
        return
    left = waiting["reason"] == WITHDREW
    if left.all():
        st.success("Everybody who was rejected was told why.", icon=":material/task_alt:")
    else:
        _say_waiting(waiting[~left])
    if left.any():
        people = waiting.loc[left, "who"].nunique()
        verb = "waits" if people == 1 else "wait"
        st.markdown(f"{text.count(people, 'candidate')} withdrew and {verb} to be thanked: choose Withdrew below.")
    if not waiting.empty:
        st.markdown(f":small[{DEFINITION}]")


def _say_waiting(waiting: pd.DataFrame) -> None:
    late, untold = int((waiting["status"] == "overdue").sum()), int((waiting["reason"] == NO_REASON).sum())
    people = waiting["who"].nunique()
    verb = "waits" if people == 1 else "wait"
    st.subheader(f"{text.count(people, 'candidate')} {verb} to hear why", anchor=False)
    rejected = text.count(len(waiting), "rejection")
    unknown = f", {untold:,} without a reason on record" if untold else ""
    st.markdown(f"{rejected}, {late:,} of them longer than three business days ago{unknown}.")


def show(waiting: pd.DataFrame, whose: str) -> None:
    """Who waits of whoever is chosen, the latest rejection first; those of long ago apart."""
    if waiting.empty:
        return
    asked = _of_age(_of_reason(waiting))
    if asked.empty:
        st.markdown("Nobody waits here.")
        return
    of = (whose, st.session_state["why"], st.session_state["age"])
    shown = asked[chosen_page(len(asked), PAGE, "loops-page", *of)]
    listed = _lines(shown)
    known, reach = owed_data.known_of(listed), owed_data.reach(listed)
    for row, line in zip(rows_of(shown), listed, strict=True):
        _card(row, line, known.get(line.person, Known()), reach[line.person])
    title = f"{_sheet_title(shown)}, as of {clock.today().isoformat()}"
    sheet, make = Sheet("close-the-loop", title, (DEFINITION,)), partial(table, asked)
    with st.container(horizontal=True, gap="small"):
        downloads.list_button(make, sheet)
        downloads.workbook_button(make, sheet)


def _sheet_title(shown: pd.DataFrame) -> str:
    return "Withdrew and not thanked" if (shown["reason"] == WITHDREW).all() else "Rejected and not told why"


def _of_reason(waiting: pd.DataFrame) -> pd.DataFrame:
    counts = waiting["reason"].value_counts()
    said = {EVERY: EVERY} | {name: f"{_title(name)}, {counts[name]:,}" for name in REASONS if name in counts}
    chosen = st.selectbox("Reason", list(said), format_func=said.__getitem__, key="why", bind="query-params")
    return waiting[waiting["reason"] == chosen] if chosen in REASONS else waiting[waiting["reason"] != WITHDREW]


def _title(reason: str) -> str:
    return f"{REASONS[reason]}, to be thanked" if reason == WITHDREW else REASONS[reason]


def _of_age(waiting: pd.DataFrame) -> pd.DataFrame:
    recent = waiting["age"] <= LONG
    said = {NEW: f"Last {LONG} days, {int(recent.sum()):,}", OLD: f"Longer ago, {int((~recent).sum()):,}"}
    age = st.segmented_control(
        "Rejected", list(said), default=NEW, required=True, format_func=said.__getitem__, key="age", bind="query-params"
    )
    return waiting[~recent] if age == OLD else waiting[recent]


def _lines(rows: pd.DataFrame) -> tuple[Line, ...]:
    """Each rejection as a line of its own, for what Owed knows of people and how they are answered."""
    return lines(rows.assign(line=range(len(rows)), part="", later=False), clock.today())


# --- one rejection ---------------------------------------------------------------------------------------------------


def _card(row: Row, line: Line, known: Known, reach: tuple[str, ...]) -> None:
    with st.container(border=True, gap="small"):
        told = {name: text.plain(said, NOTE) for name, said in facts(row, known, reach).items() if said}
        said = "  \n".join(f":small[**{name}:** {words}]" for name, words in told.items())
        st.markdown(f"{_head(row)}\n\n{said}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            owed_answers.ask(line)
            person_rows.button("candidate", line.who or "", row["trigger_id"])


def _head(row: Row) -> str:
    colour, days = "orange" if row["status"] == "overdue" else "blue", text.count(row["age"], "day")
    since = f"withdrew {days} ago" if row["reason"] == WITHDREW else f"waits {days}"
    about = [row["job"], row["client"], row["desk"]]
    said = " · ".join(text.plain(one) for one in about if one)
    return f"**{text.plain(row['who'])}** :{colour}-badge[{since}] {said}"


def facts(row: Row, known: Known, reach: tuple[str, ...]) -> dict[str, str]:
    """Why, what was noted, what was said last, how to reach them and what to say; empty where it is not known."""
    told = f"; feedback without a reason on {text.day(row['told_at'])}" if row["told_at"] is not None else ""
    return {
        "Why": f"{_why(row)} on {text.day(row['triggered_at'])}{told}",
        "Noted": row["note"] or "",
        "Said last": noted(known.last),
        "Reach": " · ".join(reach),
        "Say": SAY[row["reason"]],
    }


def _why(row: Row) -> str:
    return REASONS[WITHDREW] if row["reason"] == WITHDREW else f"{REASONS[row['reason']]}, rejected"


def table(asked: pd.DataFrame) -> pd.DataFrame:
    """The list with everything the page says, one row a rejection."""
    listed = _lines(asked)
    known, reach = owed_data.known_of(listed), owed_data.reach(listed)
    told = [
        {
            "Who": row["who"],
            "Rejected on": row["triggered_at"],
            "Days": row["age"],
            "Reason": REASONS[row["reason"]],
            "Due": row["due_at"],
            "Desk": row["desk"],
            "Client": row["client"],
            "Job": row["job"],
            **facts(row, known.get(line.person, Known()), reach[line.person]),
        }
        for row, line in zip(rows_of(asked), listed, strict=True)
    ]
    return pd.DataFrame(told)
