"""An empty history shows one screen with two ways on, whatever page was asked for."""

from __future__ import annotations

import pytest
from screens import said


def test_an_empty_history_shows_two_ways_on_and_nothing_else(history, app):
    at = app.run()
    assert not at.exception
    assert [button.key for button in at.button] == ["load_sample", "go_upload"]
    assert [title.value for title in at.title] == ["Touchline"]
    assert "exports your recruiting system already makes" in said(at)


@pytest.mark.parametrize(
    "name",
    ["meeting/this_week", "ratios/scoreboard", "ratios/trends", "data/imports", "data/people", "data/definitions"],
)
def test_every_other_page_is_hidden_until_there_is_something_to_show(history, open_page, name):
    assert [title.value for title in open_page(name).title] == ["Touchline"]


def test_when_every_import_is_undone_the_pages_stay_so_that_it_can_be_brought_back(filled, open_page):
    filled.undo(1)
    assert [title.value for title in open_page("data/imports").title] == ["Imports"]
    at = open_page("ratios/scoreboard")
    assert not at.exception
    assert "No activity is stored" in said(at)


def test_the_second_way_leads_to_the_upload_and_back(history, app):
    at = app.run().button(key="go_upload").click().run()
    assert not at.exception
    assert [link.label for link in at.page_link] == ["Back to the start"]
    assert [title.value for title in at.title] == ["Upload"]
    assert "Data to" not in said(at)


def test_the_sample_data_lands_on_this_week(history, app):
    at = app.run(timeout=300).button(key="load_sample").click().run(timeout=300)
    assert not at.exception
    assert [title.value for title in at.title] == ["This week"]
    assert "14 desks, 4 imports" in said(at)
    assert history.span()[1].isoformat() >= "2026-11-22"
    assert sorted(history.roster()["team"].dropna().unique()) == ["Team Alder", "Team Birch", "Team Cedar"]
