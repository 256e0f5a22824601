"""What the signs weigh: shown in words, changed in place with a day, and put back as shipped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from quality.care_signals import MOST_POINTS, SHIPPED, Sign, Weights, fault_of
from quality.care_silence import RECORDED
from ui import care_data, text

CONTACT = (
    "Contact is what reached the contractor: a call, a conversation, an interview, a preparation or debrief, feedback, "
    "a status update, a touch, an answer noted. Surveys, tickets and automatic messages reach nobody. Silence is "
    f"judged only where anybody on assignment was in contact in the past {RECORDED} days, steps of a search aside."
)
#: So many of those who would change level are named.
NAMED = 10
_SAID, _ROUND = "care_weights_said", "care_weights_round"


def show() -> None:
    """The signs with their points and limits, to be changed."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(said, icon=":material/balance:")
    for fault in care_data.ignored():
        st.warning(f"A stored change is ignored. {text.plain(fault, 300)}", icon=":material/warning:")
    now = care_data.weights()
    with st.expander("What the signs weigh", icon=":material/balance:", key="care_weights", on_change="rerun") as box:
        if box.open:
            _form(now)


def _form(now: Weights) -> None:
    st.markdown(
        f"{now.since} Points of all signs add up. {now.in_words} What somebody is in (new, end near, no referral) "
        "weighs only on top of a sign. Of two signs about the same thing the heavier one counts. 0 points: off. "
        f"{CONTACT}"
    )
    asked = _asked(now, _editor(now))
    fault = fault_of(asked)
    if fault:
        st.error(text.plain(fault, 300), icon=":material/block:")
    elif asked != now:
        _preview("If saved", asked)
    elif _is_changed(now):
        _preview("Put back as shipped", SHIPPED)
    with st.container(horizontal=True):
        idle = bool(fault) or asked == now
        st.button("Save", type="primary", key="care_save", disabled=idle, on_click=_save, args=(asked,))
        if _is_changed(now):
            icon = ":material/restart_alt:"
            st.button("As shipped", key="care_shipped", icon=icon, on_click=_save, args=(SHIPPED,))


def _is_changed(now: Weights) -> bool:
    return replace(now, changed_on=None) != SHIPPED


def _preview(what: str, asked: Weights) -> None:
    """How many would stand on each level by other weights, and who changes level; of the whole firm."""
    with st.spinner("Looking who would change level"):
        found = care_data.moves(asked)
    st.markdown(f"**{what}**, in the whole firm: {found.words}.\n\n{_moved(found.people)}")


def _moved(people: pd.DataFrame) -> str:
    """Who changes level, a line for each way, at most NAMED of them by name."""
    if people.empty:
        return "Nobody changes level."
    named = people.head(NAMED).groupby(["was", "becomes"], sort=False)["contractor"]
    lines = [f"- {was} → {becomes}: {', '.join(map(text.plain, names))}" for (was, becomes), names in named]
    rest = [f"- and {len(people) - NAMED:,} more"] if len(people) > NAMED else []
    changing = "contractor changes" if len(people) == 1 else "contractors change"
    return "\n".join([f"{len(people):,} {changing} level:", "", *lines, *rest])


def _editor(now: Weights) -> tuple[pd.DataFrame, float, float]:
    turn = st.session_state.get(_ROUND, 0)
    edited = st.data_editor(
        table(now),
        hide_index=True,
        disabled=["Sign", "What it says"],
        column_config=_COLUMNS,
        height="content",
        placeholder="",
        key=f"care_signs-{turn}",
        alt="What each sign weighs, to be changed in place",
    )
    with st.container(horizontal=True):
        watch = _points("Watch from", now.watch, f"care_watch-{turn}")
        act = _points("Act from", now.act, f"care_act-{turn}")
    return edited, watch, act


def _points(label: str, value: float, key: str) -> float:
    return st.number_input(label, value=float(value), step=0.5, format="%g", key=key, width=150, help="Points")


_COLUMNS = {
    "Sign": st.column_config.TextColumn(pinned=True, width=165),
    "Points": st.column_config.NumberColumn(step=0.5, min_value=0, max_value=MOST_POINTS, format="%g", width=80),
    "Limit": st.column_config.NumberColumn(step=1, format="%g", width=80),
    "Days back": st.column_config.NumberColumn(step=1, format="%g", width=115),
    "What it says": st.column_config.TextColumn(width=560),
}


def table(now: Weights) -> pd.DataFrame:
    """A line for each sign: its points, its limit, how far back rows count (empty: nothing is counted back)."""
    return pd.DataFrame(
        {
            "Sign": [sign.title for sign in now.signs],
            "Points": [float(sign.points) for sign in now.signs],
            "Limit": [float(sign.limit) for sign in now.signs],
            "Days back": pd.array([sign.days for sign in now.signs], dtype="Int64"),
            "What it says": [sign.in_words for sign in now.signs],
        }
    )


def _asked(now: Weights, edited: tuple[pd.DataFrame, float, float]) -> Weights:
    """The weights as they were typed; an emptied cell stays as it was."""
    frame, watch, act = edited
    rows = zip(now.signs, frame.to_dict("records"), strict=True)
    return replace(now, signs=tuple(_typed(sign, row) for sign, row in rows), watch=watch, act=act)


def _typed(sign: Sign, row: dict[Any, Any]) -> Sign:
    points, limit, days = row["Points"], row["Limit"], row["Days back"]
    return replace(
        sign,
        points=sign.points if pd.isna(points) else float(points),
        limit=sign.limit if pd.isna(limit) else float(limit),
        days=sign.days if sign.days is None or pd.isna(days) else int(days),
    )


def _save(changed: Weights) -> None:
    care_data.save(changed)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_SAID] = (
        "The signs weigh what they did as shipped." if changed == SHIPPED else "Saved, from today on."
    )
