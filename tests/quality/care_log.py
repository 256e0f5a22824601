"""Lines of a log about contractors on Monday 23 November 2026, for the tests of care."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.quality.small_logs import row

AS_OF = date(2026, 11, 23)
AVERY, BLAKE = "Avery Sample", "Blake Sample"
CLIENT, JOB = "Example Works", "Job 1"


def told(when: str, activity: str, who: str = AVERY, **fields: Any) -> dict[str, Any]:
    """A row about a contractor, by default of the job and client of every assignment here."""
    held = {"candidate": who, "client": CLIENT, "job": JOB, "party": "candidate", **fields}
    return row(f"{when} 09:00" if len(when) == 10 else when, "Desk 01", activity, **held)


def started(when: str, who: str = AVERY, **fields: Any) -> dict[str, Any]:
    return told(when, "start", who, **fields)


def touched(when: str, who: str = AVERY, **fields: Any) -> dict[str, Any]:
    return told(when, "touch", who, channel="call", **fields)


def quiet(who: str = AVERY) -> list[dict[str, Any]]:
    """Somebody past the first 45 days, with a referral, met three days ago: nothing to say about them."""
    return [
        started("2026-08-03", who),
        told("2026-09-01", "referral", who),
        touched("2026-11-20", who),
    ]
