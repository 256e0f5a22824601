"""Which rows of an upload are new, changed or the same, and which the history must copy when an import is undone.

Every row carries a digest of what it says: all columns but its lineage (``import_id``, ``source_row``), since a row
that merely moved within its file did not change. MD5 serves as a fast digest of fixed meaning; it keeps no secret.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from quality.vocabulary import LOG_COLUMNS
from store.engine import cursor, scan
from store.errors import StoreError
from store.retiring import NOTHING, Scope, Vanished, vanished

_LINEAGE = ("import_id", "source_row")

_AS_NUMBER = {"timestamp": "epoch_us({})", "date": "epoch_us({})"}


def _cell(name: str, kind: str) -> str:
    # One control character stands for "empty", another between cells: nobody types either.
    return f"coalesce(CAST({_AS_NUMBER.get(kind, '{}').format(name)} AS VARCHAR), chr(1))"


_CELLS = ", ".join(_cell(name, kind) for name, kind in LOG_COLUMNS.items() if name not in _LINEAGE)

# The upper 63 bits: they fit a column that every engine reads. (A remainder would cost four times the digest itself.)
_DIGEST = f"CAST(md5_number(concat_ws(chr(31), {_CELLS})) >> 65 AS BIGINT) AS content"

#: The versions of the uploaded rows that the history keeps, whether in force, restated since or undone.
_KEPT = """
    CREATE TEMP TABLE kept AS
    SELECT activity_id, import_id, content FROM history SEMI JOIN incoming USING (activity_id)
"""

_NOTHING_KEPT = "CREATE TEMP TABLE kept (activity_id VARCHAR, import_id BIGINT, content BIGINT)"

_COMPARED = """
    CREATE TEMP TABLE compared AS
    WITH known AS (
        SELECT
            activity_id,
            max(import_id) FILTER (list_contains($active, import_id)) AS version,
            arg_max(content, import_id) FILTER (list_contains($active, import_id)) AS content,
            max(import_id) AS newest
        FROM kept GROUP BY activity_id
    )
    SELECT
        position, activity_id, occurred_at, incoming.content,
        CASE WHEN known.content >= 0 THEN known.version END AS version,
        coalesce(known.version, newest) AS supersedes,
        known.version IS NOT NULL AND known.content = incoming.content AS same
    FROM incoming LEFT JOIN known USING (activity_id)
"""

#: The same where the history keeps none of the uploaded rows: all are new, and nothing has to be joined or copied.
_ALL_NEW = """
    CREATE TEMP VIEW compared AS
    SELECT
        position, activity_id, occurred_at, content,
        CAST(NULL AS BIGINT) AS version, CAST(NULL AS BIGINT) AS supersedes, false AS same
    FROM incoming
"""

_OVERLAPS = """
    SELECT DISTINCT import_id FROM kept
    SEMI JOIN (SELECT activity_id FROM compared WHERE NOT same AND supersedes IS NOT NULL) AS again USING (activity_id)
"""


_ADOPTED = ", ".join(
    [f"held.{name}" for name in LOG_COLUMNS if name not in _LINEAGE]
    + ["note.source_row", "held.content", "held.import_id AS supersedes"]
)


@dataclass(frozen=True)
class Comparison:
    """What an upload means for the history.

    ``written`` are the rows to store, in order of time: the log's columns but ``import_id``, then ``content`` and
    ``supersedes``. ``confirmed`` (activity_id, held_from, source_row) are those the history holds already, and where.
    ``overlaps`` are the imports that keep any version of a written row.
    """

    written: pa.Table
    confirmed: pa.Table
    overlaps: tuple[int, ...]
    added: int
    updated: int


class Upload:
    """One upload on its way into the history: typed, with a digest of each row and one of the whole."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._cursor = cursor()
        numbered = table.append_column("position", pa.array(np.arange(len(table))))
        digested = self._cursor.from_arrow(numbered).project(f"position, activity_id, occurred_at, {_DIGEST}")
        self._cursor.register("digested", digested)
        self._cursor.execute("CREATE TEMP TABLE incoming AS FROM digested")
        self._check_identities()

    def __len__(self) -> int:
        return len(self._table)

    @property
    def fingerprint(self) -> str:
        """The same for two uploads when they hold the same rows, in whatever order."""
        total = self._number("SELECT coalesce(sum(content), 0) FROM incoming")
        return f"{len(self)}:{total}"

    def compare(self, files: Sequence[Path], active: list[int]) -> Comparison:
        """Sort the rows into new, changed and unchanged; ``files`` hold all versions of all imports, active or not."""
        if files:
            self._cursor.register("history", scan(self._cursor, files))
        self._cursor.execute(_KEPT if files else _NOTHING_KEPT)
        if self._number("SELECT count(*) FROM kept"):
            self._cursor.execute(_COMPARED, {"active": active})
        else:
            self._cursor.execute(_ALL_NEW)
        updated = self._number("SELECT count(*) FROM compared WHERE NOT same AND version IS NOT NULL")
        written = self._written()
        overlaps = tuple(row[0] for row in self._cursor.execute(_OVERLAPS).fetchall())
        return Comparison(written, self._confirmed(), overlaps, len(written) - updated, updated)

    def vanished(self, files: Sequence[Path], active: list[int], names: Mapping[str, str]) -> Vanished:
        """What the history knows of the desks and days of this upload and the upload does not hold.

        ``files`` as for ``compare``; ``names`` are other names of desks.
        """
        if not (files and len(self)):
            return NOTHING
        return vanished(self._cursor, Scope.of(self._table, names), files, active)

    def missing(self, earlier: Holding) -> set[str]:
        """The rows an earlier import held that are not in this upload, by activity_id."""
        if not earlier:
            return set()
        others = self._cursor.sql("SELECT activity_id FROM incoming")
        return {row[0] for row in _matched(earlier.identities(self._cursor), others, "anti").fetchall()}

    def _written(self) -> pa.Table:
        query = "SELECT position, content, supersedes FROM compared WHERE NOT same ORDER BY occurred_at, position"
        chosen = self._cursor.sql(query).to_arrow_table()
        rows = self._rows_at(chosen["position"])
        return rows.append_column("content", chosen["content"]).append_column("supersedes", chosen["supersedes"])

    def _rows_at(self, positions: pa.ChunkedArray) -> pa.Table:
        # Most exports are in order of time, and copying every text of a table is a tenth of a large upload.
        in_order = len(positions) == len(self) and np.array_equal(positions.to_numpy(), np.arange(len(self)))
        return self._table if in_order else self._table.take(positions)

    def _confirmed(self) -> pa.Table:
        query = "SELECT activity_id, version AS held_from, position FROM compared WHERE same ORDER BY activity_id"
        found = self._cursor.sql(query).to_arrow_table()
        rows = self._table["source_row"].take(found["position"])
        return found.drop_columns("position").append_column("source_row", rows)

    def _check_identities(self) -> None:
        # Counting digests is several times as fast as counting texts, and where all differ it settles the question.
        if self._number("SELECT count(DISTINCT hash(activity_id)) FROM incoming") == len(self):
            return
        query = "SELECT activity_id FROM incoming GROUP BY activity_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
        for (repeated,) in self._cursor.execute(query).fetchall():
            raise StoreError("repeated_id", f"Two rows are called {repeated!r}.", "Give each row its own activity_id.")

    def _number(self, query: str) -> int:
        return int(self._cursor.execute(query).fetchall()[0][0])


@dataclass(frozen=True)
class Holding:
    """The files of one import: rows it wrote, notes of rows it held but found unchanged, and rows it retired."""

    rows: list[Path]
    confirmed: list[Path]
    retired: list[Path]

    def __bool__(self) -> bool:
        return bool(self.rows or self.confirmed)

    @property
    def decides(self) -> bool:
        """Whether the import held or retired any row."""
        return bool(self or self.retired)

    def identities(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        """The activity_id of every row the import held; it held at least one."""
        return _identities(connection, self.rows, self.confirmed)

    def decided(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        """The activity_id of every row the import held or retired; there is at least one."""
        return _identities(connection, self.rows, self.confirmed, self.retired)


def adopted_rows(adopter: Holding, holder: Holding, among: Holding | None = None) -> pa.Table:
    """Rows that ``adopter`` held but left in the files of ``holder``, as rows of its own in order of time.

    Leaves out what the adopter has adopted before and, with ``among``, what that import neither holds nor retires.
    """
    connection = cursor()
    notes = scan(connection, adopter.confirmed)
    if adopter.rows:
        notes = _matched(notes, scan(connection, adopter.rows), "anti")
    if among:
        notes = _matched(notes, among.decided(connection), "semi")
    same = "note.activity_id = held.activity_id AND note.held_from = held.import_id"
    found = scan(connection, holder.rows).set_alias("held").join(notes.set_alias("note"), same)
    return found.project(_ADOPTED).order("occurred_at").to_arrow_table()


def _identities(connection: duckdb.DuckDBPyConnection, *kinds: list[Path]) -> duckdb.DuckDBPyRelation:
    found = [scan(connection, paths).project("activity_id") for paths in kinds if paths]
    return reduce(duckdb.DuckDBPyRelation.union, found)


def _matched(notes: duckdb.DuckDBPyRelation, others: duckdb.DuckDBPyRelation, how: str) -> duckdb.DuckDBPyRelation:
    same = "notes.activity_id = others.activity_id"
    return notes.set_alias("notes").join(others.set_alias("others"), same, how=how)
