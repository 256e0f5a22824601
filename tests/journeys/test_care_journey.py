"""From This week to who needs a call first, the reasons, everything on record about them, and what is owed to them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from serving import Server

pytestmark = pytest.mark.browser

#: Contractors are judged once, on the first visit: slow shared machines get time for it.
COUNTING = 90_000
NEEDS = re.compile(r"(\d+) of (\d+) contractors on assignment needs? a call now, (\d+) to be watched")


def test_a_manager_goes_from_this_week_to_everything_about_who_needs_a_call(sample_server: Server, page: Page):
    page.goto(sample_server.url)
    line = page.get_by_text(NEEDS)
    expect(line).to_be_visible(timeout=COUNTING)
    found = NEEDS.search(line.inner_text().replace("\u00a0", " "))
    assert found
    act, _, watch = map(int, found.groups())

    page.get_by_role("link", name="Care").last.click()
    expect(
        page.get_by_role("heading", name=re.compile(f"{act} needs? a call now, {watch} to be watched"))
    ).to_be_visible(timeout=COUNTING)

    page.get_by_role("link", name="Everything on record").first.click()
    page.wait_for_url(re.compile("person="))
    (name,) = parse_qs(urlsplit(page.url).query)["person"]
    expect(page.get_by_role("heading", name=re.compile(re.escape(name)))).to_be_visible(timeout=COUNTING)

    page.go_back()
    page.get_by_role("button", name="Answer on Owed").first.click(timeout=COUNTING)
    expect(page.get_by_role("button", name="Answer", exact=True).first).to_be_visible(timeout=COUNTING)
    sought = page.get_by_label("Find a person").input_value()
    expect(page.get_by_role("heading", name=re.compile(re.escape(f"“{sought}” in the name")))).to_be_visible()
    assert sought.partition(" ")[0] not in page.url
