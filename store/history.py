"""The history of everything that was imported, and the activity log that is in force because of it.

Rows have versions: for each ``activity_id`` the version of the latest active import is in force. An import writes
only rows that are new or changed, and notes which it found unchanged and where they lie. Undoing an import makes it
inactive: what it restated is back, and rows of it that later imports had only confirmed are copied to those.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from quality.vocabulary import LOG_COLUMNS
from store import ledger
from store.clock import local_now
from store.database import Database
from store.engine import log_in_force
from store.errors import StoreError
from store.files import remove_unfinished, to_table, write_file
from store.small_tables import SmallTables
from store.versions import Comparison, Holding, Upload, adopted_rows

#: Columns of a file of rows: the log, then what comparing needs.
_STORED_COLUMNS = [*LOG_COLUMNS, "content", "supersedes"]


@dataclass(frozen=True)
class ImportMeta:
    """What the history notes of an upload: file name, SHA-256 of its bytes, layout, and the report of the loader."""

    name: str
    digest: str
    layout: str
    report: Mapping[str, Any]


@dataclass(frozen=True)
class Stored:
    """What an upload changes, in rows; ``repeated`` when an active import had the same bytes and rows already.

    ``retired`` rows were only in an earlier reading of the same file, which this one replaces.

    ``import_id`` is None for a preview of what would become a new one.
    """

    import_id: int | None
    added: int
    updated: int
    unchanged: int
    retired: int = 0
    repeated: bool = False


class History(SmallTables):
    """A folder that holds the history; several processes may use it at once, and any thread this object."""

    def __init__(self, folder: Path) -> None:
        folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        self._files = folder / "activities"
        self._database = Database(folder / "touchline.sqlite")

    # Reading the log

    def log(self, known_on: date | None = None) -> duckdb.DuckDBPyRelation:
        """The activity log in force, with the columns of the log, read from the files when it is asked something.

        With ``known_on``: as it was known at the end of that day. The relation keeps to the moment it was made,
        whatever is imported meanwhile, and cannot be joined with one from another call.
        """
        with self._database.read() as connection:
            active = ledger.active_imports(connection, known_on or date.max)
            files = ledger.files(connection, "rows", active)
            overlaps = [pair for pair in ledger.overlaps(connection) if set(pair) <= set(active)]
        later, earlier = {pair[0] for pair in overlaps}, {pair[1] for pair in overlaps}
        free = self._paths(name for name, owner in files.items() if owner not in earlier)
        covered = self._paths(name for name, owner in files.items() if owner in earlier)
        covering = self._paths(name for name, owner in files.items() if owner in later)
        return log_in_force(free, covered, covering)

    def is_empty(self) -> bool:
        """Whether no row is in force."""
        with self._database.read() as connection:
            return not ledger.files(connection, "rows", ledger.active_imports(connection))

    def span(self) -> tuple[date, date] | None:
        """The first and the last day of the log in force, scheduled activities included; None when it is empty."""
        first, last = self.log().aggregate("min(occurred_at), max(occurred_at)").fetchall()[0]
        return None if first is None else (first.date(), last.date())

    # Imports

    def add(
        self,
        frame: pd.DataFrame,
        meta: ImportMeta,
        rejected: Sequence[Mapping[str, Any]] = (),
        now: datetime | None = None,
    ) -> Stored:
        """Bring an upload into the history, whole or, on any error, not at all.

        Needs the columns of the log without ``import_id``; an ``activity_id`` at most once. An upload whose bytes and
        rows an active import holds already changes nothing and gets no line of its own. The same bytes read in another
        way (another side, another layout) replace the earlier reading, which is undone: one file is one set of facts.
        Raises StoreError with the codes wrong_columns, wrong_type, empty_required and repeated_id.
        """
        upload = Upload(to_table(frame))
        with self._database.write() as connection:
            same = ledger.same_upload(connection, meta.digest, upload.fingerprint)
            if same is not None:
                return _repeated(same, upload)
            line = _line(frame, meta, rejected) | {"fingerprint": upload.fingerprint}
            earlier = ledger.other_readings(connection, meta.digest, meta.report.get("sheet"))
            retired = self._count_missing(connection, upload, earlier)
            stored = self._commit(connection, line, rejected, self._compare(connection, upload), now or local_now())
            for import_id in earlier:
                self._take_back(connection, import_id, now)
        return replace(stored, retired=retired)

    def preview(self, frame: pd.DataFrame, meta: ImportMeta) -> Stored:
        """What ``add`` would do now with the same arguments; nothing is written."""
        upload = Upload(to_table(frame))
        with self._database.read() as connection:
            same = ledger.same_upload(connection, meta.digest, upload.fingerprint)
            if same is not None:
                return _repeated(same, upload)
            earlier = ledger.other_readings(connection, meta.digest, meta.report.get("sheet"))
            retired = self._count_missing(connection, upload, earlier)
            changes = self._compare(connection, upload)
        return Stored(None, changes.added, changes.updated, len(changes.confirmed), retired)

    def undo(self, import_id: int, now: datetime | None = None) -> None:
        """Take an import out of force: what it added is gone, what it restated is back. Twice is once.

        Raises StoreError with the code unknown_import.
        """
        with self._database.write() as connection:
            self._take_back(connection, import_id, now)

    def redo(self, import_id: int, now: datetime | None = None) -> None:
        """Bring an undone import back into force, in its old place in the order of imports. Twice is once.

        Raises StoreError with the code unknown_import.
        """
        with self._database.write() as connection:
            if not self._switch(connection, import_id, True, now):
                return
            held = self._holding(connection, import_id)
            for adopter, holder in ledger.confirmations(connection):
                if held and holder < import_id < adopter:
                    self._adopt(connection, adopter, holder, held)

    def imports(self) -> pd.DataFrame:
        """The list of imports, latest first, undone ones too.

        import_id, name, layout, stored_at (UTC), active, rows (of the upload), added, updated, unchanged, rejected
        (source rows with problems), first_day, last_day (NaT without rows), report (JSON text, without its problems).
        """
        with self._database.read() as connection:
            return ledger.list_imports(connection)

    def rejected_rows(self, import_id: int) -> pd.DataFrame:
        """The problems of an import: row, column, value, code, problem, fix, as the loader listed them."""
        with self._database.read() as connection:
            return ledger.list_rejected(connection, import_id)

    def version(self) -> str:
        """Changes with every write of anything, by any process; two histories never share one."""
        with self._database.read() as connection:
            return "{}-{}".format(*connection.execute("SELECT identity, revision FROM state").fetchone())

    # Within a transaction

    def _count_missing(self, connection: sqlite3.Connection, upload: Upload, earlier: Iterable[int]) -> int:
        """How many rows of earlier readings of the same file this one no longer has."""
        return sum(upload.count_missing(self._holding(connection, import_id)) for import_id in earlier)

    def _compare(self, connection: sqlite3.Connection, upload: Upload) -> Comparison:
        files = ledger.files(connection, "rows", ledger.all_imports(connection))
        return upload.compare(self._paths(files), ledger.active_imports(connection))

    def _commit(
        self,
        connection: sqlite3.Connection,
        line: Mapping[str, Any],
        rejected: Sequence[Mapping[str, Any]],
        changes: Comparison,
        now: datetime,
    ) -> Stored:
        counts = {"added": changes.added, "updated": changes.updated, "unchanged": len(changes.confirmed)}
        import_id = ledger.add_import(connection, {**line, **counts, "stored_at": ledger.utc_text(now)})
        ledger.add_event(connection, import_id, True, now)
        ledger.add_rejected(connection, import_id, rejected)
        remove_unfinished(self._files)
        self._write_rows(connection, import_id, changes.written, changes.overlaps)
        if len(changes.confirmed):
            self._write(connection, import_id, "confirmed", changes.confirmed)
            ledger.add_confirmations(connection, import_id, changes.confirmed["held_from"].unique().to_pylist())
        return Stored(import_id, changes.added, changes.updated, len(changes.confirmed))

    def _take_back(self, connection: sqlite3.Connection, import_id: int, now: datetime | None) -> None:
        if not self._switch(connection, import_id, False, now):
            return
        for adopter, holder in ledger.confirmations(connection):
            if holder == import_id:
                self._adopt(connection, adopter, holder)

    def _switch(self, connection: sqlite3.Connection, import_id: int, active: bool, now: datetime | None) -> bool:
        if not ledger.is_known(connection, import_id):
            raise StoreError(
                "unknown_import", f"There is no import {import_id}.", "The page Imports lists those there are."
            )
        if (import_id in ledger.active_imports(connection)) == active:
            return False
        ledger.add_event(connection, import_id, active, now or local_now())
        return True

    def _adopt(self, connection: sqlite3.Connection, adopter: int, holder: int, among: Holding | None = None) -> None:
        rows = adopted_rows(self._holding(connection, adopter), self._holding(connection, holder), among)
        self._write_rows(connection, adopter, rows, [holder, *ledger.overlapping(connection, holder)])

    def _write_rows(
        self, connection: sqlite3.Connection, import_id: int, rows: pa.Table, overlaps: Iterable[int]
    ) -> None:
        if not len(rows):
            return
        number = pa.repeat(pa.scalar(import_id, pa.int64()), len(rows))
        self._write(connection, import_id, "rows", rows.append_column("import_id", number).select(_STORED_COLUMNS))
        ledger.add_overlaps(connection, import_id, overlaps)

    def _write(self, connection: sqlite3.Connection, import_id: int, kind: str, table: pa.Table) -> None:
        name = write_file(table, self._files, import_id)
        ledger.add_file(connection, name, import_id, kind, len(table))

    def _holding(self, connection: sqlite3.Connection, import_id: int) -> Holding:
        rows, confirmed = (self._paths(ledger.files(connection, kind, [import_id])) for kind in ("rows", "confirmed"))
        return Holding(rows, confirmed)

    def _paths(self, names: Iterable[str]) -> list[Path]:
        return [self._files / name for name in names]


def _repeated(import_id: int, upload: Upload) -> Stored:
    return Stored(import_id, 0, 0, len(upload), repeated=True)


def _line(frame: pd.DataFrame, meta: ImportMeta, rejected: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    days = frame["occurred_at"].agg(["min", "max"])
    first, last = (None if pd.isna(day) else day.date().isoformat() for day in days)
    report = {key: value for key, value in meta.report.items() if key != "problems"}
    return {
        "name": meta.name,
        "digest": meta.digest,
        "layout": meta.layout,
        "rows": len(frame),
        "rejected": len({line.get("row") for line in rejected}),
        "first_day": first,
        "last_day": last,
        "report": json.dumps(report, allow_nan=False),
    }
