"""Small activity logs for the tests, written as lines and turned into the frame that every metric takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd

from quality.vocabulary import LOG_COLUMNS

DTYPES = {
    "text": "str",
    "timestamp": "datetime64[us]",
    "date": "datetime64[us]",
    "number": "float64",
    "integer": "int64",
}


def row(when: str, desk: str, activity: str, activity_id: str | None = None, **fields: Any) -> dict[str, Any]:
    """One activity: ``when`` as ISO text, the rest by name."""
    at = datetime.fromisoformat(when)
    return {"occurred_at": at, "desk": desk, "activity": activity, "activity_id": activity_id, **fields}


def frame_of(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """The rows as an activity log; rows without an id are numbered in the order given."""
    held = [_complete(number, one) for number, one in enumerate(rows)]
    frame = pd.DataFrame(held, columns=list(LOG_COLUMNS))
    return frame.astype({column: DTYPES[kind] for column, kind in LOG_COLUMNS.items()})


def _complete(number: int, one: dict[str, Any]) -> dict[str, Any]:
    own = {"activity_id": one.get("activity_id") or f"row {number:04d}"}
    return {"source": "test", "import_id": 1, "source_row": number + 2, **one, **own}
