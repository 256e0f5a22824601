"""The parts of the first page: the sentence, the cards, what changed, the minimums, what is too thin to watch alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from quality import meeting_words as words
from quality.catalogue import BY_NAME, RATIOS
from quality.meeting import MOST, Card, Changes, Meeting, Minimums, Point, Thin
from quality.periods import last_closed_weeks
from quality.stories import Signal, title
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
    st.markdown(f"Week of {text.days(found.week.start, found.week.end)}, the last one that is over.")
    if not found.desks:
        _say_silent()
    elif not data.rules().standards.lines:
        label = "The minimum standards are still the starting values: set your own"
        st.page_link(menu.file("standards"), label=label, icon=":material/flag:")
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
        with st.container(horizontal=True, gap="small"):
            for card in rest:
                open_desk(card.desk, card.desk)


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
    """A sentence for markdown, in which ``2.4 : 1`` and ``98 %`` are not torn apart at the end of a line."""
    return text.plain(said, _STORY).replace(" \\: 1", "\u00a0\\:\u00a01").replace(" %", "\u00a0%")


def open_desk(desk: str, label: str) -> None:
    """A link to the page of one desk."""
    st.page_link(
        menu.file("desk"), label=text.plain(label, _STORY), icon=":material/person:", query_params={"who": desk}
    )


def _open_trend(desk: str, measure: str) -> None:
    """A link to the page that shows the measure of that desk over time."""
    st.page_link(
        menu.file("trends"),
        label=title(measure),
        icon=":material/show_chart:",
        help=f"Open the trend of {text.plain(desk)}",
        query_params={"desk": desk, "trend": BY_NAME[_ratio_of(measure)].title},
    )


def _ratio_of(measure: str) -> str:
    """The ratio itself; of an activity the first ratio that counts it."""
    if measure in BY_NAME:
        return measure
    return next(ratio.name for ratio in RATIOS if measure in (ratio.upstream, ratio.downstream))


# --- since last week -------------------------------------------------------------------------------------------------


def changed(found: Changes | None) -> None:
    """What is said now and was not a week ago, and what is over; each line opens its desk."""
    if found is None:
        st.markdown("There is no week before to compare with.")
        return
    if not found.new and not found.over:
        st.markdown("Nothing is said of any desk that was not said a week ago.")
    for heading, signals in (("New", found.new), ("No longer so", found.over)):
        if signals:
            st.markdown(f"**{heading}**")
            with st.container(gap="xxsmall"):
                for one in signals:
                    open_desk(one.desk, _in_short(one))
    if found.moved:
        moved = text.count(found.moved, "verdict")
        st.markdown(f"{moved} moved between *likely* and *unclear*, which chance does as often as people.")
    _open_scoreboard("All verdicts", {"period": LATELY})


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
    with st.container(gap="xxsmall"):
        for desk in desks[:MOST]:
            _open_changed(desk, found[found["Desk"] == desk])
    with st.expander("Every number that changed", icon=":material/history:"):
        changes.table(found)


def _open_changed(desk: str, rows: pd.DataFrame) -> None:
    names = list(dict.fromkeys(rows["Ratio"]))
    months = [f"{date.fromisoformat(f'{month}-01'):%B}" for month in dict.fromkeys(rows["Month"])]
    st.page_link(
        menu.file("trends"),
        label=text.plain(f"{desk}: {text.listed(names)}, {text.listed(months)}", _STORY),
        icon=":material/show_chart:",
        query_params={"desk": desk, "trend": names[0], "step": "Month"},
    )


def _in_short(signal: Signal) -> str:
    return f"{signal.desk}: {title(signal.measure)} {marks.signal(signal.kind).words}"


# --- minimums, and what is too thin ----------------------------------------------------------------------------------


def minimums(found: Sequence[Minimums]) -> None:
    """Who met the activity minimums of last week, and who was short of what."""
    st.subheader("Activity minimums last week", anchor=False)
    if not found:
        st.markdown("No activity minimums are set.")
        st.page_link(menu.file("standards"), label="Set them", icon=":material/flag:")
        return
    st.markdown(f"**{words.minimums_summary(found)}**, counted for the working days they were there.")
    with st.container(gap="xxsmall"):
        for one in found:
            if one.missed:
                open_desk(one.desk, f"{one.desk}: {words.missed(one)}")
    _open_scoreboard("All minimums", {"minimums": week_minimums.LAST})


def thin(found: Sequence[Thin]) -> None:
    """The desks that are too young or too thin for some ratio, and what watches them instead."""
    if not found:
        return
    desks = text.count(len(found), "desk")
    with st.expander(f"Too young or too thin to be watched alone: {desks}", icon=":material/child_care:"):
        st.markdown("A rare result says little about one desk, however bad it looks, so something else is watched too.")
        with st.container(gap="xxsmall"):
            for one in found:
                open_desk(one.desk, f"{one.desk}: {words.thin(one)}")


def all_signals(frame: pd.DataFrame) -> None:
    """Everything that was raised in the last year, to take away."""
    if not frame.empty:
        st.markdown("All signals of the last year:")
        downloads.buttons(frame, Sheet("signals", "Signals of the last 52 weeks"))
