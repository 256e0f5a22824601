"""The page Retention: whose assignment ends soon, who was placed again, and what is to be asked."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from contractor_log import choose, lines, table
from follow_up_log import plainly, store
from retention_log import ALONE, LOG, line

from quality.assignment_questions import SENTENCES
from quality.redeployment import STATES
from quality.rule_changes import KEY, RuleChange
from quality.shares import share
from ui import retention_next, retention_questions, timeline_link

PAGE = "contractors/retention"
HOSTILE = "![x](http://127.0.0.1/x.png) =1+1 $a$"


@pytest.fixture
def firm(history):
    store(LOG)
    return history


def opened(open_page, name):
    return open_page(PAGE).get_by_key("retention_section").set_value(name).run()


def soon(at):
    return next(one.value for one in at.dataframe if "Days left" in one.value)


# --- ending soon -----------------------------------------------------------------------------------------------------


_NEAR = (
    "2 assignments end within 45 days; in contact near the date: "
    "0 in time, 0 late, 0 overdue, 1 overdue again, 1 with nothing due"
)


def test_who_was_not_in_contact_in_time_stands_first(firm, open_page):
    at = opened(open_page, "What comes next")
    assert not at.exception
    assert _NEAR in plainly(at)
    assert lines(soon(at), "Who", "Days left", "State", "Contact near the date") == [
        ["Person 02", 17, "Overdue again", "In contact on 20 Oct, again due since 10 Nov"],
        ["Kit Sample 90", 4, "Nothing due", "Nothing due"],
    ]
    assert soon(at).columns.tolist()[:4] == ["Who", "Planned end", "State", "Contact near the date"]
    assert "45 days before the planned end (from 14 days earlier on)" in plainly(at)


def test_the_days_ahead_can_be_chosen(firm, open_page):
    at = opened(open_page, "What comes next")
    at.get_by_key("ending_in").set_value(7).run()
    assert (
        "1 assignment ends within 7 days; in contact near the date: 0 in time, 0 late, 0 overdue, 1 with nothing due"
        in plainly(at)
    )
    assert lines(soon(at), "Who") == [["Kit Sample 90"]]


def test_a_name_leads_to_everything_about_them(firm, open_page, monkeypatch):
    went = []
    monkeypatch.setattr(timeline_link, "go", lambda party, who: went.append((party, who)))
    at = choose(opened(open_page, "What comes next"), "ending-", 1, "Planned end")
    assert went == []
    choose(at, "ending-", 1, "Who")
    assert went == [("candidate", "Kit Sample 90")]


def test_the_person_opens_in_place_of_the_page(monkeypatch):
    went = []
    monkeypatch.setattr(timeline_link.st, "switch_page", lambda page, query_params: went.append((page, query_params)))
    timeline_link.go("candidate", "Zoë & Co")
    [(page, asked)] = went
    assert page.endswith("contractors/person.py")
    assert asked == {"person": "Zoë & Co", "party": "candidate"}


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        ("overdue", {"due_on": "11-20"}, "No contact yet, due since 20 Nov"),
        ("due", {"due_on": "11-29"}, "No contact yet, due by 29 Nov"),
        ("again", {"spoken_on": "11-05", "due_on": "11-22"}, "In contact on 5 Nov, again due since 22 Nov"),
        (
            "late",
            {"spoken_on": "11-10", "late_on": "11-10", "missed_on": "11-01"},
            "In contact on 10 Nov, late: due by 1 Nov",
        ),
        (
            "late",
            {"spoken_on": "11-18", "late_on": "10-19", "missed_on": "10-18"},
            "In contact on 18 Nov; the first, on 19 Oct, was due by 18 Oct",
        ),
        ("spoken", {"spoken_on": "11-18", "due_on": "12-06"}, "In contact on 18 Nov, again due by 6 Dec"),
        ("spoken", {"spoken_on": "11-18"}, "In contact on 18 Nov"),
        ("none", {}, "Nothing due"),
    ],
)
def test_each_state_is_said_with_its_days(state, days, words):
    never = dict.fromkeys(("spoken_on", "due_on", "late_on", "missed_on"), pd.NaT)
    row = never | {name: pd.Timestamp(f"2026-{day}") for name, day in days.items()}
    assert retention_next.said(row | {"next_said": state}) == words


def test_every_state_has_a_word_and_whoever_is_left_alone_is_not_listed():
    assert {*retention_next.STATES} == {*STATES} - {"alone"}


def test_a_change_of_the_rules_is_told(firm, open_page):
    changes = [RuleChange(name, date(2026, 11, 1), on=False) for name in ("redeploy_45", "redeploy_30")]
    firm.save_setting(KEY, [change.stored() for change in changes])
    at = opened(open_page, "What comes next")
    assert "are switched off, so nothing is due." in plainly(at)


def test_who_wants_to_be_left_alone_is_no_number_but_that(history, open_page):
    store(LOG + ALONE.replace("Person 00", "Person 02"))
    at = opened(open_page, "What comes next")
    assert "1 assignment ends within 45 days; in contact near the date: 0 in time, 0 late, 0 overdue" in plainly(at)
    assert "1 with nothing due; besides, 1 not to be contacted" in plainly(at)
    assert soon(at)["Who"].tolist() == ["Kit Sample 90"]


# --- placed again ----------------------------------------------------------------------------------------------------


def test_who_was_placed_again_is_counted_by_window_and_desk(firm, open_page):
    at = opened(open_page, "What comes next")
    assert f"{share(1, 4).words} started again within 30 days of the end." in plainly(at).replace("*", "")
    cells = [
        [cell.split(" · ")[0] for cell in row]
        for row in lines(table(at, "placed-"), "Desk", "Within 7 days", "Within 30 days", "Within 90 days")
    ]
    assert cells == [
        ["All of them", "0 of 4", "1 of 4", "1 of 3"],
        ["Desk 01", "0 of 3", "1 of 3", "1 of 3"],
        ["Desk 02", "0 of 1", "0 of 1", "nothing yet"],
    ]
    assert "commercial staffing: 50 % in 2017, 30 % in 2021" in plainly(at)


def test_what_came_next_opens_with_its_desk(firm, open_page):
    at = choose(opened(open_page, "What comes next"), "placed-", 0, "Within 30 days")
    rows = at.dataframe[-1].value
    assert lines(rows[rows["Who"] == "Person 02"], "How", "Next client", "By desk", "In time") == [
        ["completed", "Example Labs", "Desk 02", True]
    ]
    at = choose(at, "placed-", 2, "Ends")
    assert lines(at.dataframe[-1].value, "Who") == [["Lane Sample 91"]]


def test_the_period_of_the_ends_can_be_chosen(history, open_page):
    store(LOG.replace("2026-05-14", "2025-05-14").replace("2026-05-04", "2025-05-01"))
    at = opened(open_page, "What comes next")
    assert table(at, "placed-").loc[0, "Ends"] == 3
    at.get_by_key("retention_in").set_value("All").run()
    assert table(at, "placed-").loc[0, "Ends"] == 4


# --- questions -------------------------------------------------------------------------------------------------------


def test_questions_are_listed_with_how_each_is_counted(firm, open_page):
    at = opened(open_page, "Questions")
    assert "1 question about assignments" in plainly(at)
    [shown] = [one.value for one in at.dataframe]
    assert lines(shown, "Kind", "Who", "Question") == [
        [
            "Ends without a start",
            "Lane Sample 91",
            "Ends on 1 Oct 2026, and no start is on record. Counted as ended, with no length.",
        ]
    ]


def test_questions_can_be_cut_down_to_a_kind(history, open_page):
    store(LOG + line("2026-06-01 09:00", "Desk 01", "start", "Person 03") + "\n")
    at = opened(open_page, "Questions")
    kind = at.selectbox(key="question_kind")
    assert kind.options == ["Every question", "Starts twice: 1", "Ends without a start: 1"]
    kind.set_value("second_start").run()
    [shown] = [one.value for one in at.dataframe]
    assert shown["Who"].tolist() == ["Person 03"]


def test_what_can_still_be_put_right_is_asked_first_and_of_each_kind_the_newest(history, open_page):
    over = [("2026-06-01", "Person 60", "2026-09-01"), ("2026-06-02", "Person 61", "2026-10-01")]
    rows = [line(f"{day} 09:00", "Desk 01", "start", who, planned_end=until) for day, who, until in over]
    unknown = [("2026-10-05", "Kim 70"), ("2026-09-05", "Kim 71")]
    rows += [line(f"{day} 17:00", "Desk 01", "end", who) for day, who in unknown]
    rows += [line("2026-08-03 09:00", "Desk 01", "start", "Person 03", "Example Labs").replace("Job 03", "Job 30")]
    store(LOG + "\n".join([*rows, ""]))
    at = opened(open_page, "Questions")
    assert "Kind by kind, what can still be put right first; of each kind the newest first." in plainly(at)
    [shown] = [one.value for one in at.dataframe]
    assert shown.columns.tolist()[:3] == ["Who", "Kind", "Question"]
    assert lines(shown, "Who", "Kind") == [
        ["Person 61", "Planned end has passed"],
        ["Person 60", "Planned end has passed"],
        ["Person 03", "Two at once"],
        ["Kim 70", "Ends without a start"],
        ["Lane Sample 91", "Ends without a start"],
        ["Kim 71", "Ends without a start"],
    ]
    at.selectbox(key="question_kind").set_value("past_planned_end").run()
    assert "The newest stand first." in plainly(at)
    assert "Kind by kind" not in plainly(at)


def test_every_kind_of_question_has_its_place():
    assert {*retention_questions.KINDS} == {*SENTENCES}


def test_names_that_look_like_markup_stay_text(history, open_page):
    store(LOG.replace("Example Works", HOSTILE).replace("Kit Sample 90", HOSTILE))
    for name in ("How long they stay", "Why they leave", "What comes next", "Questions"):
        at = opened(open_page, name)
        assert not at.exception
        assert "![x]" not in "\n".join(str(one.value) for one in at.markdown)
