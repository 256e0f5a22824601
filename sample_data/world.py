"""The whole firm at work: all events of a plan, as numbers, in the order in which they happened."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.again import placed_again
from sample_data.assignments import assignments, contract_events
from sample_data.cast import HEIR, Cast, cast
from sample_data.chain import attempts, candidate_calls, case_events, cases
from sample_data.coded import code, joined
from sample_data.days import Calendar, calendar
from sample_data.kept_up import kept_up
from sample_data.named import named
from sample_data.orders import orders
from sample_data.passed_on import passed_on
from sample_data.plan import Plan
from sample_data.process import followed
from sample_data.remarks import with_remarks
from sample_data.staging import Placed, staged
from sample_data.systems import as_exported

#: Rows of a desk in one week at the usual volume: the first guess for a plan with a fixed number of rows.
ROWS_A_DESK_WEEK = 230


@dataclass(frozen=True)
class World:
    """A simulated firm: desks, calendar and ``events`` (columns of ``coded.COLUMNS``, and ``file`` and ``notes``)."""

    cast: Cast
    calendar: Calendar
    events: pd.DataFrame


def simulate(plan: Plan) -> World:
    """All events of the plan; with ``plan.rows`` the volume is raised until there are enough, and cut to fit."""
    if plan.rows is None:
        return _at_volume(plan, 1.0)
    # Volumes are random: a margin of some standard deviations seldom leaves the first try short.
    wanted = plan.rows + 5 * math.sqrt(plan.rows) + 100
    scale = wanted / (ROWS_A_DESK_WEEK * plan.desks * plan.weeks)
    world = _at_volume(plan, scale)
    while len(world.events) < plan.rows:
        scale *= max(1.05, wanted / (len(world.events) + 1))
        world = _at_volume(plan, scale)
    return World(world.cast, world.calendar, _cut(world.events, plan.rows))


def _at_volume(plan: Plan, scale: float) -> World:
    days = calendar(plan)
    people = cast(plan, days)
    usual = _everything(plan, people, days, scale)
    rng = [np.random.default_rng([plan.seed, stage]) for stage in range(8, 18)]

    def keep(more: pd.DataFrame) -> pd.DataFrame:
        return _kept(more, people, days)

    raw = staged(with_remarks(keep(joined(usual.events)), rng[0]), usual.placed, rng[1:6], keep)
    raw = named(placed_again(raw, days, rng[7]), days, rng[8])
    raw = kept_up(passed_on(raw, rng[6], keep), days.last, rng[9], keep)
    return World(people, days, raw.sort_values(["day", "minute", "desk", "activity"], kind="stable", ignore_index=True))


def _kept(raw: pd.DataFrame, people: Cast, days: Calendar) -> pd.DataFrame:
    """The events that lie within the plan and are known on its last day, as the firm's systems hold them."""
    raw = raw[(raw["day"] >= days.first) & (raw["known"] <= days.last)]
    ahead = raw["day"].to_numpy() > days.last
    raw = raw.assign(outcome=raw["outcome"].mask(ahead, -1), desk=_after_leaver(raw, people))
    return as_exported(raw, people.team)


@dataclass(frozen=True)
class _Usual:
    """Everything that happens by itself, and who was placed."""

    events: list[pd.DataFrame]
    placed: Placed


def _everything(plan: Plan, people: Cast, days: Calendar, scale: float) -> _Usual:
    rng = [np.random.default_rng([plan.seed, stage]) for stage in range(2, 8)]
    client_side = orders(people, days, scale, rng[0])
    talks = candidate_calls(people, days, client_side.jobs, scale, rng[1])
    case = cases(talks.interviews, people, days, client_side.jobs, rng[2])
    case = case[case["presented"] <= days.last]
    chain = case_events(case, rng[3])
    parents = chain | assignments(chain["fill"], days, rng[4])
    parents |= contract_events(client_side.jobs, chain["fill"], rng[4])
    parents |= {"hit": talks.hits, "interview": talks.interviews, "booked": joined([chain["held"], chain["not_held"]])}
    around = followed(parents, rng[5])
    calls = [talks.calls, client_side.calls]
    tried = [attempts(part, people, rng[5]) for part in calls]
    whole = [frame.drop(columns="until", errors="ignore") for name, frame in parents.items() if name not in _VIEWS]
    placed = Placed(parents["leaving"], parents["staying"], client_side.jobs["desk"].to_numpy())
    return _Usual([*calls, *tried, *whole, *around], placed)


#: Parents that show events which another one holds already.
_VIEWS = ("booked", "staying", "leaving")


def _after_leaver(raw: pd.DataFrame, people: Cast) -> np.ndarray:
    gone = raw["day"].to_numpy() > people.ends[raw["desk"]]
    return np.where(gone, HEIR, raw["desk"]).astype("int32")


def _cut(raw: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Exactly so many rows: surplus call attempts go first, evenly over the span, then the oldest of the rest."""
    tries = np.flatnonzero(raw["activity"] == code("activity", "call_attempt"))
    surplus = min(len(raw) - rows, len(tries))
    spread = tries[np.arange(surplus) * len(tries) // max(surplus, 1)]
    return raw[~raw.index.isin(spread)].tail(rows).reset_index(drop=True)
