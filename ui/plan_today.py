"""The last working day and its week so far against the plan, for every desk that has one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

import pandas as pd
import streamlit as st

from quality.catalogue import MEASURES
from quality.periods import week_of
from quality.plan_words import period_in_short
from quality.progress import Progress
from quality.words import count_in_words
from ui import clock, downloads, plan, plan_data, text
from ui.downloads import Sheet

MET, MISSED = "✓", "▽"
DAY, WEEK = "day", "week"


def show() -> None:
    """The table and the sentence above it; without a saved plan, what to do."""
    lines, beginners = plan_data.standings(), plan_data.beginners()
    if not lines and not beginners:
        st.markdown("No desk has a plan yet. Make one below and save it: its days are then followed here.")
        return
    st.subheader("Done against the plan", anchor=False)
    week = _ask_week(lines[0].on) if lines else False
    st.markdown(" ".join(filter(None, [sentence(lines, week), begun(beginners)])))
    table = rows(lines, week, beginners)
    st.dataframe(
        table,
        hide_index=True,
        placeholder="",
        column_config={"Desk": st.column_config.TextColumn(pinned=True)},
        alt="Every desk with a plan: done of what the plan asks for",
    )
    downloads.buttons(table, Sheet("against-the-plan", "Done of what the plan asks for", key="today"))


def _ask_week(on: date) -> bool:
    """Whether the week so far is looked at instead of the last working day."""
    titles = {DAY: _title(on, week=False), WEEK: _title(on, week=True)}
    span = st.segmented_control(
        "Look at", [DAY, WEEK], default=DAY, required=True, format_func=lambda span: titles[span], key="plan_span"
    )
    return span == WEEK


def _title(on: date, *, week: bool) -> str:
    """What is looked at, as its button and the sentence below call it."""
    if not week:
        return f"{on:%A}, {text.day(on)}"
    name = "This week" if week_of(on) == week_of(clock.today()) else "Last week"
    return f"{name}, {count_in_words(len(plan_data.days_of_week(on)), ('working day', 'working days'))}"


def sentence(lines: Sequence[Progress], week: bool) -> str:
    """Who did all of it and when, in words safe for markdown; empty where no plan is judged yet."""
    if not lines:
        return ""
    desks = {desk: [_met(line, week) for line in own] for desk, own in groupby(lines, key=attrgetter("desk"))}
    all_of_it = [text.plain(desk) for desk, met in desks.items() if False not in met]
    when = _title(lines[0].on, week=week)
    done = f"**{when}: {len(all_of_it)} of {text.count(len(desks), 'desk')} did all their plan asks for**"
    marks = f"{MET} enough, {MISSED} too few, no mark where less than one is asked for."
    early = " Days before a plan was saved are not judged." if week else ""
    return f"{done}{': ' if all_of_it else ''}{text.listed(all_of_it, 5)}. {marks}{early}"


def begun(desks: Sequence[str]) -> str:
    """Whose plan has had no working day yet, in words safe for markdown."""
    said = [f"The plan of {text.plain(desk)} {_starts(desk)}." for desk in desks[:5]]
    return " ".join([*said, "Its first day is judged when it is over."] if len(desks) == 1 else said)


def _starts(desk: str) -> str:
    first = plan_data.first_judged(desk)
    if first is None:
        return "has not started"
    return "starts today" if first == clock.today() else f"starts on {text.day(first)}"


def _met(line: Progress, week: bool) -> bool | None:
    return line.week_met if week else line.day_met


def rows(lines: Sequence[Progress], week: bool, beginners: Sequence[str] = ()) -> pd.DataFrame:
    """A line a desk: its goal, fills so far, how many minimums it met, and each activity as done of wanted."""
    judged = [_row(desk, list(own), week) for desk, own in groupby(lines, key=attrgetter("desk"))]
    ahead = [{"Desk": desk, "Met": _starts(desk), "Goal": _goal(desk)} for desk in beginners]
    found = pd.DataFrame([*judged, *ahead]).fillna("")
    in_order = ["Desk", "Met", "Goal", *map(plan.title, MEASURES)]
    return found[[name for name in in_order if name in found]]


def _row(desk: str, own: Sequence[Progress], week: bool) -> dict[str, str]:
    judged = [met for line in own if (met := _met(line, week)) is not None]
    cells = {plan.title(line.activity): _cell(line, week) for line in own}
    return {"Desk": desk, "Met": f"{sum(judged)} of {len(judged)}", "Goal": _goal(desk), **cells}


def _goal(desk: str) -> str:
    goal, done, period = plan_data.goal_so_far(desk)
    return f"{done:,} of {goal.fills:,} in {period_in_short(goal.per, period)}"


def _cell(line: Progress, week: bool) -> str:
    done, wanted = (line.week, line.week_wanted) if week else (line.day, line.day_wanted)
    mark = {True: f"{MET} ", False: f"{MISSED} ", None: ""}[_met(line, week)]
    return f"{mark}{done:,} of {round(wanted, 1):g}" if wanted else f"{done:,}, away"
