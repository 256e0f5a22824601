"""What SQLite knows of imports: which there are, which are active since when, and which files are theirs.

Every function works within the transaction of the connection it is given.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

_ALWAYS = date.max

_ACTIVE = """
    SELECT import_id FROM import_events
    WHERE active AND event_id IN (SELECT max(event_id) FROM import_events WHERE day <= ? GROUP BY import_id)
    ORDER BY import_id
"""

_LISTED = (
    *("import_id", "name", "layout", "stored_at", "active", "rows", "added", "updated", "unchanged", "retired"),
    *("rejected", "to_mend", "first_day", "last_day", "report"),
)

_LISTED_TYPES = (
    dict.fromkeys(("import_id", "rows", "added", "updated", "unchanged", "retired", "rejected", "to_mend"), "int64")
    | dict.fromkeys(("name", "layout", "report"), "str")
    | dict.fromkeys(("first_day", "last_day"), "datetime64[us]")
    | {"active": "bool"}
)


_ADD_IMPORT = """
    INSERT INTO imports (
        name, digest, fingerprint, layout, stored_at,
        rows, added, updated, unchanged, retired, rejected, first_day, last_day, report, complete
    ) VALUES (
        :name, :digest, :fingerprint, :layout, :stored_at,
        :rows, :added, :updated, :unchanged, :retired, :rejected, :first_day, :last_day, :report, :complete
    )
"""


def active_imports(connection: sqlite3.Connection, on: date = _ALWAYS) -> list[int]:
    """Numbers of the imports that were stored and not undone at the end of that day."""
    return [row[0] for row in connection.execute(_ACTIVE, (on.isoformat(),))]


def is_known(connection: sqlite3.Connection, import_id: int) -> bool:
    """Whether there is an import of this number, active or undone."""
    return connection.execute("SELECT 1 FROM imports WHERE import_id = ?", (import_id,)).fetchone() is not None


def add_event(connection: sqlite3.Connection, import_id: int, active: bool, now: datetime) -> None:
    """Note that the import is in force, or not, from now on; the day is the one on the clock of whoever did it."""
    connection.execute(
        "INSERT INTO import_events (import_id, active, at, day) VALUES (?, ?, ?, ?)",
        (import_id, int(active), utc_text(now), now.date().isoformat()),
    )


def add_import(connection: sqlite3.Connection, line: Mapping[str, Any]) -> int:
    """Add a line to the list of imports; the keys are its columns. Returns its number."""
    added = connection.execute(_ADD_IMPORT, line)
    return int(added.lastrowid or 0)


def add_file(connection: sqlite3.Connection, name: str, import_id: int, kind: str, rows: int) -> None:
    """List a file; from the commit on it belongs to the import."""
    connection.execute("INSERT INTO files VALUES (?, ?, ?, ?)", (name, import_id, kind, rows))


def files(connection: sqlite3.Connection, kind: str, imports: Iterable[int]) -> dict[str, int]:
    """Names of the files of this kind that belong to these imports, with the number of the import, in its order."""
    wanted = json.dumps(list(imports))
    query = """
        SELECT name, import_id FROM files
        WHERE kind = ? AND import_id IN (SELECT value FROM json_each(?)) ORDER BY import_id, name
    """
    return {row["name"]: row["import_id"] for row in connection.execute(query, (kind, wanted))}


def all_imports(connection: sqlite3.Connection) -> list[int]:
    """Numbers of all imports, active or undone."""
    return [row[0] for row in connection.execute("SELECT import_id FROM imports ORDER BY import_id")]


def overlaps(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Pairs (later, earlier) of imports that keep versions of the same row in their files."""
    return [(row[0], row[1]) for row in connection.execute("SELECT higher, lower FROM overlaps")]


def add_overlaps(connection: sqlite3.Connection, import_id: int, others: Iterable[int]) -> None:
    """Note that this import keeps versions of rows that the others keep too."""
    pairs = [(max(import_id, other), min(import_id, other)) for other in others if other != import_id]
    connection.executemany("INSERT OR IGNORE INTO overlaps VALUES (?, ?)", pairs)


def overlapping(connection: sqlite3.Connection, import_id: int) -> list[int]:
    """Imports, earlier or later, that keep versions of rows that this one keeps too."""
    return [
        lower if higher == import_id else higher
        for higher, lower in overlaps(connection)
        if import_id in (higher, lower)
    ]


def add_confirmations(connection: sqlite3.Connection, import_id: int, holders: Iterable[int]) -> None:
    """Note that this import held rows that lie unchanged in the files of these earlier ones."""
    connection.executemany("INSERT INTO confirmations VALUES (?, ?)", [(import_id, holder) for holder in holders])


def confirmations(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Pairs (import, earlier import whose files hold some of its rows)."""
    query = "SELECT import_id, held_from FROM confirmations ORDER BY import_id, held_from"
    return [(row[0], row[1]) for row in connection.execute(query)]


def list_imports(connection: sqlite3.Connection, to_mend: Mapping[int, int]) -> pd.DataFrame:
    """All imports, latest first, as a frame with typed columns; ``to_mend`` has rows by import where there are any."""
    active = set(active_imports(connection))
    lines = [dict(row) for row in connection.execute("SELECT * FROM imports ORDER BY import_id DESC")]
    for line in lines:
        line |= {"active": line["import_id"] in active, "to_mend": to_mend.get(line["import_id"], 0)}
    frame = pd.DataFrame(lines, columns=list(_LISTED))
    frame["stored_at"] = pd.to_datetime(frame["stored_at"], utc=True)
    return frame.astype(_LISTED_TYPES)


def same_upload(connection: sqlite3.Connection, digest: str, fingerprint: str, complete: bool) -> int | None:
    """Number of the active import that came from the same bytes and held the same rows, if there is one.

    One that was not declared complete is another reading than one that is; the reverse tells nothing new.
    """
    query = """
        SELECT import_id FROM imports
        WHERE digest = ? AND fingerprint = ? AND complete >= ? ORDER BY import_id DESC
    """
    active = set(active_imports(connection))
    found = (row[0] for row in connection.execute(query, (digest, fingerprint, int(complete))))
    return next((import_id for import_id in found if import_id in active), None)


def other_readings(connection: sqlite3.Connection, digest: str, sheet: str | None) -> list[int]:
    """Active imports of the same bytes and sheet, however they were read."""
    query = "SELECT import_id FROM imports WHERE digest = ? AND json_extract(report, '$.sheet') IS ?"
    active = set(active_imports(connection))
    return [row[0] for row in connection.execute(query, (digest, sheet)) if row[0] in active]


def utc_text(moment: datetime) -> str:
    """A moment as ISO text in UTC. Raises ValueError when it does not say its time zone."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment needs a time zone")
    return (moment - offset).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
