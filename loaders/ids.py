"""Which rows are the same: identities that outlive row order and a second upload, and copies within a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from loaders.rows import holds_bytes

SEPARATORS = b"\x1e\x1f"
MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE


def _table(columns: Iterable[pa.ChunkedArray], letter: str) -> pa.Table:
    """The columns under names of our own: headers of a file never become part of a query."""
    parts = list(columns)
    return pa.table(parts, [f"{letter}{n}" for n in range(len(parts))])


def likely_repeats(engine: duckdb.DuckDBPyConnection, key: Iterable[pa.ChunkedArray]) -> np.ndarray:
    """Rows whose hash of the key occurs more than once: the only ones worth comparing cell by cell."""
    table = _table(key, "k")
    hashes = engine.from_arrow(table).project(f"hash({', '.join(table.column_names)}) as h").to_arrow_table()
    return pd.Series(hashes["h"].to_numpy()).duplicated(keep=False).to_numpy()


def numbered(
    engine: duckdb.DuckDBPyConnection,
    key: Iterable[pa.ChunkedArray],
    order: Iterable[pa.ChunkedArray],
    among: np.ndarray,
) -> np.ndarray:
    """The how-manieth row of its key each row is, counted in the given order, from 1; rows not ``among`` are first.

    The order is by content, never by position, so that the same rows in another order get the same numbers.
    """
    number = np.ones(len(among), dtype=np.int64)
    if among.any():
        chosen = pa.array(among)
        parts = (
            _table((column.filter(chosen) for column in columns), name) for columns, name in ((key, "k"), (order, "o"))
        )
        number[among] = _ranked(engine, *parts)
    return number


def _ranked(engine: duckdb.DuckDBPyConnection, key: pa.Table, order: pa.Table) -> np.ndarray:
    partition, by = ", ".join(key.column_names), ", ".join([*order.column_names, "place"])
    table = key.append_column("place", pa.array(np.arange(key.num_rows)))
    for name in order.column_names:
        table = table.append_column(name, order[name])
    ranked = engine.from_arrow(table).project(f"place, row_number() over (partition by {partition} order by {by}) as n")
    found = ranked.to_arrow_table()
    number = np.empty(key.num_rows, dtype=np.int64)
    number[found["place"].to_numpy()] = found["n"].to_numpy()
    return number


def digests(engine: duckdb.DuckDBPyConnection, parts: Sequence[pa.ChunkedArray], number: np.ndarray) -> pa.ChunkedArray:
    """A 128-bit digest of the number and the parts of each row, as 32 hexadecimal digits.

    The parts are joined by the unit separator; where a text holds one it is escaped, so that no two different rows are
    written the same way.
    """
    table = _table(parts, "p").append_column("n", pa.array(number))
    names = (_written(name, table[name]) for name in table.column_names[:-1])
    project = f"md5(concat_ws(chr(31), n, {', '.join(names)})) as id"
    return engine.from_arrow(table).project(project).to_arrow_table()["id"].cast(pa.large_string())


def _written(name: str, column: pa.ChunkedArray) -> str:
    """How a part is written: an empty cell as nothing, the separator and its escape as two characters each."""
    if not pa.types.is_large_string(column.type):
        return name
    plain = f"coalesce({name}, '')"
    if not holds_bytes(column, SEPARATORS):
        return plain
    return f"replace(replace({plain}, chr(30), chr(30) || '0'), chr(31), chr(30) || '1')"
