"""From a fresh start to the ratios: a file written by hand is dropped, stored, and read on the scoreboard."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from serving import Server, cli
from ui.clock import today

pytestmark = pytest.mark.browser


def by_hand(on: date) -> str:
    """Six send-outs and two fills of one desk, in the last closed weeks: 3.0 : 1."""
    days = [on - timedelta(days=14 + n) for n in range(6)]
    lines = [f"{day} 10:00,Desk 01,send_out,Avery Sample {n},Job 1" for n, day in enumerate(days)]
    lines += [f"{days[0]} 17:00,Desk 01,fill,Avery Sample {n},Job 1" for n in (4, 5)]
    return "\n".join(["occurred_at,desk,activity,candidate,job", *lines]) + "\n"


def test_a_file_written_by_hand_becomes_a_ratio_on_the_scoreboard(server: Server, page: Page, tmp_path: Path):
    file = tmp_path / "log.csv"
    file.write_text(by_hand(today()))
    page.goto(server.url)
    page.get_by_role("button", name="Upload your own export").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("8 rows ready.")).to_be_visible()
    page.get_by_role("button", name="Store 1 file").click()
    expect(page.get_by_text("Stored 1 file: 8 new, 0 changed, 0 already known.")).to_be_visible()
    page.get_by_role("button", name="See the scoreboard").click()
    expect(page.get_by_role("heading", name="Scoreboard")).to_be_visible()
    expect(page.get_by_text("3.0 : 1 · 6 / 2").first).to_be_attached()
    expect(page.get_by_text("3.0 : 1", exact=True).first).to_be_visible()
    expect(page.get_by_text("6 send-outs, 2 fills").first).to_be_visible()


@pytest.mark.parametrize(
    "address", ["", "this_week", "scoreboard", "trends", "upload", "imports", "people", "definitions"]
)
def test_every_page_opens_by_its_address_on_a_server_nobody_has_visited(address: str, server: Server, page: Page):
    store_one_row(server)
    page.goto(f"{server.url}/{address}")
    expect(
        page.get_by_role("heading", name=address.replace("_", " ").capitalize() or "This week", exact=True)
    ).to_be_visible()
    expect(page.get_by_text("Data to 2 Mar 2026, 1 desk, 1 import")).to_be_visible()
    assert page.url.split("?")[0].endswith(f"/{address}")
    page.get_by_role("navigation").get_by_role("button", name="Data").click()
    expect(page.get_by_role("menuitem", name="Definitions")).to_be_visible()


def store_one_row(server: Server) -> None:
    file = server.store.parent / "row.csv"
    file.write_text("occurred_at,desk,activity,candidate\n2026-03-02,Desk 01,fill,Avery Sample\n")
    cli("import", file, "--store", server.store)


def test_nothing_leaves_the_machine_and_answers_carry_the_security_headers(server: Server, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(server.url)
    expect(page.get_by_role("button", name="Load the sample data")).to_be_visible()
    foreign = [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]
    assert foreign == []
    assert answer is not None
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_health_address_says_that_the_history_can_be_read(server: Server, page: Page):
    answer = page.request.get(f"{server.url}/api/health")
    assert (answer.status, answer.json()) == (200, {"status": "ok"})
