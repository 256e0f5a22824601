"""Who is placed again, and whether anybody spoke about what is next before an assignment ends."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.assignments import assignments
from quality.obligation_rules import BY_NAME
from quality.obligations import obligations
from quality.redeployment import AHEAD, RULES, STATES, Near, ending, freed, judged, placed_again, within
from quality.shares import share
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 6, 30)


def at(when, activity, candidate="Avery Sample", **more):
    about = {"client": "Example Works", "job": "Job 1", "party": "candidate"} | more
    return row(f"2026-{when}", about.pop("desk", "Desk 01"), activity, candidate=candidate, **about)


def rows_of(rows, as_of=AS_OF):
    return assignments(frame_of(rows), as_of=as_of).rows


def told(frame, *names):
    held = frame[list(names)].astype(object)
    held = held.where(held.notna(), None)
    return [[f"{one:%m-%d}" if isinstance(one, pd.Timestamp) else one for one in line] for line in held.to_numpy()]


def ended(candidate, start, end, outcome="completed", **more):
    return [
        at(f"{start} 09:00", "start", candidate, **more),
        at(f"{end} 17:00", "end", candidate, outcome=outcome, **more),
    ]


# --- placed again ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "again"),
    [
        ("04-10", {7: True, 30: True, 90: None}),
        ("04-17", {7: True, 30: True, 90: None}),
        ("04-18", {7: False, 30: True, 90: None}),
        ("05-10", {7: False, 30: True, 90: None}),
        ("05-11", {7: False, 30: False, 90: None}),
    ],
)
def test_a_start_counts_from_the_last_day_to_the_end_of_the_window(start, again):
    rows = [*ended("Avery Sample", "03-02", "04-10"), at(f"{start} 09:00", "start", job="Job 2")]
    found = freed(rows_of(rows))
    answers = {}
    for window in again:
        over = judged(found, window, AS_OF)
        answers[window] = bool(over["again"].iloc[0]) if len(over) else None
    assert answers == again


@pytest.mark.parametrize(("window", "over", "not_over"), [(7, "06-22", "06-23"), (30, "05-30", "05-31")])
def test_only_ends_whose_window_is_over_count_and_today_is_not(window, over, not_over):
    rows = [*ended("Avery Sample", "03-02", over), *ended("Blake Sample", "03-02", not_over)]
    assert told(judged(freed(rows_of(rows)), window, AS_OF), "candidate") == [["Avery Sample"]]


def test_without_an_end_whose_window_is_over_there_is_no_rate():
    found = freed(rows_of(ended("Avery Sample", "03-02", "06-22")))
    assert placed_again(found, 7, AS_OF) == share(0, 1)
    assert placed_again(found, 90, AS_OF).words == "nothing yet"


def test_what_came_next_is_told_with_its_desk_and_client():
    rows = [
        *ended("Avery Sample", "03-02", "04-10"),
        at("04-20 09:00", "start", client="Example Labs", desk="Desk 02"),
        at("05-20 09:00", "start", client="Example Dairy"),
        *ended("Blake Sample", "03-02", "04-10"),
    ]
    found = freed(rows_of(rows))
    names = ("candidate", "next_on", "next_client", "next_desk")
    assert told(found.sort_values("candidate"), *names) == [
        ["Avery Sample", "04-20", "Example Labs", "Desk 02"],
        ["Blake Sample", None, None, None],
    ]


def test_who_was_not_free_is_in_no_rate():
    rows = [
        *ended("Converted", "03-02", "04-10", "converted"),
        *ended("Never came", "03-02", "03-02", "never_started"),
        *ended("Busy", "03-02", "04-10"),
        at("04-01 09:00", "start", "Busy", job="Job 2"),
        *ended("Quit", "03-02", "04-10", "quit"),
        *ended("Unknown", "03-02", "04-10", None),
    ]
    assert sorted(freed(rows_of(rows))["candidate"]) == ["Quit", "Unknown"]


def test_the_same_job_again_is_placed_again():
    rows = [*ended("Avery Sample", "03-02", "04-10"), at("04-20 09:00", "start")]
    assert placed_again(freed(rows_of(rows)), 30, AS_OF) == share(1, 1)


def test_without_any_end_there_is_no_rate():
    assert placed_again(freed(rows_of([])), 30, AS_OF).words == "nothing yet"


# --- ending soon -----------------------------------------------------------------------------------------------------


def plan(day):
    return pd.Timestamp(f"2026-{day}")


def soon(rows, as_of=AS_OF):
    log = frame_of(rows)
    owed = obligations(log, as_of=as_of, rules=[BY_NAME[name] for name in RULES])
    return ending(assignments(log, as_of=as_of).rows, owed, as_of)


def test_assignments_that_end_in_the_days_ahead_are_listed_the_first_first():
    rows = [
        at("05-04 09:00", "start", "Ends today", planned_end=plan("06-30")),
        at("05-04 09:00", "start", "Ends last", planned_end=plan("09-28")),
        at("05-04 09:00", "start", "Ends later", planned_end=plan("09-29")),
        at("05-04 09:00", "start", "Ended on paper", planned_end=plan("06-29")),
        at("05-04 09:00", "start", "Has no plan"),
        at("05-04 09:00", "start", "Ends in a week", planned_end=plan("07-07")),
        at("06-10 09:00", "end", "Ends in a week", outcome="quit"),
    ]
    found = soon(rows)
    assert told(found, "candidate", "days_left") == [["Ends today", 0], ["Ends last", 90]]


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        ([], ["overdue", None, "06-14"]),
        (["06-10"], ["spoken", "06-10", "06-29"]),
        (["06-10", "06-20"], ["spoken", "06-20", None]),
        (["05-20"], ["overdue", None, "06-14"]),
        (["06-16"], ["late", "06-16", None]),
        (["06-10", "06-26"], ["spoken", "06-26", None]),
    ],
)
def test_whether_somebody_spoke_in_time_is_what_the_rules_say(contacts, said):
    """The end is on 29 July: 45 days before is 14 June, 30 days before is 29 June."""
    rows = [at("04-06 09:00", "start", planned_end=plan("07-29"))]
    rows += [at(f"{day} 10:00", "touch", channel="call") for day in contacts]
    found = soon(rows, date(2026, 6, 28))
    assert told(found, "next_said", "spoken_on", "due_on") == [said]


def test_whoever_was_in_contact_in_time_and_not_again_is_overdue_again():
    rows = [
        at("04-06 09:00", "start", planned_end=plan("07-29")),
        at("06-10 10:00", "touch", channel="call"),
    ]
    found = soon(rows)
    assert told(found, "next_said", "spoken_on", "due_on", "late_on") == [["again", "06-10", "06-29", None]]
    near = within(found, 45)
    assert near.words == "0 in time, 0 late, 0 overdue, 1 overdue again"


def test_a_contact_that_came_late_is_told_with_the_day_it_was_due():
    rows = [at("04-06 09:00", "start", planned_end=plan("07-29"))]
    rows += [at(f"{day} 10:00", "touch", channel="call") for day in ("06-16", "06-20")]
    names = ("next_said", "spoken_on", "late_on", "missed_on")
    assert told(soon(rows, date(2026, 6, 28)), *names) == [["late", "06-20", "06-16", "06-14"]]


def test_who_was_spoken_to_before_an_extension_is_to_be_spoken_to_again():
    rows = [
        at("04-06 09:00", "start", planned_end=plan("06-19")),
        at("05-04 10:00", "touch", channel="call"),
        at("05-15 09:00", "extension", planned_end=plan("08-10")),
    ]
    found = soon(rows)
    assert told(found, "planned_end", "next_said", "spoken_on", "due_on") == [["08-10", "overdue", None, "06-26"]]


def test_where_nothing_is_due_yet_that_is_said():
    rows = [at("06-01 09:00", "start", planned_end=plan("09-25"))]
    assert told(soon(rows), "next_said", "spoken_on", "due_on") == [["none", None, None]]


def test_the_numbers_of_the_days_ahead_hold_those_of_the_days_before():
    rows = [
        at("05-04 09:00", "start", f"Candidate {day}", planned_end=plan(day)) for day in ("07-07", "07-14", "08-14")
    ]
    found = [within(soon(rows), days) for days in AHEAD]
    assert [near.ending for near in found] == [1, 2, 2, 3, 3]
    assert [near.not_yet for near in found] == [1, 2, 2, 3, 3]
    assert [within(soon([]), days).ending for days in AHEAD] == [0] * len(AHEAD)


def test_who_was_in_contact_late_is_counted_as_that_and_the_left_alone_in_no_other_number():
    ends = {"In time": "07-29", "Late": "07-29", "Not yet": "07-29", "Alone": "07-29", "Just begun": "07-10"}
    rows = [
        at("06-25 09:00" if who == "Just begun" else "04-06 09:00", "start", who, planned_end=plan(day))
        for who, day in ends.items()
    ]
    rows += [at(f"{day} 10:00", "touch", who, channel="call") for who, day in (("In time", "06-10"), ("Late", "06-16"))]
    log, as_of = frame_of(rows), date(2026, 6, 28)
    owed = obligations(log, as_of=as_of, rules=[BY_NAME[name] for name in RULES])
    near = within(ending(assignments(log, as_of=as_of).rows, owed, as_of, ["Alone"]), 45)
    assert near == Near(ending=4, in_time=1, late=1, overdue=1, again=0, due=0, not_due=1, alone=1)
    assert near.words == "1 in time, 1 late, 1 overdue, 1 with nothing due; besides, 1 not to be contacted"


def test_who_has_not_been_in_contact_is_overdue_or_due_soon_and_the_numbers_add_up():
    """On 28 June the first contact was due by 14 June, by 4 July, and for the third none is asked yet."""
    ends = {"Overdue": "07-29", "Due soon": "08-18", "Nothing due": "09-25"}
    rows = [at("04-06 09:00", "start", who, planned_end=plan(day)) for who, day in ends.items()]
    found = soon(rows, date(2026, 6, 28))
    assert told(found, "candidate", "next_said", "due_on") == [
        ["Overdue", "overdue", "06-14"],
        ["Due soon", "due", "07-04"],
        ["Nothing due", "none", None],
    ]
    near = within(found, 90)
    assert near.words == "0 in time, 0 late, 1 overdue, 1 due soon, 1 with nothing due"
    assert (near.ending, near.not_yet) == (3, 2)
    assert near.in_time + near.late + near.overdue + near.again + near.due + near.not_due == near.ending


def test_a_placement_that_never_began_is_no_next_one_for_whoever_was_free():
    rows = [
        *ended("Avery Sample", "03-02", "04-10"),
        *ended("Avery Sample", "04-20", "04-20", "never_started", job="Job 2"),
    ]
    found = freed(rows_of(rows))
    assert told(found, "candidate", "ended_on", "next_on") == [["Avery Sample", "04-10", None]]
    assert placed_again(found, 30, AS_OF) == share(0, 1)


def test_every_state_has_words():
    assert set(STATES) == {"overdue", "due", "again", "late", "spoken", "none", "alone"}


def test_what_was_done_elsewhere_counts_as_spoken_to():
    log = frame_of([at("04-06 09:00", "start", planned_end=plan("07-29"))])
    as_of = date(2026, 6, 20)
    owed = obligations(log, as_of=as_of, rules=[BY_NAME[name] for name in RULES])
    answer = {"elsewhere": "2026-06-15 10:00", "not_needed": "2026-06-15 10:00"}
    said = {}
    for kind, when in answer.items():
        known = owed.assign(
            status=owed["status"].mask(owed["rule"] == "redeploy_45", "waived"),
            answer=pd.Series(kind, index=owed.index).where(owed["rule"] == "redeploy_45"),
            answered_at=pd.Timestamp(when),
        )
        found = ending(assignments(log, as_of=as_of).rows, known, as_of)
        said[kind] = told(found, "next_said", "spoken_on", "due_on")
    assert said == {"elsewhere": [["spoken", "06-15", "06-29"]], "not_needed": [["due", None, "06-29"]]}
