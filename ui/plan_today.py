"""Yesterday and this week so far against the plan, for every desk that has one."""

from __future__ import annotations

from collections.abc import Sequence
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
    lines = plan_data.standings()
    if not lines:
        st.markdown("No desk has a plan yet. Make one below and save it: its days are then followed here.")
        return
    st.subheader("Yesterday and this week so far", anchor=False)
    week = _ask_week(lines[0])
    st.markdown(sentence(lines, week))
    table = rows(lines, week)
    st.dataframe(
        table,
        hide_index=True,
        placeholder="",
        column_config={"Desk": st.column_config.TextColumn(pinned=True)},
        alt="Every desk with a plan: done of what the plan asks for",
    )
    downloads.buttons(table, Sheet("against-the-plan", "Done of what the plan asks for", key="today"))


def _ask_week(line: Progress) -> bool:
    """Whether the week so far is looked at instead of the last working day."""
    days = count_in_words(len(plan_data.days_of_week(line.on)), ("working day", "working days"))
    name = "This week" if week_of(line.on) == week_of(clock.today()) else "Last week"
    titles = {DAY: f"{line.on:%A}, {text.day(line.on)}", WEEK: f"{name}, {days}"}
    span = st.segmented_control(
        "Look at", [DAY, WEEK], default=DAY, required=True, format_func=lambda span: titles[span], key="plan_span"
    )
    return span == WEEK


def sentence(lines: Sequence[Progress], week: bool) -> str:
    """Who did all of it, in words safe for markdown."""
    desks = {desk: [_met(line, week) for line in own] for desk, own in groupby(lines, key=attrgetter("desk"))}
    all_of_it = [text.plain(desk) for desk, met in desks.items() if False not in met]
    done = f"**{len(all_of_it)} of {text.count(len(desks), 'desk')} did all their plan asks for**"
    marks = f"{MET} enough, {MISSED} too few, no mark where less than one is asked for."
    return f"{done}{': ' if all_of_it else ''}{text.listed(all_of_it, 5)}. {marks}"


def _met(line: Progress, week: bool) -> bool | None:
    return line.week_met if week else line.day_met


def rows(lines: Sequence[Progress], week: bool) -> pd.DataFrame:
    """A line a desk: its goal, fills so far, how many minimums it met, and each activity as done of wanted."""
    found = pd.DataFrame([_row(desk, list(own), week) for desk, own in groupby(lines, key=attrgetter("desk"))])
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
