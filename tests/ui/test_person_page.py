"""Everything about one person on one screen: found by name, opened from the address, left alone where they asked."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs

import pandas as pd
import pytest
from owed_firm import HOSTILE, store_firm
from screens import said

from quality.timeline import FOUND
from quality.vocabulary import LOG_COLUMNS
from ui import owed_data, timeline_link
from ui.paging import parameter
from ui.timeline_lines import line

PAGE = "contractors/person"
OPENED = "ticket_opened,candidate,Avery Sample,"
ANSWERED = datetime(2026, 11, 20, 10).astimezone()
HEADER = (
    "occurred_at,desk,activity,party,candidate,client,contact,job,outcome,planned_end,quantity,score,ref,"
    "notes,channel\n"
)
#: Avery started 34 days ago and was presented elsewhere; Drew asked to be left alone; Quinn is a contact at the bakery.
LOG = f"""{HEADER}2026-09-01 09:00,Desk 01,recruiting_call,candidate,Avery Sample,,,,not_interested,,,,,Days :red[only],
2026-10-15 10:00,Desk 01,offer_accepted,candidate,Avery Sample,Example Bakery,Quinn Example,Planner 7,,,,,,,
2026-10-20 08:30,Desk 01,start,candidate,Avery Sample,Example Bakery,Quinn Example,Planner 7,,2027-01-29,,,,,
2026-11-06 09:00,Desk 01,timecard,candidate,Avery Sample,Example Bakery,Quinn Example,Planner 7,,,40,,,,
2026-11-13 09:00,Desk 01,timecard,candidate,Avery Sample,Example Bakery,Quinn Example,Planner 7,,,36.5,,,,
2026-11-10 09:00,Desk 01,survey,candidate,Avery Sample,Example Bakery,Quinn Example,Planner 7,,,,4,,,
2026-11-11 09:00,Desk 01,ticket_opened,candidate,Avery Sample,,,Planner 7,experience,,,,T7,Payslip question,
2026-11-12 09:00,Desk 02,presentation,candidate,Avery Sample,Example Labs,,Nurse 3,,,,,,,
2026-12-01 09:00,Desk 01,touch,candidate,Avery Sample,Example Bakery,,Planner 7,,,,,,,meeting
2026-11-02 09:00,Desk 01,presentation,candidate,Drew Sample,Example Bakery,Quinn Example,Planner 8,,,,,,,
2026-11-03 09:00,Desk 02,do_not_contact,candidate,Drew Sample,,,,,,,,,Tired of calls,
2026-11-04 09:00,Desk 01,marketing_call,client,,Example Bakery,Quinn Example,,call_back,,,,,Two short on nights,
"""


@pytest.fixture
def person(history, open_page):
    """Opens the page on somebody of a firm."""
    store_firm(LOG)

    def go(who: str = "", party: str = ""):
        at = open_page(PAGE)
        for name, value in (("person", who), ("party", party)):
            if value:
                at.query_params[name] = value
        return at.run()

    return go


def names(at) -> list[str]:
    return [one.label.partition("**")[2].partition("**")[0] for one in at.button if one.key.startswith("open-")]


def save(history, answer: str) -> None:
    given = {"rule": "ticket_answered", "trigger_id": "X", "party": "candidate", "who": "Avery Sample"}
    history.save_answers([given | {"answer": answer, "answered_by": "Jo Sample", "desk": "Desk 01"}], now=ANSWERED)


def find(at, part: str):
    return at.text_input(key="sought").set_value(part).run()


# --- who -------------------------------------------------------------------------------------------------------------


def test_somebody_is_found_by_a_part_of_the_name_and_opened_with_a_click(person):
    at = find(person(), "AVERY")
    assert names(at) == ["Avery Sample"]
    at.button(key="open-candidate-Avery Sample").click().run()
    assert not at.exception
    assert at.query_params["person"] == "Avery Sample"
    assert at.query_params["party"] == "candidate"
    assert [one.value for one in at.subheader] == ["Avery Sample"]
    assert at.text_input(key="sought").value == ""


def test_contacts_are_found_by_their_client_too(person):
    at = find(person(), "bakery")
    assert names(at)[:2] == ["Example Bakery", "Quinn Example"]
    firm, contact = (at.button(key=f"open-client-{name}").label for name in ("Example Bakery", "Quinn Example"))
    assert firm.endswith(":small[Client]")
    assert contact.endswith(":small[Example Bakery]")
    assert "1 person and 1 client found." in said(at)
    assert "1 person found." in said(find(at, "avery"))


def test_a_client_shows_who_is_on_assignment_there(person):
    at = find(person(), "example bakery")
    assert names(at) == ["Example Bakery", "Quinn Example", "Avery Sample"]
    assert "**On assignment there**" in said(at)
    assert at.button(key="open-candidate-Avery Sample").label.endswith(":small[Planner 7, Example Bakery]")
    at.button(key="open-candidate-Avery Sample").click().run()
    assert at.query_params["party"] == "candidate"


def test_who_is_found_by_name_is_not_offered_twice_and_who_wants_to_be_left_alone_not_as_a_contractor(person):
    row = "2026-11-02 08:30,Desk 01,start,candidate,{0},Example Bakery,,Baker,,,,,,,\n"
    store_firm(LOG + row.format("Blake Bakery") + row.format("Drew Sample"))
    assert names(find(person(), "bakery")) == ["Blake Bakery", "Example Bakery", "Quinn Example", "Avery Sample"]


def test_without_results_it_says_what_to_do_and_with_them_no_more(person):
    at = person()
    assert "Find somebody by name" in said(at)
    assert "Find somebody by name" not in said(find(at, "avery"))
    assert "Find somebody by name" not in said(find(at, "xyzzy"))


def test_nobody_and_too_few_letters_are_said(person):
    assert "Nobody called xyzzy is on record" in said(find(person(), "xyzzy"))
    assert "Two letters at least" in said(find(person(), "x"))


def test_where_too_many_fit_it_says_so_and_offers_the_first(history, open_page):
    rows = "".join(
        f"2026-11-02 09:00,Desk 01,recruiting_call,candidate,Avery Sample {number:03d}\n" for number in range(FOUND + 9)
    )
    store_firm(f"occurred_at,desk,activity,party,candidate\n{rows}")
    at = find(open_page(PAGE), "sample")
    assert len(names(at)) == FOUND
    assert f"More than {FOUND} names" in said(at)


def test_a_name_that_tries_to_be_markup_is_text(history, open_page):
    store_firm()
    at = find(open_page(PAGE), "ray")
    assert "\\<b\\>" in at.button[0].label
    at.button(key=f"open-candidate-{HOSTILE}").click().run()
    assert not at.exception
    assert "<b>" not in said(at).replace("\\<b\\>", "")


def test_without_a_person_the_page_asks_for_one_and_with_an_unknown_one_says_so(person):
    assert "Find somebody by name" in said(person())
    assert "Nothing is on record about Nobody Known" in said(person("Nobody Known"))


@pytest.mark.parametrize("party", ["", "candidate", "Candidate", "robot"])
def test_a_party_that_is_missing_or_unknown_is_a_candidate(person, party):
    assert "**Candidate**" in said(person("Avery Sample", party))


def test_a_link_of_another_page_names_the_person_and_the_party():
    assert timeline_link.asked("client", "Quinn & Co") == {"person": "Quinn & Co", "party": "client"}


# --- what is told ----------------------------------------------------------------------------------------------------


def test_the_head_says_the_day_of_the_assignment_the_search_and_that_names_may_be_shared(person):
    told = said(person("Avery Sample", "candidate"))
    assert "day 34 on assignment" in told
    assert "active in a search**, until 13 Dec 2026" in told
    assert "two people of one name cannot be told apart" in told


def test_the_assignment_is_told_with_its_plan(person):
    told = said(person("Avery Sample", "candidate"))
    assert "**Planner 7, Example Bakery** · since 20 Oct 2026 · day 34 · planned end 29 Jan 2027 · desk Desk 01" in told


def test_on_assignment_it_says_on_top_where_they_stand_on_care_and_why(person):
    told = said(person("Avery Sample", "candidate"))
    why = "Survey of 10 Nov\\: 4 of 10. Ticket T7 \\(“Payslip question”\\) "
    assert f":orange-badge[▲ act] :small[7\u00a0points] {why}" in told
    assert ":small[Besides: Day 34 of the first 45.]" in told
    assert "- **Ticket T7:** Payslip question, open for 12 days, with nobody on record" in told
    assert told.index("▲ act") < told.index("**Candidate**")


@pytest.mark.parametrize("client", [[], ["Example Bakery"]])
def test_the_tickets_lead_to_support_which_shows_those_alike(history, open_page, client):
    store_firm(LOG.replace(OPENED, "".join([OPENED, *client])))
    at = open_page(PAGE)
    at.query_params["person"] = "Avery Sample"
    [link] = at.run().get("page_link")
    asked = parse_qs(link.proto.query_string)
    assert (link.proto.page, asked["client"], asked["topic"]) == ("support", ["Example Bakery"], ["Payslip question"])


def test_who_shows_no_sign_stands_on_care_too(person):
    store_firm(f"{HEADER}2026-11-20 08:30,Desk 01,start,candidate,Kit Sample,Example Works,,Welder 2,,,,,,,\n")
    at = person("Kit Sample", "candidate")
    assert ":gray-badge[○ calm] :small[0\u00a0points] No sign of trouble." in said(at)
    assert not at.get("page_link")


def test_of_two_assignments_each_says_which_it_is(person):
    starts = "".join(
        f"2026-11-20 08:30,Desk 01,start,candidate,Kit Sample,Example {name},,Welder,,,,,,,\n"
        for name in ("Works", "Labs")
    )
    store_firm(HEADER + starts)
    told = said(person("Kit Sample", "candidate"))
    assert "**Welder, Example Works:** No sign of trouble." in told
    assert "**Welder, Example Labs:** No sign of trouble." in told


@pytest.mark.parametrize(("who", "party"), [("Quinn Example", "client"), ("Eden Sample", "candidate")])
def test_nobody_else_has_a_level(person, who, party):
    store_firm(f"{LOG}2026-11-02 09:00,Desk 01,recruiting_call,candidate,Eden Sample,,,,,,,,,,\n")
    assert "points]" not in said(person(who, party))


def test_trouble_is_marked_and_nothing_else(person):
    more = """2026-11-16 09:00,Desk 01,survey,candidate,Avery Sample,,,Planner 7,,,,7,,,
2026-11-16 10:00,Desk 01,timecard_late,candidate,Avery Sample,,,Planner 7,,,,,,,
2026-11-16 11:00,Desk 01,complaint,client,Avery Sample,Example Bakery,,Planner 7,,,,,,,
"""
    store_firm(LOG + more)
    told = said(person("Avery Sample", "candidate"))
    assert "**Survey** · score 7 of 10" in told
    assert ":orange-badge[▲ Timecard late]" in told
    assert ":orange-badge[▲ Complaint (client)]" in told
    assert told.count(":orange-badge[▲ ") == 4
    assert "▲ marks poor surveys, complaints and late timecards." in told
    assert "▲" not in said(person("Example Labs", "client"))


def test_what_is_owed_and_what_was_answered_stands_above_the_rows(history, person):
    told = said(person("Avery Sample", "candidate"))
    assert "**Owed**" in told
    assert "Ticket opened on Wed 11 Nov 2026\\: the answer to the ticket, **10 days late**" in told
    assert told.index("**Owed**") < told.index("**Booked**")
    save(history, "elsewhere")
    assert "20 Nov 2026: Done elsewhere (Ticket answered), Jo Sample" in said(person("Avery Sample", "candidate"))


@pytest.mark.parametrize(("now", "is_owed"), [("T09:00", True), ("T16:00", False)])
def test_a_preparation_is_owed_until_its_interview_as_on_owed(person, monkeypatch, now, is_owed):
    store_firm(f"{HEADER}2026-11-23 15:00,Desk 01,send_out,candidate,Blake Sample,Example Works,,Welder 1,,,,,,,\n")
    monkeypatch.setenv("TOUCHLINE_TODAY", f"2026-11-23{now}")
    told = said(person("Blake Sample", "candidate"))
    assert ("the preparation of the candidate, **today at 15:00**" in told) is is_owed
    assert ("prep_candidate" in owed_data.sheet(None, name="Blake")["rule"].tolist()) is is_owed


def test_what_two_rules_owe_in_the_same_words_is_one_line_with_the_earliest_date(person):
    row = "2026-07-01 08:30,Desk 01,start,candidate,Kit Sample,Example Works,,Welder 2,,2026-12-05,,,,,\n"
    store_firm(HEADER + row)
    told = said(person("Kit Sample", "candidate"))
    assert told.count("a contact about the next assignment") == 1
    assert "Start on Wed 1 Jul 2026\\: a contact about the next assignment, **4 weeks late**" in told


def test_a_hand_off_is_owed_while_the_assignment_runs(person):
    start = "2026-10-05 08:30,Desk 01,start,candidate,Kit Sample,Example Works,,Welder 2,,,,,,,\n"
    end = "2026-11-20 17:00,Desk 01,end,candidate,Kit Sample,Example Works,,Welder 2,completed,,,,,,\n"
    store_firm(HEADER + start)
    assert "off to contractor care, **" in said(person("Kit Sample", "candidate"))
    store_firm(HEADER + end)
    assert "off to contractor care, **" not in said(person("Kit Sample", "candidate"))


def test_rows_stand_under_their_month_with_what_is_booked_on_top(person):
    told = said(person("Avery Sample", "candidate"))
    months = ["**Booked**", "**November 2026**", "**October 2026**", "**September 2026**"]
    assert sorted(months, key=told.index) == months
    assert "Tue 1 Dec 2026, 09\\:00 **Touch** · meeting" in told


def test_a_row_says_what_it_holds_and_routine_rows_are_gathered(person):
    told = said(person("Avery Sample", "candidate"))
    assert "Tue 10, 09\\:00 :orange-badge[▲ Survey] · score 4 of 10" in told
    assert "Fri 6 to Fri 13: **2 × Timecard** · 76.5 hours" in told
    assert "**Ticket opened** · experience · case T7" in told
    assert "**Start** · planned end 29 Jan 2027" in told
    assert "Planner 7, Example Bakery · Quinn Example · Desk 01" in told


def test_notes_are_text_and_never_markup(person):
    assert "Days \\:red\\[only\\]" in said(person("Avery Sample", "candidate"))


def test_a_contact_has_the_rows_of_both_sides_and_the_client_in_the_head(person):
    told = said(person("Quinn Example", "client"))
    assert "**Client contact** · at Example Bakery" in told
    assert "**Marketing call** · call back" in told
    assert "Two short on nights" in told
    assert ":orange-badge[▲ Survey (candidate)] · score 4 of 10" in told
    assert "Planner 7 · Avery Sample · Desk 01" in told


def test_a_client_without_a_contact_says_what_is_shown(person):
    assert "Client, as far as no contact is named" in said(person("Example Labs", "client"))


def test_many_rows_come_page_by_page(history, open_page):
    lines = "".join(
        f"2026-{month:02d}-{day:02d} 09:00,Desk 01,recruiting_call,candidate,Avery Sample\n"
        for month in (8, 9, 10)
        for day in range(1, 29)
    )
    store_firm(f"occurred_at,desk,activity,party,candidate\n{lines}")
    at = open_page(PAGE)
    at.query_params["person"] = "Avery Sample"
    at.run()
    assert said(at).count("**Recruiting call**") == 60
    assert "**October 2026**" in said(at)
    at.session_state[parameter("page-candidate-Avery Sample")] = 2
    at.run()
    assert said(at).count("**Recruiting call**") == 24
    assert "**October 2026**" not in said(at)


# --- who is left alone -----------------------------------------------------------------------------------------------


def nothing_but_the_wish(at, who: str) -> bool:
    shown = said(at)
    return "Do not contact" in shown and "Planner" not in shown and "row" not in shown and who in shown


def test_about_somebody_who_asked_to_be_left_alone_nothing_else_is_shown(person):
    at = person("Drew Sample", "candidate")
    assert nothing_but_the_wish(at, "Drew Sample")
    assert "since 3 Nov 2026, noted by Desk 02" in said(at)
    assert not at.get("download_button")


def test_an_answer_leaves_alone_as_well(history, person):
    save(history, "do_not_contact")
    at = person("Avery Sample", "candidate")
    assert nothing_but_the_wish(at, "Avery Sample")
    assert "noted by Jo Sample" in said(at)


# --- a line ----------------------------------------------------------------------------------------------------------


def test_a_day_without_a_time_stands_alone_and_one_opening_is_one():
    row = dict.fromkeys(LOG_COLUMNS) | {"activity": "contract", "party": "client", "desk": "Desk 01", "quantity": 1.0}
    row |= {"occurred_at": pd.Timestamp("2026-11-02"), "times": 1, "since": pd.Timestamp("2026-11-02")}
    row |= {"trouble": False}
    assert line(row, ("client", "Quinn Example")) == "Mon 2 **Contract** · 1 opening"


def test_several_of_one_day_name_it_once():
    row = dict.fromkeys(LOG_COLUMNS) | {"activity": "call_attempt", "party": "candidate", "desk": "Desk 01"}
    row |= {"occurred_at": pd.Timestamp("2026-10-08 15:00"), "times": 2, "since": pd.Timestamp("2026-10-08 09:00")}
    row |= {"trouble": False}
    assert line(row, ("candidate", "Avery Sample")) == "Thu 8: **2 × Call attempt**"
    assert line(row, ("candidate", "Avery Sample"), with_month=True) == "Thu 8 Oct 2026: **2 × Call attempt**"
