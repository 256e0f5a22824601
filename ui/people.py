"""The people of the log: which desk belongs to which team, from when to when."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from store import StoreError
from ui import data, downloads, text, understood
from ui.downloads import Sheet


def edit_teams() -> None:
    """The list of teams, to be changed in place, saved and downloaded."""
    known = data.roster()
    st.markdown(
        "Which desk belongs to which team, and from when to when. Numbers of teams follow this list. Type the teams "
        "here, or drop a file with desk, team, from and to on Upload."
    )
    edited = st.data_editor(
        known if len(known) else _without_teams(known),
        num_rows="dynamic",
        placeholder="",
        hide_index=True,
        column_config=understood.ROSTER_COLUMNS,
        key=f"roster-{st.session_state.get('roster_round', 0)}",
        alt="Desks and their teams",
    )
    with st.container(horizontal=True, gap="small"):
        if st.button("Save teams", type="primary", key="save_roster"):
            _save_teams(edited)
            st.rerun()
        downloads.buttons(known, Sheet("teams", "Desks and their teams"))
    _say_saved()


def _without_teams(known: pd.DataFrame) -> pd.DataFrame:
    """A line for each desk there is, its team still to be typed."""
    desks = pd.DataFrame({"desk": pd.Series(data.desks(), dtype="str")})
    return desks.reindex(columns=known.columns).astype(known.dtypes)


def _save_teams(edited: pd.DataFrame) -> None:
    try:
        data.history().save_roster(edited[edited["team"].notna() | edited["desk"].isna()])
    except StoreError as refused:
        st.session_state["roster_refused"] = f"{refused.reason} {refused.fix}"
    else:
        st.session_state["roster_round"] = st.session_state.get("roster_round", 0) + 1
        st.session_state["roster_refused"] = ""


def _say_saved() -> None:
    refused = st.session_state.pop("roster_refused", None)
    if refused:
        st.error(text.plain(refused, 300), icon=":material/block:")
    elif refused is not None:
        st.success("Teams saved.", icon=":material/check_circle:")
