"""Ratios and counts of the first quarter of 2026 in small logs."""

from __future__ import annotations

from datetime import date
from typing import Any

from quality.ratios import ratios, records
from quality.tally import tally

FIRST_QUARTER = {"start": date(2026, 1, 1), "end": date(2026, 3, 31)}
ASKED = {"as_of": date(2026, 12, 31), **FIRST_QUARTER}
AVERY = {"candidate": "Avery Sample", "client": "Example Works", "job": "Order 1"}
BLAKE = {**AVERY, "candidate": "Blake Sample"}


def counts(log: Any, ratio: str, unit: str = "Desk 01", **asked: Any) -> tuple[int, int]:
    """Upstream and downstream of one ratio of one unit."""
    one = line(log, ratio, unit, **asked)
    return one["upstream"], one["downstream"]


def line(log: Any, ratio: str, unit: str = "Desk 01", **asked: Any) -> dict[str, Any]:
    frame = ratios(log, **{**ASKED, **asked})
    (one,) = records(frame[(frame["ratio"] == ratio) & (frame["unit"] == unit)])
    return one


def total(log: Any, measure: str, **asked: Any) -> int:
    return int(tally(log, **{**ASKED, **asked})[measure].sum())
