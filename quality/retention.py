"""Retention: how long assignments last until an early end, and what ends them.

An early end of a curve is one by EARLY_ENDS after a start: who never started has no day to count from and is counted
beside the curve. An assignment that runs, was completed or was converted is taken out of the count
after the last day it was seen: it was not lost, and nobody knows how much longer it would have lasted. Where the
planned end has passed and no end is on record, that day is the last on which it was seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

import pandas as pd

from quality.shares import Share, share
from quality.survival import cumulative_incidence, kaplan_meier, lasting
from quality.vocabulary import EARLY_ENDS

#: Days of an assignment that are told apart: contractor care is to have spoken by the first, and touches get rarer
#: after the second.
MARKED = (45, 120)
#: With fewer still there nothing is said of a day, and a curve is not drawn.
FEWEST = 10
#: A client with so many assignments is told by its name.
NAMED = 5
#: What stands for an end whose reason is not on record.
UNKNOWN = "other"
#: Reasons of an end, early ones first -> how people say them.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "quit": "quit",
        "terminated": "ended by the client",
        "never_started": "never started",
        "converted": "converted",
        "completed": "completed",
        UNKNOWN: "other or no reason",
    }
)

By = Literal["desk", "client", "cohort"]
NO_NAME = "(not on record)"


def watched(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The assignments with a length, and how long each was seen.

    ``rows`` as `quality.assignments` gives them. New: ``time`` (days since the start), ``left`` (it ended early then),
    ``cause`` (one of REASONS, None where no end is on record) and ``cohort`` (the quarter of the start, ``2026 Q1``).
    """
    own = rows[rows["day"].notna()]
    today = pd.Timestamp(as_of)
    seen = own["ended_on"].fillna(own["planned_end"].where(own["planned_end"] < today)).fillna(today)
    time = (seen - own["started_on"]).dt.days.clip(lower=0)
    quarter = own["started_on"].dt.year.astype("str") + " Q" + own["started_on"].dt.quarter.astype("str")
    return own.assign(time=time.astype("int64"), left=own["early"], cause=_causes(own), cohort=quarter.astype("object"))


def _causes(rows: pd.DataFrame) -> pd.Series:
    known = rows["outcome"].where(rows["outcome"].isin([*REASONS]), UNKNOWN).astype("object")
    return known.where(rows["ended_on"].notna(), None)


# --- the curve -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """The curve on one day of an assignment.

    ``survival`` and its 80 % range ``low`` to ``high`` (0 to 1, None where not known) lasted longer than ``day``;
    ``at_risk`` were seen that long, ``events`` of ``of`` ended early by then.
    """

    day: int
    survival: float | None
    low: float | None
    high: float | None
    at_risk: int
    events: int
    of: int

    @property
    def is_thin(self) -> bool:
        """Whether too few were seen that long to say more than how many they were."""
        return self.at_risk < FEWEST or self.survival is None

    @property
    def likely(self) -> str:
        """``likely 76 to 85 %``; nothing where it is not known."""
        if self.low is None or self.high is None:
            return ""
        return f"likely {100 * self.low:.0f} to {100 * self.high:.0f} %"


def curve(found: pd.DataFrame) -> pd.DataFrame:
    """The share without an early end beyond each day on which there was one: `quality.survival.CURVE`."""
    return kaplan_meier(found["time"], found["left"])


def point(found: pd.DataFrame, day: int, least: int = 0) -> Point:
    """The curve of some assignments on one day; no share where fewer than ``least`` were seen that long."""
    seen = int((found["time"] >= day).sum())
    if seen < least:
        early = int((found["left"] & (found["time"] <= day)).sum())
        return Point(day, None, None, None, seen, early, len(found))
    on = lasting(curve(found), found["time"], day)
    survival, low, high = (None if pd.isna(on[name]) else float(on[name]) for name in ("survival", "low", "high"))
    return Point(day, survival, low, high, seen, int(on["events"]), len(found))


def drawn(found: pd.DataFrame) -> pd.DataFrame:
    """The curve from day 0 to the last day that FEWEST assignments were seen; empty where so many never began.

    Columns: `quality.survival.CURVE`. The first row says that all were there, the last one how far it is known.
    """
    steps = curve(found)
    if len(found) < FEWEST:
        return steps.head(0)
    last = int(found["time"].nlargest(FEWEST).iloc[-1])
    inside = steps[steps["day"] <= last]
    first = {"day": 0, "survival": 1.0, "low": 1.0, "high": 1.0, "at_risk": len(found), "events": 0}
    whole = pd.concat([pd.DataFrame([first]), inside], ignore_index=True)
    closing = {**whole.iloc[-1].to_dict(), "day": last, "at_risk": int((found["time"] >= last).sum()), "events": 0}
    return pd.concat([whole, pd.DataFrame([closing])], ignore_index=True).astype(_WHOLE)


_WHOLE = {"day": "int64", "at_risk": "int64", "events": "int64"}


def grouped(found: pd.DataFrame, by: By) -> dict[str, pd.DataFrame]:
    """The assignments of each desk or quarter of the start by name in order, of each client the most first."""
    names = found[by].fillna(NO_NAME)
    groups = {str(name): own for name, own in found.groupby(names.to_numpy(), sort=True)}
    order = sorted(groups, key=lambda name: -len(groups[name])) if by == "client" else groups
    return {name: groups[name] for name in order}


def worst_first(groups: Mapping[str, pd.DataFrame], day: int = MARKED[0]) -> dict[str, pd.DataFrame]:
    """The groups of which something can be said on the day, the fewest lasting first; then those by early ends."""
    points = {name: point(own, day, FEWEST) for name, own in groups.items()}

    def place(name: str) -> tuple[bool, float, int, str]:
        one, own = points[name], groups[name]
        first = -float(own["left"].sum()) if one.is_thin else float(one.survival or 0.0)
        return one.is_thin, first, len(own), name

    return {name: groups[name] for name in sorted(groups, key=place)}


def few(groups: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """The groups too small to be ranked: fewer than NAMED assignments, and no second early end."""
    return tuple(name for name, own in groups.items() if len(own) < NAMED and own["early"].sum() < 2)


def quarter(day: date) -> str:
    """The quarter of a day, as in ``cohort``: ``2026 Q1``."""
    return f"{day.year} Q{(day.month + 2) // 3}"


def turn(found: pd.DataFrame, as_of: date, day: int = MARKED[0]) -> tuple[tuple[str, Point], tuple[str, Point]] | None:
    """The last two quarters that are over and of which something can be said on the day, the later one last."""
    closed = {name: own for name, own in grouped(found, "cohort").items() if name != quarter(as_of)}
    points = {name: point(own, day, FEWEST) for name, own in closed.items()}
    told = [(name, one) for name, one in points.items() if not one.is_thin]
    return (told[-2], told[-1]) if len(told) > 1 else None


def are_apart(one: Point, other: Point) -> bool:
    """Whether the likely ranges of two points do not meet, so that something tells them apart."""
    return _above(one, other) or _above(other, one)


def _above(one: Point, other: Point) -> bool:
    return one.low is not None and other.high is not None and one.low > other.high


# --- what ends them --------------------------------------------------------------------------------------------------


def incidence(found: pd.DataFrame) -> pd.DataFrame:
    """The share ended by each reason by each day, all reasons competing: `quality.survival.CAUSES`."""
    return cumulative_incidence(found["time"], found["cause"].tolist())


def ended_by(found: pd.DataFrame, day: int) -> pd.DataFrame:
    """What had become of the assignments by a day: reason, count, incidence, low, high (missing where not known)."""
    steps = incidence(found)
    before = steps[steps["day"] <= day].drop_duplicates("cause", keep="last").set_index("cause")
    counts = found.loc[found["time"] <= day, "cause"].value_counts()
    shown = [reason for reason in REASONS if reason in set(steps["cause"])]
    known = before.reindex(shown)[["incidence", "low", "high"]]
    known["incidence"] = known["incidence"].fillna(0.0)
    return known.assign(count=counts.reindex(shown, fill_value=0)).rename_axis("reason").reset_index()


def ends(rows: pd.DataFrame, start: date | None, end: date) -> pd.DataFrame:
    """The assignments that ended on the days from start (None: ever) to end, those that never started included."""
    days = rows["ended_on"] <= pd.Timestamp(end)
    return rows[days & (rows["ended_on"] >= pd.Timestamp(start))] if start else rows[days]


def never_started(rows: pd.DataFrame, start: date | None, end: date) -> pd.DataFrame:
    """The assignments that were told on the days from start (None: ever) to end never to have started: in no curve."""
    told = ends(rows, start, end)
    return told[told["state"] == "never_started"]


def beside_curve(started: int, never: int) -> str:
    """``7 more never started, 3 % (7 of 224), likely 2 to 5 %, and are in no curve``; nothing where there are none."""
    if not never:
        return ""
    verb = "is" if never == 1 else "are"
    return f"{never:,} more never started, {share(never, started + never).words}, and {verb} in no curve"


def per_assignment(ended: pd.DataFrame) -> Mapping[str, Share]:
    """How many of the assignments that ended did so by each of EARLY_ENDS."""
    counts = ended["outcome"].value_counts()
    return MappingProxyType({reason: share(int(counts.get(reason, 0)), len(ended)) for reason in EARLY_ENDS})


def ended_early(rows: pd.DataFrame) -> dict[str, int]:
    """How many assignments ended by each of EARLY_ENDS, those without a start included."""
    counts = rows.loc[rows["early"], "outcome"].value_counts()
    return {reason: int(counts.get(reason, 0)) for reason in EARLY_ENDS}
