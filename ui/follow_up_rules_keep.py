"""Keeping and undoing changes of rules with the name of who does it, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from quality.obligation_rules import BY_NAME
from quality.rule_changes import RuleChange
from ui import clock, follow_up_rules_data, text
from ui import follow_up_rules_words as words
from ui.owed_answers import EXAMPLE, NAME

_SAID, _WAITS, _TYPED = "rule_said", "rule_waits", "who_changes"
SAVE, UNDO = "save", "undo"
_WAYS: Mapping[str, Callable[[RuleChange, str], None]] = {
    SAVE: follow_up_rules_data.save,
    UNDO: follow_up_rules_data.undo,
}


def do(what: str, one: RuleChange) -> None:
    """Save or undo a change; where it is not known yet who does it, that is asked first."""
    by = (st.session_state.get(NAME) or "").strip()
    if not by:
        st.session_state[_WAITS] = what, one
        return
    _WAYS[what](one, by)
    st.session_state[_SAID] = text.plain(_told(what, one), 300)


def say() -> None:
    """What was done in the run before, for long enough to be read; asks who does it where that is not known."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(said, icon=":material/rule:", duration="long")
    if waits := st.session_state.pop(_WAITS, None):
        _ask_name(*waits)


def _told(what: str, one: RuleChange) -> str:
    title, told = BY_NAME[one.rule].title, words.told(one)
    if what == UNDO:
        return f"Undone: {title}, {told}."
    return f"Saved: {title} {words.since(one.since, clock.today())}: {told}."


@st.dialog("Who makes the change?")
def _ask_name(what: str, one: RuleChange) -> None:
    """Asked once while the browser window is open; the change that waits for it is made then."""
    st.markdown(f"{text.plain(_about(what, one), 300)} Your name is kept with it, so that others can ask you.")
    st.text_input("Your name", max_chars=80, key=_TYPED, autocomplete="name", placeholder=EXAMPLE)
    label = "Undo the change" if what == UNDO else "Save the change"
    st.button(label, type="primary", key="keep_change", on_click=_do_as, args=(what, one))
    if _SAID in st.session_state or _WAITS in st.session_state:
        st.rerun()


def _about(what: str, one: RuleChange) -> str:
    told = f"{BY_NAME[one.rule].title}: {words.told(one)}."
    return f"To be undone: {told}" if what == UNDO else told


def _do_as(what: str, one: RuleChange) -> None:
    st.session_state[NAME] = st.session_state[_TYPED].strip()
    do(what, one)
