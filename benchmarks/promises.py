"""What is owed, from a large log, against one query written by hand for the same obligations."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks import obligations_sql
from benchmarks.data import END
from benchmarks.measure import Figure, in_turn
from quality.obligation_rules import BY_NAME
from quality.obligations import obligations


def ours(bed: str) -> None:
    """Obligations with their words, wishes and last contacts, as the pages ask for them."""
    with duckdb.connect() as connection:
        rules = [BY_NAME[name] for name in obligations_sql.NAMES]
        obligations(connection.read_parquet(f"{bed}/*.parquet"), as_of=END, rules=rules)


def by_hand(bed: str) -> None:
    """The yardstick: the obligations and what fulfilled them alone."""
    with duckdb.connect() as connection:
        obligations_sql.owed(connection, connection.read_parquet(f"{bed}/*.parquet"), END)


def figures(bed: Path, runs: int) -> list[Figure]:
    mine, theirs = in_turn(runs, ("benchmarks.promises:ours", bed), ("benchmarks.promises:by_hand", bed))
    work = f"obligations by {len(obligations_sql.NAMES)} rules over 10,000,000 activities"
    return [Figure(work, "one hand-written DuckDB query for them", mine.seconds, theirs.seconds, 3)]
