"""What lies ahead of people on assignment, and what should have been done by now: contacts, ends near, hand-offs.

Both come from what is owed (`quality.obligations`), so that a rule the firm changed is changed here too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from quality import redeployment
from quality.handoffs import RULE

#: An end is near so many days before it, when the first contact about it is due.
NEAR = 45
#: The rules that are asked: the contact near the planned end, and the hand-off to care after the start.
RULES = (*redeployment.RULES, RULE)

#: The rules by which somebody on assignment hears from the firm.
NEXT = (
    "touch_120", "touch_contract", "onsite_thanks", "redeploy_45", "redeploy_30", "care_before_day_45",
    "do_what_you_said", "ticket_answered",
)  # fmt: skip

ENDING = ("contractor", "client", "desk", "planned_end", "days_left", "spoken")
MISSING = ("contractor", "client", "desk", "started_on")


def next_contacts(waiting: pd.DataFrame, names: Collection[str]) -> dict[str, tuple[str, pd.Timestamp]]:
    """The rule and the moment of the contact that is due next with each of these contractors, where any is.

    ``waiting`` are the obligations that can still be kept; those of NEXT count, by whichever is due first.
    """
    own = waiting[(waiting["party"] == "candidate") & waiting["who"].isin(names) & waiting["rule"].isin(NEXT)]
    first = own.sort_values("due_at", kind="stable").drop_duplicates("who")
    return {row["who"]: (row["rule"], row["due_at"]) for row in first.to_dict("records")}


def ending(people: pd.DataFrame, rows: pd.DataFrame, owed: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Who is on assignment and planned to end within NEAR days, the next first: ENDING.

    ``people`` are those of `quality.care`, ``rows`` those of `quality.assignments`, ``owed`` the obligations of the
    same day. ``spoken``: whether they were in contact near the date, late or in time, as the rules ask for it; missing
    where no rule asks. Without those left alone. Counted by `quality.redeployment.within`.
    """
    found = soon(people, rows, owed, as_of)
    near = found[(found["days_left"] <= NEAR) & (found["next_said"] != "alone")]
    spoken = near["next_said"].isin(redeployment.MET).astype("boolean").mask(near["next_said"] == "none")
    whole = near.assign(contractor=near["candidate"], spoken=spoken)
    return whole.sort_values(["days_left", "contractor"], ignore_index=True)[list(ENDING)]


def soon(people: pd.DataFrame, rows: pd.DataFrame, owed: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The same people as `quality.redeployment.ending` tells of them, those left alone among them as that."""
    return redeployment.ending(rows, owed, as_of, people.loc[people["alone"], "contractor"].unique())


def handoffs_missing(people: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """Who is on assignment and should have been handed to care by now, the first started first: MISSING."""
    late = owed[(owed["rule"] == RULE) & (owed["status"] == "overdue") & owed["closed_at"].isna()]
    known = people[~people["alone"]]
    pairs = known.merge(late, left_on="contractor", right_on="who", suffixes=("", "_owed"))
    same = pairs["triggered_at"].dt.normalize() == pairs["started_on"]
    for name in ("client", "job"):
        other = pairs[f"{name}_owed"]
        same &= pairs[name].isna() | other.isna() | (pairs[name].str.lower() == other.str.lower())
    missing = known[known["assignment"].isin(pairs.loc[same, "assignment"])]
    return missing.sort_values(["started_on", "contractor"], ignore_index=True)[list(MISSING)]
