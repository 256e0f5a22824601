"""The steps about the table and its columns: header, sheet, samples, credit, blank cells, a date per stage."""

from __future__ import annotations

from typing import get_args

import pytest
from screens import said
from wizard_pages import (
    COLUMNS,
    FILE,
    UNKNOWN,
    about,
    control,
    fill_in,
    lists,
    map_unknown,
    means,
    open_wizard,
    stored,
    upload,
    use,
    why,
)

import awkward
from loaders.sketch import How
from ui.wizard import columns


@pytest.fixture
def dropped(history, open_page):
    return upload(open_page, FILE)


# --- the table -------------------------------------------------------------------------------------------------------


def test_the_row_of_the_column_names_can_be_said(history, open_page):
    at = upload(open_page, ("two.csv", f"a,b,c,d,e,f,g,h\nby,us,,,,,,\n{UNKNOWN}".encode()))
    at = control(at, "number_input", "header_row").set_value(3).run()
    assert list(lists(at, "columns")) == list(COLUMNS)


def test_another_sheet_can_be_chosen(history, open_page):
    book = awkward.workbook({"Pivot": [["Region", "Total"], ["North", 4]], "Log": awkward.as_lists(UNKNOWN)})
    at = upload(open_page, ("book.xlsx", book))
    at = control(at, "selectbox", "sheet").set_value("Log").run()
    assert list(lists(at, "columns")) == list(COLUMNS)


def test_the_first_rows_are_shown_on_demand(dropped):
    at = control(dropped, "toggle", "peek").set_value(True).run()
    top = next(frame.value for frame in at.dataframe if frame.value.index.name == "Row")
    assert top.iloc[1, 1] == "Desk Amber"


# --- what the columns mean -------------------------------------------------------------------------------------------


def test_each_column_is_shown_with_two_samples(dropped):
    assert about(dropped, "columns")["What went on"].partition("  \n")[0] == "Grog · Brim"


def test_first_and_last_name_are_joined_and_said_to_be(dropped):
    at = fill_in(dropped, "columns", COLUMNS)
    assert (means(at, "columns")["Given name"], why(at, "columns")["Given name"]) == (
        "Candidate",
        "joined with Family name",
    )


def test_of_two_activity_columns_the_one_chosen_last_holds(dropped):
    fill_in(dropped, "columns", COLUMNS)
    at = fill_in(dropped, "columns", {"How it went": "What was done"})
    shown = means(at, "columns")
    assert (shown["What went on"], shown["How it went"]) == ("Not used", "What was done")
    assert set(lists(at, "values")) == {"fine", "nobody home"}


def test_who_gets_the_credit_is_asked_where_several_columns_name_people(dropped, history):
    map_unknown(dropped)
    radio = control(dropped, "radio", "credit")
    at = radio.set_value("Typed in by").run()
    shown = means(at, "columns")
    assert (shown["Looked after by"], shown["Typed in by"]) == ("Not used", "Desk (gets the credit)")
    assert {row[1] for row in stored(use(at), history)} == {"Desk Office"}


def test_a_desk_can_be_given_to_the_whole_file(dropped, history):
    map_unknown(dropped)
    at = fill_in(dropped, "columns", {"Looked after by": "Not used"})
    at = control(at, "text_input", "desk").input("Desk 33").run()
    assert {row[1] for row in stored(use(at), history)} == {"Desk 33"}


def test_each_suggestion_that_is_not_sure_says_in_plain_words_where_it_comes_from(history, open_page):
    content = (
        "Wann,Recruter,Was,Nachher,Candidate,Telefon,Mobile\n"
        "2026-03-02,Pat Desk,Recruiting call,no answer,Avery Sample,1,5\n"
    )
    at = open_wizard(upload(open_page, ("log.csv", content.encode())))
    assert why(at, "columns") == {
        "Wann": "its cells are dates",
        "Recruter": "resembles a usual name",
        "Was": "looks like what was done",
        "Nachher": "its cells are outcomes",
        "Candidate": "",
        "Telefon": "",
        "Mobile": "personal, stays out",
    }
    at = fill_in(at, "columns", {"Telefon": "Reference"})
    assert why(at, "columns")["Telefon"] == "chosen by you"


def test_there_are_words_for_everything_a_suggestion_can_come_from():
    assert set(columns.HOW) == set(get_args(How))


def test_a_row_can_be_a_candidate_with_a_date_per_stage(history, open_page):
    wide = (
        "Who,Minder,Shown round,Signed\nAvery Sample,Desk 01,2026-03-02,2026-03-09\nBlake Sample,Desk 01,2026-03-03,\n"
    )
    at = open_wizard(upload(open_page, ("wide.csv", wide.encode())))
    at = control(at, "radio", "shape").set_value("One candidate with a date per stage").run()
    fill_in(
        at,
        "columns",
        {
            "Who": "Candidate",
            "Minder": "Desk (gets the credit)",
            "Shown round": "Date of: Send-out",
            "Signed": "Date of: Fill",
        },
    )
    assert stored(use(at), history) == [
        ("2026-03-02", "Desk 01", "send_out", "Avery Sample"),
        ("2026-03-09", "Desk 01", "fill", "Avery Sample"),
        ("2026-03-03", "Desk 01", "send_out", "Blake Sample"),
    ]


TRACKER = (
    "Who,Minder,Kind,Day,Interview,Placed on,Oddment\n"
    "Avery Sample,Pat Desk,Call,2026-03-01,2026-03-05,2026-03-12,2026-03-20\n"
    "Blake Sample,Pat Desk,Call,2026-03-02,2026-03-06,,\n"
)


def test_a_row_said_to_be_a_candidate_proposes_a_stage_for_every_date_column_by_its_header(history, open_page):
    at = open_wizard(upload(open_page, ("tracker.csv", TRACKER.encode())))
    before = means(at, "columns")
    assert [before[header] for header in ("Kind", "Day", "Interview")] == ["What was done", "When", "Not used"]
    at = control(at, "radio", "shape").set_value("One candidate with a date per stage").run()
    assert not at.exception
    assert means(at, "columns") == {
        "Who": before["Who"],
        "Minder": "Desk (gets the credit)",
        "Kind": "Not used",
        "Day": "Not used",
        "Interview": "Date of: Interview",
        "Placed on": "Date of: Fill",
        "Oddment": "Not used",
    }
    assert means(control(at, "radio", "shape").set_value("One activity").run(), "columns") == before


def test_the_dates_of_a_stage_chosen_by_hand_are_shown(history, open_page):
    at = open_wizard(upload(open_page, ("tracker.csv", TRACKER.encode())))
    at = control(at, "radio", "shape").set_value("One candidate with a date per stage").run()
    at = fill_in(at, "columns", {"Oddment": "Date of: Start"})
    assert "**Interview**, **Placed on** and **Oddment**: year\\-month\\-day" in said(at)
    assert "Nothing to answer here: each date column is an activity" in said(at)


def test_several_columns_of_days_that_read_both_ways_are_asked_about_once(history, open_page):
    tracker = "Who,Interview,Placed on,Oddment\nAvery Sample,05/03/2026,09/03/2026,13/03/2026\n"
    at = open_wizard(upload(open_page, ("tracker.csv", tracker.replace("13/", "12/").encode())))
    assert "**Interview** and **Placed on**: day and month cannot be told apart." in said(at)
    both = [frame.value for frame in at.dataframe if "In the file" in frame.value]
    assert [frame["In the file"].tolist() for frame in both] == [["05/03/2026", "09/03/2026"]]
