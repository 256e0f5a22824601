"""An upload, from the bytes of a file to stored rows, against DuckDB reading the same file with typed columns."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.measure import Figure, in_turn
from loaders import Options, load
from store import History, ImportMeta


def upload(path: str) -> None:
    """Read, arrange, parse, validate and store a file into an empty history, as the command line does."""
    folder = Path(tempfile.mkdtemp())
    try:
        loaded = load(Path(path), Path(path).name, Options(today=date(2026, 11, 23)))
        report = loaded.report
        assert loaded.frame is not None
        meta = ImportMeta(name=report.name, digest=report.digest, layout=report.layout, report=report.to_json())
        History(folder).add(loaded.frame, meta, [])
    finally:
        shutil.rmtree(folder)


def duckdb_table(path: str) -> None:
    """The yardstick: nothing but typed columns into a table."""
    with duckdb.connect() as connection:
        connection.execute("create table log as select * from read_csv(?)", [path])


def figures(csv: Path, runs: int) -> list[Figure]:
    ours, theirs = in_turn(runs, ("benchmarks.uploads:upload", csv), ("benchmarks.uploads:duckdb_table", csv))
    rows = "upload of a 1,000,000-row CSV: read, arrange, parse, validate, store"
    return [
        Figure(rows, "DuckDB `read_csv` with typed columns into a table", ours.seconds, theirs.seconds, 6),
        Figure("peak memory of that upload", "size of the file", ours.peak, csv.stat().st_size, 12),
    ]
