"""From what a person decided about a file to a layout: a document in the language of ``docs/data-format.md``.

Everything decided is written out, so the document means the same next week and on another machine; what was left open
stays open and shows up as unmapped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli_w

from loaders.columns import OF_THE_FIRM, is_personal
from loaders.decisions import DATE, DATE_FIELDS, Decisions, Shape, Side
from loaders.layout import Layout, read_layout, synonym_rules
from loaders.match import KNOWN_EXPORT
from loaders.meanings import IGNORE, MEANINGS, NOBODY, OPEN, OUTCOME_MEANINGS
from loaders.overlay import laid_over
from loaders.refusal import refuse
from loaders.written import (
    OPTIONAL,
    call_rules,
    columns_of,
    ignored,
    nobody_words,
    outcomes_of,
    plain_rules,
    stages_of,
    told,
)

__all__ = [
    "DATE",
    "DATE_FIELDS",
    "MEANINGS",
    "OUTCOME_MEANINGS",
    "Decisions",
    "Shape",
    "Side",
    "check",
    "document",
    "to_toml",
]


def check(document: Mapping[str, Any]) -> Layout:
    """The layout a document describes; raises ``RefusedError`` with code ``mapping_invalid``."""
    return read_layout(document, str(document.get("name") or "without a name"))


def to_toml(document: Mapping[str, Any]) -> str:
    """The document as the text of a mapping file."""
    return tomli_w.dumps(dict(document))


def document(decisions: Decisions, base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The layout the decisions come down to, as a TOML document.

    ``base`` is the document of a known export or of a saved layout: the decisions are laid over it, what they do not
    touch stays. General layouts (by priority) without conditions are no base: everything is written out. Raises
    ``RefusedError``: ``no_date_column``, ``no_activity_column`` where nothing was chosen for them,
    ``no_known_activity`` where no value was given a meaning, ``column_personal`` where a column of personal data was
    chosen for a field it may not fill.
    """
    _check_personal(decisions)
    _check_complete(decisions, {} if base is None else base.get("fallback", {}))
    if base is None or _is_general(base) or _other_shape(decisions, base):
        return _written_out(decisions)
    return laid_over(decisions, base)


def _is_general(base: Mapping[str, Any]) -> bool:
    """Whether a layout is a general one whose stages hold without any conditions, which nobody can be asked about."""
    asks = any("when" in stage for stage in base.get("stages", []))
    return base.get("priority", KNOWN_EXPORT) < KNOWN_EXPORT and not asks


def _other_shape(decisions: Decisions, base: Mapping[str, Any]) -> bool:
    return (base.get("shape") == "wide") != (decisions.shape == "wide")


def _check_personal(decisions: Decisions) -> None:
    for name, headers in decisions.columns.items():
        personal = [header for header in headers if is_personal(header)]
        if personal and name not in OF_THE_FIRM:
            reason = f'The column "{personal[0]}" holds personal data, which never enters the log.'
            raise refuse("column_personal", reason, "Choose a column with names or ids instead.")


def _check_complete(decisions: Decisions, fallback: Mapping[str, str]) -> None:
    """Whether it is decided when something happened and what."""
    columns = {**fallback, **{name: headers for name, headers in decisions.columns.items() if headers}}
    if decisions.shape == "wide":
        if not any(decisions.stages()):
            raise refuse("no_date_column", "No column was chosen for a date.", "Say which dates the columns hold.")
        return
    if "occurred_at" not in columns:
        raise refuse("no_date_column", "No column was chosen for the dates.", "Say which column holds them.")
    if "activity" not in columns:
        raise refuse("no_activity_column", "No column was chosen for what was done.", "Say which column tells it.")
    if not any(meaning not in (OPEN, IGNORE) for meaning in decisions.values.values()):
        raise refuse("no_known_activity", "No value was given a meaning.", "Say what at least one value means.")


def _written_out(decisions: Decisions) -> dict[str, Any]:
    """A layout of its own, every column and value in it."""
    columns, helpers = columns_of(decisions)
    wide = decisions.shape == "wide"
    shared = (word for rule in synonym_rules() for word in _attempts(rule.when, rule.give[0].activity))
    nobody = nobody_words(decisions.outcomes, sorted(set(shared)))
    outcomes = {word: meaning for word, meaning in decisions.outcomes.items() if meaning != NOBODY}
    parts = {
        "shape": decisions.shape,
        "ids": False,
        "require": [name for name in columns if name not in OPTIONAL],
        **told(decisions, columns),
        "columns": columns,
        "helpers": helpers,
        "ignore": [] if wide else ignored(decisions.values),
        "stages": stages_of(decisions) if wide else [],
        "activities": [] if wide else [*call_rules(decisions, nobody), *plain_rules(decisions.values)],
        "outcomes": outcomes_of(outcomes, {}),
    }
    head = {"name": decisions.name, "title": decisions.title or decisions.name}
    return head | {key: value for key, value in parts.items() if value not in ([], {}, None)}


def _attempts(when: tuple[Any, ...], activity: str) -> list[str]:
    """The words of the outcome column by which a rule tells that nobody was reached."""
    outcomes = [one for one in when if one.column == "outcome" and one.test == "words"]
    return [word for one in outcomes for word in one.words] if activity == "call_attempt" else []
