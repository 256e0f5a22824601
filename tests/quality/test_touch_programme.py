from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.obligation_rules import BY_NAME
from quality.obligations import obligations
from quality.shares import share
from quality.touch import LANDMARK, PHASES, assignments, coverage, fall_offs, fell_due, grouped, span, verdict
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 11, 23)


def at(when, activity, candidate="Avery Sample", desk="Desk 01", **more):
    return row(when, desk, activity, candidate=candidate, **{"party": "candidate", "job": "Job 1"} | more)


def owed(rows, engine=lambda frame: frame, **more):
    return obligations(engine(frame_of(rows)), as_of=AS_OF, rules=[BY_NAME[name] for name in PHASES], **more)


# --- coverage --------------------------------------------------------------------------------------------------------


def test_coverage_is_what_was_kept_in_time_of_what_fell_due(engine):
    rows = [
        at("2026-10-01 09:00", "start"),  # due 15 October: kept on the 10th
        at("2026-10-10 09:00", "touch"),  # due 24 October: late, on the 30th
        at("2026-10-30 09:00", "touch"),  # due 13 November: nothing came
        at("2026-11-16 09:00", "offer_accepted", "Blake Sample", "Desk 02", job="Job 2"),  # due 23 November, still open
        at("2026-11-02 09:00", "offer_accepted", "Casey Sample", "Desk 02", job="Job 3"),  # due 9 November: kept
        at("2026-11-04 09:00", "touch", "Casey Sample", "Desk 02", job="Job 3"),  # due 11 November: started before
        at("2026-11-10 09:00", "start", "Casey Sample", "Desk 02", job="Job 3"),  # due 24 November, after the window
    ]
    due = fell_due(owed(rows, engine), date(2026, 8, 25), date(2026, 11, 22))
    assert coverage(due) == {
        ("", "touch_120"): share(1, 3),
        ("", "touch_to_start"): share(1, 1),
        ("Desk 01", "touch_120"): share(1, 3),
        ("Desk 02", "touch_to_start"): share(1, 1),
    }


def test_only_touches_due_on_the_days_asked_for_count():
    rows = [at("2026-10-01 09:00", "start"), at("2026-10-10 09:00", "touch")]
    found = owed(rows)
    assert fell_due(found, date(2026, 10, 15), date(2026, 10, 15))["status"].tolist() == ["kept"]
    assert fell_due(found, date(2026, 10, 16), date(2026, 10, 23)).empty
    assert fell_due(found, date(2026, 10, 24), date(2026, 11, 22))["status"].tolist() == ["overdue"]


def test_other_promises_are_no_touches_of_the_programme():
    rows = [at("2026-10-01 09:00", "resume_received")]
    found = obligations(frame_of(rows), as_of=AS_OF)
    assert found["rule"].tolist() == ["acknowledge_resume"]
    assert fell_due(found, date(2026, 8, 25), date(2026, 11, 22)).empty
    assert coverage(fell_due(found, date(2026, 8, 25), date(2026, 11, 22))) == {}


# --- assignments -----------------------------------------------------------------------------------------------------


def followed(rows, engine=lambda frame: frame, guarantee_days=90, first=date(2026, 1, 1)):
    log = engine(frame_of(rows))
    return assignments(log, as_of=AS_OF, start=first, end=AS_OF, guarantee_days=guarantee_days)


def test_a_start_goes_with_the_end_that_follows_it(engine):
    rows = [
        at("2026-02-02 09:00", "start"),
        at("2026-02-05 09:00", "start"),  # told twice
        at("2026-03-04 17:00", "end", outcome="quit"),
        at("2026-06-01 09:00", "start"),  # the same job again
        at("2026-06-01 08:00", "end", "Blake Sample", outcome="quit"),  # recorded before the start of that day
        at("2026-06-01 09:00", "start", "Blake Sample"),
        at("2026-06-10 09:00", "start", "Avery Sample", job="Job 2"),  # another job
        at("2026-08-10 09:00", "end", "Avery Sample", job="Job 2", outcome="completed"),
        at("2026-07-01 09:00", "end", "Nobody Sample", outcome="quit"),  # never started
    ]
    found = followed(rows, engine)
    held = found[["candidate", "job", "started_at", "ended_at", "early"]].astype(object)
    assert held.where(held.notna(), None).to_numpy().tolist() == [
        ["Avery Sample", "Job 1", pd.Timestamp("2026-02-02 09:00"), pd.Timestamp("2026-03-04 17:00"), True],
        ["Avery Sample", "Job 1", pd.Timestamp("2026-06-01 09:00"), None, False],
        ["Blake Sample", "Job 1", pd.Timestamp("2026-06-01 09:00"), pd.Timestamp("2026-06-01 08:00"), True],
        ["Avery Sample", "Job 2", pd.Timestamp("2026-06-10 09:00"), pd.Timestamp("2026-08-10 09:00"), False],
    ]


@pytest.mark.parametrize(
    ("ended", "outcome", "early"),
    [
        ("2026-05-01 17:00", "quit", True),  # day 90
        ("2026-05-02 17:00", "quit", False),  # day 91
        ("2026-03-01 17:00", "terminated", True),
        ("2026-01-31 17:00", "never_started", True),
        ("2026-03-01 17:00", "completed", False),
        ("2026-03-01 17:00", "converted", False),
        ("2026-03-01 17:00", None, False),
    ],
)
def test_an_early_end_is_one_of_three_and_lies_in_the_guarantee(ended, outcome, early):
    found = followed([at("2026-01-31 09:00", "start"), at(ended, "end", outcome=outcome)])
    assert found["early"].tolist() == [early]


def test_an_assignment_is_decided_once_its_guarantee_is_over(engine):
    rows = [at("2026-08-24 09:00", "start"), at("2026-08-25 09:00", "start", "Blake Sample")]
    assert followed(rows, engine)["decided"].tolist() == [True, False]
    assert span(AS_OF, 90) == (date(2025, 8, 25), date(2026, 8, 24))


def test_an_end_before_the_start_ends_nothing():
    found = followed([at("2026-02-01 09:00", "end", outcome="quit"), at("2026-02-02 09:00", "start")])
    assert found["ended_at"].isna().tolist() == [True]
    assert found["early"].tolist() == [False]


# --- touched or not --------------------------------------------------------------------------------------------------

#: Each starts on Monday 2 March 2026; what is due first is due on the 16th.
STARTS = "2026-03-02 09:00"


def lives():
    """One candidate for each group: what happened to them, and the group they belong to."""
    kept = ["2026-03-10 09:00", "2026-03-20 09:00"]  # the next one is due on 3 April, after day 30
    return {
        "touched": (kept, None, None),
        "touched, left": (kept, "2026-04-20 17:00", "quit"),
        "missed": (["2026-03-18 09:00"], None, None),
        "missed, left": ([], "2026-05-31 17:00", "terminated"),
        "missed, stayed beyond": ([], "2026-06-01 17:00", "quit"),
        "gone": ([], "2026-03-05 17:00", "quit"),
        "gone, on day 29": (kept, "2026-03-31 17:00", "completed"),
    }


def log_of_lives():
    rows = []
    for name, (touches, ended, outcome) in lives().items():
        rows += [at(STARTS, "start", name), *(at(when, "touch", name) for when in touches)]
        rows += [at(ended, "end", name, outcome=outcome)] if ended else []
    return [*rows, at("2026-10-01 09:00", "start", "open")]


def by_group(engine):
    log = log_of_lives()
    found = followed(log, engine)
    touches = owed(log, engine, start=date(2026, 1, 1), end=AS_OF)
    return grouped(found, touches[touches["rule"] == "touch_120"])


def test_groups_are_formed_by_what_was_due_in_the_first_days_of_those_still_there(engine):
    whole = by_group(engine).set_index("candidate")
    assert whole["group"].to_dict() == {name: name.split(",")[0] for name in [*lives(), "open"]}
    assert whole.loc["touched", ["due", "kept"]].tolist() == [2, 2]
    assert whole.loc["missed", ["due", "kept"]].tolist() == [2, 0]
    assert whole.loc["missed, left", ["due", "kept"]].tolist() == [1, 0]
    assert whole.loc["gone", ["due", "kept"]].tolist() == [0, 0]


def test_early_ends_are_counted_of_each_group(engine):
    assert fall_offs(by_group(engine)) == {
        "touched": share(1, 2),
        "missed": share(1, 3),
        "none_due": share(0, 0),
        "gone": share(1, 2),
        "open": share(0, 1),
    }


def test_who_leaves_before_any_touch_is_due_is_not_called_untouched():
    rows = [at(STARTS, "start"), at("2026-03-05 17:00", "end", outcome="quit")]
    touches = owed(rows, start=date(2026, 1, 1), end=AS_OF)
    assert grouped(followed(rows), touches)["group"].tolist() == ["gone"]


def test_staying_longer_adds_no_chance_to_miss_a_touch():
    """Two of the same first 30 days are in one group, however many touches one of them missed later."""
    kept = ["2026-03-10 09:00", "2026-03-20 09:00"]
    rows = [at(STARTS, "start", name) for name in ("Avery Sample", "Blake Sample")]
    rows += [at(when, "touch", name) for name in ("Avery Sample", "Blake Sample") for when in kept]
    rows += [at("2026-04-05 17:00", "end", "Blake Sample", outcome="quit")]
    touches = owed(rows, start=date(2026, 1, 1), end=AS_OF)
    assert "overdue" in touches[touches["who"] == "Avery Sample"]["status"].tolist()
    assert grouped(followed(rows), touches)["group"].tolist() == ["touched", "touched"]


def test_touches_of_an_earlier_assignment_are_not_those_of_a_later_one():
    rows = [
        at("2026-01-05 09:00", "start", job="Job 0"),
        at("2026-02-20 17:00", "end", job="Job 0", outcome="completed"),
        at(STARTS, "start"),
        at("2026-03-10 09:00", "touch"),
        at("2026-03-20 09:00", "touch"),
    ]
    whole = grouped(followed(rows), owed(rows, start=date(2026, 1, 1), end=AS_OF))
    assert whole["group"].tolist() == ["missed", "touched"]


def test_without_the_rule_nothing_fell_due():
    rows = [at(STARTS, "start")]
    found = grouped(followed(rows), owed(rows).iloc[:0])
    assert found["group"].tolist() == ["none_due"]


def test_an_empty_log_has_no_assignments(engine):
    found = followed([at("2026-10-01 09:00", "touch")], engine)
    assert found.empty
    whole = grouped(found, owed([]))
    assert {one.of for one in fall_offs(whole).values()} == {0}


@pytest.mark.parametrize(
    ("touched", "missed", "said"),
    [
        ((2, 9), (4, 40), "too few to compare"),
        ((1, 40), (3, 40), "too few to compare"),
        ((4, 40), (6, 40), "overlap, so the difference may be chance"),
        ((2, 60), (20, 60), "Among the touched fewer ended early"),
        ((20, 60), (2, 60), "Among the touched more ended early"),
    ],
)
def test_the_verdict_says_no_more_than_the_counts_do(touched, missed, said):
    assert said in verdict({"touched": share(*touched), "missed": share(*missed)})


def test_the_landmark_lies_after_the_second_touch():
    assert BY_NAME["touch_120"].number * 2 <= LANDMARK
