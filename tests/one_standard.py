"""One minimum standard, kept the way the pages keep many."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from store import History


def save_standard(
    history: History,
    ratio: str,
    standard: float | None,
    *,
    effective_from: date,
    now: datetime | None = None,
    **more: str,
) -> None:
    """What ``more`` may say: per, level, name. A standard that is missing ends what stood before."""
    line = {"ratio": ratio, "standard": standard, "effective_from": effective_from, **more}
    history.save_standards(pd.DataFrame([line]), now=now)
