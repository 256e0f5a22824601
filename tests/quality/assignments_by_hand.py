"""Assignments worked out another way: the life of a candidate on a job as a word, cut into assignments.

Only for logs in which every row is whole, lies more than a month after the one before it, and where nobody declines or
converts.
"""

from __future__ import annotations

import re
from typing import Any

LETTERS = {"offer_accepted": "A", "start": "S", "extension": "X", "end": "E"}
#: It goes up to the ends after which it is accepted or started again; an extension undoes the ends before it.
ASSIGNMENT = re.compile("[ASX]*(?:E+X[ASX]*)*(?:E+|$)")


def story(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The assignments of one candidate, client and job, from its rows in order."""
    word = "".join(LETTERS[one["activity"]] for one in rows)
    return [_summed(one.group(), rows[one.start() : one.end()]) for one in ASSIGNMENT.finditer(word) if one.group()]


def _summed(word: str, own: list[dict[str, Any]]) -> dict[str, Any]:
    days = [one["occurred_at"].replace(hour=0, minute=0) for one in own]
    start, end = word.find("S"), len(word.rstrip("E"))
    yes = word[: start if start >= 0 else None].find("A")
    has_ended = end < len(word)
    outcome = own[end]["outcome"] if has_ended else None
    began = start >= 0 and outcome != "never_started"
    plans = [
        one["planned_end"]
        for place, (one, day) in enumerate(zip(own, days, strict=True))
        if (word[place] == "X" or place == start) and one["planned_end"] and one["planned_end"] >= day
    ]
    return {
        "assignment": own[0]["activity_id"],
        "accepted_on": days[yes] if yes >= 0 else None,
        "started_on": days[start] if began else None,
        "planned_end": plans[-1] if plans else None,
        "extensions": word.count("X"),
        "ended_on": days[end] if has_ended else None,
        "outcome": outcome,
        "state": _state(has_ended, outcome, word),
        "second_starts": max(word.count("S") - 1, 0),
    }


def _state(has_ended: bool, outcome: str | None, word: str) -> str:
    if outcome == "never_started":
        return "never_started"
    if has_ended:
        return "ended"
    return "running" if set(word) & set("SX") else "accepted"
