"""The parts of the first page: the sentence, the cards, what changed, the minimums, what is too thin to watch alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quality import meeting_words as words
from quality import stories
from quality.catalogue import BY_NAME
from quality.meeting import MOST, Card, Meeting, Minimums, Point, Thin
from quality.meeting_changes import Changes
from quality.periods import last_closed_weeks
from quality.stories import title
from ui import changes, clock, data, downloads, marks, menu, text, week_minimums
from ui.downloads import Sheet

_COLOURS = {"bad": "red", "good": "green", "unsure": "gray"}
#: So many words of a story are shown; none is longer.
_STORY = 600
#: The period of the filters that the verdicts are nearest to.
LATELY = "Last 13 weeks"


def say_nothing_closed() -> None:
    """No week with data is over yet: when the first will be, and what to do until then."""
    sunday = last_closed_weeks(clock.today(), 1).end + timedelta(weeks=1)
    st.info(
        f"No week with activity is over yet. The first one closes on Sunday, {text.day(sunday)}; until then the "
        "scoreboard shows the days there are.",
        icon=":material/hourglass_top:",
    )
    _links_without_desk()


def _links_without_desk() -> None:
    with st.container(horizontal=True):
        st.page_link(menu.file("scoreboard"), query_params={"period": "This month"})
        st.page_link(menu.file("upload"))


def lead(found: Meeting) -> None:
    """The sentence that sums up the firm, and the week it is about."""
    st.subheader(words.summary(found), anchor=False)
    week = f"Week of {text.days(found.week.start, found.week.end)}, the last one that is over."
    st.markdown(f"{week} {_shown(words.left_out(found.silent))}".strip())
    if not found.desks:
        _say_silent()
    elif not any(line.measure in BY_NAME for line in data.rules().standards.lines):
        with _line():
            st.page_link(menu.file("standards"), label="Set your own", icon=":material/flag:")
            st.markdown("The minimum standards are still the starting values.", width="content")
    if common := words.common(found):
        st.info(_shown(common), icon=":material/groups:")


def _say_silent() -> None:
    last = data.last_day(clock.today())
    st.info(f"The last recorded day is {text.day(last)}." if last else "", icon=":material/event_busy:")
    st.page_link(menu.file("upload"), label="Upload a newer export", icon=":material/upload_file:")


def talk(found: Meeting) -> None:
    """Who deserves a conversation and why, five at most."""
    st.subheader("Who deserves a conversation", anchor=False)
    if not found.talk:
        st.markdown(_calm(found))
        return
    _cards(found, found.talk[:MOST])
    if rest := found.talk[MOST:]:
        st.markdown("Less urgent:")
        with st.container(gap="xsmall"):
            for card in rest:
                _say_of(card.desk, words.in_short(card))


def _calm(found: Meeting) -> str:
    if not found.desks:
        return "Nobody, as far as is known."
    if not found.judged:
        return "Nobody yet: a standard needs some cases to be judged by, and a desk's own usual about half a year."
    return "Nobody: every desk runs as it usually does, and none is surely below a standard."


def praise(found: Meeting) -> None:
    """Who did great, five at most."""
    st.subheader("Who did great", anchor=False)
    if found.praise:
        _cards(found, found.praise[:MOST])
    else:
        st.markdown("Nobody stands out surely: no desk is ahead of its own usual or of the other desks.")


def _cards(found: Meeting, cards: Sequence[Card]) -> None:
    with st.grid(2, min_column_width=320):
        for card in cards:
            _card(found, card)


def _card(found: Meeting, card: Card) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown(f"#### {text.plain(card.desk)}")
        for point in card.points:
            _point(point, found.is_new(point))
        st.space("stretch")
        with st.container(horizontal=True, gap="small"):
            open_desk(card.desk, "Open the desk")
            for measure in dict.fromkeys(point.signal.measure for point in card.points):
                _open_trend(card.desk, measure)


def _point(point: Point, is_new: bool) -> None:
    mark = marks.signal(point.signal.kind)
    new = " :blue-badge[new]" if is_new else ""
    st.markdown(f":{_COLOURS[mark.tone]}-badge[{mark}]{new} {_shown(words.said(point))}")


def _shown(said: str) -> str:
    """A sentence for markdown: ``2.4 : 1``, ``42 / 7`` and ``98 %`` are not torn apart at the end of a line."""
    tied = text.plain(said, _STORY).replace(" \\: 1", "\u00a0\\:\u00a01").replace(" %", "\u00a0%")
    return tied.replace(" \\/ ", "\u00a0\\/\u00a0")


def open_desk(desk: str, label: str) -> None:
    """A link to the page of one desk."""
    st.page_link(menu.file("desk"), label=text.plain(label), icon=":material/person:", query_params={"who": desk})


def _say_of(desk: str, said: str) -> None:
    """A line that opens its desk; what is said stands beside the link, since a link is cut where a line ends."""
    with _line():
        open_desk(desk, desk)
        st.markdown(_shown(said), width="content")


def _line() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="xxsmall")


def _open_trend(desk: str, measure: str) -> None:
    """A link to where the measure of that desk is drawn over time: a ratio under Trends, an activity on its page."""
    is_ratio, name = measure in BY_NAME, title(measure)
    st.page_link(
        menu.file("trends" if is_ratio else "desk"),
        label=name,
        icon=":material/show_chart:",
        help=f"{name} of {text.plain(desk)} over time",
        query_params={"desk": desk, "trend": name} if is_ratio else {"who": desk, "activity": name},
    )


# --- since last week -------------------------------------------------------------------------------------------------


def changed(found: Changes | None) -> None:
    """What is said now and was not a week ago, and what is over; each line opens its desk."""
    if found is None:
        st.markdown("There is no week before to compare with.")
        return
    if found.standards:
        _standards_moved(found)
    if not found.new and not found.over:
        st.markdown("Nothing is said of any desk that was not said a week ago.")
    for heading, signals in (("New", found.new), ("No longer so", found.over)):
        if signals:
            st.markdown(f"**{heading}**")
            with st.container(gap="xsmall"):
                for one in signals:
                    remark = ", by a standard that is another one now" if found.by_standard(one) else ""
                    _say_of(one.desk, f"{stories.in_short(one)}{remark}")
    if found.moved:
        st.markdown(words.unsure(found.moved))
    _open_scoreboard("All verdicts", {"period": LATELY})


def _standards_moved(found: Changes) -> None:
    """First of all: where the standard is another one, a verdict may be another though the desk is not."""
    lines = "\n".join(f"- {_shown(words.standard_moved(one, found.desks))}" for one in found.standards)
    st.markdown(f"**Standards that are others than a week ago**\n\n{lines}")


def _open_scoreboard(label: str, asked: dict[str, str]) -> None:
    st.page_link(menu.file("scoreboard"), label=label, icon=menu.BY_URL["scoreboard"].icon, query_params=asked)


def restated(found: pd.DataFrame | None) -> None:
    """Numbers of weeks that were over a week ago and are others now: a line a desk, each opens its trend."""
    if found is None:
        return
    if found.empty:
        st.markdown("No number of the weeks before has changed since.")
        return
    st.markdown(changes.sentence(found))
    desks = [str(desk) for desk in found["Desk"].unique()]
    with st.container(gap="xsmall"):
        for desk in desks[:MOST]:
            _open_changed(desk, found[found["Desk"] == desk])
    with st.expander("Every number that changed", icon=":material/history:"):
        changes.table(found)


def _open_changed(desk: str, rows: pd.DataFrame) -> None:
    """How many numbers of one desk changed, and the latest of them, which the link draws over time."""
    latest = rows[rows["Month"] == rows["Month"].max()].iloc[0]
    with _line():
        st.page_link(
            menu.file("trends"),
            label=text.plain(desk),
            icon=":material/show_chart:",
            query_params={"desk": desk, "trend": latest["Ratio"], "step": "Month"},
        )
        such = f"{latest['Ratio']} in {_month(latest['Month'])} was {latest['Before']} and is now {latest['After']}"
        many = text.count(len(rows), "number")
        st.markdown(_shown(f"{many}, such as: {such}" if len(rows) > 1 else such), width="content")


def _month(name: str) -> str:
    """``September 2026`` of ``2026-09``."""
    return f"{date.fromisoformat(f'{name}-01'):%B %Y}"


# --- minimums, and what is too thin ----------------------------------------------------------------------------------


def minimums(found: Sequence[Minimums]) -> None:
    """Who met the activity minimums of last week, and who was short of what."""
    st.subheader("Activity minimums last week", anchor=False)
    if not found:
        st.markdown("No activity minimums are set.")
        st.page_link(menu.file("standards"), label="Set them", icon=":material/flag:")
        return
    st.markdown(f"**{words.minimums_summary(found)}**, counted for the working days they were there.")
    with st.container(gap="xsmall"):
        for one in found:
            if one.missed:
                _say_of(one.desk, words.missed(one))
    _open_scoreboard("All minimums", {"minimums": week_minimums.LAST})


def thin(found: Sequence[Thin]) -> None:
    """The desks that are too young or too thin for some ratio, and what watches them instead."""
    if not found:
        return
    desks = text.count(len(found), "desk")
    have = "has" if len(found) == 1 else "have"
    with st.expander(
        f"{desks} {have} too few cases of something to notice a change in it", icon=":material/child_care:"
    ):
        st.markdown("A rare result says little about one desk, however bad it looks, so something else is watched too.")
        with st.container(gap="xsmall"):
            for one in found:
                _say_of(one.desk, words.thin(one))


def all_signals(frame: pd.DataFrame) -> None:
    """Everything that was raised in the last year, to take away."""
    if not frame.empty:
        st.markdown("All signals of the last year:")
        downloads.buttons(frame, Sheet("signals", "Signals of the last 52 weeks"))
