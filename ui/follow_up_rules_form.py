"""Changing a rule of follow-up from a day on, with what would have been asked for beforehand, and undoing it."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quality.obligation_forms import Rule
from quality.obligation_rules import BY_NAME
from quality.obligations import WINDOW
from quality.rule_changes import LEAST, MOST, RuleChange, changed, choices, counted, fault_of, has_days, unit_of
from ui import clock, follow_up_rules_data, follow_up_rules_keep, text
from ui import follow_up_rules_words as words

_OPEN = "rule_open"
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


def is_open(rule: Rule) -> bool:
    """Whether a rule is being changed."""
    return st.session_state.get(_OPEN) == rule.name


def button(rule: Rule, place: DeltaGenerator) -> None:
    """The button that opens a rule to be changed."""
    icon, tip = ":material/edit:", "Switch on or off, days, what counts"
    place.button("Change", key=f"change-{rule.name}", icon=icon, help=tip, on_click=_open, args=(rule.name,))


def undo(number: int, one: RuleChange) -> None:
    """The button that undoes a change."""
    st.button(
        "Undo",
        key=f"undo-{number}",
        icon=":material/undo:",
        on_click=follow_up_rules_keep.do,
        args=(follow_up_rules_keep.UNDO, one),
    )


def form(rule: Rule) -> None:
    """Everything of a rule that can be changed, what the change would mean, and the buttons that end it."""
    now = follow_up_rules_data.undated(rule)
    asked = _ask(now)
    fault = fault_of(asked)
    after = now if fault else changed(BY_NAME[rule.name], asked)
    if fault:
        st.error(text.plain(fault, 300), icon=":material/block:")
    elif after != now:
        _preview(asked, after)
    with st.container(horizontal=True):
        idle = bool(fault) or after == now
        st.button("Save the change", type="primary", key="rule_save", disabled=idle, on_click=_save, args=(asked,))
        if now != BY_NAME[rule.name]:
            back = RuleChange(rule.name, asked.since, on=BY_NAME[rule.name].on)
            label, icon = "As shipped", ":material/restart_alt:"
            st.button(label, key="rule_shipped", icon=icon, on_click=_save, args=(back,))
        st.button("Cancel", key="rule_cancel", on_click=_open, args=(None,))


def _ask(now: Rule) -> RuleChange:
    on = st.toggle("On", now.on, key=f"rule_on-{now.name}")
    with st.container(horizontal=True):
        number = _ask_number(now)
        since = st.date_input(
            "From", clock.today(), _FIRST, _LAST, f"rule_from-{now.name}", format="YYYY-MM-DD", required=True, width=180
        )
    names, shipped = _ask_names(now), BY_NAME[now.name]
    return RuleChange(
        now.name,
        since,
        on=on,
        number=None if number == shipped.number else number,
        activities=None if set(names) == set(counted(shipped)) else names,
    )


def _ask_number(now: Rule) -> int:
    if not has_days(now):
        return now.number
    tip = f"From {LEAST} to {MOST}. As shipped: {BY_NAME[now.name].number}."
    return st.number_input(
        unit_of(now).capitalize(), value=now.number, step=1, key=f"rule_number-{now.name}", help=tip, width=180
    )


def _ask_names(now: Rule) -> tuple[str, ...]:
    if not choices(now):
        return counted(now)
    tip = "One of these is enough. What goes out automatically never counts."
    return tuple(
        st.multiselect(
            "What counts as done", choices(now), counted(now), words.activity, f"rule_names-{now.name}", help=tip
        )
    )


def _preview(one: RuleChange, after: Rule) -> None:
    """What it would have asked for, and what its day means."""
    with st.spinner("Counting the last 90 days"):
        would, now = follow_up_rules_data.would_ask(one), follow_up_rules_data.asks_now(one.rule)
        moved = follow_up_rules_data.moves(one)
    if after.on:
        st.markdown(f"New: {text.plain(after.sentence, 300)}")
    st.markdown(
        f"Had it always been so: kept **{would.kept:,} of {would.due:,}** that fell due in the last {WINDOW} days, "
        f"instead of {now.kept:,} of {now.due:,}."
    )
    if one.since <= clock.today():
        st.markdown(" ".join([words.moved(moved), *([_missed(one)] if not after.on else [])]))
    st.markdown(_about(one))


def _missed(one: RuleChange) -> str:
    return (
        f"What fell due before {text.day(one.since)} and was not done is asked for no more, but still counts as missed."
    )


def _about(one: RuleChange) -> str:
    later = [other.since for _, other in follow_up_rules_data.journal() if _follows(other, one)]
    held = f" On {text.day(min(later))} the next change of this rule follows." if later else ""
    if one.since > clock.today():
        return f"Nothing changes before {text.day(one.since)}.{held}"
    if one.since < clock.today():
        return f"It also changes what counts as kept or late since {text.day(one.since)}.{held}"
    return f"It holds from today on; what came before keeps the rule of its time.{held}"


def _follows(other: RuleChange, one: RuleChange) -> bool:
    return other.rule == one.rule and other.since > one.since


def _open(name: str | None) -> None:
    st.session_state[_OPEN] = name


def _save(one: RuleChange) -> None:
    _open(None)
    follow_up_rules_keep.do(follow_up_rules_keep.SAVE, one)
