"""Ends that are near and whether somebody spoke about what is next; hand-offs to care that are missing."""

from __future__ import annotations

import pandas as pd

from quality.assignments import assignments
from quality.care import care
from quality.care_ahead import ending, handoffs_missing
from quality.obligations import obligations
from tests.quality.care_log import AS_OF, AVERY, BLAKE, started, told, touched
from tests.quality.small_logs import frame_of


def found(engine, rows):
    log = engine(frame_of(rows))
    rows = assignments(log, as_of=AS_OF).rows
    return care(log, as_of=AS_OF, rows=rows), rows, obligations(log, as_of=AS_OF)


def near(engine, *rows):
    people, known, owed = found(engine, rows)
    return ending(people, known, owed, AS_OF).astype(object).to_numpy().tolist()


def until(day, who=AVERY, begun="2026-06-01"):
    return started(begun, who, planned_end=pd.Timestamp(day))


def test_an_end_within_45_days_is_listed_with_whether_somebody_spoke(engine):
    rows = [
        until("2026-12-11", AVERY),
        touched("2026-11-01", AVERY),
        until("2026-12-31", BLAKE),
        until("2027-01-08", "Casey Sample"),
        until("2026-11-20", "Drew Sample"),
    ]
    assert near(engine, *rows) == [
        [AVERY, "Example Works", "Desk 01", pd.Timestamp(2026, 12, 11), 18, True],
        [BLAKE, "Example Works", "Desk 01", pd.Timestamp(2026, 12, 31), 38, False],
    ]


def test_a_word_before_the_rules_ask_for_one_is_not_about_what_is_next(engine):
    ((*_, spoken),) = near(engine, until("2026-12-11"), touched("2026-10-12"))
    assert spoken is False
    ((*_, spoken),) = near(engine, until("2026-12-11"), touched("2026-10-13"))
    assert spoken is True


def test_where_no_rule_asks_it_is_not_known_whether_somebody_spoke(engine):
    ((*_, days, spoken),) = near(engine, until("2026-12-04", begun="2026-11-16"))
    assert days == 11
    assert spoken is pd.NA


def test_a_word_on_an_earlier_assignment_is_none_on_this_one(engine):
    earlier = [started("2026-01-05", job="Job 0", planned_end=pd.Timestamp(2026, 5, 1)), touched("2026-04-01")]
    over = told("2026-05-01", "end", job="Job 0", outcome="completed")
    ((*_, spoken),) = near(engine, *earlier, over, until("2026-12-11"))
    assert spoken is False


def missing(engine, *rows):
    people, _, owed = found(engine, rows)
    return handoffs_missing(people, owed).to_numpy().tolist()


def test_a_hand_off_that_was_due_and_not_made_is_missing(engine):
    late, made = started("2026-10-01"), [started("2026-10-01", BLAKE), told("2026-10-05", "handoff", BLAKE)]
    still_time = started("2026-11-20", "Casey Sample")
    gone = [started("2026-10-01", "Drew Sample"), told("2026-11-01", "end", "Drew Sample", outcome="quit")]
    assert missing(engine, late, *made, still_time, *gone) == [
        [AVERY, "Example Works", "Desk 01", pd.Timestamp(2026, 10, 1)]
    ]


def test_nothing_is_told_of_who_asked_to_be_left_alone(engine):
    rows = [until("2026-12-11"), told("2026-11-01", "do_not_contact")]
    assert near(engine, *rows) == []
    assert missing(engine, *rows) == []
