"""The page Retention: how long contractors stay, why they leave, who is placed again and whose assignment ends soon."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from charts.survival import describe_survival, survival_figure
from quality.retention import (
    FEWEST,
    MARKED,
    NAMED,
    By,
    Point,
    are_apart,
    beside_curve,
    drawn,
    few,
    grouped,
    point,
    quarter,
    turn,
    worst_first,
)
from quality.shares import share
from ui import clock, opened, retention_data, retention_rows, text
from ui.downloads import Sheet
from ui.opened import Behind
from ui.retention_data import PERIODS, YEAR
from ui.whose import Whose

#: What assignments are told apart by -> the title of its column.
GROUPS: Mapping[str, By] = {"Desk": "desk", "Client": "client", "Quarter of the start": "cohort"}
ALL = "All of them"
#: So many curves are drawn beside that of all.
BESIDE = 4


def ask_period() -> str:
    """Which assignments: a key of PERIODS."""
    chosen = st.segmented_control(
        "Period", list(PERIODS), default=YEAR, required=True, key="retention_in", bind="query-params"
    )
    return chosen or YEAR


def staying(chosen: Whose) -> None:
    """The curve with its marked days, and desk by desk, client by client or quarter by quarter."""
    period = ask_period()
    found = retention_data.watched(chosen, period)
    if found.empty:
        st.info(_NOTHING, icon=":material/info:")
        return
    _lead(found, len(retention_data.never_started(chosen, period)), period)
    by, names = _ask_groups(found)
    _chart(found, by, names)
    _table(found, by, f"{chosen.words}-{period}-{by}")
    opened.how_counted(HOW, OTHERS, DRAWN, SO_FAR)


_NOTHING = (
    "No assignment with a start is on record in this time. An export needs rows *start* and *end* that name the "
    "candidate and the job or the client, the outcome of an end (*quit*, *terminated*, *completed*, *converted*), and "
    "the planned end where it is known."
)
DRAWN = (
    f"A curve is drawn as far as at least {FEWEST} assignments were followed, and with fewer followed to a day nothing "
    "is said of it but their number. The shade is the likely range of all of them."
)
OTHERS = (
    "So these early ends are of assignments that started in this time, never started left out. Why they leave counts "
    "what ended in this time, whenever it started; Fall-offs count fills of this time, never started included; Care "
    "counts who left early in the past year, whenever they started."
)
SO_FAR = (
    "Early so far: the early ends of all that started. Those that started lately have had less time for one, so "
    "compare days 45 and 120 where they are known."
)
HOW = (
    "An early end is one after the start by quitting or by the client. Assignments that run, were completed or were "
    "converted count up to the last day they were seen and not beyond; where the "
    "planned end has passed and no end is on record, that is its planned end. In no curve are those that never "
    "started, even with a first day on record (they stand under Why they leave), and others without a start on record "
    "(under Questions)."
)


def _lead(found: pd.DataFrame, never: int, period: str) -> None:
    points = [point(found, day) for day in MARKED]
    st.subheader(text.unbroken(_sentence(points[0])), anchor=False)
    left = int(found["left"].sum())
    when = "" if PERIODS[period] is None else f" in the {period.lower()}"
    seen = f"{text.count(len(found), 'assignment')} started{when}; {left:,} of them ended early so far"
    st.markdown(text.unbroken(" ".join(f"{one}." for one in (seen, beside_curve(len(found), never)) if one)))
    if told := turn(found, clock.today()):
        st.markdown(text.unbroken(f"{_turned(*told)}{_so_far(found)}"))
    with st.grid(len(MARKED), min_column_width=220):
        for one in points:
            _card(one)


def _sentence(one: Point) -> str:
    if one.is_thin:
        return f"Too few assignments were followed to day {one.day} to say how many last"
    return f"{_percent(one)} of assignments reach day {one.day} without an early end"


def _turned(before: tuple[str, Point], last: tuple[str, Point]) -> str:
    said = [f"{_percent(one)} of those that started in {name} ({one.likely})" for name, one in (last, before)]
    verdict = "a clear difference" if are_apart(before[1], last[1]) else "no clear difference"
    return f"Day {last[1].day} is reached by {said[0]}, and by {said[1]}: {verdict}."


def _so_far(found: pd.DataFrame) -> str:
    """What is known of the quarter that runs; nothing before its first start."""
    name = quarter(clock.today())
    own = found[found["cohort"] == name]
    one = point(own, MARKED[0])
    if own.empty:
        return ""
    if one.is_thin:
        begun = f"{one.events:,} of {one.of:,} ended early by day {one.day}"
        return f" {name} so far: {begun}; {one.at_risk:,} followed that long, too few to compare."
    return f" {name} so far: {_percent(one)} ({one.likely})."


def _percent(one: Point) -> str:
    return "–" if one.survival is None or one.is_thin else f"{100 * one.survival:.0f} %"


def _card(one: Point) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(f"Without an early end by day {one.day}", text.unbroken(_percent(one)))
        likely = "" if one.is_thin or not one.likely else f"{one.likely.capitalize()}. "
        seen = f"{one.at_risk:,} of {one.of:,} were followed to day {one.day}; {one.events:,} had ended early by then."
        few = f" Below {FEWEST} nothing is said." if one.is_thin else ""
        st.markdown(f":small[{text.unbroken(likely + seen + few)}]")


# --- the curve -------------------------------------------------------------------------------------------------------


def _ask_groups(found: pd.DataFrame) -> tuple[By, list[str]]:
    """What the table tells apart, and which of them stand beside the curve of all."""
    title = st.segmented_control(
        "By", list(GROUPS), default="Desk", required=True, key="retention_by", bind="query-params"
    )
    by = GROUPS[title or "Desk"]
    names = [name for name, own in grouped(found, by).items() if len(own) >= FEWEST]
    beside = st.multiselect(
        "Curves beside that of all",
        names,
        max_selections=BESIDE,
        key=f"retention_beside_{by}",
        placeholder=f"Choose up to {BESIDE}" if names else f"None has {FEWEST} assignments",
        disabled=not names,
    )
    return by, beside


def _chart(found: pd.DataFrame, by: By, names: list[str]) -> None:
    groups = grouped(found, by)
    curves = {ALL: drawn(found)} | {name: drawn(groups[name]) for name in names if name in groups}
    curves = {name: steps for name, steps in curves.items() if len(steps)}
    if not curves:
        st.markdown(f"No curve is drawn: fewer than {FEWEST} assignments started.")
        return
    figure = survival_figure(curves, MARKED)
    st.plotly_chart(figure, alt=describe_survival(curves), config={"displayModeBar": False})


# --- group by group --------------------------------------------------------------------------------------------------


def _table(found: pd.DataFrame, by: By, key: str) -> None:
    parts = grouped(found, by)
    groups = {ALL: found, **together(worst_first(parts) if by == "client" else parts, by)}
    names = list(groups)
    title = next(title for title, column in GROUPS.items() if column == by)

    def behind(row: int, column: str) -> Behind:
        own = groups[names[row]]
        marks = {_day(day): day for day in MARKED}
        if column in marks:
            own = own[own["left"] & (own["time"] <= marks[column])]
            return Behind(f"{names[row]}, early ends by {column.lower()}", retention_rows.shown(own), "candidate")
        own = own[own["left"]] if column in (EARLY, "Ended early") else own
        return Behind(f"{names[row]}, {column.lower()}", retention_rows.shown(own), "candidate")

    shown = by_group(groups, title)
    if by == "client":
        st.markdown(_order(parts))
    opened.table(shown, Sheet("retention", f"Retention by {title.lower()}", (HOW,)), behind, f"retention-{key}")
    st.markdown(f":small[{opened.HINT}]")


def together(parts: dict[str, pd.DataFrame], by: By) -> dict[str, pd.DataFrame]:
    """The groups as they are listed: clients too small to be ranked are one line at the end."""
    small = few(parts) if by == "client" else ()
    if len(small) < 2:
        return parts
    named = {name: own for name, own in parts.items() if name not in small}
    title = f"{len(small):,} {'others' if named else 'clients'}, under {NAMED} each"
    return {**named, title: pd.concat([parts[name] for name in small])}


def _order(clients: Mapping[str, pd.DataFrame]) -> str:
    """In which order the clients stand."""
    many = sum(not point(own, MARKED[0], FEWEST).is_thin for own in clients.values())
    if many:
        return (
            f"The {text.count(many, 'client')} with {FEWEST} followed to day {MARKED[0]} first, the worst at the top."
        )
    if len(few(clients)) == len(clients):
        one = sum(bool(own["left"].any()) for own in clients.values())
        had = f"; {one:,} had one" if one else ""
        return f"No client has had {NAMED} assignments or a second early end, so there is nothing to rank yet{had}."
    return (
        f"No client has {FEWEST} assignments followed to day {MARKED[0]}, so look at the early ends so far: the most "
        "stand first."
    )


#: The column of the early ends of all that started.
EARLY = "Early so far"


def by_group(groups: Mapping[str, pd.DataFrame], title: str) -> pd.DataFrame:
    """A line a group: its name, EARLY, Ended early, Started, for each marked day the share with its likely range."""
    lines = [
        {
            title: name,
            EARLY: opened.brief(share(int(own["left"].sum()), len(own))),
            "Ended early": int(own["left"].sum()),
            "Started": len(own),
            **{_day(day): _cell(point(own, day, FEWEST)) for day in MARKED},
        }
        for name, own in groups.items()
    ]
    return pd.DataFrame(lines)


def _day(day: int) -> str:
    return f"Day {day}"


def _cell(one: Point) -> str:
    if one.is_thin:
        return f"{one.at_risk} followed, too few"
    return f"{_percent(one)}, {one.likely.removeprefix('likely ')}"
