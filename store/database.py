"""The SQLite side of the history: its schema, its migrations, and transactions that several processes can share.

Write-ahead logging lets readers carry on while somebody writes. Every writer takes the write lock at the start of its
transaction and waits for it up to a minute, so what it reads before it writes is still true when it commits.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from store.errors import StoreError

BUSY_SECONDS = 60.0

#: Migration scripts in order; the n-th brings a database of version n - 1 to version n. Never edit one that was
#: released: append another. Statements end with a semicolon at the end of a line and hold no other.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE state (identity TEXT NOT NULL, revision INTEGER NOT NULL);
    CREATE TABLE imports (
        import_id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        digest TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        layout TEXT NOT NULL,
        stored_at TEXT NOT NULL,
        rows INTEGER NOT NULL,
        added INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        unchanged INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        first_day TEXT,
        last_day TEXT,
        report TEXT NOT NULL
    );
    CREATE INDEX imports_digest ON imports (digest);
    CREATE TABLE import_events (
        event_id INTEGER PRIMARY KEY AUTOINCREMENT,
        import_id INTEGER NOT NULL REFERENCES imports,
        active INTEGER NOT NULL CHECK (active IN (0, 1)),
        at TEXT NOT NULL,
        day TEXT NOT NULL
    );
    CREATE TABLE files (
        name TEXT PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES imports,
        kind TEXT NOT NULL CHECK (kind IN ('rows', 'confirmed')),
        rows INTEGER NOT NULL
    );
    CREATE TABLE overlaps (
        higher INTEGER NOT NULL REFERENCES imports,
        lower INTEGER NOT NULL REFERENCES imports,
        PRIMARY KEY (higher, lower)
    ) WITHOUT ROWID;
    CREATE TABLE confirmations (
        import_id INTEGER NOT NULL REFERENCES imports,
        held_from INTEGER NOT NULL REFERENCES imports,
        PRIMARY KEY (import_id, held_from)
    ) WITHOUT ROWID;
    CREATE TABLE rejected_rows (
        import_id INTEGER NOT NULL REFERENCES imports,
        position INTEGER NOT NULL,
        row INTEGER,
        "column" TEXT,
        value TEXT,
        code TEXT,
        problem TEXT,
        fix TEXT,
        PRIMARY KEY (import_id, position)
    ) WITHOUT ROWID;
    CREATE TABLE roster (desk TEXT NOT NULL, team TEXT NOT NULL, starts_on TEXT, ends_on TEXT);
    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE standards (
        standard_id INTEGER PRIMARY KEY AUTOINCREMENT,
        ratio TEXT NOT NULL,
        standard REAL NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('company', 'team', 'desk')),
        name TEXT NOT NULL,
        effective_from TEXT NOT NULL,
        saved_at TEXT NOT NULL
    );
    CREATE TABLE layouts (name TEXT PRIMARY KEY, toml TEXT NOT NULL, saved_at TEXT NOT NULL) WITHOUT ROWID;
    INSERT INTO state VALUES (:identity, 0);
    """,
    """
    CREATE TABLE files_of_four_kinds (
        name TEXT PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES imports,
        kind TEXT NOT NULL CHECK (kind IN ('rows', 'confirmed', 'retired', 'left_out')),
        rows INTEGER NOT NULL
    );
    INSERT INTO files_of_four_kinds SELECT name, import_id, kind, rows FROM files;
    DROP TABLE files;
    ALTER TABLE files_of_four_kinds RENAME TO files;
    ALTER TABLE imports ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE imports ADD COLUMN complete INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE mended_rows (
        import_id INTEGER NOT NULL REFERENCES imports,
        digest TEXT NOT NULL,
        sheet TEXT,
        row INTEGER NOT NULL
    );
    CREATE INDEX mended_rows_digest ON mended_rows (digest);
    ALTER TABLE roster ADD COLUMN role TEXT;
    CREATE TABLE aliases (alias TEXT PRIMARY KEY, desk TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE merge_events (
        event_id INTEGER PRIMARY KEY AUTOINCREMENT,
        dropped TEXT NOT NULL,
        kept TEXT,
        at TEXT NOT NULL,
        day TEXT NOT NULL
    );
    CREATE TABLE contact_points (
        person TEXT NOT NULL,
        party TEXT,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        source TEXT
    );
    CREATE UNIQUE INDEX contact_points_once
        ON contact_points (person, coalesce(party, ''), kind, value, coalesce(source, ''));
    CREATE VIEW settled_rows AS
        SELECT found.import_id, mended_rows.row FROM mended_rows
        JOIN imports AS found
            ON found.digest = mended_rows.digest AND json_extract(found.report, '$.sheet') IS mended_rows.sheet
        WHERE mended_rows.import_id IN (
            SELECT import_id FROM import_events
            WHERE active AND event_id IN (SELECT max(event_id) FROM import_events GROUP BY import_id)
        );
    """,
    """
    CREATE TABLE standards_of_two_kinds (
        standard_id INTEGER PRIMARY KEY AUTOINCREMENT,
        ratio TEXT NOT NULL,
        standard REAL,
        per TEXT CHECK (per IN ('day', 'week')),
        level TEXT NOT NULL CHECK (level IN ('company', 'team', 'desk')),
        name TEXT NOT NULL,
        effective_from TEXT NOT NULL,
        saved_at TEXT NOT NULL
    );
    INSERT INTO standards_of_two_kinds
        SELECT standard_id, ratio, standard, NULL, level, name, effective_from, saved_at FROM standards;
    DROP TABLE standards;
    ALTER TABLE standards_of_two_kinds RENAME TO standards;
    CREATE TABLE absences (desk TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL, reason TEXT NOT NULL);
    CREATE TABLE adjustments (
        adjustment_id INTEGER PRIMARY KEY AUTOINCREMENT,
        made_on TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('company', 'team', 'desk')),
        name TEXT NOT NULL,
        measure TEXT NOT NULL,
        kind TEXT NOT NULL,
        what TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        removed_at TEXT
    );
    """,
    """
    CREATE TABLE answers (
        answer_id INTEGER PRIMARY KEY AUTOINCREMENT,
        rule TEXT NOT NULL,
        trigger_id TEXT NOT NULL,
        due_on TEXT,
        party TEXT NOT NULL,
        who TEXT NOT NULL,
        desk TEXT NOT NULL,
        answer TEXT NOT NULL CHECK (answer IN ('elsewhere', 'not_needed', 'do_not_contact', 'cleared')),
        answered_by TEXT NOT NULL,
        note TEXT NOT NULL,
        answered_at TEXT NOT NULL,
        removed_at TEXT
    );
    CREATE UNIQUE INDEX answers_once
        ON answers (rule, trigger_id, coalesce(due_on, ''), party, who, desk, answer)
        WHERE removed_at IS NULL AND answer != 'do_not_contact';
    CREATE UNIQUE INDEX left_alone_once
        ON answers (party, who) WHERE removed_at IS NULL AND answer = 'do_not_contact';
    """,
    """
    ALTER TABLE state ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
    """,
)


class Database:
    """One SQLite file; a connection per transaction, so any thread of any process may use it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one moment of the database however long it takes, and blocks nobody."""
        with self._connect() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is alone in writing; it commits whole at the end or, on any error, not at all."""
        with self._connect() as connection, _alone(connection):
            before = connection.total_changes
            yield connection
            if connection.total_changes != before:
                connection.execute("UPDATE state SET revision = revision + 1")

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own to the database, which is made or brought up to date where it has to be."""
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            _migrate(connection)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            # What is deleted, such as contact points that are to be forgotten, is overwritten and not only hidden.
            connection.execute("PRAGMA secure_delete = ON")
            yield connection


def _migrate(connection: sqlite3.Connection) -> None:
    if _schema_version(connection) == len(MIGRATIONS):
        return
    _when_free(connection, "PRAGMA journal_mode = WAL")
    with _alone(connection):
        _apply_migrations(connection)


@contextmanager
def _alone(connection: sqlite3.Connection) -> Iterator[None]:
    _when_free(connection, "BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _when_free(connection: sqlite3.Connection, statement: str) -> None:
    # SQLite waits by itself, but not where two processes switch a new database to write-ahead logging at once.
    give_up_at = time.monotonic() + BUSY_SECONDS
    while not _done(connection, statement):
        if time.monotonic() > give_up_at:
            reason = f"Somebody else has been writing to the history for {BUSY_SECONDS:.0f} seconds."
            raise StoreError("busy", reason, "Try again when that import is done.")
        time.sleep(0.02)


def _done(connection: sqlite3.Connection, statement: str) -> bool:
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        # The low byte is the kind of error, the rest says more of it.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _apply_migrations(connection: sqlite3.Connection) -> None:
    for script in MIGRATIONS[_schema_version(connection) :]:
        for statement in script.split(";\n"):
            parameters = {"identity": secrets.token_hex(8)} if ":identity" in statement else {}
            connection.execute(statement, parameters)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _schema_version(connection: sqlite3.Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise StoreError(
            "newer_schema",
            f"This history was written by a newer Touchline (schema {version}, known here up to {len(MIGRATIONS)}).",
            "Update Touchline, or choose another folder with --store.",
        )
    return version
