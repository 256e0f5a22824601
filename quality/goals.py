"""A desk's goal and what it asks of the working days that are left: what the page and the command line both show."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import attrgetter

import pandas as pd

from quality.catalogue import MEASURES
from quality.periods import DAY, PERIOD_OF, WEEK, Every, Period, between, last_closed_weeks
from quality.plan import MOST_WEEKS, Step, Target, chains_of, desk_steps, targets
from quality.teams import stays

#: The working days of a span of days, both ends included.
Working = Callable[[date, date], Sequence[date]]

#: A desk without activity for longer than this has most likely left.
SILENT = 4 * WEEK
WEEK_DAYS = 5
#: A plan that asks for more than so many times what a desk did in its best week is no plan.
ABSURD = 10


@dataclass(frozen=True, slots=True)
class Goal:
    """So many fills per week, month or quarter, to be reached with a probability.

    Raises ValueError for less than one fill and for another word or probability.
    """

    fills: int
    per: Every
    probability: float = 0.8

    def __post_init__(self) -> None:
        if self.fills < 1 or self.per not in PERIOD_OF or not 0 < self.probability < 1:
            raise ValueError(f"{self.fills} fills per {self.per} with {self.probability} is no goal")


def fills_for(money: float, average_fee: float) -> int:
    """The fills it takes for an amount of money at the average fee of one, at least one."""
    return max(1, math.ceil(round(money / average_fee, 6)))


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a desk has most likely left: its ``last`` day with activity, and its last day in the roster (None: open)."""

    last: date | None
    left: date | None


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """What a desk must do: ``period`` of the goal, ``done`` fills so far, the working ``days`` left, and the targets.

    ``done`` has ``fill`` (of the desk itself) and ``fill_by_order`` (on the orders it won); each counts for its side.
    ``best_week``: the most of each activity it did in a week of the days the plan rests on.
    """

    desk: str
    goal: Goal
    period: Period
    done: Mapping[str, int]
    days: tuple[date, ...]
    chains: tuple[tuple[Step, ...], ...]
    targets: tuple[Target, ...]
    best_week: Mapping[str, int] = field(default_factory=dict)


def without(working: Working, absences: pd.DataFrame, desk: str) -> Working:
    """The working days on which a desk is there. ``absences``: desk, starts_on, ends_on (days, both included)."""
    own = absences[absences["desk"] == desk]
    away = [(start.date(), end.date()) for start, end in zip(own["starts_on"], own["ends_on"], strict=True)]

    def days(start: date, end: date) -> list[date]:
        return [day for day in working(start, end) if not any(first <= day <= last for first, last in away)]

    return days


def needed_days(as_of: date) -> Period:
    """The days whose counts a plan rests on: the closed weeks of the ratios and the period so far."""
    return between(last_closed_weeks(as_of, MOST_WEEKS).start, as_of)


def period_ahead(per: Every, as_of: date, working: Working) -> tuple[Period, tuple[date, ...]]:
    """The week, month or quarter of the next working day after ``as_of``, and the working days left in it."""
    first = next(iter(working(as_of + DAY, as_of + 4 * WEEK)), as_of + DAY)
    period = PERIOD_OF[per](first)
    return period, tuple(working(first, period.end))


def desk_plan(
    counts: pd.DataFrame,
    desk: str,
    goal: Goal,
    *,
    as_of: date,
    working: Working,
    mates: Collection[str] = (),
    adjust: Callable[[tuple[Step, ...]], tuple[Step, ...]] = tuple,
) -> DeskPlan:
    """The plan of one desk as asked at the end of ``as_of``, from the tally of `needed_days`.

    ``adjust`` may change the steps of a chain, to see what would be.
    """
    period, days = period_ahead(goal.per, as_of, working)
    last = pd.Timestamp(last_closed_weeks(as_of).end)
    chains = tuple(adjust(chain) for chain in chains_of(desk_steps(counts, desk, last=last, mates=mates)))
    done = fills_so_far(counts, desk, period)
    asked = targets(chains, goal.fills, done, len(days))
    return DeskPlan(desk, goal, period, done, days, chains, asked, best_week(counts, desk))


def best_week(counts: pd.DataFrame, desk: str) -> dict[str, int]:
    """The most of each activity a desk did in a week from Monday to Sunday; ``counts`` as for `desk_plan`."""
    own = counts[counts["desk"] == desk]
    weeks = own.groupby(own["day"].dt.to_period("W"))[list(MEASURES)].sum()
    return {name: int(weeks[name].max()) for name in MEASURES} if len(weeks) else {}


def beyond(plan: DeskPlan) -> Target | None:
    """The activity of which the plan asks by far the most: over `ABSURD` times its best week, within a week.

    None where nothing is asked that is so far from what the desk does. Takes the certainty of the goal.
    """
    known = [one for one in plan.targets if one.probability == plan.goal.probability and one.per_day]
    far = [one for one in known if _times(plan, one) > ABSURD]
    return max(far, key=partial(_times, plan), default=None)


def _times(plan: DeskPlan, target: Target) -> float:
    best = plan.best_week.get(target.activity, 0)
    asked = min((target.per_day or 0.0) * WEEK_DAYS, target.total or 0)
    return asked / best if best else 0.0


def departed(counts: pd.DataFrame, roster: pd.DataFrame | None, as_of: date) -> dict[str, Gone]:
    """The desks that have most likely left: their roster is over, or they did nothing for more than `SILENT`.

    ``counts`` as for `desk_plan`. What comes later of its orders, such as a fill, is no activity of a desk.
    """
    ends = {stay.desk: stay.end.date() for stay in sorted(stays(roster), key=attrgetter("end"))}
    acted = counts[counts[list(MEASURES)].any(axis=1)].groupby("desk")["day"].max()
    lasts = {desk: acted[desk].date() if desk in acted else None for desk in counts["desk"].unique()}
    found = {
        desk: Gone(last, end if (end := ends.get(desk)) and end <= as_of else None) for desk, last in lasts.items()
    }
    return {desk: one for desk, one in found.items() if one.left or not one.last or one.last < as_of - SILENT}


def fills_so_far(counts: pd.DataFrame, desk: str, period: Period) -> dict[str, int]:
    """Fills of a desk in a period as far as they are counted: its own, and those on its orders."""
    inside = (counts["day"] >= pd.Timestamp(period.start)) & (counts["day"] <= pd.Timestamp(period.end))
    own = counts[inside & (counts["desk"] == desk)]
    return {name: int(own[name].sum()) for name in ("fill", "fill_by_order")}


def usual_goal(counts: pd.DataFrame, desk: str, as_of: date) -> Goal:
    """What a desk without a goal of its own is asked for first: its usual fills of a month, at least one.

    Usual are the last 52 weeks, or since its first row in them; ``counts`` as for `desk_plan`.
    """
    span = between(as_of - 52 * WEEK + DAY, as_of)
    first = counts.loc[counts["desk"] == desk, "day"].min()
    start = max(span.start, first.date()) if not pd.isna(first) else span.start
    fills = max(fills_so_far(counts, desk, span).values())
    return Goal(max(1, round(fills * 365 / 12 / between(start, as_of).days)), "month")


def mates_of(desk: str, roster: pd.DataFrame | None, on: date) -> set[str]:
    """The other desks of the team a desk is in on a day; nobody where it is in none."""
    present = [stay for stay in stays(roster) if stay.team and stay.start <= pd.Timestamp(on) <= stay.end]
    teams = {stay.team for stay in present if stay.desk == desk}
    return {stay.desk for stay in present if stay.team in teams} - {desk}
