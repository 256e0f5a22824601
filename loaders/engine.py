"""The engine that files are read with: one in memory for the process, since opening one costs more than most files."""

from __future__ import annotations

from functools import cache
from threading import Lock

import duckdb

_lock = Lock()


def connection() -> duckdb.DuckDBPyConnection:
    """A connection of its own; what it is given, and its temporary tables, are gone once it is closed."""
    with _lock:
        return _engine().cursor()


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()
