"""Upload: what is understood is shown, corrections read the file again, and storing lets go of it."""

from __future__ import annotations

import pytest
from screens import LOG, said
from wizard_pages import control, fill_in, lists, means, open_wizard, upload, use, waits, why

import awkward
from loaders import Options, load
from loaders.mending import mending_workbook
from ui import intake, mending, understood

REFUSED = {
    "an empty file": ("empty.csv", b"", "empty_file"),
    "a header and nothing below": ("header.csv", f"{awkward.HEADER}\n".encode(), "header_only"),
    "a wrong kind of file": ("letter.docx", b"Dear team,\n", "wrong_extension"),
    "a PDF renamed": ("report.csv", b"%PDF-1.7\n1 0 obj\n", "not_a_table"),
    "a password": ("secret.xlsx", awkward.password_protected(), "password_protected"),
    "one cell in the last corner": ("corner.xlsx", awkward.last_cell(), "workbook_too_large"),
    "a document type definition": ("dtd.xlsx", awkward.with_dtd(), "workbook_unsafe"),
    "no dates": ("dates.csv", b"desk,activity,candidate\nDesk 01,fill,A\n", "no_date_column"),
    "no desk": ("desks.csv", b"occurred_at,activity,candidate\n2026-03-02,fill,A\n", "no_desk_column"),
    "no activity": ("what.csv", b"occurred_at,desk,candidate\n2026-03-02,Desk 01,A\n", "no_activity_column"),
    "dates that read both ways": (
        "both.csv",
        awkward.dated("03/04/2026", "05/06/2026").encode(),
        "date_order_ambiguous",
    ),
}
#: What is asked says which answers are left; what cannot be asked, or is one question by itself, carries its code.
SAID_WITH_CODE = {code for _, _, code in REFUSED.values()} - {"no_date_column", "no_desk_column", "no_activity_column"}
MIXED = awkward.rows(
    "2026-10-05,Desk 01,send_out,Avery Sample,Job 1",
    "someday,Desk 01,send_out,Blake Sample,Job 1",
    "2026-10-06,Desk 01,mystery *call*,Blake Sample,Job 1",
).encode()


def escaped(code: str) -> str:
    return code.replace("_", "\\_")


@pytest.fixture
def drop(open_page):
    """Opens the upload page and drops files on it: pairs of name and content."""

    return lambda *files: upload(open_page, *files)


def figures(at):
    return {metric.label: metric.value for metric in at.metric}


def days(history):
    return sorted(history.log().df()["occurred_at"].dt.strftime("%Y-%m-%d"))


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_says_why_and_what_to_do_and_cannot_be_stored(case, filled, drop):
    name, content, code = REFUSED[case]
    before = filled.version()
    at = drop((name, content))
    assert not at.exception
    said_where = at.info if code in understood.FIX_HERE else at.error
    assert (escaped(code) if code in SAID_WITH_CODE else "left: ") in said_where[0].value
    assert bool(at.error) == (code not in understood.FIX_HERE)
    assert at.button(key="store").disabled
    assert filled.version() == before


def test_what_was_understood_is_shown_and_adds_up(history, drop):
    at = drop(("log.csv", MIXED))
    assert not at.exception
    assert figures(at) == {"Rows read": "3", "Accepted": "1", "Unknown": "1", "To mend": "1"}
    assert "1 of 3 rows ready: 1 needs a date, 1 with a value not known yet." in said(at)
    problems = at.dataframe[0].value
    assert problems[["row", "column", "value"]].to_dict("records") == [
        {"row": 3, "column": "occurred_at", "value": "someday"}
    ]
    assert "**1 value not known as an activity, 1 row.**" in said(at)
    assert list(lists(at, "values")) == ["mystery *call*", "send_out"]


def test_the_columns_are_shown_with_what_they_mean(history, drop):
    shown = means(open_wizard(drop(("log.csv", awkward.PLAIN.encode()))), "columns")
    assert list(shown) == awkward.HEADER.split(",")
    assert list(shown.values()) == ["When", "Desk (gets the credit)", "What was done", "Candidate", "Job"]


def test_storing_says_what_is_new_and_leads_to_the_scoreboard(history, drop):
    at = drop(("log.csv", awkward.PLAIN.encode()))
    assert at.button(key="store").label == "Store 1 file"
    at.button(key="store").click().run()
    assert not at.exception
    assert at.success[0].value == "Stored 1 file: 2 new, 0 changed, 0 already known."
    assert days(history) == ["2026-03-02", "2026-03-20"]
    at.button(key="go_scoreboard").click().run()
    assert [title.value for title in at.title] == ["Scoreboard"]


def test_a_click_on_store_is_kept_while_the_page_is_drawn_anew(history, drop):
    at = drop(("log.csv", awkward.PLAIN.encode()))
    at.session_state[intake.ASKED] = True
    at.run()
    assert at.success[0].value == "Stored 1 file: 2 new, 0 changed, 0 already known."
    assert intake.ASKED not in at.session_state


def test_a_click_on_store_is_let_go_where_nothing_can_be_stored(history, drop):
    at = drop(("empty.csv", b""))
    at.session_state[intake.ASKED] = True
    at.run()
    assert intake.ASKED not in at.session_state
    assert not at.success


@pytest.mark.parametrize(
    ("days_stored", "shown"),
    [
        ("2026-03-02 2026-03-20", "Custom dates, 22 Dec 2025 to 20 Mar 2026"),
        ("2026-11-23", "Custom dates, 31 Aug to 23 Nov 2026"),
        ("2026-03-02 2026-08-24", "Last 13 weeks, 24 Aug to 22 Nov 2026"),
    ],
)
def test_the_scoreboard_opens_on_what_was_just_stored(history, drop, days_stored, shown):
    rows = [f"{day},Desk 01,fill,Avery Sample {n},Job 1" for n, day in enumerate(days_stored.split())]
    at = drop(("log.csv", awkward.rows(*rows).encode())).button(key="store").click().run()
    at.button(key="go_scoreboard").click().run()
    assert shown in said(at).replace("**", "")


def test_storing_lets_go_of_the_dropped_bytes(history, drop):
    at = drop(("log.csv", awkward.PLAIN.encode()))
    at.button(key="store").click().run()
    assert at.file_uploader[0].value == []
    assert intake.READINGS not in at.session_state


def test_several_files_are_stored_at_once_and_a_refused_one_does_not_keep_the_others_out(history, drop):
    more = awkward.rows("2026-04-01,Desk 02,fill,Casey Sample,Job 2").encode()
    at = drop(("log.csv", awkward.PLAIN.encode()), ("empty.csv", b""), ("more.csv", more))
    assert "3 rows ready. 1 file refused." in said(at)
    at.button(key="store").click().run()
    assert at.success[0].value == "Stored 2 files: 3 new, 0 changed, 0 already known."


def test_the_same_file_twice_in_one_drop_counts_once(history, drop):
    at = drop(("log.csv", MIXED), ("log.csv", MIXED))
    assert not at.exception
    at.button(key="store").click().run()
    assert len(days(history)) == 1


def test_the_same_file_again_adds_nothing(history, drop):
    drop(("log.csv", awkward.PLAIN.encode())).button(key="store").click().run()
    at = drop(("log.csv", awkward.PLAIN.encode()))
    at.button(key="store").click().run()
    assert at.success[0].value == "Stored 1 file: 0 new, 0 changed, 2 already known."


def test_an_overlapping_export_says_beforehand_what_it_would_change(filled, drop):
    edited = LOG.replace("2026-10-06 09:00,Desk 01,send_out,Blake Sample,Job 1,held", "{}")
    more = edited.format("2026-10-06 09:00,Desk 01,send_out,Blake Sample,Job 1,cancelled")
    at = drop(("log.csv", (more + "2026-10-21 09:00,Desk 01,interview,Casey Sample,Job 1,\n").encode()))
    assert "**Once stored:** 1 new, 1 changed, 3 already known." in said(at)
    at.button(key="store").click().run()
    assert at.success[0].value == "Stored 1 file: 1 new, 1 changed, 3 already known."
    # The changed send-out lay before the last known day, the new interview after it.
    assert "**3 numbers of the past changed**" in said(at)
    assert at.dataframe[0].value.to_dict("records") == [
        {"Desk": "Desk 01", "Month": "2026-10", "Ratio": ratio, "Before": before, "After": after}
        for ratio, before, after in (
            ("Interview to send-out", "0 / 2", "0 / 1"),
            ("Send-out to fill", "2 / 1", "1 / 1"),
            ("Presentation to send-out", "0 / 2", "0 / 1"),
        )
    ]


def test_an_export_that_only_adds_later_days_changes_no_number_of_the_past(filled, drop):
    at = drop(("log.csv", awkward.rows("2026-11-02,Desk 01,send_out,Drew Sample,Job 1").encode()))
    at.button(key="store").click().run()
    assert not at.exception
    assert "of the past changed" not in said(at)


def test_dates_that_read_both_ways_are_settled_on_the_page(history, drop):
    at = drop(("both.csv", awkward.dated("03/04/2026", "05/06/2026").encode()))
    control(at, "segmented_control", "order").set_value("Day first (25/04)")
    at.run()
    assert not waits(at)
    at.button(key="store").click().run()
    assert days(history) == ["2026-04-03", "2026-06-05"]


def test_a_file_without_a_desk_is_given_one_on_the_page(history, drop):
    at = drop(("desks.csv", b"occurred_at,activity,candidate\n2026-03-02,fill,A\n"))
    control(at, "text_input", "desk").input("Desk 07")
    at.run()
    assert not waits(at)
    at.button(key="store").click().run()
    assert history.log().df()["desk"].tolist() == ["Desk 07"]


def test_calls_are_given_their_side_on_the_page(history, drop):
    content = (
        "Date,First Name,Last Name,Regarding,Activity,Notes,Entered By\n"
        '"2026-03-03 10:00:00","Avery","Sample 6","General","Call (Talked)","nice talk","Desk 04"\n'
    )
    at = open_wizard(drop(("calls.csv", content.encode())))
    control(at, "radio", "calls").set_value("Candidates")
    at.run()
    at.button(key="store").click().run()
    assert history.log().df()["activity"].tolist() == ["recruiting_call"]


def test_another_sheet_can_be_chosen(history, drop):
    book = awkward.workbook(
        {
            "March": awkward.as_lists(awkward.PLAIN),
            "April": awkward.as_lists(awkward.rows("2026-04-01,Desk 01,fill,A,J", "2026-04-02,Desk 01,fill,B,J")),
        }
    )
    at = open_wizard(drop(("book.xlsx", book)))
    control(at, "selectbox", "sheet").set_value("April")
    at.run()
    at.button(key="store").click().run()
    assert days(history) == ["2026-04-01", "2026-04-02"]


def test_another_layout_can_be_chosen(history, drop):
    at = open_wizard(drop(("log.csv", awkward.PLAIN.encode())))
    control(at, "selectbox", "layout").set_value("opencats_activities")
    at.run()
    assert not at.exception
    assert waits(at)
    assert at.button(key="store").disabled


def test_the_row_of_the_column_names_can_be_chosen(history, drop):
    content = f"occurred_at,desk,activity,candidate,job\nexported,yesterday,by,Example,ATS\n{awkward.PLAIN}"
    at = open_wizard(drop(("two.csv", content.encode())))
    control(at, "number_input", "header_row").set_value(3)
    at.run()
    assert figures(at)["Accepted"] == "2"


def test_a_column_can_be_given_another_meaning(history, drop):
    content = "occurred_at,desk,activity,candidate,Req\n2026-03-02,Desk 01,fill,A,Job 9\n"
    at = open_wizard(drop(("log.csv", content.encode())))
    at = fill_in(at, "columns", {"Req": "Reference"})
    assert (means(at, "columns")["Req"], why(at, "columns")["Req"]) == ("Reference", "chosen by you")
    use(at).button(key="store").click().run()
    assert history.log().df()["ref"].tolist() == ["Job 9"]


def test_a_list_of_teams_is_understood_and_stored(filled, drop):
    at = drop(("teams.csv", b"desk,team,from,to\nDesk 01,East,2026-01-01,\n"))
    assert "who is in which team" in said(at)
    assert "A list of teams has nothing to map." in said(open_wizard(at))
    at.button(key="store").click().run()
    assert "The list of teams now has 1 line." in at.success[0].value
    assert filled.roster()["team"].tolist() == ["East"]


def test_a_roster_with_a_bad_row_shows_where_to_mend_it(filled, drop):
    bad = "desk,team,role,from\nDesk 01,East,AE,2026-01-01\nDesk 02,,,\nDesk 03,East,,someday\n"
    at = drop(("roster.csv", bad.encode()))
    assert not at.exception
    figures = {metric.label: metric.value for metric in at.metric}
    assert figures == {"Rows read": "3", "Accepted": "1", "To mend": "2"}
    roster, problems = (one.value for one in at.dataframe if {"role", "problem"} & {*one.value.columns})
    assert roster["role"].tolist() == ["Account executive"]
    assert problems[["row", "column", "value"]].fillna("").to_dict("records") == [
        {"row": 3, "column": "team", "value": ""},
        {"row": 4, "column": "from", "value": "someday"},
    ]
    at.button(key="store").click().run()
    assert "Imports shows which" not in at.success[0].value
    assert "2 rows of the list of teams left out: mend the file and drop it again." in at.success[0].value


def test_leaving_the_page_lets_go_of_what_was_read(filled, drop, open_page):
    drop(("log.csv", awkward.PLAIN.encode()))
    at = open_page("data/imports")
    assert intake.READINGS not in at.session_state


def test_the_message_about_storing_is_gone_once_another_page_was_open(filled, drop, open_page):
    drop(("log.csv", awkward.PLAIN.encode())).button(key="store").click().run()
    open_page("data/imports")
    assert [message.value for message in open_page("data/upload").success] == []


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
    assert "**1 name is written in more than one way.**" in said(at)
    join = at.button(key="join-Avery Sample avery-sample")
    assert join.label == "Avery Sample / avery\\-sample: count as Avery Sample"
    at = join.click().run()
    assert "more than one way" not in said(at)
    at.button(key="store").click().run()
    assert set(history.log().df()["desk"]) == {"Avery Sample"}


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
