"""Which rows are the same: identities that outlive row order, encoding and a second upload, and copies within a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

#: What an activity without a source id is known by, so that an edited note or outcome is still the same row.
DIGESTED = ("when", "desk", "label", "candidate", "client", "contact", "job")

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE


def _columns(table: pa.Table) -> str:
    return ", ".join(f'"{name}"' for name in table.column_names)


def _repeats(engine: duckdb.DuckDBPyConnection, table: pa.Table) -> np.ndarray:
    """Rows whose hash occurs more than once: the only ones worth comparing cell by cell."""
    engine.register("hashed", table)
    hashes = engine.sql(f"select hash({_columns(table)}) as h from hashed").to_arrow_table()["h"].to_numpy()  # noqa: S608
    return pd.Series(hashes).duplicated(keep=False).to_numpy()


def copies(
    engine: duckdb.DuckDBPyConnection, key: Mapping[str, pa.ChunkedArray], order: Mapping[str, pa.ChunkedArray]
) -> np.ndarray:
    """Rows that repeat another row with the same key; of each group the first in the given order is the original."""
    return numbered(engine, key, order) > 1


def numbered(
    engine: duckdb.DuckDBPyConnection, key: Mapping[str, pa.ChunkedArray], order: Mapping[str, pa.ChunkedArray]
) -> np.ndarray:
    """The how-manieth row of its key each row is, counted in the given order, from 1.

    The order is by content, never by position, so that the same rows in another order get the same numbers.
    """
    table = pa.table(dict(key))
    number = np.ones(table.num_rows, dtype=np.int64)
    at = np.flatnonzero(_repeats(engine, table)) if table.num_rows else np.array([], dtype=np.int64)
    if len(at):
        number[at] = _ranked(
            engine, table.take(at), {name: column.take(pa.array(at)) for name, column in order.items()}
        )
    return number


def _ranked(engine: duckdb.DuckDBPyConnection, key: pa.Table, order: Mapping[str, pa.ChunkedArray]) -> np.ndarray:
    sorting = pa.table(dict(order)).rename_columns([f"order {n}" for n in range(len(order))])
    table = key
    for name in sorting.column_names:
        table = table.append_column(name, sorting[name])
    table = table.append_column("place", pa.array(np.arange(key.num_rows)))
    engine.register("ranking", table)
    partition, by = _columns(key), _columns(sorting)
    query = f"select place, row_number() over (partition by {partition} order by {by}, place) as n from ranking"  # noqa: S608
    found = engine.sql(query).to_arrow_table()
    number = np.empty(key.num_rows, dtype=np.int64)
    number[found["place"].to_numpy()] = found["n"].to_numpy()
    return number


def digests(engine: duckdb.DuckDBPyConnection, parts: Sequence[pa.ChunkedArray], number: np.ndarray) -> pa.ChunkedArray:
    """A 128-bit digest of the parts of each row and its number, as 32 hexadecimal digits.

    The lengths stand before the texts, so that no two different rows are written the same way.
    """
    names = [f"p{n}" for n in range(len(parts))]
    engine.register("parts", pa.table([*parts, pa.array(number)], [*names, "n"]))
    lengths = ", ':', ".join(f"coalesce(strlen({name}), -1)" for name in names)
    query = f"select md5(concat(n, ':', {lengths}, '|', {', '.join(names)})) as id from parts"  # noqa: S608
    return engine.sql(query).to_arrow_table()["id"]
