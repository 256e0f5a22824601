"""Contractors handed to care before the first day: the hand-off is made, in time, on its real day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from quality.assignments import assignments
from quality.handoffs import RULE, account_to_care, moves, to_care
from quality.obligation_rules import BY_NAME, HANDED_AHEAD
from quality.obligations import obligations
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

TODAY = date(2026, 11, 23)
WHERE = {"candidate": "Avery Sample", "client": "Example Works", "job": "Welder"}


def step(when: str, activity: str, desk: str = "Desk 01", **more: Any) -> dict[str, Any]:
    """A step on a day of 2026 at 9 o'clock; the start is on Mon 2 Nov, so its hand-off is due by Mon 9 Nov."""
    return row(f"2026-{when} 09:00", desk, activity, **WHERE | more)


def handed(when: str, desk: str = "Desk 01", **more: Any) -> dict[str, Any]:
    return step(when, "handoff", desk, **{"party": "candidate", "assignee": "Care Desk", **more})


START = step("11-02", "start")


def owed(engine: Engine, *rows: dict[str, Any], **more: Any) -> list[tuple[str, str | None]]:
    """The status of what each start owes, and the day it was done on."""
    found = obligations(engine(frame_of(list(rows))), as_of=TODAY, **{"rules": [BY_NAME[RULE]], **more})
    done = found["fulfilled_at"].dt.strftime("%m-%d").astype(object)
    return list(zip(found["status"], done.where(done.notna(), None), strict=True))


def test_a_hand_off_before_the_start_is_made_in_time_on_its_own_day(engine: Engine) -> None:
    rows = [step("10-20", "offer_accepted"), handed("10-22"), START]
    assert owed(engine, *rows) == [("kept", "10-22")]
    found = obligations(engine(frame_of(rows)), as_of=TODAY, rules=[BY_NAME[RULE]])
    assert found["why"].tolist() == [
        "Start on Mon 2 Nov 2026: the hand-off to contractor care was due by Mon 9 Nov 2026; done on Thu 22 Oct 2026."
    ]


def test_it_counts_from_thirty_days_before_the_day_of_the_start(engine: Engine) -> None:
    assert HANDED_AHEAD == 30
    assert owed(engine, handed("10-03"), START) == [("kept", "10-03")]
    assert owed(engine, handed("10-02"), START) == [("overdue", None)]
    assert owed(engine, handed("10-02"), START, handed("11-10")) == [("late", "11-10")]


def test_the_first_of_two_hand_offs_is_the_one_that_counts(engine: Engine) -> None:
    assert owed(engine, handed("10-22"), START, handed("11-12")) == [("kept", "10-22")]


def test_it_is_of_that_job_and_no_other_and_none_of_support(engine: Engine) -> None:
    assert owed(engine, handed("10-22", job=None), START) == [("kept", "10-22")]
    assert owed(engine, handed("10-22", job="Fitter"), START) == [("overdue", None)]
    assert owed(engine, handed("10-22", candidate="Blake Sample"), START) == [("overdue", None)]
    assert owed(engine, handed("10-22", assignee="Support Desk"), START) == [("overdue", None)]
    assert owed(engine, handed("10-22", ref="T1"), START) == [("overdue", None)]


def test_what_was_handed_over_for_an_assignment_that_is_over_was_for_that_one(engine: Engine) -> None:
    first = [step("10-05", "start"), handed("10-07"), step("10-23", "end", outcome="completed")]
    assert owed(engine, *first, START) == [("kept", "10-07"), ("overdue", None)]
    assert owed(engine, *first, handed("10-26"), START) == [("kept", "10-07"), ("kept", "10-26")]
    elsewhere = [one | {"job": "Fitter"} for one in first]
    assert owed(engine, *elsewhere, handed("10-21"), START) == [("kept", "10-07"), ("kept", "10-21")]


def test_a_start_that_is_told_twice_is_handed_over_once(engine: Engine) -> None:
    assert owed(engine, handed("10-22"), START, step("11-04", "start")) == [("kept", "10-22"), ("kept", "10-22")]


def test_it_is_owed_while_the_assignment_runs_as_any_other(engine: Engine) -> None:
    over = step("11-05", "end", outcome="completed")
    assert owed(engine, START, over) == [("waived", None)]
    assert owed(engine, handed("10-22"), START, over) == [("kept", "10-22")]
    planned = step("11-02", "start", planned_end=date(2026, 12, 18))
    assert owed(engine, handed("10-22"), planned) == [("kept", "10-22")]


def test_what_is_asked_for_some_days_holds_hand_offs_made_long_before_them(engine: Engine) -> None:
    days = {"start": date(2026, 11, 9), "end": date(2026, 11, 9)}
    assert owed(engine, handed("10-03"), START, **days) == [("kept", "10-03")]
    assert owed(engine, handed("10-03"), START, start=date(2026, 11, 10), end=TODAY) == []


def test_with_a_rule_that_was_changed_it_counts_as_long_before(engine: Engine) -> None:
    rule = BY_NAME[RULE]
    versions = [replace(rule, until=date(2026, 11, 2)), replace(rule, since=date(2026, 11, 2), number=10)]
    rows = [handed("10-22"), START]
    assert owed(engine, *rows, rules=versions) == [("kept", "10-22")]


def test_whoever_owns_the_care_has_it_by_the_hand_off_that_counts(engine: Engine) -> None:
    log = engine(frame_of([handed("10-22"), START]))
    assert assignments(log, as_of=TODAY).rows["care_owner"].tolist() == ["Care Desk"]
    long_before = engine(frame_of([handed("10-02"), START]))
    assert assignments(long_before, as_of=TODAY).rows["care_owner"].tolist() == [None]


def test_the_desk_that_won_the_order_hands_over_as_long_before(engine: Engine) -> None:
    order = step("09-01", "contract", "Desk 02", candidate=None, party="client")
    for when, status in (("10-03", "kept"), ("10-02", "overdue")):
        log = engine(frame_of([order, handed(when, "Desk 02"), START]))
        made = moves(log, as_of=TODAY)
        starts = to_care(obligations(log, as_of=TODAY, rules=[BY_NAME[RULE]]), made)
        assert starts["status"].tolist() == [status]
        assert account_to_care(starts, made, log, as_of=TODAY)["status"].tolist() == [status]
