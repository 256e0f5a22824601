"""What is said of an obligation: what happened, when, and what is owed by when."""

from __future__ import annotations

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
    moments = [days_in_words(found[name]) for name in ("triggered_at", "due_at", "fulfilled_at")]
    happened = found["activity"].map({name: one.title for name, one in ACTIVITIES.items()} | HAPPENED)
    rows = zip(*(column.tolist() for column in (found["rule"], happened, found["status"])), *moments, strict=True)
    return [_sentence(*row) for row in rows]


def days_in_words(moments: pd.Series) -> list[str]:
    """``Tue 3 Nov 2026`` for each moment, nothing where it is not known. Each day is worded once."""
    codes, days = pd.factorize(moments.dt.normalize())
    words = [*(f"{day:%a} {day.day} {day:%b %Y}" for day in days), ""]  # what is not known has the code -1
    return [words[code] for code in codes]


def _sentence(rule: str, happened: str, status: str, triggered: str, due: str, done: str) -> str:
    ending = ENDINGS[status].format(owed=BY_NAME[rule].owed, due=due, done=done)
    return f"{happened} on {triggered}: {ending}"
