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
_SAID, _REFUSED, _ROUND = "change_said", "change_refused", "change_round"

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
    draft = Draft(entry.made_on, (entry.level, entry.name), entry.measure, kind, entry.what, "again")
    _form(draft, entry.number)
    st.markdown("What it said before stays in the history.")
    label, icon = "Take it out of the journal", ":material/delete:"
    st.button(label, key="take_out", icon=icon, on_click=_take_out, args=(entry.number,))
    if _SAID in st.session_state:  # done: the page says so once the dialog is closed
        st.rerun()


def _form(draft: Draft, instead_of: int | None = None) -> None:
    key = f"change-{draft.key}-{instead_of}-{st.session_state.get(_ROUND, 0)}"
    with st.form(key, border=False):
        with st.grid(3, min_column_width=200):
            _ask_when_and_whom(draft, key)
        st.segmented_control(
            "Kind", list(KINDS), default=draft.kind, required=True, format_func=kinded, key=f"{key}-kind"
        )
        longest = max(LONGEST, len(draft.what))
        st.text_area("What was changed", draft.what, 80, longest, f"{key}-what", placeholder=_EXAMPLE)
        st.form_submit_button("Save the change", type="primary", on_click=_save, args=(key, instead_of))
        _say_refused()


def _ask_when_and_whom(draft: Draft, key: str) -> None:
    first, last = min(draft.made_on, _FIRST), max(draft.made_on, _LAST)
    st.date_input("Changed on", draft.made_on, first, last, f"{key}-day", format="YYYY-MM-DD", required=True)
    whom, about = list(dict.fromkeys([*_whom(), draft.who])), list(dict.fromkeys([*_measures(), draft.measure]))
    st.selectbox("For", whom, whom.index(draft.who), _who_named, f"{key}-who")
    st.selectbox("Ratio or activity", about, about.index(draft.measure), titled, f"{key}-measure")


_EXAMPLE = "One hour of role play on the first question of a call, every Monday"


def _whom() -> list[Who]:
    return [_COMPANY, *(("team", name) for name in data.teams()), *(("desk", name) for name in minimum_data.desks())]


def _who_named(who: Who) -> str:
    return named(*who)


def _measures() -> list[str]:
    return ["", *BY_NAME, *MEASURES]


def _save(key: str, instead_of: int | None) -> None:
    """Keep the change, instead of the one it corrects; what cannot be kept stays in the form."""
    asked = {name: st.session_state[f"{key}-{name}"] for name in ("what", "day", "who", "measure", "kind")}
    level, name = asked["who"]
    about = {"made_on": asked["day"], "measure": asked["measure"], "kind": asked["kind"] or "other"}
    try:
        data.history().save_adjustment(asked["what"] or "", level=level, name=name, **about)
    except StoreError as refused:
        st.session_state[_REFUSED] = f"{refused.reason} {refused.fix}"
        return
    if instead_of is not None:
        _take_out(instead_of)
    _done("The change is in the journal.")


def _take_out(number: int) -> None:
    try:
        data.history().remove_adjustment(number)
    except StoreError:
        _done("Somebody has taken it out already.")
        return
    _done("Taken out of the journal.")


def _done(said: str) -> None:
    """Start over with an empty form; what happened is said once the page is drawn again."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_SAID] = said
    st.query_params.clear()


def _say_refused() -> None:
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(text.plain(refused, 400), icon=":material/block:")


def _say() -> None:
    if said := st.session_state.pop(_SAID, None):
        st.toast(said, icon=":material/info:")
