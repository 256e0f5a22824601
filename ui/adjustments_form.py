"""Noting a change in the journal, taking one out, and entering it again with a correction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from quality.adjustments import Entry
from quality.catalogue import BY_NAME, MEASURES
from quality.stories import title
from store import StoreError
from ui import adjustments_data, clock, data, minimum_data, text

#: Kind as it is stored -> as it is shown; any other is shown as *Other*.
KINDS = {"coaching": "Coaching", "script": "Script", "market": "Market", "other": "Other"}
#: Letters that a change is told in.
LONGEST = 500
_SAID, _ROUND = "change_said", "change_round"

Who = tuple[str, str]
_COMPANY: Who = ("company", "")
#: Days that can be chosen.
_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form opens with; ``key`` tells one such form from another."""

    made_on: date
    who: Who
    measure: str
    kind: str
    what: str
    key: str


def named(level: str, name: str) -> str:
    """Whom a change is for."""
    return "The whole company" if level == "company" else name


def kinded(kind: str) -> str:
    """What kind of change it is."""
    return KINDS.get(kind, KINDS["other"])


def titled(measure: str) -> str:
    """A ratio or an activity by its name on screen; as it is stored where it is neither."""
    if not measure:
        return "All seven ratios"
    return title(measure) if measure in BY_NAME or measure in MEASURES else measure


def ask() -> None:
    """The form for a new change; links from other pages choose the desk and the ratio in it."""
    _say()
    draft = _asked_for()
    opened = bool(draft.key) or not adjustments_data.journal()
    with st.expander("Note a change", icon=":material/edit_note:", expanded=opened):
        _form(draft)


def _asked_for() -> Draft:
    """An empty form of today, for the desk and the ratio that a link asks for."""
    name, measure = st.query_params.get("desk", ""), st.query_params.get("ratio", "")
    known = ("desk", name) in _whom()
    about = measure if measure in _measures() else ""
    key = f"{name if known else ''}-{about}" if known or about else ""
    return Draft(clock.today(), ("desk", name) if known else _COMPANY, about, "coaching", "", key)


def correct(entry: Entry) -> None:
    """A button that opens the change again."""
    tip = "Change this entry, or take it out"
    if st.button("Correct", key=f"correct-{entry.number}", icon=":material/edit:", help=tip):
        _correct(entry)


@st.dialog("Correct this change", width="medium")
def _correct(entry: Entry) -> None:
    kind = entry.kind if entry.kind in KINDS else "other"
    _form(Draft(entry.made_on, (entry.level, entry.name), entry.measure, kind, entry.what, "again"), entry.number)
    st.markdown("What it said before stays in the history.")
    if st.button("Take it out of the journal", key="take_out", icon=":material/delete:"):
        _done("Taken out of the journal." if _take_out(entry.number) else "Somebody has taken it out already.")


def _form(draft: Draft, instead_of: int | None = None) -> None:
    whom, about = list(dict.fromkeys([*_whom(), draft.who])), list(dict.fromkeys([*_measures(), draft.measure]))
    with st.form(f"change-{draft.key}-{instead_of}-{st.session_state.get(_ROUND, 0)}", border=False):
        with st.grid(3, min_column_width=200):
            first, last = min(draft.made_on, _FIRST), max(draft.made_on, _LAST)
            made_on = st.date_input("Changed on", draft.made_on, first, last, format="YYYY-MM-DD", required=True)
            who = st.selectbox("For", whom, whom.index(draft.who), format_func=_who_named)
            measure = st.selectbox("Ratio or activity", about, about.index(draft.measure), format_func=titled)
        kind = st.segmented_control("Kind", list(KINDS), default=draft.kind, required=True, format_func=kinded)
        longest = max(LONGEST, len(draft.what))
        what = st.text_area("What was changed", draft.what, max_chars=longest, height=80, placeholder=_EXAMPLE)
        if st.form_submit_button("Save the change", type="primary"):
            _save(Draft(made_on, who, measure, kind or "other", what or "", ""), instead_of)


_EXAMPLE = "One hour of role play on the first question of a call, every Monday"


def _whom() -> list[Who]:
    return [_COMPANY, *(("team", name) for name in data.teams()), *(("desk", name) for name in minimum_data.desks())]


def _who_named(who: Who) -> str:
    return named(*who)


def _measures() -> list[str]:
    return ["", *BY_NAME, *MEASURES]


def _save(draft: Draft, instead_of: int | None) -> None:
    """Keep the change, instead of the one it corrects; what cannot be kept stays in the form."""
    level, name = draft.who
    try:
        data.history().save_adjustment(
            draft.what, made_on=draft.made_on, level=level, name=name, measure=draft.measure, kind=draft.kind
        )
    except StoreError as refused:
        st.error(text.plain(f"{refused.reason} {refused.fix}", 400), icon=":material/block:")
        return
    if instead_of is not None:
        _take_out(instead_of)
    _done("The change is in the journal.")


def _take_out(number: int) -> bool:
    """Whether it was still in the journal."""
    try:
        data.history().remove_adjustment(number)
    except StoreError:
        return False
    return True


def _done(said: str) -> None:
    """Start over with an empty form; what happened is said once the page is drawn again."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_SAID] = said
    st.query_params.clear()
    st.rerun()


def _say() -> None:
    if said := st.session_state.pop(_SAID, None):
        st.toast(said, icon=":material/info:")
