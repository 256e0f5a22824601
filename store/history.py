"""The history of everything that was imported, and the activity log that is in force because of it.

Rows have versions: for each ``activity_id`` the version of the latest active import is in force. An import writes
only rows that are new or changed, and notes which it found unchanged and where they lie. Undoing an import makes it
inactive: what it restated is back, and rows of it that later imports had only confirmed are copied to those.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from quality.vocabulary import LOG_COLUMNS
from store import ledger, mending
from store.answers import Answers
from store.clock import local_now
from store.contacts import Contacts
from store.database import Database
from store.engine import Reading, log_in_force
from store.errors import StoreError
from store.files import remove_unfinished, to_table, write_file
from store.improvement import Improvement
from store.mending import Mends
from store.merges import Merges, merged_rows
from store.names import Names, names_in_force
from store.retiring import NOTHING, Vanished
from store.small_tables import SmallTables
from store.standards import StandardLines
from store.versions import Comparison, Holding, Upload, adopted_rows

#: Columns of a file of rows: the log, then what comparing needs.
_STORED_COLUMNS = [*LOG_COLUMNS, "content", "supersedes"]


@dataclass(frozen=True)
class ImportMeta:
    """What the history notes of an upload: file name, SHA-256 of its bytes, layout, and the report of the loader.

    ``mends`` says which rows of an earlier file it brings mended: they wait no longer while this import is active.
    """

    name: str
    digest: str
    layout: str
    report: Mapping[str, Any]
    mends: Mends | None = None


@dataclass(frozen=True)
class Stored:
    """What an upload changes, in rows; ``repeated`` when an active import had the same bytes and rows already.

    ``retired`` rows leave the log: they are missing from a file declared complete for its dates, or were only in an
    earlier reading of the same file, which this one replaces.

    ``import_id`` is None for a preview of what would become a new one.
    """

    import_id: int | None
    added: int
    updated: int
    unchanged: int
    retired: int = 0
    repeated: bool = False


class History(SmallTables, StandardLines, Improvement, Answers, Names, Merges, Contacts):
    """A folder that holds the history; several processes may use it at once, and any thread this object."""

    def __init__(self, folder: Path) -> None:
        folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        self._files = folder / "activities"
        self._database = Database(folder / "touchline.sqlite")

    # Reading the log

    def log(self, known_on: date | None = None, *, unmerged: bool = False) -> duckdb.DuckDBPyRelation:
        """The activity log in force, with the columns of the log, read from the files when it is asked something.

        With ``known_on``: as it was known at the end of that day. With ``unmerged``: also the rows dropped for another
        one. Desks and assignees go by the names saved until now. The relation keeps to the moment it was made, whatever
        is imported meanwhile, and cannot be joined with one from another call.
        """
        with self._database.read() as connection:
            active = ledger.active_imports(connection, known_on or date.max)
            files = ledger.files(connection, "rows", active)
            retired = ledger.files(connection, "retired", active)
            overlaps = [pair for pair in ledger.overlaps(connection) if set(pair) <= set(active)]
            merged = [] if unmerged else merged_rows(connection, known_on or date.max)
            reading = Reading(names_in_force(connection), merged)
        later, earlier = {pair[0] for pair in overlaps}, {pair[1] for pair in overlaps}
        free = self._paths(name for name, owner in files.items() if owner not in earlier)
        covered = self._paths(name for name, owner in files.items() if owner in earlier)
        covering = self._paths(name for name, owner in (files | retired).items() if owner in later)
        return log_in_force(free, covered, covering, reading)

    def is_empty(self, known_on: date | None = None) -> bool:
        """Whether no row is in force, or none was as known at the end of a day."""
        # Retiring or dropping a row takes another one that stays, so files of rows tell it all.
        with self._database.read() as connection:
            return not ledger.files(connection, "rows", ledger.active_imports(connection, known_on or date.max))

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
        *,
        left_out: pd.DataFrame | None = None,
        complete: bool = False,
        now: datetime | None = None,
    ) -> Stored:
        """Bring an upload into the history, whole or, on any error, not at all.

        Needs the columns of the log without ``import_id``; an ``activity_id`` at most once. ``rejected`` are the
        problems of rows that stayed out and ``left_out`` the cells of these rows (``row``, then the file's columns).
        With ``complete`` the upload is all there is of its sources and desks from its first to its last day: rows in
        force that it does not hold are retired.

        An upload whose bytes and rows an active import holds already changes nothing and gets no line of its own. The
        same bytes read in another way (another side, another layout, now complete) replace the earlier reading, which
        is undone: one file is one set of facts.
        Raises StoreError with the codes wrong_columns, wrong_type, empty_required and repeated_id.
        """
        upload = Upload(to_table(frame))
        with self._database.write() as connection:
            same = ledger.same_upload(connection, meta.digest, upload.fingerprint, complete)
            if same is not None:
                return _repeated(same, upload)
            line = _line(frame, meta, rejected) | {"fingerprint": upload.fingerprint, "complete": int(complete)}
            earlier = ledger.other_readings(connection, meta.digest, meta.report.get("sheet"))
            changes = self._compare(connection, upload, earlier, complete)
            moment = now or local_now()
            import_id = self._commit(connection, line, changes, moment)
            mending.add_problems(connection, import_id, rejected)
            mending.add_mends(connection, import_id, meta.mends)
            self._write_left_out(connection, import_id, left_out)
            for replaced in earlier:
                self._take_back(connection, replaced, moment)
        return _stored(import_id, changes)

    def preview(self, frame: pd.DataFrame, meta: ImportMeta, *, complete: bool = False) -> Stored:
        """What ``add`` would do now with the same arguments; nothing is written."""
        upload = Upload(to_table(frame))
        with self._database.read() as connection:
            same = ledger.same_upload(connection, meta.digest, upload.fingerprint, complete)
            if same is not None:
                return _repeated(same, upload)
            earlier = ledger.other_readings(connection, meta.digest, meta.report.get("sheet"))
            changes = self._compare(connection, upload, earlier, complete)
        return _stored(None, changes)

    def vanished(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows in force that ``add`` with ``complete`` would retire: columns of the log, in order of time."""
        upload = Upload(to_table(frame))
        with self._database.read() as connection:
            return self._vanished(connection, upload).frame()

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
                if holder < import_id < adopter and held.decides:
                    self._adopt(connection, adopter, holder, held)

    def imports(self) -> pd.DataFrame:
        """The list of imports, latest first, undone ones too.

        import_id, name, layout, stored_at (UTC), active, rows (of the upload), added, updated, unchanged, retired,
        rejected (source rows with problems), to_mend (rows with a cell to mend that no active import brought mended),
        first_day, last_day (NaT without rows), report (JSON text, without its problems).
        """
        with self._database.read() as connection:
            return ledger.list_imports(connection, mending.to_mend(connection))

    def left_out(self) -> tuple[int, int]:
        """Of all rows that the files in force held: how many are in no number, and how many there were.

        Left out are rows with a value no activity is known for and rows still to mend. Copies and ignored rows are not.
        """
        with self._database.read() as connection:
            return mending.left_out(connection, ledger.active_imports(connection))

    def rejected_rows(self, import_id: int) -> pd.DataFrame:
        """The problems of an import: row, column, value, code, problem, fix, as the loader listed them.

        Rows that an active import brought mended are left out.
        """
        with self._database.read() as connection:
            return mending.list_problems(connection, import_id)

    def left_out_rows(self, import_id: int) -> pd.DataFrame:
        """The rows of an import that stayed out, as they stood in the file: row, then the file's own columns (texts).

        Rows that an active import brought mended are left out.
        """
        with self._database.read() as connection:
            paths = self._paths(ledger.files(connection, "left_out", [import_id]))
            return mending.read_left_out(connection, import_id, paths)

    def version(self) -> str:
        """Changes with every write of anything, by any process; two histories never share one."""
        with self._database.read() as connection:
            return "{}-{}".format(*connection.execute("SELECT identity, revision FROM state").fetchone())

    # Within a transaction

    def _compare(
        self, connection: sqlite3.Connection, upload: Upload, earlier: Iterable[int], complete: bool
    ) -> _Changes:
        rows = upload.compare(self._versions(connection), ledger.active_imports(connection))
        vanished = self._vanished(connection, upload) if complete else NOTHING
        gone = [upload.missing(self._holding(connection, import_id)) for import_id in earlier]
        return _Changes(rows, vanished, len(set(vanished.in_force["activity_id"].to_pylist()).union(*gone)))

    def _vanished(self, connection: sqlite3.Connection, upload: Upload) -> Vanished:
        names = names_in_force(connection)
        return upload.vanished(self._versions(connection), ledger.active_imports(connection), names)

    def _versions(self, connection: sqlite3.Connection) -> list[Path]:
        known = ledger.all_imports(connection)
        return self._paths(name for kind in ("rows", "retired") for name in ledger.files(connection, kind, known))

    def _commit(self, connection: sqlite3.Connection, line: Mapping[str, Any], changes: _Changes, now: datetime) -> int:
        stored = _stored(None, changes)
        counts = {name: getattr(stored, name) for name in ("added", "updated", "unchanged", "retired")}
        import_id = ledger.add_import(connection, {**line, **counts, "stored_at": ledger.utc_text(now)})
        ledger.add_event(connection, import_id, True, now)
        remove_unfinished(self._files)
        rows, vanished = changes.rows, changes.vanished
        self._write_rows(connection, import_id, "rows", rows.written, rows.overlaps)
        self._write_rows(connection, import_id, "retired", vanished.rows, vanished.overlaps)
        if len(rows.confirmed):
            self._write(connection, import_id, "confirmed", rows.confirmed)
            ledger.add_confirmations(connection, import_id, rows.confirmed["held_from"].unique().to_pylist())
        return import_id

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
        self._write_rows(connection, adopter, "rows", rows, [holder, *ledger.overlapping(connection, holder)])

    def _write_rows(
        self, connection: sqlite3.Connection, import_id: int, kind: str, rows: pa.Table, overlaps: Iterable[int]
    ) -> None:
        if not len(rows):
            return
        number = pa.repeat(pa.scalar(import_id, pa.int64()), len(rows))
        others = rows.drop_columns([name for name in ("import_id",) if name in rows.column_names])
        self._write(connection, import_id, kind, others.append_column("import_id", number).select(_STORED_COLUMNS))
        ledger.add_overlaps(connection, import_id, overlaps)

    def _write_left_out(self, connection: sqlite3.Connection, import_id: int, frame: pd.DataFrame | None) -> None:
        if frame is not None and len(frame):
            self._write(connection, import_id, "left_out", mending.left_out_table(frame))

    def _write(self, connection: sqlite3.Connection, import_id: int, kind: str, table: pa.Table) -> None:
        name = write_file(table, self._files, import_id)
        ledger.add_file(connection, name, import_id, kind, len(table))

    def _holding(self, connection: sqlite3.Connection, import_id: int) -> Holding:
        kinds = ("rows", "confirmed", "retired")
        return Holding(*(self._paths(ledger.files(connection, kind, [import_id])) for kind in kinds))

    def _paths(self, names: Iterable[str]) -> list[Path]:
        return [self._files / name for name in names]


@dataclass(frozen=True)
class _Changes:
    """What an upload does to the history: its rows, what it retires, and how many rows leave the log with it."""

    rows: Comparison
    vanished: Vanished
    retired: int


def _stored(import_id: int | None, changes: _Changes) -> Stored:
    rows = changes.rows
    return Stored(import_id, rows.added, rows.updated, len(rows.confirmed), changes.retired)


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
