"""The section of the scoreboard on activity minimums: everybody in the last closed week, or in this one so far."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quality.catalogue import MEASURES
from quality.periods import DAY, Period, between, last_closed_weeks, week_of
from quality.standards import Met, met
from ui import clock, data, judgement, marks, minimum_data, plan_data, scoreboard, text

LAST, THIS = "Last closed week", "This week so far"
NONE_SET = "No activity minimum holds for any desk yet. Set some under Standards."
NOT_YET = "No working day of this week is over yet."
#: Pixels of a column: seven of them stand beside the names.
WIDTH = 100


def section(desks: set[str]) -> None:
    """The choice of the week and the table; ``desks`` are those that are shown."""
    st.subheader("Activity minimums", anchor=False)
    week = st.segmented_control("Week", [LAST, THIS], default=LAST, required=True, key="minimums", bind="query-params")
    found = minimum_data.last_week() if week == LAST else this_week()
    rows = found[found["desk"].isin(desks)]
    if rows.empty:
        st.markdown(NOT_YET if week == THIS and not days_over(clock.today()) else NONE_SET)
        return
    st.markdown(sentence(rows, last_closed_weeks(clock.today(), 1) if week == LAST else days_over(clock.today())))
    shown = table(rows)
    # Narrow columns of several lines, so that the last minimum is in sight as well.
    columns: dict[str, Any] = {name: st.column_config.TextColumn(width=WIDTH) for name in map(str, shown)}
    columns |= {"Desk": scoreboard.pinned(shown["Desk"])}
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        row_height=scoreboard.ROW_HEIGHTS["Both counts"],
        placeholder="",
        column_config=columns,
        alt=f"Activity minimums: {week}",
    )


def sentence(rows: pd.DataFrame, span: Period | None) -> str:
    """How many were met, in which days, and how to read a cell."""
    due = rows["met"].dropna()
    days = f", {text.days(span.start, span.end)}" if span else ""
    return (
        f"**{int(due.sum()):,} of {text.count(len(due), 'minimum')} met**{days}. {marks.minimum(True)} · 42 of 40 "
        f"reads: 42 done where 40 were due. {minimum_data.ROUNDED}"
    )


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Desks x activities as text: ``✓ met · 42 of 40``; empty where a desk has no minimum."""
    said = rows.assign(cell=[_cell(row) for row in rows.to_dict("records")])
    wide = said.pivot_table(index="desk", columns="measure", values="cell", aggfunc="first")
    held = [name for name in MEASURES if name in wide]
    named = wide[held].rename(columns={name: MEASURES[name].plural.capitalize() for name in held})
    return named.rename_axis("Desk").rename_axis(None, axis="columns").reset_index()


def _cell(row: Mapping[Hashable, Any]) -> str:
    shown = marks.minimum(None if pd.isna(row["met"]) else bool(row["met"]))
    return str(shown) if pd.isna(row["met"]) else f"{shown} · {row['count']:,} of {row['minimum']:,}"


def days_over(today: date) -> Period | None:
    """The days of this week that are over; None on a Monday."""
    monday = week_of(today).start
    return between(monday, today - DAY) if monday < today else None


def this_week() -> pd.DataFrame:
    """The activity minimums for the days of this week that are over: as ``minimum_data.last_week``."""
    span, columns = days_over(clock.today()), ["desk", *Met.__slots__]
    if span is None:
        return pd.DataFrame(columns=columns)
    counts = plan_data.counts()
    own = counts[counts["day"].between(pd.Timestamp(span.start), pd.Timestamp(span.end))]
    sums = own.groupby("desk")[list(MEASURES)].sum()
    desks = tuple(minimum_data.last_week()["desk"].unique())
    there = _there(desks, span)
    teams, standards = minimum_data.team_on(desks, span.end), minimum_data.standards()
    rows = [
        {"desk": desk, **{name: getattr(one, name) for name in Met.__slots__}}
        for desk in desks
        for one in met(
            standards.minimums(desk, teams[desk], span.end),
            sums.loc[desk].to_dict() if desk in sums.index else {},
            there[desk],
        )
    ]
    return pd.DataFrame(rows, columns=columns)


def _there(desks: tuple[str, ...], span: Period) -> dict[str, int]:
    """Working days each desk was there, of those that are over: the rest of the week counts as away."""
    week = week_of(span.start)
    ahead = pd.DataFrame({"desk": list(desks), "starts_on": span.end + DAY, "ends_on": week.end})
    dated = ahead.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})
    away = pd.concat([minimum_data.absences()[["desk", "starts_on", "ends_on"]], dated], ignore_index=True)
    days = judgement.workdays().available(desks, [week.start], data.roster(), away)
    return dict(zip(desks, days[:, 0].tolist(), strict=True))
