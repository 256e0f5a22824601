"""From the fill to the end of the assignment: first day, extension, and the way it ends."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.coded import chosen, code, coin, events
from sample_data.days import OPENS, Calendar

LENGTHS, LENGTHS_WEIGHTS = (60, 91, 182), (0.3, 0.4, 0.3)
#: Quits and early terminations of 5 and 4 % are published for whole assignments; here they are higher, so that the
#: retention pages have something to show in a year of one firm.
FATES = {"completed": 0.62, "converted": 0.15, "quit": 0.12, "terminated": 0.08, "never_started": 0.03}
EARLY_MEAN_DAYS = 45
EXTENDED, EXTENSION_DAYS, EXTENSION_NOTICE = 0.30, 60, 10


def assignments(fills: pd.DataFrame, days: Calendar, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Starts, extensions and ends of these fills, and the starts again by whether they end early.

    ``start``, ``staying`` and ``leaving`` carry ``until``, the position of the day on which the assignment ends.
    """
    frame = _courses(fills, days, rng)
    started = frame[~frame["no_show"]]
    extended = started[started["extended"]]
    start = _rows(started, "start", "begins_at", planned=started["planned"]).assign(until=started["ends_at"].to_numpy())
    early = started["early"].to_numpy()
    return {
        "start": start,
        "staying": start[~early],
        "leaving": start[early],
        "extension": _rows(extended, "extension", "extended_at", planned=extended["planned"] + EXTENSION_DAYS),
        "end": _rows(frame, "end", "ends_at", outcome=frame["fate"]).assign(minute=np.int32(1020)),
    }


def _courses(fills: pd.DataFrame, days: Calendar, rng: np.random.Generator) -> pd.DataFrame:
    """One row a fill: positions ``begins_at``, ``extended_at``, ``ends_at``, the planned end (days since 1970)."""
    size = len(fills)
    begins_at = np.minimum(fills["day"].to_numpy() + rng.integers(5, 16, size), len(days.days) - 1)
    begins = days.days[begins_at].astype(int)
    planned = begins + rng.choice(LENGTHS, size, p=LENGTHS_WEIGHTS)
    fate = chosen(rng, size, FATES)
    no_show = fate == code("outcome", "never_started")
    early = np.isin(fate, [code("outcome", "quit"), code("outcome", "terminated")])
    extended = ~early & ~no_show & coin(rng, size, EXTENDED)
    left = np.minimum(begins + 2 + rng.exponential(EARLY_MEAN_DAYS, size).astype(int), planned - 5)
    stayed = np.where(extended, planned + EXTENSION_DAYS, planned)
    ends = np.select([no_show, early], [begins, left], stayed)
    return fills.assign(
        begins_at=begins_at,
        planned=planned,
        fate=fate,
        no_show=no_show,
        early=early,
        extended=extended,
        extended_at=days.position(planned.astype("datetime64[D]")) - EXTENSION_NOTICE,
        ends_at=days.position(ends.astype("datetime64[D]")),
    )


def _rows(part: pd.DataFrame, activity: str, on: str, **more: pd.Series) -> pd.DataFrame:
    who = {name: part[name] for name in ("desk", "candidate", "client", "contact", "job")}
    return events(activity, {**who, **more, "day": part[on], "minute": np.full(len(part), OPENS)})


CLOSED_UNFILLED = {"lost": 0.50, "cancelled": 0.30, "on_hold": 0.20}
NEVER_CLOSED = 0.10


def contract_events(jobs: pd.DataFrame, fills: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """The orders won, and the closing of each: filled once all openings are, else given up in the third month."""
    number = pd.Series(np.arange(len(jobs)))
    who = {name: jobs[name] for name in ("desk", "contact", "client")} | {"job": number}
    day = jobs["day"].to_numpy()
    won = events("contract", {**who, "day": day, "minute": jobs["minute"], "quantity": jobs["openings"]})
    done = fills.groupby("job")["day"].agg(["size", "max"]).reindex(number)
    full = (done["size"] >= jobs["openings"]).to_numpy()
    given_up = day + rng.integers(45, 71, len(jobs))
    after_fill = done["max"].fillna(0).to_numpy() + rng.integers(1, 4, len(jobs))
    closed_on = np.where(full, after_fill, np.maximum(after_fill, given_up))
    outcome = np.where(full, code("outcome", "filled"), chosen(rng, len(jobs), CLOSED_UNFILLED))
    minute = rng.integers(OPENS, 1000, len(jobs))
    closed = events("contract_closed", {**who, "day": closed_on, "minute": minute, "outcome": outcome})
    return {"contract": won, "contract_closed": closed[full | ~coin(rng, len(jobs), NEVER_CLOSED)]}
