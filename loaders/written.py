"""The parts of a layout document that decisions come down to, each written out in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from loaders.decisions import DATE, DATE_FIELDS, Decisions, by_meaning
from loaders.layout import synonyms
from loaders.layout_check import FIELDS
from loaders.meanings import CALL, CALLS, IGNORE, NOBODY, OPEN, give_of
from loaders.values import outcome_words_known
from loaders.words import value_key
from quality.vocabulary import ACTIVITIES, PARTIES

NO_ACTIVITY = "not an activity"
#: Fields no number hangs on: a file without them is still read the same way.
OPTIONAL = ("notes",)
_SIDE_CALL = {"candidate": "recruiting_call", "client": "marketing_call"}


def columns_of(decisions: Decisions) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields of the log, and columns that are only asked about, each with the headers of the file."""
    spelled = {
        name: [list(headers)] if len(headers) > 1 else list(headers)
        for name, headers in decisions.columns.items()
        if headers and not name.startswith(DATE)
    }
    if decisions.shape == "wide":
        spelled = {name: headers for name, headers in spelled.items() if name not in ("occurred_at", "activity")}
    columns = {name: headers for name, headers in spelled.items() if name in FIELDS}
    return columns, {name: headers for name, headers in spelled.items() if name not in FIELDS}


def told(decisions: Decisions, columns: Iterable[str]) -> dict[str, Any]:
    """What was said about blank cells, dates and scores, where something was said."""
    known = [*columns]
    parts = {
        "day_first": decisions.day_first,
        "fill_down": [name for name in decisions.fill_down or () if name in known],
        "score_scale": decisions.score_scale if "score" in known else None,
        "zones": {name: decisions.zone for name in known if decisions.zone and name in DATE_FIELDS},
    }
    return {key: value for key, value in parts.items() if value not in (None, [], {})}


def stages_of(decisions: Decisions) -> list[dict[str, Any]]:
    """One stage for every date column."""
    return [{"columns": [header], "give": [give_of(meaning)]} for meaning, header in decisions.stages()]


def plain_rules(values: Mapping[str, str]) -> list[dict[str, Any]]:
    """One rule for every meaning that is an activity."""
    return [
        {"values": words, "give": [give_of(meaning)]}
        for meaning, words in by_meaning(values).items()
        if meaning not in (OPEN, CALL, IGNORE)
    ]


def ignored(values: Mapping[str, str]) -> list[dict[str, Any]]:
    """The values that are no activity."""
    words = by_meaning(values).get(IGNORE)
    return [{"reason": NO_ACTIVITY, "when": {"activity": words}}] if words else []


def nobody_words(outcomes: Mapping[str, str], listed: Iterable[str]) -> list[str]:
    """Words that say nobody was reached: those decided, and those listed about which nothing else was decided."""
    decided = {value_key(word) for word in outcomes}
    words = by_meaning(outcomes).get(NOBODY, [])
    return words + [word for word in dict.fromkeys(listed) if value_key(word) not in decided]


def attempts_listed(rules: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """The words by which rules of a document tell that a call reached nobody."""
    for rule in rules:
        words = rule.get("when", {}).get("outcome")
        if list(rule["give"]) == ["call_attempt"] and isinstance(words, list):
            yield from words


def call_rules(decisions: Decisions, nobody: Sequence[str]) -> list[dict[str, Any]]:
    """Who was reached is told by the outcome; then whose side it is on."""
    found = by_meaning(decisions.values)
    spoken = [word for meaning in (CALL, *CALLS) for word in found.get(meaning, [])]
    rules: list[dict[str, Any]] = []
    if spoken and nobody and "outcome" in decisions.columns:
        rules.append({"values": spoken, "when": {"outcome": [*nobody]}, "give": ["call_attempt"]})
    calls = found.get(CALL)
    return rules + [{"values": calls, **rule} for rule in _sides(decisions)] if calls else rules


def _sides(decisions: Decisions) -> Iterable[dict[str, Any]]:
    """What a call becomes, by whom the row names: each entry holds the condition and what it gives."""
    if decisions.calls in _SIDE_CALL:
        yield {"give": [_SIDE_CALL[decisions.calls]]}
        return
    if decisions.calls == "named":
        for side, when in _named(decisions.columns):
            yield {"when": when, "give": [_SIDE_CALL[side]]}
    yield {"give": ["conversation"]}


def _named(columns: Mapping[str, object]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Conditions that tell the side, the surest first: the row says it, names one side only, or is about that one."""
    if "party" in columns:
        yield from ((side, {"party": [side, *synonyms()["party"][side]]}) for side in PARTIES)
    candidate, contact = "candidate" in columns, "contact" in columns
    if candidate:
        yield "candidate", {"candidate": "filled", **({"contact": "blank"} if contact else {})}
    if contact:
        yield "client", {"contact": "filled", **({"candidate": "blank"} if candidate else {})}
    if "person" in columns:
        sides = (("candidate", "candidate"), ("client", "contact"))
        yield from ((side, {name: {"same": "person"}}) for side, name in sides if name in columns)
    elif candidate and "client" in columns:
        yield "client", {"candidate": "blank", "client": "filled"}


def outcomes_of(words: Mapping[str, str], base: Mapping[str, Any]) -> dict[str, Any]:
    """Words of the outcome column under every activity that has the outcome they mean.

    ``base`` are the tables of the layout below; a word decided here leaves every other place. A word to be kept as it
    is written stands for itself where it would be read as something else.
    """
    decided = {value_key(word) for word in words}
    tables = {
        activity: {name: [word for word in listed if value_key(word) not in decided] for name, listed in table.items()}
        for activity, table in deepcopy(dict(base)).items()
    }
    for word, meaning in words.items():
        for activity in _having(word, meaning, base):
            listed = tables.setdefault(activity, {}).setdefault(meaning or word, [])
            listed += [word] if meaning else []
    return tables


def _having(word: str, meaning: str, base: Mapping[str, Any]) -> list[str]:
    """The activities a word's meaning concerns."""
    if meaning:
        return [name for name, activity in ACTIVITIES.items() if meaning in activity.outcomes]
    key = value_key(word)
    shared = outcome_words_known()
    below = {name: {value_key(one) for words in table.values() for one in words} for name, table in base.items()}
    calls = dict.fromkeys(("marketing_call", "conversation"), "recruiting_call")
    return [
        name
        for name, activity in ACTIVITIES.items()
        if activity.outcomes and (key in shared.get(calls.get(name, name), {}) or key in below.get(name, ()))
    ]
