"""Assignments behind the numbers of the page Retention, as people read them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from quality.retention import REASONS, UNKNOWN
from ui import retention_data

_SHOWN = {
    "candidate": "Who",
    "client": "Client",
    "job": "Job",
    "desk": "Desk",
    "started_on": "Started",
    "planned_end": "Planned end",
    "ended_on": "Ended",
    "outcome": "How",
    "time": "Days",
}


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The assignments, the last started first; Days are those an assignment was seen, where that is known."""
    ordered = retention_data.named(rows).sort_values(["started_on", "ended_on"], ascending=False)
    said = ordered.assign(outcome=[_how(row) for row in ordered.to_dict("records")])
    return said[[name for name in _SHOWN if name in said]].rename(columns=_SHOWN).reset_index(drop=True)


def _how(row: dict[Any, Any]) -> str:
    if pd.isna(row["ended_on"]):
        return "still there" if row["state"] == "running" else str(row["state"])
    return REASONS.get(str(row["outcome"]), REASONS[UNKNOWN])
