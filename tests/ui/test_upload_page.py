"""Upload: what is understood is shown, corrections read the file again, and storing lets go of it."""

from __future__ import annotations

import pytest
from screens import LOG, said
from wizard_pages import MIXED, control, figures, fill_in, lists, means, open_wizard, upload, use, waits, why

import awkward
from ui import intake, understood

REFUSED = {
    **awkward.REFUSED,
    "a wrong kind of file": ("letter.docx", b"Dear team,\n", "wrong_extension"),
}
#: What is asked says which answers are left; what cannot be asked, or is one question by itself, carries its code.
SAID_WITH_CODE = {code for _, _, code in REFUSED.values()} - {"no_date_column", "no_desk_column", "no_activity_column"}


def escaped(code: str) -> str:
    return code.replace("_", "\\_")


@pytest.fixture
def drop(open_page):
    """Opens the upload page and drops files on it: pairs of name and content."""

    return lambda *files: upload(open_page, *files)


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
    assert figures(at) == {"Rows read": "3", "Accepted": "1", "To mend": "2"}
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
