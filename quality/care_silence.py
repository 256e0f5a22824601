"""Whether the silence of contractors can be judged at all: only where contacts with them are recorded.

A firm that loads placements, tickets and hours alone has no contact on record with anybody. That is no silence: nothing
is known.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from quality.care_words import days_in_words

#: Silence is judged while somebody of the firm was in contact with anybody on assignment within so many days.
RECORDED = 90
#: Steps of a search for a job stand in exports that hold no word of how people on assignment are looked after.
OF_A_SEARCH = ("interview", "prep", "debrief", "feedback")
LOAD = (
    "To have it judged, load an export of the calls, visits and messages with contractors: rows of the activity touch "
    "with the name in candidate, best with the channel."
)


def recorded(met: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """The days on which anybody on assignment was in contact, each once and in order; steps of a search are none.

    ``met``: contacts, with candidate, day and activity; ``rows``: those of `quality.assignments`.
    """
    days = met.loc[~met["activity"].isin(OF_A_SEARCH), ["candidate", "day"]].drop_duplicates()
    ran = rows["started_on"].notna() | (rows["state"] == "running")
    both = days.merge(rows.loc[ran, ["candidate", "started_on", "ended_on"]], on="candidate")
    there = ~(both["day"] < both["started_on"]) & ~(both["day"] > both["ended_on"])
    return both.loc[there, "day"].drop_duplicates().sort_values(ignore_index=True)


def recorded_by(asked: pd.Series, days: pd.Series) -> pd.Series:
    """The last of these days by each day asked; missing where there is none."""
    at = np.searchsorted(days.to_numpy(), asked.to_numpy(), side="right") - 1
    return days.reindex(at).set_axis(asked.index)


def is_judged(asked: pd.Series, recorded_on: pd.Series) -> pd.Series:
    """Whether silence counts on each day asked."""
    return (asked - recorded_on).dt.days <= RECORDED


def not_judged(people: pd.DataFrame, as_of: date) -> str:
    """Why silence is not judged for these people (`quality.care`) that day; empty where it is, or nobody is there."""
    if people.empty:
        return ""
    last = people["recorded_on"].iloc[0]
    if pd.isna(last):
        return "No file holds contacts of the past year with contractors on assignment, so silence is not judged."
    days = (pd.Timestamp(as_of) - last).days
    told = f"The last contact on record with a contractor on assignment is of {last.day} {last:%b %Y}"
    return f"{told}, {days_in_words(days)} ago, so silence is not judged." if days > RECORDED else ""
