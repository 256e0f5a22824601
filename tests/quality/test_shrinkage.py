"""Desks are pulled to the firm's rate by as much as they fail to differ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from quality.shrinkage import Kind, firm_rate, shrunken, weight

DESKS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 60)), min_size=1, max_size=15)


def test_the_firms_rate_is_never_nothing() -> None:
    assert firm_rate([0, 0], [0, 0]) == 0.5
    assert firm_rate([9.5], [39]) == 0.25


def test_a_desk_is_pulled_by_the_weight_of_the_firm() -> None:
    """The firm has 24.5 of 100: (4 + 60 x .245) / (4 + 60) and (20 + 60 x .245) / (95 + 60)."""
    assert shrunken([4, 20, 0], [4, 95, 0], 60).tolist() == pytest.approx([18.7 / 64, 34.7 / 155, 0.245])


def test_two_of_two_do_not_stand_before_forty_of_hundred() -> None:
    found = shrunken([2, 40, 20], [2, 100, 198])
    assert found.argsort().tolist() == [2, 0, 1]


def test_under_eight_desks_the_weight_is_the_usual_one() -> None:
    assert weight([1, 9] * 4, [0, 10] * 4) == 60


def test_desks_that_are_all_alike_are_pulled_as_far_as_allowed() -> None:
    assert weight([10] * 12, [40] * 12) == pytest.approx(400, rel=1e-3)


def test_desks_far_apart_are_left_where_they_are() -> None:
    assert weight([5, 45] * 6, [50] * 12) == pytest.approx(10, rel=1e-3)


def test_the_weight_is_where_the_likelihood_of_the_counts_is_highest() -> None:
    x, n = np.array([9, 12, 22, 14, 31, 18, 7, 25, 16, 20]), np.full(10, 80)
    rate = firm_rate(x, n)
    sizes = np.arange(10, 401)
    likelihood = [stats.betabinom.logpmf(x, n, rate * size, (1 - rate) * size).sum() for size in sizes]
    assert weight(x, n) == pytest.approx(sizes[np.argmax(likelihood)], abs=1)


@pytest.mark.parametrize("true", [20, 60, 200])
def test_the_weight_of_a_large_firm_is_about_the_true_one(true: int) -> None:
    chance = np.random.default_rng(true)
    rates = chance.beta(0.2 * true, 0.8 * true, 600)
    assert weight(chance.binomial(150, rates), np.full(600, 150)) == pytest.approx(true, rel=0.25)


def test_rates_above_one_have_a_weight_too() -> None:
    chance = np.random.default_rng(5)
    rates = chance.gamma(1.6 * 40, 1 / 40, 600)
    assert weight(chance.poisson(60 * rates), np.full(600, 60), "rate") == pytest.approx(40, rel=0.25)


@given(desks=DESKS, kind=st.sampled_from(["thinning", "rate"]))
def test_every_rate_lies_between_the_desks_own_and_the_firms(desks: list[tuple[int, int]], kind: Kind) -> None:
    x, lost = np.array(desks).T
    n, firm = x + lost, firm_rate(x, x + lost)
    own = np.where(n > 0, x / np.maximum(n, 1), firm)
    found = shrunken(x, n, kind=kind)
    assert (found >= np.minimum(own, firm) - 1e-12).all()
    assert (found <= np.maximum(own, firm) + 1e-12).all()


@given(desks=DESKS)
def test_the_order_of_desks_does_not_matter(desks: list[tuple[int, int]]) -> None:
    x, lost = np.array(desks).T
    assert shrunken(x[::-1], (x + lost)[::-1])[::-1] == pytest.approx(shrunken(x, x + lost), rel=1e-6)
