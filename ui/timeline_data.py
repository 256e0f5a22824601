"""What the page Person asks of the history, cached until the history changes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality import timeline
from quality.call_sheet import Person
from quality.support_counts import to_do
from quality.timeline import Wish
from ui import assignment_data, care_data, clock, data, owed_data, support_data, wishes
from ui.data import Place, cached


def found(part: str) -> pd.DataFrame:
    """People whose name, or whose client's name, holds these words: see `quality.timeline.find`.

    ``alone``: they want to be left alone.
    """
    people, alone = _found(data.facts(), " ".join(part.lower().split())), wishes.left_alone()
    return people.assign(alone=[person in alone for person in zip(people["party"], people["who"], strict=True)])


def on_assignment(part: str) -> pd.DataFrame:
    """Who is on assignment at a client whose name holds these words: see `quality.timeline.on_assignment`.

    Without those who want to be left alone.
    """
    there = timeline.on_assignment(assignment_data.assignments(clock.today()).rows, part)
    return there[~there["who"].isin(wishes.candidates_alone())].assign(party="candidate")


def rows(person: Person) -> pd.DataFrame:
    """Everything on record about a person, booked rows too: see `quality.timeline.timeline`.

    ``trouble``: see `quality.timeline.troubled`. Nobody else is named who wants to be left alone.
    """
    found = wishes.nameless(_rows(data.facts(), clock.today(), person))
    return found.assign(trouble=timeline.troubled(found, care_data.weights()))


def wish(person: Person) -> Wish | None:
    """Since when somebody is not to be contacted, by the log or by an answer; None for everybody else."""
    return _wish(data.here(), clock.today(), person)


def active_until(person: Person) -> pd.Timestamp | None:
    """Until when a candidate is active in a search; None for who is not, and for clients."""
    return _active_until(data.facts(), clock.today(), person) if person[0] == "candidate" else None


def assignments(person: Person) -> pd.DataFrame:
    """The assignments of a candidate, the first started first: rows of `quality.assignments`."""
    return assignment_data.of_candidate(person[1], clock.today()).rows


def questions(person: Person) -> list[str]:
    """What is to be asked about the assignments of a candidate, in sentences."""
    return assignment_data.of_candidate(person[1], clock.today()).questions["sentence"].tolist()


def care(person: Person) -> pd.DataFrame:
    """Where a contractor on assignment stands on Care, a row an assignment: see `quality.care`; else without rows."""
    people = care_data.people()
    return people[(people["contractor"] == person[1]) & people["level"].notna() & (person[0] == "candidate")]


def open_tickets(person: Person) -> pd.DataFrame:
    """The tickets about a candidate that wait, the first opened first: rows of `quality.support`, ``owner`` has it."""
    rows = support_data.everything().rows
    own = wishes.nameless(to_do(rows[(rows["candidate"] == person[1]) & (person[0] == "candidate")]))
    return own.assign(owner=support_data.holder(own)).sort_values("opened_at")


def reach(person: Person) -> tuple[str, ...]:
    """Phone numbers and addresses of a person, where the firm keeps them."""
    return owed_data.reach_of([person])[person]


def answers(person: Person) -> pd.DataFrame:
    """What was answered to what was owed to a person, the last one first: rows of ``History.answers``."""
    given = owed_data.answers()
    return given[(given["party"] == person[0]) & (given["who"] == person[1])]


@cached("4MB")
def _found(facts: Place, part: str) -> pd.DataFrame:
    return timeline.find(data.at(facts).log(), part)


@cached("16MB")
def _rows(facts: Place, as_of: date, person: Person) -> pd.DataFrame:
    party, who = person
    return timeline.timeline(data.at(facts).log(), party, who, as_of=as_of, roster=data.roster())


@cached("1MB")
def _wish(place: Place, as_of: date, person: Person) -> Wish | None:
    found = _rows(data.facts(), as_of, person)
    return timeline.left_in_peace(found, person, data.at(place).answers(), as_of)


@cached("1MB")
def _active_until(facts: Place, as_of: date, person: Person) -> pd.Timestamp | None:
    return timeline.active_until(_rows(facts, as_of, person), as_of)
