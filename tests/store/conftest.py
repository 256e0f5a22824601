"""Small logs and the questions asked of a history, for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from quality.vocabulary import LOG_COLUMNS
from store import History, ImportMeta

MakeLog = Callable[..., pd.DataFrame]
InForce = Callable[..., dict[str, tuple[str, int]]]

_DTYPES = {
    "text": "str",
    "timestamp": "datetime64[us]",
    "date": "datetime64[us]",
    "number": "float64",
    "integer": "int64",
}
_COLUMNS = {name: _DTYPES[kind] for name, kind in LOG_COLUMNS.items() if name != "import_id"}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


@pytest.fixture
def log_of() -> MakeLog:
    """log_of({"a": "note"}, desk="Desk 02"): one row for each activity_id, the same in all but its note."""

    def make(notes: Mapping[str, str | None], /, **columns: object) -> pd.DataFrame:
        filled = {
            "activity_id": list(notes),
            "notes": list(notes.values()),
            "occurred_at": pd.Timestamp(2026, 3, 2, 9),
            "desk": "Desk 01",
            "activity": "hit",
            "source": "example",
            "source_row": range(2, 2 + len(notes)),
        }
        return pd.DataFrame(filled | columns, columns=list(_COLUMNS)).astype(_COLUMNS)

    return make


@pytest.fixture
def meta() -> Callable[[str], ImportMeta]:
    """What is noted of an upload whose bytes are told by its name."""
    return lambda name: ImportMeta(name=f"{name}.csv", digest=name, layout="touchline", report={})


@pytest.fixture
def in_force() -> InForce:
    """in_force(history): activity_id -> (note, import) of the log in force; fails when a row is there twice."""

    def ask(history: History, **known: object) -> dict[str, tuple[str, int]]:
        rows = history.log(**known).project("activity_id, notes, import_id").fetchall()
        found = {name: (note, import_id) for name, note, import_id in rows}
        assert len(found) == len(rows)
        return found

    return ask
