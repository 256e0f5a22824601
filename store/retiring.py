"""Rows that an upload lacks although it is complete for its dates: they are retired, by versions of their own.

Such a version is the row as it was last known, with a content no row can have. It hides the earlier versions while its
import is active, and a later version, or undoing the import, brings the row back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from quality.vocabulary import LOG_COLUMNS
from store.engine import scan
from store.files import ARROW_TYPES
from store.names import all_names

# Only one version counts: of a row in force the one in force, of another any that was ever known. So an import that is
# undone or redone later finds its rows retired by those after it, as if it had been there all the time.
_VERSIONS = """
    CREATE TEMP TABLE versions AS
    WITH candidates AS (
        SELECT DISTINCT activity_id FROM past
        WHERE occurred_at >= $first AND occurred_at < $after
            AND list_contains($sources, source) AND list_contains($desks, desk)
    )
    SELECT
        activity_id, import_id, content >= 0 AS holds, list_contains($active, import_id) AS active,
        occurred_at >= $first AND occurred_at < $after
            AND list_contains($sources, source) AND list_contains($desks, desk) AS inside
    FROM past SEMI JOIN candidates USING (activity_id) ANTI JOIN incoming USING (activity_id)
"""

_CHOSEN = """
    CREATE TEMP TABLE vanished AS
    WITH known AS (
        SELECT
            activity_id,
            coalesce(arg_max(holds, import_id) FILTER (active), false) AS in_force,
            arg_max(inside, import_id) FILTER (active) AS inside,
            max(import_id) FILTER (active) AS version,
            max(import_id) AS newest
        FROM versions GROUP BY activity_id
    )
    SELECT activity_id, in_force, CASE WHEN in_force THEN version ELSE newest END AS import_id
    FROM known WHERE inside OR NOT in_force
"""

# The content of a version that retires its row is -1; that of a row is never negative.
_ROWS = """
    SELECT past.* REPLACE (CAST(-1 AS BIGINT) AS content, past.import_id AS supersedes), in_force
    FROM past JOIN vanished ON past.activity_id = vanished.activity_id AND past.import_id = vanished.import_id
    ORDER BY past.occurred_at, past.activity_id
"""

_OVERLAPS = "SELECT DISTINCT import_id FROM versions SEMI JOIN vanished USING (activity_id)"


@dataclass(frozen=True)
class Scope:
    """What a complete file speaks for: its sources and desks, from ``first`` to before ``after``."""

    sources: list[str]
    desks: list[str]
    first: datetime
    after: datetime

    @classmethod
    def of(cls, table: pa.Table, names: Mapping[str, str]) -> Scope:
        """The scope of these rows, of which there is at least one; a desk is meant by all of its ``names``."""
        days = pc.min_max(table["occurred_at"]).as_py()
        first, last = (datetime.combine(days[end], time()) for end in ("min", "max"))
        desks = all_names(pc.unique(table["desk"]).to_pylist(), names)
        return cls(pc.unique(table["source"]).to_pylist(), desks, first, last + timedelta(days=1))


@dataclass(frozen=True)
class Vanished:
    """Versions that retire rows, with the columns of a stored row and ``in_force``, and the imports they concern."""

    rows: pa.Table
    overlaps: tuple[int, ...] = ()

    @property
    def in_force(self) -> pa.Table:
        """Those rows that the log holds until now."""
        return self.rows.filter(self.rows["in_force"])

    def frame(self) -> pd.DataFrame:
        """The rows that the log holds until now, with its columns, in order of time."""
        frame = self.in_force.select(list(LOG_COLUMNS)).to_pandas(date_as_object=False)
        return frame.astype(dict.fromkeys(("due_on", "planned_end"), "datetime64[us]"))


_STORED = pa.schema(
    [(name, ARROW_TYPES[kind]) for name, kind in LOG_COLUMNS.items()]
    + [("content", pa.int64()), ("supersedes", pa.int64()), ("in_force", pa.bool_())]
)

NOTHING = Vanished(_STORED.empty_table())


def vanished(connection: duckdb.DuckDBPyConnection, scope: Scope, files: Sequence[Path], active: list[int]) -> Vanished:
    """What is missing from the table ``incoming`` of this connection that the history knows within the scope.

    ``files``, of which there is at least one, hold all versions of all imports, active or not.
    """
    connection.register("past", scan(connection, files))
    asked = {"first": scope.first, "after": scope.after, "sources": scope.sources, "desks": scope.desks}
    connection.execute(_VERSIONS, asked | {"active": active})
    connection.execute(_CHOSEN)
    overlaps = tuple(row[0] for row in connection.execute(_OVERLAPS).fetchall())
    rows = connection.sql(_ROWS).to_arrow_table()
    return Vanished(rows.select(_STORED.names).cast(_STORED), overlaps)
