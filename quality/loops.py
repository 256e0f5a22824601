"""Closing the loop: who was rejected and was not told why, or was told without a reason that is on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.events import visible
from quality.promises import has_text

#: The rule that says when somebody must be told.
RULE = "close_loop"
#: A rejection of more days ago is an old one.
LONG = 30

#: Columns that `waiting` adds.
ADDED = ("reason", "note", "told_at", "age")

#: Reason as it stands in the log -> its name; a missing one is NO_REASON, any other text *Another reason*.
NO_REASON = "no_reason"
#: Whoever ended it themselves is thanked, not told why.
WITHDREW = "withdrew"
REASONS: Mapping[str, str] = {
    "not_qualified": "Not qualified",
    "interview_not_well": "The interview did not go well",
    "someone_else_hired": "Somebody else got it",
    WITHDREW: "Withdrew",
    "other": "Another reason",
    NO_REASON: "No reason on record",
}
#: Reason -> how it is said to the candidate, in plain words.
SAY: Mapping[str, str] = {
    "not_qualified": "They asked for something your résumé does not show. Say what it was, and what would fit better.",
    "interview_not_well": "The interview did not convince them. Say what they missed, and what to do differently.",
    "someone_else_hired": "Somebody else got it. Say what made the difference, and that the door stays open.",
    WITHDREW: "They withdrew. Thank them, ask what changed their mind, and keep in touch.",
    "other": "Say openly why it ended, and what comes next.",
    NO_REASON: "Ask the client why first, then call. An honest “they did not tell us” is better than silence.",
}


def waiting(log: IntoFrame, loops: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """Obligations to close the loop that are still to be done, the latest rejection first.

    ``loops`` has the columns of `quality.obligations`. New columns: ADDED: ``reason`` (a key of REASONS), ``note`` of
    the rejection (missing: none), ``told_at``, when feedback without any reason was given (NaT: no feedback), and
    ``age``, whole days since the rejection.
    """
    frame = visible(log, as_of)
    ids = sorted(loops["trigger_id"].dropna().astype("str"))
    rejected = frame.filter(nw.col("activity_id").is_in(ids)).select("outcome", "notes", trigger_id="activity_id")
    known = rejected.collect("pandas").to_native().astype({"trigger_id": "str"})
    rows = loops.astype({"trigger_id": "str"}).merge(known, on="trigger_id", how="left")
    told = rows.assign(
        reason=_reason(rows["outcome"]),
        note=rows["notes"].where(rows["notes"].fillna("").str.strip() != ""),
        told_at=_told(frame, rows),
        age=(pd.Timestamp(as_of) - rows["triggered_at"].dt.normalize()).dt.days.astype("int64"),
    )
    ordered = told.sort_values(["triggered_at", "trigger_id"], ascending=[False, True], ignore_index=True)
    return ordered[[*loops.columns, *ADDED]]


def _reason(outcomes: pd.Series) -> pd.Series:
    known = outcomes.where(outcomes.isin(list(REASONS)), "other")
    return known.mask(outcomes.fillna("").str.strip() == "", NO_REASON).astype("str")


def _told(frame: nw.LazyFrame, rows: pd.DataFrame) -> pd.Series:
    """The first feedback without a reason after each rejection: of that job, or where one of the two names none."""
    names = sorted(rows["who"].dropna().astype("str").unique())
    silent = (nw.col("activity") == "feedback") & ~has_text("outcome") & ~has_text("notes")
    theirs = frame.filter(silent & nw.col("candidate").is_in(names))
    held = theirs.select(who="candidate", their_job="job", met="occurred_at").collect("pandas").to_native()
    asked = rows[["trigger_id", "who", "job", "triggered_at"]].astype({"who": "str"})
    met = asked.merge(held.astype({"who": "str"}), on="who")
    same = met["job"].isna() | met["their_job"].isna() | (met["job"] == met["their_job"])
    first = met[same & (met["met"] >= met["triggered_at"])].groupby("trigger_id")["met"].min()
    return pd.Series(first.reindex(rows["trigger_id"]).to_numpy("datetime64[us]"), index=rows.index)
