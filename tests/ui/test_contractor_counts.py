"""Contractors in a line on This week: counted as their own pages count them, silent where there are none."""

from __future__ import annotations

import json
import os
from datetime import date

import pytest
import stored
from screens import said
from tiny_firm import store_firm
from typer.testing import CliRunner

from cli import app
from ui import contractor_counts

TODAY = date(2026, 11, 23)
LOG = """occurred_at,desk,activity,candidate,client,job,outcome,score,planned_end,ref,assignee,channel
2026-10-26 09:00,Desk 01,start,Avery Sample,Example Works,Job 1,,,2026-12-11,,,
2026-10-27 09:00,Desk 01,handoff,Avery Sample,Example Works,Job 1,,,,,Care Desk,
2026-11-20 09:00,Care Desk,survey,Avery Sample,Example Works,Job 1,,2,,,,
2026-11-20 10:00,Care Desk,complaint,Avery Sample,Example Works,Job 1,,,,,,
2026-11-20 11:00,Care Desk,touch,Avery Sample,Example Works,Job 1,,,,,,call
2026-11-02 09:00,Desk 02,start,Blake Sample,Example Works,Job 2,,,2027-06-30,,,
2026-11-20 12:00,Desk 02,touch,Blake Sample,Example Works,Job 2,,,,,,call
2026-11-10 09:00,Care Desk,ticket_opened,Blake Sample,Example Works,Job 2,experience,,,T1,,
"""


@pytest.fixture
def contractors(history):
    stored.store({"log.csv": LOG})
    return history


def test_the_line_says_who_needs_a_call_and_what_waits(contractors):
    first, *others = contractor_counts.said()
    assert first == "1 of 2 contractors on assignment needs a call now, 1 to be watched"
    assert others == [
        "1 ticket waiting, 1 of them overdue",
        "1 assignment ends within 30 days, 0 without a contact near the end",
        "1 hand-off missing",
    ]


def test_where_hand_offs_are_not_recorded_none_is_said_to_be_missing(history):
    stored.store({"log.csv": "\n".join(line for line in LOG.splitlines() if ",handoff," not in line)})
    assert not [words for words in contractor_counts.said() if "hand-off" in words]


def test_a_hand_off_of_an_assignment_that_is_over_is_not_said_to_be_missing(contractors):
    ended = "2026-11-16 17:00,Desk 02,end,Blake Sample,Example Works,Job 2,completed,,,,,"
    stored.store({"end.csv": f"{LOG.splitlines()[0]}\n{ended}\n"})
    assert not [words for words in contractor_counts.said() if "hand-off" in words]


def test_this_week_shows_it_with_the_pages_behind_it(contractors, open_page):
    at = open_page("meeting/this_week")
    assert "1 of 2 contractors on assignment needs a call now" in said(at).replace("\u00a0", " ")


def calls(at):
    return [one.proto for one in at.get("page_link") if one.proto.label.startswith("Call ")]


def test_whom_to_call_first_is_named_with_the_reason_and_leads_to_the_record(contractors, open_page):
    assert contractor_counts.first() == [("Avery Sample", "Survey of 20 Nov: 2 of 10")]
    at = open_page("meeting/this_week")
    [link] = calls(at)
    assert link.label == "Call Avery Sample"
    assert "Survey of 20 Nov: 2 of 10." in said(at).replace("\\", "")
    assert (link.page, link.query_string) == ("person", "person=Avery+Sample&party=candidate")


def test_three_at_most_are_named_and_never_who_is_left_alone(contractors, open_page):
    poor = "2026-08-03 09:00,Desk 02,start,{0},Example Works,{0},,,,,,\n2026-11-20 09:00,Desk 02,survey,{0},,,,2,,,,\n"
    alone = "2026-11-21 09:00,Desk 02,do_not_contact,Avery Sample,,,,,,,,\n"
    rows = "".join(poor.format(f"{number} Sample") for number in range(4))
    stored.store({"more.csv": f"{LOG.partition(chr(10))[0]}\n{rows}{alone}"})
    assert [who for who, _ in contractor_counts.first()] == ["0 Sample", "1 Sample", "2 Sample"]
    at = open_page("meeting/this_week")
    assert len(calls(at)) == 3
    assert "Avery" not in "".join(one.label for one in calls(at))


def test_a_firm_without_contractors_says_nothing_of_them(history, open_page):
    store_firm()
    assert contractor_counts.said() == []
    assert contractor_counts.first() == []
    assert "contractor" not in said(open_page("meeting/this_week"))


def test_a_history_with_nothing_in_it_says_nothing(history):
    assert contractor_counts.said() == []


def test_page_and_command_and_this_week_count_the_ends_alike(contractors, open_page):
    rows = "".join(
        f"2026-06-01 09:00,Desk 02,start,{who},Example Works,Job {number},,,2026-12-14,,,\n"
        for number, who in enumerate(("In Time", "Came Late", "Not Yet", "Left Alone"), start=3)
    )
    contacts = (
        "2026-10-20 09:00,Desk 02,touch,In Time,,,,,,,,call\n2026-11-13 09:00,Desk 02,touch,In Time,,,,,,,,call\n"
    )
    contacts += "2026-11-20 09:00,Desk 02,touch,Came Late,,,,,,,,call\n"
    alone = "2026-11-18 09:00,Desk 02,do_not_contact,Left Alone,,,,,,,,\n"
    head = LOG.partition("\n")[0]
    stored.store({"more.csv": f"{head}\n{rows}{contacts}{alone}"})

    command = ["care", "--as-of", TODAY.isoformat(), "--store", os.environ["TOUCHLINE_STORE"]]
    told = "in contact near the date: 1 in time, 2 late, 1 overdue; besides, 1 not to be contacted"
    assert f"Ending within 45 days: 4; {told}." in CliRunner().invoke(app, command).stderr
    document = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    assert sorted(one["spoken"] for one in document["ending"]) == [False, True, True, True]
    page = open_page("contractors/retention").get_by_key("retention_section").set_value("What comes next").run()
    assert f"4 assignments end within 45 days; {told}" in said(page)
    assert (
        "4 assignments end within 30 days, 1 without a contact near the end, 1 of them overdue"
        in contractor_counts.said()
    )
