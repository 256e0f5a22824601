"""What is said of an obligation: what happened, when, and what is owed by when."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.obligation_rules import BY_NAME
from quality.vocabulary import ACTIVITIES

#: Triggers whose name alone does not say it well.
HAPPENED = {"resume_received": "Résumé received"}

#: What a sentence says: of which kind of obligation, and the days it names.
KINDS, MOMENTS = ("rule", "activity", "status"), ("triggered_at", "due_at", "fulfilled_at")

ENDINGS = {
    "kept": "{owed} was due by {due}; done on {done}.",
    "late": "{owed} was due by {due}; done on {done}.",
    "open": "{owed} is due by {due}.",
    "overdue": "{owed} was due by {due} and is not on record.",
    "waived": "{owed} was due by {due}; no longer owed.",
}


def in_words(found: pd.DataFrame) -> list[str]:
    """One plain sentence for each obligation; what is said of many is worded once."""
    days = found[list(KINDS)].assign(**{name: found[name].dt.normalize() for name in MOMENTS})
    numbers = _numbered(days)
    once = days[~pd.Series(numbers, index=days.index).duplicated()]
    rows = zip(*(once[name].tolist() for name in KINDS), *(days_in_words(once[name]) for name in MOMENTS), strict=True)
    said = [
        _sentence(rule, activity, status).format(triggered=triggered, due=due, done=done)
        for rule, activity, status, triggered, due, done in rows
    ]
    return [said[number] for number in numbers]


def _numbered(rows: pd.DataFrame) -> NDArray[np.int64]:
    """A number for each row, the same for rows that say the same, counted up in the order they come in."""
    number = np.zeros(len(rows), dtype="int64")
    for _, column in rows.items():
        codes, values = pd.factorize(column)
        number = number * (len(values) + 1) + codes + 1
    return pd.factorize(number)[0]


def days_in_words(moments: pd.Series) -> list[str]:
    """``Tue 3 Nov 2026`` for each moment, nothing where it is not known. Each day is worded once."""
    codes, days = pd.factorize(moments.dt.normalize())
    words = [*(f"{day:%a} {day.day} {day:%b %Y}" for day in days), ""]  # what is not known has the code -1
    return [words[code] for code in codes]


@cache
def _sentence(rule: str, activity: str, status: str) -> str:
    """The sentence of all obligations of one kind, with room for their days."""
    happened = HAPPENED.get(activity, ACTIVITIES[activity].title)
    return f"{happened} on {{triggered}}: {ENDINGS[status].replace('{owed}', BY_NAME[rule].owed)}"
