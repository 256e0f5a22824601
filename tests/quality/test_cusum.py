"""Charts of changed ratios against sums done by eye, other implementations and their own solver."""

from __future__ import annotations

import json
from itertools import product
from math import log
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from quality.cusum import (
    LOWEST,
    NEVER,
    alternative,
    increments,
    run_length,
    solve_threshold,
    threshold,
    walk_length,
    watch,
    weeks_to_notice,
)

#: Mean run lengths by three R packages; the file says which.
ORACLES = json.loads((Path(__file__).parent / "oracles" / "cusum_arl.json").read_text(encoding="utf-8"))
CASES_A_WEEK = (2, 3, 5, 8, 15, 30, 60)
#: Threshold and weeks to notice a halving, for one false alert in 364 weeks, by usual share and cases a week.
LOW_364 = {
    0.03: ((1.73, 118), (2.00, 96), (2.37, 73), (2.71, 55), (3.17, 37), (3.62, 23), (4.00, 14)),
    0.05: ((2.08, 90), (2.37, 72), (2.75, 53), (3.09, 39), (3.51, 25), (3.89, 15), (4.23, 9)),
    0.10: ((2.59, 59), (2.89, 46), (3.26, 33), (3.57, 24), (3.91, 15), (4.24, 9), (4.42, 5)),
    0.20: ((3.12, 36), (3.41, 27), (3.73, 19), (3.98, 13), (4.25, 8), (4.42, 5), (4.42, 3)),
    0.25: ((3.30, 29), (3.57, 22), (3.87, 15), (4.10, 11), (4.33, 6), (4.42, 4), (4.36, 2)),
    0.33: ((3.50, 23), (3.75, 17), (4.03, 12), (4.23, 8), (4.39, 5), (4.39, 3), (4.18, 2)),
    0.50: ((3.80, 14), (4.03, 10), (4.23, 7), (4.35, 5), (4.38, 3), (4.20, 2), (3.18, 1)),
}
KNOWN = [(p0, n, *LOW_364[p0][at]) for p0 in LOW_364 for at, n in enumerate(CASES_A_WEEK)]


def test_a_low_chart_looks_for_a_halving_and_a_high_one_for_half_as_much_again() -> None:
    assert alternative(0.4, "low", "thinning") == alternative(0.4, "low", "rate") == 0.2
    assert alternative(0.4, "high", "thinning") == pytest.approx(0.6)
    assert alternative(1.4, "high", "rate") == pytest.approx(2.1)


def test_a_share_that_rises_never_passes_one() -> None:
    assert alternative([0.5, 0.8], "high", "thinning") == pytest.approx([0.75, 0.9])


def test_a_success_takes_from_a_low_chart_and_a_failure_adds_to_it() -> None:
    weekly = increments([1, 0, 0], [1, 1, 0], 0.5, 0.25, "thinning")
    assert weekly == pytest.approx([-log(2), log(1.5), 0])


def test_a_rate_counts_its_upstream_events_as_exposure() -> None:
    assert increments(3, 2, 1.0, 1.5, "rate") == pytest.approx(3 * log(1.5) - 2 * 0.5)


def test_counts_that_scatter_twice_as_much_weigh_half() -> None:
    assert increments(3, 8, 0.25, 0.125, "thinning", 2.0) == increments(3, 8, 0.25, 0.125, "thinning") / 2


@pytest.mark.parametrize("kind", ["thinning", "rate"])
def test_usual_rates_at_the_ends_give_numbers_all_the_same(kind: str) -> None:
    p0 = np.array([0.0, 1.0])
    for direction in ("low", "high"):
        assert np.isfinite(increments([[2, 0], [7, 3]], 4, p0, alternative(p0, direction, kind), kind)).all()


def test_a_chart_adds_up_stops_at_zero_alerts_and_starts_anew() -> None:
    chart = watch([[1, -5, 1, 2, 1, 0, 3]], 3)
    assert chart.level.tolist() == [[1, 0, 1, 3, 1, 1, 4]]
    assert chart.raised.tolist() == [[False, False, False, True, False, False, True]]
    assert chart.since.tolist() == [[-1, -1, -1, 2, -1, -1, 4]]


def test_a_change_does_not_begin_in_weeks_without_counts_before_it() -> None:
    assert watch([[0, 0, 2, 2]], 4).since.tolist() == [[-1, -1, -1, 2]]


def test_each_unit_has_its_own_threshold_and_a_missing_one_never_alerts() -> None:
    chart = watch([[2, 2], [2, 2], [2, 2]], [2, 4, np.nan])
    assert chart.raised.tolist() == [[True, True], [False, True], [False, False]]


def test_no_weeks_and_no_units_make_empty_charts() -> None:
    assert watch(np.zeros((2, 0)), 3).level.shape == (2, 0)
    assert watch(np.zeros((0, 4)), 3).raised.shape == (0, 4)


@pytest.mark.parametrize("case", ORACLES["binomial_constant_n_surveillance"], ids=lambda case: f"n {case['n']}")
def test_run_lengths_with_a_constant_week_are_those_of_surveillance(case: dict[str, float]) -> None:
    chart = (case["p0"], case["p1"], case["n"], case["h"])
    assert run_length(*chart, constant=True) == pytest.approx(case["arl0"], rel=0.01)
    assert run_length(*chart, constant=True, true=case["p1"]) == pytest.approx(case["arl1"], rel=0.003)


@pytest.mark.parametrize("case", ORACLES["bernoulli_vlad"], ids=str)
def test_run_lengths_in_single_cases_are_those_of_vlad(case: dict[str, float]) -> None:
    odds = case["odds_ratio"] * case["p0"] / (1 - case["p0"])
    chart = (case["p0"], odds / (1 + odds), 1, case["h"])
    assert run_length(*chart, constant=True) == pytest.approx(case["arl0_cases"], rel=0.025)
    assert run_length(*chart, constant=True, true=chart[1]) == pytest.approx(case["arl1_cases"], rel=0.01)


def test_the_run_length_of_attrcusum_is_met_but_for_its_rounded_steps() -> None:
    case = ORACLES["binomial_n8_attrCUSUM"]
    assert run_length(0.25, 0.125, 8, 2.5, constant=True) == pytest.approx(case["arl0"], rel=0.005)
    assert run_length(0.25, 0.125, 8, 2.5, constant=True, true=0.125) == pytest.approx(case["arl1"], rel=0.003)


def test_a_walk_over_counts_that_are_mostly_nothing_takes_the_published_time() -> None:
    """Rakitzis, Maravelakis and Castagliola (2016): nine in ten counts are 0 for certain, the others binomial."""
    case, counts = ORACLES["zibinom_Rakitzis2016"], np.arange(101)
    for times, expected in zip(case["delta"], case["anss"], strict=True):
        mass = 0.9 * (counts == 0) + 0.1 * binom.pmf(counts, case["size"], case["prob0"] * times)
        assert walk_length(counts - case["refv"], mass, case["contl"]) == pytest.approx(expected, rel=0.002)


def test_a_sum_that_cannot_rise_is_never_raised() -> None:
    assert walk_length(np.array([-1.0]), np.ones(1), 2.0) == NEVER


def test_a_sum_of_certain_steps_takes_as_many_as_fit() -> None:
    assert walk_length(np.array([1.0]), np.ones(1), 3.0) == pytest.approx(3)


@pytest.mark.parametrize(("p0", "n", "h", "weeks"), KNOWN)
def test_the_known_thresholds_are_found_fast(p0: float, n: float, h: float, weeks: float) -> None:
    assert threshold(p0, n, 364, "low", "thinning") == pytest.approx(h, abs=0.025)
    assert weeks_to_notice(p0, n, 364, "low", "thinning") == pytest.approx(weeks, rel=0.02, abs=0.55)


@pytest.mark.parametrize(("p0", "n", "h", "weeks"), KNOWN[::6])
def test_the_known_thresholds_are_solved(p0: float, n: float, h: float, weeks: float) -> None:
    solved = solve_threshold(p0, p0 / 2, n, 364, "thinning")
    assert solved == pytest.approx(h, abs=0.015)
    assert run_length(p0, p0 / 2, n, solved, true=p0 / 2) == pytest.approx(weeks, rel=0.01, abs=0.5)


def places(kind: str, points: int) -> np.ndarray:
    """Charts off the table's grid: usual rate, cases a week, weeks between alerts; five events a quarter or more."""
    chance = np.random.default_rng(5)
    top = 3.0 if kind == "rate" else 0.6
    drawn = chance.uniform(np.log([0.02, 2, 40]), np.log([top, 150, 1500]), (points * 3, 3))
    charts = np.exp(drawn)
    return charts[charts[:, 0] * charts[:, 1] > 0.4][:points]


@pytest.mark.parametrize(("kind", "direction"), list(product(("thinning", "rate"), ("low", "high"))))
def test_looked_up_thresholds_keep_the_wanted_time_between_false_alerts(kind: str, direction: str) -> None:
    charts = places(kind, 60)
    found = threshold(*charts.T, direction, kind)
    changed = alternative(charts[:, 0], direction, kind)
    met = [run_length(p0, p1, n, h, kind=kind) for (p0, n, _), p1, h in zip(charts, changed, found, strict=True)]
    errors = np.abs(np.log(met / charts[:, 2]))[found > LOWEST]
    assert np.median(errors) < 0.01
    assert np.quantile(errors, 0.9) < 0.03


@pytest.mark.parametrize(("kind", "direction"), list(product(("thinning", "rate"), ("low", "high"))))
def test_looked_up_weeks_to_notice_are_those_of_the_solver(kind: str, direction: str) -> None:
    for p0, n, weeks in places(kind, 12):
        changed = float(alternative(p0, direction, kind))
        h = solve_threshold(p0, changed, n, weeks, kind)
        exact = run_length(p0, changed, n, h, kind=kind, true=changed)
        assert weeks_to_notice(p0, n, weeks, direction, kind) == pytest.approx(exact, rel=0.03)


def test_rarer_false_alerts_need_higher_thresholds_and_more_patience() -> None:
    weeks = np.array([26, 52, 104, 364, 728, 1500])
    assert (np.diff(threshold(0.2, 8, weeks, "low", "thinning")) > 0).all()
    assert (np.diff(weeks_to_notice(0.2, 8, weeks, "low", "thinning")) > 0).all()


def test_charts_beyond_the_table_are_read_at_its_edge() -> None:
    beyond, edge = ([1e-9, 0.999], [0, 1e6], [1, 1e9]), ([0.005, 0.82], [0.5, 1000], [26, 1500])
    for direction, kind in product(("low", "high"), ("thinning", "rate")):
        top = [0.005, 4.0] if kind == "rate" else edge[0]
        found = threshold(beyond[0] if kind == "thinning" else [0, 99], beyond[1], beyond[2], direction, kind)
        assert found == pytest.approx(threshold(top, edge[1], edge[2], direction, kind))
        assert (found >= LOWEST).all()


def test_where_one_week_tells_everything_any_fall_alerts_within_a_week() -> None:
    assert threshold(0.8, 150, 26, "low", "thinning") == LOWEST
    assert weeks_to_notice(0.8, 150, 26, "low", "thinning") == pytest.approx(1, abs=0.01)
    assert solve_threshold(0.8, 0.4, 150, 26, "thinning") == LOWEST


def test_a_chart_with_a_missing_rate_has_no_threshold_and_leaves_the_others_alone() -> None:
    both = threshold([0.25, np.nan], 8, 364, "low", "thinning")
    assert both[0] == threshold(0.25, 8, 364, "low", "thinning")
    assert np.isnan(both[1])


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "p0", "n"), [("thinning", 0.25, 8), ("thinning", 0.05, 60), ("rate", 1.0, 6)])
def test_steady_desks_are_called_as_often_as_promised_and_halved_ones_as_soon(kind: str, p0: float, n: float) -> None:
    chance, shape = np.random.default_rng(29), (2000, 780)
    h = threshold(p0, n, 104, "low", kind)
    steady, fallen = (_weeks(chance, kind, rate, n, shape) for rate in (p0, p0 / 2))
    alerts = watch(increments(*steady, p0, p0 / 2, kind), h).raised
    assert shape[0] * shape[1] / alerts.sum() == pytest.approx(104, rel=0.05)
    noticed = watch(increments(*fallen, p0, p0 / 2, kind), h).raised.argmax(axis=1) + 1
    assert noticed.mean() == pytest.approx(float(weeks_to_notice(p0, n, 104, "low", kind)), rel=0.04)


def _weeks(chance: np.random.Generator, kind: str, rate: float, n: float, shape: tuple[int, int]) -> tuple:
    cases = chance.poisson(n, shape)
    return (chance.poisson(n * rate, shape) if kind == "rate" else chance.binomial(cases, rate)), cases
