"""What the upload says besides: names, contact details, spellings, readings that replace others, rows to mend."""

from __future__ import annotations

import pandas as pd
import pytest
from screens import said
from wizard_pages import MIXED, fill_in, open_wizard, upload, use

import awkward
from loaders import Options, load
from loaders.mending import mending_workbook
from ui import mending, understood
from ui.wizard import spellings


@pytest.fixture
def drop(open_page):
    """Opens the upload page and drops files on it: pairs of name and content."""

    return lambda *files: upload(open_page, *files)


def test_a_hostile_file_name_is_shown_as_it_is(history, drop):
    at = drop(("![x](http://127.0.0.1/a.png).csv", awkward.PLAIN.encode()))
    assert not at.exception
    assert "![x]" not in said(at)
    assert "\\!\\[x\\]" in said(at)


CONTACTS = (
    "Date,Recruiter,Type,Candidate,Mobile,Email,SSN\n2026-03-02,Desk 01,Fill,Avery Sample,555 0100,a@b.example,0\n"
)


def test_dropped_contact_details_are_said_to_be_kept_on_demand(history, drop):
    at = drop(("log.csv", CONTACTS.encode()))
    told = "Left out: Mobile and Email. To keep phone numbers and e-mail addresses, switch it on under People."
    assert told in said(at)


def test_nothing_is_said_about_contact_details_that_are_kept_or_absent(history, drop):
    assert "under People" not in said(drop(("log.csv", CONTACTS.replace("Mobile,Email", "A,B").encode())))
    history.save_setting("contacts", True)
    assert "under People" not in said(drop(("log.csv", CONTACTS.encode())))


def test_a_name_in_two_spellings_is_said_and_joined_by_one_click(history, drop):
    rows = [f"2026-03-0{n},{name},fill,Person {n},Job 1" for n, name in ((2, "Avery Sample"), (3, "avery-sample"))]
    at = drop(("log.csv", awkward.rows(*rows, "2026-03-04,Avery Sample,fill,Person 4,Job 1").encode()))
    assert "**1 person seems to be written in more than one way.**" in said(at)
    join = at.button(key="join-Avery Sample avery-sample")
    assert join.label == "Avery Sample / avery\\-sample: count as Avery Sample"
    at = join.click().run()
    assert "more than one way" not in said(at)
    at.button(key="store").click().run()
    assert set(history.log().df()["desk"]) == {"Avery Sample"}


def test_a_name_and_its_initial_are_asked_about_and_joined_by_a_click_only(history, drop):
    rows = [f"2026-03-0{n},{name},fill,Person {n},Job 1" for n, name in ((2, "Avery Sample"), (3, "A. Sample"))]
    content = awkward.rows(*rows, "2026-03-04,Avery Sample,fill,Person 4,Job 1").encode()
    at = drop(("log.csv", content))
    join = at.button(key="join-Avery Sample A. Sample")
    assert join.label == "Avery Sample / A\\. Sample: count as Avery Sample"
    at.button(key="store").click().run()
    assert set(history.log().df()["desk"]) == {"Avery Sample", "A. Sample"}
    join.click().run()
    assert set(history.log().df()["desk"]) == {"Avery Sample"}


def test_an_initial_that_fits_two_names_and_pairs_kept_apart_are_not_offered():
    desks = pd.Series(["Avery Sample", "Alex Sample", "A. Sample", "Blake Other", "B. Other"])
    assert spellings.alike(desks, [], {}) == [["B. Other", "Blake Other"]]
    assert spellings.alike(desks, [], {}, [("B. Other", "Blake Other")]) == []
    assert spellings.alike(desks, ["B. Other", "Blake Other"], {}) == []


def test_a_name_that_is_stored_in_another_spelling_can_be_joined_to_it(filled, drop):
    at = drop(("log.csv", awkward.rows("2026-11-02,DESK 01,send_out,Drew Sample,Job 1").encode()))
    assert at.button(key="join-Desk 01 DESK 01").label == "Desk 01 / DESK 01: count as Desk 01"


def test_a_file_read_anew_says_that_it_replaces_its_earlier_reading(history, drop):
    content = "Date,Desk,What,Who\n2026-03-02,Desk 01,fill,Avery Sample\n2026-03-03,Desk 01,start,Blake Sample\n"
    drop(("log.csv", content.encode())).button(key="store").click().run()
    at = fill_in(open_wizard(drop(("log.csv", content.encode()))), "values", {"start": "Note"})
    at = use(at)
    told = "2 new, 0 changed, 0 already known. They replace the earlier reading of this file: 2 rows of it retired."
    assert told in said(at)
    at = at.button(key="store").click().run()
    assert at.success[0].value == "Stored 1 file: 2 new, 0 changed, 0 already known. 2 rows retired."


def test_problems_are_told_in_whole_sentences_by_kind(history, drop):
    at = drop(("log.csv", MIXED + b"never,Desk 01,send_out,Casey Sample,Job 1\n"))
    told = "**occurred\\_at**, rows 3 and 5: This is not a date in the format of the column\\. Write it as year"
    assert told in said(at)


def test_what_the_loader_wants_noticed_stands_in_one_box(history, drop):
    rows = [f"2026-03-0{n},Desk 01,send_out,Person {n},Job 1,{word}" for n, word in ((2, "sunny"), (3, "rainy"))]
    content = "occurred_at,desk,activity,candidate,job,outcome\n" + "\n".join(rows)
    at = drop(("log.csv", content.encode()))
    assert len(at.warning) == 1
    assert at.warning[0].value.count("\n- ") == 1


def test_a_sheet_kept_by_hand_is_meant_too(history, drop):
    assert "or the sheet you keep by hand" in said(drop())


def test_the_workbook_to_mend_is_named_after_the_file_without_its_ending():
    assert mending.file_name("our call sheet.xlsx") == "to-mend-our-call-sheet.xlsx"
    assert mending.file_name("march.csv") == "to-mend-march.xlsx"


def test_mended_rows_with_an_unknown_value_are_not_sent_to_a_step_that_is_not_there(history, drop):
    first = load(MIXED, "log.csv", Options())
    book = mending_workbook(first.left_out, understood.problems(first.report), first.report.reading)
    at = drop(("to-mend.xlsx", book))
    assert "step 3 below" not in said(at)
    assert "or drop the whole file again and say there what they mean" in said(at)


def test_rows_left_out_by_an_answer_are_called_that_before_and_after_storing_and_under_imports(
    history, drop, open_page
):
    content = "Date,Desk,What,Who\n2026-03-02,Desk 01,fill,A\n2026-03-03,Desk 01,Zorp,B\n2026-03-04,,fill,C\n"
    at = drop(("log.csv", content.encode()))
    at = use(fill_in(at, "values", {"Zorp": "Leave out: not an activity"}))
    assert "1 of 3 rows ready: 1 needs a desk, 1 left out by your answer." in said(at)
    at.button(key="store").click().run()
    assert at.success[0].value.endswith("1 row left out by your answer. 1 row to mend or unknown; Imports shows which.")
    at = open_page("data/imports")
    row = at.dataframe[0].value.iloc[0]
    assert (row["left_out"], row["unknown"], row["to_mend"]) == (1, 0, 1)
    assert "Left out: 1 by your answer." in said(at.selectbox(key="import").set_value(1).run())
