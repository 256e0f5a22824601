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
_SAID, _DRAFT, _ROUND = "change_said", "change_draft", "change_round"

Who = tuple[str, str]
_COMPANY: Who = ("company", "")


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
    """The form for a change; links from other pages choose the desk and the ratio in it."""
    _say()
    draft = _draft()
    opened = bool(draft.key or draft.what) or not adjustments_data.journal()
    with st.expander("Note a change", icon=":material/edit_note:", expanded=opened):
        _form(draft, f"{draft.key}{st.session_state.get(_ROUND, 0)}")


def _draft() -> Draft:
    """The entry that is being corrected, else what a link asked for, else an empty one of today."""
    entry: Entry | None = st.session_state.get(_DRAFT)
    if entry:
        kind = entry.kind if entry.kind in KINDS else "other"
        again = f"again-{entry.number}-"
        return Draft(entry.made_on, (entry.level, entry.name), entry.measure, kind, entry.what, again)
    name, measure = st.query_params.get("desk", ""), st.query_params.get("ratio", "")
    known = ("desk", name) in _whom()
    about = measure if measure in _measures() else ""
    key = f"{name if known else ''}-{about}-" if known or about else ""
    return Draft(clock.today(), ("desk", name) if known else _COMPANY, about, "coaching", "", key)


def _form(draft: Draft, key: str) -> None:
    whom, about = list(dict.fromkeys([*_whom(), draft.who])), list(dict.fromkeys([*_measures(), draft.measure]))
    with st.form(f"change-{key}", border=False):
        with st.grid(3, min_column_width=200):
            made_on = st.date_input(
                "Changed on", draft.made_on, date(1990, 1, 1), date(2100, 1, 1), format="YYYY-MM-DD", required=True
            )
            who = st.selectbox("For", whom, whom.index(draft.who), format_func=_who_named)
            measure = st.selectbox("Ratio or activity", about, about.index(draft.measure), format_func=titled)
        kind = st.segmented_control("Kind", list(KINDS), default=draft.kind, required=True, format_func=kinded)
        what = st.text_area("What was changed", draft.what, max_chars=LONGEST, height=80, placeholder=_EXAMPLE)
        if st.form_submit_button("Save the change", type="primary"):
            _save(what or "", made_on, who, measure, kind or "other")


_EXAMPLE = "One hour of role play on the first question of a call, every Monday"


def _whom() -> list[Who]:
    return [_COMPANY, *(("team", name) for name in data.teams()), *(("desk", name) for name in minimum_data.desks())]


def _who_named(who: Who) -> str:
    return named(*who)


def _measures() -> list[str]:
    return ["", *BY_NAME, *MEASURES]


def _save(what: str, made_on: date, who: Who, measure: str, kind: str) -> None:
    """Keep the change and open an empty form; what cannot be kept stays in the form."""
    level, name = who
    try:
        data.history().save_adjustment(what, made_on=made_on, level=level, name=name, measure=measure, kind=kind)
    except StoreError as refused:
        st.error(text.plain(f"{refused.reason} {refused.fix}", 400), icon=":material/block:")
        return
    st.session_state.pop(_DRAFT, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_SAID] = "The change is in the journal."
    st.query_params.clear()
    st.rerun()


def _say() -> None:
    if said := st.session_state.pop(_SAID, None):
        st.toast(said, icon=":material/info:")


def correct(entry: Entry) -> None:
    """Take a change out of the journal, for good or to enter it again."""
    with st.popover("Correct", icon=":material/edit:", help="Take this change out, or enter it again"):
        st.markdown("A change is corrected by taking it out and entering it again. The history keeps both.")
        for label, again in (("Take out and enter again", True), ("Take out", False)):
            key = f"{'again' if again else 'remove'}-{entry.number}"
            st.button(label, key=key, on_click=_take_out, args=(entry, again))


def _take_out(entry: Entry, again: bool) -> None:
    try:
        data.history().remove_adjustment(entry.number)
    except StoreError:
        st.session_state[_SAID] = "Somebody has taken this change out already."
        return
    st.session_state[_SAID] = "Taken out: enter it again above." if again else "Taken out of the journal."
    if again:
        st.session_state[_DRAFT] = entry
