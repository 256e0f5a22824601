"""Tables of rows in which a name that is chosen opens everything on record about the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from quality.wishes import NAMELESS
from ui import timeline_link

#: Said below the rows.
HINT = "Choose a name to see everything about them."
#: Fewer rows than these are shown whole.
FEW = 8
#: Titles of columns of names -> the party these people are of.
COLUMNS = {"Candidate": "candidate", "Contractor": "candidate", "Contact": "client"}
#: Where a title does not tell: the party of everybody in the column, or row by row by the index of the rows.
Party = pd.Series | str


def table(
    shown: pd.DataFrame,
    key: str,
    alt: str,
    parties: Mapping[str, Party] | None = None,
    config: dict[str, Any] | None = None,
) -> None:
    """The rows; a name that is chosen in one of COLUMNS, or in a column of ``parties``, opens the person.

    A choice is a place in the table: ``key`` has to change with what is listed.
    """
    named = {column: party for column, party in {**COLUMNS, **(parties or {})}.items() if column in shown}
    picked = st.dataframe(
        shown,
        hide_index=True,
        height="content" if len(shown) < FEW else "auto",
        placeholder="",
        column_config=config,
        key=key,
        on_select="rerun",
        selection_mode="single-cell",
        alt=alt,
    )
    if named and len(shown):
        st.markdown(f":small[{HINT}]")
    for at, column in picked["selection"]["cells"]:
        if column in named and at < len(shown):
            party = named[column]
            go(shown[column].iloc[at], party if isinstance(party, str) else str(party[shown.index[at]]))


def go(name: str | None, party: str) -> None:
    """Opens everything about somebody; who wants to be left alone, or has no name, leads nowhere."""
    if name is not None and not pd.isna(name) and name != NAMELESS:
        timeline_link.go(party, str(name))
