"""What pages show of simulated firms: signals no oftener than the budget says, and soon after something has changed.

The whole way from what was counted to the table of signals, with a dip at the turn of the year, all seven ratios and
all volumes; `test_monitoring` asks the same of the charts alone.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest
from chains import DIP, RATES, Plan, gathered, name
from firms import DESKS, WEEKS

from quality.review import review
from quality.weekly import FOLLOWED

FIRST_MONDAY = date(2025, 1, 6)
#: The year of each desk that is watched, after half a year of usual weeks.
YEARS = 1.0
#: A half of the desks changes in the week 54, after the turn of the year; 24 weeks are left to notice.
SOME, AT = 20, 54

#: Eight cases a week at .3 in one step of the chain.
CALLS = Plan(calls=8, rates=RATES | {"call_to_hit": 0.3}, halved="call_to_hit", changed=SOME, at=AT)
HITS = Plan(calls=40, rates=RATES | {"hit_to_interview": 0.3}, halved="hit_to_interview", changed=SOME, at=AT)
SEND_OUTS = Plan(calls=160, rates=RATES | {FOLLOWED: 0.3}, halved=FOLLOWED, changed=SOME, at=AT)
#: Forty calls a week.
FORTY = Plan(calls=40, halved="calls", changed=10, at=AT)


@cache
def raised(seed: int, plan: Plan) -> pd.DataFrame:
    """All signals of a firm, with the number of the week that raised them and of their last one."""
    frame = review(gathered(seed, plan)).signals(date.min)
    week, begun = ([(day - FIRST_MONDAY).days // 7 for day in frame[column]] for column in ("raised_on", "since"))
    return frame.assign(week=week, last=np.array(begun, int) + frame["weeks"] - 1)


def is_true(frame: pd.DataFrame, plan: Plan, kind: str, measure: str) -> pd.Series:
    """Whether a signal is about what was changed."""
    desks = frame["desk"].isin([name(desk) for desk in range(plan.changed)])
    return desks & (frame["kind"] == kind) & (frame["measure"] == measure) & (frame["last"] >= plan.at)


def false_ones(kind: str, plan: Plan, firms: int) -> float:
    """False signals per desk and year."""
    frames = [raised(seed, plan) for seed in range(firms)]
    false = [(frame["kind"] == kind) & ~is_true(frame, plan, kind, plan.halved) for frame in frames]
    return sum(one.sum() for one in false) / (firms * DESKS * YEARS)


def weeks_until(plan: Plan, kind: str, measure: str, firms: int) -> np.ndarray:
    """Weeks until the change of each changed desk was raised; 99 where it was not."""
    found = []
    for seed in range(firms):
        frame = raised(seed, plan)
        first = frame[is_true(frame, plan, kind, measure)].groupby("desk")["week"].min()
        found += [max(first.get(name(desk), 98 + plan.at) - plan.at, 0) + 1 for desk in range(plan.changed)]
    return np.array(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "plan",
    [Plan(), Plan(spread=0.3), Plan(calls=40, marketing_calls=60), CALLS, HITS, SEND_OUTS],
    ids=["busy", "desks that differ", "little work", "calls", "hits", "send-outs"],
)
def test_a_desk_is_falsely_said_to_slump_or_surge_no_oftener_than_the_budget_says(plan: Plan) -> None:
    """One a desk and year is accepted in each direction, and half as much again is the bound."""
    assert false_ones("slump", plan, 12) <= 1.5
    assert false_ones("surge", plan, 12) <= 1.5


@pytest.mark.slow
def test_busy_desks_use_the_budget_they_have() -> None:
    """Charts that never err would notice everything too late."""
    assert false_ones("slump", Plan(), 12) >= 0.5


@pytest.mark.slow
@pytest.mark.parametrize("plan", [CALLS, HITS, SEND_OUTS], ids=["calls", "hits", "send-outs"])
def test_halvings_at_eight_cases_a_week_are_in_the_table_in_time(plan: Plan) -> None:
    weeks = weeks_until(plan, "slump", plan.halved, 25)
    assert np.mean(weeks <= 13) >= 0.70
    assert np.mean(weeks <= 20) >= 0.85


@pytest.mark.slow
def test_half_of_forty_calls_a_week_is_in_the_table_within_four_weeks() -> None:
    weeks = weeks_until(FORTY, "volume_drop", "recruiting_call", 20)
    assert np.median(weeks) <= 2
    assert np.mean(weeks <= 4) >= 0.95


@pytest.mark.slow
def test_half_the_calls_at_the_same_skill_is_a_fall_of_volumes_and_of_no_ratio() -> None:
    """Fewer calls bring fewer of everything, some weeks later; whoever has half of them converts as ever."""
    changed = [name(desk) for desk in range(FORTY.changed)]
    frames = [raised(seed, FORTY) for seed in range(20)]
    slumps = pd.concat([frame[frame["kind"] == "slump"] for frame in frames])
    after = slumps[slumps["week"] >= AT]
    assert len(after) > 40
    assert after["desk"].isin(changed).mean() <= 0.3  # ten of forty desks


@pytest.mark.slow
def test_the_turn_of_the_year_is_nobodys_fall_of_volume() -> None:
    """Nor are the four weeks after it, though what takes weeks is missing then; any other five weeks are the measure.

    Presentations are left out: those of a week are drawn from the weeks around it.
    """
    frames = [raised(seed, Plan()) for seed in range(12)]
    drops = pd.concat([frame[frame["kind"] == "volume_drop"] for frame in frames])
    by_week = np.bincount(drops.loc[drops["measure"] != "presentation", "week"], minlength=WEEKS)[26:]
    around = by_week[DIP[0] - 26 : DIP[1] - 26 + 5]
    assert by_week.sum() > 100
    assert around.mean() <= 1.5 * by_week.mean()
