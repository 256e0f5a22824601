"""The seven ratios of one desk: each with its verdict, counts, likely range, standard, and how it went over a year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import describe_small, small_figure
from charts.words import Words, counts_text, standard_text, zero_text
from quality.catalogue import BY_NAME
from quality.words import count_in_words, interval_in_words, n_to_one
from ui import cells, desk, desk_data, marks, text
from ui.desk_data import Line, Portrait
from ui.trends import CONFIG

SIDES = {"candidate": "Candidate side", "client": "Client side"}
#: The window a verdict is given on where counts allow.
USUAL_WEEKS = 13


def show(found: Portrait) -> None:
    """A card for each ratio, the candidate side first."""
    st.subheader("Seven ratios", anchor=False)
    closed = text.day(found.closed.end)
    st.markdown(
        f"As of Sunday, {closed}, the last week that is over; lower is better. {marks.LEGEND} In the charts: the last "
        "year, dashed the standard, a triangle where a signal was raised."
    )
    for side, title in SIDES.items():
        st.markdown(f"**{title}**")
        with st.grid(4, min_column_width=210):
            for line in found.lines:
                if BY_NAME[line.ratio].side == side:
                    _card(line, found)


def _card(line: Line, found: Portrait) -> None:
    ratio = BY_NAME[line.ratio]
    words = cells.words_of(ratio, "activity")
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.markdown(f"**{line.title}**", help=f"{ratio.sentence} Counted as {ratio.formula}.")
        value = zero_text(line.upstream, line.downstream, words) or n_to_one(line.value)
        st.metric(line.title, value if line.value else "–", label_visibility="collapsed")
        st.markdown(f"{desk.badge(marks.verdict(line.verdict))} {sure(line)}")
        st.markdown("  \n".join(f":small[{said}]" for said in facts(line, words)))
        st.space("stretch")
        _chart(line, words)
        span = desk_data.window(line.weeks)
        desk.rows_link("Rows", found.person.desk, line.ratio, span.start, span.end)


def sure(line: Line) -> str:
    said = marks.sure(line.verdict, line.probability)
    return f":small[{said}]" if said else ""


def facts(line: Line, words: Words) -> list[str]:
    """What a card says below its verdict, a line each."""
    return [said for said in (_counts(line, words), _range(line), _against(line), _window(line), settle(line)) if said]


def _counts(line: Line, words: Words) -> str:
    still = f"; {line.open:,} still open" if line.open else ""
    return f"{counts_text(line.upstream, line.downstream, words)}{still}"


def _range(line: Line) -> str:
    said = interval_in_words(line.low, line.high) if line.low is not None else ""
    return said[:1].upper() + said[1:]


def _against(line: Line) -> str:
    return f"Standard {standard_text(line.standard)}, {ORIGINS[line.origin]}"


ORIGINS = {
    "desk": "the desk's own",
    "team": "the team's",
    "company": "the company's",
    "starting value": "a starting value",
}


def _window(line: Line) -> str:
    grown = f", since {USUAL_WEEKS} were too few" if line.weeks > USUAL_WEEKS else ""
    since = f"; so since {text.day(line.since)}" if line.verdict else ""
    return f"In {text.count(line.weeks, 'week')}{grown}{since}"


def settle(line: Line) -> str:
    """What it takes to get from unclear to a verdict; nothing where there is one."""
    if line.verdict != "unclear":
        return ""
    if line.settle is None:
        return "So close to the standard that more of the same would not settle it soon"
    return f"{count_in_words(line.settle, _more(line))} at this rate would settle it"


def _more(line: Line) -> tuple[str, str]:
    one, many = BY_NAME[line.ratio].upstream_words
    return f"more {one}", f"more {many}"


def _chart(line: Line, words: Words) -> None:
    if len(line.trend) < 2:
        return
    st.plotly_chart(
        _drawn(line.trend, words), alt=describe_small(line.trend, words), config=CONFIG, key=f"small-{line.ratio}"
    )


@st.cache_data(max_entries=200, max_size="16MB", show_spinner=False)
def _drawn(trend: pd.DataFrame, words: Words) -> Any:
    # A row a week and a year at most, so every one of them is part of the key.
    return small_figure(trend, words)
