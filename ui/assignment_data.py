"""The assignments that the pages about contractors show, derived once until the history changes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality import assignments as derived
from quality.assignments import Assignments
from ui import data
from ui.data import Place, cached

#: Said where nobody of care is on record for somebody on assignment.
NOT_HANDED = "not handed to care on record"


def not_handed(recorded: bool) -> str:
    """Said where nobody of care is on record; nothing where the firm records no hand-offs to care."""
    return NOT_HANDED if recorded else ""


def assignments(as_of: date) -> Assignments:
    """Every assignment as it stands at the end of a day, and what is to be asked: see `quality.assignments`."""
    return _assignments(data.rows(data.facts()), as_of, data.roster())


def of_candidate(name: str, as_of: date) -> Assignments:
    """The same, of one candidate."""
    return _of_candidate(data.facts(), as_of, name)


@cached("32MB")
def _assignments(rows: Place, as_of: date, roster: pd.DataFrame) -> Assignments:
    return derived.assignments(data.at(rows).log(), as_of=as_of, roster=roster)


@cached("4MB")
def _of_candidate(facts: Place, as_of: date, name: str) -> Assignments:
    whole = _assignments(data.rows(facts), as_of, data.roster())
    rows, questions = whole.rows, whole.questions
    return Assignments(rows[rows["candidate"] == name], questions[questions["candidate"] == name])
