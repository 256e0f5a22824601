"""The seven ratios of one desk: each with its verdict, counts, likely range, standard, and how it went over a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts import describe_small, small_figure
from charts.words import Words, counts_text, standard_text, zero_text
from quality.catalogue import BY_NAME
from quality.judgement import FEWEST_CASES
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
        f":small[As of Sunday, {text.day(found.closed.end)}, the last week that is over; over {USUAL_WEEKS} weeks, or "
        f"26 or 52 where those hold too few. Lower is better. {marks.LEGEND} In the charts: the last year, dashed the "
        "standard, a triangle where a signal was raised.]"
    )
    for side, title in SIDES.items():
        st.markdown(f"**{title}**")
        own = [line for line in found.lines if BY_NAME[line.ratio].side == side]
        for line in own:
            if line.upstream or line.downstream:
                _row(line, found.person.desk)
        if silent := [line for line in own if not (line.upstream or line.downstream)]:
            st.markdown(nothing(silent))


def nothing(silent: Sequence[Line]) -> str:
    """The ratios without any count, in one line."""
    weeks, named = text.count(max(line.weeks for line in silent), "week"), [line.title for line in silent]
    return f":small[{marks.verdict(None)}, since nothing is recorded in {weeks}: {text.listed(named, len(named))}.]"


def _row(line: Line, owner: str) -> None:
    ratio = BY_NAME[line.ratio]
    words = cells.words_of(ratio, "activity")
    with st.container(border=True):
        stands, rests, went = st.columns([1, 2, 1.2], gap="small", vertical_alignment="center")
        with stands.container(gap="xxsmall"):
            st.markdown(f"**{line.title}**", help=f"{ratio.sentence} Counted as {ratio.formula}.")
            st.metric(line.title, n_to_one(line.value) if line.value else "–", label_visibility="collapsed")
            st.markdown(desk.badge(marks.verdict(line.verdict)))
            _rows_link(line, owner)
        rests.markdown("  \n".join(f":small[{text.unbroken(said)}]" for said in facts(line, words)))
        with went:
            _chart(line, words)


def _rows_link(line: Line, owner: str) -> None:
    span = desk_data.window(line.weeks)
    desk.rows_link("Rows", owner, line.ratio, span.start, span.end, tip=_BY_CASE if line.to_come else None)


#: Why the rows may hold more fills than the ratio counts.
_BY_CASE = (
    "Opens the rows of these weeks. They hold every fill in them; the verdict counts those of send-outs of the same "
    "weeks, each followed to its fill."
)


def facts(line: Line, words: Words) -> list[str]:
    """What a row says beside its verdict, a line each."""
    told = (_counts(line, words), _range(line), _against(line), _sure(line), settle(line))
    return [f"{said[:1].upper()}{said[1:]}" for said in told if said]


def _counts(line: Line, words: Words) -> str:
    zero, weeks = zero_text(line.upstream, line.downstream, words), text.count(line.weeks, "week")
    if line.made is None:
        return f"{zero or counts_text(line.upstream, line.downstream, words)} in {weeks}"
    filled = f"{line.downstream:,}" if line.downstream else "none"
    return (
        f"{text.count(line.upstream, 'send-out')} in {weeks}, {filled} of them filled; "
        f"{_made(line.made)} made in these weeks"
    )


def _made(fills: int) -> str:
    return f"{text.count(fills, 'fill')} {'was' if fills == 1 else 'were'}"


def _range(line: Line) -> str:
    likely = interval_in_words(line.low, line.high) if line.low is not None else ""
    return "; ".join(filter(None, [likely, f"{line.open:,} still open" if line.open else ""]))


def _against(line: Line) -> str:
    return f"standard {standard_text(line.standard)}, {ORIGINS[line.origin]}"


ORIGINS = {
    "desk": "the desk's own",
    "team": "the team's",
    "company": "the company's",
    "starting value": "a starting value",
}


def _sure(line: Line) -> str:
    """How sure the verdict is, and since when it holds; nothing where there is none."""
    if not line.verdict:
        return ""
    if line.verdict == "unclear" and line.due < FEWEST_CASES:
        return f"only {line.due} had their time: too few to say" if line.due else "none had its time yet"
    return f"{marks.sure(line.verdict, line.probability)}, since {text.day(line.since)}"


def settle(line: Line) -> str:
    """What it takes to get from unclear to a verdict; nothing where there is one."""
    if line.verdict != "unclear":
        return ""
    if line.settle is None:
        return "too close to the standard to be settled soon"
    return f"{count_in_words(line.settle, _more(line))} like these would settle it"


def _more(line: Line) -> tuple[str, str]:
    one, many = BY_NAME[line.ratio].upstream_words
    return f"more {one}", f"more {many}"


def _chart(line: Line, words: Words) -> None:
    if len(line.trend) < 2 or line.trend["value"].isna().all():
        return
    figure, told = _drawn(line.trend, words)
    st.plotly_chart(figure, alt=told, config=CONFIG, key=f"small-{line.ratio}")


# Shared and not copied: a copy of a figure is checked anew piece by piece, and nothing changes it once it is drawn.
@st.cache_resource(max_entries=200, show_spinner=False)
def _drawn(trend: pd.DataFrame, words: Words) -> tuple[Any, str]:
    # A row a week and a year at most, so every one of them is part of the key.
    return small_figure(trend, words), describe_small(trend, words)
