"""An upload, from the bytes of a file to stored rows, against DuckDB reading the same file with typed columns."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
from openpyxl import load_workbook

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


def openpyxl_rows(path: str) -> None:
    """The yardstick of a workbook: every row of it, by openpyxl in its fastest mode, and nothing done with them."""
    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def figures(csv: Path, xlsx: Path, runs: int) -> list[Figure]:
    return [*_of_text(csv, runs), _of_workbook(xlsx, runs)]


def _of_text(csv: Path, runs: int) -> list[Figure]:
    ours, theirs = in_turn(runs, ("benchmarks.uploads:upload", csv), ("benchmarks.uploads:duckdb_table", csv))
    rows = "upload of a 1,000,000-row CSV: read, arrange, parse, validate, store"
    return [
        Figure(rows, "DuckDB `read_csv` with typed columns into a table", ours.seconds, theirs.seconds, 6),
        Figure("peak memory of that upload", "size of the file", ours.peak, csv.stat().st_size, 12),
    ]


def _of_workbook(xlsx: Path, runs: int) -> Figure:
    ours, theirs = in_turn(runs, ("benchmarks.uploads:upload", xlsx), ("benchmarks.uploads:openpyxl_rows", xlsx))
    work = "upload of a 100,000-row XLSX, the same way"
    return Figure(work, "reading it with openpyxl alone", ours.seconds, theirs.seconds, 0.35)
