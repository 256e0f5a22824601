"""Keeping a plan: which of its daily numbers become the minimums of the desk, the button that saves, and the end."""

from __future__ import annotations

import math
from collections.abc import Mapping

import streamlit as st

from quality.catalogue import MEASURES
from quality.goals import DeskPlan, Goal
from quality.words import count_in_words
from ui import plan_data, text
from ui.plan import chosen, title

#: A daily minimum from here up is a whole number, below it a tenth of one.
WHOLE = 5


def show(plan: DeskPlan) -> None:
    """The button that makes the plan the desk's goal and its daily minimums, and the one that ends them."""
    asked = {one.activity: daily(one.per_day) for one in chosen(plan) if one.total and one.per_day}
    held = {activity: asked[activity] for activity in _ask_held(plan.desk, list(asked))} if asked else {}
    st.markdown(_what(held) if asked else "Nothing is left to ask for, so there is nothing to save.")
    with st.container(horizontal=True):
        st.button(
            "Save as goal and daily minimums",
            type="primary",
            key="save_plan",
            icon=":material/flag:",
            disabled=not held,
            on_click=_save,
            args=(plan.desk, plan.goal, held),
        )
        if plan.desk in plan_data.goals():
            _ask_end(plan.desk)


def _ask_held(desk: str, activities: list[str]) -> list[str]:
    """The activities to hold the desk to. Their names alone are the options: numbers in them would be lost with any
    change of the goal, and with them what is chosen."""
    return st.multiselect(
        "Activities to hold the desk to",
        activities,
        activities,
        format_func=title,
        key=f"held-{desk}-{'-'.join(activities)}",
    )


def _what(held: Mapping[str, float]) -> str:
    """The very numbers that are saved."""
    if not held:
        return "Choose at least one activity to save the plan."
    said = [f"{number:,.10g} {_noun(activity, number)}" for activity, number in held.items()]
    return f"Saving sets these daily minimums: **{text.listed(said, len(said))}**."


def _noun(activity: str, number: float) -> str:
    return MEASURES[activity].singular if number == 1 else MEASURES[activity].plural


def daily(per_day: float) -> float:
    """A minimum for a day, rounded up as it can be said: whole from 5 on, else to a tenth."""
    parts = 1 if per_day >= WHOLE else 10
    return math.ceil(round(per_day * parts, 6)) / parts


def _save(desk: str, goal: Goal, per_day: Mapping[str, float]) -> None:
    plan_data.save(desk, goal, per_day)
    minimums = count_in_words(len(per_day), ("daily minimum", "daily minimums"))
    st.toast(f"Plan of {text.plain(desk)} saved with {minimums}.", icon=":material/flag:")


def _ask_end(desk: str) -> None:
    with st.popover("End this plan"):
        st.markdown(f"The goal of {text.plain(desk)} is forgotten and its daily minimums end today.")
        st.button("Yes, end it", key="end_plan", on_click=_end, args=(desk,))


def _end(desk: str) -> None:
    plan_data.end(desk)
    st.toast(f"Plan of {text.plain(desk)} ended.", icon=":material/flag:")
