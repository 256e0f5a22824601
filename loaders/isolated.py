"""Reads one workbook in a process of its own, which may die without harm to anybody.

Run as a script: the path of a workbook, whose ending names the format, comes in on standard input once it is known to
be harmless; a line of JSON and one Arrow stream per sheet go out on standard output. It imports nothing of ours,
because it has to start quickly. The limits it sets on itself turn a workbook that asks for too much into a failed
process; where the system knows no limits the caller's clock remains.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 3 * 1024**3
MOST_SECONDS = 120
MOST_CELLS = 12 * 1_048_576


def main() -> int:
    """Read standard input, write standard output; the exit code says whether to trust it."""
    limit_resources()
    # Millions of cells and no cycles among them: looking for some would double the time.
    gc.disable()
    try:
        with CalamineWorkbook.from_path(os.fsdecode(sys.stdin.buffer.read())) as workbook:
            write_sheets(workbook)
    except MemoryError:
        return refuse("too_large")
    except PasswordError:
        return refuse("password_protected")
    except Exception as error:
        print(repr(error), file=sys.stderr)
        return refuse("unreadable")
    return 0


def limit_resources() -> None:
    """Cap memory and processor time, as far as this system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def refuse(why: str) -> int:
    """Say in one line why there is no table."""
    sys.stdout.write(json.dumps({"refused": why}) + "\n")
    return 0


def write_sheets(workbook: CalamineWorkbook) -> None:
    """Everything is read before the first byte is written, so that output is complete or absent."""
    sheets, streams = [], io.BytesIO()
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        table = to_table(sheet)
        with pa.ipc.new_stream(streams, table.schema) as writer:
            writer.write_table(table)
        hidden = about.visible != SheetVisibleEnum.Visible
        sheets.append({"name": about.name, "hidden": hidden, "merged": len(sheet.merged_cell_ranges or ())})
    sys.stdout.buffer.write(json.dumps({"sheets": sheets}).encode() + b"\n")
    sys.stdout.buffer.write(streams.getbuffer())


def to_table(sheet: CalamineSheet) -> pa.Table:
    """A sheet from its first cell A1 on, every cell as text, columns named "0", "1", ..."""
    last_row, last_column = sheet.end or (-1, -1)
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise MemoryError
    columns = [to_text(column) for column in zip(*sheet.to_python(skip_empty_area=False), strict=True)]
    return pa.Table.from_arrays(columns, [str(index) for index in range(len(columns))])


def to_text(column: Sequence[Any]) -> pa.Array:
    """A column of cells as text; most columns hold text alone and pass as they are."""
    if set(map(type, column)) != {str}:
        column = [cell if isinstance(cell, str) else TO_TEXT[type(cell)](cell) for cell in column]
    return pa.array(column, pa.large_string())


def number_text(number: float) -> str:
    """Without the ".0" that every whole number of a workbook would have, and never as 1e+16."""
    return str(int(number)) if abs(number) < 1e21 and number == int(number) else repr(number)


def moment_text(moment: dt.datetime) -> str:
    """To the second: workbooks keep times as fractions of a day, a few microseconds off."""
    if moment.microsecond >= 500_000 and moment.year < dt.MAXYEAR:
        moment += dt.timedelta(seconds=1)
    return str(moment.replace(microsecond=0) if moment.microsecond else moment)


def duration_text(duration: dt.timedelta) -> str:
    """Hours may exceed a day: 30:00:00."""
    seconds = round(duration.total_seconds())
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def time_text(time: dt.time) -> str:
    """Rounded like a moment; the last half second of the day stays in the day."""
    moment = moment_text(dt.datetime.combine(dt.date(2000, 1, 1), time))
    return moment[11:] if moment.startswith("2000-01-01") else "23:59:59"


TO_TEXT: dict[type, Callable[[Any], str]] = {
    bool: lambda truth: "TRUE" if truth else "FALSE",
    int: str,
    float: number_text,
    dt.date: dt.date.isoformat,
    dt.datetime: moment_text,
    dt.time: time_text,
    dt.timedelta: duration_text,
}

if __name__ == "__main__":
    sys.exit(main())
