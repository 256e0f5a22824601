"""The chance that a rate is above another, and grew more than another: against integrals and draws made elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import beta, gamma

from quality.gains import Seen, bounds, chance_better, chance_more, kind_of, scatter
from quality.intervals import rate_interval, thinning_interval

FEW, MORE = (Seen(6, 30, "thinning"), Seen(13, 40, "thinning"))


def test_two_periods_with_the_same_counts_are_a_toss_up() -> None:
    for kind in ("thinning", "rate", "pace"):
        same = Seen(6, 30, kind)
        assert chance_better(same, same) == pytest.approx(0.5)
        assert chance_more((same, same), (same, same)) == pytest.approx(0.5)


def test_better_and_worse_add_up_to_one() -> None:
    assert chance_better(FEW, MORE) + chance_better(MORE, FEW) == pytest.approx(1)


def test_thinning_is_the_integral_over_both_distributions() -> None:
    before, after = beta(6.5, 24.5), beta(13.5, 27.5)
    expected = quad(lambda rate: before.cdf(rate) * after.pdf(rate), 0, 1)[0]
    assert chance_better(FEW, MORE) == pytest.approx(expected, abs=1e-4)
    assert 0.85 < expected < 0.90


def test_more_of_the_second_than_of_the_first_is_a_rate() -> None:
    before, after = beta(6.5, 5.5), beta(13.5, 5.5)
    expected = quad(lambda share: before.cdf(share) * after.pdf(share), 0, 1)[0]
    assert chance_better(Seen(6, 5, "rate"), Seen(13, 5, "rate")) == pytest.approx(expected, abs=1e-4)


def test_a_pace_is_the_integral_over_two_gammas() -> None:
    before, after = gamma(20.5, scale=1 / 10), gamma(30.5, scale=1 / 10)
    expected = quad(lambda rate: before.cdf(rate) * after.pdf(rate), 0, 20)[0]
    assert chance_better(Seen(20, 10, "pace"), Seen(30, 10, "pace")) == pytest.approx(expected, abs=1e-4)


def test_weeks_that_scatter_widely_make_it_less_sure() -> None:
    calm, wild = (chance_better(Seen(20, 10, "pace", phi), Seen(30, 10, "pace", phi)) for phi in (1, 4))
    assert 0.5 < wild < calm


def test_no_counts_at_all_are_a_toss_up_and_a_number() -> None:
    nothing = Seen(0, 0, "thinning")
    assert chance_better(nothing, nothing) == pytest.approx(0.5)
    assert chance_more((nothing, nothing), (FEW, MORE)) == pytest.approx(0.5, abs=0.2)


def test_gaining_on_others_agrees_with_draws() -> None:
    others = (Seen(300, 1500, "thinning"), Seen(330, 1500, "thinning"))
    draws = np.random.default_rng(1)
    rates = [draws.beta(*seen.shape, 400_000) for seen in (FEW, MORE, *others)]
    expected = np.mean(rates[1] / rates[0] > rates[3] / rates[2])
    assert chance_more((FEW, MORE), others) == pytest.approx(expected, abs=0.005)
    assert chance_more(others, (FEW, MORE)) == pytest.approx(1 - expected, abs=0.005)


def test_bounds_are_those_of_the_verdicts() -> None:
    assert bounds(FEW) == pytest.approx(tuple(float(bound) for bound in thinning_interval(6, 30)))
    assert bounds(Seen(6, 5, "rate")) == pytest.approx(tuple(float(bound) for bound in rate_interval(6, 5)))
    assert bounds(Seen(20, 10, "pace")) == pytest.approx(tuple(gamma(20.5, scale=1 / 10).ppf([0.1, 0.9])))
    assert bounds(Seen(0, 10, "pace"))[0] == 0


def test_weeks_scatter_as_much_as_they_differ_from_their_own_pace() -> None:
    week = np.full(4, 5.0)
    assert scatter([np.array([10.0, 10, 10, 10])], [week]) == 1
    # 4, 16, 4, 16 around 10: four times 36 / 10, over 3 free weeks.
    assert scatter([np.array([4.0, 16, 4, 16])], [week]) == pytest.approx(4.8)
    assert scatter([np.array([4.0, 16, 4, 16, 0])], [np.append(week, 0.0)]) == pytest.approx(4.8)


def test_two_periods_of_another_pace_do_not_scatter_for_that() -> None:
    week = np.full(3, 5.0)
    assert scatter([np.full(3, 10.0), np.full(3, 40.0)], [week, week]) == 1
    assert scatter([np.zeros(3)], [np.zeros(3)]) == 1


def test_only_thinning_turns_into_a_rate() -> None:
    assert kind_of("thinning", [(3, 3), (2, 5)]) == "thinning"
    assert kind_of("thinning", [(4, 3), (2, 5)]) == "rate"
    assert kind_of("rate", [(1, 3)]) == "rate"
    assert kind_of("pace", [(50, 3)]) == "pace"
