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


def test_a_survey_says_how_other_scales_are_read():
    report = load(FILES / "survey_scores.csv", "s.csv", TODAY).report
    assert any("3 of 5 becomes 5" in warning for warning in report.warnings)


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


def test_a_list_of_cases_without_closing_days_leaves_out_those_that_are_closed_and_says_why():
    report = load(FILES / "ticket_log_status_only.csv", "t.csv", TODAY).report
    assert report.ignored_rows == {"closed, and the list does not say on which day": 2}
    assert [text for text in report.warnings if "answer the case on the page Support" in text] == [report.warnings[-1]]


def test_nothing_is_said_of_cases_closed_without_a_day_where_there_are_none():
    report = load(FILES / "ticket_log.csv", "t.csv", TODAY).report
    assert [text for text in report.warnings if "left out" in text] == []


def test_a_case_that_was_closed_stands_on_its_last_change_where_no_other_day_is_told():
    text = "Ticket #,Opened,Contractor,Subject,Agent,Status,Last Updated\n"
    closed = "7,2026-11-02,Avery Sample,Payslip,Desk 01,CLOSED,2026-11-04\n"
    frame = read(f"{text}{closed}8,2026-11-02,Blake Sample,Payslip,Desk 01,Open,2026-11-05\n").frame
    solved = frame.loc[frame["activity"] == "ticket_resolved", ["ref", "occurred_at"]]
    assert [(ref, str(day.date())) for ref, day in solved.itertuples(index=False)] == [("7", "2026-11-04")]


@pytest.mark.parametrize(
    ("status", "activities"),
    [
        ("Closed Complete", ["ticket_opened", "ticket_resolved"]),
        ("Resolved - no reply", ["ticket_opened", "ticket_resolved"]),
        ("ANSWERED", ["ticket_opened", "ticket_resolved"]),
        ("Answered, waiting for the client", ["ticket_opened"]),
        ("Closed, re-opened", ["ticket_opened"]),
        ("Not resolved", ["ticket_opened"]),
    ],
)
def test_a_status_says_that_a_case_is_closed_by_what_it_begins_with(status, activities):
    text = "Ticket #,Opened,Contractor,Subject,Agent,Status,Last Updated\n"
    frame = read(f'{text}7,2026-11-02,Avery Sample,Payslip,Desk 01,"{status}",2026-11-04\n').frame
    assert frame["activity"].tolist() == activities
    without = read(f'{text}7,2026-11-02,Avery Sample,Payslip,Desk 01,"{status}",\n').report
    assert without.ignored == len(activities) - 1


def test_a_case_that_changed_hands_is_the_same_case_in_the_next_export():
    text = "Ticket #,Opened,Contractor,Subject,Agent,Status\n7,2026-11-02,Avery Sample,Payslip,{},Open\n"
    first, second = (read(text.format(agent)).frame["activity_id"].tolist() for agent in ("Desk 01", "Desk 02"))
    assert first == second


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Paystub is short", "experience"),
        ("Supervisor wants a 50 hour week", "adoption"),
        ("No laptop yet", "adoption"),
        ("Display broken", ""),
    ],
)
def test_the_subject_tells_the_kind_where_no_column_does(subject, kind):
    text = "Ticket #,Opened,Contractor,Subject,Agent,Status\n7,2026-11-02,Avery Sample,{},Desk 01,Open\n"
    outcome = read(text.format(subject)).frame["outcome"].fillna("").tolist()
    assert outcome == [kind]


def test_an_agreed_last_day_is_the_end_where_the_status_says_that_it_is_over():
    text = "Recruiter,Contractor,Start Date,Scheduled End,Status\n"
    over = "Desk 01,Avery Sample,2026-01-12,2026-02-20,Terminated\n"
    frame = read(f"{text}{over}Desk 01,Blake Sample,2026-01-12,2026-12-18,Approved\n").frame
    assert frame["activity"].tolist() == ["start", "end", "start"]
    assert frame["outcome"].fillna("").tolist() == ["", "terminated", ""]
    assert [str(day.date()) for day in frame["planned_end"]] == ["2026-02-20", "2026-02-20", "2026-12-18"]


def test_a_reason_without_a_last_day_is_said_to_count_as_running():
    text = "Recruiter,Contractor,Start Date,End Date,End Reason\nDesk 01,Avery Sample,2026-01-12,,Quit\n"
    report = read(text + "Desk 01,Blake Sample,2026-01-12,2026-02-20,Quit\n").report
    assert any("1 reason why an assignment ended without the day" in warning for warning in report.warnings)


def test_somebody_who_never_came_back_quit_and_somebody_who_never_came_did_not():
    text = "Recruiter,Contractor,Start Date,End Date,End Reason\nDesk 01,Avery Sample,2026-01-12,{},No call no show\n"
    ends = [read(text.format(day)).frame["outcome"].tolist()[1] for day in ("2026-01-12", "2026-02-20")]
    assert ends == ["never_started", "quit"]


def test_a_consultant_is_a_contractor_only_where_somebody_else_has_the_desk():
    text = "{},Client,Start Date,End Date,End Reason\nAvery Sample,Desk 01,Example Bakery,2026-01-12,2026-02-20,Quit\n"
    for header in ("Consultant,Account Manager", "Candidate,Consultant"):
        frame = read(text.format(header)).frame
        assert (frame["candidate"][0], frame["desk"][0]) == ("Avery Sample", "Desk 01")


def test_hours_in_several_columns_are_added_and_a_blank_one_is_nothing():
    text = "Week Ending,Employee,Recruiter,Regular Hours,OT Hours\n"
    rows = ("Avery Sample,Desk 01,40.0,2.5", "Blake Sample,Desk 01,38,", "Casey Sample,Desk 01,,x")
    loaded = read(text + "".join(f"2026-11-15,{row}\n" for row in rows))
    assert loaded.frame["quantity"].tolist() == [42.5, 38]
    assert [problem.code for problem in loaded.report.problems] == ["number_unparsed"]


DUE = "Week Ending,Employee,Recruiter,Due,Submitted,Hours{}\n2026-11-15,Avery Sample,Desk 01,{},40{}\n"


def late(due: str, submitted: str, header: str = "", mark: str = "") -> int:
    frame = read(DUE.format(header and f",{header}", f"{due},{submitted}", header and f",{mark}")).frame
    return int((frame["activity"] == "timecard_late").sum())


@pytest.mark.parametrize(
    ("due", "submitted", "is_late"),
    [
        ("2026-11-16", "2026-11-17", 1),
        ("2026-11-16", "2026-11-16", 0),
        ("2026-11-16", "2026-11-16 23:59", 0),
        ("2026-11-16 12:00", "2026-11-16 12:01", 1),
        ("2026-11-16 12:00", "2026-11-16 12:00", 0),
        ("2026-11-16 12:00", "2026-11-16", 0),
        ("2026-11-16", "", 0),
        ("", "2026-11-17", 0),
    ],
)
def test_a_timecard_handed_in_after_it_was_due_is_late(due, submitted, is_late):
    assert late(due, submitted) == is_late


@pytest.mark.parametrize(("header", "mark", "is_late"), [("Late", "No", 0), ("Late", "Yes", 1), ("Days Late", "0", 0)])
def test_what_the_list_itself_says_of_being_late_goes_before_its_dates(header, mark, is_late):
    assert late("2026-11-16", "2026-11-17", header, mark) == is_late


def test_a_list_without_the_day_a_timecard_was_due_says_nothing_of_late_ones():
    text = "Week Ending,Employee,Recruiter,Submitted,Hours\n2026-11-15,Avery Sample,Desk 01,2026-11-30,40\n"
    assert read(text).frame["activity"].tolist() == ["timecard"]


CARDS = "Employee,Week Ending,Hours,Due Date,Submitted Date\nAvery Sample,11/15/2026,40,11/16/2026,11/18/2026\n"


def test_a_payroll_list_lacks_only_whose_contractors_they_are_and_is_read_once_that_is_said():
    refused = load(CARDS.encode(), "cards.csv", Options(day_first=False)).report.refused
    assert refused is not None
    assert refused.code == "desk_needed"
    assert refused.reason == 'It looks like "Timecards", and no column says which desk\'s they are.'
    told = load(CARDS.encode(), "cards.csv", Options(desk="Desk 01", day_first=False))
    assert told.frame["activity"].tolist() == ["timecard", "timecard_late"]
    assert told.frame["desk"].unique().tolist() == ["Desk 01"]
