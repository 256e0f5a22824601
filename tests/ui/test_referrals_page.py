from __future__ import annotations

import pytest
from contractor_log import ALONE, LOG, NOTHING, choose, lines, table
from follow_up_log import plainly, store

from quality.shares import share

PAGE = "contractors/referrals"


@pytest.fixture
def firm(history):
    store(LOG)
    return history


def test_how_many_contractors_ever_named_somebody_and_what_became_of_those_named(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    said = plainly(at)
    assert "1 of 4 contractors ever named somebody" in said
    assert "2 referrals in all, by contractors and clients." in said
    assert "Likely" in said
    assert "1 of the 2 people named can be recognised. Became candidates: 1 of 1, likely" in said
    assert "Placed: 0 of 1, likely" in said


def test_desks_clients_and_contractors_open_their_referrals(firm, open_page):
    at = open_page(PAGE)
    shown = table(at, "referrals")
    assert lines(shown, "Desk", "Referrals", "Named somebody", "Contractors") == [
        ["Desk 01", 2, 1, 2],
        ["Desk 02", 0, 0, 2],
    ]
    half, none = (share(one, 2).likely.removeprefix("likely ") for one in (1, 0))
    assert shown["Of the contractors"].tolist() == [f"1 of 2, {half}", f"0 of 2, {none}"]
    at = choose(at, "referrals", 0, "Referrals")
    assert lines(at.dataframe[-1].value, "Who referred", "Named", "Since") == [
        ["Avery Sample", None, "Name not recorded"],
        ["Avery Sample", "Finley Sample", "Became a candidate"],
    ]
    at.segmented_control(key="referrals_by").set_value("client").run()
    assert lines(table(at, "referrals"), "Client", "Referrals", "Named somebody", "Contractors") == [
        ["Example Works", 2, 1, 2]
    ]
    at.segmented_control(key="referrals_by").set_value("candidate").run()
    assert lines(table(at, "referrals"), "Contractor", "Referrals") == [["Avery Sample", 2]]


def test_where_no_name_can_be_recognised_that_is_said(history, open_page):
    store(LOG.replace("Finley Sample", "", 1))
    assert "None of the people named can be recognised" in plainly(open_page(PAGE))


def test_a_team_sees_its_own(firm, open_page):
    at = open_page(PAGE)
    at.selectbox(key="team").set_value("South").run()
    assert "No referral of South is on record." in plainly(at)


def test_a_history_without_referrals_or_hours_says_which_rows_are_needed(history, app, open_page):
    store(NOTHING)
    assert "No referral is on record. An export needs rows of the activity referral" in plainly(open_page(PAGE))
    app.query_params["show"] = "Hours"
    assert "Hours are not exported. It takes rows of the activity timecard" in plainly(app.run())


def test_hours_stand_against_the_contracted_week_by_client_contractor_and_desk(firm, app, open_page):
    app.query_params["show"] = "Hours"
    at = open_page(PAGE)
    assert not at.exception
    said = plainly(at)
    assert "0 of 0 contractors not used to the full, 0 over the contract" in said
    assert "2 more contractors have too few weeks: fewer than 4." in said
    assert "Fewer than 4 weeks of work are too few for a verdict." in said
    assert "24 Aug to 22 Nov 2026, 13 weeks: 4 weeks of work, 2 of them below and 2 over the contract" in said
    assert "against a contracted week of 40 hours: below 80 % is not used to the full" in said
    shown = ("Hours a week", "Use", "Weeks", "Below", "Over")
    assert lines(table(at, "hours"), "Client", *shown) == [["Example Works", 35.8, "As agreed", 4, 2, 2]]
    at.segmented_control(key="hours_by").set_value("candidate").run()
    assert lines(table(at, "hours"), "Contractor", *shown) == [
        ["Avery Sample", 27.0, "Too few weeks", 2, 2, 0],
        ["Blake Sample", 44.5, "Too few weeks", 2, 0, 2],
    ]
    at = choose(at, "hours", 1, "Over")
    opened = next(one.value for one in at.dataframe if "Week of" in one.value)
    assert lines(opened, "Contractor", "Hours") == [["Blake Sample", 45.0], ["Blake Sample", 44.0]]
    at.segmented_control(key="hours_by").set_value("desk").run()
    assert table(at, "hours")["Desk"].tolist() == ["Desk 01"]


def test_four_weeks_of_work_are_enough_for_a_verdict(history, app, open_page):
    days = ("2026-10-21", "2026-10-28")
    more = "".join(f"{day} 09:00,Desk 01,timecard,,Avery Sample,Example Works,,,,,,24\n" for day in days)
    store(LOG + more)
    app.query_params["show"] = "Hours"
    at = open_page(PAGE)
    assert "1 of 1 contractor not used to the full, 0 over the contract" in plainly(at)
    assert "1 more contractor has too few weeks: fewer than 4." in plainly(at)


def test_what_a_client_named_is_credited_to_no_contractor(history, open_page):
    line = "2026-11-05 09:00,Desk 01,referral,client,Blake Sample,Example Works,,,,,,"
    never = "2026-11-05 09:00,Desk 01,referral,candidate,Kit Sample,Example Works,,,,,,"
    store(f"{LOG}{line}\n{never}\n")
    at = open_page(PAGE)
    said = plainly(at)
    assert "1 of 4 contractors ever named somebody" in said
    assert "A candidate is who sent a résumé, was interviewed" in said
    at.segmented_control(key="referrals_by").set_value("candidate").run()
    assert lines(table(at, "referrals"), "Contractor", "Referrals") == [["Avery Sample", 2]]
    assert "1 more person who named somebody was never on assignment: no contractor yet." in plainly(at)


def test_weeks_without_a_timecard_are_listed_and_not_taken_for_zero(firm, app, open_page):
    app.query_params["show"] = "Hours"
    at = open_page(PAGE)
    # From 12 October to 22 November lie six whole weeks, of which each has two with a card.
    assert "8 whole weeks of 2 assignments have no timecard" in plainly(at)
    assert lines(at.dataframe[-1].value, "Contractor", "Client", "Weeks without", "Whole weeks") == [
        ["Avery Sample", "Example Works", 4, 6],
        ["Blake Sample", "Example Works", 4, 6],
    ]


def test_hours_at_a_client_in_capitals_are_hours_at_that_client(history, app, open_page):
    store(LOG.replace("timecard,,Blake Sample,Example Works", "timecard,,Blake Sample,EXAMPLE WORKS"))
    app.query_params["show"] = "Hours"
    at = open_page(PAGE)
    assert lines(table(at, "hours"), "Client", "Contractors", "Weeks") == [["Example Works", 2, 4]]


def test_the_contracted_week_can_be_changed_and_is_kept(firm, app, open_page):
    app.query_params["show"] = "Hours"
    at = open_page(PAGE)
    at.number_input(key="contract_hours").set_value(30.0).run()
    assert not at.exception
    assert firm.settings()["contract_hours"] == 30.0
    assert "2 more contractors have too few weeks" in plainly(at)
    assert "against a contracted week of 30 hours" in plainly(at)


def test_timecards_without_hours_are_told_apart_from_none(history, app, open_page):
    store("\n".join(line.rpartition(",")[0] + "," if ",timecard," in line else line for line in LOG.splitlines()))
    app.query_params["show"] = "Hours"
    assert "No timecard of the last 13 weeks holds hours." in plainly(open_page(PAGE))


def test_where_every_week_has_a_card_that_is_said(history, app, open_page):
    store("\n".join(line for line in LOG.splitlines() if ",start," not in line))
    app.query_params["show"] = "Hours"
    assert "Every whole week of a contractor with timecards has one." in plainly(open_page(PAGE))


def test_nobody_who_wants_to_be_left_alone_is_named(history, app, open_page):
    store(LOG + ALONE)
    at = choose(open_page(PAGE), "referrals", 0, "Referrals")
    assert "1 of 4 contractors" in plainly(at)
    assert "Avery" not in plainly(at) + "".join(str(one.value.to_numpy().tolist()) for one in at.dataframe)
    at.segmented_control(key="referrals_by").set_value("candidate").run()
    assert "Nothing to list." in plainly(at)
    assert "1 contractor not listed: to be left alone." in plainly(at)
    app.query_params["show"] = "Hours"
    at = app.run()
    at.segmented_control(key="hours_by").set_value("candidate").run()
    assert table(at, "hours")["Contractor"].tolist() == ["Blake Sample"]
    assert "1 contractor who wants to be left alone is in no number here." in plainly(at)


def test_behind_a_number_that_is_nought_are_no_rows(firm, open_page):
    at = choose(open_page(PAGE), "referrals", 1, "Referrals")
    assert not at.exception
    assert ": 0 rows" in plainly(at)


def test_hours_of_a_payroll_list_without_clients_are_those_of_the_client_they_worked_for(history, app, open_page):
    text = LOG.splitlines()
    client = text[0].split(",").index("client")
    store("\n".join(_without(client, line) if ",timecard," in line else line for line in text))
    app.query_params["show"] = "Hours"
    at = open_page(PAGE)
    assert not at.exception
    assert lines(table(at, "hours"), "Client", "Hours a week", "Weeks") == [["Example Works", 35.8, 4]]


def _without(place: int, line: str) -> str:
    cells = line.split(",")
    return ",".join([*cells[:place], "", *cells[place + 1 :]])
