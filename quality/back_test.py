"""How well the levels of care told who would leave: looked up on past days, by what was known on each of them.

Every `STEP` days over the past year everyone on assignment is put on a level and followed until the next such day (or,
for the longer horizon, the one after). The spans of one horizon do not overlap, so each case is one assignment at risk
of leaving over days of its own: the usual person-period layout of a discrete-time hazard, in which cases of one
assignment may be counted as cases of their own (Singer, Willett 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.assignments import assignments
from quality.care import levels_of, levels_only
from quality.care_log import Heard, heard
from quality.care_signals import FLAGGED, LEVELS, SHIPPED, Weights
from quality.care_signs import ended_since, running_then
from quality.care_silence import RECORDED
from quality.shares import Share, overlap, share
from quality.wishes import NAMELESS, refused

#: Days between the days looked at; how long people are followed; how far back.
STEP, HORIZONS, BACK = 30, (30, 60), 360
#: Days before an early end within which a flag counts as a warning of it.
WARNING = 60
#: With fewer early ends, nothing is said about how well the levels tell.
LEAST = 10

#: Columns of ``BackTest.rows``.
COLUMNS = (
    "asked", "contractor", "client", "job", "desk", "day", "level", "reasons", "left_30", "left_60", "ended_on",
    "outcome",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Followed:
    """How many left early within ``horizon`` days, of each level (LEVELS).

    ``days``: on how many days everyone was looked at; ``left``: all who left early within the horizon.
    """

    horizon: int
    days: int
    left: int
    levels: tuple[tuple[str, Share], ...]

    @property
    def calm(self) -> Share:
        """Of those who were not flagged."""
        return dict(self.levels)["calm"]

    def said_of(self, level: str) -> str:
        """``9 of 28 within 30 days (likely 22 to 44 %), 10 times as often as calm``; compared where it can be."""
        own = dict(self.levels)[level]
        whole = f"{own.count:,} of {own.of:,}" if own.of else "nobody stood there"
        told = f"{whole} within {self.horizon} days{f' ({own.likely})' * bool(own.of)}"
        compared = self._compared(own) if own.of and level in FLAGGED and self.left >= LEAST else ""
        return ", ".join(filter(None, [told, compared]))

    def _compared(self, own: Share) -> str:
        calm = self.calm.value or 0.0
        if overlap(own, self.calm):
            return "not clearly more often than calm"
        if (own.value or 0.0) < calm:
            return "less often than calm: do not trust it"
        return f"{(own.value or 0.0) / calm:.0f} times as often as calm" if calm else "more often than calm"


@dataclass(frozen=True, slots=True)
class Lead:
    """Of ``left`` who left early, how many were flagged in the WARNING days before, and how early.

    ``days``: from the first flagged day of those to the end, the median; None where nobody was flagged.
    """

    left: int
    flagged: int
    days: float | None

    @property
    def words(self) -> str:
        """In a sentence."""
        if not self.left:
            return "Nobody left early."
        whole = f"{self.flagged:,} of {self.left:,} who left early were on act or watch in the {WARNING} days before"
        return whole + ("." if self.days is None else f", half of them {self.days:.0f} days ahead or more.")


@dataclass(frozen=True)
class BackTest:
    """What the levels of past days were worth; ``rows``: everybody looked at, COLUMNS.

    ``left_60`` is missing for cases that are not counted for that horizon. Whoever asked to be left alone is counted
    where they had a level then, and is not named.
    """

    first: date
    last: date
    followed: tuple[Followed, ...]
    lead: Lead
    rows: pd.DataFrame

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What each level was worth, and the warning: a name and what is said of it, a line each."""
        names = {level: level.capitalize() if level in FLAGGED else "Calm, not flagged" for level in LEVELS}
        told = [(names[level], "; ".join(one.said_of(level) for one in self.followed)) for level in LEVELS]
        few = [f"{one.left:,} within {one.horizon} days" for one in self.followed if one.left < LEAST]
        compared = [("Too few left early to compare", f"{', '.join(few)}; it takes {LEAST}")] if few else []
        return (*told, *compared, ("Warning", self.lead.words))


def back_test(
    log: IntoFrame,
    *,
    as_of: date,
    weights: Weights = SHIPPED,
    rows: pd.DataFrame | None = None,
    answers: pd.DataFrame | None = None,
    roster: pd.DataFrame | None = None,
    told: Heard | None = None,
) -> BackTest:
    """How many on each level left early, over the year up to ``as_of``: see `Followed`, `Lead`.

    ``weights`` are taken as if they had always held. ``rows``: those of `quality.assignments`, where at hand; ``told``:
    what `told_of_all` says of them, where at hand.
    """
    known = assignments(log, as_of=as_of, roster=roster).rows if rows is None else rows
    begun = known[known["started_on"].notna()]
    first = as_of - timedelta(days=BACK)
    told = told or told_of_all(log, known, as_of=as_of, answers=answers, roster=roster)
    cases = _left(_looked_at(begun, told, weights, as_of), as_of)
    return BackTest(
        first=first,
        last=as_of,
        followed=tuple(_followed(cases, horizon) for horizon in HORIZONS),
        lead=_lead(begun, told, weights, as_of),
        rows=_shown(cases, refused(log, as_of, answers)),
    )


def told_of_all(
    log: IntoFrame,
    rows: pd.DataFrame,
    *,
    as_of: date,
    answers: pd.DataFrame | None = None,
    roster: pd.DataFrame | None = None,
) -> Heard:
    """What the log holds about everybody on assignment (``rows``) in this year: enough for `quality.care.care` too."""
    since = as_of - timedelta(days=BACK + WARNING)
    # Whether contacts were recorded is told by those with people who have left by the first day that is judged, too.
    assigned = ended_since(rows, since - timedelta(days=RECORDED))
    return heard(log, assigned, since=since, as_of=as_of, answers=answers, roster=roster)


def _judged(pairs: pd.DataFrame, told: Heard, weights: Weights) -> pd.DataFrame:
    """The pairs of assignment and day with their level; without those who had asked to be left alone by then."""
    return _not_alone(levels_of(running_then(pairs), told, weights))


def _not_alone(judged: pd.DataFrame) -> pd.DataFrame:
    return judged[~judged["alone"]]


# --- how many left ---------------------------------------------------------------------------------------------------


def _looked_at(begun: pd.DataFrame, told: Heard, weights: Weights, as_of: date) -> pd.DataFrame:
    days = [pd.Timestamp(as_of) - pd.Timedelta(days=back) for back in range(STEP, BACK + 1, STEP)]
    asked = pd.DataFrame({"asked": pd.Series(days, dtype="datetime64[us]")})
    return _judged(begun.merge(asked, how="cross"), told, weights)


def _left(cases: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The cases with whether they left early within each horizon; missing where it is not followed that day."""
    back = (pd.Timestamp(as_of) - cases["asked"]).dt.days
    until = (cases["ended_on"] - cases["asked"]).dt.days
    found = {
        f"left_{horizon}": (cases["early"] & (until <= horizon)).astype("boolean").where(back % horizon == 0)
        for horizon in HORIZONS
    }
    return cases.assign(**found)


def _followed(cases: pd.DataFrame, horizon: int) -> Followed:
    column = f"left_{horizon}"
    own = cases[cases[column].notna()]
    levels = tuple((level, _share(own, column, level)) for level in LEVELS)
    return Followed(horizon, own["asked"].nunique(), int(own[column].sum()), levels)


def _share(cases: pd.DataFrame, column: str, level: str) -> Share:
    own = cases.loc[cases["level"] == level, column]
    return share(int(own.sum()), len(own))


def _shown(cases: pd.DataFrame, wished: frozenset[tuple[str, str]]) -> pd.DataFrame:
    """The rows behind the numbers, the latest day first; who wants to be left alone by now is not told of."""
    alone = pd.Series([("candidate", name) in wished for name in cases["candidate"]], index=cases.index, dtype="bool")
    nothing = pd.Series([() for _ in cases.index], index=cases.index, dtype="object")
    rows = cases.assign(
        contractor=cases["candidate"].mask(alone, NAMELESS),
        reasons=cases["reasons"].where(~alone, nothing),
        **{name: cases[name].mask(alone) for name in ("client", "job", "day", "ended_on", "outcome")},
    )
    return rows.sort_values(["asked", "contractor"], ascending=[False, True], kind="stable", ignore_index=True)[
        list(COLUMNS)
    ]


# --- how early it was told -------------------------------------------------------------------------------------------


def _lead(begun: pd.DataFrame, told: Heard, weights: Weights, as_of: date) -> Lead:
    since = pd.Timestamp(as_of - timedelta(days=BACK))
    ran = begun["ended_on"] > begun["started_on"]
    gone = begun[begun["early"] & ran & (begun["ended_on"] > since) & (begun["ended_on"] <= pd.Timestamp(as_of))]
    before = pd.DataFrame({"before": np.arange(1, WARNING + 1)})
    pairs = gone.merge(before, how="cross")
    days = pairs["ended_on"] - pd.to_timedelta(pairs["before"], unit="D")
    judged = _not_alone(levels_only(running_then(pairs.assign(asked=days)), told, weights))
    warned = judged[judged["level"].isin(FLAGGED)].groupby("assignment")["before"].max()
    # Who had asked to be left alone all that time had no level that could have warned.
    return Lead(judged["assignment"].nunique(), len(warned), float(warned.median()) if len(warned) else None)
