"""Tickets out of the rows that open and resolve them: which belong together, and what the rows leave unclear.

A ticket is paired by its number (``ref``), and by its candidate where both rows name one: two systems may give one
number to two people. Without a number, a resolution belongs to the oldest open ticket without a number of the same
person and topic, or of that person where it names no topic. What was opened again after it was resolved is a case of
its own. What fits nothing is asked about and not dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: Kind of question -> what is unclear.
UNCLEAR: Mapping[str, str] = {
    "no_ref": "has no number: its resolution is looked for by person and topic",
    "opened_twice": "was opened again while it was open: counted once, from the first time",
    "reopened": "was opened again after it was resolved: counted as a case of its own",
    "resolved_first": "is resolved before it was opened: it counts as open until a later resolution",
    "resolved_twice": "is resolved a second time: the first time counts",
    "never_opened": "is resolved, and nothing says that it was opened: it is in no number",
    "fits_none": "is a resolution without a number that fits no open ticket: it is in no number",
}

#: A row of the log as a dictionary, with ``topic`` and ``who``, missing values None.
Row = Mapping[str, Any]


@dataclass(slots=True)
class Case:
    """One opening, and the row that resolved it where there is one."""

    opened: Row
    resolved: Row | None = None
    reopened: bool = False


@dataclass(slots=True)
class Pairs:
    """Every case in the order it was opened, and the questions: kind and the row it is about."""

    cases: list[Case] = field(default_factory=list)
    questions: list[tuple[str, Row]] = field(default_factory=list)

    def ask(self, kind: str, row: Row) -> None:
        self.questions.append((kind, row))

    def open(self, row: Row, reopened: bool = False) -> Case:
        case = Case(row, reopened=reopened)
        self.cases.append(case)
        return case


def topic_key(note: str) -> str:
    """A topic without capitals, outer punctuation and double spaces; empty where nothing was noted."""
    return " ".join(note.casefold().split()).strip(" .,;:!?-")


def paired(rows: Iterable[Row]) -> Pairs:
    """The cases of rows in the order of time; those of one number together, those without a number by person."""
    found = Pairs()
    numbered: dict[str, list[Row]] = defaultdict(list)
    unnumbered: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        (numbered[row["ref"]] if row["ref"] else unnumbered[row["party"], row["who"]]).append(row)
    for held in numbered.values():
        _by_number(found, held)
    for held in unnumbered.values():
        _by_topic(found, held)
    found.cases.sort(key=lambda case: (case.opened["occurred_at"], case.opened["activity_id"]))
    return found


def _by_number(found: Pairs, rows: list[Row]) -> None:
    known: list[Case] = []
    for at, row in enumerate(rows):
        fitting = [case for case in known if _is_about_one(case.opened, row)]
        waiting = [case for case in fitting if case.resolved is None]
        if row["activity"] == "ticket_opened":
            if waiting:
                found.ask("opened_twice", row)
                continue
            if fitting:
                found.ask("reopened", row)
            known.append(found.open(row, reopened=bool(fitting)))
        elif waiting:
            for case in waiting:
                case.resolved = row
        else:
            found.ask("resolved_twice" if fitting else _unfit(row, rows[at:]), row)


def _is_about_one(row: Row, other: Row) -> bool:
    """Whether two rows of a number can be about one candidate: one of them names none, or both name the same."""
    return len({row["candidate"], other["candidate"]} - {None}) < 2


def _unfit(row: Row, later: list[Row]) -> str:
    """What a resolution is before its number was ever opened."""
    is_opened = any(one["activity"] == "ticket_opened" and _is_about_one(row, one) for one in later)
    return "resolved_first" if is_opened else "never_opened"


def _by_topic(found: Pairs, rows: list[Row]) -> None:
    waiting: list[Case] = []
    for row in rows:
        topic = row["topic"]
        same = [case for case in waiting if case.opened["topic"] == topic]
        if row["activity"] == "ticket_opened":
            if same:
                found.ask("opened_twice", row)
                continue
            found.ask("no_ref", row)
            waiting.append(found.open(row))
        elif fitting := same if topic else waiting:
            fitting[0].resolved = row
            waiting.remove(fitting[0])
        else:
            found.ask("fits_none", row)
