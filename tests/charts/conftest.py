from __future__ import annotations

import pandas as pd
import pytest

from charts.words import Words


@pytest.fixture
def words() -> Words:
    return Words("Send-out to fill", ("send-out", "send-outs"), ("fill", "fills"))


@pytest.fixture
def frame() -> pd.DataFrame:
    """One desk over four months against 6 : 1: a ratio, no fill, a ratio over the standard, a month still running."""
    return months("Desk 01", [(12, 3), (5, 0), (14, 2), (6, 1)])


@pytest.fixture
def two_desks(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame, months("Desk 02", [(8, 2), (8, 2), (8, 2), (8, 2)])], ignore_index=True)


def months(unit: str, counts: list[tuple[int, int]]) -> pd.DataFrame:
    starts = pd.date_range("2026-08-01", periods=len(counts), freq="MS")
    rows = [
        {
            "unit": unit,
            "period": f"{start:%Y-%m}",
            "period_start": start,
            "upstream": upstream,
            "downstream": downstream,
            "value": upstream / downstream if downstream else None,
            "low": upstream / (downstream + 1),
            "high": upstream / (downstream - 1) if downstream > 1 else None,
            "standard": 6.0,
            "closed": start != starts[-1],
            "there": True,
        }
        for start, (upstream, downstream) in zip(starts, counts, strict=True)
    ]
    return pd.DataFrame(rows)
