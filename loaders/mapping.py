"""From what a person decided about a file to a layout: a document in the language of ``docs/data-format.md``.

Everything decided is written out, so the document means the same next week and on another machine; what was left open
stays open and shows up as unmapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal

import tomli_w

from loaders.columns import OF_THE_FIRM, is_personal
from loaders.layout import Layout, read_layout, synonyms
from loaders.layout_check import FIELDS
from loaders.match import KNOWN_EXPORT
from loaders.meanings import CALL, CALLS, IGNORE, MEANINGS, NOBODY, OPEN, OUTCOME_MEANINGS, give_of, meaning_by_rules
from loaders.refusal import refuse
from loaders.words import value_key
from quality.vocabulary import ACTIVITIES, PARTIES

__all__ = ["MEANINGS", "OUTCOME_MEANINGS", "Decisions", "check", "document", "to_toml"]

Shape = Literal["activity", "wide"]
Side = Literal["candidate", "client", "named", "open"]

#: How a date column of a wide file is named among the columns: ``date:send_out``.
DATE = "date:"
AUTOMATIC = "automatic entry"
_SIDE_CALL = {"candidate": "recruiting_call", "client": "marketing_call"}
#: Fields that hold dates.
DATE_FIELDS = ("occurred_at", "due_on", "planned_end")


@dataclass(frozen=True)
class Decisions:
    """What a person decided about one kind of file.

    ``columns``: field of the log (or ``date:<meaning>`` in wide files) -> headers, joined by a blank in this order; in
    wide files each header of a ``date:`` is a stage of its own. A field that is not among them is not used. ``values``:
    value of the activity column -> key of ``MEANINGS``. ``outcomes``: word of the outcome column -> key of
    ``OUTCOME_MEANINGS``. ``calls`` says whose side the meaning ``call`` is on: all candidates, all clients, as the row
    names people (or its party column says), or open. ``zone`` is the zone the dates are written in.
    """

    name: str
    title: str = ""
    shape: Shape = "activity"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    calls: Side = "named"
    fill_down: tuple[str, ...] = ()
    day_first: bool | None = None
    zone: str | None = None


def check(document: Mapping[str, Any]) -> Layout:
    """The layout a document describes; raises ``RefusedError`` with code ``mapping_invalid``."""
    return read_layout(document, "the mapping")


def to_toml(document: Mapping[str, Any]) -> str:
    """The document as the text of a mapping file."""
    return tomli_w.dumps(dict(document), multiline_strings=False)


def document(decisions: Decisions, base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The layout the decisions come down to, as a TOML document.

    ``base`` is the document of a known export or of a saved layout: the decisions are laid over it, what they do not
    touch stays. General layouts (by priority) are no base: everything is written out. Raises ``RefusedError``
    (``column_personal``) where a column of personal data was chosen for a field it may not fill.
    """
    _check_personal(decisions)
    known = base if base is not None and base.get("priority", KNOWN_EXPORT) >= KNOWN_EXPORT else None
    return _laid_over(decisions, known) if known is not None else _written_out(decisions)


def _check_personal(decisions: Decisions) -> None:
    for name, headers in decisions.columns.items():
        personal = [header for header in headers if is_personal(header)]
        if personal and name not in OF_THE_FIRM:
            reason = f'The column "{personal[0]}" holds personal data, which never enters the log.'
            raise refuse("column_personal", reason, "Choose a column with names or ids instead.")


def _head(decisions: Decisions) -> dict[str, Any]:
    return {"name": decisions.name, "title": decisions.title or decisions.name}


def _written_out(decisions: Decisions) -> dict[str, Any]:
    """A layout of its own, every column and value in it."""
    columns, helpers = _columns(decisions)
    wide = decisions.shape == "wide"
    parts = {
        "shape": decisions.shape,
        "ids": False,
        "require": [name for name in columns if not (wide and name in ("occurred_at", "activity"))],
        **_told(decisions, [name for name in columns if name in DATE_FIELDS]),
        "columns": columns,
        "helpers": helpers,
        "ignore": _ignored(decisions),
        "stages": _stages(decisions) if wide else [],
        "activities": [] if wide else [*_call_rules(decisions), *_plain_rules(decisions.values)],
        "outcomes": _outcomes(decisions.outcomes, {}),
    }
    return _head(decisions) | {key: value for key, value in parts.items() if value not in ([], {}, None)}


def _columns(decisions: Decisions) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields of the log and columns that are only asked about, each with the headers of the file."""
    spelled = {
        name: [list(headers)] if len(headers) > 1 else list(headers)
        for name, headers in decisions.columns.items()
        if headers and not name.startswith(DATE)
    }
    columns = {name: headers for name, headers in spelled.items() if name in FIELDS}
    return columns, {name: headers for name, headers in spelled.items() if name not in FIELDS}


def _told(decisions: Decisions, dates: Iterable[str]) -> dict[str, Any]:
    """What was said about blank cells and dates, where something was said."""
    return {
        "day_first": decisions.day_first,
        "fill_down": list(decisions.fill_down),
        "zones": dict.fromkeys(dates, decisions.zone) if decisions.zone else {},
    }


def _stages(decisions: Decisions) -> list[dict[str, Any]]:
    """One stage for every date column."""
    return [
        {"columns": [header], "give": [give_of(name.removeprefix(DATE))]}
        for name, headers in decisions.columns.items()
        if name.startswith(DATE)
        for header in headers
    ]


def _by_meaning(values: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for value, meaning in values.items():
        found.setdefault(meaning, []).append(value)
    return found


def _plain_rules(values: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"values": words, "give": [give_of(meaning)]}
        for meaning, words in _by_meaning(values).items()
        if meaning not in (OPEN, CALL, IGNORE)
    ]


def _ignored(decisions: Decisions) -> list[dict[str, Any]]:
    words = _by_meaning(decisions.values).get(IGNORE)
    return [{"reason": AUTOMATIC, "when": {"activity": words}}] if words else []


def _call_rules(decisions: Decisions) -> list[dict[str, Any]]:
    """Who was reached is told by the outcome; then whose side it is on."""
    by_meaning = _by_meaning(decisions.values)
    spoken = [word for meaning in (CALL, *CALLS) for word in by_meaning.get(meaning, [])]
    nobody = _by_meaning(decisions.outcomes).get(NOBODY)
    rules: list[dict[str, Any]] = []
    if spoken and nobody and "outcome" in decisions.columns:
        rules.append({"values": spoken, "when": {"outcome": nobody}, "give": ["call_attempt"]})
    calls = by_meaning.get(CALL)
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


def _outcomes(words: Mapping[str, str], base: Mapping[str, Any]) -> dict[str, Any]:
    """Words of the outcome column under every activity that has the outcome they mean; a decided word leaves others."""
    decided = {value_key(word) for word, meaning in words.items() if meaning not in (OPEN, NOBODY)}
    tables = {
        activity: {name: [word for word in listed if value_key(word) not in decided] for name, listed in table.items()}
        for activity, table in deepcopy(dict(base)).items()
    }
    for outcome, listed in _by_meaning(words).items():
        having = [name for name, word in ACTIVITIES.items() if outcome in word.outcomes]
        for activity in having:
            tables.setdefault(activity, {}).setdefault(outcome, []).extend(listed)
    return tables


def _laid_over(decisions: Decisions, base: Mapping[str, Any]) -> dict[str, Any]:
    """A known layout with the decisions on top."""
    known = read_layout(base, "the layout")
    columns, helpers = _columns(decisions)
    values = {
        value: meaning
        for value, meaning in decisions.values.items()
        if meaning not in (OPEN, CALL) and meaning_by_rules(value, known.rules) != meaning
    }
    document = deepcopy(dict(base)) | _head(decisions)
    document["source"] = known.source
    document["columns"] = columns
    document["helpers"] = {**base.get("helpers", {}), **helpers}
    document["activities"] = [*_plain_rules(values), *base.get("activities", [])]
    document["ignore"] = [*_ignored(decisions), *base.get("ignore", [])]
    document["outcomes"] = _outcomes(decisions.outcomes, base.get("outcomes", {}))
    document["require"] = [name for name in base.get("require", []) if name in columns or name in document["helpers"]]
    told = {key: value for key, value in _told(decisions, [n for n in columns if n in DATE_FIELDS]).items() if value}
    return {key: value for key, value in (document | told).items() if value not in ([], {}, None)}
