"""What comes after an assignment, on the page Retention: whose ends soon, and who was placed again."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quality import redeployment
from quality.redeployment import AHEAD, RULES, WINDOWS, Near
from quality.retention import REASONS
from quality.rule_changes import rule_on
from quality.shares import share
from ui import clock, data, glossary, opened, retention_data, text
from ui.downloads import Sheet
from ui.opened import Behind
from ui.retention import ALL, ask_period
from ui.whose import Whose

#: The days ahead that a page opens with.
_USUAL = 45
_PUBLISHED = (
    "Contractors placed again, commercial staffing",
    "Contractors placed again with a gap of one week at most",
)


def coming(chosen: Whose) -> None:
    """Whose assignment ends soon and whether there was a contact near the date; then who was placed again."""
    _ending(retention_data.ending(chosen, clock.today()), chosen)
    st.subheader("Placed again", anchor=False)
    period = ask_period()
    _placed(retention_data.freed(chosen, period), f"{chosen.words}-{period}")


# --- ending soon -----------------------------------------------------------------------------------------------------


def _ending(found: pd.DataFrame, chosen: Whose) -> None:
    days = st.segmented_control(
        "Ending within",
        list(AHEAD),
        format_func=lambda days: f"{days} days: {redeployment.within(found, days).ending:,}",
        default=_USUAL,
        required=True,
        key="ending_in",
        bind="query-params",
    )
    asked = days or _USUAL
    near = _late_first(found[(found["days_left"] <= asked) & (found["next_said"] != "alone")])
    st.subheader(_sentence(redeployment.within(found, asked), asked), anchor=False)
    if found.empty:
        st.markdown(_NO_ENDS)
    if not near.empty:
        _list(near, chosen)


_NO_ENDS = (
    f"No running assignment has a planned end in the next {max(AHEAD)} days. An export needs rows *start* and "
    "*extension* with their *planned_end*."
)


def how() -> str:
    """When somebody counts as in contact near the date, by the rules in force."""
    rules = [rule_on(data.settings(), name, clock.today()) for name in RULES]
    times = [
        f"{rule.number} days before the planned end (from {rule.opens or 0} days earlier on)"
        for rule in rules
        if rule.on
    ]
    if not times:
        return "The rules that ask for a contact near the planned end are switched off, so nothing is due."
    return (
        f"In contact near the date: any contact with the contractor {' and again '.join(times)}, once that end was "
        "agreed. The latest is shown. Late: they were in contact, after the day it was due by. Overdue: that day has "
        "passed without a contact. Due soon: there is time until then."
    )


def _late_first(near: pd.DataFrame) -> pd.DataFrame:
    """Who is to be called now, then the others whose contact came late, then the rest; the next to end first."""
    rank = near["next_said"].map({"overdue": 0, "again": 0, "late": 1}).fillna(2)
    return near.assign(rank=rank).sort_values(["rank", "planned_end"])


def _sentence(near: Near, days: int) -> str:
    ending = f"{text.count(near.ending, 'assignment ends', 'assignments end')} within {days} days"
    return f"{ending}; in contact near the date: {near.words}" if near.ending or near.alone else ending


def said(row: dict[Any, Any]) -> str:
    """How it stands with the contact near the date: ``In contact on 5 Nov, again due since 22 Nov``."""
    met, due, late, missed = (_day(row[name]) for name in ("spoken_on", "due_on", "late_on", "missed_on"))
    first = f", late: due by {missed}" if late == met else f"; the first, on {late}, was due by {missed}"
    return {
        "overdue": f"No contact yet, due since {due}",
        "due": f"No contact yet, due by {due}",
        "again": f"In contact on {met}, again due since {due}",
        "late": f"In contact on {met}{first}" + (f", again due by {due}" if due else ""),
        "spoken": f"In contact on {met}" + (f", again due by {due}" if due else ""),
        "none": "Nothing due",
    }[row["next_said"]]


def _day(moment: Any) -> str:
    return "" if pd.isna(moment) else f"{moment.day} {moment:%b}"


#: How it stands with the contact near the date -> that in a word or two.
STATES = {
    "overdue": "Overdue", "due": "Due soon", "again": "Overdue again", "late": "Late", "spoken": "In time",
    "none": "Nothing due",
}  # fmt: skip
_SHOWN = {
    "candidate": "Who",
    "planned_end": "Planned end",
    "state": "State",
    "said": "Contact near the date",
    "desk": "Desk",
    "client": "Client",
    "job": "Job",
    "days_left": "Days left",
    "due_on": "Due by",
    "extensions": "Extensions",
    "care_owner": "Care",
}


def _list(near: pd.DataFrame, chosen: Whose) -> None:
    worded = near.assign(said=[said(row) for row in near.to_dict("records")], state=near["next_said"].map(STATES))
    shown = worded[list(_SHOWN)].rename(columns=_SHOWN).reset_index(drop=True)
    shown = shown.assign(Care=shown["Care"].astype("object").where(shown["Care"].notna(), None))
    sheet = Sheet("ending-soon", "Assignments that end soon", (how(),), f"ending-{chosen.words}-{len(shown)}")
    opened.people(shown, sheet)
    opened.how_counted(how())


# --- placed again ----------------------------------------------------------------------------------------------------


def _placed(found: pd.DataFrame, key: str) -> None:
    if found.empty:
        st.info(_NO_FREED, icon=":material/info:")
        return
    whole = redeployment.placed_again(found, WINDOWS[1], clock.today())
    st.markdown(text.unbroken(f"**{whole.words}** started again within {WINDOWS[1]} days of the end."))
    groups = {ALL: found} | {str(desk): own for desk, own in found.groupby("desk", sort=True)}
    names = list(groups)

    def behind(row: int, column: str) -> Behind:
        window = next((days for days in WINDOWS if column == _title(days)), None)
        own = groups[names[row]]
        rows = own if window is None else redeployment.judged(own, window, clock.today())
        return Behind(f"{names[row]}, {column.lower()}", _ends(rows), "candidate")

    opened.table(_by_desk(groups), Sheet("placed-again", "Placed again", (ABOUT,)), behind, f"placed-{key}")
    st.markdown(f":small[{opened.HINT}]")
    st.markdown(glossary.published_beside(*_PUBLISHED))
    opened.how_counted(ABOUT)


_NO_FREED = (
    "No contractor was free after an end in this time. An export needs rows *end* and *start* that name the candidate."
)
ABOUT = (
    "Placed again: the same person starts another assignment on the last day or within so many days of it, with any "
    "desk. Only ends whose days are over count, and today is not over. Converted contractors, those who never started, "
    "and those on another assignment already are left out."
)


def _title(days: int) -> str:
    return f"Within {days} days"


def _by_desk(groups: dict[str, pd.DataFrame]) -> pd.DataFrame:
    cells = {_title(days): [_cell(own, days) for own in groups.values()] for days in WINDOWS}
    return pd.DataFrame({"Desk": list(groups), **cells, "Ends": [len(own) for own in groups.values()]})


def _cell(own: pd.DataFrame, days: int) -> str:
    over = redeployment.judged(own, days, clock.today())
    one = share(int(over["again"].sum()), len(over))
    return f"{one.short} · {one.likely.removeprefix('likely ')}" if one.of else one.short


_ENDS = {
    "candidate": "Who",
    "ended_on": "Ended",
    "outcome": "How",
    "next_on": "Next start",
    "next_client": "Next client",
    "next_desk": "By desk",
    "again": "In time",
    "client": "Client",
    "job": "Job",
    "desk": "Desk",
}


def _ends(rows: pd.DataFrame) -> pd.DataFrame:
    said = retention_data.named(rows).sort_values("ended_on", ascending=False)
    worded = said.assign(outcome=[REASONS.get(str(one), REASONS["other"]) for one in said["outcome"]])
    return worded[[name for name in _ENDS if name in worded]].rename(columns=_ENDS).reset_index(drop=True)
