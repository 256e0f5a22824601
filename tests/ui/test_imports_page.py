"""Imports: the list, one import in detail, undo and redo."""

from __future__ import annotations

import pytest
from screens import said

from loaders import Options, load
from ui import intake

BAD = """occurred_at,desk,activity,candidate,job
2026-10-05 09:00,Desk 03,send_out,Avery Sample,Job 1
someday,Desk 03,send_out,Blake Sample,Job 1
2026-10-06 09:00,Desk 03,mystery,Blake Sample,Job 1
"""


@pytest.fixture
def with_bad_rows(filled):
    intake.store_loaded([load(BAD.encode(), "bad *file*.csv", Options())])
    return filled


def desks(history):
    return sorted(history.log().df()["desk"].unique())


def test_the_list_says_what_came_in(filled, open_page):
    at = open_page("data/imports")
    assert not at.exception
    row = at.dataframe[0].value.iloc[0]
    assert (row["name"], row["rows_read"], row["added"], row["left_out"], row["active"]) == ("log.csv", 4, 4, 0, True)


def test_an_import_shows_where_its_rows_went_and_what_has_to_be_mended(with_bad_rows, open_page):
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(2).run()
    assert not at.exception
    figures = {metric.label: metric.value for metric in at.metric}
    assert figures == {"Rows read": "3", "Accepted": "1", "Unknown": "1", "To mend": "1"}
    assert "bad \\*file\\*\\.csv" in said(at)
    problems = at.dataframe[1].value
    assert problems[["row", "column", "value"]].to_dict("records") == [
        {"row": 3, "column": "occurred_at", "value": "someday"},
        {"row": 4, "column": "activity", "value": "mystery"},
    ]
    assert [button.label for button in at.get("download_button")][:2] == ["CSV", "Excel"]


def test_undo_asks_first_and_takes_the_rows_out(with_bad_rows, open_page):
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(2).run()
    at.button(key="undo").click().run()
    assert desks(with_bad_rows) == ["Desk 01", "Desk 02", "Desk 03"]
    at.button(key="undo_confirmed").click().run()
    assert not at.exception
    assert desks(with_bad_rows) == ["Desk 01", "Desk 02"]
    assert [button.key for button in at.button if button.key in ("undo", "redo")] == ["redo"]


def test_an_undone_import_can_be_brought_back(with_bad_rows, open_page):
    with_bad_rows.undo(2)
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(2).run()
    at.button(key="redo").click().run()
    assert not at.exception
    assert desks(with_bad_rows) == ["Desk 01", "Desk 02", "Desk 03"]
