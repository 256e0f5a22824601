"""Other names of a desk: how one person is called in one system and in another, taken for one when the log is read.

Nothing that was stored is rewritten, so a name can be told apart again at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

import pandas as pd

from store.database import Database
from store.errors import StoreError


class Names:
    """Reads and writes the other names of desks; each write is a transaction of its own and changes the version."""

    _database: Database

    def aliases(self) -> pd.DataFrame:
        """Which name is another one of which desk, as they were saved: alias, desk, in order of desk and alias."""
        with self._database.read() as connection:
            rows = sorted(saved_names(connection).items(), key=lambda pair: pair[::-1])
        return pd.DataFrame(rows, columns=["alias", "desk"]).astype("str")

    def save_alias(self, alias: str, desk: str) -> None:
        """From now on read ``alias`` as ``desk`` wherever a log names a desk or an assignee, in the past too.

        An alias of an alias is read as the last name of the chain. Raises StoreError with the code bad_value for an
        empty name, or one that would come back to itself.
        """
        with self._database.write() as connection:
            add_names(connection, [(alias, desk)])

    def remove_alias(self, alias: str) -> None:
        """Read this name as itself again; one that is no alias stays as it is."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM aliases WHERE alias = ?", (alias,))


def saved_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Alias -> desk, as they were saved."""
    return {row["alias"]: row["desk"] for row in connection.execute("SELECT alias, desk FROM aliases")}


def names_in_force(connection: sqlite3.Connection) -> dict[str, str]:
    """Alias -> the last name of its chain."""
    saved = saved_names(connection)
    return {alias: _last(alias, saved) for alias in saved}


def add_names(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Save pairs (alias, desk) in place of what was saved for the alias."""
    for alias, desk in pairs:
        _check(alias, desk, saved_names(connection))
        connection.execute(
            "INSERT INTO aliases VALUES (?, ?) ON CONFLICT (alias) DO UPDATE SET desk = excluded.desk", (alias, desk)
        )


def all_names(desks: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Every name under which these desks, given by any of their names, may be written."""
    wanted = {names.get(desk, desk) for desk in desks}
    return sorted(wanted | {alias for alias, desk in names.items() if desk in wanted})


def _check(alias: str, desk: str, saved: Mapping[str, str]) -> None:
    if not (alias.strip() and desk.strip()):
        raise StoreError("bad_value", "One of the two names is empty.", "Give the other name and the desk.")
    # What is saved has no circle, so the chain ends; the new link closes one if it leads back to where it starts.
    if alias in _chain(desk, saved):
        reason = f"{alias!r} cannot be another name of {desk!r}, which is read as {alias!r} already."
        raise StoreError("bad_value", reason, "Tell those two names apart first.")


def _chain(name: str, saved: Mapping[str, str]) -> list[str]:
    chain = [name]
    while chain[-1] in saved:
        chain.append(saved[chain[-1]])
    return chain


def _last(name: str, saved: Mapping[str, str]) -> str:
    return _chain(name, saved)[-1]
