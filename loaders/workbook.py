"""Workbooks to tables of text, read in a process that may fail without taking the server with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from loaders.content import EXPORT_AGAIN, UNLOCK_FIRST, Kind
from loaders.refusal import Refusal, RefusedError
from loaders.workbook_errors import ErrorCell, find_error_cells
from loaders.workbook_guard import SPLIT_UP, check_archive

SCRIPT = Path(__file__).with_name("isolated.py")
MOST_SECONDS = 180

REFUSALS = {
    "password_protected": Refusal("password_protected", "The workbook is protected with a password.", UNLOCK_FIRST),
    "too_large": Refusal(
        "workbook_too_large", "The workbook is too large to be read: it takes too much memory or time.", SPLIT_UP
    ),
    "unreadable": Refusal("workbook_unreadable", "The workbook is damaged or not what its name says.", EXPORT_AGAIN),
}


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet from A1 on: every cell text, columns named "0", "1", ..."""

    name: str
    table: pa.Table
    hidden: bool
    merged: int


def read_workbook(data: bytes, kind: Kind) -> tuple[Worksheet, ...]:
    """All sheets of a workbook, hidden ones too, in their order.

    Raises ``RefusedError`` with ``workbook_too_large``, ``workbook_unsafe``, ``workbook_unreadable`` or
    ``password_protected``. The archive is looked through while the reading process starts.
    """
    with TemporaryDirectory(prefix="touchline-") as folder, _reader() as process:
        with_errors = () if kind == "xls" else check_archive(data)
        copy = Path(folder, f"workbook.{kind}")
        copy.write_bytes(data)
        try:
            output, errors = process.communicate(os.fsencode(copy), timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise RefusedError(REFUSALS["too_large"]) from error
    if process.returncode:
        raise RefusedError(REFUSALS["unreadable" if b"panicked" in errors else "too_large"])
    errors_of = _by_sheet(find_error_cells(data, with_errors))
    return tuple(_with_errors(sheet, errors_of.get(sheet.name, [])) for sheet in _sheets(output))


@contextmanager
def _reader() -> Iterator[subprocess.Popen[bytes]]:
    """A reading process that is gone at the end, whatever happens. -P: its folder must not shadow other modules."""
    command = [sys.executable, "-P", str(SCRIPT)]
    # Arrow's own allocators reserve address space far ahead, which a limit on address space does not forgive.
    environment = {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"}
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream and not stream.closed:
                stream.close()


def _by_sheet(cells: tuple[ErrorCell, ...]) -> dict[str, list[ErrorCell]]:
    by_sheet: dict[str, list[ErrorCell]] = defaultdict(list)
    for cell in cells:
        by_sheet[cell.sheet].append(cell)
    return by_sheet


def _with_errors(sheet: Worksheet, cells: list[ErrorCell]) -> Worksheet:
    """Put #REF! and its like where the parser left a blank."""
    table = sheet.table
    for column in {cell.column for cell in cells if cell.column < table.num_columns}:
        texts = table.column(column).to_pylist()
        for cell in cells:
            if cell.column == column and cell.row < len(texts):
                texts[cell.row] = cell.text
        table = table.set_column(column, table.field(column), pa.array(texts, pa.large_string()))
    return replace(sheet, table=table)


def _sheets(output: bytes) -> tuple[Worksheet, ...]:
    header, _, _ = output.partition(b"\n")
    about = json.loads(header)
    if "refused" in about:
        raise RefusedError(REFUSALS[about["refused"]])
    streams = pa.BufferReader(pa.py_buffer(output).slice(len(header) + 1))
    return tuple(
        Worksheet(sheet["name"], pa.ipc.open_stream(streams).read_all(), sheet["hidden"], sheet["merged"])
        for sheet in about["sheets"]
    )
