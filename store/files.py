"""The Parquet side of the history: typed tables out of frames, and files that are whole or not there.

A file is written under a temporary name, forced to the disk and then renamed, and never touched again.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from quality.vocabulary import LOG_COLUMNS, REQUIRED_COLUMNS
from store.errors import StoreError

#: Kind of a column -> its type in Arrow, in Parquet and (by the same name) in DuckDB's reading of it.
ARROW_TYPES = {
    "text": pa.large_string(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "number": pa.float64(),
    "integer": pa.int64(),
}

#: What a caller hands over: the log without the number of the import, which the store gives.
INCOMING = pa.schema([(name, ARROW_TYPES[kind]) for name, kind in LOG_COLUMNS.items() if name != "import_id"])

#: Engines read row groups in parallel and skip those outside a period; this is the size DuckDB writes itself.
ROW_GROUP = 122_880

#: Columns whose range lets an engine skip row groups; ranges of names and digests would only cost time.
ASKED_FOR = ("occurred_at", "activity", "desk", "import_id", "supersedes")

UNFINISHED = ".part"


def to_table(frame: pd.DataFrame) -> pa.Table:
    """The frame as a typed Arrow table, without a copy where the memory already fits.

    Needs the columns of the log except ``import_id``, in any order. Raises StoreError with the code wrong_columns,
    wrong_type, or empty_required when a column that must not be empty has a gap.
    """
    _check_columns(frame)
    _check_zones(frame)
    try:
        table = pa.Table.from_pandas(frame, schema=INCOMING, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise StoreError(
            "wrong_type", f"A column holds values of another kind: {error}", "Load the file again."
        ) from error
    gaps = [name for name in REQUIRED_COLUMNS if table[name].null_count]
    if gaps:
        raise StoreError("empty_required", f"Empty cells in {', '.join(gaps)}.", "Every row needs these columns.")
    return table


def _check_columns(frame: pd.DataFrame) -> None:
    if sorted(frame.columns) == sorted(INCOMING.names):
        return
    missing = sorted(set(INCOMING.names) - set(frame.columns))
    unknown = sorted(set(frame.columns) - set(INCOMING.names))
    raise StoreError(
        "wrong_columns",
        f"The frame is not the activity log: missing {missing}, not known {unknown}.",
        "Hand over exactly the columns of the log, without import_id.",
    )


def _check_zones(frame: pd.DataFrame) -> None:
    # The log keeps wall time; Arrow would turn a time with a zone into that of Greenwich and say nothing.
    zoned = [name for name, kind in frame.dtypes.items() if isinstance(kind, pd.DatetimeTZDtype)]
    if zoned:
        raise StoreError("wrong_type", f"Times with a zone in {zoned}.", "Hand over local wall time.")


def write_file(table: pa.Table, folder: Path, import_id: int) -> str:
    """Write the table as a new file of the folder and return its name; it is on the disk when this returns."""
    folder.mkdir(exist_ok=True)
    name = f"{import_id:08d}-{secrets.token_hex(4)}.parquet"
    aside = folder / (name + UNFINISHED)
    repeating = [
        field.name for field in table.schema if field.type == pa.large_string() and field.name != "activity_id"
    ]
    pq.write_table(
        table,
        aside,
        compression="zstd",
        row_group_size=ROW_GROUP,
        use_dictionary=repeating,
        write_statistics=list(ASKED_FOR),
    )
    _force_to_disk(aside)
    aside.replace(folder / name)
    if os.name == "posix":
        _force_to_disk(folder)
    return name


def _force_to_disk(path: Path) -> None:
    # Windows forces only what is open for writing, and cannot open a folder at all.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed import left half-written; only for the one process that holds the write lock."""
    for path in folder.glob(f"*{UNFINISHED}"):
        path.unlink(missing_ok=True)
