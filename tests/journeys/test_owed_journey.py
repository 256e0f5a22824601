"""From This week to a call sheet in the calendar: whom one desk owes a word, taken along, answered and taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from serving import Server

pytestmark = pytest.mark.browser

#: What is owed is counted once, on the first visit: slow shared machines get time for it.
COUNTING = 90_000
#: The first box of a table with boxes, below its header.
BOX = {"x": 18, "y": 52}


def waiting(page: Page, number: int | None = None) -> int:
    """How many people the call sheet says wait today, once it says so (or says this number)."""
    said = page.get_by_role("heading", name=re.compile(rf"^{number if number is not None else '[0-9,]+'} .*for a word"))
    expect(said).to_be_visible(timeout=COUNTING)
    return int(said.inner_text().split(" ")[0].replace(",", ""))


def test_a_manager_takes_a_desks_call_sheet_from_this_week_into_a_calendar(sample_server: Server, page: Page):
    page.goto(sample_server.url)
    busiest = page.get_by_role("link", name=re.compile(r"Demo: \d+")).first
    expect(busiest).to_be_visible(timeout=COUNTING)
    people = int(busiest.inner_text().rpartition(" ")[2].replace(",", ""))
    busiest.click()
    expect(page.get_by_role("heading", name="Owed", exact=True)).to_be_visible()
    assert waiting(page) == people
    assert "desk=" in page.url

    with page.expect_download() as taken:
        page.get_by_role("button", name="Calendar").click()
    assert taken.value.suggested_filename == "owed-today.ics"
    written = Path(taken.value.path()).read_bytes()
    entries = Calendar.from_ical(written).walk("VEVENT")
    assert len({str(entry["uid"]) for entry in entries}) == len(entries) >= people
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


def test_an_answer_takes_a_person_off_the_sheet_and_can_be_taken_back(sample_server: Server, page: Page):
    page.goto(f"{sample_server.url}/owed?desk=Alex+Demo")
    before = waiting(page)
    page.get_by_role("button", name="Answer").first.click()
    page.get_by_role("menuitem", name="Done elsewhere").click()
    page.get_by_role("textbox", name="Your name").fill("Avery Sample")
    page.get_by_role("button", name="Keep the answer").click()
    assert waiting(page, before - 1) == before - 1

    page.get_by_text(re.compile("^Answers given")).click()
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.click(position=BOX)
    page.get_by_role("button", name="Take back 1 answer").click()
    assert waiting(page, before) == before
