from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tallies import CHAIN, LAST, counts

from quality.plan import CHAINS, LEVELS, Step, blend, chains_of, chance, desk_steps, needed, plan, what_if

# --- the reverse funnel ---


def test_three_fills_take_so_many_calls():
    calls = [need.total for need in plan(CHAIN, 3) if need.activity == "recruiting_call"]
    assert calls == [714, 1240, 2029]


def test_dividing_the_goal_by_the_ratios_succeeds_little_more_often_than_every_second_time():
    assert chance(CHAIN, 3, 800) == pytest.approx(0.57, abs=0.005)


def test_every_stage_has_its_own_need_and_later_stages_need_less():
    likely = [need for need in plan(CHAIN, 3) if need.probability == 0.8]
    assert [need.activity for need in likely] == ["recruiting_call", "hit", "interview", "send_out"]
    assert [need.total for need in likely] == sorted((need.total for need in likely), reverse=True)


def test_one_success_in_one_case_is_worked_out_by_hand():
    """Beta(1.5, 0.5): none of C has the chance 0.5 x 1.5 x 2.5 ... / (2 x 3 x 4 ...)."""
    once = (Step("send_out", "fill", 1, 1),)
    assert [chance(once, 1, number) for number in (1, 2, 3)] == pytest.approx([0.75, 0.875, 1 - 1.875 / 24])
    assert [need.total for need in plan(once, 1)] == [1, 2, 5]


def test_counts_of_their_own_follow_a_gamma_and_a_poisson_worked_out_by_hand():
    """Gamma(1.5, 4): none of C has the chance (4 / (4 + C)) ** 1.5."""
    orders = (Step("contract", "fill_by_order", 1, 4, "rate"),)
    assert chance(orders, 1, 4) == pytest.approx(1 - 0.5**1.5)
    assert [need.total for need in plan(orders, 1)] == [3, 8, 26]


def test_more_downstream_than_upstream_events_are_no_trouble():
    more = (Step("hit", "interview", 60, 40, "rate"), Step("interview", "fill", 12, 60))
    assert needed(more, 3, 0.8) < needed((Step("hit", "interview", 40, 40), more[1]), 3, 0.8)


def test_a_goal_that_is_reached_needs_nothing_more():
    assert [need.total for need in plan(CHAIN, 0)] == [0] * 12
    assert needed(CHAIN, -2, 0.8) == 0


def test_where_nothing_is_known_no_number_is_said():
    assert needed((Step("send_out", "fill", 0, 0),), 1, 0.5) is None


def test_what_nobody_can_do_is_out_of_reach():
    assert needed((Step("send_out", "fill", 0, 5_000_000),), 3, 0.95) is None


def test_a_higher_goal_and_a_higher_certainty_need_more():
    totals = [[needed(CHAIN, goal, level) for level in LEVELS] for goal in (1, 2, 5, 20)]
    assert (np.diff(totals, axis=0) > 0).all()
    assert (np.diff(totals, axis=1) > 0).all()


def test_the_same_ratios_from_ten_times_the_counts_need_less_for_certainty_and_as_much_for_even_chances():
    large = tuple(replace(step, x=10 * step.x, n=10 * step.n) for step in CHAIN)
    small_span, large_span = ([needed(chain, 3, level) for level in (0.5, 0.95)] for chain in (CHAIN, large))
    assert large_span[1] < small_span[1]
    assert large_span[0] == pytest.approx(small_span[0], rel=0.05)


# --- what if ---


def test_a_better_ratio_saves_calls_and_leaves_the_rest_as_sure_as_it_was():
    better = what_if(CHAIN, "send_out", "fill", 1 / 3)
    assert better[3].rate == pytest.approx(1 / 3)
    assert better[:3] == CHAIN[:3]
    assert needed(better, 3, 0.8) < needed(CHAIN, 3, 0.8)


def test_a_ratio_may_be_assumed_to_be_certain_or_beyond_one():
    assert needed(what_if(CHAIN[3:], "send_out", "fill", 1.0), 3, 0.8) == 3
    assert needed(what_if(CHAIN[3:], "send_out", "fill", 2.0), 3, 0.5) == 2


@pytest.mark.parametrize("rate", [0, -1, float("inf"), float("nan")])
def test_a_rate_that_cannot_be_is_refused(rate):
    with pytest.raises(ValueError, match="a rate is a number above 0"):
        what_if(CHAIN, "send_out", "fill", rate)


# --- thin counts ---


def test_thin_counts_are_blended_with_those_of_others_by_their_weight():
    """(2 + 60 x 30.5 / 101) of (20 + 60)."""
    thin = blend(Step("send_out", "fill", 2, 20), (30, 100), 60, "firm")
    assert thin.rate == pytest.approx((2 + 60 * 30.5 / 101) / 80)
    assert thin.own_share == 0.25
    assert thin.whose == "firm"


def test_ten_events_are_enough_to_stand_alone():
    own = Step("send_out", "fill", 10, 20)
    assert blend(own, (30, 100), 60, "firm") == own
    assert own.own_share == 1


def test_a_desk_without_cases_takes_the_rate_of_the_others():
    fresh = blend(Step("send_out", "fill", 0, 0), (30, 100), 60, "firm")
    assert fresh.rate == pytest.approx(30.5 / 101)
    assert fresh.own_share == 0


def test_without_others_thin_counts_stay_as_they_are():
    own = Step("send_out", "fill", 1, 3)
    assert blend(own, (0, 0), 60, "firm") == own


FIRM = counts(
    ("Desk 01", "2026-11-02", {"send_out": 20, "fill": 2, "send_out_by_order": 4}),
    ("Desk 02", "2026-11-03", {"send_out": 60, "fill": 12}),
    ("Desk 03", "2026-11-03", {"send_out": 40, "fill": 18}),
)


def test_a_thin_desk_leans_on_its_team_where_that_is_not_thin_itself():
    step = desk_steps(FIRM, "Desk 01", last=LAST, mates={"Desk 02"})["send_out", "fill"]
    assert (step.x, step.n, step.others, step.whose, step.worth) == (2, 20, (12, 60), "team", 60)


def test_a_thin_desk_leans_on_the_whole_firm_else():
    alone = desk_steps(FIRM, "Desk 01", last=LAST)["send_out", "fill"]
    assert (alone.others, alone.whose) == ((30, 100), "firm")
    thin_team = desk_steps(FIRM, "Desk 03", last=LAST, mates={"Desk 01"})["send_out", "fill"]
    assert (thin_team.worth, thin_team.whose) == (0, "")


def test_26_weeks_are_looked_at_and_52_where_these_hold_too_little():
    old = counts(
        ("Desk 01", "2026-11-02", {"send_out": 20, "fill": 4, "interview": 50}),
        ("Desk 01", "2026-01-05", {"send_out": 30, "fill": 7, "interview": 70}),
    )
    steps = desk_steps(old, "Desk 01", last=LAST)
    assert (steps["send_out", "fill"].x, steps["send_out", "fill"].weeks) == (11, 52)
    assert (steps["interview", "send_out"].n, steps["interview", "send_out"].weeks) == (50, 26)


def test_the_running_week_is_in_no_ratio():
    running = counts(("Desk 01", "2026-11-20", {"send_out": 9}), ("Desk 01", "2026-11-10", {"send_out": 3}))
    assert desk_steps(running, "Desk 01", last=pd.Timestamp("2026-11-15"))["send_out", "fill"].n == 3


def test_only_the_ways_a_desk_works_on_are_planned_from_its_first_activity_on():
    chains = chains_of(desk_steps(FIRM, "Desk 01", last=LAST))
    assert [[step.upstream for step in chain] for chain in chains] == [["send_out"]]


def test_a_new_desk_is_planned_by_what_others_do():
    chains = chains_of(desk_steps(FIRM.replace({"send_out": {20: 0}}), "Desk 09", last=LAST))
    assert chains == []
    busy = {"recruiting_call": 500, "hit": 100, "interview": 50, "send_out": 20, "fill": 4}
    whole = counts(("Desk 02", "2026-11-03", busy))
    (chain,) = chains_of(desk_steps(whole, "Desk 09", last=LAST))
    assert [step.n for step in chain] == [0, 0, 0, 0]
    assert chain[0].rate == pytest.approx(100.5 / 501)


def test_each_side_ends_in_the_fills_of_that_side():
    assert [chain[-1].downstream for chain in CHAINS] == ["fill", "fill_by_order", "fill_by_order"]


# --- the promise ---

CANDIDATE = ("recruiting_call", "hit", "interview", "send_out", "fill")
CLIENT = ("marketing_call", "contract", "fill_by_order")
DESKS = [f"Desk {number:02d}" for number in range(12)]


def chain_of_counts(generator, first, rates):
    """Numbers per stage: how many of each stage are left of those of the stage before."""
    stages = [first]
    for rate in rates.T:
        stages.append(generator.binomial(stages[-1], rate))
    return stages


def simulated_firm(generator, calls):
    """Half a year of twelve desks, and their true rates: four of the candidate side, two of the client side."""
    mean = np.array([0.2, 0.5, 0.45, 0.2])
    rates = generator.beta(40 * mean, 40 * (1 - mean), (12, 4))
    orders = generator.beta((4, 10), (56, 30), (12, 2))
    columns = dict(zip(CANDIDATE, chain_of_counts(generator, generator.poisson(calls, 12), rates), strict=True))
    columns |= dict(zip(CLIENT, chain_of_counts(generator, generator.poisson(calls, 12), orders), strict=True))
    return counts(*((desk, "2026-11-03", {}) for desk in DESKS)).assign(**columns), rates, orders


def share_met(generator, steps, goal, rates, futures=40):
    """Of so many futures in which a desk with these true rates does what the plan asks for, the share that succeed."""
    asked = np.full(futures, needed(steps, goal, 0.8))
    return float(np.mean(chain_of_counts(generator, asked, np.tile(rates, (futures, 1)))[-1] >= goal))


@pytest.mark.slow
@pytest.mark.parametrize("calls", [1200, 200], ids=["busy desks", "thin desks"])
@pytest.mark.parametrize("goal", [1, 3, 6])
def test_a_plan_for_80_percent_is_met_in_75_to_85_percent_of_futures(calls, goal):
    generator = np.random.default_rng([20, calls, goal])
    met = {"candidate": [], "client": []}
    for _ in range(50):
        log, rates, orders = simulated_firm(generator, calls)
        for number in (0, 1, 2):
            candidate, client, *_ = chains_of(desk_steps(log, DESKS[number], last=LAST))
            met["candidate"].append(share_met(generator, candidate, goal, rates[number]))
            met["client"].append(share_met(generator, client, goal, orders[number]))
    assert {side: 0.75 <= np.mean(shares) <= 0.85 for side, shares in met.items()} == {
        "candidate": True,
        "client": True,
    }
