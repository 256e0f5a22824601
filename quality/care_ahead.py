"""What lies ahead of people on assignment, and what should have been done by now: ends that are near, hand-offs.

Both come from what is owed (`quality.obligations`), so that a rule the firm changed is changed here too.
"""

from __future__ import annotations

import pandas as pd

#: An end is near so many days before it, when the first talk about what is next is due.
NEAR = 45
#: The rules by which somebody is spoken to about what is next, and by which care takes over after the start.
SPOKEN, HANDED = ("redeploy_45", "redeploy_30"), ("handoff_to_care",)

ENDING = ("contractor", "client", "desk", "planned_end", "days_left", "spoken")
MISSING = ("contractor", "client", "desk", "started_on")


def ending(people: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """Who is on assignment and planned to end within NEAR days, the next first: ENDING.

    ``people`` are those of `quality.care`, ``owed`` the obligations of the same day. ``spoken``: whether somebody spoke
    to them about what is next since the rules ask for it; missing where no rule asks. Without those left alone.
    """
    near = people[people["days_left"].between(0, NEAR).fillna(False).astype("bool")]
    asked = _of(near, owed, SPOKEN)
    spoken = asked["fulfilled_at"].notna().groupby(asked["assignment"]).any()
    told = near.assign(spoken=near["assignment"].map(spoken).astype("boolean"))
    return told.sort_values(["days_left", "contractor"], ignore_index=True)[list(ENDING)]


def handoffs_missing(people: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """Who is on assignment and should have been handed to care by now, the first started first: MISSING."""
    late = owed[(owed["status"] == "overdue") & owed["closed_at"].isna()]
    missing = people["assignment"].isin(_of(people[~people["alone"]], late, HANDED)["assignment"])
    return people[missing].sort_values(["started_on", "contractor"], ignore_index=True)[list(MISSING)]


def _of(people: pd.DataFrame, owed: pd.DataFrame, rules: tuple[str, ...]) -> pd.DataFrame:
    """What is owed by these rules to these people for their present assignment, with ``assignment``."""
    own = owed[owed["rule"].isin(rules)]
    pairs = people.merge(own, left_on="contractor", right_on="who", suffixes=("", "_owed"))
    same = pairs["triggered_at"].dt.normalize() >= pairs["started_on"].fillna(pairs["triggered_at"].dt.normalize())
    for name in ("client", "job"):
        other = pairs[f"{name}_owed"]
        same &= pairs[name].isna() | other.isna() | (pairs[name].str.lower() == other.str.lower())
    return pairs[same]
