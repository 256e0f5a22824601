"""The parts of the first page: the sentence, the cards, what changed, the minimums, what is too thin to watch alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from quality import meeting_words as words
from quality.catalogue import BY_NAME, MEASURES, RATIOS
from quality.meeting import MOST, Card, Changes, Meeting, Minimums, Point, Thin, Turn
from quality.periods import last_closed_weeks
from quality.stories import Signal, title
from quality.words import counts_in_words
from ui import clock, data, downloads, marks, menu, text
from ui.downloads import Sheet

_COLOURS = {"bad": "red", "good": "green", "unsure": "gray"}
#: So many words of a story are shown; none is longer.
_STORY = 600
_MORE = 12


def say_nothing_closed() -> None:
    """No week with data is over yet: when the first will be, and what to do until then."""
    sunday = last_closed_weeks(clock.today(), 1).end + pd.Timedelta(days=7)
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
        st.markdown("The minimum standards are still the starting values: set your own on the page Standards.")
    if common := words.common(found):
        st.info(text.plain(common, _STORY), icon=":material/groups:")


def _say_silent() -> None:
    last = data.last_day(clock.today())
    known = f"The last recorded day is {text.day(last)}. " if last else ""
    st.info(f"{known}Upload a newer export to see this week.", icon=":material/event_busy:")
    st.page_link(menu.file("upload"), label="Upload a newer export", icon=":material/upload_file:")


def talk(found: Meeting, new: Iterable[Signal]) -> None:
    """Who deserves a conversation and why, five at most."""
    st.subheader("Who deserves a conversation", anchor=False)
    if not found.talk:
        st.markdown(_calm(found))
        return
    _cards(found.talk[:MOST], new)
    if rest := found.talk[MOST:]:
        names = text.listed([text.plain(card.desk) for card in rest], _MORE)
        st.markdown(f"Less urgent: {names}.")
        st.page_link(menu.file("scoreboard"), label="All of them on the scoreboard", query_params={"period": _PERIOD})


_PERIOD = "Last 13 weeks"


def _calm(found: Meeting) -> str:
    if not found.desks:
        return "Nobody, as far as is known."
    if not found.judged:
        return "Nobody yet: a standard needs some cases to be judged by, and a desk's own usual about half a year."
    return "Nobody: every desk runs as it usually does, and none is surely below a standard."


def praise(found: Meeting, new: Iterable[Signal]) -> None:
    """Who did great, five at most."""
    st.subheader("Who did great", anchor=False)
    if found.praise:
        _cards(found.praise[:MOST], new)
    else:
        st.markdown("Nobody stands out surely: no desk is ahead of its own usual or of the other desks.")


def _cards(cards: Sequence[Card], new: Iterable[Signal]) -> None:
    fresh: set[tuple[str, str, str]] = {(one.desk, one.measure, one.kind) for one in new}
    with st.grid(2, min_column_width=320):
        for card in cards:
            _card(card, fresh)


def _card(card: Card, fresh: set[tuple[str, str, str]]) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown(f"#### {text.plain(card.desk)}")
        for point in card.points:
            _point(point, (point.signal.desk, point.signal.measure, point.signal.kind) in fresh)
        st.space("stretch")
        with st.container(horizontal=True, gap="small"):
            for measure in dict.fromkeys(point.signal.measure for point in card.points):
                open_trend(card.desk, measure)


def _point(point: Point, is_new: bool) -> None:
    mark = marks.signal(point.signal.kind)
    since = " :blue-badge[new this week]" if is_new else ""
    st.markdown(f":{_COLOURS[mark.tone]}-badge[{mark}]{since} {text.plain(words.said(point), _STORY)}")


def open_trend(desk: str, measure: str) -> None:
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
    """What is said now and was not a week ago, what is over, and the verdicts that turned."""
    if not found:
        st.markdown("Nothing is said of anybody that was not said a week ago.")
        return
    for heading, signals in (("New", found.new), ("Over", found.over)):
        if signals:
            st.markdown(f"**{heading}:** {'; '.join(map(_in_short, signals))}.")
    if found.turned:
        _turned(found.turned)


def _in_short(signal: Signal) -> str:
    return f"{text.plain(signal.desk)}, {title(signal.measure)} {marks.signal(signal.kind).words}"


def _turned(turns: Sequence[Turn]) -> None:
    table = pd.DataFrame([_turn(one) for one in turns])
    st.markdown(f"**{text.count(len(turns), 'verdict')} turned.**")
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) < 8 else 320,
        column_config={"Desk": st.column_config.TextColumn(pinned=True)},
        alt="Verdicts that are others than a week ago: desk, ratio, before, now, counts",
    )


def _turn(one: Turn) -> dict[str, str]:
    counts = counts_in_words(BY_NAME[one.ratio], one.upstream, one.downstream)
    return {
        "Desk": one.desk,
        "Ratio": BY_NAME[one.ratio].title,
        "A week ago": str(marks.verdict(one.was)),
        "Now": str(marks.verdict(one.now)),
        "On": f"{counts} in {one.weeks} weeks",
    }


# --- minimums, and what is too thin ----------------------------------------------------------------------------------


def minimums(found: Sequence[Minimums], week_start: date) -> None:
    """Who met the activity minimums of last week."""
    st.subheader("Activity minimums last week", anchor=False)
    if not found:
        st.markdown("No activity minimums are set.")
        st.page_link(menu.file("standards"), label="Set them", icon=":material/flag:")
        return
    st.markdown(f"**{words.minimums_summary(found)}**, pro rata for the working days they were there.")
    table = pd.DataFrame([_minimums_row(one) for one in found])
    st.dataframe(
        table,
        hide_index=True,
        placeholder="",
        height="content" if len(table) < 14 else 460,
        column_config={"Desk": st.column_config.TextColumn(pinned=True)},
        alt="Every desk with minimums: done of what was due last week",
    )
    downloads.buttons(table, Sheet(f"minimums-{week_start.isoformat()}", "Activity minimums, done of what was due"))


def _minimums_row(one: Minimums) -> dict[str, str]:
    cells = {
        MEASURES[
            line.measure
        ].plural.capitalize(): f"{marks.minimum(line.met).shape} {line.count:,} of {line.minimum:g}"
        for line in one.lines
    }
    return {"Desk": one.desk, "All": str(marks.minimum(one.all_met)), **cells}


def thin(found: Sequence[Thin]) -> None:
    """The desks that are too young or too thin for some ratio, and what watches them instead."""
    if not found:
        return
    st.subheader("Too young or too thin to be watched alone", anchor=False)
    st.markdown(
        "A rare result says little about one desk, however bad it looks. These ratios are watched for the whole team "
        "and by how much is done a week; a surely missed standard is still said above."
    )
    table = pd.DataFrame(
        [
            {"Desk": one.desk, "Not watched alone": words.thin_why(one), "Instead": words.thin_instead(one)}
            for one in found
        ]
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) < 14 else 460,
        column_config={"Desk": st.column_config.TextColumn(pinned=True)},
        alt="Desks with ratios that cannot be watched alone, why, and what is watched instead",
    )


def all_signals(frame: pd.DataFrame) -> None:
    """Everything that was raised in the last year, to take away."""
    if not frame.empty:
        st.markdown("All signals of the last year:")
        downloads.buttons(frame, Sheet("signals", "Signals of the last 52 weeks"))
