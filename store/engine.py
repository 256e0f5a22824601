"""The DuckDB side of the history: one engine in memory for the process, a cursor for each query.

A connection that threads share reports that it is busy; cursors of one engine do not disturb each other, and opening a
new engine for every query would cost more than most queries do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa

from quality.vocabulary import LOG_COLUMNS

_TYPES = {"text": "VARCHAR", "timestamp": "TIMESTAMP", "date": "DATE", "number": "DOUBLE", "integer": "BIGINT"}

_COLUMNS = ", ".join(LOG_COLUMNS)

_NO_ROWS = "SELECT " + ", ".join(f"CAST(NULL AS {_TYPES[kind]}) AS {name}" for name, kind in LOG_COLUMNS.items())

_lock = Lock()


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    # Nothing is ever fetched from the network, and the footers of files, which never change, are read once.
    engine = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    engine.execute("SET GLOBAL parquet_metadata_cache = true")
    return engine


def cursor() -> duckdb.DuckDBPyConnection:
    """A connection of its own to the engine of this process."""
    with _lock:
        return _engine().cursor()


def scan(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path]) -> duckdb.DuckDBPyRelation:
    """The rows of these files, of which there is at least one, whatever characters their folder's name has."""
    # A folder called "desk=Desk 01" is a folder, not a column of what lies in it.
    return connection.read_parquet([_itself(path) for path in paths], hive_partitioning=False)


def _itself(path: Path) -> str:
    # A path is read as a pattern, so the characters of patterns stand in brackets to mean themselves.
    return re.sub(r"([*?[])", r"[\1]", path.as_posix())


@dataclass(frozen=True)
class Reading:
    """How stored rows are read: ``names`` are other names of desks, ``merged`` pairs (kept, dropped) of one event."""

    names: Mapping[str, str]
    merged: Sequence[tuple[str, str]]


def log_in_force(
    free: list[Path], covered: list[Path], covering: list[Path], reading: Reading
) -> duckdb.DuckDBPyRelation:
    """The log that these files make up, with the columns of the log.

    ``free`` are files of rows nobody restated; ``covered`` those with rows that a row of a later import in ``covering``
    replaces or retires. A file may be both covered and covering.
    """
    connection = cursor()
    parts = [scan(connection, free).project(_COLUMNS)] if free else []
    if covered:
        later = (
            scan(connection, covering).filter("supersedes IS NOT NULL").project("activity_id AS id, import_id AS newer")
        )
        versions = scan(connection, covered).project(_COLUMNS).set_alias("versions")
        replaced = "later.id = versions.activity_id AND later.newer > versions.import_id"
        parts.append(versions.join(later.set_alias("later"), replaced, how="anti"))
    if not parts:
        return connection.sql(_NO_ROWS).limit(0)
    log = parts[0] if len(parts) == 1 else parts[0].union(parts[1])
    if reading.merged:
        log = _without_dropped(connection, log, reading.merged)
    return _renamed(connection, log, reading.names) if reading.names else log


def _without_dropped(
    connection: duckdb.DuckDBPyConnection, log: duckdb.DuckDBPyRelation, merged: Sequence[tuple[str, str]]
) -> duckdb.DuckDBPyRelation:
    """The log without the rows of which another row tells the same event, as long as that one is in the log."""
    pairs = _table(connection, "kept, dropped", merged).set_alias("pairs")
    present = log.project("activity_id").set_alias("present")
    gone = pairs.join(present, "pairs.kept = present.activity_id", how="semi").project("dropped").set_alias("gone")
    return log.set_alias("entries").join(gone, "gone.dropped = entries.activity_id", how="anti")


def _renamed(
    connection: duckdb.DuckDBPyConnection, log: duckdb.DuckDBPyRelation, names: Mapping[str, str]
) -> duckdb.DuckDBPyRelation:
    """The log with every name of a desk or an assignee that is another one of somebody replaced by the chosen one."""
    pairs = list(names.items())
    for column in ("desk", "assignee"):
        other = _table(connection, "alias, name", pairs).set_alias("other")
        named = log.set_alias("entries").join(other, f"entries.{column} = other.alias", how="left")
        log = named.project(_COLUMNS.replace(f" {column},", f" coalesce(name, {column}) AS {column},"))
    return log


def _table(
    connection: duckdb.DuckDBPyConnection, columns: str, rows: Sequence[tuple[str, str]]
) -> duckdb.DuckDBPyRelation:
    texts = [pa.array(column, pa.large_string()) for column in zip(*rows, strict=True)]
    return connection.from_arrow(pa.Table.from_arrays(texts, names=columns.split(", ")))
