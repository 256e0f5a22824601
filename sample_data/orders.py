"""The client side: marketing calls, the orders they win, and which order a candidate is presented for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.cast import Cast
from sample_data.coded import chosen, code, coin, events
from sample_data.days import CLOSES, OPENS, Calendar
from sample_data.plan import MARKETING_CALLS_A_WEEK

CLIENTS_A_DESK = 40
CONTACTS_A_CLIENT = 2

OPENINGS, OPENINGS_WEIGHTS = (1, 2, 3), (0.70, 0.20, 0.10)
#: Share of presentations that go to an order of another desk.
SPLIT = 0.12
#: Orders are worked for this many working days; older ones get no new candidates.
WORKED_DAYS = 20
STALE_DAYS = 45

MARKETING_OUTCOMES = {"not_interested": 0.45, "interested": 0.20, "call_back": 0.20, "referral": 0.05, "other": 0.10}


@dataclass(frozen=True)
class Orders:
    """Marketing calls (events) and the orders won, numbered by day (columns desk, day, contact, client, openings)."""

    calls: pd.DataFrame
    jobs: pd.DataFrame


def days_worked(
    cast: Cast, days: Calendar, a_week: float, scale: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Desk and day of each of a random number of calls: ``a_week`` times volume, scale and the pace of the day."""
    positions = np.arange(len(days.days))
    employed = (positions >= cast.begins[:, None]) & (positions <= cast.ends[:, None]) & (positions <= days.last)
    expected = a_week / 5 * scale * cast.volume[:, None] * days.pace[None, :] * employed
    counts = rng.poisson(expected).ravel()
    desk, day = np.divmod(np.repeat(np.arange(counts.size), counts), len(days.days))
    return desk, day


def orders(cast: Cast, days: Calendar, scale: float, rng: np.random.Generator) -> Orders:
    """Marketing calls to the contacts of each desk's book, and the orders some of them win a few days later."""
    desk, day = days_worked(cast, days, MARKETING_CALLS_A_WEEK, scale, rng)
    size = len(desk)
    book = max(CLIENTS_A_DESK // 10, round(CLIENTS_A_DESK * scale)) * CONTACTS_A_CLIENT
    contact = desk * book + rng.integers(0, book, size)
    outcome = chosen(rng, size, MARKETING_OUTCOMES)
    call_back = (outcome == code("outcome", "call_back")) & coin(rng, size, 0.6)
    due = days.days[np.minimum(day + rng.integers(2, 8, size), len(days.days) - 1)].astype(int)
    calls = events(
        "marketing_call",
        {
            "day": day,
            "minute": rng.integers(OPENS, CLOSES, size),
            "desk": desk,
            "contact": contact,
            "client": contact // CONTACTS_A_CLIENT,
            "outcome": outcome,
            "due": np.where(call_back, due, -1),
        },
    )
    won = coin(rng, size, cast.rate("marketing_call_to_contract", desk, day, days))
    return Orders(calls, _jobs(calls[won], rng))


def _jobs(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Orders won by these calls, up to six working days after each, numbered in the order in which they came."""
    size = len(calls)
    jobs = calls[["desk", "contact", "client"]].assign(
        day=calls["day"] + rng.integers(0, 7, size),
        minute=np.minimum(calls["minute"] + rng.integers(5, 90, size), CLOSES + 60),
        openings=rng.choice(OPENINGS, size, p=OPENINGS_WEIGHTS),
    )
    return jobs.sort_values(["day", "desk", "minute"], kind="stable", ignore_index=True)


def pick_job(
    jobs: pd.DataFrame, desk: np.ndarray, day: np.ndarray, back: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Number of the order each presentation is for: one of the desk's own that is worked on that day, sometimes
    another desk's, the latest of the firm where there is none; -1 where no order is fresh enough.

    ``back`` steps to an earlier order, so that a candidate's second presentation goes elsewhere.
    """
    if jobs.empty:
        return np.full(len(desk), -1)
    desks = int(jobs["desk"].max()) + 1
    split = coin(rng, len(desk), SPLIT)
    owner = np.where(split, (desk + rng.integers(1, max(desks, 2), len(desk))) % desks, desk)
    since = day - 1 - rng.integers(0, WORKED_DAYS, len(desk))
    own = _latest_of_desk(jobs, owner, since, back)
    firm = np.searchsorted(jobs["day"].to_numpy(), day - 1, side="right") - 1 - back
    own = np.where(_fresh(jobs, own, day), own, firm)
    return np.where(_fresh(jobs, own, day), own, -1)


def _latest_of_desk(jobs: pd.DataFrame, desk: np.ndarray, day: np.ndarray, back: np.ndarray) -> np.ndarray:
    order = np.lexsort((jobs["day"], jobs["desk"]))
    owners = jobs["desk"].to_numpy(dtype="int64")[order]
    span = int(jobs["day"].max()) + 2
    keys = owners * span + jobs["day"].to_numpy()[order]
    found = np.searchsorted(keys, desk * span + np.clip(day, -1, span - 1), side="right") - 1 - back
    place = np.maximum(found, 0)
    return np.where((found >= 0) & (owners[place] == desk), order[place], -1)


def _fresh(jobs: pd.DataFrame, job: np.ndarray, day: np.ndarray) -> np.ndarray:
    """True where there is an order that was won before that day and is not too old to work on."""
    won = jobs["day"].to_numpy()[np.maximum(job, 0)]
    return (job >= 0) & (won < day) & (day - won <= STALE_DAYS)
