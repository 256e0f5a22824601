"""Referrals as a result of care: who named somebody, at which client and desk, and what became of those named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.events import visible
from quality.promises import side
from quality.shares import Share, share
from quality.spelling import spelt_alike

#: What became of a person who was named -> how it is said.
BECAME = {
    "placed": "Placed",
    "candidate": "Became a candidate",
    "not_yet": "No candidate yet",
    "not_named": "Name not recorded",
}
#: Activities that make somebody a candidate of ours, and those that make a placement.
_STEPS = ("resume_received", "interview", "presentation", "send_out", "offer_extended", "offer_accepted")
_PLACED = ("fill", "start")

COLUMNS = (
    "activity_id", "at", "party", "who", "candidate", "client", "contact", "job", "desk", "named", "became",
    "became_on",
)  # fmt: skip
By = Literal["candidate", "client", "desk"]


def referrals(log: IntoFrame, *, as_of: date) -> pd.DataFrame:
    """Every referral on record at the end of ``as_of``, the latest first: COLUMNS.

    ``who`` referred: the candidate, or the contact else the client. ``named`` is the note where it is the name of a
    candidate of the log, in capitals or not (missing where it is none); ``became`` is a key of BECAME, by what is on
    record of that name since.
    """
    frame = visible(log, as_of)
    said = frame.filter(nw.col("activity") == "referral").with_columns(party=side())
    rows = said.collect("pandas").to_native().sort_values(["occurred_at", "activity_id"], ascending=[False, True])
    who = rows["candidate"].where(rows["party"] == "candidate", rows["contact"].fillna(rows["client"]))
    [alike] = spelt_alike("client", rows)
    named = alike.assign(at=rows["occurred_at"], who=who, key=rows["notes"].str.strip().str.lower())
    return _with_fate(named, _known(frame, named))[list(COLUMNS)].reset_index(drop=True)


def _known(frame: nw.LazyFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Of the names that were noted, those of candidates: key, ``named`` (as on record), and their activities by day."""
    keys = sorted(named["key"].dropna().unique())
    of = frame.with_columns(key=nw.col("candidate").str.to_lowercase()).filter(nw.col("key").is_in(keys))
    return of.select("key", "activity", "day", named="candidate").unique().collect("pandas").to_native()


def _with_fate(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Rows with ``named``, ``became`` and ``became_on``, by what is on record since the day of each referral."""
    names = known.sort_values("named").drop_duplicates("key").set_index("key")["named"]
    met = rows[["activity_id", "key", "at"]].merge(known, on="key")
    since = met[met["day"] >= met["at"].dt.normalize()]
    placed = _first(since, _PLACED, rows)
    begun = _first(since, (*_STEPS, *_PLACED), rows)
    found = rows["key"].map(names)
    ways = [found.isna(), placed.notna(), begun.notna()]
    became = np.select(ways, ["not_named", "placed", "candidate"], "not_yet")
    return rows.assign(named=found, became=became, became_on=placed.fillna(begun))


def _first(since: pd.DataFrame, activities: Sequence[str], rows: pd.DataFrame) -> pd.Series:
    """The first day of any of these activities for each referral."""
    days = since[since["activity"].isin(activities)].groupby("activity_id")["day"].min()
    return pd.Series(days.reindex(rows["activity_id"]).to_numpy("datetime64[us]"), index=rows.index)


def counted(rows: pd.DataFrame, assignments: pd.DataFrame, by: By) -> pd.DataFrame:
    """Referrals by contractor, client or desk: unit, referrals, people (who referred), contractors and referring.

    ``contractors`` are those whose assignment there runs or ran (`quality.assignments`), ``referring`` those of them
    who ever referred there; the most referrals first, units without any last.
    """
    place = list(dict.fromkeys([by, "candidate"]))
    ran = _ran(assignments).dropna(subset=place)
    keen = credited(rows, "candidate")[place].dropna().drop_duplicates()
    contractors = ran.groupby(by)["candidate"].nunique()
    referring = ran.merge(keen, on=place).groupby(by)["candidate"].nunique()
    made = credited(rows, by).dropna(subset=[by]).groupby(by)
    found = pd.DataFrame(
        {"referrals": made.size(), "people": made["who"].nunique(), "contractors": contractors, "referring": referring}
    )
    told = found.fillna(0).astype("int64").rename_axis("unit").reset_index().astype({"unit": "str"})
    return told.sort_values(["referrals", "contractors", "unit"], ascending=[False, False, True], ignore_index=True)


def credited(rows: pd.DataFrame, by: By) -> pd.DataFrame:
    """The referrals that count: of a contractor their own alone, even where the row of a client names them."""
    return rows[rows["party"] == "candidate"] if by == "candidate" else rows


def ever_referred(rows: pd.DataFrame, assignments: pd.DataFrame) -> Share:
    """Contractors who ever named somebody, of all contractors: those `counted` has."""
    found = counted(rows, assignments, "candidate")
    return share(int(found["referring"].sum()), int(found["contractors"].sum()))


def without_start(assignments: pd.DataFrame) -> int:
    """How many of these contractors have no start on record: an extension or an end alone tells of them."""
    return int(_ran(assignments).groupby("candidate")["started_on"].count().eq(0).sum())


def _ran(assignments: pd.DataFrame) -> pd.DataFrame:
    return assignments[assignments["state"].isin(["running", "ended"])]
