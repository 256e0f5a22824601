"""Funnel limits against sums of the binomial distribution done with whole numbers, and against what they promise."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from quality.funnel import FOR_THE_EYE, OUTLIER, beyond_limits, funnel_limits


def slow_limit(q: Fraction, n: int, p: Fraction) -> float:
    """The definition step by step: the first count whose chance up to there reaches q, then back by the excess."""
    up_to = Fraction(0)
    for count in range(n + 1):
        mass = comb(n, count) * p**count * (1 - p) ** (n - count)
        up_to += mass
        if up_to >= q:
            return float(min(max((count - (up_to - q) / mass) / n, Fraction(0)), Fraction(1)))
    raise AssertionError("the chances of all counts add up to one")


def test_limits_of_ten_tosses_of_a_coin_can_be_worked_out_by_hand():
    # In 1024ths: up to one head 11, up to two 56; up to seven 968, up to eight 1013.
    low, high = funnel_limits(10, 0.5, FOR_THE_EYE)
    assert float(low) == pytest.approx((2 - (56 - 25.6) / 45) / 10)
    assert float(high) == pytest.approx((8 - (1013 - 998.4) / 45) / 10)


@pytest.mark.parametrize(
    ("n", "target", "level", "expected"),
    [
        (14, "1/4", "0.95", (0.00617, 0.462472)),
        (100, "1/10", "0.998", (0.014179, 0.198357)),
        (400, "2/25", "0.998", (0.040069, 0.1236)),
    ],
)
def test_limits_are_those_of_a_slow_exact_sum(n, target, level, expected):
    rate, tail = Fraction(target), (1 - Fraction(level)) / 2
    low, high = funnel_limits(n, float(rate), float(Fraction(level)))
    assert (float(low), float(high)) == pytest.approx((slow_limit(tail, n, rate), slow_limit(1 - tail, n, rate)))
    assert (float(low), float(high)) == pytest.approx(expected, abs=1e-6)


@given(n=st.integers(1, 80), percent=st.integers(1, 99), level=st.sampled_from(["0.8", "0.95", "0.998"]))
def test_any_limit_is_that_of_the_slow_exact_sum(n, percent, level):
    rate, tail = Fraction(percent, 100), (1 - Fraction(level)) / 2
    low, high = funnel_limits(n, float(rate), float(level))
    assert float(low) == pytest.approx(slow_limit(tail, n, rate), abs=1e-9)
    assert float(high) == pytest.approx(slow_limit(1 - tail, n, rate), abs=1e-9)


def test_limits_of_many_desks_at_once_are_those_of_each():
    cases = np.array([8, 40, 400])
    low, high = funnel_limits(cases, 0.1)
    each = [funnel_limits(n, 0.1) for n in cases]
    assert low.tolist() == [float(one) for one, _ in each]
    assert high.tolist() == [float(one) for _, one in each]


def test_limits_draw_closer_to_the_target_with_more_cases():
    low, high = funnel_limits(np.array([10, 100, 1000, 10_000]), 0.1, FOR_THE_EYE)
    assert (np.diff(low) > 0).all()
    assert (np.diff(high) < 0).all()
    assert 0.094 < low[-1] < 0.1 < high[-1] < 0.106


def test_no_cases_have_no_limits_and_certainty_leaves_no_room():
    assert [one.tolist() for one in funnel_limits([0, 5, 5], [0.3, 0.0, 1.0])] == [[0.0, 0.0, 1.0], [1.0, 0.0, 1.0]]
    assert beyond_limits([0, 0, 1, 5], [0, 5, 5, 5], [0.3, 0.0, 0.0, 1.0]).tolist() == [0, 0, 1, 0]


def test_a_desk_at_a_hundred_to_one_is_beyond_the_limits_where_the_others_have_twelve_to_one():
    assert beyond_limits([4, 33, 90], [400, 400, 400], 1 / 12).tolist() == [-1, 0, 1]


def test_a_single_success_is_never_an_outlier_where_one_in_ten_is_usual():
    assert beyond_limits(1, 1, 0.1) == 0


@given(n=st.integers(1, 200), percent=st.integers(1, 99))
def test_an_outlier_is_never_more_likely_than_its_level_says(n, percent):
    counts, rate = np.arange(n + 1), percent / 100
    sides = beyond_limits(counts, n, rate, OUTLIER)
    chances = binom.pmf(counts, n, rate)
    assert chances[sides < 0].sum() <= 0.001 + 1e-9
    assert chances[sides > 0].sum() <= 0.001 + 1e-9
