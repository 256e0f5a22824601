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
    """A row for each ratio, the candidate side first: how it stands, what that rests on, how it went."""
    st.subheader("Seven ratios", anchor=False)
    st.markdown(
        f":small[As of Sunday, {text.day(found.closed.end)}, the last week that is over; lower is better. "
        f"{marks.LEGEND} In the charts: the last year, dashed the standard, a triangle where a signal was raised.]"
    )
    for side, title in SIDES.items():
        st.markdown(f"**{title}**")
        for line in found.lines:
            if BY_NAME[line.ratio].side == side:
                _row(line, found.person.desk)


def _row(line: Line, owner: str) -> None:
    ratio = BY_NAME[line.ratio]
    words = cells.words_of(ratio, "activity")
    with st.container(border=True):
        stands, rests, went = st.columns([1, 1.7, 1.3], gap="small", vertical_alignment="center")
        with stands.container(gap="xxsmall"):
            st.markdown(f"**{line.title}**", help=f"{ratio.sentence} Counted as {ratio.formula}.")
            st.metric(line.title, n_to_one(line.value) if line.value else "–", label_visibility="collapsed")
            st.markdown(desk.badge(marks.verdict(line.verdict)))
            _rows_link(line, owner)
        rests.markdown("  \n".join(f":small[{said}]" for said in facts(line, words)))
        with went:
            _chart(line, words)


def _rows_link(line: Line, owner: str) -> None:
    span = desk_data.window(line.weeks)
    desk.rows_link("Rows", owner, line.ratio, span.start, span.end)


def facts(line: Line, words: Words) -> list[str]:
    """What a row says beside its verdict, a line each."""
    told = (_counts(line, words), _range(line), _window(line), marks.sure(line.verdict, line.probability), settle(line))
    return [_upper(said) for said in told if said]


def _counts(line: Line, words: Words) -> str:
    still = f"; {line.open:,} still open" if line.open else ""
    counts = zero_text(line.upstream, line.downstream, words) or counts_text(line.upstream, line.downstream, words)
    return f"{counts}{still}"


def _upper(said: str) -> str:
    return said[:1].upper() + said[1:]


def _range(line: Line) -> str:
    likely = interval_in_words(line.low, line.high) if line.low is not None else ""
    against = f"standard {standard_text(line.standard)}, {ORIGINS[line.origin]}"
    return "; ".join(filter(None, [likely, against]))


ORIGINS = {
    "desk": "the desk's own",
    "team": "the team's",
    "company": "the company's",
    "starting value": "a starting value",
}


def _window(line: Line) -> str:
    grown = f", since {USUAL_WEEKS} were too few" if line.weeks > USUAL_WEEKS else ""
    since = f"; so since {text.day(line.since)}" if line.verdict else ""
    return f"in {text.count(line.weeks, 'week')}{grown}{since}"


def settle(line: Line) -> str:
    """What it takes to get from unclear to a verdict; nothing where there is one."""
    if line.verdict != "unclear":
        return ""
    if line.settle is None:
        return "too close to the standard for more of the same to settle it soon"
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
