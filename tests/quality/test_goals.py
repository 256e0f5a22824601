"""The plan of a desk: the days left, what is done, what is needed, and who has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from tallies import AS_OF, CHAIN, WORKING, counts, whole_plan

from quality.goals import (
    Goal,
    Gone,
    beyond,
    departed,
    desk_plan,
    fills_for,
    fills_so_far,
    mates_of,
    needed_days,
    period_ahead,
    usual_goal,
    without,
)
from quality.plan import Step, Target, needed, targets
from quality.plan_words import gone_in_words, plan_in_words, warning_in_words
from quality.workdays import Workdays


def test_fills_so_far_count_for_their_side():
    chains = [CHAIN[3:], (Step("contract", "fill_by_order", 9, 42, "rate"),)]
    own, orders = (
        next(one.total for one in targets(chains, 3, done, 10) if one.activity == name and one.probability == 0.8)
        for name, done in (("send_out", {"fill": 1}), ("contract", {"fill": 1}))
    )
    assert own == needed(CHAIN[3:], 2, 0.8)
    assert orders == needed(chains[1], 3, 0.8)


def test_what_is_needed_is_spread_over_the_days_left():
    found = {one.probability: one.per_day for one in targets([CHAIN], 3, {}, 21) if one.activity == "recruiting_call"}
    assert found == {0.5: 714 / 21, 0.8: 1240 / 21, 0.95: 2029 / 21}
    assert targets([CHAIN], 3, {}, 0)[0].per_day is None


@pytest.mark.parametrize(
    ("per", "as_of", "name", "days"),
    [
        ("month", date(2026, 11, 22), "2026-11", 6),
        ("week", date(2026, 11, 22), "2026-W48", 5),
        ("week", date(2026, 11, 25), "2026-W48", 2),
        ("week", date(2026, 11, 27), "2026-W49", 5),
        ("month", date(2026, 10, 30), "2026-11", 21),
        ("quarter", date(2026, 9, 30), "2026-Q4", 66),
    ],
)
def test_the_period_is_that_of_the_next_working_day(per, as_of, name, days):
    period, left = period_ahead(per, as_of, WORKING)
    assert (period.name, len(left)) == (name, days)


def test_public_holidays_and_absences_are_no_working_days():
    holidays = Workdays("US").days
    assert len(period_ahead("month", AS_OF, holidays)[1]) == 5
    days = {"starts_on": pd.Timestamp("2026-11-23"), "ends_on": pd.Timestamp("2026-11-24")}
    away = pd.DataFrame([{"desk": "Desk 01", **days}])
    assert len(period_ahead("month", AS_OF, without(WORKING, away, "Desk 01"))[1]) == 4
    assert len(period_ahead("month", AS_OF, without(WORKING, away, "Desk 02"))[1]) == 6


def test_the_counts_of_a_plan_reach_back_52_closed_weeks():
    days = needed_days(date(2026, 11, 25))
    assert (days.start, days.end) == (date(2025, 11, 24), date(2026, 11, 25))


def test_only_fills_of_the_period_are_so_far():
    log = counts(
        ("Desk 01", "2026-10-31", {"fill": 1}),
        ("Desk 01", "2026-11-02", {"fill": 1, "fill_by_order": 2}),
        ("Desk 02", "2026-11-02", {"fill": 5}),
    )
    period, _ = period_ahead("month", AS_OF, WORKING)
    assert fills_so_far(log, "Desk 01", period) == {"fill": 1, "fill_by_order": 2}


def test_a_desk_without_a_goal_is_asked_for_what_is_usual_for_it():
    """24 fills in a year are two a month; the desk that began four weeks ago made three in its 28 days."""
    log = counts(
        ("Desk 01", "2025-11-24", {"fill": 12}),
        ("Desk 01", "2026-06-01", {"fill": 12, "fill_by_order": 3}),
        ("Desk 02", "2026-10-26", {"fill": 3}),
        ("Desk 03", "2026-10-26", {"hit": 3}),
    )
    usual = {desk: usual_goal(log, desk, AS_OF) for desk in ("Desk 01", "Desk 02", "Desk 03", "Desk 04")}
    assert [usual[desk].fills for desk in sorted(usual)] == [2, 3, 1, 1]
    assert {goal.per for goal in usual.values()} == {"month"}


def test_the_whole_plan_of_a_desk():
    log = counts(
        ("Desk 01", "2026-11-03", {"recruiting_call": 2400, "hit": 240, "interview": 96, "send_out": 42, "fill": 9})
    )
    found = desk_plan(log, "Desk 01", Goal(12, "month"), as_of=AS_OF, working=WORKING)
    first = [one for one in found.targets if one.activity == "recruiting_call"]
    assert [(one.total, one.per_day) for one in first] == [(714, 119.0), (1240, 1240 / 6), (2029, 2029 / 6)]
    assert plan_in_words(found)[0] == (
        "Desk 01: 12 fills in November 2026; 9 fills so far, so 3 to go, with 6 working days left."
    )
    assert plan_in_words(found)[2].startswith("  with 80 % certainty: 207 recruiting calls a day, 21 hits a day, ")


def roster_to(**ends):
    names = [name.replace("_", " ") for name in ends]
    known = {"desk": names, "team": ["North"] * len(names), "starts_on": pd.to_datetime([None] * len(names))}
    return pd.DataFrame({**known, "ends_on": pd.to_datetime(list(ends.values()))})


def test_a_desk_has_left_when_its_roster_is_over_or_it_did_nothing_for_over_four_weeks():
    """Four weeks before 22 November is 25 October; a fill on its order afterwards is no activity of the desk."""
    log = counts(
        ("Desk 01", "2026-10-24", {"hit": 1}),
        ("Desk 01", "2026-11-10", {"fill_by_order": 1}),
        ("Desk 02", "2026-10-25", {"hit": 1}),
        ("Desk 03", "2026-11-20", {"hit": 1}),
        ("Desk 04", "2026-11-20", {"hit": 1}),
    )
    roster = roster_to(Desk_01=None, Desk_02=None, Desk_03="2026-11-22", Desk_04="2026-11-23")
    assert departed(log, roster, AS_OF) == {
        "Desk 01": Gone(date(2026, 10, 24), None),
        "Desk 03": Gone(date(2026, 11, 20), date(2026, 11, 22)),
    }
    assert set(departed(log, None, AS_OF)) == {"Desk 01"}


def test_why_a_desk_seems_to_have_left_is_said():
    assert gone_in_words("Desk 01", Gone(date(2026, 8, 6), date(2026, 8, 7))) == (
        "Desk 01 seems to have left: its time in the roster ended on 7 August 2026 and its last activity was on "
        "6 August 2026. A plan for it rests on what it did before."
    )


def test_a_plan_beyond_ten_times_the_best_week_is_called_that():
    """The best week had 2 send-outs: 20 in a week are ten times as many, and 21 are more."""
    log = counts(
        ("Desk 01", "2026-11-02", {"send_out": 1, "fill": 1}),
        ("Desk 01", "2026-11-08", {"send_out": 1, "fill": 1}),
        ("Desk 01", "2026-11-09", {"send_out": 1, "fill": 1}),
    )
    found = desk_plan(log, "Desk 01", Goal(4, "month"), as_of=AS_OF, working=WORKING)
    assert found.best_week["send_out"] == 2
    asked = [
        replace(found, targets=(Target("send_out", 0.8, total, total / 5),), days=found.days[:5]) for total in (20, 21)
    ]
    assert [warning_in_words(one) for one in asked] == [
        "",
        "21 send-outs in all is more than ten times what Desk 01 ever did: "
        "its best week of the last year had 2 send-outs.",
    ]


def test_what_is_asked_in_the_last_days_is_not_stretched_to_a_week():
    found = whole_plan()
    last = replace(found, best_week={"send_out": 1}, targets=(Target("send_out", 0.8, 10, 10.0),))
    assert beyond(last) is None


def test_team_mates_are_those_of_the_day():
    roster = pd.DataFrame(
        {
            "desk": ["Desk 01", "Desk 02", "Desk 03"],
            "team": ["North", "North", "North"],
            "starts_on": pd.to_datetime([None, None, "2026-12-01"]),
            "ends_on": pd.to_datetime([None, None, None]),
        }
    )
    assert mates_of("Desk 01", roster, AS_OF) == {"Desk 02"}
    assert mates_of("Desk 09", roster, AS_OF) == set()


def test_a_goal_in_money_is_rounded_up_to_whole_fills():
    assert [fills_for(money, 20_000) for money in (1, 20_000, 20_001, 60_000)] == [1, 1, 2, 3]


@pytest.mark.parametrize("wrong", [{"fills": 0}, {"per": "year"}, {"probability": 1.0}])
def test_a_goal_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="is no goal"):
        Goal(**{"fills": 3, "per": "month", **wrong})
