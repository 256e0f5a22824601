"""What a row of the log is to the rules of follow-up, in plain Python, for `owed_by_hand`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

Row = dict[str, Any]
#: rule, trigger, due, status, fulfilled at, fulfilled by
Owed = tuple[str, str, datetime, str, datetime | None, str | None]

DAY = timedelta(days=1)
NEVER = datetime.fromisoformat("2999-01-01")
TO_CANDIDATE = ("recruiting_call", "interview", "feedback")
TO_CLIENT = ("marketing_call", "presentation", "intake_call")
TO_EITHER = ("conversation", "prep", "debrief", "status_update", "touch", "discovery")
STEPS = ("interview", "presentation", "send_out", "offer_extended", "offer_accepted")
RESETS = ("fill", "offer_declined", "do_not_contact")
NOT_HELD = ("cancelled", "no_show", "rescheduled")
SPELLS = ("offer_accepted", "start", "extension", "end", "offer_declined")


def side(row: Row) -> str:
    if row["activity"] in TO_CANDIDATE:
        return "candidate"
    if row["activity"] in TO_CLIENT:
        return "client"
    return row["party"] or ("candidate" if row["candidate"] is not None else "client")


def reaches(row: Row, party: str) -> bool:
    is_contact = row["activity"] in (*TO_CANDIDATE, *TO_CLIENT, *TO_EITHER) and row["channel"] != "auto"
    return is_contact and side(row) == party


def person(row: Row, party: str) -> str | None:
    return row["candidate"] if party == "candidate" else row["contact"] or row["client"]


def place(row: Row) -> str:
    return row["job"] or row["client"] or ""


def planned(row: Row) -> date | None:
    """The planned end a row agrees on; one before the row's own day is none."""
    is_one = row["planned_end"] is not None and row["planned_end"].date() >= row["occurred_at"].date()
    return row["planned_end"].date() if is_one else None


def in_order(row: Row) -> tuple[datetime, str]:
    return (row["occurred_at"], row["activity_id"])


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


def business_days_after(day: date, number: int) -> date:
    while number:
        day += DAY
        number -= day.weekday() < 5
    return day


def called_off(rule: str, row: Row) -> bool:
    """Whether a row owes nothing for what became of it."""
    if row["activity"] == "marketing_call":
        return row["outcome"] not in ("interested", "call_back")
    return rule.startswith("debrief") and row["outcome"] in NOT_HELD


def to_candidate(one: Row) -> bool:
    return reaches(one, "candidate")


def to_client(one: Row) -> bool:
    return reaches(one, "client")


def is_a(*names: str, party: str | None = None) -> Callable[[Row], bool]:
    return lambda one: one["activity"] in names and party in (None, side(one)) and one["channel"] != "auto"


def is_support(desk: str | None) -> bool:
    """Whether the name of a desk says that it works for support."""
    return "support" in (desk or "").lower().split()


def to_care(one: Row) -> bool:
    """A hand-off, but none to support."""
    return is_a("handoff")(one) and not is_support(one["assignee"])


def begun_with_care(one: Row) -> bool:
    """A hand-off to care after the start: none by support or about a ticket, which give somebody back."""
    return to_care(one) and not is_support(one["desk"]) and not one["ref"]


def with_reason(one: Row) -> bool:
    return bool(one["outcome"] or one["notes"])


def answered(one: Row) -> bool:
    return is_a("offer_declined")(one) and with_reason(one)


def told(row: Row) -> Callable[[Row], bool]:
    """What tells the candidate of a rejection why: where the rejection does not say it, the feedback has to."""
    return lambda one: is_a("feedback")(one) and (bool(row["outcome"]) or with_reason(one))
