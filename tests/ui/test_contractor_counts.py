"""Contractors in a line on This week: counted as their own pages count them, silent where there are none."""

from __future__ import annotations

from datetime import date

import pytest
from screens import said

from loaders import Options, load
from tests.tiny_firm import store_firm
from ui import contractor_counts, intake

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
    intake.store_loaded([load(LOG.encode(), "log.csv", Options(today=TODAY))])
    return history


def test_the_line_says_who_needs_a_call_and_what_waits(contractors):
    first, *others = contractor_counts.said()
    assert first == "1 of 2 contractors on assignment needs a call now, 1 more to be watched"
    assert others == [
        "1 ticket open, 1 of them overdue",
        "1 assignment ends within 30 days, 0 without a talk about what is next",
        "1 hand-off missing",
    ]


def test_this_week_shows_it_with_the_pages_behind_it(contractors, open_page):
    at = open_page("meeting/this_week")
    assert "1 of 2 contractors on assignment needs a call now" in said(at).replace("\u00a0", " ")


def test_a_firm_without_contractors_says_nothing_of_them(history, open_page):
    store_firm()
    assert contractor_counts.said() == []
    assert "contractor" not in said(open_page("meeting/this_week"))


def test_a_history_with_nothing_in_it_says_nothing(history):
    assert contractor_counts.said() == []
