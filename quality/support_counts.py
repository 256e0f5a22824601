"""Tickets counted: by kind, topic, client and contractor, and how long they take.

Times are hours by the clock, nights and week-ends included. A ticket that is not resolved yet waits at least as long as
it has: medians take it so (Kaplan-Meier) instead of leaving it out, which would make slow support look fast.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from quality.shares import Share, share
from quality.support import KINDS, TO_DO

#: So many tickets of one topic at one client, or of one contractor, are several.
SEVERAL = 2
_NEARLY = 1e-9
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
    hours = rows["hours"].to_numpy("float64")
    moments, resolved = np.unique(hours[(rows["state"] == "resolved").to_numpy()], return_counts=True)
    waited = len(hours) - np.searchsorted(np.sort(hours), moments)
    waiting, left = np.cumprod(1 - resolved / waited), 1 - part
    below, reached = moments[waiting < left - _NEARLY], moments[np.abs(waiting - left) <= _NEARLY]
    # What is known is from the moment the part is reached to the moment it is passed, if there is one.
    known = [float(found[0]) for found in (reached, below) if len(found)]
    return sum(known) / len(known) if known else None


def _counted(rows: pd.DataFrame, by: str, names: Sequence[str]) -> pd.DataFrame:
    """COUNTS and the times of each name, in the order of the names."""
    held = dict(iter(rows.groupby(by)))
    none = rows.head(0)
    times = [(hours_until(held.get(name, none), 0.5), hours_until(held.get(name, none), 0.9)) for name in names]
    told = _states(rows[by], rows["state"]).reindex(list(names), fill_value=0).rename_axis(by).reset_index()
    return told.join(pd.DataFrame(times, columns=["median_hours", "slow_hours"], dtype="float64"))


def _states(of: pd.Series, state: pd.Series) -> pd.DataFrame:
    """COUNTS of each unit."""
    states = pd.crosstab(of, state).reindex(columns=list(COUNTS[1:]), fill_value=0).rename_axis(columns=None)
    return pd.DataFrame({"tickets": states.sum(axis="columns"), **states})


def _several(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """COUNTS, names and days of each unit with several tickets; the most tickets first."""
    named = rows.dropna(subset=by)
    many = named[named.groupby(by)["ticket"].transform("size") >= SEVERAL]
    held = many.groupby(by)
    told = held.agg(contractors=("candidate", "nunique"), first=("opened_at", "min"), last=("opened_at", "max"))
    unit = held.ngroup()
    counts = _states(unit, many["state"]).set_axis(told.index)
    names = {"clients": _names(many, by, "client"), "topics": _names(many, by, "topic")}
    found = pd.concat([counts, told.assign(**names)], axis="columns").reset_index()
    return found.sort_values(["tickets", "last", *by], ascending=[False, False, *[True] * len(by)], ignore_index=True)


def _names(rows: pd.DataFrame, by: list[str], column: str) -> pd.Series:
    """The names in a column for each unit, each once, as one text."""
    once = rows.assign(name=rows[column]).dropna(subset="name").drop_duplicates([*by, "name"])
    return once.groupby(by)["name"].agg(", ".join)


def to_do(rows: pd.DataFrame) -> pd.DataFrame:
    """The tickets that wait, the one due first at the top, those without a due day last."""
    waiting = rows[rows["state"].isin(TO_DO)]
    return waiting.sort_values(["due_at", "opened_at", "ticket"], kind="stable", ignore_index=True)
