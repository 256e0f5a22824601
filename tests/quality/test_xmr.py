"""Charts of volumes: limits worked out by hand, each rule alone, and how often quiet and halved desks alert."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from quality.xmr import RULES, Limits, Signals, limits, signals

Floats = NDArray[np.float64]

#: 26 weeks around 40 whose limits are the Poisson ones, 40 -+ 3 sqrt(40): 21.03 and 58.97; two thirds: 27.35 and 52.65.
USUAL = [35.0, 35.0, 45.0, 45.0] * 6 + [35.0, 45.0]


def chart(weeks: list[float]) -> Limits:
    return limits([weeks], len(weeks), 1)


def after(*weeks: float) -> Signals:
    return signals([[*USUAL, *weeks]], days=1)


def low(*weeks: float) -> list[str | None]:
    return list(after(*weeks).low[0, 26:])


def test_limits_are_the_mean_and_so_many_moving_ranges() -> None:
    """Distances 30, 40, 30: mean 100/3, and 2.66 times that are 88.67, more than the 3 sqrt(95) of counts."""
    found = chart([100, 70, 110, 80])
    assert (found.mean[0], found.lower[0]) == (90, pytest.approx(90 - 2.66 * 100 / 3))
    assert found.upper[0] == pytest.approx(90 + 2.66 * 100 / 3)


def test_a_distance_far_beyond_the_others_is_left_out_once() -> None:
    """Distances nine times 40 and one of 400: their mean is 76, and 400 more than 3.267 times that."""
    weeks = [100.0, 140] * 5 + [540.0]
    found = chart(weeks)
    assert found.upper[0] - found.mean[0] == pytest.approx(2.66 * 40)


def test_limits_are_not_narrower_than_counts_scatter_by_themselves() -> None:
    found = limits([USUAL], days=1)
    assert (found.mean[0], found.lower[0]) == (40, pytest.approx(40 - 3 * 40**0.5))


def test_the_scatter_of_counts_per_working_day_is_that_of_the_week() -> None:
    by_week, by_day = limits([USUAL], days=1), limits([[week / 5 for week in USUAL]])
    assert by_day.lower * 5 == pytest.approx(by_week.lower)


def test_somebody_who_works_to_a_quota_has_the_limits_of_the_moving_ranges() -> None:
    """Thirteen weeks of 40 and thirteen of 41 in turn scatter far less than chance would."""
    found = limits([[40.0, 41.0] * 13], days=1)
    assert (found.lower[0], found.upper[0]) == (pytest.approx(40.5 - 2.66), pytest.approx(40.5 + 2.66))


def test_a_lower_limit_is_never_under_nothing() -> None:
    assert limits([[3.0, 5.0] * 13], days=1).lower[0] == 0


@pytest.mark.parametrize("weeks", [[40.0] * 30, [0.0] * 30, [40.0] * 25, [np.nan] * 30, []])
def test_a_series_that_never_changes_or_is_too_short_has_no_limits_and_no_signal(weeks: list[float]) -> None:
    found, fired = limits([weeks]), signals([weeks])
    assert (found.known[0], found.mean[0], found.lower[0], found.upper[0]) == (False, 0, 0, 0)
    assert set(fired.low.ravel()) | set(fired.high.ravel()) <= {None}
    assert not fired.drop.any()


def test_weeks_without_data_are_passed_over_by_the_limits() -> None:
    with_gaps = np.insert(np.array(USUAL), [0, 5, 5, 20], np.nan)[None, :]
    assert limits(with_gaps, days=1).lower == pytest.approx(limits([USUAL], days=1).lower)


def test_a_week_outside_is_an_alert_below_but_only_a_mark_above() -> None:
    assert low(21.1, 44, 21.0) == [None, None, "outside"]
    assert after(21.0).drop[0, 26:].tolist() == [True]
    assert after(60.0).high[0, 26:].tolist() == ["outside"]
    assert after(60.0).rise[0, 26:].tolist() == [False]


def test_two_of_three_near_a_limit_count_if_all_three_are_on_one_side() -> None:
    assert low(44, 27, 39, 27) == [None, None, None, "near"]
    assert low(44, 27, 41, 27) == [None, None, None, None]
    assert low(44, 27, 27, 39)[-1] is None


def test_seven_weeks_on_one_side_are_marked_and_nine_alert() -> None:
    """The baseline ends with 45, so the run starts after it."""
    fired = after(*[38.0, 39.0] * 5)
    assert fired.low[0, 26:].tolist() == [None] * 6 + ["run"] * 4
    assert fired.drop[0, 26:].tolist() == [False] * 8 + [True] * 2


def test_a_week_on_the_mean_breaks_a_run() -> None:
    assert set(low(*[38.0, 39.0] * 3, 40, *[38.0, 39.0] * 3)) == {None}


def test_seven_weeks_each_lower_than_the_one_before_are_a_trend_but_no_alert() -> None:
    fired = after(45, 43.5, 43, 42, 41, 40, 39)
    assert fired.low[0, 26:].tolist() == [None] * 6 + ["trend"]
    assert not fired.drop.any()


def test_nothing_alerts_within_the_baseline() -> None:
    weeks = [*USUAL[:20], 5.0, *USUAL[:5]]
    fired = signals([weeks], days=1)
    assert fired.low[0, 20] == "outside"
    assert not fired.drop.any()


def test_weeks_away_do_not_break_a_run_and_carry_no_signal() -> None:
    gone = float("nan")
    assert low(38, 39, 38, gone, 39, 38, gone, gone, 39, 38) == [None] * 9 + ["run"]


def test_a_short_week_scatters_more_before_it_is_outside() -> None:
    """Two days with 3.2 a day instead of 8 are 4.8 under the usual, of which 3.8 would do in a whole week."""
    weeks, days = [[*(week / 5 for week in USUAL), 3.2]], [[5.0] * 26 + [2.0]]
    assert signals(weeks).low[0, -1] == "outside"
    assert signals(weeks, days=days).low[0, -1] is None


def test_a_unit_that_was_never_there_and_had_no_days_has_no_signal() -> None:
    fired = signals([[np.nan] * 30, USUAL + [40.0] * 4], days=[[0.0] * 30, [1.0] * 30])
    assert fired.low[0].tolist() == [None] * 30
    assert limits([[np.nan] * 30], days=0).known.tolist() == [False]


@given(st.lists(st.integers(0, 80), min_size=30, max_size=60))
def test_a_desk_alone_and_among_others_has_the_same_signals(weeks: list[int]) -> None:
    alone, among = signals([weeks], days=1), signals([weeks[::-1], weeks, [7] * len(weeks)], days=1)
    assert alone.low[0].tolist() == among.low[1].tolist()
    assert alone.rise[0].tolist() == among.rise[1].tolist()


@given(st.lists(st.integers(0, 80), min_size=30, max_size=60), st.integers(27, 29))
def test_what_is_known_of_a_week_does_not_depend_on_the_weeks_after_it(weeks: list[int], until: int) -> None:
    whole, so_far = signals([weeks], days=1), signals([weeks[:until]], days=1)
    assert whole.low[0, :until].tolist() == so_far.low[0].tolist()
    assert whole.drop[0, :until].tolist() == so_far.drop[0].tolist()


def episodes(flags: NDArray[np.bool_], hold: int = 13) -> float:
    """Alerts per unit, those within a quarter of one before being the same."""
    count, quiet = np.zeros(len(flags)), np.zeros(len(flags))
    for week in flags.T:
        news = week & (quiet <= 0)
        count += news
        quiet = np.where(news, hold, quiet - 1)
    return float(count.mean())


def delay(flags: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Weeks until the first flag; more than there are where there is none."""
    return np.where(flags.any(axis=1), flags.argmax(axis=1) + 1, flags.shape[1] + 1)


def volumes(seed: int, *parts: tuple[float, int]) -> Floats:
    """3000 desks with Poisson counts per week, (mean, weeks) one after the other, as counts per working day."""
    chance = np.random.default_rng(seed)
    return np.concatenate([chance.poisson(mean, (3000, weeks)) for mean, weeks in parts], axis=1) / 5


@pytest.mark.slow
@pytest.mark.parametrize("mean", [8, 15, 40, 60])
def test_a_quiet_desk_seldom_alerts_though_its_chart_often_shows_a_mark(mean: int) -> None:
    fired = signals(volumes(mean, (mean, 78)))
    marked = np.isin(fired.low[:, 26:].astype("str"), RULES)
    assert 0.28 < episodes(marked) < 0.42
    assert episodes(fired.drop) < 0.16
    assert episodes(fired.rise) < 0.15


@pytest.mark.slow
@pytest.mark.parametrize(("mean", "half", "share"), [(8, 10, 0.12), (15, 5, 0.45), (40, 1, 0.96), (60, 1, 0.99)])
def test_a_drop_to_half_is_raised_within(mean: int, half: int, share: float) -> None:
    """Median weeks, and the share raised within four."""
    found = delay(signals(volumes(mean, (mean, 38), (mean / 2, 40))).drop[:, 38:])
    assert np.median(found) <= half
    assert np.mean(found <= 4) > share


@pytest.mark.slow
def test_half_as_much_again_at_forty_a_week_is_raised_within_a_month() -> None:
    found = delay(signals(volumes(4, (40, 38), (60, 40))).rise[:, 38:])
    assert np.mean(found <= 4) > 0.85


@pytest.mark.slow
def test_short_weeks_do_not_bring_more_false_alerts() -> None:
    days = np.full((3000, 78), 5.0)
    days[:, ::10] = 2
    counts = np.random.default_rng(6).poisson(8 * days)
    assert episodes(signals(counts / days, days=days).drop) < 0.16
