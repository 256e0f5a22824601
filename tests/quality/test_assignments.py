from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.assignment_questions import QUESTIONS, SENTENCES
from quality.assignments import COLUMNS, assignments
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 6, 30)
WORKS = {"client": "Example Works", "job": "Welder 1"}


def at(when, activity, candidate="Avery Sample", desk="Desk 01", **more):
    return row(f"2026-{when}", desk, activity, candidate=candidate, **WORKS | more)


def derived(rows, engine=lambda frame: frame, as_of=AS_OF, **more):
    return assignments(engine(frame_of(rows)), as_of=as_of, **more)


def told(frame, *names):
    """The values as texts and numbers, days as ``03-02``, what is missing as None."""
    held = frame[list(names)].astype(object)
    held = held.where(held.notna(), None)
    return [[f"{one:%m-%d}" if isinstance(one, pd.Timestamp) else one for one in line] for line in held.to_numpy()]


def kinds(found):
    return found.questions["kind"].tolist()


# --- the usual course ------------------------------------------------------------------------------------------------


def test_an_assignment_runs_from_the_acceptance_to_the_end(engine):
    rows = [
        at("03-02 09:00", "offer_accepted"),
        at("03-02 15:00", "fill"),
        at("03-16 08:00", "start", planned_end=pd.Timestamp("2026-04-30"), desk="Desk 02", activity_id="start"),
        at("04-20 09:00", "extension", planned_end=pd.Timestamp("2026-05-29"), desk="Desk 03"),
        at("05-29 17:00", "end", outcome="completed", desk="Desk 03"),
    ]
    found = derived(rows, engine)
    assert tuple(found.rows.columns) == COLUMNS
    assert tuple(found.questions.columns) == QUESTIONS
    names = ("assignment", "candidate", "client", "job", "desk", "accepted_on", "started_on", "planned_end")
    assert told(found.rows, *names) == [
        ["row 0000", "Avery Sample", "Example Works", "Welder 1", "Desk 02", "03-02", "03-16", "05-29"]
    ]
    assert told(found.rows, "extensions", "ended_on", "outcome", "state", "early", "day") == [
        [1, "05-29", "completed", "ended", False, 74]
    ]
    assert kinds(found) == []


def test_the_columns_hold_days_and_missing_values_are_none(engine):
    found = derived([at("06-01 08:00", "start")], engine).rows
    days = ["accepted_on", "started_on", "planned_end", "ended_on"]
    assert {str(kind) for kind in found[days].dtypes} == {"datetime64[us]"}
    assert found.loc[0, ["outcome", "care_owner", "support_owner"]].tolist() == [None, None, None]
    assert told(found, "accepted_on", "planned_end", "ended_on", "day") == [[None, None, None, 29]]


def test_without_any_assignment_both_tables_are_empty(engine):
    found = derived([at("06-01 08:00", "touch")], engine)
    assert (len(found.rows), len(found.questions)) == (0, 0)
    assert tuple(found.rows.columns) == COLUMNS


@pytest.mark.parametrize(
    ("outcome", "state", "early"),
    [
        ("completed", "ended", False),
        ("converted", "ended", False),
        ("quit", "ended", True),
        ("terminated", "ended", True),
        ("other", "ended", False),
        (None, "ended", False),
    ],
)
def test_the_outcome_of_the_end_says_whether_it_was_early(engine, outcome, state, early):
    rows = [at("03-02 09:00", "start"), at("03-09 17:00", "end", outcome=outcome)]
    found = derived(rows, engine)
    assert told(found.rows, "outcome", "state", "early", "day") == [[outcome, state, early, 7]]
    assert kinds(found) == []


def test_who_accepted_and_never_came_never_started(engine):
    rows = [at("03-02 09:00", "offer_accepted"), at("03-16 17:00", "end", outcome="never_started")]
    found = derived(rows, engine)
    assert told(found.rows, "accepted_on", "started_on", "ended_on", "state", "early", "day") == [
        ["03-02", None, "03-16", "never_started", True, None]
    ]
    assert kinds(found) == []


@pytest.mark.parametrize("end", ["03-16", "03-20"])
def test_who_never_started_has_no_first_day_whatever_is_on_record(engine, end):
    rows = [
        at("03-02 09:00", "offer_accepted"),
        at("03-16 08:00", "start", planned_end=pd.Timestamp("2026-06-12"), desk="Desk 02"),
        at(f"{end} 17:00", "end", outcome="never_started"),
    ]
    found = derived(rows, engine)
    assert told(
        found.rows, "desk", "accepted_on", "started_on", "planned_end", "ended_on", "state", "early", "day"
    ) == [["Desk 02", "03-02", None, "06-12", end, "never_started", True, None]]
    assert kinds(found) == []


def test_an_assignment_carried_on_after_all_has_its_first_day_again(engine):
    rows = [
        at("03-16 08:00", "start"),
        at("03-16 17:00", "end", outcome="never_started"),
        at("04-10 09:00", "extension", planned_end=pd.Timestamp("2026-08-12")),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "started_on", "state", "early", "day") == [["03-16", "running", False, 106]]


def test_what_lies_after_the_day_that_is_asked_for_has_not_happened(engine):
    rows = [at("06-01 09:00", "offer_accepted"), at("06-20 08:00", "start"), at("06-25 17:00", "end", outcome="quit")]
    states = {
        day: told(derived(rows, engine, date(2026, 6, day)).rows, "state", "day")[0] for day in (1, 19, 20, 24, 25)
    }
    assert states == {
        1: ["accepted", None],
        19: ["accepted", None],
        20: ["running", 0],
        24: ["running", 4],
        25: ["ended", 5],
    }


def test_one_candidate_may_have_several_and_two_candidates_share_a_job(engine):
    rows = [
        at("03-02 09:00", "start"),
        at("03-02 09:00", "start", "Blake Sample"),
        at("03-06 09:00", "end", outcome="completed"),
        at("03-09 09:00", "start", job="Welder 2"),
        at("03-20 09:00", "end", job="Welder 2", outcome="completed"),
        at("03-23 09:00", "start", client="Example Labs"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "candidate", "client", "job", "started_on", "ended_on") == [
        ["Avery Sample", "Example Works", "Welder 1", "03-02", "03-06"],
        ["Blake Sample", "Example Works", "Welder 1", "03-02", None],
        ["Avery Sample", "Example Works", "Welder 2", "03-09", "03-20"],
        ["Avery Sample", "Example Labs", "Welder 1", "03-23", None],
    ]
    assert kinds(found) == []


# --- rows that leave out whom or what they are about -----------------------------------------------------------------


def test_a_row_without_job_or_client_belongs_to_the_only_assignment_it_can_mean(engine):
    rows = [
        at("03-02 09:00", "start"),
        at("03-20 09:00", "end", job=None, client="EXAMPLE WORKS", outcome="completed"),
        at("03-02 09:00", "start", "Blake Sample"),
        at("03-21 09:00", "end", "Blake Sample", client=None, outcome="completed"),
        at("03-02 09:00", "start", "Casey Sample"),
        at("03-22 09:00", "end", "Casey Sample", client=None, job=None, outcome="completed"),
    ]
    found = derived(rows, engine)
    assert told(found.rows.sort_values("candidate"), "candidate", "job", "client", "ended_on") == [
        ["Avery Sample", "Welder 1", "Example Works", "03-20"],
        ["Blake Sample", "Welder 1", "Example Works", "03-21"],
        ["Casey Sample", "Welder 1", "Example Works", "03-22"],
    ]
    assert kinds(found) == []


def test_a_row_that_may_mean_several_is_one_of_its_own_and_asked_about(engine):
    rows = [
        at("03-02 09:00", "start"),
        at("03-20 09:00", "end", outcome="completed"),
        at("03-23 09:00", "start", job="Welder 2"),
        at("04-20 09:00", "end", job=None, outcome="quit"),
    ]
    found = derived(rows, engine)
    assert told(found.rows, "job", "started_on", "ended_on") == [
        ["Welder 1", "03-02", "03-20"],
        ["Welder 2", "03-23", None],
        [None, None, "04-20"],
    ]
    assert told(found.questions, "kind", "candidate") == [["end_without_start", "Avery Sample"]]


def test_a_start_that_names_no_candidate_is_asked_about(engine):
    rows = [at("03-02 09:00", "start", None), at("03-03 09:00", "offer_accepted", None)]
    found = derived(rows, engine)
    assert len(found.rows) == 0
    assert told(found.questions, "assignment", "candidate", "client", "desk", "kind", "sentence") == [
        [
            "row 0000",
            None,
            "Example Works",
            "Desk 01",
            "no_candidate",
            "The row of 2 Mar 2026 names no candidate and is in no assignment.",
        ]
    ]


# --- hand-offs -------------------------------------------------------------------------------------------------------


def test_owners_are_the_desks_it_was_handed_to_last(engine):
    roster = pd.DataFrame(
        {
            "desk": ["Desk 90", "Desk 91", "Desk 92"],
            "team": [None, None, None],
            "role": ["contractor_care", "Contractor support", None],
            "starts_on": [None, None, None],
            "ends_on": [None, None, None],
        }
    )
    rows = [
        at("03-02 09:00", "start"),
        at("03-03 09:00", "handoff", assignee="Desk 90"),
        at("03-10 09:00", "handoff", assignee="Desk 91", job=None),
        at("03-20 09:00", "handoff", assignee="Desk 92"),
        at("03-21 09:00", "handoff"),
        at("03-22 09:00", "handoff", "Blake Sample", assignee="Desk 90"),
    ]
    found = derived(rows, engine, roster=roster)
    assert told(found.rows, "candidate", "care_owner", "support_owner") == [["Avery Sample", "Desk 92", "Desk 91"]]


def test_without_roles_the_name_of_a_desk_says_whether_it_is_support(engine):
    rows = [
        at("03-02 09:00", "start"),
        at("03-03 09:00", "handoff", assignee="Care Desk"),
        at("03-04 09:00", "handoff", assignee="Support Desk"),
    ]
    assert told(derived(rows, engine).rows, "care_owner", "support_owner") == [["Care Desk", "Support Desk"]]


@pytest.mark.parametrize(("day", "owner"), [("02-27", "Care Desk"), ("01-20", None), ("03-02", "Care Desk")])
def test_a_hand_over_shortly_before_the_first_day_is_one_for_it(engine, day, owner):
    rows = [at(f"{day} 08:00", "handoff", assignee="Care Desk"), at("03-02 09:00", "start")]
    assert told(derived(rows, engine).rows, "care_owner") == [[owner]]


def test_every_kind_of_question_is_one_plain_sentence():
    assert all(one.endswith(".") and len(one) < 120 for one in SENTENCES.values())


def test_every_question_has_the_day_it_is_about(engine):
    rows = [
        at("01-05 09:00", "start", planned_end=pd.Timestamp("2026-03-31")),
        at("02-02 09:00", "start"),
        at("01-12 09:00", "offer_accepted", candidate="Blake Sample"),
        at("04-17 17:00", "end", candidate="Casey Sample", outcome="quit"),
        at("05-18 17:00", "end", candidate=None),
        at("03-02 09:00", "start", client="Example Labs", job="Fitter"),
    ]
    found = derived(rows, engine)
    assert sorted(told(found.questions, "kind", "day")) == [
        ["end_without_start", "04-17"],
        ["no_candidate", "05-18"],
        ["no_start", "01-12"],
        ["overlap", "03-02"],
        ["past_planned_end", "03-31"],
        ["second_start", "02-02"],
    ]
