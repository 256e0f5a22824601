"""Tickets counted: by kind, topic, client and contractor, and how long they take.

Times are hours by the clock, nights and week-ends included. A ticket that is not resolved yet waits at least as long as
it has: medians take it so (Kaplan-Meier) instead of leaving it out, which would make slow support look fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from quality.shares import Share, share
from quality.support import KINDS, TO_DO

#: So many tickets of one topic at one client, or of one contractor, are several.
SEVERAL = 2
COUNTS = ("tickets", "open", "overdue", "resolved", "waived")


def by_kind(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a kind, in the order of KINDS: kind, COUNTS, median_hours and slow_hours (see `hours_until`)."""
    return _counted(rows, "kind", list(KINDS))


def by_topic(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a topic, the most tickets first: topic, COUNTS, median_hours, slow_hours, clients, contractors."""
    found = _counted(rows, "topic", rows["topic"].drop_duplicates().tolist())
    people = rows.groupby("topic")[["client", "candidate"]].nunique().reindex(found["topic"])
    told = found.assign(clients=people["client"].to_numpy(), contractors=people["candidate"].to_numpy())
    return told.sort_values(["tickets", "topic"], ascending=[False, True], ignore_index=True)


def repeats(rows: pd.DataFrame) -> pd.DataFrame:
    """Topics that came back at a client: client, topic, COUNTS, contractors, first and last; the most tickets first."""
    return _several(rows, ["client", "topic"])


def contractors(rows: pd.DataFrame) -> pd.DataFrame:
    """Contractors with several tickets: candidate, client, COUNTS, topics, first, last; the most tickets first."""
    return _several(rows, ["candidate"])


def in_time(rows: pd.DataFrame) -> Share:
    """Tickets resolved by the day they were due, of those that were resolved or are overdue."""
    judged = rows[rows["due_at"].notna() & (rows["state"].isin(["resolved", "overdue"]))]
    return share(int((~judged["late"]).sum()), len(judged))


def hours_until(rows: pd.DataFrame, part: float) -> float | None:
    """Hours by which such a part of all tickets is resolved; None where that was not reached yet.

    Kaplan-Meier over ``hours``: a ticket that is not resolved counts as long as it waits. Where exactly that part is
    resolved at one time and the next follows later, the middle of the two, as for an ordinary median.
    """
    done = (rows["state"] == "resolved").to_numpy()
    hours, waiting = rows["hours"].to_numpy("float64"), 1.0
    reached: float | None = None
    for moment in np.unique(hours[done]):
        if reached is not None:
            return (reached + float(moment)) / 2
        waiting *= 1 - (done & (hours == moment)).sum() / (hours >= moment).sum()
        if waiting < 1 - part - 1e-9:
            return float(moment)
        if waiting <= 1 - part + 1e-9:
            reached = float(moment)
    return reached


def _counted(rows: pd.DataFrame, by: str, names: Sequence[str]) -> pd.DataFrame:
    found = [{by: name, **_counts(rows[rows[by] == name])} for name in names]
    return pd.DataFrame(found, columns=[by, *COUNTS, "median_hours", "slow_hours"])


def _counts(rows: pd.DataFrame) -> dict[str, Any]:
    states = {state: int((rows["state"] == state).sum()) for state in COUNTS[1:]}
    times = {"median_hours": hours_until(rows, 0.5), "slow_hours": hours_until(rows, 0.9)}
    return {"tickets": len(rows), **states, **times}


def _several(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    named = rows.dropna(subset=by)
    many = named[named.groupby(by)["ticket"].transform("size") >= SEVERAL]
    states = {state: ("state", lambda held, state=state: int((held == state).sum())) for state in COUNTS[1:]}
    told = many.groupby(by, as_index=False).agg(
        tickets=("ticket", "size"),
        **states,
        clients=("client", _names),
        topics=("topic", _names),
        contractors=("candidate", "nunique"),
        first=("opened_at", "min"),
        last=("opened_at", "max"),
    )
    return told.sort_values(["tickets", "last", *by], ascending=[False, False, *[True] * len(by)], ignore_index=True)


def _names(held: pd.Series) -> str:
    return ", ".join(held.dropna().drop_duplicates())


def to_do(rows: pd.DataFrame) -> pd.DataFrame:
    """The tickets that wait, the one due first at the top, those without a due day last."""
    waiting = rows[rows["state"].isin(TO_DO)]
    return waiting.sort_values(["due_at", "opened_at", "ticket"], kind="stable", ignore_index=True)
