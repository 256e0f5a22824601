"""A rule that was changed: each version counts for its own time, and one that was switched off leaves nothing owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from quality.obligation_forms import Rule
from quality.obligation_rules import BY_NAME
from quality.obligations import obligations
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

AVERY = {"candidate": "Avery Sample", "party": "candidate"}
CLIENT = {"party": "client", "client": "Example Works", "contact": "Casey Example", "job": "Order 1"}
AS_OF = date(2026, 11, 20)
CHANGED = date(2026, 11, 9)


def at(when: str, activity: str, **fields: Any) -> dict[str, Any]:
    return row(f"2026-{when}:00", "Desk 01", activity, **fields)


def owed(engine: Engine, rows: list[dict[str, Any]], *versions: Rule, as_of: date = AS_OF) -> list[list[Any]]:
    """Due day, status and the day on which it stopped being owed."""
    found = obligations(engine(frame_of(rows)), as_of=as_of, rules=versions)
    closed = [None if day != day else f"{day:%m-%d}" for day in found["closed_at"]]
    return [[f"{due:%m-%d}", *rest] for due, *rest in zip(found["due_at"], found["status"], closed, strict=True)]


RECEIVED = [at(f"11-0{day} 09", "resume_received", **AVERY) for day in (5, 9)]


def test_each_version_takes_what_was_triggered_in_its_time(engine: Engine) -> None:
    rule = BY_NAME["acknowledge_resume"]
    versions = (replace(rule, until=CHANGED), replace(rule, since=CHANGED, number=4))
    assert owed(engine, RECEIVED, *versions) == [["11-09", "overdue", None], ["11-13", "overdue", None]]


def test_versions_that_wait_for_different_contacts_or_from_different_days_do_not_mix(engine: Engine) -> None:
    rule = BY_NAME["prep_candidate"]
    rows = [
        at("11-01 09", "prep", **AVERY),
        at("11-08 09", "send_out", **AVERY),
        at("11-10 09", "prep", party="candidate", candidate="Blake Sample"),
        at("11-16 09", "send_out", party="candidate", candidate="Blake Sample"),
    ]
    versions = (replace(rule, until=CHANGED), replace(rule, since=CHANGED, opens=3))
    assert [status for _, status, _ in owed(engine, rows, *versions)] == ["kept", "overdue"]


def test_a_rule_newly_switched_on_asks_for_nothing_that_was_due_before(engine: Engine) -> None:
    rule = replace(BY_NAME["acknowledge_resume"], due_since=date(2026, 11, 10))
    assert owed(engine, RECEIVED, rule) == [["11-11", "overdue", None]]


def test_what_a_rule_that_was_switched_off_left_undone_is_no_longer_owed(engine: Engine) -> None:
    rows = [
        *RECEIVED[:1],
        at("11-02 09", "resume_received", candidate="Blake Sample", party="candidate"),
        *RECEIVED[1:],
    ]
    off = replace(BY_NAME["acknowledge_resume"], until=CHANGED, ended=True)
    assert owed(engine, rows, off) == [["11-04", "overdue", "11-09"], ["11-09", "waived", "11-09"]]


def test_the_day_before_it_is_switched_off_a_rule_still_asks(engine: Engine) -> None:
    off = replace(BY_NAME["acknowledge_resume"], until=CHANGED, ended=True)
    assert owed(engine, RECEIVED, off, as_of=date(2026, 11, 8)) == [["11-09", "open", None]]


def test_what_ended_before_the_rule_did_keeps_its_own_end(engine: Engine) -> None:
    rows = [at("11-02 09", "interview", **AVERY), at("11-03 09", "rejected", **AVERY)]
    off = replace(BY_NAME["weekly_promise"], until=CHANGED, ended=True)
    assert owed(engine, rows, off) == [["11-09", "waived", "11-03"]]


def test_fridays_count_by_their_own_day(engine: Engine) -> None:
    rows = [at("10-19 09", "contract", **CLIENT)]
    rule = BY_NAME["friday_update"]
    before = replace(rule, until=date(2026, 11, 6), ended=True)
    assert [due for due, *_ in owed(engine, rows, before)] == ["10-23", "10-30"]
    assert [due for due, *_ in owed(engine, rows, replace(rule, since=date(2026, 11, 6)))] == [
        "11-06",
        "11-13",
        "11-20",
    ]
    assert [due for due, *_ in owed(engine, rows, replace(rule, due_since=date(2026, 11, 7)))] == ["11-13", "11-20"]


def test_a_version_that_never_was_in_force_owes_nothing(engine: Engine) -> None:
    rows = [*RECEIVED, at("10-19 09", "contract", **CLIENT)]
    never = [replace(BY_NAME[name], since=CHANGED, until=CHANGED) for name in ("acknowledge_resume", "friday_update")]
    assert owed(engine, rows, *never) == []
