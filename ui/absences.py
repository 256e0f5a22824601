"""When nobody works: public holidays by country, and the days on which single desks were away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quality.workdays import countries, subdivisions
from store.improvement import FIRST_DAY, LAST_DAY
from ui import clock, data, judgement, minimum_data, saving, text
from ui.downloads import Sheet, buttons

NOWHERE = "None chosen"
WHOLE = "Whole country"
_REASONS = "Vacation, illness, training"


def show() -> None:
    """Public holidays, then absences."""
    st.markdown(
        "Activity minimums are due for the working days a desk was there: Monday to Friday without public holidays, "
        "without absences, and from its first to its last day in the roster."
    )
    _show_holidays()
    _show_absences()


def _show_holidays() -> None:
    st.subheader("Public holidays", anchor=False)
    saved = data.settings().get("holidays") or {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        country = _ask_country(saved.get("country"))
        if country and subdivisions(country):
            _ask_subdivision(country, saved.get("subdivision"))
    _list_holidays()


def _ask_country(saved: str | None) -> str | None:
    codes = ["", *countries()]
    return st.selectbox(
        "Country",
        codes,
        index=codes.index(saved) if saved in codes else 0,
        format_func=lambda code: countries().get(code, NOWHERE),
        key="holidays_country",
        on_change=_save_country,
        width=300,
    )


def _ask_subdivision(country: str, saved: str | None) -> None:
    parts = subdivisions(country)
    codes = ["", *parts]
    st.selectbox(
        "State or region",
        codes,
        index=codes.index(saved) if saved in codes else 0,
        format_func=lambda code: parts.get(code, WHOLE),
        key=f"holidays_subdivision_{country}",
        on_change=_save_subdivision,
        args=(country,),
        width=300,
    )


def _save_country() -> None:
    country = st.session_state["holidays_country"]
    data.history().save_setting("holidays", {"country": country, "subdivision": None} if country else None)


def _save_subdivision(country: str) -> None:
    part = st.session_state[f"holidays_subdivision_{country}"]
    data.history().save_setting("holidays", {"country": country, "subdivision": part or None})


def _list_holidays() -> None:
    today = clock.today()
    ahead = judgement.workdays().names(today, date(today.year + 1, 12, 31))
    if not ahead:
        st.markdown("Every Monday to Friday counts as a working day.")
        return
    named = [f"{day:%a} {text.day(day)}: {name}" for day, name in list(ahead.items())[:5]]
    st.text("Next: " + "; ".join(named))


def _show_absences() -> None:
    st.subheader("Absences", anchor=False)
    known = minimum_data.absences()
    st.markdown(
        "Days a desk was away, both days included. An empty last day means one day. "
        "Type a day in the order its cell shows, or choose it in the calendar there."
    )
    shown = _begun(known)
    edited = st.data_editor(
        shown,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_config=_columns(),
        key=_key(),
        alt="Absences: desk, first day, last day and reason",
    )
    _keep(edited, known)
    with st.container(horizontal=True, gap="small"):
        same = _DRAFT not in st.session_state
        if st.button("Save absences", type="primary", key="save_absences", disabled=same) and _save(edited):
            st.rerun()
        if _DRAFT in st.session_state:
            st.button("Discard changes", key="discard_absences", icon=":material/undo:", on_click=_anew)
        buttons(known, Sheet("absences", "Days on which desks were away"))
    saving.say(_SAVED)


#: What is typed and not saved yet, and the lines that the table on screen began with.
_DRAFT, _BEGUN = "absences_draft", "absences_begun"
#: What is said of the last saving.
_SAVED = "absences_said"


def _key() -> str:
    return f"absences-{st.session_state.get('absences_round', 0)}"


def _begun(known: pd.DataFrame) -> pd.DataFrame:
    """The lines the table begins with: what is saved, or what was typed before another section was looked at."""
    if _key() not in st.session_state and _DRAFT in st.session_state:
        st.session_state[_BEGUN] = st.session_state[_DRAFT]
    return st.session_state.get(_BEGUN, _editable(known))


def _keep(edited: pd.DataFrame, known: pd.DataFrame) -> None:
    """Remembers what differs from what is saved, since a table that is not on screen forgets what was typed."""
    st.session_state.pop(_DRAFT, None)
    if not _said(edited).equals(_said(_editable(known))):
        st.session_state[_DRAFT] = edited
        st.markdown("Not saved yet. What you typed stays while you look at other pages.")


def _said(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines that say anything, with one kind of empty cell."""
    told = lines.dropna(how="all").reset_index(drop=True)
    return told.astype("object").where(told.notna(), None)


def _anew() -> None:
    """A table that begins again with what is saved."""
    for name in (_DRAFT, _BEGUN):
        st.session_state.pop(name, None)
    st.session_state["absences_round"] = st.session_state.get("absences_round", 0) + 1


def _editable(known: pd.DataFrame) -> pd.DataFrame:
    """The editor adds lines cell by cell, and an empty cell does not fit into a column of pure text or pure moments."""
    days = {name: known[name].dt.date for name in ("starts_on", "ends_on")}
    return known.assign(**days).astype("object")


def _columns() -> dict[str, Any]:
    return {
        "desk": st.column_config.SelectboxColumn("Desk", options=minimum_data.desks(), width=150),
        "starts_on": _day_column("First day"),
        "ends_on": _day_column("Last day"),
        "reason": st.column_config.TextColumn("Reason", help=_REASONS, width=200),
    }


def _day_column(title: str) -> Any:
    return st.column_config.DateColumn(title, format="D MMM YYYY", min_value=FIRST_DAY, max_value=LAST_DAY, width=110)


def _save(edited: pd.DataFrame) -> bool:
    """Saves every line that says anything; whether that was possible. What was typed stays where it was not."""
    lines = _said(edited)
    if done := saving.saved(_SAVED, lambda: data.history().save_absences(lines), "Absences saved."):
        _anew()
    return done
