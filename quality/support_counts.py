"""Tickets counted: by kind, topic, client and contractor, and how long they take.

Times are hours by the clock, nights and week-ends included. A ticket that is not resolved yet waits at least as long as
it has: medians take it so (Kaplan-Meier) instead of leaving it out, which would make slow support look fast.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from quality.intervals import LEVEL
from quality.shares import Share, share
from quality.support import KINDS, TO_DO
from quality.survival import log_log

#: So many tickets of one topic at one client, or of one contractor, are several.
SEVERAL = 2
_NEARLY = 1e-9
#: Who has a ticket that is with nobody on record.
NOBODY = "(nobody on record)"
COUNTS = ("tickets", "open", "overdue", "resolved", "waived")
#: Hours by which half is resolved (`hours_until`) with its 80 % range (`half_range`), and by which 9 of 10 are.
TIMES = ("median_hours", "median_low", "median_high", "slow_hours")
HALF = 0.5


def by_kind(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a kind, in the order of KINDS: kind, COUNTS and TIMES."""
    return _counted(rows, "kind", list(KINDS))


def by_topic(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a topic, the most tickets first: topic, COUNTS, TIMES, clients, contractors."""
    found = _counted(rows, "topic", rows["topic"].drop_duplicates().tolist())
    people = rows.groupby("topic")[["client", "candidate"]].nunique().reindex(found["topic"])
    told = found.assign(clients=people["client"].to_numpy(), contractors=people["candidate"].to_numpy())
    return told.sort_values(["tickets", "topic"], ascending=[False, True], ignore_index=True)


def by_owner(rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each who has tickets, the most that wait first: owner, COUNTS and TIMES."""
    named = rows.assign(owner=rows["owner"].astype("object").fillna(NOBODY))
    found = _counted(named, "owner", named["owner"].drop_duplicates().tolist())
    wait = found[list(TO_DO)].sum(axis="columns")
    ordered = found.assign(wait=wait).sort_values(["wait", "tickets", "owner"], ascending=[False, False, True])
    return ordered.drop(columns="wait").reset_index(drop=True)


def left_out(rows: pd.DataFrame) -> dict[str, int]:
    """How many of the tickets are in no rate of `in_time`: those not due yet, and those settled by an answer."""
    states = rows["state"].value_counts()
    return {said: int(states.get(state, 0)) for state, said in _LEFT_OUT.items() if state in states}


_LEFT_OUT = {"open": "not due yet", "waived": "settled by an answer"}


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


def hours_until(rows: pd.DataFrame, part: float, by: str) -> pd.Series:
    """Hours by which such a part of the tickets of each unit is resolved; missing where that was not reached yet.

    Kaplan-Meier over ``hours``. Where exactly that part is resolved at one time and the next follows later, the middle
    of the two, as for an ordinary median.
    """
    curves = _curves(rows, by)
    beyond = curves["left"] - (1 - part)
    # What is known is from the moment the part is reached to the moment it is passed, if there is one.
    met = [_first(curves, is_met, by) for is_met in (beyond.abs() <= _NEARLY, beyond < -_NEARLY)]
    return pd.concat(met, axis="columns").mean(axis="columns")


def half_range(rows: pd.DataFrame, by: str, level: float = LEVEL) -> pd.DataFrame:
    """The hours between which half of the tickets of each unit is likely resolved: low and high, missing if unknown.

    Where the log-log limits of the curve come down to one half (Brookmeyer and Crowley). The index is the unit.
    """
    curves = _curves(rows, by, level)
    ends = {name: _first(curves, curves[name] <= HALF, by) for name in ("low", "high")}
    return pd.DataFrame(ends, dtype="float64")


def _first(curves: pd.DataFrame, is_met: pd.Series, by: str) -> pd.Series:
    return curves[is_met].groupby(by)["hours"].first()


def _curves(rows: pd.DataFrame, by: str, level: float = LEVEL) -> pd.DataFrame:
    """The curve of each unit at each time something was resolved: unit, hours, left (share that waits), low, high.

    All units at once since there may be as many topics as tickets: as `quality.survival.kaplan_meier` of each.
    """
    ordered = rows.assign(waits=rows["state"] != "resolved").sort_values([by, "hours", "waits"])
    unit, done = ordered.groupby(by), ~ordered["waits"]
    waited = unit["hours"].transform("size") - unit.cumcount()
    left = (1 - done / waited).groupby(ordered[by]).cumprod()
    # One ticket at a time adds up to Greenwood's sum of d / (n (n - d)) where several are resolved at one time.
    spread = (done / (waited * (waited - 1)).where(waited > 1)).fillna(0.0).groupby(ordered[by]).cumsum()
    low, high = log_log(left.to_numpy(float), (left * spread**0.5).to_numpy(float), level)
    curves = ordered[[by, "hours"]].assign(left=left, low=low, high=high)[done]
    return curves.drop_duplicates([by, "hours"], keep="last")


def _counted(rows: pd.DataFrame, by: str, names: Sequence[str]) -> pd.DataFrame:
    """COUNTS and the times of each name, in the order of the names."""
    likely = half_range(rows, by)
    times = (hours_until(rows, HALF, by), likely["low"], likely["high"], hours_until(rows, 0.9, by))
    counts = _states(rows[by], rows["state"]).reindex(list(names), fill_value=0)
    return counts.assign(**dict(zip(TIMES, times, strict=True))).rename_axis(by).reset_index()


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
    """The tickets that wait: overdue ones, overdue the longest first; then those in time, the next due first.

    Those without a due day stand last.
    """
    return rows[rows["state"].isin(TO_DO)].sort_values(["due_at", "opened_at", "ticket"], ignore_index=True)


def is_over(rows: pd.DataFrame, assignments: pd.DataFrame) -> pd.Series:
    """Whether the contractor of each ticket is on no assignment (`quality.assignments`) now but was on one before.

    False where no assignment of theirs is on record: nothing says that it is over.
    """
    now = assignments.loc[assignments["state"].isin(["running", "accepted"]), "candidate"]
    ended = assignments.loc[assignments["state"] == "ended", "candidate"]
    return rows["candidate"].isin(ended) & ~rows["candidate"].isin(now)
