"""All seven ratios of every desk and week from a large log, against one hand-written query for the same counts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb

from benchmarks import ratios_sql
from benchmarks.data import END
from benchmarks.measure import Figure, in_turn
from quality.ratios import ratios

START = END - timedelta(weeks=104) + timedelta(days=1)


def ours(bed: str) -> None:
    """Counts, values and intervals, as the pages ask for them."""
    with duckdb.connect() as connection:
        log = connection.read_parquet(f"{bed}/*.parquet")
        ratios(log, as_of=END, start=START, end=END, every="week")


def by_hand(bed: str) -> None:
    """The yardstick: the counts alone."""
    with duckdb.connect() as connection:
        ratios_sql.counts(connection, Path(bed), END, START, END)


def figures(bed: Path, runs: int) -> list[Figure]:
    mine, theirs = in_turn(runs, ("benchmarks.counting:ours", bed), ("benchmarks.counting:by_hand", bed))
    work = "seven ratios x 200 desks x 104 weeks from 10,000,000 activities"
    return [Figure(work, "one hand-written DuckDB query for the counts", mine.seconds, theirs.seconds, 2)]
