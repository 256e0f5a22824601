"""What is said of an obligation: what happened, when, and what is owed by when."""

from __future__ import annotations

from functools import cache

import pandas as pd

from quality.obligation_rules import BY_NAME
from quality.vocabulary import ACTIVITIES

#: Triggers whose name alone does not say it well.
HAPPENED = {"resume_received": "Résumé received"}

ENDINGS = {
    "kept": "{owed} was due by {due}; done on {done}.",
    "late": "{owed} was due by {due}; done on {done}.",
    "open": "{owed} is due by {due}.",
    "overdue": "{owed} was due by {due} and is not on record.",
    "waived": "{owed} was due by {due}; no longer owed.",
}


def in_words(found: pd.DataFrame) -> list[str]:
    """One plain sentence for each obligation."""
    moments = (days_in_words(found[name]) for name in ("triggered_at", "due_at", "fulfilled_at"))
    kinds = zip(*(found[name].tolist() for name in ("rule", "activity", "status")), strict=True)
    rows = zip(kinds, *moments, strict=True)
    return [_sentence(*kind).format(triggered=triggered, due=due, done=done) for kind, triggered, due, done in rows]


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
