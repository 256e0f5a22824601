"""Assignments: one per candidate, client and job from the acceptance to the end, derived from the log.

What the log says is taken by stated rules (`quality.assignment_courses`) and every case in which it contradicts itself
or leaves something open is listed as a question beside the result; no assignment is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.assignment_courses import LIFE, Course, courses_of
from quality.assignment_questions import questions_of
from quality.events import visible
from quality.spelling import spelt_alike
from quality.vocabulary import EARLY_ENDS

_DAYS = ("accepted_on", "started_on", "planned_end", "planned_on", "ended_on")
#: Columns of ``Assignments.rows``.
COLUMNS = (
    "assignment", "candidate", "client", "job", "desk", "accepted_on", "started_on", "planned_end", "planned_on",
    "extensions", "ended_on", "outcome", "state", "early", "day", "care_owner", "support_owner",
)  # fmt: skip
#: What tells an assignment from another.
_THREAD = ["candidate", "at", "place"]
_NEEDED = (
    "activity_id", "occurred_at", "day", "desk", "activity", "candidate", "client", "job", "outcome", "planned_end",
    "assignee",
)  # fmt: skip


@dataclass(frozen=True)
class Assignments:
    """Every assignment, and what is to be asked about them.

    ``rows``, the first started first: COLUMNS. ``assignment`` is the activity_id of its first row, ``desk`` that of the
    start, else of its first row. ``planned_end`` is the one agreed last, extensions included, and ``planned_on`` the
    day it was agreed. ``state`` is accepted, running, ended or never_started; ``early``: it ended by EARLY_ENDS.
    Who never started has no ``started_on``, whatever first day is on record: nothing began on it. ``day``: days since
    the start, on ``as_of`` or at the end (missing where there is no start or the end lies before it). Owners: the desks
    it was handed to last. Days are midnights.
    ``questions``: one row each, with the columns of `quality.assignment_questions.QUESTIONS`.
    """

    rows: pd.DataFrame
    questions: pd.DataFrame


def assignments(log: IntoFrame, *, as_of: date, roster: pd.DataFrame | None = None) -> Assignments:
    """Every assignment as it stands at the end of ``as_of``.

    A row that names no job, or no client, belongs to the only one of that candidate it can mean, else to one of its
    own. A start, extension or end without a candidate makes no assignment and is listed as a question. A planned end
    that has passed ends nothing: the assignment runs until somebody says that it ended.
    """
    told = _told(log, as_of, roster)
    named = _keyed(told[told["candidate"].notna()])
    threads = groupby(named.sort_values(_THREAD, kind="stable").itertuples(), attrgetter(*_THREAD))
    found = [course for _, own in threads for course in courses_of(own)]
    rows = _frame(found, pd.Timestamp(as_of))
    nameless = told[told["candidate"].isna() & told["activity"].isin(["start", "extension", "end"])]
    return Assignments(_begun(rows), questions_of(rows, found, nameless, as_of))


def _told(log: IntoFrame, as_of: date, roster: pd.DataFrame | None) -> pd.DataFrame:
    """The rows that make up assignments, in order; ``support``: handed to a desk of contractor support."""
    life = visible(log, as_of).filter(nw.col("activity").is_in(list(LIFE)))
    rows = life.select(*_NEEDED).collect("pandas").to_native()
    days = rows.assign(planned_end=pd.to_datetime(rows["planned_end"]).astype("datetime64[us]"))
    support = days["assignee"].isin(_support_desks(days["assignee"], roster))
    [days] = spelt_alike("client", days)
    return days.assign(support=support).sort_values(["day", "occurred_at", "activity_id"], ignore_index=True)


def _support_desks(desks: pd.Series, roster: pd.DataFrame | None) -> set[str]:
    """The desks of contractor support: by their role, without one by their name."""
    known = roster if roster is not None and "role" in roster else pd.DataFrame(columns=["desk", "role"])
    roles = known.dropna(subset=["role"]).set_index("desk")["role"].to_dict()
    return {desk for desk in desks.dropna().unique() if "support" in str(roles.get(desk) or desk).lower()}


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with ``at`` (the client in small letters) and ``place`` (the job), as far as they can be told."""
    lower = rows.assign(at=rows["client"].str.lower(), place=rows["job"])
    for column, known_by in (("at", ["candidate", "place"]), ("place", ["candidate", "at"])):
        lower[column] = lower[column].fillna(_only(lower, column, known_by))
    # A row with neither belongs to the only assignment its candidate has.
    alone = lower["at"].isna() & lower["place"].isna()
    for column in ("at", "place"):
        lower[column] = lower[column].fillna(_only(lower, column, ["candidate"]).where(alone)).fillna("")
    return lower


def _only(rows: pd.DataFrame, column: str, by: list[str]) -> pd.Series:
    """The value of a column that all rows of a group share; missing where several are on record, or none."""
    group = rows.groupby(by)[column]
    return group.transform("first").where(group.transform("nunique") == 1)


def _frame(found: list[Course], today: pd.Timestamp) -> pd.DataFrame:
    """COLUMNS, with every first day that is on record: what is to be asked may be about that of a no-show."""
    names = [name for name in COLUMNS if name not in ("state", "early", "day")]
    held = [[getattr(course, name) for name in names] for course in found]
    rows = pd.DataFrame(held, columns=names, dtype="object").astype(
        {**dict.fromkeys(_DAYS, "datetime64[us]"), "extensions": "int64"}
    )
    rows = rows.assign(state=_state(rows), early=rows["outcome"].isin(EARLY_ENDS), day=_day(_begun(rows), today))
    return rows[list(COLUMNS)].sort_values(["started_on", "accepted_on", "assignment"], ignore_index=True)


def _begun(rows: pd.DataFrame) -> pd.DataFrame:
    """The assignments without the first day of those that never started: it was planned, and nobody came."""
    return rows.assign(started_on=rows["started_on"].mask(rows["outcome"] == "never_started"))


def _state(rows: pd.DataFrame) -> np.ndarray:
    ways = [
        rows["outcome"] == "never_started",
        rows["ended_on"].notna(),
        rows["started_on"].notna() | (rows["extensions"] > 0),
    ]
    return np.select(ways, ["never_started", "ended", "running"], "accepted")


def _day(rows: pd.DataFrame, today: pd.Timestamp) -> pd.Series:
    days = (rows["ended_on"].fillna(today) - rows["started_on"]).dt.days
    return days.where(days >= 0).astype("Int64")
