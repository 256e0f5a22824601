"""Whose follow-up a page shows: the firm's, a team's or some desks', kept in the address like the shared filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
import streamlit as st

from quality.obligations import WINDOW
from quality.periods import between
from ui import assignment_data, clock, data, filters, text


@dataclass(frozen=True, slots=True)
class Whose:
    """A choice of desks: ``team`` is None and ``desks`` is empty where all of them are wanted."""

    team: str | None = None
    desks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Who it is, plain text and not markdown: ``all desks``, ``Team North``, ``Desk 01 and Desk 02``."""
        return text.listed(self.desks) if self.desks else self.team or "all desks"

    @property
    def asked(self) -> tuple[str, ...] | None:
        """The desks it comes down to; None where everybody is meant."""
        today = clock.today()
        if self.desks or not self.team:
            return self.desks or None
        return tuple(data.desks_of(self.team, today - timedelta(days=WINDOW), today))

    def only(self, frame: pd.DataFrame, *owners: str) -> pd.DataFrame:
        """The rows of a frame with a column ``desk`` that are theirs, by that column or by one of the ``owners``."""
        if self.asked is None:
            return frame
        return frame[frame[["desk", *owners]].isin(self.asked).any(axis="columns")]

    def places_nobody(self) -> str:
        """That no assignment of theirs is on record, plain text; nothing where one is, or where all desks are meant."""
        if self.asked is None or not self.only(assignment_data.assignments(clock.today()).rows).empty:
            return ""
        places = "they place" if len(self.desks) > 1 else "it places"
        return f"No assignment of {self.words} is on record; {places} nobody."

    def link(self) -> dict[str, str | list[str]]:
        """The same choice as query parameters, for links to other pages that ask whose."""
        return ({"team": self.team} if self.team else {}) | ({"desk": list(self.desks)} if self.desks else {})


def ask() -> Whose:
    """Asks for a team, where the firm has any, and for desks; bound to the query parameters ``team`` and ``desk``."""
    today = clock.today()
    with st.grid(2, min_column_width=260):
        team = filters.ask_team()
        return Whose(team, filters.ask_desks(team, between(today - timedelta(days=WINDOW), today)))
