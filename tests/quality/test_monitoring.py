"""Slumps and surges against a desk's own usual: exact on small arrays, and as promised on simulated firms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from firms import BUSY, DESKS, WEEKS, Work, firm, flow_of, line, weeks_of

from quality.monitoring import BASELINE, LONGEST, QUIET, SLOWEST, Change, Watched, monitor
from quality.weekly import Cases, Flow, Weekly

RATIO = "hit_to_interview"
#: Eight cases a week at .3: what a desk must do for a halving to be caught as promised.
EIGHT = Work(8, 0.3)
DELAYED = Work(8, 0.3, (0.0, 0.25, 0.25, 0.25, 0.25), followed=True)


def reason(found: Watched, ratio: str = RATIO) -> list[str]:
    return [one.reason for one in found.unwatched if one.ratio == ratio]


def slumps(found: Watched) -> list[Change]:
    return [change for change in found.changes if change.chart.direction == "low"]


def test_a_steady_desk_has_a_chart_in_each_direction_and_no_change() -> None:
    found = monitor(weeks_of(line(40)))
    assert [(chart.direction, chart.start, chart.phi) for chart in found.charts] == [
        ("low", 26, 1.0),
        ("high", 26, 1.0),
    ]
    assert found.changes == ()
    low = found.charts[0]
    assert low.usual == pytest.approx(0.5)
    assert low.changed == pytest.approx(0.25)
    assert 2 < low.notice < 5


def test_a_fall_to_one_of_ten_is_raised_within_two_weeks_and_dated_to_its_first() -> None:
    (change,) = monitor(weeks_of(line(40, (30, 40, 1)))).changes
    assert (change.chart.direction, change.raised, change.since, change.last) == ("low", 31, 30, 39)
    assert change.active


def test_a_rise_to_nine_of_ten_is_a_surge() -> None:
    (change,) = monitor(weeks_of(line(40, (30, 40, 9)))).changes
    assert change.chart.direction == "high"
    assert change.since == 30
    assert change.active


def test_a_slump_that_has_passed_is_no_longer_active() -> None:
    (change,) = monitor(weeks_of(line(60, (30, 36, 1)))).changes
    assert (change.since, change.active) == (30, False)
    assert 36 <= change.last < 48


def test_two_slumps_with_good_weeks_between_them_are_two() -> None:
    found = slumps(monitor(weeks_of(line(78, (30, 36, 1), (55, 61, 1)))))
    assert [change.since for change in found] == [30, 55]


def test_weeks_that_never_were_and_a_gap_raise_nothing() -> None:
    flow = line(60)
    flow.upstream[0, 35:42] = flow.downstream[0, 35:42] = 0
    assert monitor(weeks_of(flow)).changes == ()


def test_after_a_quiet_year_the_usual_rate_is_taken_anew() -> None:
    long = line(BASELINE + QUIET + 20, (BASELINE, BASELINE + QUIET + 20, 4))
    low = next(chart for chart in monitor(weeks_of(long)).charts if chart.direction == "low")
    assert low.start == BASELINE + QUIET
    assert low.usual == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (line(1), "young"),
        (line(BASELINE), "young"),
        (line(LONGEST + 10, x=0), "few"),
        (line(LONGEST - 10, x=0), "young"),
        (flow_of(RATIO, [[1, 1, 0, 0] * 20], [[1, 0, 0, 0] * 20]), "slow"),
    ],
    ids=["one week", "half a year", "nothing reached in a year", "nothing reached yet", "too few to notice"],
)
def test_a_desk_without_a_chart_says_why(flow: Flow, said: str) -> None:
    found = monitor(weeks_of(flow))
    assert reason(found) == [said]
    assert [chart for chart in found.charts if chart.direction == "low"] == []


def test_a_ratio_without_any_upstream_is_not_watched() -> None:
    assert reason(monitor(weeks_of(line(60))), "call_to_hit") == ["young"]


def test_downstream_without_upstream_is_not_watched() -> None:
    assert reason(monitor(weeks_of(flow_of(RATIO, np.zeros((1, 60)), np.full((1, 60), 3))))) == ["young"]


def test_more_downstream_than_upstream_is_watched_as_two_counts() -> None:
    found = monitor(weeks_of(line(60, (40, 60, 2), n=5, x=8)))
    assert {chart.kind for chart in found.charts} == {"rate"}
    assert found.charts[0].usual > 1
    assert [change.since for change in slumps(found)] == [40]


def test_a_joiner_is_watched_half_a_year_after_joining_and_a_leaver_until_leaving() -> None:
    upstream, got = np.full((2, 70), 10), np.full((2, 70), 5)
    upstream[0, :20] = got[0, :20] = 0
    upstream[1, 50:] = got[1, 50:] = 0
    found = monitor(weeks_of(flow_of(RATIO, upstream, got)))
    assert {chart.unit: chart.start for chart in found.charts} == {0: 46, 1: 26}
    assert found.changes == ()


def test_weeks_that_scatter_more_than_chance_weigh_less() -> None:
    wild = flow_of(RATIO, np.full((1, 40), 10), np.tile([[2, 8]], 20))
    low = next(chart for chart in monitor(weeks_of(wild)).charts if chart.direction == "low")
    assert low.phi == pytest.approx(9 / 2.5)  # each week 3 away from 5, where chance has a variance of 2.5


def test_one_odd_week_does_not_blunt_a_chart() -> None:
    """All of twenty and none of them are ten from the usual: a hundred squared, where chance has a variance of five."""
    calm, odd = line(40, n=20, x=10), line(40, (10, 11, 20), (12, 13, 0), (14, 15, 20), n=20, x=10)
    for flow in (calm, odd):
        low = next(chart for chart in monitor(weeks_of(flow)).charts if chart.direction == "low")
        assert low.phi == 1


def test_cases_that_are_followed_speak_week_by_week() -> None:
    started = np.full((1, 60), 10)
    got = np.zeros((1, 60, 3), dtype=int)
    got[0, :58, 2] = 5
    got[0, 40:58, 2] = 1
    flow = flow_of("send_out_to_fill", started, Cases(started, got).arrived, [0.0, 0.0, 1.0], Cases(started, got))
    (change,) = monitor(weeks_of(flow)).changes
    assert change.chart.direction == "low"
    assert 42 <= change.since <= change.raised <= 44
    assert change.active


def changes_by_desk(weekly: Weekly, order: list[int]) -> dict[str, list[tuple[int, int]]]:
    names = [weekly.units[unit] for unit in order]
    found = monitor(weekly).changes
    return {
        name: sorted((change.raised, change.since) for change in found if change.chart.unit == unit)
        for unit, name in enumerate(names)
    }


def test_the_order_of_the_desks_changes_nothing() -> None:
    one = firm(5, desks=12)
    order = list(range(12))[::-1]
    turned = {
        name: replace(flow, upstream=flow.upstream[order], downstream=flow.downstream[order], cases=None)
        for name, flow in one.flows.items()
    }
    straight = {name: replace(flow, cases=None) for name, flow in one.flows.items()}
    here = changes_by_desk(replace(one, flows=straight), list(range(12)))
    assert any(here.values())
    assert changes_by_desk(replace(one, flows=turned), order) == here


def test_fewer_accepted_false_alerts_are_fewer_alerts_and_slower_charts() -> None:
    many, few = (monitor(firm(3), budget) for budget in (4.0, 0.25))
    assert len(few.changes) < len(many.changes)
    slow, fast = ({(c.unit, c.ratio): c for c in found.charts if c.direction == "low"} for found in (few, many))
    assert all(slow[key].limit > fast[key].limit and slow[key].notice > fast[key].notice for key in slow)


def test_no_chart_would_take_longer_than_half_a_year() -> None:
    found = monitor(firm(1, {name: replace(work, each_week=work.each_week / 6) for name, work in BUSY.items()}))
    assert found.unwatched
    assert found.charts
    assert max(chart.notice for chart in found.charts) <= SLOWEST


# --- simulated firms --------------------------------------------------------------------------------------------------


def false_alerts(work: dict[str, Work], firms: int = 12, desks: int = DESKS) -> dict[str, float]:
    """False alerts per desk and year in each direction, all seven ratios watched."""
    found = [monitor(firm(seed, work, desks)) for seed in range(100, 100 + firms)]
    years = sum(WEEKS - chart.start for one in found for chart in one.charts if chart.direction == "low") / 52 / 7
    return {
        direction: sum(change.chart.direction == direction for one in found for change in one.changes) / years
        for direction in ("low", "high")
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("work", "desks"),
    [
        (BUSY, DESKS),
        ({name: replace(work, spread=0.3) for name, work in BUSY.items()}, DESKS),
        ({name: replace(work, scatter=0.1) for name, work in BUSY.items()}, DESKS),
        ({name: replace(work, each_week=work.each_week / 2) for name, work in BUSY.items()}, DESKS),
        (BUSY, 3),
    ],
    ids=["like desks", "desks that differ", "uneven weeks", "half the work", "a small firm"],
)
def test_steady_desks_raise_about_one_false_alert_a_year_in_each_direction(work: dict[str, Work], desks: int) -> None:
    """The budget is one a desk and year; what a signal says, once in seven years for each chart, is then true."""
    found = false_alerts(work, 12 if desks == DESKS else 120, desks)
    assert 0.5 < found["low"] <= 1.1
    assert 0.5 < found["high"] <= 1.3


@pytest.mark.slow
def test_very_uneven_weeks_stay_within_half_as_many_again() -> None:
    assert false_alerts({name: replace(work, scatter=0.2) for name, work in BUSY.items()})["low"] <= 1.5


def caught(ratio: str, work: Work, firms: int = 15, at: int = 45) -> np.ndarray:
    """Weeks from a halving until it was noticed, of each desk of several firms; 99 where it was not."""
    found = []
    for seed in range(200, 200 + firms):
        weeks = dict.fromkeys(range(DESKS), 99)
        for change in slumps(monitor(firm(seed, {ratio: replace(work, changed=0.5, at=at)}))):
            if change.last >= at:
                weeks[change.chart.unit] = min(weeks[change.chart.unit], max(change.raised - at, 0) + 1)
        found += weeks.values()
    return np.array(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ratio", "work"),
    [
        ("call_to_hit", EIGHT),
        ("call_to_hit", replace(EIGHT, scatter=0.2)),
        ("hit_to_interview", replace(EIGHT, lag=(0.5, 0.3, 0.2))),
        ("send_out_to_fill", DELAYED),
        ("send_out_to_fill", replace(DELAYED, scatter=0.2)),
    ],
    ids=["at once", "uneven weeks", "over three weeks", "one to four weeks later", "later and uneven"],
)
def test_halvings_at_eight_a_week_are_caught(ratio: str, work: Work) -> None:
    weeks = caught(ratio, work)
    assert np.mean(weeks <= 13) >= 0.70
    assert np.mean(weeks <= 20) >= 0.85
