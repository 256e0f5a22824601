"""What the page Plan asks of the history, cached until it changes, and what it saves there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from quality import reach
from quality.catalogue import MEASURES
from quality.goals import (
    DeskPlan,
    Goal,
    Gone,
    Working,
    departed,
    desk_plan,
    fills_so_far,
    mates_of,
    needed_days,
    period_ahead,
    usual_goal,
    without,
)
from quality.periods import DAY, WEEK, Period, week_of
from quality.plan import Step, what_if
from quality.progress import Progress, progress
from quality.rules import Rules
from quality.tally import tally
from quality.workdays import Workdays
from ui import clock, data

#: Rates assumed instead of the known ones, by the two counts of a step.
Assumed = Mapping[tuple[str, str], float]


def as_of() -> date:
    """Yesterday: today is the first day that is left, and what it brings counts tomorrow."""
    return clock.today() - DAY


def desks() -> list[str]:
    """Every desk with activity in the days the plan rests on, in order; those that have left come last."""
    left = _departed(data.here(), as_of())
    return sorted(counts()["desk"].unique(), key=lambda desk: (desk in left, desk))


def gone(desk: str) -> Gone | None:
    """Whether and why a desk has most likely left."""
    return _departed(data.here(), as_of()).get(desk)


def counts() -> pd.DataFrame:
    """Counts per desk and day of the days a plan rests on."""
    return _counts(data.rows(data.here()), as_of(), data.rules().of_counting, data.roster())


def days_left(plan: DeskPlan) -> int:
    """The calendar days left of the period of a plan."""
    return (plan.period.end - as_of()).days


def shares(plan: DeskPlan) -> dict[str, float | None]:
    """Of the fills each activity leads to, the share that comes within the period of a plan."""
    return reach.reach(_lags(data.rows(data.here()), as_of(), data.rules().of_counting, data.roster()), days_left(plan))


def workdays() -> Workdays:
    return Workdays.stored(data.settings().get("holidays"))


def plan_of(desk: str, goal: Goal, assumed: Assumed | None = None) -> DeskPlan:
    """The plan of a desk, with some ratios assumed to be others."""

    def adjust(chain: tuple[Step, ...]) -> tuple[Step, ...]:
        for (upstream, downstream), rate in (assumed or {}).items():
            chain = what_if(chain, upstream, downstream, rate)
        return chain

    mates = mates_of(desk, data.roster(), as_of())
    return desk_plan(counts(), desk, goal, as_of=as_of(), working=working(desk), mates=mates, adjust=adjust)


def goals() -> dict[str, Goal]:
    """The goals that were saved, by desk."""
    return {desk: Goal(**goal) for desk, goal in data.settings().get("goals", {}).items()}


def goal_of(desk: str) -> Goal:
    """The saved goal of a desk, else one to begin with."""
    return goals().get(desk) or usual_goal(counts(), desk, as_of())


def goal_so_far(desk: str) -> tuple[Goal, int, Period]:
    """The saved goal of a desk, the fills so far of its period, and that period. Fills of either side count once."""
    goal = goals()[desk]
    period, _ = period_ahead(goal.per, as_of(), workdays().days)
    return goal, max(fills_so_far(counts(), desk, period).values()), period


def average_fee() -> float | None:
    """What a fill brings on average, as it was saved."""
    return data.settings().get("average_fee")


def minimums(desk: str, on: date) -> dict[str, float]:
    """Daily minimums of the desk itself in force on a day: activity -> number a day."""
    standards = data.rules().standards
    found = {activity: standards.held(activity, "desk", desk, on) for activity in MEASURES}
    return {activity: line.number for activity, line in found.items() if line and line.number and line.per == "day"}


def save(desk: str, goal: Goal, per_day: Mapping[str, float]) -> None:
    """Keep the goal of a desk, and these numbers as its daily minimums from today on in place of those before."""
    _save_minimums(desk, per_day)
    stored = {"fills": goal.fills, "per": goal.per, "probability": goal.probability}
    data.history().save_setting("goals", {**_stored_goals(), desk: stored})


def end(desk: str) -> None:
    """Forget the goal of a desk; its daily minimums end today."""
    _save_minimums(desk, {})
    data.history().save_setting("goals", {name: goal for name, goal in _stored_goals().items() if name != desk})


def _save_minimums(desk: str, per_day: Mapping[str, float]) -> None:
    wanted: dict[str, float | None] = {**dict.fromkeys(minimums(desk, clock.today()), None), **per_day}
    lines = pd.DataFrame({"ratio": list(wanted), "standard": list(wanted.values())}, dtype="object")
    lines = lines.assign(per="day", level="desk", name=desk, effective_from=clock.today())
    data.history().save_standards(lines)


def _stored_goals() -> dict[str, Any]:
    return data.history().settings().get("goals", {})


def save_average_fee(fee: float) -> None:
    data.history().save_setting("average_fee", fee)


def last_worked() -> date | None:
    """The last working day of the firm up to yesterday."""
    return next(iter(reversed(workdays().days(as_of() - 4 * WEEK, as_of()))), None)


def standings() -> list[Progress]:
    """The last working day and its week so far of every desk with a saved goal, desk by desk.

    Held against the minimums in force on each day: days before a plan was saved are not judged, so a desk whose plan
    is newer than that day is not among them but among the `beginners`.
    """
    on = last_worked()
    return [line for desk in sorted(goals()) if on for line in _standing(desk, on)]


def _standing(desk: str, on: date) -> Sequence[Progress]:
    start = week_of(on).start
    held = {day: minimums(desk, day) for day in (start + n * DAY for n in range((on - start).days + 1))}
    return progress(held, counts(), desk, working(desk)(start, on), on)


def beginners() -> list[str]:
    """Desks with a plan that no working day has been judged by yet."""
    on = last_worked()
    return [desk for desk in sorted(goals()) if minimums(desk, clock.today()) and not (on and minimums(desk, on))]


def first_judged(desk: str) -> date | None:
    """The next working day of a desk from today on, within four weeks."""
    return next(iter(working(desk)(clock.today(), clock.today() + 4 * WEEK)), None)


def days_of_week(on: date) -> Sequence[date]:
    """The working days of the firm in the week of a day, up to it."""
    return workdays().days(week_of(on).start, on)


def working(desk: str) -> Working:
    """The working days on which a desk is there."""
    return without(workdays().days, data.history().absences(), desk)


@data.cached("32MB")
def _counts(rows: data.Place, asked: date, rules: Rules, roster: pd.DataFrame) -> pd.DataFrame:
    days = needed_days(asked)
    return tally(data.at(rows).log(), as_of=asked, start=days.start, end=days.end, rules=rules, roster=roster)


@data.cached("1MB")
def _lags(rows: data.Place, asked: date, rules: Rules, roster: pd.DataFrame) -> pd.DataFrame:
    return reach.lags(data.at(rows).log(), as_of=asked, rules=rules, roster=roster)


@data.cached("1MB")
def _departed(place: data.Place, asked: date) -> dict[str, Gone]:
    return departed(counts(), data.at(place).roster(), asked)
