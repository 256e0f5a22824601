"""What is known of the people something is owed to: their last wish, and when they were last in contact."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from quality.promises import is_contact

WISHES = ("do_not_contact", "contact_consent")


def with_wishes(found: pd.DataFrame, frame: nw.LazyFrame) -> pd.DataFrame:
    """The cases with ``refused``: the last wish of the person is to be left alone.

    Cases of rules that need consent stay only where the person ever gave it.
    """
    rows = wished(frame)
    said = rows.assign(who=person(rows)).sort_values(["occurred_at", "activity_id"])
    last = said.drop_duplicates(["party", "who"], keep="last")
    refused = last[last["activity"] == "do_not_contact"]
    agreed = said[said["activity"] == "contact_consent"]
    asking = found[found["consent"]]
    kept = found.drop(index=asking.index[~_is_among(asking, agreed)])
    return kept.assign(refused=_is_among(kept, refused))


def wished(frame: nw.LazyFrame) -> pd.DataFrame:
    """Every row that tells a wish: activity_id, occurred_at, activity, party, candidate, client, contact."""
    names = ("activity_id", "occurred_at", "activity", "party", "candidate", "client", "contact")
    return frame.filter(nw.col("activity").is_in(list(WISHES))).select(*names).collect("pandas").to_native()


def person(rows: pd.DataFrame) -> pd.Series:
    return rows["candidate"].where(rows["party"] == "candidate", rows["contact"].fillna(rows["client"]))


def _is_among(found: pd.DataFrame, people: pd.DataFrame) -> pd.Series:
    """Whether each case is one of these people: a party at a time, as pairs of texts take ten times as long."""
    among = pd.Series(data=False, index=found.index)
    for party, names in people.dropna(subset=["party", "who"]).groupby("party")["who"]:
        among |= (found["party"] == party) & found["who"].isin(names.unique())
    return among


def last_contacts(found: pd.DataFrame, frame: nw.LazyFrame) -> pd.Series:
    """When each person was last in contact, by any desk; NaT where never."""
    is_candidate = nw.col("party") == "candidate"
    who = nw.when(is_candidate).then(nw.col("candidate")).otherwise(nw.coalesce("contact", "client"))
    asked = nw.col("party").is_in(sorted(found["party"].dropna().unique()))
    rows = frame.filter(is_contact() & asked).select("party", "occurred_at", who=who).filter(~nw.col("who").is_null())
    last = rows.group_by("party", "who").agg(last=nw.col("occurred_at").max()).collect("pandas").to_native()
    met = found[["party", "who"]].merge(last, on=["party", "who"], how="left")
    return met["last"].set_axis(found.index)
