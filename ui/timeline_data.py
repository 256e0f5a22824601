"""What the page Person asks of the history, cached until the history changes."""

from __future__ import annotations

import pandas as pd

from quality import timeline
from quality.call_sheet import Person
from quality.timeline import Wish
from ui import assignment_data, clock, data, owed_data
from ui.data import Place, cached


def found(part: str) -> pd.DataFrame:
    """People whose name, or whose client's name, holds these words: see `quality.timeline.find`."""
    return _found(data.facts(), " ".join(part.lower().split()))


def rows(person: Person) -> pd.DataFrame:
    """Everything on record about a person, booked rows too: see `quality.timeline.timeline`."""
    return _rows(data.facts(), person)


def wish(person: Person) -> Wish | None:
    """Since when somebody is not to be contacted, by the log or by an answer; None for everybody else."""
    answers = data.at(data.here()).answers()
    return timeline.left_in_peace(rows(person), person, answers, clock.today())


def active_until(person: Person) -> pd.Timestamp | None:
    """Until when a candidate is active in a search; None for who is not, and for clients."""
    return timeline.active_until(rows(person), clock.today()) if person[0] == "candidate" else None


def assignments(person: Person) -> pd.DataFrame:
    """The assignments of a candidate, the first started first: rows of `quality.assignments`."""
    found = assignment_data.assignments(clock.today()).rows
    return found[found["candidate"] == person[1]]


def questions(person: Person) -> list[str]:
    """What is to be asked about the assignments of a candidate, in sentences."""
    found = assignment_data.assignments(clock.today()).questions
    return found.loc[found["candidate"] == person[1], "sentence"].tolist()


def reach(person: Person) -> tuple[str, ...]:
    """Phone numbers and addresses of a person, where the firm keeps them."""
    return owed_data.reach_of([person])[person]


def owed(person: Person) -> pd.DataFrame:
    """What is still owed to a person, the earliest due first: rows of `quality.obligations`."""
    still = owed_data.to_do(owed_data.owed(clock.today()))
    return still[(still["party"] == person[0]) & (still["who"] == person[1])]


def answers(person: Person) -> pd.DataFrame:
    """What was answered to what was owed to a person, the last one first: rows of ``History.answers``."""
    given = owed_data.answers()
    return given[(given["party"] == person[0]) & (given["who"] == person[1])]


@cached("4MB")
def _found(facts: Place, part: str) -> pd.DataFrame:
    return timeline.find(data.at(facts).log(), part)


@cached("16MB")
def _rows(facts: Place, person: Person) -> pd.DataFrame:
    party, who = person
    return timeline.timeline(data.at(facts).log(), party, who, as_of=clock.today(), roster=data.roster())
