"""Intervals against other implementations and against their own definition."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from quality.intervals import n_to_one, rate_interval, thinning_interval

#: Numbers of statsmodels and R; the file says which.
CASES = json.loads((Path(__file__).parent / "oracles" / "intervals.json").read_text(encoding="utf-8"))["cases"]
COUNTS = st.integers(0, 5000)


@pytest.mark.parametrize(("name", "level"), [("level_80", 0.8), ("level_95", 0.95)])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['x']} of {case['n']}")
def test_the_binomial_interval_is_the_published_one(case: dict[str, float], name: str, level: float) -> None:
    low, high = thinning_interval(case["x"], case["n"], level)
    expected_low, expected_high = case[name]
    assert low == pytest.approx(expected_low if case["x"] else 0)
    assert high == pytest.approx(expected_high if case["x"] < case["n"] else 1)


def test_intervals_of_many_counts_at_once_are_those_of_each() -> None:
    x, n = np.array([3, 0, 5, 3]), np.array([14, 5, 5, 14])
    low, high = thinning_interval(x, n)
    assert low.tolist() == [float(thinning_interval(one, of)[0]) for one, of in zip(x, n, strict=True)]
    assert high.tolist() == [float(thinning_interval(one, of)[1]) for one, of in zip(x, n, strict=True)]


def test_no_counts_give_no_bounds() -> None:
    low, high = thinning_interval([], [])
    assert low.tolist() == high.tolist() == []


@given(downstream=st.integers(1, 400), upstream=st.integers(1, 400))
def test_the_bounds_of_a_rate_leave_ten_percent_on_either_side(downstream: int, upstream: int) -> None:
    """The odds of a Beta(a, b) share are a beta prime variable; scipy has that as a distribution of its own."""
    posterior = stats.betaprime(downstream + 0.5, upstream + 0.5)
    low, high = rate_interval(downstream, upstream)
    assert posterior.cdf(low) == pytest.approx(0.1, abs=1e-9)
    assert posterior.cdf(high) == pytest.approx(0.9, abs=1e-9)


def test_the_interval_of_a_rate_holds_the_true_one_about_as_often_as_it_says() -> None:
    chance, rate = np.random.default_rng(11), 1.6
    upstream, downstream = chance.poisson(12, 20_000), chance.poisson(12 * rate, 20_000)
    low, high = rate_interval(downstream, upstream)
    assert 0.78 < np.mean((low <= rate) & (rate <= high)) < 0.84


@given(downstream=COUNTS, upstream=COUNTS)
def test_no_count_breaks_a_rate_however_much_one_exceeds_the_other(downstream: int, upstream: int) -> None:
    low, high = rate_interval(downstream, upstream)
    assert 0 <= low <= high
    assert np.isfinite(low)
    assert np.isfinite(high) == (upstream > 0)


def test_n_to_one_turns_a_rate_over() -> None:
    assert n_to_one(np.array([0.25, 1.0, 2.0])).tolist() == [4.0, 1.0, 0.5]
    assert n_to_one(np.array([0.0, np.inf])).tolist() == [np.inf, 0.0]
