"""Rows with something to mend: their problems, their cells as they stood in the file, and which were mended since.

A row is settled while an import is active that brought it mended. Every function works within the transaction of the
connection it is given.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

_PROBLEM_KEYS = ("row", "column", "value", "code", "problem", "fix")

# A value that no activity is known for is answered by a layout: no cell of such a row is wrong.
_TO_MEND = """
    SELECT import_id, count(DISTINCT row) AS rows FROM rejected_rows
    WHERE code IS NOT 'activity_unmapped' AND (import_id, row) NOT IN (SELECT import_id, row FROM settled_rows)
    GROUP BY import_id
"""

_PROBLEMS = """
    SELECT * FROM rejected_rows
    WHERE import_id = :import_id
        AND (row IS NULL OR row NOT IN (SELECT row FROM settled_rows WHERE import_id = :import_id))
    ORDER BY position
"""

# Rows that another file brought again are that file's: neither read nor left out twice.
_LEFT_OUT = """
    WITH counted AS (
        SELECT
            coalesce(json_extract(report, '$.unmapped') + json_extract(report, '$.rejected'), 0) AS left_out,
            coalesce(json_extract(report, '$.rows_read'), 0) AS read,
            (SELECT count(DISTINCT row) FROM settled_rows WHERE settled_rows.import_id = imports.import_id) AS settled
        FROM imports WHERE import_id IN (SELECT value FROM json_each(?))
    )
    SELECT coalesce(sum(max(left_out - settled, 0)), 0), coalesce(sum(read - settled), 0) FROM counted
"""

_LABELS = b"labels"

_SETTLED = "SELECT row FROM settled_rows WHERE import_id = ?"


class Mends(Protocol):
    """Rows of an earlier file that an upload brings mended: that file's digest and sheet, and the rows."""

    @property
    def digest(self) -> str: ...

    @property
    def sheet(self) -> str | None: ...

    @property
    def rows(self) -> Iterable[int]: ...


def add_problems(connection: sqlite3.Connection, import_id: int, problems: Sequence[Mapping[str, Any]]) -> None:
    """Keep the problems of an import: row, column, value, code, problem and fix of each, missing ones empty."""
    lines = ((import_id, place, *(line.get(key) for key in _PROBLEM_KEYS)) for place, line in enumerate(problems))
    connection.executemany("INSERT INTO rejected_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines)


def add_mends(connection: sqlite3.Connection, import_id: int, mends: Mends | None) -> None:
    """Note which rows of an earlier file this import brings mended."""
    if mends is None:
        return
    lines = [(import_id, mends.digest, mends.sheet, int(row)) for row in mends.rows]
    connection.executemany("INSERT INTO mended_rows VALUES (?, ?, ?, ?)", lines)


def to_mend(connection: sqlite3.Connection) -> dict[int, int]:
    """How many rows of each import still wait to be mended; imports without any are left out."""
    return {row["import_id"]: row["rows"] for row in connection.execute(_TO_MEND)}


def left_out(connection: sqlite3.Connection, imports: Iterable[int]) -> tuple[int, int]:
    """Rows of these imports that stayed out, for whatever reason is still open, and rows they read."""
    rows, read = connection.execute(_LEFT_OUT, (json.dumps(list(imports)),)).fetchone()
    return rows, read


def list_problems(connection: sqlite3.Connection, import_id: int) -> pd.DataFrame:
    """Problems of one import in the order of its file, without those of settled rows."""
    lines = [dict(row) for row in connection.execute(_PROBLEMS, {"import_id": import_id})]
    texts = dict.fromkeys(_PROBLEM_KEYS[1:], "str")
    return pd.DataFrame(lines, columns=list(_PROBLEM_KEYS)).astype({"row": "Int64"} | texts)


def left_out_table(frame: pd.DataFrame) -> pa.Table:
    """The cells of rows that stayed out: ``row``, then the file's own columns as texts, whatever their labels."""
    numbers = pa.Array.from_pandas(frame.iloc[:, 0], type=pa.int64())
    cells = [pa.Array.from_pandas(frame.iloc[:, place], type=pa.large_string()) for place in range(1, frame.shape[1])]
    # Two columns of a file may have the same label, and so may a column and the row numbers: labels stand beside.
    table = pa.Table.from_arrays([numbers, *cells], names=[str(place) for place in range(frame.shape[1])])
    return table.replace_schema_metadata({_LABELS: json.dumps([str(label) for label in frame.columns])})


def read_left_out(connection: sqlite3.Connection, import_id: int, paths: Sequence[Path]) -> pd.DataFrame:
    """The cells of the rows of one import that stayed out, without settled ones; only ``row`` where none were kept."""
    if not paths:
        return pd.DataFrame({"row": pd.Series(dtype="int64")})
    settled = [row["row"] for row in connection.execute(_SETTLED, (import_id,))]
    table = pa.concat_tables([pq.ParquetFile(path).read() for path in paths])
    frame = table.to_pandas().set_axis(json.loads(table.schema.metadata[_LABELS]), axis="columns")
    return frame[~frame.iloc[:, 0].isin(settled)].reset_index(drop=True)
