from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from small_logs import frame_of, row
from tallies import AS_OF, CHAIN, counts

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
from quality.plan import LEVELS, Step, Target, blend, needed, targets
from quality.plan_words import (
    aim_in_words,
    basis,
    certainty,
    gone_in_words,
    later_in_words,
    pace,
    period_in_words,
    plan_in_words,
    reach_in_words,
    remark,
    warning_in_words,
)
from quality.progress import progress
from quality.reach import lags, reach
from quality.workdays import Workdays

WORKING = Workdays().days

# --- the days left and what is done ---


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


# --- how it reads ---


def test_a_plan_is_said_by_the_day_or_by_the_week_or_in_all():
    likely = {one.activity: one for one in targets([CHAIN], 3, {}, 21) if one.probability == 0.8}
    often, seldom = likely["recruiting_call"], likely["send_out"]
    assert pace(often, 21) == "60 recruiting calls a day"
    assert pace(seldom, 21) == "5 send-outs a week"
    assert pace(replace(seldom, per_day=seldom.total / 5), 5) == "21 send-outs in all"
    assert pace(replace(seldom, total=None, per_day=None), 21) == "send-outs: out of reach"


def test_certainties_and_periods_are_said_in_words():
    assert [certainty(level) for level in LEVELS] == [
        "with an even chance",
        "with 80 % certainty",
        "with 95 % certainty",
    ]
    said = [period_in_words(per, period_ahead(per, AS_OF, WORKING)[0]) for per in ("week", "month", "quarter")]
    assert said == ["the week of 23 November 2026", "November 2026", "the quarter from October to December 2026"]


def test_every_ratio_is_said_with_its_counts_and_whose_they_are():
    assert basis(CHAIN[0]) == "Call to hit 10.0 : 1, from 2,400 recruiting calls, 240 hits in 26 weeks"
    thin = blend(Step("send_out", "fill", 2, 20), (30, 100), 60, "team")
    assert basis(thin) == (
        "Send-out to fill 4.0 : 1, from 20 send-outs, 2 fills in 26 weeks, which is thin: it counts 25 %, "
        "the rest of the team (100 send-outs, 30 fills) 75 %"
    )
    assert basis(blend(Step("send_out", "fill", 0, 0), (30, 100), 60, "firm")) == (
        "Send-out to fill 3.3 : 1, none of its own, so that of the rest of the firm (100 send-outs, 30 fills)"
    )
    assert basis(Step("send_out", "fill", 0, 0)) == "Send-out to fill: nothing is known yet"


# --- which stage can still move the period ---


def taken(ratio: str, *days: int) -> pd.DataFrame:
    return pd.DataFrame({"ratio": ratio, "days": days, "units": 20})


def test_the_share_that_comes_in_time_is_averaged_over_the_days_left():
    """Half the fills come after 1 day, half after 3: of 4 days left the last is too late for both."""
    found = pd.concat([taken("send_out_to_fill", 1, 3), taken("interview_to_send_out", 2)])
    assert reach(found, 4)["send_out"] == pytest.approx((1 + 0.5 + 0.5 + 0) / 4)
    assert reach(found, 4)["interview"] == pytest.approx((0.5 + 0 + 0 + 0) / 4)
    assert reach(found, 0)["send_out"] == 0


def test_how_long_steps_take_is_unknown_with_few_cases():
    few = taken("send_out_to_fill", 1).assign(units=19)
    assert reach(few, 4)["send_out"] is None


def test_days_between_steps_come_from_the_log_and_only_from_cases_whose_time_is_over():
    known = {"desk": "Desk 01", "job": "Job 1"}
    log = frame_of(
        [
            row("2026-08-03 09:00", activity="send_out", candidate="Avery Sample", **known),
            row("2026-08-13 17:00", activity="fill", candidate="Avery Sample", **known),
            row("2026-08-04 09:00", activity="send_out", candidate="Blake Sample", **known),
            row("2026-11-02 09:00", activity="send_out", candidate="Casey Sample", **known),
            row("2026-11-04 09:00", activity="fill", candidate="Casey Sample", **known),
        ]
    )
    found = lags(log, as_of=AS_OF)
    assert found.query("ratio == 'send_out_to_fill'")[["days", "units"]].to_numpy().tolist() == [[10, 1]]


def test_stages_are_said_in_groups():
    shares = {"recruiting_call": 0.02, "hit": 0.05, "interview": 0.2, "send_out": 0.71, "contract": None}
    assert reach_in_words(shares, "month") == [
        "Still serve this month: send-outs (7 of 10 of the fills they lead to come in time).",
        "Partly serve this month, the rest the next: interviews (2 of 10 of the fills they lead to come in time).",
        "Made from now on, these serve the next month or a later one: recruiting calls, hits.",
        "Too few cases on record to say how long they take: contracts.",
    ]


def whole_plan(per="month"):
    log = counts(
        ("Desk 01", "2026-11-03", {"recruiting_call": 2400, "hit": 240, "interview": 96, "send_out": 42, "fill": 9})
    )
    return desk_plan(log, "Desk 01", Goal(12, per), as_of=AS_OF, working=WORKING)


def test_the_headline_names_only_what_still_serves_the_period_and_the_rest_serves_another():
    shares = {"recruiting_call": 0.0, "hit": 0.01, "interview": 0.2, "send_out": 0.71}
    found = whole_plan()
    send_outs = next(one for one in found.targets if (one.activity, one.probability) == ("send_out", 0.8))
    assert aim_in_words(found, shares) == (
        f"To fill 12 in November 2026 with 80 % certainty, Desk 01 needs {pace(send_outs, 6)}."
    )
    assert later_in_words(found, shares) == (
        "Of what is done from now on, interviews serve this month only in part; "
        "recruiting calls and hits serve the next month or a later one."
    )


def test_where_nothing_serves_the_period_any_more_the_headline_asks_for_nothing():
    shares = dict.fromkeys(("recruiting_call", "hit", "interview"), 0.0) | {"send_out": 0.16}
    assert aim_in_words(whole_plan("week"), shares) == (
        "To fill 12 in the week of 23 November 2026 with 80 % certainty, Desk 01 depends on what is already under way."
    )
    assert later_in_words(whole_plan("week"), shares) == (
        "Of what is done from now on, send-outs serve this week only in part; "
        "recruiting calls, hits and interviews serve the next week or a later one."
    )


def test_what_is_not_known_is_not_ruled_out():
    assert "207 recruiting calls a day, 21 hits a day, " in aim_in_words(whole_plan(), {})
    assert later_in_words(whole_plan(), {}) == ""


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.71, "mostly in time for this month"),
        (0.2, "only partly in time for this month"),
        (0.01, "serve the next month or a later one"),
        (None, ""),
    ],
)
def test_every_activity_says_which_period_it_serves(share, said):
    assert remark(share, "month") == said


def test_the_lines_of_the_command_say_it_too():
    assert "  Made from now on, these serve the next month or a later one: hits." in plan_in_words(
        whole_plan(), {"hit": 0.0}
    )


# --- yesterday and this week so far ---

WEEK = counts(
    ("Desk 01", "2026-11-15", {"recruiting_call": 99}),
    ("Desk 01", "2026-11-16", {"recruiting_call": 12}),
    ("Desk 01", "2026-11-17", {"recruiting_call": 9, "send_out": 1}),
    ("Desk 01", "2026-11-18", {"recruiting_call": 50}),
    ("Desk 02", "2026-11-17", {"recruiting_call": 70}),
)
TUESDAY = date(2026, 11, 17)
MONDAY = date(2026, 11, 16)
DAYS = [MONDAY, TUESDAY]


def against(minimums, worked=DAYS):
    """Desk 01 on Tuesday, with the same minimums on both days of its week."""
    return progress(dict.fromkeys(DAYS, minimums), WEEK, "Desk 01", worked, TUESDAY)


def test_a_day_and_its_week_so_far_are_held_against_the_minimums():
    calls, send_outs = against({"recruiting_call": 10.5, "send_out": 0.4})
    assert (calls.day, calls.day_wanted, calls.day_met) == (9, 10.5, False)
    assert (calls.week, calls.week_wanted, calls.week_met) == (21, 21.0, True)
    assert (send_outs.day, send_outs.day_met, send_outs.week_met) == (1, None, None)


def test_between_two_whole_numbers_the_lower_one_will_do():
    (calls,) = against({"recruiting_call": 9.6})
    assert calls.day_met is True


def test_nothing_is_wanted_of_a_desk_that_is_away():
    (calls,) = against({"recruiting_call": 10}, worked=[MONDAY])
    assert (calls.day, calls.day_wanted, calls.day_met) == (9, 0, None)
    assert (calls.week, calls.week_wanted, calls.days) == (21, 10, 1)


def test_days_before_a_minimum_was_in_force_are_not_judged():
    held = {MONDAY: {"send_out": 1.0}, TUESDAY: {"recruiting_call": 10.0}}
    (calls,) = progress(held, WEEK, "Desk 01", DAYS, TUESDAY)
    assert (calls.activity, calls.week, calls.week_wanted, calls.days) == ("recruiting_call", 9, 10, 1)
    assert progress({MONDAY: {"send_out": 1.0}, TUESDAY: {}}, WEEK, "Desk 01", DAYS, TUESDAY) == ()


def test_every_day_is_held_against_the_number_that_stood_on_it():
    held = {MONDAY: {"recruiting_call": 12.0}, TUESDAY: {"recruiting_call": 20.0}}
    (calls,) = progress(held, WEEK, "Desk 01", DAYS, TUESDAY)
    assert (calls.day_wanted, calls.week, calls.week_wanted) == (20, 21, 32)
