"""Pages about contractors: a name among the rows behind a number opens everything about that person."""

from __future__ import annotations

import pytest
from contractor_log import ALONE, LOG, choose, lines, table
from follow_up_log import store
from retention_log import ALONE as LEFT_ALONE
from retention_log import LOG as STAYING

from ui import timeline_link


@pytest.fixture
def went(monkeypatch):
    """Where a chosen name led."""
    found = []
    monkeypatch.setattr(timeline_link, "go", lambda party, who: found.append((party, who)))
    return found


def test_a_name_behind_a_number_of_retention_opens_the_person(history, open_page):
    store(STAYING)
    at = choose(open_page("contractors/retention"), "retention-", 0, "Ended early")
    at = choose(at, "people-retention-", 1, "Who")
    assert not at.exception
    assert [one.value for one in at.title] == ["Person"]
    assert dict(at.query_params) == {"person": "Person 00", "party": "candidate"}


def test_what_is_no_name_leads_nowhere(history, open_page, went):
    store(STAYING + LEFT_ALONE)
    at = choose(open_page("contractors/retention"), "retention-", 0, "Ended early")
    assert lines(table(at, "people-"), "Who") == [["Person 01"], ["Do not contact"]]
    choose(choose(at, "people-retention-", 0, "Job"), "people-retention-", 1, "Who")
    assert went == []


@pytest.mark.parametrize(
    ("section", "name", "row", "column", "who"),
    [
        ("Why they leave", "ends-", 1, "Assignments", "Person 01"),
        ("Why they leave", "fall-offs-", 0, "Fills", "Kit Sample 90"),
        ("What comes next", "placed-", 0, "Ends", "Person 02"),
    ],
)
def test_every_table_of_retention_leads_to_people(history, open_page, went, section, name, row, column, who):
    store(STAYING)
    at = open_page("contractors/retention").get_by_key("retention_section").set_value(section).run()
    at = choose(at, name, row, column)
    names = [name for (name,) in lines(table(at, "people-"), "Who")]
    choose(at, f"people-{name}", names.index(who), "Who")
    assert went == [("candidate", who)]


def test_the_questions_of_retention_lead_to_people(history, open_page, went):
    store(STAYING)
    at = open_page("contractors/retention").get_by_key("retention_section").set_value("Questions").run()
    choose(at, "questions-", 0, "Who")
    assert went == [("candidate", "Lane Sample 91")]


@pytest.mark.parametrize(
    ("page", "address", "name", "column", "who"),
    [
        ("handoffs", {"show": "In time"}, "to_care", "In time, of all", "Who"),
        ("handoffs", {"show": "In time"}, "moves", "Hand-offs", "Who"),
        ("support", {"show": "Numbers"}, "topics", "Tickets", "Who"),
        ("referrals", {}, "referrals-", "Referrals", "Who referred"),
        ("referrals", {"show": "Hours"}, "hours-", "Weeks", "Contractor"),
    ],
)
def test_the_rows_of_the_other_pages_lead_to_people_too(
    history, app, open_page, went, page, address, name, column, who
):
    store(LOG)
    app.query_params.update(address)
    at = choose(open_page(f"contractors/{page}"), name, 0, column)
    assert not at.exception
    [[person], *_] = lines(table(at, "people-"), who)
    choose(at, "people-", 0, who)
    assert went == [("candidate", person)]


def test_weeks_without_a_timecard_lead_to_their_contractor(history, app, open_page, went):
    store(LOG)
    app.query_params["show"] = "Hours"
    at = open_page("contractors/referrals")
    choose(at, "without-card-", 0, "Contractor")
    assert [party for party, _ in went] == ["candidate"]


def test_a_name_that_a_client_has_opens_the_client(history, open_page, went):
    referral = "2026-11-12 10:00,Desk 01,referral,client,,Example Works,,,,,,\n"
    store(LOG + referral)
    at = choose(open_page("contractors/referrals"), "referrals-", 0, "Referrals")
    names = [name for (name,) in lines(table(at, "people-"), "Who referred")]
    choose(at, "people-", names.index("Example Works"), "Who referred")
    assert went == [("client", "Example Works")]


def test_who_wants_to_be_left_alone_leads_nowhere(history, app, open_page, went):
    store(LOG + ALONE)
    app.query_params["show"] = "In time"
    at = choose(open_page("contractors/handoffs"), "to_care", 0, "In time, of all")
    names = [name for (name,) in lines(table(at, "people-"), "Who")]
    choose(at, "people-", names.index("Do not contact"), "Who")
    assert went == []
