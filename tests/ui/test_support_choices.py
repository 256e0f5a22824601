"""What can be asked of the page Support, and what it says where nothing is left."""

from __future__ import annotations

import pytest
from contractor_log import LOG, NOTHING, lines, table
from follow_up_log import cards, plainly, store

from quality.support_counts import NOBODY
from ui import support, support_data

PAGE = "contractors/support"
HANDED = "2026-11-17 09:00,Desk 01,handoff,candidate,Avery Sample,Example Works,Welder,,T2,Case Desk,,\n"
#: Case Desk is a desk, but no ticket and no assignment is its own.
CALLED = "2026-11-17 09:00,Case Desk,touch,candidate,Blake Sample,,,,,,,\n2026-11-17 09:00,Idle Desk,touch,,,,,,,,,\n"


@pytest.fixture
def firm(history):
    store(LOG + HANDED + CALLED)
    return history


def every(at) -> list[list[str]]:
    """The tickets on the last tab, and who has them."""
    return lines(next(one.value for one in at.dataframe if "With" in one.value), "Ticket", "With")


def test_a_desk_that_has_tickets_of_other_desks_is_shown_them(firm, open_page):
    at = open_page(PAGE)
    at.multiselect(key="desk").set_value(["Case Desk"]).run()
    assert cards(at) == ["Avery Sample"]
    assert "1 ticket waits, 1 overdue" in plainly(at)
    said = "Shown are tickets of contractors of Case Desk, and those that are, or were when resolved, with Case Desk."
    assert said in plainly(at)
    at.multiselect(key="desk").set_value(["Desk 02"]).run()
    assert cards(at) == ["Drew Sample"]
    at.multiselect(key="desk").set_value(["Case Desk", "Desk 02"]).run()
    assert cards(at) == ["Avery Sample", "Drew Sample"]


def test_a_choice_without_a_ticket_never_says_that_none_is_on_record(firm, open_page):
    at = open_page(PAGE)
    at.multiselect(key="desk").set_value(["Idle Desk"]).run()
    assert "No ticket of Idle Desk's contractors, and none that Idle Desk has." in plainly(at)
    assert "on record. An export" not in plainly(at)
    at.multiselect(key="desk").set_value([]).run()
    at.multiselect(key="client").set_value(["Example Labs"]).run()
    at.selectbox(key="ticket_owner").set_value("Case Desk").run()
    assert "No ticket is all of what is chosen: all desks, Example Labs, Case Desk." in plainly(at)


def test_a_firm_without_any_ticket_is_told_what_an_export_needs(history, open_page):
    store(NOTHING)
    at = open_page(PAGE)
    assert "No ticket is on record. An export of support cases needs" in plainly(at)
    assert "client" not in {one.key for one in at.multiselect}


def test_the_tickets_of_a_client_and_a_topic_stand_together(firm, app, open_page):
    app.query_params.update({"client": "Example Works", "show": "All tickets"})
    at = open_page(PAGE)
    assert not at.exception
    assert at.multiselect(key="client").options == ["Example Labs", "Example Works"]
    assert at.multiselect(key="topic").options == ["Badge", "Hours", "Payslip"]
    assert every(at) == [["T2", "Case Desk"], ["T3", "Support Desk"], ["T1", "Support Desk"]]
    assert "3 tickets in all, the one that came in last at the top." in plainly(at)
    at.multiselect(key="topic").set_value(["Payslip"]).run()
    assert every(at) == [["T2", "Case Desk"], ["T1", "Support Desk"]]
    assert "download-all-tickets.csv" in [one.key.partition("csv")[0] + "csv" for one in at.get("download_button")]


def test_the_choices_count_in_the_headline_and_in_the_numbers(firm, app, open_page):
    at = open_page(PAGE)
    assert "2 tickets wait, 1 overdue" in plainly(at)
    at.selectbox(key="ticket_kind").set_value("adoption").run()
    assert "1 ticket waits, 0 overdue" in plainly(at)
    at.selectbox(key="ticket_kind").set_value("experience").run()
    assert "1 ticket waits, 1 overdue" in plainly(at)
    assert "1 of 3 were resolved in time" in plainly(at)
    at.multiselect(key="topic").set_value(["Badge"]).run()
    assert "No ticket waits of those chosen." in plainly(at)


def test_who_has_a_ticket_can_be_nobody(firm, app, open_page):
    app.query_params["ticket_owner"] = NOBODY
    at = open_page(PAGE)
    assert at.selectbox(key="ticket_owner").options == ["All of them", "Case Desk", "Support Desk", NOBODY]
    assert cards(at) == ["Drew Sample"]


def test_options_in_the_address_hold_no_number_that_changes_tomorrow(firm, app, open_page):
    app.query_params["ticket_kind"] = "Adoption"
    at = open_page(PAGE)
    assert cards(at) == ["Drew Sample"]
    assert not [word for one in at.selectbox for word in one.options if any(sign.isdigit() for sign in word)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "2026-11-21 09:00,Care Desk,handoff,candidate,Drew Sample,Example Labs,Nurse,,T4,Support Desk,,\n",
            "Care Desk, by the case it handed over; no hand-off at the start on record",
        ),
        (
            "2026-11-21 09:00,Desk 02,handoff,candidate,Drew Sample,Example Labs,Nurse,,T4,Support Desk,,\n",
            "not handed to care on record",
        ),
    ],
)
def test_the_desk_of_care_is_told_by_the_case_where_no_hand_off_at_the_start_tells_it(history, open_page, rows, said):
    store(LOG + rows)
    at = open_page(PAGE)
    drew = next(one.value for one in at.markdown if one.value.startswith("**Drew Sample**")).replace("\\", "")
    assert f"**Care:** {said}" in drew


def test_a_desk_of_care_that_has_the_ticket_is_told_as_such(history, open_page):
    store(LOG.replace("adoption,T4,,Hours", "adoption,T4,Care Desk,Hours"))
    drew = next(one.value for one in open_page(PAGE).markdown if one.value.startswith("**Drew Sample**"))
    assert "**Care:** Care Desk, by the case it has; no hand-off at the start on record" in drew.replace("\\", "")


def test_hand_offs_of_somebody_who_is_to_be_left_alone_still_tell_who_has_the_ticket(history):
    store(LOG + HANDED + "2026-11-21 09:00,Desk 01,do_not_contact,candidate,Avery Sample,,,,,,,\n")
    rows = support_data.tickets().rows
    assert lines(rows[rows["state"] == "overdue"], "who", "owner") == [["Do not contact", "Case Desk"]]


#: Two people at one client, tickets that name none, one of somebody whose assignment nobody knows.
UNNAMED = f"""{LOG.splitlines()[0]}
2026-06-01 09:00,Desk 01,start,,Avery Sample,Example Works,Welder,,,,,
2026-06-01 09:00,Desk 01,start,,Blake Sample,Example Works,Welder,,,,,
2026-11-02 09:00,Desk 01,ticket_opened,candidate,Avery Sample,,,experience,T1,,Payslip,
2026-11-03 09:00,Desk 01,ticket_opened,candidate,Blake Sample,,,experience,T2,,Payslip,
2026-11-04 09:00,Desk 01,ticket_opened,candidate,Drew Sample,,,experience,T3,,Badge,
"""


def test_a_ticket_that_names_no_client_is_one_of_the_client_of_the_assignment(history, app, open_page):
    store(UNNAMED)
    at = open_page(PAGE)
    assert at.multiselect(key="client").options == ["Example Works"]
    assert "Payslip · Example Works" in next(one.value for one in at.markdown if one.value.startswith("**Avery"))
    app.query_params["show"] = "Numbers"
    at = open_page(PAGE)
    assert not at.exception
    people = ("Clients", "Contractors")
    topics = table(at, "topics").astype(object)
    assert lines(topics.where(topics.notna(), None), "Topic", "Tickets", *people) == [
        ["Payslip", 2, 1, 2],
        ["Badge", 1, None, 1],
    ]
    assert lines(table(at, "clients"), "Client", "Topic", "Tickets") == [["Example Works", "Payslip", 2]]
    assert support.CLIENTS in plainly(at)


def test_where_nothing_tells_a_client_that_is_said(history, app, open_page):
    store("\n".join(line for line in UNNAMED.splitlines() if ",start," not in line))
    app.query_params["show"] = "Numbers"
    told = plainly(open_page(PAGE))
    assert "No client had two tickets of one topic. No ticket names a client, and no assignment tells it." in told
