"""The history as its callers see it: what is in force after uploads, undo and redo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from quality.vocabulary import LOG_COLUMNS
from store import History, ImportMeta

DTYPES = {
    "text": "str",
    "timestamp": "datetime64[us]",
    "date": "datetime64[us]",
    "number": "float64",
    "integer": "int64",
}


def log_of(rows: dict[str, str], first_row: int = 2) -> pd.DataFrame:
    """A log of hits of one desk: activity_id -> note."""
    filled = {
        "activity_id": list(rows),
        "notes": list(rows.values()),
        "occurred_at": datetime(2026, 3, 2, 9),
        "desk": "Desk 01",
        "activity": "hit",
        "source": "example",
        "source_row": range(first_row, first_row + len(rows)),
    }
    frame = pd.DataFrame(filled, columns=[name for name in LOG_COLUMNS if name != "import_id"])
    return frame.astype({name: DTYPES[kind] for name, kind in LOG_COLUMNS.items() if name != "import_id"})


def meta(name: str) -> ImportMeta:
    return ImportMeta(name=name, digest=name, layout="touchline", report={})


def in_force(history: History) -> list[tuple[str, str, int]]:
    """(activity_id, note, import) of the log in force."""
    return history.log().project("activity_id, notes, import_id").order("activity_id").fetchall()


def test_what_is_added_is_in_force(tmp_path: Path) -> None:
    history = History(tmp_path)
    stored = history.add(log_of({"a": "first", "b": "first"}), meta("one"))
    assert (stored.added, stored.updated, stored.unchanged, stored.repeated) == (2, 0, 0, False)
    assert in_force(history) == [("a", "first", 1), ("b", "first", 1)]
