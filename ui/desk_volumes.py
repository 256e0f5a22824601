"""What one desk does each week: against its minimums, against its own usual, and the chart of one activity."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import describe_pace, pace_figure
from quality.catalogue import MEASURES
from quality.periods import week_of
from quality.standards import Met
from ui import clock, desk, desk_data, marks, text
from ui.desk_data import Activity, Portrait
from ui.trends import CONFIG

SO_FAR = "This week"


def show(found: Portrait) -> None:
    """The table of all activities, and the chart of one beside it."""
    st.subheader("What was done", anchor=False)
    left, right = st.columns([1.45, 1], gap="large")
    with left:
        _table(found)
    with right:
        _chart(found)


def _table(found: Portrait) -> None:
    over = desk_data.days_over(clock.today())
    this_week = (
        f"this week from {text.days(over.start, over.end)}" if over else "this week, of which no day is over yet"
    )
    st.markdown(f"The week of {text.days(found.closed.start, found.closed.end)}, and {this_week}. {_minimums(found)}")
    st.dataframe(
        table(found.activities),
        hide_index=True,
        placeholder="",
        column_config={
            "Activity": st.column_config.TextColumn(pinned=True, width=124),
            "Last week": st.column_config.TextColumn(width=128),
            SO_FAR: st.column_config.TextColumn(width=128, help="The days that are over"),
            "Usual": st.column_config.NumberColumn(
                format="%.0f",
                width=66,
                help="The mean of the first half year with data, for a week of five working days",
            ),
        },
        alt="Activities of the last closed week and of this week so far, against the minimums",
    )


def _minimums(found: Portrait) -> str:
    known = [one.last for one in found.activities if one.last]
    if not known:
        return "No minimum is set for any activity."
    judged = [one for one in known if one.met is not None]
    if not judged:
        return "The desk was away, so no minimum was due."
    reached = sum(bool(one.met) for one in judged)
    days = judged[0].available
    short = f", pro rata for the {text.count(days, 'working day')} it was there" if days < 5 else ""
    return f"**{reached} of {text.count(len(judged), 'minimum')} met in the last closed week**{short}."


def table(activities: tuple[Activity, ...]) -> pd.DataFrame:
    """A line an activity; the columns of this week and of the usual only where they hold anything."""
    over = desk_data.days_over(clock.today())
    rows = [
        {
            "Activity": MEASURES[one.measure].plural.capitalize(),
            "Last week": cell(one.last_week, one.last),
            **({SO_FAR: cell(one.this_week, one.so_far)} if over else {}),
            "Usual": one.usual,
        }
        for one in activities
    ]
    return pd.DataFrame(rows).astype({"Usual": "float64"})


def cell(count: int, met: Met | None) -> str:
    """What was done of what was due: ``✓ met 52 of 50``, ``▽ short 8 of 10``, ``12`` without a minimum."""
    if met is None:
        return f"{count:,}"
    return f"{marks.minimum(met.met)} {count:,} of {round(met.minimum, 1):g}"


def _chart(found: Portrait) -> None:
    """One activity over time where it has a chart, and its rows in any case."""
    ready = {one.measure: one for one in found.activities}
    first = max(found.activities, key=lambda one: (len(one.paces) > 0, one.last_week > 0)).measure
    name = st.selectbox(
        "Chart of",
        list(ready),
        index=list(ready).index(first),
        format_func=lambda name: MEASURES[name].plural.capitalize(),
        key="activity",
        bind="query-params",
    )
    one = ready.get(name, ready[first])
    words = (MEASURES[one.measure].singular, MEASURES[one.measure].plural)
    if len(one.paces):
        st.plotly_chart(_drawn(one.paces, words), alt=describe_pace(one.paces, words), config=CONFIG, key="pace")
        st.markdown(":small[A full week each. Grey: ordinary weeks, dashed: the usual. Squares: weeks that stand out.]")
    else:
        st.markdown(f"No chart of {words[1]}: too few weeks, or too few a week, to know what is usual.")
    _rows_links(found, one)


def _rows_links(found: Portrait, one: Activity) -> None:
    """To the rows of the last week and of this one, where there are any."""
    spans = (
        ("last", one.last_week, week_of(found.closed.end)),
        ("this", one.this_week, desk_data.days_over(clock.today())),
    )
    with st.container(horizontal=True, gap="small"):
        for which, count, span in spans:
            if count and span:
                ratio = desk.ratio_of(one.measure)
                desk.rows_link(f"Rows of {which} week", found.person.desk, ratio, span.start, span.end)


# Shared and not copied, as the small figures of the ratios are.
@st.cache_resource(max_entries=100, show_spinner=False)
def _drawn(paces: pd.DataFrame, words: tuple[str, str]) -> Any:
    # A row a week and 78 at most, so every one of them is part of the key.
    return pace_figure(paces, words)
