"""What is to be asked about assignments: where the log contradicts itself, or leaves open what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import pandas as pd

from quality.active import WAITED_DAYS
from quality.assignment_courses import Course
from quality.events import NEVER

#: Columns of the questions.
QUESTIONS = ("assignment", "candidate", "client", "job", "desk", "kind", "sentence", "day")

#: So many days after the first day a no-show is on record at most; later it is asked what happened between.
NO_SHOW_DAYS = 7

#: Kind -> what is asked, and how it is counted until somebody says otherwise.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "no_candidate": "The row of {told} names no candidate and is in no assignment.",
        "overlap": "Runs since {start}, while one at {other} has not ended. Both are counted.",
        "no_start": "Accepted on {accepted}, and no start is on record {days} days later. Counted as accepted.",
        "declined_after_accepting": "Declined on {told}, after it was accepted. Counted as never started.",
        "second_start": "Starts again on {told} without an end between. Counted as one, from {start} on.",
        "restart": "Starts on {start}, after an end on {told}. Counted as an assignment of its own.",
        "extension_without_start": "Extended, and no start is on record. Counted as running, with no length.",
        "extended_after_end": "Extended after an end on {told}. Counted as going on.",
        "end_before_start": "An end on {told} lies before the start on {start}; the next end counts, if there is one.",
        "no_show_after_days": "Starts on {start}, and its end on {end} says never started. Counted as never started.",
        "end_without_start": "Ends on {end}, and no start is on record. Counted as ended, with no length.",
        "second_end": "Ends again on {told}. The first end, {end}, is counted.",
        "past_planned_end": "Was planned to end on {planned}, and no end is on record. Counted as running.",
    }
)


#: Kind -> the day of the assignment that it is about; of others it is the day that was noted.
_ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "overlap": "started_on",
        "no_start": "accepted_on",
        "restart": "started_on",
        "extension_without_start": "planned_on",
        "no_show_after_days": "ended_on",
        "end_without_start": "ended_on",
        "past_planned_end": "planned_end",
    }
)


def questions_of(rows: pd.DataFrame, found: list[Course], nameless: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Everything to be asked, in the order of the assignments: QUESTIONS.

    ``rows`` are the assignments, with the first day even of those that never started, ``found`` the courses they came
    from, ``nameless`` rows that name no candidate. A firm with no start on record does not keep them, and is not asked
    for each. ``day`` is the one a question is about.
    """
    today = pd.Timestamp(as_of)
    keeps_starts = bool(rows["started_on"].notna().any())
    noted = {course.assignment: course.notes for course in found}
    asked = [
        _asked(row, kind, today, told=told)
        for row in rows.itertuples()
        for kind, told in [
            *noted[str(row.assignment)],
            *((kind, None) for kind in _open_kinds(row, today, keeps_starts)),
        ]
    ]
    asked += _overlaps(rows, today)
    asked += [_nameless(row) for row in nameless.itertuples()]
    return pd.DataFrame(asked, columns=list(QUESTIONS), dtype="object").astype({"day": "datetime64[us]"})


def _open_kinds(row: Any, today: pd.Timestamp, keeps_starts: bool) -> Iterable[str]:
    """What the assignment as a whole leaves open."""
    if keeps_starts and row.state == "accepted" and (today - row.accepted_on).days > WAITED_DAYS:
        yield "no_start"
    if row.state == "running" and pd.isna(row.started_on):
        yield "extension_without_start"
    if row.state == "ended" and pd.isna(row.started_on):
        yield "end_without_start"
    if row.state == "never_started" and (row.ended_on - row.started_on).days > NO_SHOW_DAYS:
        yield "no_show_after_days"
    if row.state == "running" and row.planned_end < today:
        yield "past_planned_end"


def _asked(row: Any, kind: str, today: pd.Timestamp, **words: Any) -> tuple[Any, ...]:
    days = "" if pd.isna(row.accepted_on) else (today - row.accepted_on).days
    moments = {"start": row.started_on, "accepted": row.accepted_on, "end": row.ended_on, "planned": row.planned_end}
    said = {name: _day(value) if name == "told" else value for name, value in words.items()}
    sentence = SENTENCES[kind].format(days=days, **{name: _day(day) for name, day in moments.items()}, **said)
    day = getattr(row, _ABOUT[kind]) if kind in _ABOUT else words["told"]
    return row.assignment, row.candidate, row.client, row.job, row.desk, kind, sentence, day


def _day(moment: Any) -> str:
    return "" if pd.isna(moment) else f"{moment.day} {moment:%b %Y}"


def _overlaps(rows: pd.DataFrame, today: pd.Timestamp) -> list[tuple[Any, ...]]:
    """Assignments that start before an earlier one of the same candidate is over; on its last day is none."""
    begun = rows[rows["day"].notna()]
    known = begun["ended_on"].fillna(begun["planned_end"].where(begun["planned_end"] < today))
    until = known.fillna(pd.Timestamp(NEVER))
    lines = begun.assign(until=until).sort_values(["candidate", "started_on", "assignment"]).itertuples()
    found = []
    for _, own in groupby(lines, attrgetter("candidate")):
        longest: Any = None
        for row in own:
            if longest is not None and row.started_on < longest.until:
                found.append(_asked(row, "overlap", today, other=_where(longest)))
            longest = row if longest is None or row.until > longest.until else longest
    return found


def _where(row: Any) -> str:
    return str(next((name for name in (row.client, row.job) if not pd.isna(name)), "another client"))


def _nameless(row: Any) -> tuple[Any, ...]:
    sentence = SENTENCES["no_candidate"].format(told=_day(row.day))
    return row.activity_id, None, row.client, row.job, row.desk, "no_candidate", sentence, row.day
