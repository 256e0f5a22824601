"""A client in capitals, or with a blank at the end, is the same client wherever contractors are counted by client."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quality import hours
from quality.assignments import assignments
from quality.care import care
from quality.handoffs import account_to_care, moves, to_care
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import obligations
from quality.referrals import counted, referrals
from quality.retention import grouped, watched
from quality.support import tickets
from quality.support_counts import by_topic, repeats
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

#: A Monday.
TODAY = date(2026, 11, 23)
USUAL, CAPITALS, BLANK = "Example Works", "EXAMPLE WORKS", "Example  works "
SPELLINGS = (USUAL, USUAL, CAPITALS, BLANK)
PEOPLE = ("Avery Sample", "Blake Sample", "Casey Sample", "Drew Sample")


def of_each(when: str, activity: str, **more: Any) -> list[dict[str, Any]]:
    """One row of each of PEOPLE, each at the same client in a spelling of its own."""
    pairs = zip(PEOPLE, SPELLINGS, strict=True)
    return [row(when, "Desk 01", activity, candidate=who, client=name, **more) for who, name in pairs]


@pytest.fixture
def log(engine: Engine) -> Any:
    tickets_in = of_each("2026-11-16 10:00", "ticket_opened", party="candidate", notes="Badge")
    named = of_each("2026-11-17 10:00", "referral", party="candidate")
    return engine(frame_of([*of_each("2026-09-01 08:00", "start"), *tickets_in, *named]))


def test_assignments_are_at_one_client_so_that_retention_and_care_have_one_line_of_it(log: Any) -> None:
    rows = assignments(log, as_of=TODAY).rows
    assert rows["client"].tolist() == [USUAL] * 4
    assert {name: len(own) for name, own in grouped(watched(rows, TODAY), "client").items()} == {USUAL: 4}
    assert set(care(log, as_of=TODAY)["client"]) == {USUAL}


def test_one_assignment_is_not_two_because_its_end_has_a_blank(engine: Engine) -> None:
    start = row("2026-09-01 08:00", "Desk 01", "start", candidate=PEOPLE[0], client=USUAL)
    end = row("2026-10-01 08:00", "Desk 01", "end", candidate=PEOPLE[0], client=BLANK, outcome="quit")
    found = assignments(engine(frame_of([start, end])), as_of=TODAY)
    assert found.rows["state"].tolist() == ["ended"]
    assert found.questions.empty


def test_tickets_of_one_topic_come_back_at_one_client(log: Any) -> None:
    rows = tickets(log, as_of=TODAY, rules=RULES).rows
    assert repeats(rows)[["client", "tickets"]].to_numpy().tolist() == [[USUAL, 4]]
    assert by_topic(rows)["clients"].tolist() == [1]


def test_referrals_are_counted_at_one_client(log: Any) -> None:
    found = counted(referrals(log, as_of=TODAY), assignments(log, as_of=TODAY).rows, "client")
    assert found[["unit", "referrals", "contractors"]].to_numpy().tolist() == [[USUAL, 4, 4]]


def test_hours_at_a_client_in_capitals_belong_to_the_assignment_there(engine: Engine) -> None:
    start = row("2026-11-04 08:00", "Desk 01", "start", candidate=PEOPLE[0], client=USUAL)
    cards = [
        row(f"2026-11-{day:02d} 17:00", "Desk 01", "timecard", candidate=PEOPLE[0], client=CAPITALS, quantity=20)
        for day in (6, 13)
    ]
    log = engine(frame_of([start, *cards]))
    ran = assignments(log, as_of=TODAY).rows
    found = hours.weeks(log, ran, as_of=TODAY, contracted=40)
    # The week of the start is not judged, which takes the start to be found.
    assert found["use"].tolist() == ["part", "under"]
    assert hours.without_card(found, ran, TODAY)[["weeks", "missing"]].to_numpy().tolist() == [[2, 1]]


def test_a_hand_off_of_the_client_in_capitals_is_one_of_the_order(engine: Engine) -> None:
    order = row("2026-10-01 09:00", "Desk 02", "contract", client=USUAL, job="Welder", party="client")
    start = row("2026-11-02 09:00", "Desk 01", "start", candidate=PEOPLE[0], client=USUAL, job="Welder")
    made = row(
        "2026-11-03 09:00", "Desk 02", "handoff", client=CAPITALS, job="Welder", party="client", assignee="Care Desk"
    )
    log = engine(frame_of([order, start, made]))
    told = moves(log, as_of=TODAY)
    owed = obligations(log, as_of=TODAY, rules=[BY_NAME["handoff_to_care"]])
    assert account_to_care(to_care(owed, told), told, log, as_of=TODAY)["status"].tolist() == ["kept"]
