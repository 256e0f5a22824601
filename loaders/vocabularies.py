"""Words a system is known to use where its headers are not: what the mapping of values starts from, kept as data.

A vocabulary never recognises a file and never decides alone: it proposes what a value means, and somebody agrees.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from loaders.layout import Give, outcome_words
from loaders.layout_check import Checker
from loaders.words import value_key
from quality.vocabulary import ACTIVITIES

FOLDER = Path(__file__).parent / "vocabularies"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one system, written as ``value_key`` writes them.

    ``meanings``: word -> what it gives; ``outcomes``: activity -> word -> canonical outcome; ``ambiguous``: word -> why
    it is not proposed, and what to decide.
    """

    name: str
    title: str
    evidence: str
    warnings: tuple[str, ...] = ()
    meanings: Mapping[str, Give] = field(default_factory=dict)
    outcomes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ambiguous: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, value: str) -> Give | None:
        """What a value of a file means in this system; None where it does not know, or does not decide."""
        return self.meanings.get(value_key(value))


def read_vocabulary(document: Mapping[str, Any], where: str) -> Vocabulary:
    """Build a vocabulary from a parsed TOML document; ``where`` names it in messages.

    Raises ``RefusedError`` with code ``mapping_invalid`` and the place of the mistake.
    """
    check = Checker(where)
    keys = ("name", "title", "evidence", "warnings", "activities", "outcomes", "ambiguous")
    check.keys(document, keys, "the file")
    ambiguous = check.table(document, "ambiguous")
    texts = {value_key(word): check.text(ambiguous, word, required=True) for word in ambiguous}
    return Vocabulary(
        name=check.text(document, "name", required=True),
        title=check.text(document, "title", required=True),
        evidence=check.text(document, "evidence", required=True),
        warnings=check.texts(document, "warnings"),
        meanings=_meanings(check, document, texts),
        outcomes=_outcomes(check, document),
        ambiguous=texts,
    )


def _meanings(check: Checker, document: Mapping[str, Any], ambiguous: Mapping[str, str]) -> dict[str, Give]:
    meanings: dict[str, Give] = {}
    for entry in check.tables(document, "activities"):
        check.keys(entry, ("values", "give"), "[[activities]]")
        given = Give(**check.give(entry.get("give")))
        for word in map(value_key, check.texts(entry, "values", required=True)):
            if word in ambiguous or meanings.get(word, given) != given:
                check.fail(f'"{word}" is given two meanings')
            meanings[word] = given
    return meanings


def _outcomes(check: Checker, document: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    outcomes = check.table(document, "outcomes")
    for activity in outcomes:
        known = ACTIVITIES[activity].outcomes if activity in ACTIVITIES else ()
        check.keys(check.table(outcomes, activity), known, f"[outcomes.{activity}]")
    return {activity: outcome_words(check, outcomes[activity]) for activity in outcomes}


@cache
def shipped() -> Mapping[str, Vocabulary]:
    """Name -> vocabulary, for every file in ``vocabularies/``."""
    files = sorted(FOLDER.glob("*.toml"))
    read = [read_vocabulary(tomllib.loads(path.read_text(encoding="utf-8")), path.name) for path in files]
    return {vocabulary.name: vocabulary for vocabulary in read}
