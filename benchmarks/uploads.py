"""An upload, from the bytes of a file to stored rows, against DuckDB reading the same file with typed columns."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from benchmarks.data import END
from benchmarks.measure import Figure, in_turn
from loaders import Options, load
from store import History, ImportMeta


def store(path: Path, folder: Path) -> None:
    """Read, arrange, parse, validate and store a file, as the command line does."""
    loaded = load(path, path.name, Options(today=END))
    report = loaded.report
    assert loaded.frame is not None
    meta = ImportMeta(report.name, report.digest, report.layout or "", report.to_json())
    History(folder).add(loaded.frame, meta)


def warm_up() -> None:
    """Both sides once with a single row, before the clock starts."""
    with tempfile.TemporaryDirectory() as folder:
        tiny = Path(folder) / "tiny.csv"
        tiny.write_text("occurred_at,desk,activity,candidate\n2026-03-02 09:00,Desk 01,fill,Avery Sample\n")
        upload(str(tiny))
        duckdb_table(str(tiny))


def upload(path: str) -> None:
    """The work: a file into an empty history."""
    with tempfile.TemporaryDirectory() as folder:
        store(Path(path), Path(folder))


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
