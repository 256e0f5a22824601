"""Lists of assignments, survey answers and support cases, whatever system wrote them: what becomes of their rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders import Loaded, Options, load
from quality.assignments import assignments

FILES = Path(__file__).parent / "files"
TODAY = Options(today=date(2026, 11, 23))


def read(text: str) -> Loaded:
    return load(text.encode(), "list.csv", TODAY)


def ended(reason: str, header: str = "End Date") -> list[str]:
    """The outcomes of the ends of one assignment that has a last day and a reason."""
    lines = f"Recruiter,Contractor,Client,Start Date,{header},End Reason\n"
    lines += f"Desk 01,Avery Sample,Example Bakery,2026-01-12,2026-02-20,{reason}\n"
    frame = read(lines).frame
    return frame.loc[frame["activity"] == "end", "outcome"].fillna("").tolist()


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        ("Quit", "quit"),
        ("RESIGNED - better offer", "quit"),
        ("Job abandonment", "quit"),
        ("Walked off site", "quit"),
        ("Terminated for attendance", "terminated"),
        ("Let go", "terminated"),
        ("Involuntary", "terminated"),
        ("Client ended early: budget", "terminated"),
        ("No-show", "never_started"),
        ("Backed out before the first day", "never_started"),
        ("Converted to direct hire", "converted"),
        ("Temp to perm", "converted"),
        ("Completed", "completed"),
        ("End of contract", "completed"),
        ("Not completed: quit", "quit"),
        ("Moved away from days", "other"),
    ],
)
def test_the_words_of_a_reason_say_how_an_assignment_ended(reason, outcome):
    assert ended(reason) == [outcome]


def test_a_last_day_without_a_reason_is_the_one_agreed_on_unless_it_is_the_actual_one():
    assert ended("") == []
    assert ended("", "Actual End Date") == [""]


def test_the_latest_agreed_end_is_the_planned_one():
    lines = "Recruiter,Contractor,Start Date,Scheduled End Date,Extended To,Actual End Date,End Reason\n"
    frame = read(lines + "Desk 01,Avery Sample,2026-01-12,2026-03-31,2026-06-30,,\n").frame
    assert [str(day.date()) for day in frame["planned_end"]] == ["2026-06-30"]


def test_a_reason_that_is_mended_replaces_the_end_known_before():
    lines = "Placement ID,Recruiter,Contractor,Start Date,End Date,End Reason\n"
    row = "P1,Desk 01,Avery Sample,2026-01-12,2026-02-20,{}\n"
    first, second = (read(lines + row.format(reason)).frame for reason in ("Quit", "Laid off"))
    assert (first["outcome"].tolist()[1], second["outcome"].tolist()[1]) == ("quit", "terminated")
    assert first["activity_id"].tolist() == second["activity_id"].tolist()


def test_a_list_of_assignments_becomes_assignments():
    log = load(FILES / "assignments_list.csv", "a.csv", TODAY).frame
    rows = assignments(log, as_of=date(2026, 3, 15)).rows.set_index("candidate")
    assert rows["state"].value_counts().to_dict() == {"ended": 4, "running": 3, "never_started": 1}
    assert rows.loc["Avery Sample", ["outcome", "day", "early"]].tolist() == ["quit", 39, True]
    assert rows.loc["Harper Sample", "state"] == "ended"
    assert str(rows.loc["Blake Sample", "planned_end"].date()) == "2026-07-10"


def test_a_tracker_with_reasons_keeps_every_step_before_the_start():
    frame = load(FILES / "assignments_list_tracker.csv", "t.csv", TODAY).frame
    assert frame["activity"].tolist() == ["interview", "send_out", "fill", "start", "end"]
    assert frame["outcome"].tolist()[-1] == "quit"


def test_a_list_without_reasons_stays_what_it_was():
    report = read(
        "Recruiter,Candidate,Client,Start Date,End Date\nDesk 01,Avery Sample,X,2026-01-12,2026-02-20\n"
    ).report
    assert report.layout == "wide_candidate"


def test_scores_beyond_ten_are_reported_and_never_read():
    report = load(FILES / "survey_scores.csv", "s.csv", TODAY).report
    problem = next(one for one in report.problems if one.code == "score_out_of_range")
    assert (problem.row, problem.column) == (6, "Score")


def test_a_survey_says_that_another_scale_has_to_be_turned_into_ours():
    report = load(FILES / "survey_scores.csv", "s.csv", TODAY).report
    assert any("1 to 5" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    "header",
    [
        "Interview Date,Candidate,Interviewer,Score",
        "Date Submitted,Candidate,Recruiter,Score",
        "Survey Date,Contractor,Recruiter,Rating",
    ],
)
def test_scores_that_are_no_survey_or_have_another_scale_are_not_taken_for_one(header):
    report = read(f"{header}\n2026-02-02,Avery Sample,Desk 01,4\n").report
    assert report.layout != "survey_scores"


def test_a_case_is_solved_when_it_was_closed_and_not_while_it_is_open_again():
    frame = load(FILES / "ticket_log.csv", "t.csv", TODAY).frame
    solved = frame[frame["activity"] == "ticket_resolved"]
    assert solved["ref"].tolist() == ["T-1", "T-4"]
    assert solved["party"].tolist() == ["candidate", "client"]


def test_a_case_without_a_desk_belongs_to_whom_it_is_assigned_to():
    frame = load(FILES / "ticket_log_cases.csv", "c.csv", TODAY).frame
    assert set(frame["desk"]) == set(frame["assignee"]) == {"Support Desk"}


def test_a_list_of_cases_that_never_says_when_they_were_solved_is_no_log_of_cases():
    text = "Ticket ID,Created At,Contractor,Subject,Assignee\nT-1,2026-02-02,Avery Sample,Payslip,Desk 01\n"
    assert read(text).report.layout != "ticket_log"
