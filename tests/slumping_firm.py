"""A firm over sixty weeks up to 22 November 2026: one desk whose hits fall to a third, two that stay as they are."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pandas as pd
import stored

TODAY = date(2026, 11, 24)
WEEKS, FALL = 60, 45
CALLS, HITS, FEW = 40, 12, 4
FIRST = pd.Timestamp(TODAY) - pd.Timedelta(weeks=WEEKS, days=1)
#: The first Monday of the slump.
FELL_ON = (FIRST + pd.Timedelta(weeks=FALL)).date()
DESKS = ("Desk 01", "Desk 02", "Desk 03")


def log_csv() -> str:
    rows = [line for desk in DESKS for week in range(WEEKS) for line in _week(desk, week)]
    rows += [(f"{TODAY:%Y-%m-%d} 09:{number:02d}", "Desk 01", "recruiting_call") for number in range(5)]
    out = StringIO()
    pd.DataFrame(rows, columns=["occurred_at", "desk", "activity"]).to_csv(out, index=False)
    return out.getvalue()


def _week(desk: str, week: int) -> list[tuple[str, str, str]]:
    day = FIRST + pd.Timedelta(weeks=week)
    hits = FEW if desk == "Desk 01" and week >= FALL else HITS
    # Two calls more and two fewer in turn: a volume that never varies has no limits.
    calls = CALLS + 2 * (-1) ** week
    return [
        (f"{day + pd.Timedelta(days=number % 5):%Y-%m-%d} {9 + number % 8}:{number:02d}", desk, activity)
        for activity, many in (("recruiting_call", calls), ("hit", hits))
        for number in range(many)
    ]


def store_firm() -> None:
    files = {
        "log.csv": log_csv(),
        "teams.csv": "desk,team,from,to\nDesk 01,North,,\nDesk 02,North,,\nDesk 03,South,,\n",
    }
    stored.store(files, TODAY)
