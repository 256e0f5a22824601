"""The rows behind the shares of Quality of contact: of one desk or all, every one or those that lack something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from quality.contact_measures import MEASURES, QUESTIONS, Measure, Question
from quality.vocabulary import ACTIVITIES
from ui import contact_quality, contact_quality_data, downloads, named
from ui.contact_quality import TOGETHER, Part
from ui.downloads import Sheet

#: What is asked for in the address: every row, or those that lack the note, the reason or the answer.
ALL, LACKING = "All", "Only those without"
#: What a conversation or a touch has or lacks; people have an answer or none.
WHAT = {"notes": "a note", "reason": "a reason"}
NO_WORD = "no word that says why"

_CONTACTS = {
    "occurred_at": "When",
    "desk": "Desk",
    "activity": "Activity",
    "channel": "By",
    "candidate": "Candidate",
    "contact": "Contact",
    "client": "Client",
    "job": "Job",
    "notes": "Note",
}


def show(found: pd.DataFrame, asked: Question, part: Part) -> None:
    """Asks whose rows are wanted and shows the newest of them."""
    st.subheader("The rows behind", anchor=False)
    measure, desk, lacking = _ask(found, part)
    if desk is None:
        st.markdown("Choose a desk to see what was counted.")
        return
    own = asked if desk == TOGETHER else replace(asked, desks=(desk,))
    rows = contact_quality_data.rows(own, measure.name, lacking=lacking)
    _say(rows, found, measure, desk, lacking)
    table = people(rows, measure) if part.is_people else contacts(rows, measure)
    _table(table, measure, f"contacts-{measure.name}-{desk}-{lacking}-{len(table)}")
    if len(table):
        downloads.buttons(
            table, Sheet(f"contact-rows-{measure.name}", measure.title, contact_quality.about(asked, part))
        )


def _ask(found: pd.DataFrame, part: Part) -> tuple[Measure, str | None, bool]:
    with st.grid(3, min_column_width=240):
        name = _ask_measure(part)
        own = found[(found["measure"] == name) & (found["of"] > 0)]
        desk = st.selectbox(
            "Of",
            own["desk"].fillna(TOGETHER).tolist(),
            None,
            placeholder="Choose a desk",
            key="rows_of",
            bind="query-params",
        )
        kind = st.segmented_control(
            "Which", [ALL, LACKING], default=ALL, required=True, key="which_rows", bind="query-params"
        )
    return MEASURES[name], desk, kind == LACKING


def _ask_measure(part: Part) -> str:
    """Which question, where people were asked several; the one share there is elsewhere."""
    if not part.is_people:
        return part.main.name
    names = [measure.name for measure in reversed(part.measures)]
    return st.selectbox(
        "Answer to",
        names,
        format_func=lambda name: MEASURES[name].title,
        key=f"answer_{part.group}",
        bind="query-params",
    )


def _say(rows: pd.DataFrame, found: pd.DataFrame, measure: Measure, desk: str, lacking: bool) -> None:
    """How many there are, so that the rows add up to the number; and where only the newest are shown."""
    one = contact_quality.share_of(found, measure.name, None if desk == TOGETHER else desk)
    total = one.of - one.count if lacking else one.of
    many = f"{total:,} of {one.of:,} {measure.noun[1]}" if lacking else f"{total:,} {measure.noun[total != 1]}"
    which = "the first by name" if measure.group in QUESTIONS else "the newest"
    cut = f" {len(rows):,} are shown, {which}." if len(rows) < total else ""
    what = WHAT.get(measure.name, "the answer")
    st.markdown(f"{many}{f' without {what}' if lacking else f', {one.count:,} of them with {what}'}.{cut}")


def contacts(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Conversations or touches as people read them: what each counts as first, then the columns that hold anything."""
    named = rows.assign(activity=[ACTIVITIES[name].title for name in rows["activity"]])
    held = [name for name in _CONTACTS if named[name].notna().any()]
    shown = named[held].rename(columns=_CONTACTS)
    counts = [_counts_as(row, measure) for row in rows.to_dict("records")]
    shown.insert(0, "Counts as", counts)
    return shown


def _counts_as(row: dict[Any, Any], measure: Measure) -> str:
    if measure.name == "notes":
        return "✓ note" if row["held"] else "▽ no note"
    if row["held"]:
        return "✓ a reason"
    if not row["checks_in"]:
        return "▽ no note"
    return f"▽ checks in: {NO_WORD if pd.isna(row['phrase']) else row['phrase']}"


def people(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Candidates or clients with a tick for each answer on record."""
    sided = {"Who": rows["who"], "Client": rows["client"]} if measure.group == "client" else {"Who": rows["who"]}
    active = rows["active"].map({1: "✓", 0: ""})
    ticks = {contact_quality.SHORT[name]: rows[name].map({1: "✓", 0: "–"}) for name in QUESTIONS[measure.group]}
    return pd.DataFrame({**sided, "Active": active, **ticks})


def _table(table: pd.DataFrame, measure: Measure, key: str) -> None:
    party = "client" if measure.group == "client" else "candidate"
    when = {"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")}
    named.table(table, key, f"Rows behind: {measure.title}", {"Who": party}, when)
