"""Two rows that tell one event, from two systems: which one is kept, and since when."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime

import pandas as pd

from store.clock import local_now
from store.database import Database
from store.errors import StoreError
from store.ledger import utc_text

_COLUMNS = ("kept", "dropped", "merged_at")

_LATEST = """
    SELECT kept, dropped, at AS merged_at FROM merge_events
    WHERE kept IS NOT NULL AND event_id IN (SELECT max(event_id) FROM merge_events WHERE day <= ? GROUP BY dropped)
    ORDER BY event_id
"""

#: Events are only ever added; names are saved in place of those before.
_LOG_VERSION = """
    SELECT
        identity,
        (SELECT coalesce(max(event_id), 0) FROM import_events),
        (SELECT coalesce(max(event_id), 0) FROM merge_events),
        (SELECT json_group_array(json_array(alias, desk)) FROM (SELECT alias, desk FROM aliases ORDER BY alias))
    FROM state
"""


class Merges:
    """Reads and writes which rows are one event; each write is a transaction of its own and changes the version."""

    _database: Database

    def merges(self) -> pd.DataFrame:
        """Pairs of rows that are one event: kept, dropped (activity_id), merged_at (UTC), in the order of merging."""
        with self._database.read() as connection:
            rows = [tuple(row) for row in connection.execute(_LATEST, (date.max.isoformat(),))]
        frame = pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"kept": "str", "dropped": "str"})
        return frame.assign(merged_at=pd.to_datetime(frame["merged_at"], utc=True))

    def version_of_log(self) -> str:
        """Changes with whatever changes rows of the log as known on any day: imports, names and merges."""
        with self._database.read() as connection:
            identity, imports, merged, names = connection.execute(_LOG_VERSION).fetchone()
        return f"{identity}-log-{imports}-{merged}-{hashlib.sha256(names.encode()).hexdigest()[:16]}"

    def merge_events(self, frame: pd.DataFrame, now: datetime | None = None) -> None:
        """Take each row ``dropped`` for the event that ``kept`` tells already (both activity_id).

        It leaves the log as long as the kept row is in force. A row is dropped for one other row, the one said last.
        Raises StoreError with the code bad_value for an empty cell, or rows that would drop each other.
        """
        moment = now or local_now()
        with self._database.write() as connection:
            merged = _merged(connection, date.max)
            for kept, dropped in zip(frame["kept"], frame["dropped"], strict=True):
                _check(kept, dropped, merged)
                merged[dropped] = kept
                _add(connection, dropped, kept, moment)

    def split_events(self, dropped: Iterable[str], now: datetime | None = None) -> None:
        """Take these rows for events of their own again; one that was not dropped stays as it is."""
        moment = now or local_now()
        with self._database.write() as connection:
            for name in sorted(set(dropped) & set(_merged(connection, date.max))):
                _add(connection, name, None, moment)


def merged_rows(connection: sqlite3.Connection, on: date) -> list[tuple[str, str]]:
    """Pairs (kept, dropped) at the end of that day; where the kept row is itself dropped, with its own keeper too."""
    merged = _merged(connection, on)
    return [(kept, dropped) for dropped in merged for kept in _keepers(dropped, merged)]


def _merged(connection: sqlite3.Connection, on: date) -> dict[str, str]:
    return {row["dropped"]: row["kept"] for row in connection.execute(_LATEST, (on.isoformat(),))}


def _keepers(dropped: str, merged: Mapping[str, str]) -> list[str]:
    keepers = [merged[dropped]]
    while keepers[-1] in merged:
        keepers.append(merged[keepers[-1]])
    return keepers


def _check(kept: object, dropped: object, merged: Mapping[str, str]) -> None:
    if not (isinstance(kept, str) and isinstance(dropped, str) and kept and dropped):
        raise StoreError("bad_value", "A row to merge has no name.", "Give the activity_id of both rows.")
    if kept == dropped or (kept in merged and dropped in _keepers(kept, merged)):
        reason = f"The rows {kept!r} and {dropped!r} would each be dropped for the other."
        raise StoreError("bad_value", reason, "Split the two first.")


def _add(connection: sqlite3.Connection, dropped: str, kept: str | None, moment: datetime) -> None:
    connection.execute(
        "INSERT INTO merge_events (dropped, kept, at, day) VALUES (?, ?, ?, ?)",
        (dropped, kept, utc_text(moment), moment.date().isoformat()),
    )
