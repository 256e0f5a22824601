"""The head of the page Desk: which desk, how it stands in one sentence, its plan, and its signals with their story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from quality.catalogue import BY_NAME, RATIOS
from quality.plan_words import period_in_short
from quality.signals import BAD, GONE, GOOD
from quality.stories import title
from ui import clock, desk_data, marks, menu, plan_data, text
from ui.desk_data import Line, Person, Portrait
from ui.spans import CUSTOM, NAMES, View, span_named, weeks_to

COLOURS = {"bad": "red", "good": "green", "unsure": "gray"}
#: So many letters of a story are shown; none is longer.
STORY = 600


def say_nothing_known() -> None:
    st.info("No desk is known yet.", icon=":material/event_busy:")
    st.page_link(menu.file("upload"), label="Upload an export", icon=":material/upload_file:")


def ask() -> str:
    """Whose page it is; the address keeps it."""
    names = desk_data.desks()
    return st.selectbox("Desk", names, key="who", bind="query-params", width=360) or names[0]


def rows_link(
    label: str, desk: str, ratio: str, start: date, end: date, view: View = "activity", tip: str | None = None
) -> None:
    """A link to the scoreboard that opens the rows behind one ratio of the desk."""
    st.page_link(
        menu.file("scoreboard"),
        label=label,
        icon=":material/table_rows:",
        help=tip or "Opens the scoreboard with the rows behind this number",
        query_params={
            "period": CUSTOM,
            "from": start.isoformat(),
            "to": end.isoformat(),
            "view": view.capitalize(),
            "desk": desk,
            # A box that shows titles is kept in the address by them.
            "behind": BY_NAME[ratio].title,
            "of": desk,
        },
    )


def badge(mark: marks.Mark) -> str:
    """A shape and its word in colour, for markdown."""
    return f":{COLOURS[mark.tone]}-badge[{mark}]"


# --- the sentence ----------------------------------------------------------------------------------------------------


def lead(found: Portrait) -> None:
    """One sentence on how the desk stands, and one on who it is."""
    st.subheader(sentence(found), anchor=False)
    st.markdown(who(found.person))


def sentence(found: Portrait) -> str:
    """How the desk stands, safe for markdown."""
    name = text.plain(found.person.desk)
    if not found.lines:
        return f"{name}: nothing to judge yet"
    judged = [line for line in found.lines if line.verdict]
    if not judged:
        return f"{name}: too little was recorded lately to judge any ratio"
    quiet = f"nothing recorded in the last {GONE} weeks; before, " if found.quiet else ""
    told = [f"{sum(line.verdict in words for line in judged)} {said}" for words, said in _GROUPS if _any(judged, words)]
    return f"{name}: {quiet}of {text.count(len(judged), 'ratio')}, {text.listed(told, 4)}{_news(found.signals)}"


_GROUPS = (
    (("below", "likely_below"), "below standard or likely so"),
    (("unclear",), "unclear"),
    (("likely_meets", "meets"), "meeting it or likely so"),
)


def _any(lines: Sequence[Line], words: Sequence[str]) -> bool:
    return any(line.verdict in words for line in lines)


def _news(signals: pd.DataFrame) -> str:
    """What the signals that hold are about: what to talk of, else what to praise."""
    held = signals[signals["active"]]
    for words, kinds in (("worth a conversation", BAD), ("doing well", GOOD)):
        about = [title(name) for name in dict.fromkeys(held["measure"][held["kind"].isin(kinds)])]
        if about:
            return f"; {words}: {text.listed([about[0], *map(str.lower, about[1:])])}"
    return ""


def who(person: Person) -> str:
    """Team, role, dates and anything about the data that a reader should know, safe for markdown."""
    left = person.ends_on and person.ends_on <= clock.today()
    parts = (
        text.plain(person.team),
        text.plain(person.role),
        _STANDINGS.get(person.standing, ""),
        f"joined {text.day(person.starts_on)}" if person.starts_on else "",
        f"left {text.day(person.ends_on)}" if person.ends_on and left else "",
        f"recorded {text.days(person.first_day, person.last_day)}" if person.first_day and person.last_day else "",
    )
    said = ", ".join(filter(None, parts))
    later = (
        f" Rows for days to come are stored up to {text.day(person.scheduled_to)}; they count when their day has come."
        if person.scheduled_to
        else ""
    )
    return f"{said[:1].upper()}{said[1:]}.{later}"


_STANDINGS = {"not in the roster": "not in the roster", "starts later": "starts later", "no rows": "nothing recorded"}


def say_nothing_closed(found: Portrait) -> None:
    """Why nothing can be judged, and where the days that are known can be seen."""
    sunday = found.closed.end + pd.Timedelta(days=7)
    st.info(
        "Ratios are judged on weeks that are over, and none of those holds activity of this desk. "
        f"The next one closes on Sunday, {text.day(sunday)}.",
        icon=":material/hourglass_top:",
    )
    st.page_link(menu.file("scoreboard"), label="What is recorded so far", query_params={"period": "This month"})


# --- the plan --------------------------------------------------------------------------------------------------------


def plan(found: Portrait) -> None:
    """How the desk stands against its goal, where one is saved."""
    desk = found.person.desk
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if desk in plan_data.goals():
            goal, done, period = plan_data.goal_so_far(desk)
            st.markdown(
                f"**Plan:** {done:,} of {text.count(goal.fills, 'fill')} in {period_in_short(goal.per, period)}"
            )
        if desk in plan_data.desks():
            st.page_link(
                menu.file("plan"), label="Plan", icon=menu.BY_URL["plan"].icon, query_params={"plan_desk": desk}
            )
        for page in ("trends", "scoreboard"):
            st.page_link(menu.file(page), icon=menu.BY_URL[page].icon, query_params=only(found.person))


def only(person: Person) -> dict[str, str]:
    """The shared filters for this desk alone: in the period a page opens with, else in the last weeks it did anything.

    A desk with rows to come alone, or with none, has no such weeks.
    """
    usual = span_named(NAMES[0], clock.today())
    if person.last_day is None or person.last_day >= usual.start:
        return {"desk": person.desk}
    span = weeks_to(person.last_day)
    return {"desk": person.desk, "period": CUSTOM, "from": span.start.isoformat(), "to": span.end.isoformat()}


# --- signals ---------------------------------------------------------------------------------------------------------


def signals(found: Portrait) -> None:
    """Every signal with its story: those that hold, then those that ended."""
    active = found.signals["active"]
    held, over = found.signals[active], found.signals[~active]
    if len(held):
        with st.container(border=True, gap="small"):
            for measure, own in held.groupby("measure", sort=False):
                st.markdown(_stories(own))
                spans = {desk_data.span(row) for row in own.itertuples(index=False)}
                _opens(found.person.desk, str(measure), sorted(spans))
    elif found.lines and not found.quiet:
        st.markdown("No signal holds: nothing has clearly changed, and no ratio is surely below or above its standard.")
    if len(over):
        with st.expander(f"Signals of the last year that ended, {len(over)}"):
            st.markdown(_stories(over))


def _opens(desk: str, measure: str, spans: Sequence[tuple[date, date]]) -> None:
    """To the measure over time, and to the rows of exactly the weeks its signals are about."""
    ratio = ratio_of(measure)
    with st.container(horizontal=True, gap="small"):
        st.page_link(
            menu.file("trends"),
            label=title(measure),
            icon=menu.BY_URL["trends"].icon,
            help="Opens the trend",
            query_params={"desk": desk, "trend": BY_NAME[ratio].title},
        )
        for start, end in spans:
            rows_link(f"Rows of {text.days(start, end)}", desk, ratio, start, end)


def _stories(signals: pd.DataFrame) -> str:
    return "\n\n".join(story(row["kind"], row["why"]) for row in signals.to_dict("records"))


def ratio_of(measure: str) -> str:
    """The ratio itself; of an activity the one it comes first in, else the one it is what was reached in."""
    if measure in BY_NAME:
        return measure
    first = next((ratio.name for ratio in RATIOS if ratio.upstream == measure), None)
    return first or next(ratio.name for ratio in RATIOS if ratio.downstream == measure)


def story(kind: str, why: str) -> str:
    """One signal as a shape, a word and its sentence, safe for markdown."""
    return f"{badge(marks.signal(kind))} {text.unbroken(text.plain(why, STORY))}"
