"""The people of the log: every desk with its team, role and dates, and the roster to be changed in place."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quality.teams import directory
from quality.vocabulary import ACTIVITIES, ROLES
from store import StoreError
from ui import clock, data, downloads, menu, text, understood
from ui.downloads import Sheet

_DAY = "D MMM YY"
#: Offered beside the roles that decide something and those the firm uses already.
_OTHER_ROLES = ("contractor care", "manager", "other")
_OUTSIDE = "not in the roster"
_COLUMNS: dict[str, Any] = {
    "desk": st.column_config.TextColumn("Desk", pinned=True, width=125),
    "team": st.column_config.TextColumn("Team", width=95),
    "role": st.column_config.TextColumn("Role", width=100),
    "standing": st.column_config.TextColumn("Note", width=120, help="Seen today, by the roster below"),
    "rows": st.column_config.NumberColumn("Rows", format="localized", width=62),
    "first_day": st.column_config.DateColumn("First row", format=_DAY, width=82),
    "last_day": st.column_config.DateColumn("Last row", format=_DAY, width=82),
    "starts_on": st.column_config.DateColumn("From", format=_DAY, width=82, help="In the roster. Empty: since ever"),
    "ends_on": st.column_config.DateColumn("To", format=_DAY, width=82, help="Last day. Empty: until further notice"),
    "aliases": st.column_config.TextColumn("Other names", width=130),
}


def show_missing() -> None:
    """Says which desks have rows but no line in the roster."""
    found = _directory()
    missing = found.loc[found["standing"] == _OUTSIDE, "desk"].tolist()
    if missing:
        st.warning(
            f"{text.count(len(missing), 'desk')} with rows {'is' if len(missing) == 1 else 'are'} not in the roster, "
            "so in no team. Give each a team in the roster below.",
            icon=":material/person_alert:",
        )
        st.text(text.listed(missing, 12))


def show_desks() -> None:
    """Every desk, whether it has rows, a line in the roster or both."""
    st.subheader("Desks", anchor=False)
    found = _directory().assign(role=lambda lines: lines["role"].replace(understood.ROLE_TITLES))
    st.dataframe(
        found[list(_COLUMNS)],
        hide_index=True,
        column_config=_COLUMNS,
        placeholder="",
        alt="Desks with team, role, dates, rows and other names",
    )
    downloads.buttons(found, Sheet("desks", "Every desk, as seen today"))


def _directory() -> pd.DataFrame:
    found = directory(data.desks_seen(), data.roster(), clock.today())
    outside_first = found.sort_values("standing", key=lambda notes: notes != _OUTSIDE, kind="stable", ignore_index=True)
    return outside_first.assign(aliases=outside_first["desk"].map(other_names()).astype("str"))


def other_names() -> dict[str, str]:
    """Desk -> its other names with a semicolon between them, chains followed to their end."""
    pairs = data.history().aliases()
    above = dict(zip(pairs["alias"], pairs["desk"], strict=True))
    names: dict[str, list[str]] = {}
    for alias, desk in above.items():
        while desk in above:
            desk = above[desk]
        names.setdefault(desk, []).append(alias)
    return {desk: "; ".join(sorted(own)) for desk, own in names.items()}


def edit_roster() -> None:
    """The roster, to be changed in place, saved and downloaded; desks it lacks stand at its end with an empty team."""
    known = data.roster()
    st.subheader("Roster", anchor=False)
    st.markdown(
        "Which desk is in which team and role, from when to when; a desk that changes has a line for each. "
        f"{_roles_sentence()} Change it here, or drop a file with desk, team, role, from, to and aliases on Upload."
    )
    st.page_link(menu.file("upload"), label="Upload a roster", icon=":material/upload_file:")
    edited = st.data_editor(
        _with_missing(known),
        num_rows="dynamic",
        placeholder="",
        hide_index=True,
        column_config={**understood.ROSTER_COLUMNS, "role": _role_column(known)},
        key=f"roster-{st.session_state.get('roster_round', 0)}",
        alt="The roster: desk, team, role, from and to",
    )
    with st.container(horizontal=True, gap="small"):
        if st.button("Save roster", type="primary", key="save_roster") and _save(edited):
            st.rerun()
        named = known.assign(aliases=known["desk"].map(other_names()).astype("str"))
        downloads.buttons(named, Sheet("roster", "Desks with their teams and roles"))
    _say_saved()


def _roles_sentence() -> str:
    calls = {role: ACTIVITIES[call].title.lower() for role, call in ROLES.items()}
    said = [
        f"of {'an' if role[0] == 'a' else 'a'} {role.replace('_', ' ')} are {call}s" for role, call in calls.items()
    ]
    return f"Where an export does not tell whose side a call was on, those {' and those '.join(said)}."


def _role_column(known: pd.DataFrame) -> Any:
    own = sorted({*known["role"].dropna(), *_OTHER_ROLES} - {*ROLES})
    return st.column_config.SelectboxColumn(
        "Role", options=[*ROLES, *own], format_func=lambda role: understood.ROLE_TITLES.get(str(role), str(role))
    )


def _with_missing(known: pd.DataFrame) -> pd.DataFrame:
    """The roster and a line for each desk that has none, its team still to be typed."""
    missing = [desk for desk in data.desks() if desk not in set(known["desk"])]
    lines = pd.DataFrame({"desk": pd.Series(missing, dtype="str")}).reindex(columns=known.columns).astype(known.dtypes)
    whole = pd.concat([known, lines], ignore_index=True)
    # The editor adds lines cell by cell, and an empty cell does not fit into a column of pure text.
    return whole.astype(dict.fromkeys(("desk", "team", "role"), "object"))


def _save(edited: pd.DataFrame) -> bool:
    """Saves every line that says more than the name of its desk; whether that was possible. What was typed stays."""
    texts = {name: edited[name].str.strip().replace("", None) for name in ("desk", "team", "role")}
    edited = edited.assign(**texts)
    says_more = edited.drop(columns="desk").notna().any(axis="columns")
    try:
        data.history().save_roster(edited[says_more])
    except StoreError as refused:
        st.session_state["roster_refused"] = f"{refused.reason} {refused.fix}"
        return False
    st.session_state["roster_round"] = st.session_state.get("roster_round", 0) + 1
    st.session_state["roster_refused"] = ""
    return True


def _say_saved() -> None:
    refused = st.session_state.pop("roster_refused", None)
    if refused:
        st.error(text.plain(refused, 400), icon=":material/block:")
    elif refused is not None:
        st.success("Roster saved.", icon=":material/check_circle:")
