"""The page Desk in firms with a handful of rows, hostile names, or nothing that counts yet."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from desk_rows import TODAY, links, opened, rows, store, table
from screens import said

from ui import text


@pytest.fixture
def show(app):
    return partial(opened, app)


@pytest.fixture
def empty(history, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", TODAY.isoformat())
    return history


NAMES = ["=1+1", "<b>x</b>", "![x](http://127.0.0.1/x.png) $a$ :red[b]", "Avery " * 13 + "XY"]


@pytest.mark.parametrize("name", NAMES)
def test_one_desk_with_three_rows_is_shown_whatever_its_name(empty, show, name):
    store([*rows(name, "send_out", 2, date(2026, 10, 5)), *rows(name, "fill", 1, date(2026, 10, 19), "2026-10-05")])
    at = show()
    assert (
        at.subheader[0].value
        == f"{text.plain(name)}: nothing recorded in the last 4 weeks; before, of 1 ratio, 1 unclear"
    )
    assert "Not in the roster, recorded 5 Oct to 19 Oct 2026." in said(at)
    assert "2 send-outs, 1 fill in 7 weeks" in said(at)
    assert "No minimum is set for any activity." in said(at)
    assert "Which send-outs may still lead to a fill cannot be said yet" in said(at)
    assert "the numbers of the whole company watch it instead" in said(at)
    assert links(at)["Plan"] == {"plan_desk": name}


def test_a_firm_without_any_ratio_has_no_verdict_and_no_crash(empty, show):
    store(list(rows("Desk 01", "note", 5, date(2026, 11, 16))))
    at = show()
    assert at.subheader[0].value == "Desk 01: too little was recorded lately to judge any ratio"
    assert len(at.metric) == 0
    assert "since nothing is recorded in 1 week: Call to hit, Hit to interview" in said(at)
    assert table(at, 1)["Fills"].tolist() == [0, 0]


def test_before_the_first_week_is_over_the_page_says_when_it_will_be(empty, show):
    store(list(rows("Desk 01", "hit", 2, date(2026, 11, 23))))
    at = show()
    assert at.subheader[0].value == "Desk 01: nothing to judge yet"
    assert links(at)["What is recorded so far"] == {"period": "This month"}


def test_rows_that_all_lie_ahead_count_when_their_day_has_come(empty, show):
    store([*rows("Desk 01", "hit", 5, date(2026, 11, 16)), *rows("Desk 02", "interview", 1, date(2026, 11, 27))])
    shown = said(show("Desk 02"))
    assert "Desk 02: nothing to judge yet" in shown
    assert "Rows for days to come are stored up to 27 Nov 2026; they count when their day has come." in shown


def test_a_history_whose_imports_are_undone_asks_for_an_export(empty, show):
    store(list(rows("Desk 01", "hit", 5, date(2026, 11, 16))))
    empty.undo(int(empty.imports()["import_id"].iloc[0]))
    at = show()
    assert "No desk is known yet." in said(at)
    assert [link.label for link in at.get("page_link")] == ["Upload an export"]
