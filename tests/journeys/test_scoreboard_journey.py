"""A manager opens the scoreboard and sees the rows that make a number; by mouse, by keyboard and by link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from serving import Server
from ui.scoreboard import ROW_HEIGHTS

pytestmark = pytest.mark.browser

HEADER, ROW = 35, ROW_HEIGHTS["Both counts"]
SUM = re.compile(r"([\d,]+) send-outs? and ([\d,]+) fills?: ([\d,]+) rows?\.")


def click_cell(table: Locator, row: int, share: float) -> None:
    """Clicks into a table that is drawn on a canvas: the line below the header, and how far to the right."""
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    table.click(position={"x": box["width"] * share, "y": HEADER + ROW * (row + 0.5)})


def counts(page: Page) -> list[int]:
    said = page.get_by_text(SUM)
    expect(said).to_be_visible()
    found = SUM.search(said.inner_text())
    assert found
    return [int(number.replace(",", "")) for number in found.groups()]


def test_a_clicked_number_shows_its_rows_and_they_add_up(sample_server: Server, page: Page):
    page.goto(f"{sample_server.url}/scoreboard")
    expect(page.get_by_role("heading", name="Candidate side")).to_be_visible()
    click_cell(page.get_by_test_id("stDataFrame").first, row=1, share=0.9)
    upstream, downstream, rows = counts(page)
    assert upstream + downstream == rows
    assert upstream > 0
    expect(page.get_by_text(f"{upstream} send-outs, {downstream} fill").first).to_be_visible()
    assert "behind=Send-out+to+fill" in page.url


def test_the_link_to_a_number_shows_the_same_rows_again(sample_server: Server, page: Page):
    page.goto(f"{sample_server.url}/scoreboard")
    expect(page.get_by_role("heading", name="Candidate side")).to_be_visible()
    click_cell(page.get_by_test_id("stDataFrame").first, row=2, share=0.9)
    first = counts(page)
    page.goto(page.url)
    assert counts(page) == first


def test_the_keyboard_reaches_a_number_too(sample_server: Server, page: Page):
    page.goto(f"{sample_server.url}/scoreboard")
    box = page.get_by_role("combobox", name="Look behind a ratio")
    box.focus()
    page.keyboard.type("Send-out to")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Send-out to fill, ")).to_be_visible()
    page.get_by_role("combobox", name="of a desk").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    upstream, downstream, rows = counts(page)
    assert upstream + downstream == rows


def test_the_scoreboard_fits_a_phone_without_scrolling_sideways(sample_server: Server, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{sample_server.url}/scoreboard")
    expect(page.get_by_role("heading", name="Candidate side")).to_be_visible()
    wider = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert wider <= 0
