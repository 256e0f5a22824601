"""An export no layout knows is mapped by hand, once; the next one of its kind loads with no question."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from serving import Server
from tests.ui.wizard_pages import COLUMNS
from ui.clock import today

pytestmark = pytest.mark.browser

HEADER = "Logged;Looked after by;Typed in by;What went on;How it went;Given name;Family name;Assignment"
VALUES = {"Grog": "Send-out", "Brim": "Call attempt", "Zot": "Fill"}


def both_ways(on: date, of: int) -> list[date]:
    """Days within the last 13 weeks whose number could be a month: they read both ways."""
    days = (on - timedelta(days=n) for n in range(7, 90))
    return [day for day in days if day.day <= 12 and day.day != day.month][:of]


def unknown(on: date, given: str) -> str:
    """Six send-outs, two fills and one call nobody answered, all of Desk Amber, typed in by Desk Office."""
    days = both_ways(on, 6)
    who = f"Desk Amber;Desk Office;{{}};OKD;{given}"
    lines = [f"{day:%d/%m/%Y} 10:00;{who.format('Grog')};Sample {n};Job 1" for n, day in enumerate(days)]
    lines += [f"{days[0]:%d/%m/%Y} 17:00;{who.format('Zot')};Sample {n};Job 1" for n in (0, 1)]
    lines += [f"{days[0]:%d/%m/%Y} 18:00;{who.format('Brim')};Sample 2;"]
    return "\n".join([HEADER, *lines]) + "\n"


def settle(page: Page) -> None:
    """Wait until an answer has had its effect, or the page stands still after scrolling."""
    page.wait_for_timeout(500)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def choose(page: Page, name: str, meaning: str) -> None:
    """Open the list below a name, type what is meant and take the line offered."""
    box = page.get_by_test_id("stSelectbox").filter(has_text=name).get_by_role("combobox")
    if box.input_value() == meaning:
        return
    box.click()
    box.fill(meaning)
    page.get_by_role("option", name=meaning, exact=True).click()
    expect(box).to_have_value(meaning)
    settle(page)


def drop(page: Page, server: Server, file: Path, content: str) -> None:
    file.write_text(content)
    page.goto(f"{server.url}/upload")
    page.locator("input[type=file]").first.set_input_files(file)


def answer_everything(page: Page) -> None:
    settle(page)
    for header, meaning in COLUMNS.items():
        choose(page, header, meaning)
    page.get_by_role("radiogroup").filter(has_text="Looked after by").get_by_text("Looked after by").click()
    for value, meaning in VALUES.items():
        choose(page, f"{value} · ", meaning)
    choose(page, "OKD · ", "Held")
    page.get_by_text("Day first (25/04)").click()


def test_an_unknown_export_is_mapped_once_and_the_next_one_needs_no_answer(server: Server, page: Page, tmp_path: Path):
    drop(page, server, tmp_path / "scribbles.csv", unknown(today(), "Avery"))
    expect(page.get_by_text("1. Where the table begins")).to_be_visible()
    answer_everything(page)
    page.get_by_role("button", name="Use this mapping").click()
    expect(page.get_by_text("9 rows ready. Nothing is stored yet")).to_be_visible()
    page.get_by_role("button", name="Store now").click()
    expect(page.get_by_text("Stored 1 file: 9 new, 0 changed, 0 already known.")).to_be_visible()
    page.get_by_role("button", name="See the scoreboard").click()
    expect(page.get_by_text("3.0 : 1 · 6 / 2").first).to_be_attached()

    drop(page, server, tmp_path / "again.csv", unknown(today(), "Blake"))
    expect(page.get_by_text("9 rows ready.")).to_be_visible()
    expect(page.get_by_text("1. Where the table begins")).to_be_hidden()
    page.get_by_role("button", name="Store 1 file").click()
    page.get_by_role("button", name="See the scoreboard").click()
    expect(page.get_by_text("3.0 : 1 · 12 / 4").first).to_be_attached()
