"""The client of somebody on assignment, where a row of another system names only the person."""

from __future__ import annotations

import pandas as pd


def client_then(rows: pd.DataFrame, assignments: pd.DataFrame, *, days_after: int = 0) -> pd.Series:
    """The client of each row; where it names none, that of the assignment its candidate was on that day.

    ``rows`` have candidate, client and day (datetime64), ``assignments`` are the rows of `quality.assignments`. An
    assignment counts until so many days after its end. Where none ran, or at several clients, the client stays missing.
    """
    ran = assignments.loc[assignments["started_on"].notna(), ["candidate", "client", "started_on", "ended_on"]]
    unsaid = rows.loc[rows["client"].isna(), ["candidate", "day"]].rename_axis("place").reset_index()
    met = unsaid.dropna(subset="candidate").merge(ran.dropna(subset="client"), on="candidate")
    is_over = met["ended_on"] + pd.Timedelta(days=days_after) < met["day"]
    at = met[(met["started_on"] <= met["day"]) & ~is_over].drop_duplicates(["place", "client"])
    one = at.drop_duplicates("place", keep=False).set_index("place")["client"]
    return rows["client"].astype("str").fillna(rows.index.to_series().map(one).astype("str"))
