"""A firm small enough to count by eye: four desks in two teams, all of it before 23 November 2026."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pandas as pd
import stored

TODAY = date(2026, 11, 23)

#: A desk whose name tries to be an image, a formula of two kinds and a colour.
HOSTILE = "![x](http://127.0.0.1/x.png) $a$ :red[b] =1+1"

#: Desk, activity, how many, first day (one a day from there on).
_COUNTS = (
    ("Desk 01", "send_out", 12, "2026-09-01"),
    ("Desk 01", "fill", 3, "2026-10-01"),
    ("Desk 01", "marketing_call", 10, "2026-09-01"),
    ("Desk 01", "contract", 2, "2026-09-05"),
    ("Desk 02", "send_out", 5, "2026-11-01"),
    (HOSTILE, "send_out", 9, "2026-10-10"),
    (HOSTILE, "fill", 1, "2026-10-30"),
    ("Desk 04", "send_out", 2, "2026-03-03"),
)

ROSTER = f"desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n{HOSTILE},South,,\nDesk 04,South,,\n"


def log_csv() -> str:
    """The log as a file in our own layout; the first fill of Desk 01 falls off eleven days after its start."""
    rows = [_row(*line, number) for line in _COUNTS for number in range(line[2])]
    rows += [
        ("2026-10-05 09:00", "Desk 01", "start", "Desk 01 candidate 0", "Example Job", ""),
        ("2026-10-16 17:00", "Desk 01", "end", "Desk 01 candidate 0", "Example Job", "quit"),
    ]
    out = StringIO()
    pd.DataFrame(rows, columns=["occurred_at", "desk", "activity", "candidate", "job", "outcome"]).to_csv(
        out, index=False
    )
    return out.getvalue()


def _row(desk: str, activity: str, _many: int, first: str, number: int) -> tuple[str, ...]:
    day = pd.Timestamp(first) + pd.Timedelta(days=number)
    person = "" if activity in ("marketing_call", "contract") else f"{desk} candidate {number}"
    return f"{day:%Y-%m-%d} 10:00", desk, activity, person, "Example Job", ""


def store_firm() -> None:
    """Reads and stores both files as the upload page would."""
    files = {"log.csv": log_csv(), "teams.csv": ROSTER}
    stored.store(files)
