"""Every rule on a few rows that can be checked by hand: events in, obligations out.

November 2026 begins on a Sunday, so the 2nd is a Monday and the 6th a Friday.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quality.obligation_rules import BY_NAME
from quality.obligations import obligations
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

DESK = "Desk 01"
AVERY = {"candidate": "Avery Sample"}
ORDER = {**AVERY, "client": "Example Works", "contact": "Casey Example", "job": "Order 1"}
Case = tuple[list[dict[str, Any]], date, list[tuple[str, str, str | None]]]


def at(when: str, activity: str, **fields: Any) -> dict[str, Any]:
    """A row of 2026 for Avery: ``11-02 09`` is nine o'clock on 2 November."""
    return row(f"2026-{when}:00", DESK, activity, **{"party": "candidate", **AVERY, **fields})


def told(found: Any) -> list[tuple[str, str, str | None]]:
    """Due date (with the hour where it is not the end of a day), status, and when it was fulfilled."""
    return [
        (_short(one.due_at), one.status, None if one.fulfilled_at is None else _short(one.fulfilled_at))
        for one in found.astype(object).where(found.notna(), None).itertuples()
    ]


def _short(moment: Any) -> str:
    return f"{moment:%m-%d}" if (moment.hour, moment.minute) == (23, 59) else f"{moment:%m-%d %H}"


CASES: dict[str, Case] = {
    "acknowledge_resume": (
        [
            at("11-05 09", "resume_received"),
            at("11-09 17", "touch", channel="email"),
            at("11-13 10", "resume_received"),
        ],
        date(2026, 11, 18),
        [("11-09", "kept", "11-09 17"), ("11-17", "overdue", None)],
    ),
    "weekly_promise": (
        [
            at("11-01 09", "recruiting_call"),
            at("11-02 09", "interview"),
            at("11-09 23", "recruiting_call"),
            at("11-18 10", "touch"),
        ],
        date(2026, 11, 20),
        [("11-09", "kept", "11-09 23"), ("11-16", "late", "11-18 10"), ("11-25", "open", None)],
    ),
    "validate_interview": (
        [at("11-06 09", "interview"), at("11-11 09", "recruiting_call")],
        date(2026, 11, 20),
        [("11-10", "late", "11-11 09")],
    ),
}


@pytest.mark.parametrize("name", BY_NAME)
def test_the_worked_example_of_a_rule(engine: Engine, name: str) -> None:
    rows, as_of, expected = CASES[name]
    found = obligations(engine(frame_of(rows)), as_of=as_of, rules=[BY_NAME[name]])
    assert told(found) == expected
