"""Hand-offs of assignments that are over: called off where that was before they were due, else never made."""

from __future__ import annotations

import pandas as pd


def with_ends(found: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Hand-offs (`quality.handoffs.COLUMNS`) with what the end of the assignment makes of those that were not made.

    ``status`` waived where it ended before the hand-off was due, ``over`` where it has ended: nobody can make it now.
    ``assignments``: rows of `quality.assignments` of the same day. What was made stays what it is.
    """
    ended, waits = ended_on(found, assignments), found["done_at"].isna()
    before = ended.notna() & ~(ended > found["due_at"])
    status = found["status"].mask(waits & before, "waived")
    return found.assign(status=status, over=found["over"] | ended.notna())


def ended_on(found: pd.DataFrame, assignments: pd.DataFrame) -> pd.Series:
    """The day the assignment ended that each hand-off is of; missing while one that it can be of has not ended.

    It can be of those of its candidate that had begun by then, at its client and job where both name them.
    """
    begun = assignments[["accepted_on", "started_on"]].min(axis=1)
    own = assignments[["candidate", "client", "job", "ended_on"]].assign(begun=begun)
    asked = found[["candidate", "client", "job", "since"]].reset_index(names="place").dropna(subset="candidate")
    met = asked.merge(own, on="candidate", suffixes=("", "_of"))
    same = ~(met["begun"] > met["since"])
    for name in ("client", "job"):
        other = met[f"{name}_of"]
        same &= met[name].isna() | other.isna() | (met[name].str.lower() == other.str.lower())
    ends = met[same].groupby("place")["ended_on"]
    return ends.max().where(ends.count() == ends.size()).reindex(found.index)
