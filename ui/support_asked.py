"""Which tickets the page Support shows: whose, at which clients, about what, of which kind and with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from quality.support import KINDS
from quality.support_counts import NOBODY
from ui import text, whose
from ui.whose import Whose

EVERY = "All of them"


@dataclass(frozen=True, slots=True)
class Asked:
    """The tickets that are asked for; ``clients`` and ``topics`` are empty, ``kind`` and ``owner`` None for all."""

    whose: Whose
    clients: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kind: str | None = None
    owner: str | None = None

    @property
    def words(self) -> str:
        """All of it in a line, plain text."""
        return ", ".join([self.whose.words, *self._more()])

    @property
    def is_cut(self) -> bool:
        """Whether anything but every ticket is asked for."""
        return self.whose.asked is not None or bool(self._more())

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The tickets of the contractors of whoever is asked for, and those they have; cut down to all the rest."""
        own = self.whose.only(rows, "owner")
        kept = {
            "client": self.clients,
            "topic": self.topics,
            "kind": (self.kind,) if self.kind else (),
            "owner": (self.owner,) if self.owner else (),
        }
        for column, values in kept.items():
            if values:
                own = own[own[column].fillna(NOBODY).isin(values)]
        return own

    def nothing(self) -> str:
        """What is said where no ticket is of what is asked for: markdown."""
        who = text.plain(self.whose.words)
        if self._more():
            return f"No ticket is all of what is chosen: {text.plain(self.words, 240)}."
        has = "have" if len(self.whose.desks) > 1 else "has"
        return f"No ticket of {who}'s contractors, and none that {who} {has}."

    def _more(self) -> list[str]:
        """What is chosen beside the desks."""
        kind = KINDS[self.kind] if self.kind else ""
        return [one for one in (text.listed(self.clients), text.listed(self.topics), kind, self.owner) if one]


def ask(rows: pd.DataFrame) -> Asked:
    """Asks for all of it, kept in the address; clients and topics are those of the desks that are chosen."""
    chosen = whose.ask()
    if rows.empty:
        return Asked(chosen)
    own = chosen.only(rows, "owner")
    owners = sorted(rows["owner"].dropna().unique()) + [NOBODY] * bool(rows["owner"].isna().any())
    with st.grid(4, min_column_width=150):
        return Asked(
            chosen,
            _several("Clients", own["client"], "client"),
            _several("Topics", own["topic"], "topic"),
            _one("Kind", [kind for kind in KINDS if kind in set(rows["kind"])], "ticket_kind", KINDS.__getitem__),
            _one("Who has it", owners, "ticket_owner", str),
        )


def _several(label: str, values: pd.Series, key: str) -> tuple[str, ...]:
    names = sorted(values.dropna().unique())
    return tuple(st.multiselect(label, names, placeholder=f"All {label.lower()}", key=key, bind="query-params"))


def _one(label: str, values: Sequence[str], key: str, title: Callable[[str], str]) -> str | None:
    """One of the values, whose titles stand in the address; asked for only where there are several."""
    if len(values) < 2:
        return None
    titles = {EVERY: EVERY} | {value: title(value) for value in values}
    chosen = st.selectbox(label, list(titles), format_func=titles.__getitem__, key=key, bind="query-params")
    return None if chosen == EVERY else chosen
