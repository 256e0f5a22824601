"""The assignments that the pages about contractors show, derived once until the history changes."""

from __future__ import annotations

from datetime import date

from quality import assignments as derived
from quality.assignments import Assignments
from ui import data
from ui.data import Place, cached


def assignments(as_of: date) -> Assignments:
    """Every assignment as it stands at the end of a day, and what is to be asked: see `quality.assignments`."""
    return _assignments(data.facts(), as_of)


@cached("32MB")
def _assignments(facts: Place, as_of: date) -> Assignments:
    return derived.assignments(data.at(facts).log(), as_of=as_of, roster=data.roster())
