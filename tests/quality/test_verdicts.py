"""The verdict of every desk on every ratio: exact on small arrays, and the same whatever must not matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from firms import desks, firm, flow_of, for_everybody, line, weeks_of
from scipy.stats import betaprime

from quality.catalogue import BY_NAME, RATIOS
from quality.intervals import rate_interval, thinning_interval
from quality.judgement import probability_below
from quality.verdicts import COLUMNS, Judged, judge, still_to_come, to_settle, verdicts
from quality.weekly import Cases, Flow, Weekly

RATIO = "hit_to_interview"


def judged(weekly: Weekly, **standards: float) -> dict[str, Judged]:
    """Against these n of ``n : 1``, the starting values otherwise."""
    mondays = [monday.date() for monday in weekly.weeks]
    return judge(weekly, for_everybody(standards).table(weekly.units, "desk", mondays, None))


def table(weekly: Weekly, week: int = -1, **standards: float) -> pd.DataFrame:
    return verdicts(weekly, judged(weekly, **standards), week).set_index(["unit", "ratio"])


def row(flow: Flow, week: int = -1, **standards: float) -> pd.Series:
    return table(weeks_of(flow), week, **standards).loc[("Desk 01", flow.ratio.name)]


def one_week(x: int, n: int, ratio: str = RATIO) -> Flow:
    return line(1, ratio=ratio, n=n, x=x)


@pytest.mark.parametrize(
    ("x", "n", "verdict", "probability"),
    [
        (1, 29, "below", 0.9991202312707708),
        (0, 8, "below", 0.9707419637633503),
        (3, 14, "unclear", 0.6014206812967934),
        (81, 263, "meets", 0.01647123684189387),
        (0, 5, "unclear", 0.9181357688343056),
    ],
    ids=["clearly below", "the fewest that can be", "not enough", "clearly better", "under eight cases"],
)
def test_counts_against_four_to_one(x: int, n: int, verdict: str, probability: float) -> None:
    """Chances of being under one in four with Jeffreys' prior: beta.cdf(.25) of scipy 1.17.1."""
    found = row(one_week(x, n), **{RATIO: 4})
    assert (found["verdict"], found["upstream"], found["downstream"], found["open"]) == (verdict, n, x, 0)
    assert found["probability"] == pytest.approx(probability)
    assert found["standard"] == 4


def test_value_and_bounds_are_n_to_one_and_the_low_bound_is_the_better_one() -> None:
    low, high = thinning_interval(3, 14)
    found = row(one_week(3, 14))
    assert found["value"] == pytest.approx(14 / 3)
    assert (found["low"], found["high"]) == pytest.approx((1 / float(high), 1 / float(low)))
    assert found["low"] < found["value"] < found["high"]


def test_nothing_reached_has_no_value_and_no_upper_bound_but_all_the_rest() -> None:
    found = row(one_week(0, 11), **{RATIO: 4})
    assert pd.isna(found["value"])
    assert pd.isna(found["high"])
    assert found["low"] > 1
    assert found["verdict"] == "below"


def test_more_reached_than_began_is_two_counts_of_their_own() -> None:
    low, high = rate_interval(12, 9)
    found = row(one_week(12, 9), **{RATIO: 1.0})
    assert found["probability"] == pytest.approx(betaprime(12.5, 9.5).cdf(1))
    assert (found["low"], found["high"]) == pytest.approx((1 / float(high), 1 / float(low)))


def test_the_client_side_is_two_counts_of_their_own_even_where_fewer_were_reached() -> None:
    found = row(one_week(3, 14, "contract_to_fill"), contract_to_fill=4)
    assert found["probability"] == pytest.approx(betaprime(3.5, 14.5).cdf(1 / 4))


def test_a_desk_without_upstream_events_has_no_verdict_but_its_row() -> None:
    found = row(one_week(0, 0))
    assert found[["upstream", "downstream", "open"]].tolist() == [0, 0, 0]
    assert found["verdict"] is None
    assert found[["probability", "value", "low", "high"]].isna().all()
    assert found["standard"] == BY_NAME[RATIO].standard


def test_every_verdict_has_its_counts_and_no_cell_is_a_number_that_is_none() -> None:
    found = verdicts(weekly := firm(2, desks=6, weeks=30), judged(weekly))
    assert tuple(found.columns) == COLUMNS
    assert len(found) == 6 * len(RATIOS)
    given = found[found["verdict"].notna()]
    assert len(given) == len(found)
    assert ((given["upstream"] > 0) & (given["weeks"] > 0)).all()
    numbers = found.select_dtypes("number").to_numpy(dtype=float, na_value=0.0)
    assert np.isfinite(numbers).all()


def test_a_verdict_stands_since_the_monday_of_the_first_week_without_a_break() -> None:
    """2 of 10 a week against 2 : 1: the third week is the first one surely below; from week 20 on 9 of 10."""
    flow = line(52, (0, 20, 2), (20, 52, 9))
    early, late = row(flow, 19), row(flow)
    assert (early["verdict"], str(early["since"].date())) == ("below", "2025-01-06")
    assert late["verdict"] == "meets"
    words = [row(flow, week)["verdict"] for week in range(52)]
    first = max(week for week in range(52) if words[week] != "meets") + 1
    assert late["since"] == weeks_of(flow).weeks[first]
    assert 25 < first < 33


def test_the_window_is_thirteen_weeks_and_grows_where_counts_are_few() -> None:
    busy, thin = row(line(60)), row(line(60, n=1, x=0), **{RATIO: 8})
    assert (busy["weeks"], busy["upstream"], busy["downstream"]) == (13, 130, 65)
    assert (thin["weeks"], thin["upstream"]) == (52, 52)


def test_a_week_is_judged_by_what_was_known_then() -> None:
    whole, until = line(40, (30, 40, 1)), line(30)
    assert row(whole, 29).equals(row(until))


def test_twice_the_upstream_at_the_same_skill_is_no_fall_where_the_step_takes_time() -> None:
    """One in five fills two weeks after its send-out; the send-outs of the last two weeks are four times as many."""
    upstream = np.full((1, 20), 10)
    upstream[0, 18:] = 40
    flow = flow_of("contract_to_fill", upstream, np.full((1, 20), 2), [0, 0, 1])
    found = row(flow, contract_to_fill=5)
    assert (found["upstream"], found["downstream"], found["open"]) == (11 * 10 + 80, 26, 80)
    assert found["verdict"] == row(flow, 17, contract_to_fill=5)["verdict"] == "unclear"
    assert found["probability"] == pytest.approx(betaprime(26.5, 130.5).cdf(1 / 5))


def test_the_interval_is_that_of_the_counts_beside_it_though_the_verdict_is_of_what_came_due() -> None:
    upstream = np.full((1, 20), 10)
    upstream[0, 18:] = 40
    found = row(flow_of(RATIO, upstream, np.full((1, 20), 2), [0, 0, 1]))
    assert (found["upstream"], found["downstream"]) == (190, 26)
    low, high = thinning_interval(26, 190)
    assert (found["low"], found["high"]) == pytest.approx((1 / float(high), 1 / float(low)))


def followed(weeks: int = 20, *, of: int = 10, got: int = 2) -> Flow:
    """Cases of which some get there two weeks later; those of the last two weeks are open."""
    started = np.full((1, weeks), of)
    reached = np.zeros((1, weeks, 3), int)
    reached[0, : weeks - 2, 2] = got
    cases = Cases(started, reached)
    return flow_of("send_out_to_fill", started, cases.arrived, [0, 0, 1], cases)


def test_cases_that_are_followed_keep_the_open_ones_apart() -> None:
    """Of 13 weeks with ten cases each the last two are open, and nothing of them could have shown."""
    found = row(followed(), send_out_to_fill=5)
    assert (found["upstream"], found["downstream"], found["open"], found["weeks"]) == (130, 22, 20, 13)
    assert found["probability"] == pytest.approx(float(probability_below(22, 110, 1 / 5)))
    low, high = thinning_interval(22, 110)
    assert (found["low"], found["high"]) == pytest.approx((1 / float(high), 1 / float(low)), rel=1e-3)


def test_of_the_open_cases_so_many_will_get_there() -> None:
    one = judged(weeks_of(followed()))["send_out_to_fill"]
    cases, expected, low, high = still_to_come(one, 0) or (0, 0.0, 0, 0)
    assert cases == 20
    assert expected == pytest.approx(20 * 22.5 / 111)
    assert low < expected < high


def test_a_ratio_whose_cases_are_not_followed_has_none_to_come() -> None:
    assert still_to_come(judged(weeks_of(line(20)))[RATIO], 0) is None


def test_what_would_settle_it_is_asked_of_the_last_week() -> None:
    assert to_settle(judged(weeks_of(one_week(1, 29)), **{RATIO: 4})[RATIO], 0) == 0
    more = to_settle(judged(weeks_of(one_week(3, 14)), **{RATIO: 3})[RATIO], 0)
    assert more is not None
    assert 10 < more < 200


def test_the_order_of_the_weeks_within_the_window_changes_nothing() -> None:
    weeks = np.random.default_rng(4).binomial(10, 0.4, 13)
    there, back = (flow_of(RATIO, np.full((1, 13), 10), order[None, :]) for order in (weeks, weeks[::-1]))
    assert row(there).drop("since").equals(row(back).drop("since"))


def test_twice_the_counts_narrow_the_interval() -> None:
    once, twice = row(line(13)), row(line(13, n=20, x=10))
    assert twice["value"] == once["value"]
    assert once["low"] < twice["low"] < twice["high"] < once["high"]


@pytest.mark.parametrize("ratio", [ratio.name for ratio in RATIOS])
def test_names_and_order_of_the_desks_and_the_other_desks_change_nothing(ratio: str) -> None:
    low, high = line(30, ratio=ratio, x=2), line(30, ratio=ratio, x=7)
    together, turned, alone = (weeks_of(flow) for flow in (desks(low, high), desks(high, low), low))
    renamed = replace(turned, units=("Someone", "Else"))
    here = table(together)
    assert here.loc[("Desk 01", ratio)].equals(table(alone).loc[("Desk 01", ratio)])
    assert here.loc[("Desk 02", ratio)].equals(table(renamed).loc[("Someone", ratio)])
    assert here.loc[("Desk 01", ratio)].equals(table(renamed).loc[("Else", ratio)])


def test_a_second_step_that_nobody_of_the_firm_ever_recorded_gives_no_verdict() -> None:
    """At 3 : 1 three were expected of 9; whoever has none of them shares that with everybody."""
    found = row(line(1, n=9, x=0), **{RATIO: 3})
    assert (found["verdict"], found["upstream"], found["downstream"]) == (None, 9, 0)
    assert pd.isna(found["probability"])


def test_so_few_that_none_may_be_chance_are_judged_all_the_same() -> None:
    assert row(line(1, n=8, x=0), **{RATIO: 3})["verdict"] == "below"


def test_a_desk_without_a_step_that_others_record_is_judged() -> None:
    together = table(weeks_of(desks(line(1, n=20, x=0), line(1, n=20, x=1))), **{RATIO: 2})
    assert together.loc[("Desk 01", RATIO), "verdict"] == "below"
