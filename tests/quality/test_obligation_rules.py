"""Every rule on a few rows that can be checked by hand: events in, obligations out.

November 2026 begins on a Sunday, so the 2nd is a Monday and the 6th a Friday.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
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
    desk = fields.pop("desk", DESK)
    return row(f"2026-{when}:00", desk, activity, **{"party": "candidate", **AVERY, **fields})


def on(day: str) -> datetime:
    """A day of 2026."""
    return datetime.fromisoformat(f"2026-{day}")


def client(when: str, activity: str, **fields: Any) -> dict[str, Any]:
    """A row about the client of Avery's order, with its hiring manager."""
    about = {"candidate": None, "client": "Example Works", "contact": "Casey Example", "job": "Order 1"}
    return at(when, activity, **{"party": "client", **about, **fields})


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
    "prep_candidate": (
        [
            at("11-01 09", "prep", **ORDER),
            at("11-03 09", "prep", **ORDER, party="client"),
            at("11-10 10", "send_out", **ORDER),
            at("11-10 15", "prep", **ORDER),
            at("11-25 11", "send_out", **ORDER),
            at("12-03 09", "send_out", **ORDER),
            at("12-05 09", "send_out", **{**ORDER, "job": "Order 2"}),
        ],
        date(2026, 11, 20),
        [("11-10 10", "kept", "11-01 09"), ("11-25 11", "open", None)],
    ),
    "prep_client": (
        [
            at("11-03 09", "prep", **ORDER),
            at("11-10 10", "send_out", **ORDER, outcome="held"),
            at("11-11 10", "send_out", **ORDER, outcome="rescheduled"),
            at("11-12 10", "send_out", **ORDER, outcome="cancelled"),
            at("11-13 08", "prep", **ORDER, party="client"),
            at("11-13 10", "send_out", **ORDER),
        ],
        date(2026, 11, 20),
        [
            ("11-10 10", "overdue", None),
            ("11-11 10", "waived", None),
            ("11-12 10", "waived", None),
            ("11-13 10", "kept", "11-13 08"),
        ],
    ),
    "debrief_candidate": (
        [
            at("11-06 10", "send_out", **ORDER),
            at("11-09 18", "debrief", **ORDER),
            at("11-11 10", "send_out", **ORDER, outcome="no_show"),
            at("11-12 10", "send_out", **ORDER, outcome="cancelled"),
            at("11-25 10", "send_out", **ORDER),
        ],
        date(2026, 11, 20),
        [("11-09", "kept", "11-09 18")],
    ),
    "debrief_client": (
        [
            at("11-09 10", "send_out", **ORDER),
            at("11-10 09", "debrief", **ORDER),
            at("11-11 09", "debrief", **ORDER, party="client"),
            at("11-19 10", "send_out", **{**ORDER, "job": "Order 2"}),
        ],
        date(2026, 11, 19),
        [("11-10", "late", "11-11 09"), ("11-20", "open", None)],
    ),
    "after_offer_candidate": (
        [
            at("11-06 10", "offer_extended", **ORDER),
            client("11-06 11", "touch", channel="call"),
            at("11-09 10", "recruiting_call"),
        ],
        date(2026, 11, 20),
        [("11-09", "kept", "11-09 10")],
    ),
    "after_offer_client": (
        [at("11-06 10", "offer_extended", **ORDER), at("11-06 11", "recruiting_call"), client("11-10 09", "touch")],
        date(2026, 11, 20),
        [("11-09", "late", "11-10 09")],
    ),
    "close_loop": (
        [
            at("11-02 10", "rejected", **ORDER, outcome="not_qualified"),
            at("11-05 10", "feedback", **ORDER),
            at("11-09 10", "rejected", **{**ORDER, "job": "Order 2"}),
            at("11-10 10", "feedback", **{**ORDER, "job": "Order 2"}),
            at("11-13 10", "feedback", **{**ORDER, "job": "Order 2"}, notes="Somebody with more years"),
        ],
        date(2026, 11, 20),
        [("11-05", "kept", "11-05 10"), ("11-12", "late", "11-13 10")],
    ),
    "do_what_you_said": (
        [
            at("11-02 10", "note", due_on=on("11-06")),
            at("11-06 15", "recruiting_call", due_on=on("11-04")),
            client("11-09 10", "marketing_call", due_on=on("11-11")),
            client("11-12 10", "touch", due_on=on("11-30")),
        ],
        date(2026, 11, 20),
        [
            ("11-06", "kept", "11-06 15"),
            ("11-06", "overdue", None),
            ("11-11", "late", "11-12 10"),
            ("11-30", "open", None),
        ],
    ),
    "after_marketing": (
        [
            client("11-02 10", "marketing_call", outcome="not_interested"),
            client("11-03 10", "marketing_call", outcome="call_back"),
            at("11-10 10", "presentation", **ORDER),
        ],
        date(2026, 11, 18),
        [("11-10", "kept", "11-10 10"), ("11-17", "overdue", None)],
    ),
    "after_job_order": (
        [
            client("11-05 10", "contract"),
            client("11-06 10", "touch", channel="auto"),
            client("11-09 10", "intake_call"),
        ],
        date(2026, 11, 18),
        [("11-06", "late", "11-09 10")],
    ),
    "after_intake": (
        [
            client("11-05 10", "intake_call"),
            client("11-06 10", "touch", contact="Drew Example"),
            client("11-09 10", "touch", contact=None),
        ],
        date(2026, 11, 18),
        [("11-09", "kept", "11-09 10")],
    ),
    "friday_update": (
        [
            client("11-03 10", "contract", quantity=2.0),
            client("11-05 10", "status_update"),
            client("11-14 10", "touch"),
            at("11-16 10", "fill", **ORDER),
            client("11-25 10", "contract_closed", outcome="lost"),
        ],
        date(2026, 11, 30),
        [("11-06", "kept", "11-05 10"), ("11-13", "overdue", None), ("11-20", "overdue", None)],
    ),
    "touch_after_decision": (
        [
            at("11-05 10", "offer_accepted", **ORDER),
            at("11-09 10", "recruiting_call"),
            at("11-10 10", "offer_declined", **ORDER),
        ],
        date(2026, 11, 18),
        [("11-09", "kept", "11-09 10"), ("11-12", "overdue", None)],
    ),
    "touch_to_start": (
        [
            at("11-02 10", "offer_accepted", **ORDER),
            at("11-09 10", "touch"),
            at("11-17 10", "touch"),
            at("11-20 08", "start", **ORDER),
        ],
        date(2026, 11, 30),
        [("11-09", "kept", "11-09 10"), ("11-16", "late", "11-17 10"), ("11-24", "waived", None)],
    ),
    "touch_120": (
        [
            at("10-05 08", "start", **ORDER),
            at("10-19 10", "touch"),
            at("11-10 10", "touch"),
        ],
        date(2026, 11, 20),
        [("10-19", "kept", "10-19 10"), ("11-02", "late", "11-10 10"), ("11-24", "open", None)],
    ),
    "touch_contract": (
        [
            at("08-03 08", "start", **ORDER),
            at("11-30 10", "touch"),
            at("12-01 10", "touch"),
            at("12-20 10", "touch"),
            at("12-31 17", "end", **ORDER, outcome="completed"),
        ],
        date(2026, 12, 31),
        [("12-31", "kept", "12-20 10"), ("01-19", "waived", None)],
    ),
    "onsite_thanks": (
        [at("08-03 08", "start", **ORDER), at("10-30 10", "touch", channel="onsite"), at("11-01 10", "touch")],
        date(2026, 11, 30),
        [("11-01", "kept", "10-30 10"), ("01-28", "open", None)],
    ),
    "redeploy_45": (
        [
            at("08-03 08", "start", **ORDER, planned_end=on("12-31")),
            at("11-01 10", "touch"),
            at("11-02 10", "touch"),
        ],
        date(2026, 11, 20),
        [("11-16", "kept", "11-02 10")],
    ),
    "redeploy_30": (
        [
            at("08-03 08", "start", **ORDER, planned_end=on("12-18")),
            at("11-10 10", "extension", **ORDER, planned_end=on("12-20")),
            at("11-12 10", "extension", **ORDER, planned_end=on("12-30")),
        ],
        date(2026, 12, 2),
        [("11-18", "waived", None), ("11-20", "waived", None), ("11-30", "overdue", None)],
    ),
    "why_declined": (
        [
            at("11-02 10", "offer_declined", **ORDER, outcome="pay"),
            at("11-03 10", "offer_declined", **{**ORDER, "job": "Order 2"}),
        ],
        date(2026, 11, 18),
        [("11-09", "kept", "11-02 10"), ("11-10", "overdue", None)],
    ),
    "declined_6_months": (
        [
            at("01-01 10", "offer_declined", **ORDER),
            at("01-02 10", "contact_consent"),
            at("05-30 10", "touch"),
            at("06-01 10", "touch"),
        ],
        date(2026, 8, 1),
        [("07-30", "kept", "06-01 10")],
    ),
    "declined_18_months": (
        [
            row("2025-01-01 10:00", DESK, "offer_declined", party="candidate", **ORDER),
            at("01-02 10", "contact_consent"),
            at("06-01 10", "touch", channel="call"),
        ],
        date(2026, 8, 1),
        [("08-14", "open", None)],
    ),
    "handoff_to_care": (
        [
            at("11-02 08", "start", **ORDER),
            at("11-04 10", "handoff", **ORDER, assignee="Support Desk"),
            at("11-05 10", "handoff", **ORDER, assignee="Desk 90", desk="Support Desk"),
            at("11-06 10", "handoff", **ORDER, assignee="Desk 90", ref="T1"),
            at("11-10 10", "handoff", **ORDER, assignee="Desk 90"),
            at("11-10 08", "start", candidate="Avery Sample", job="Order 8"),
            at("11-16 17", "end", candidate="Avery Sample", job="Order 8", outcome="completed"),
        ],
        date(2026, 11, 18),
        [("11-09", "late", "11-10 10"), ("11-17", "waived", None)],
    ),
    "care_before_day_45": (
        [
            at("09-01 08", "start", **ORDER),
            at("09-02 08", "handoff", **ORDER, assignee="Desk 90"),
            at("09-03 08", "handoff", **ORDER, assignee="Support Desk"),
            at("09-10 10", "touch"),
            at("09-12 10", "touch", desk="Support Desk"),
            at("10-20 10", "touch", desk="Desk 90"),
        ],
        date(2026, 11, 18),
        [("10-16", "late", "10-20 10")],
    ),
    "ticket_answered": (
        [
            at("11-02 10", "ticket_opened", ref="T1"),
            at("11-03 10", "ticket_resolved", ref="T2"),
            at("11-04 10", "ticket_resolved", ref="T1"),
            at("11-05 10", "ticket_opened"),
        ],
        date(2026, 11, 18),
        [("11-04", "kept", "11-04 10")],
    ),
}


@pytest.mark.parametrize("name", BY_NAME)
def test_the_worked_example_of_a_rule(engine: Engine, name: str) -> None:
    rows, as_of, expected = CASES[name]
    found = obligations(engine(frame_of(rows)), as_of=as_of, rules=[replace(BY_NAME[name], on=True)])
    assert told(found) == expected
