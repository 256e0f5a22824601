"""What is said of an obligation: what happened, when, and what is owed by when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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


def day_in_words(moment: Any) -> str:
    """``Tue 3 Nov 2026``; nothing where it is not known."""
    return "" if pd.isna(moment) else f"{moment:%a} {moment.day} {moment:%b %Y}"


def in_words(found: pd.DataFrame) -> list[str]:
    """One plain sentence for each obligation."""
    rows: Iterable[Any] = found.itertuples(index=False)
    return [_sentence(row) for row in rows]


def _sentence(row: Any) -> str:
    ending = ENDINGS[row.status].format(
        owed=BY_NAME[row.rule].owed, due=day_in_words(row.due_at), done=day_in_words(row.fulfilled_at)
    )
    return (
        f"{HAPPENED.get(row.activity) or ACTIVITIES[row.activity].title} on {day_in_words(row.triggered_at)}: {ending}"
    )
