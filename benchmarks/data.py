"""What the benchmarks work on: a CSV, a workbook and a bed of Parquet files, generated once and kept in a folder.

The folder is the caller's and lies outside the repository; a file that is there already is not made again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quality.vocabulary import LOG_COLUMNS
from sample_data.files import own_csv
from sample_data.log import to_table
from sample_data.plan import Plan
from sample_data.workbook import workbook
from sample_data.world import simulate

#: The last day of all benchmark data.
END = date(2026, 11, 15)


def csv_file(folder: Path, rows: int = 1_000_000) -> Path:
    """A file in our own layout with that many rows, of twelve desks."""
    return _kept(folder / f"activities-{rows}.csv", lambda path: path.write_bytes(own_csv(_log(rows))))


def xlsx_file(folder: Path, rows: int = 100_000) -> Path:
    """A workbook with that many rows on its first sheet, of twelve desks."""
    return _kept(folder / f"activities-{rows}.xlsx", lambda path: path.write_bytes(workbook(_log(rows), "Activities")))


def parquet_bed(folder: Path, rows: int = 10_000_000, files: int = 100, desks: int = 200, weeks: int = 104) -> Path:
    """A folder of Parquet files with all columns of the log, each file one import of consecutive days."""
    plan = Plan(end=END, desks=desks, teams=max(1, desks // 10), weeks=weeks, rows=rows)
    return _kept(folder / f"log-{rows}-rows-{files}-files", lambda path: _write_bed(plan, files, path))


def _log(rows: int) -> pa.Table:
    world = simulate(Plan(end=END, rows=rows))
    return to_table(world.events, world.calendar)


def _write_bed(plan: Plan, files: int, path: Path) -> None:
    world = simulate(plan)
    path.mkdir()
    size = -(-len(world.events) // files)
    for number, first in enumerate(range(0, len(world.events), size), start=1):
        part = to_table(world.events.iloc[first : first + size], world.calendar, first)
        imports = pa.array([number] * len(part), pa.int64())
        pq.write_table(
            part.append_column("import_id", imports).select(list(LOG_COLUMNS)), path / f"{number:06d}.parquet"
        )


def _kept(path: Path, make: Callable[[Path], object]) -> Path:
    """The path, made aside and renamed unless it is there, so that an interrupted run leaves nothing half done."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"making-{path.name}")
        shutil.rmtree(aside, ignore_errors=True)
        make(aside)
        aside.rename(path)
    return path
