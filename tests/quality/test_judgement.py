"""Verdicts against published numbers, against plain numerical integration, and against what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import integrate, stats

from quality.intervals import thinning_interval
from quality.judgement import (
    cases_to_settle,
    expected_of_open,
    grades,
    interval,
    probability_below,
    trailing,
)

#: scipy 1.17.1, beta.cdf(.25) of the posterior with Jeffreys' prior: successes, cases, chance of under one in four.
BELOW_A_QUARTER = [
    (3, 14, 0.6014206812967934),
    (0, 5, 0.9181357688343056),
    (5, 5, 0.00012940169548043978),
    (2, 8, 0.4710760557447195),
    (1, 29, 0.9991202312707708),
    (81, 263, 0.01647123684189387),
]
#: Share of the successes that have shown by the age of a case, in weeks.
SHOWN = np.array([0.1, 0.4, 0.7, 0.9])


def by_integration(x: int, n: int, waiting: NDArray[np.int_], standard: float) -> float:
    """The same posterior with the adaptive quadrature of scipy, over the rate itself."""

    def height(p: float) -> float:
        return float(p ** (x - 0.5) * (1 - p) ** (n - x - 0.5) * np.prod((1 - p * SHOWN) ** waiting))

    below, rest = (integrate.quad(height, *ends, limit=500)[0] for ends in ((0, standard), (standard, 1)))
    return float(below / (below + rest))


@pytest.mark.parametrize(("x", "n", "chance"), BELOW_A_QUARTER)
def test_the_chance_of_being_below_standard_is_the_published_one(x: int, n: int, chance: float) -> None:
    assert float(probability_below(x, n, 0.25)) == pytest.approx(chance)


def test_the_chance_for_a_rate_is_that_of_a_beta_prime_variable() -> None:
    assert float(probability_below(30, 12, 2.0, "rate")) == pytest.approx(stats.betaprime(30.5, 12.5).cdf(2.0))


def test_more_successes_than_cases_are_judged_as_a_rate() -> None:
    assert float(probability_below(9, 6, 0.5)) == float(probability_below(9, 6, 0.5, "rate"))


def test_every_rate_is_below_a_standard_of_more_than_one_in_one() -> None:
    assert float(probability_below(8, 8, 1.5)) == 1


def test_without_a_standard_there_is_no_chance_and_no_verdict() -> None:
    assert np.isnan(probability_below([3, 3], 14, np.nan)).all()
    assert grades([[np.nan, 0.97]], [[20, 20]]).tolist() == [[None, "below"]]


@pytest.mark.parametrize(("x", "n"), [(0, 0), (0, 3), (3, 3), (2, 11), (9, 30)])
@pytest.mark.parametrize("waiting", [(1, 0, 0, 0), (4, 3, 2, 1), (0, 0, 0, 25)])
def test_open_cases_enter_as_numerical_integration_says(x: int, n: int, waiting: tuple[int, ...]) -> None:
    chance = float(probability_below(x, n, 0.2, pending=(waiting, SHOWN)))
    assert chance == pytest.approx(by_integration(x, n, np.array(waiting), 0.2), abs=1e-6)


def test_an_open_case_whose_time_is_over_is_a_lost_one_and_a_new_one_says_nothing() -> None:
    chance = probability_below([3, 3], 14, 0.25, pending=([[0, 6], [9, 0]], [0.0, 1.0]))
    assert chance.tolist() == pytest.approx([float(probability_below(3, 20, 0.25)), BELOW_A_QUARTER[0][2]])


def test_an_interval_with_open_cases_holds_the_share_it_says() -> None:
    pending = ([4, 3, 2, 1], SHOWN)
    low, high = interval(5, 20, pending=pending)
    assert float(probability_below(5, 20, low, pending=pending)) == pytest.approx(0.1, abs=2e-4)
    assert float(probability_below(5, 20, high, pending=pending)) == pytest.approx(0.9, abs=2e-4)


def test_an_interval_whose_open_cases_say_nothing_is_that_of_the_decided_ones() -> None:
    low, high = interval([0, 5, 8], [8, 20, 8], pending=([3, 3], [0.0, 0.0]))
    plain_low, plain_high = thinning_interval([0, 5, 8], [8, 20, 8])
    assert low.tolist() == pytest.approx(plain_low.tolist(), abs=1e-4)
    assert high.tolist() == pytest.approx(plain_high.tolist(), abs=1e-4)


def test_two_counts_of_their_own_cannot_have_open_cases() -> None:
    with pytest.raises(ValueError, match="among its upstream"):
        probability_below(3, 2, 0.5, "rate", ([1], [0.5]))


@given(x=st.integers(0, 60), lost=st.integers(0, 60), standard=st.floats(0.02, 0.9))
def test_twice_the_counts_narrow_the_interval_and_make_a_clear_verdict_clearer(
    x: int, lost: int, standard: float
) -> None:
    n = x + lost
    low, high = interval([x, 2 * x], [n, 2 * n])
    assert high[1] - low[1] <= high[0] - low[0] + 1e-9
    once, twice = probability_below([x, 2 * x], [n, 2 * n], standard)
    assert once < 0.9 or twice >= once - 1e-9
    assert once > 0.1 or twice <= once + 1e-9


@given(x=st.integers(0, 20), lost=st.integers(0, 40), waiting=st.lists(st.integers(0, 15), min_size=4, max_size=4))
def test_open_cases_never_make_a_ratio_look_better_than_the_decided_ones_alone(
    x: int, lost: int, waiting: list[int]
) -> None:
    alone, with_open = (
        probability_below(x, x + lost, 0.2),
        probability_below(x, x + lost, 0.2, pending=(waiting, SHOWN)),
    )
    all_lost = probability_below(x, x + lost + sum(waiting), 0.2)
    assert alone - 1e-9 <= with_open <= all_lost + 1e-9


#: The chance that gives a verdict in one week; a week without a standard has no verdict.
EARNS = {None: float("nan"), "below": 0.99, "meets": 0.01, "likely_below": 0.85}


@pytest.mark.parametrize(
    ("chance", "n", "previous", "verdict"),
    [
        (0.95, 14, None, "below"),
        (0.949, 14, None, "likely_below"),
        (0.80, 14, None, "likely_below"),
        (0.79, 14, None, "unclear"),
        (0.21, 14, None, "unclear"),
        (0.20, 14, None, "likely_meets"),
        (0.051, 14, None, "likely_meets"),
        (0.05, 14, None, "meets"),
        (0.90, 14, "below", "below"),
        (0.89, 14, "below", "likely_below"),
        (0.09, 14, "meets", "meets"),
        (0.11, 14, "meets", "likely_meets"),
        (0.92, 14, "likely_below", "likely_below"),
        (0.99, 7.9, "below", "unclear"),
        (float("nan"), 14, "below", None),
    ],
)
def test_the_verdict_of_a_week(chance: float, n: float, previous: str | None, verdict: str | None) -> None:
    assert grades([[EARNS[previous], chance]], [[20, n]]).tolist() == [[previous, verdict]]


def test_a_verdict_holds_through_weeks_that_waver_and_is_not_given_back_by_them() -> None:
    found = grades([[0.93, 0.95, 0.91, 0.89, 0.93], [0.08, 0.04, 0.08, 0.5, 0.08]], [[20] * 5] * 2)
    assert found.tolist() == [
        ["likely_below", "below", "below", "likely_below", "likely_below"],
        ["likely_meets", "meets", "meets", "unclear", "likely_meets"],
    ]


def by_hand(chance: float, n: int, previous: str | None) -> str:
    """One week's verdict, spelled out."""
    if n < 8:
        return "unclear"
    if chance >= 0.95 or (previous == "below" and chance >= 0.9):
        return "below"
    if chance <= 0.05 or (previous == "meets" and chance <= 0.1):
        return "meets"
    return "likely_below" if chance >= 0.8 else "likely_meets" if chance <= 0.2 else "unclear"


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20)), min_size=1, max_size=12))
def test_verdicts_week_by_week_are_those_worked_out_one_after_the_other(weeks: list[tuple[float, int]]) -> None:
    one_by_one: list[str] = []
    for chance, n in weeks:
        one_by_one.append(by_hand(chance, n, one_by_one[-1] if one_by_one else None))
    chances, counts = zip(*weeks, strict=True)
    assert grades([chances], [counts]).tolist() == [one_by_one]


def test_the_window_grows_until_somebody_on_standard_would_have_had_five() -> None:
    """One case a week: 13 weeks hold 6.5 expected successes at one in two, 26 hold 6.5 at one in four, 52 hold 5.2."""
    window = trailing(np.zeros((4, 60)), np.ones((4, 60)), [[0.5], [0.25], [0.1], [0.01]])
    assert window.weeks[:, -1].tolist() == [13, 26, 52, 52]
    assert window.n[:, -1].tolist() == [13, 26, 52, 52]
    assert window.weeks[:, 4].tolist() == [5, 5, 5, 5]


def test_a_window_sums_the_last_weeks_only() -> None:
    n = np.zeros((1, 20))
    n[0, [0, 7, 19]] = [100, 10, 30]
    window = trailing(n / 10, n, 0.5)
    assert (window.weeks[0, -1], window.x[0, -1], window.n[0, -1]) == (13, 4, 40)


def test_without_a_standard_the_window_is_the_shortest() -> None:
    assert trailing(np.zeros((1, 60)), np.ones((1, 60)), np.nan).weeks[0, -1] == 13


def test_the_cases_that_would_settle_it_are_the_first_that_do() -> None:
    more = cases_to_settle(3, 14, 0.4)
    assert more is not None
    assert more > 0
    before, after = (float(probability_below(3 + k * 3 / 14, 14 + k, 0.4)) for k in (more - 1, more))
    assert before < 0.95 <= after


def test_a_ratio_that_is_settled_needs_no_more_cases() -> None:
    assert cases_to_settle(1, 29, 0.25) == 0


def test_five_without_success_are_settled_by_eight_at_the_earliest() -> None:
    assert cases_to_settle(0, 5, 0.5) == 3


def test_a_ratio_on_its_standard_is_never_settled_and_none_can_be_without_cases() -> None:
    assert cases_to_settle(25, 100, 0.25) is None
    assert cases_to_settle(0, 0, 0.25) is None


def test_open_cases_that_have_just_begun_get_there_at_the_rate_so_far() -> None:
    """New cases say nothing yet: their number is beta-binomial, with the mean (x + 1/2) / (n + 1) each."""
    found, exact = expected_of_open(9, 42, [10], [0.0]), stats.betabinom(10, 9.5, 33.5)
    assert found.expected == pytest.approx(10 * 9.5 / 43)
    assert (found.low, found.high) == (exact.ppf(0.1), exact.ppf(0.9))


def test_open_cases_whose_time_is_over_will_not_get_there() -> None:
    found = expected_of_open(9, 42, [10], [1.0])
    assert (found.expected, found.low, found.high) == (pytest.approx(0), 0, 0)


def test_without_open_cases_none_will_get_there() -> None:
    found = expected_of_open(9, 42, [0, 0], [0.2, 0.6])
    assert (found.expected, found.low, found.high) == (0, 0, 0)
