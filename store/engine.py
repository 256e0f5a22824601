"""The DuckDB side of the history: one engine in memory for the process, a cursor for each query.

A connection that threads share reports that it is busy; cursors of one engine do not disturb each other, and opening a
new engine for every query would cost more than most queries do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock

import duckdb

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


def log_in_force(free: list[Path], covered: list[Path], covering: list[Path]) -> duckdb.DuckDBPyRelation:
    """The log that these files make up, with the columns of the log.

    ``free`` are files of rows nobody restated; ``covered`` those with rows that a row of a later import in ``covering``
    replaces. A file may be both covered and covering.
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
    return parts[0] if len(parts) == 1 else parts[0].union(parts[1])
