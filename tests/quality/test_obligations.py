"""The engine of obligations on logs made at random: it equals the slow way, and moves as its log moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quality.obligation_rules import RULES
from quality.obligations import obligations
from tests.quality import owed_by_hand
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of

FIRST_DAY = datetime.fromisoformat("2026-01-05")
EVERY_RULE = tuple(replace(rule, on=True) for rule in RULES)
#: One rule of each kind, for what holds whatever the rule is.
SOME = tuple(
    rule
    for rule in RULES
    if rule.name in ("weekly_promise", "prep_client", "after_marketing", "friday_update", "touch_120")
)
#: Everything there is, whenever it was due.
ALWAYS = {"start": date(2025, 1, 1), "end": date(2030, 1, 1)}
OUTCOMES = {
    "send_out": ["held", "cancelled", "no_show", "rescheduled", None],
    "marketing_call": ["interested", "call_back", "not_interested"],
    "rejected": ["not_qualified", None],
    "offer_declined": ["pay", None],
    "end": ["quit", "completed"],
}
STEPS = sorted(
    {trigger.activity for rule in RULES for trigger in rule.triggers if trigger.activity not in ("contact", "any")}
    | {name for rule in RULES for name in rule.fulfilled_by.activities if name != "contact"}
    | {"recruiting_call", "touch", "status_update", "fill", "contract_closed", "end", "do_not_contact"}
    | {"contact_consent", "note"}
)


@st.composite
def activities(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from([*STEPS, "touch", "touch", "interview", "send_out", "prep", "debrief"]))
    at = FIRST_DAY + timedelta(days=draw(st.integers(0, 260)), hours=draw(st.sampled_from([0, 9, 23])))
    promised = draw(st.sampled_from([None] * 8 + [-3, 4, 20]))
    planned = draw(st.sampled_from([None, -5, 40, 70, 200])) if name in ("start", "extension") else None
    return {
        "occurred_at": at,
        "desk": draw(st.sampled_from(["Desk 01", "Desk 02", "Support Desk"])),
        "activity": name,
        "party": draw(st.sampled_from(["candidate", "client", None])),
        "outcome": draw(st.sampled_from(OUTCOMES.get(name, [None]))),
        "candidate": draw(st.sampled_from(["Avery Sample", "Avery Sample", "Blake Sample", None])),
        "job": draw(st.sampled_from(["Order 1", "Order 1", "Order 2", None])),
        "client": draw(st.sampled_from(["Example Works", "example works", "Example Labs", None])),
        "contact": draw(st.sampled_from(["Casey Example", "Drew Example", None, None])),
        "channel": draw(st.sampled_from([None, "call", "auto", "onsite", "lunch"])) if name == "touch" else None,
        "ref": draw(st.sampled_from(["T1", "T2", None])) if name.startswith("ticket") else _handed(draw, name),
        "assignee": draw(st.sampled_from(["Desk 02", "Support Desk", None])) if name == "handoff" else None,
        "quantity": draw(st.sampled_from([None, 2.0])) if name == "contract" else None,
        "notes": draw(st.sampled_from([None, "Wanted more days at home"])),
        "due_on": None if promised is None else _midnight(at) + timedelta(days=promised),
        "planned_end": None if planned is None else _midnight(at) + timedelta(days=planned),
    }


def _handed(draw: st.DrawFn, name: str) -> str | None:
    """A hand-off may be about a ticket."""
    return draw(st.sampled_from(["T1", None, None])) if name == "handoff" else None


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0)


def with_ids(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ids that do not follow the order of the rows, so that the order of time has to decide."""
    return [{**row, "activity_id": f"{(number * 7919) % 1000:04d}"} for number, row in enumerate(rows)]


LOGS = st.lists(activities(), min_size=40, max_size=100).map(with_ids)
DAYS = st.dates(date(2026, 1, 10), date(2026, 10, 20))
MANY = settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(MANY, max_examples=2)


def owed(engine: Engine, rows: list[dict[str, Any]], as_of: date, rules: Any = SOME) -> pd.DataFrame:
    return obligations(engine(frame_of(rows)), as_of=as_of, rules=rules, **ALWAYS)


def as_tuples(found: pd.DataFrame) -> list[owed_by_hand.Owed]:
    columns = ["rule", "trigger_id", "due_at", "status", "fulfilled_at", "fulfilled_by"]
    held = found[columns].astype(object).where(found[columns].notna(), None)
    return in_order(held.itertuples(index=False, name=None))


def in_order(found: Iterable[owed_by_hand.Owed]) -> list[owed_by_hand.Owed]:
    """By rule, trigger and moment; moments of different types are alike when they are the same."""
    return sorted(found, key=lambda one: (one[0], one[1], pd.Timestamp(one[2])))


@MANY
@given(rows=LOGS, as_of=DAYS)
def test_what_is_owed_equals_what_is_worked_out_by_hand(
    engine: Engine, rows: list[dict[str, Any]], as_of: date
) -> None:
    assert as_tuples(owed(engine, rows, as_of, EVERY_RULE)) == in_order(owed_by_hand.Firm(rows, as_of).all())


@FEW
@given(rows=LOGS, as_of=DAYS)
def test_strangers_change_nothing(engine: Engine, rows: list[dict[str, Any]], as_of: date) -> None:
    alone = as_tuples(owed(engine, rows, as_of))
    together = as_tuples(owed(engine, [*rows, *(elsewhere(row) for row in rows)], as_of))
    assert [one for one in together if not one[1].startswith("other")] == alone


def elsewhere(row: dict[str, Any]) -> dict[str, Any]:
    """The same activity with other people, orders, tickets and desks."""
    names = ("candidate", "job", "client", "contact", "ref", "desk")
    others = {name: row[name] and f"other {row[name]}" for name in names}
    return {**row, **others, "assignee": None, "activity_id": f"other {row['activity_id']}"}


@FEW
@given(rows=LOGS, as_of=DAYS, weeks=st.integers(1, 60))
def test_whole_weeks_later_the_same_is_owed_whole_weeks_later(
    engine: Engine, rows: list[dict[str, Any]], as_of: date, weeks: int
) -> None:
    later = timedelta(weeks=weeks)
    moved = [
        {name: value + later if isinstance(value, datetime) else value for name, value in row.items()} for row in rows
    ]
    expected = [
        (rule, trigger, due + later, status, at and at + later, by)
        for rule, trigger, due, status, at, by in as_tuples(owed(engine, rows, as_of))
    ]
    assert as_tuples(owed(engine, moved, as_of + later)) == in_order(expected)


@FEW
@given(rows=LOGS, as_of=DAYS, data=st.data())
def test_the_order_of_the_rows_does_not_matter(
    engine: Engine, rows: list[dict[str, Any]], as_of: date, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(rows))
    pd.testing.assert_frame_equal(owed(engine, mixed, as_of), owed(engine, rows, as_of))


@FEW
@given(rows=LOGS, as_of=DAYS)
def test_what_happens_after_a_day_changes_nothing_of_what_was_owed_on_it(
    engine: Engine, rows: list[dict[str, Any]], as_of: date
) -> None:
    booked = ("send_out",)  # what is booked is known before it happens
    known = [row for row in rows if row["occurred_at"].date() <= as_of or row["activity"] in booked]
    pd.testing.assert_frame_equal(owed(engine, rows, as_of), owed(engine, known, as_of))
