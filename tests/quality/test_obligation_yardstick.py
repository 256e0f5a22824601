"""The query that what is owed is timed against finds the same obligations, so that the comparison is a fair one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import duckdb

from benchmarks import obligations_sql
from quality.obligation_rules import BY_NAME
from quality.obligations import obligations
from tests.quality.small_logs import frame_of

AS_OF = date(2026, 11, 20)
FIRST = datetime.fromisoformat("2026-06-01")
NAMES = (
    "resume_received", "recruiting_call", "recruiting_call", "touch", "touch", "interview", "send_out", "send_out",
    "prep", "prep", "debrief", "debrief", "offer_extended", "offer_accepted", "offer_declined", "start", "handoff",
    "rejected", "fill", "contract", "intake_call", "marketing_call", "presentation", "ticket_opened", "ticket_resolved",
)  # fmt: skip
OUTCOMES = {"send_out": ("held", "cancelled", "no_show", None), "marketing_call": ("interested", "not_interested")}


def activity(number: int, chance: Random) -> dict[str, Any]:
    """One activity at a moment of its own, up to a few days after the day that is asked for."""
    name = chance.choice(NAMES)
    at = FIRST + timedelta(days=chance.randint(0, 180), minutes=number)
    return {
        "activity_id": f"{(number * 7919) % 100_000:05d}",
        "occurred_at": at,
        "desk": "Desk 01",
        "activity": name,
        "party": chance.choice(("candidate", "client", None)),
        "outcome": chance.choice(OUTCOMES.get(name, (None,))),
        "candidate": chance.choice((*(f"Candidate {one:02d}" for one in range(12)), None)),
        "job": chance.choice(("Order 1", "Order 2", None)),
        "client": chance.choice(("Example Works", "Example Labs", None)),
        "contact": chance.choice(("Casey Example", "Drew Example", None)),
        "channel": chance.choice((None, "auto")) if name == "touch" else None,
        "ref": chance.choice(("T1", "T2", None)) if name.startswith("ticket") else None,
        "assignee": chance.choice(("Care Desk", "Support Desk", None)) if name == "handoff" else None,
        "due_on": at.replace(hour=0, minute=0) + timedelta(days=9) if chance.random() < 0.1 else None,
    }


def test_the_yardstick_finds_the_same_obligations() -> None:
    chance = Random(20261120)
    log = frame_of([activity(number, chance) for number in range(1200)])
    rules = [BY_NAME[name] for name in obligations_sql.NAMES]
    found = obligations(log, as_of=AS_OF, rules=rules).sort_values(["due_at", "rule", "trigger_id"], ignore_index=True)
    with duckdb.connect() as connection:
        by_hand = obligations_sql.owed(connection, connection.from_df(log), AS_OF)
    assert set(found["rule"]) == set(obligations_sql.NAMES)
    columns = ["rule", "trigger_id", "due_at"]
    assert by_hand[columns].to_numpy().tolist() == found[columns].to_numpy().tolist()
    kept = found["status"].isin(["kept", "late"])
    assert kept.sum() > 100
    assert by_hand.loc[kept, "fulfilled_by"].tolist() == found.loc[kept, "fulfilled_by"].tolist()
    assert by_hand.loc[~kept & (found["status"] != "waived"), "fulfilled_at"].isna().all()
