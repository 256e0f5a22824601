"""The course of an assignment: what each row of the log does to it, by stated rules.

Rows of one candidate, client and job are taken day by day. Awkward ones are noted, never dropped: see the rules at the
steps. Plain objects, since a firm has thousands of these rows and not millions, and each depends on the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import pandas as pd

from quality.obligation_rules import HANDED_AHEAD

#: An end so many days before a start, at most, contradicts it; one further back belongs to an earlier assignment.
END_BEFORE_DAYS = 30

#: What is noted of a course: a kind of question, and the day that tells it.
Note = tuple[str, pd.Timestamp]


@dataclass(slots=True)
class Course:
    """One assignment as its rows told it so far; days are midnights, what is not known is None."""

    assignment: str
    candidate: str
    client: str | None = None
    job: str | None = None
    desk: str | None = None
    accepted_on: pd.Timestamp | None = None
    started_on: pd.Timestamp | None = None
    planned_end: pd.Timestamp | None = None
    planned_on: pd.Timestamp | None = None
    extensions: int = 0
    ended_on: pd.Timestamp | None = None
    outcome: str | None = None
    care_owner: str | None = None
    support_owner: str | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None

    @property
    def has_started(self) -> bool:
        return self.started_on is not None

    def take(self, row: Any) -> None:
        """What every row of it tells: whom and what it is about."""
        self.client = self.client or _known(row.client)
        self.job = self.job or _known(row.job)
        self.desk = self.desk or row.desk


def courses_of(rows: Iterable[Any]) -> list[Course]:
    """The assignments of one candidate, client and job, from its rows in the order they happened.

    A row has activity_id, occurred_at, day, desk, activity, candidate, client, job, outcome, planned_end, assignee and
    ``support`` (whether the assignee is a desk of contractor support).
    """
    found: list[Course] = []
    ahead: list[Any] = []
    for _, same_day in groupby(rows, attrgetter("day")):
        for row in _in_order(list(same_day), found):
            ahead += [row] if row.activity == "handoff" and not _current(found) else []
            _STEPS[row.activity](found, row)
    for course in found:
        _handed_ahead(course, ahead)
    return found


_RANKS = MappingProxyType(
    {"offer_accepted": 0, "offer_declined": 0, "fill": 0, "start": 1, "extension": 2, "handoff": 2, "end": 3}
)


def _in_order(rows: list[Any], found: list[Course]) -> Iterator[Any]:
    """The rows of one day: what begins comes before what ends, unless one assignment ends and the next begins."""
    runs = bool(found) and found[-1].has_started and not found[-1].is_over
    changes = runs and any(row.activity == "start" for row in rows)
    ranks = {**_RANKS, "end": -1} if changes else _RANKS
    return iter(sorted(rows, key=lambda row: (ranks[row.activity], row.occurred_at, row.activity_id)))


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _opened(found: list[Course], row: Any) -> Course:
    """A new assignment that this row begins."""
    course = Course(row.activity_id, row.candidate)
    course.take(row)
    found.append(course)
    return course


def _current(found: list[Course]) -> Course | None:
    """The assignment that is not over, if any."""
    return found[-1] if found and not found[-1].is_over else None


def _accepted(found: list[Course], row: Any) -> None:
    """An acceptance or a fill begins an assignment, or belongs to the one that is there.

    A fill after a conversion is the conversion's own.
    """
    if row.activity == "fill" and found and found[-1].outcome == "converted":
        return
    course = _current(found) or _opened(found, row)
    course.take(row)
    if course.accepted_on is None and not course.has_started:
        course.accepted_on = row.day


def _declined(found: list[Course], row: Any) -> None:
    """Who declines after accepting, and has not started, never starts; any other offer is none of an assignment."""
    course = _current(found)
    if course and course.accepted_on is not None and not course.has_started:
        course.ended_on, course.outcome = row.day, "never_started"
        course.notes.append(("declined_after_accepting", row.day))


def _started(found: list[Course], row: Any) -> None:
    """A start begins an assignment or the one that was accepted; while one runs it is the same one, told again."""
    course = _current(found)
    if course and course.has_started:
        if course.started_on != row.day:
            course.notes.append(("second_start", row.day))
        return
    course = course or _contradicted(found, row) or _again(found, row)
    course.take(row)
    course.started_on, course.desk = row.day, row.desk
    _plan(course, row)


def _contradicted(found: list[Course], row: Any) -> Course | None:
    """The assignment whose end lies shortly before this, its only start.

    A list of placements keeps the day that was planned of whoever backed out before it. Who had accepted, and then
    never started, begins another one.
    """
    last = found[-1] if found else None
    if last is None or last.has_started or last.ended_on is None:
        return None
    if last.outcome == "never_started" and last.accepted_on is not None:
        return None
    if (row.day - last.ended_on).days > END_BEFORE_DAYS:
        return None
    last.notes.append(("end_before_start", last.ended_on))
    return last


def _again(found: list[Course], row: Any) -> Course:
    """A start after the end is an assignment of its own."""
    before = found[-1] if found else None
    course = _opened(found, row)
    if before is not None and before.ended_on is not None:
        course.notes.append(("restart", before.ended_on))
    return course


def _extended(found: list[Course], row: Any) -> None:
    """An extension carries an assignment on, even one that had ended; alone it says that one runs."""
    course = _current(found) or (found[-1] if found else _opened(found, row))
    if course.ended_on is not None:
        course.notes.append(("extended_after_end", course.ended_on))
        course.ended_on = course.outcome = None
    course.take(row)
    course.extensions += 1
    _plan(course, row)


def _plan(course: Course, row: Any) -> None:
    """The end agreed last; one before the row itself is none."""
    planned = _known(row.planned_end)
    if planned is not None and planned >= row.day:
        course.planned_end, course.planned_on = planned, row.day


def _ended(found: list[Course], row: Any) -> None:
    """The first end holds, unless it lies before the start."""
    last = found[-1] if found else None
    is_impossible = last is not None and last.ended_on is not None and _ends_before_it_starts(last)
    if last is not None and last.is_over and not is_impossible:
        if (last.ended_on, last.outcome) != (row.day, _known(row.outcome)):
            last.notes.append(("second_end", row.day))
        return
    course = last or _opened(found, row)
    course.take(row)
    course.ended_on, course.outcome = row.day, _known(row.outcome)


def _ends_before_it_starts(course: Course) -> bool:
    return course.started_on is not None and course.ended_on is not None and course.ended_on < course.started_on


def _handed(found: list[Course], row: Any) -> None:
    """The desk that it was handed to last owns care, or support."""
    owner = _known(row.assignee)
    if found and owner:
        setattr(found[-1], _owned(row), owner)


def _owned(row: Any) -> str:
    return "support_owner" if row.support else "care_owner"


def _handed_ahead(course: Course, rows: Iterable[Any]) -> None:
    """A hand-off shortly before the start, when nothing was on record yet, holds where none came later."""
    own: dict[str, Any] = {}
    for row in rows:
        if course.started_on is not None and 0 < (course.started_on - row.day).days <= HANDED_AHEAD:
            own[_owned(row)] = _known(row.assignee)
    for owned, owner in own.items():
        setattr(course, owned, getattr(course, owned) or owner)


_STEPS: Mapping[str, Callable[[list[Course], Any], None]] = MappingProxyType(
    {
        "offer_accepted": _accepted,
        "offer_declined": _declined,
        "fill": _accepted,
        "start": _started,
        "extension": _extended,
        "end": _ended,
        "handoff": _handed,
    }
)
#: The activities that make up the life of an assignment.
LIFE = tuple(_STEPS)
