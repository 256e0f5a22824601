"""A ticket that names no client is one of the client its contractor worked for as it was opened."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.assignments import assignments
from quality.obligation_rules import RULES
from quality.support import tickets, with_clients
from quality.support_counts import repeats
from tests.quality.small_logs import frame_of, row

TODAY = date(2026, 11, 23)
AVERY, BLAKE = "Avery Sample", "Blake Sample"
WORKS, LABS = "Example Works", "Example Labs"


def told(when, activity, who=AVERY, client=None, **fields):
    return row(f"{when} 09:00", "Desk 01", activity, candidate=who, party="candidate", client=client, **fields)


def ticket(when, who=AVERY, client=None, **fields):
    return told(when, "ticket_opened", who, client, notes="Payslip", **fields)


def found(engine, *rows):
    log = engine(frame_of(rows))
    derived = assignments(log, as_of=TODAY).rows
    return with_clients(tickets(log, as_of=TODAY, rules=RULES), derived).rows


def clients(engine, *rows):
    return [None if pd.isna(one) else one for one in found(engine, *rows)["client"]]


#: Avery works at one client until 10 September and at another from 1 October on.
WORKED = [
    told("2026-06-01", "start", client=WORKS, job="Welder"),
    told("2026-09-10", "end", client=WORKS, job="Welder", outcome="completed"),
    told("2026-10-01", "start", client=LABS, job="Nurse"),
]


@pytest.mark.parametrize(
    ("when", "client"),
    [
        ("2026-05-31", None),
        ("2026-06-01", WORKS),
        ("2026-09-10", WORKS),
        ("2026-09-11", None),
        ("2026-10-01", LABS),
        ("2026-11-20", LABS),
    ],
)
def test_the_client_is_that_of_the_assignment_that_ran_on_the_day(engine, when, client):
    assert clients(engine, *WORKED, ticket(when)) == [client]


def test_where_two_ran_at_different_clients_there_is_none(engine):
    other = told("2026-08-01", "start", client=LABS, job="Fitter")
    assert clients(engine, *WORKED, other, ticket("2026-07-31"), ticket("2026-08-02", ref="T2")) == [WORKS, None]


def test_a_client_that_is_named_stays_and_nobody_elses_assignment_tells_one(engine):
    assert clients(engine, *WORKED, ticket("2026-07-01", client=LABS), ticket("2026-07-02", BLAKE)) == [LABS, None]


def test_a_topic_comes_back_at_a_client_that_no_ticket_names(engine):
    begun = told("2026-06-01", "start", BLAKE, WORKS, job="Welder")
    rows = found(engine, *WORKED, begun, ticket("2026-07-01"), ticket("2026-07-02", BLAKE, ref="T2"))
    [one] = repeats(rows).to_dict("records")
    assert (one["client"], one["topic"], one["tickets"], one["contractors"]) == (WORKS, "Payslip", 2, 2)


def test_a_client_told_by_the_assignment_is_spelt_as_on_the_tickets_that_name_it(engine):
    named = [ticket("2026-07-01", BLAKE, "EXAMPLE WORKS"), ticket("2026-07-02", BLAKE, "EXAMPLE WORKS", ref="T2")]
    assert clients(engine, *WORKED, *named, ticket("2026-07-03", ref="T3")) == ["EXAMPLE WORKS"] * 3


def test_without_tickets_there_is_no_client(engine):
    assert found(engine, *WORKED).empty
