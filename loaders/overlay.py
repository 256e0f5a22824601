"""Decisions laid over a known layout: what they do not touch stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from loaders.decisions import DATE_FIELDS, Decisions, Side
from loaders.layout import Give, Layout, own_words, read_layout, shipped_layouts, synonym_rules, synonyms
from loaders.match import NOWHERE
from loaders.meanings import CALL, CALLS, IGNORE, NOBODY, OPEN, give_of, meaning_by_rules, meaning_of, rules_for
from loaders.words import header_key, value_key
from loaders.written import (
    OPTIONAL,
    attempts_listed,
    call_rules,
    columns_of,
    ignored,
    nobody_words,
    outcomes_of,
    plain_rules,
    told,
)
from quality.vocabulary import ACTIVITIES

#: The parts of a document that speak of its columns.
_SPEAKING = (
    "activities",
    "ignore",
    "stages",
    "copies",
    "extract",
    "fallback",
    "durations",
    "missing",
    "zones",
    "fill_down",
)


def laid_over(decisions: Decisions, base: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a known layout with the decisions on top."""
    known = read_layout(base, "the layout")
    columns, helpers = columns_of(decisions)
    helpers = {**base.get("helpers", {}), **helpers}
    changed = _changed(decisions, known)
    nobody = nobody_words(decisions.outcomes, attempts_listed(base.get("activities", [])))
    rules = _rules_below(base, changed)
    rules = [_attempted(rule, nobody) for rule in rules] if _is_own(known) else rules
    decided = replace(decisions, values=changed)
    document = deepcopy(dict(base)) | {
        "name": decisions.name,
        "title": decisions.title or decisions.name,
        "source": known.source,
        "columns": columns | _still_named(base, columns),
        "helpers": helpers,
        "require": [*base.get("require", []), *(name for name in columns if name not in OPTIONAL)],
        "stages": _stages(decisions, base),
        "activities": [*call_rules(decided, nobody), *plain_rules(changed), *rules],
        "ignore": [*ignored(changed), *_ignored_below(base, changed)],
        "outcomes": outcomes_of({w: m for w, m in decisions.outcomes.items() if m != NOBODY}, base.get("outcomes", {})),
        "words": _words_below(known, changed),
    }
    said = told(decisions, [*columns, *helpers])
    said |= {} if decisions.fill_down is None else {"fill_down": said.get("fill_down", [])}
    document |= said | {"zones": {**_zones_below(base, known), **said.get("zones", {})}}
    return _tidied(document)


def _is_own(layout: Layout) -> bool:
    """Whether a layout is the firm's: what it says was decided, and is decided anew."""
    return layout.name not in shipped_layouts()


def _zones_below(base: Mapping[str, Any], known: Layout) -> dict[str, str]:
    """The zones that stay, whatever is decided about dates."""
    decided = DATE_FIELDS if _is_own(known) and zone_in(known) else ()
    return {name: zone for name, zone in base.get("zones", {}).items() if name not in decided}


def zone_in(layout: Layout) -> str | None:
    """The zone all dates of a layout are written in; None where it names none, or several."""
    zones = {layout.zones.get(name) for name in DATE_FIELDS if name in layout.columns}
    return zones.pop() if len(zones) == 1 else None


def meaning_in(layout: Layout, value: str) -> str:
    """What a layout makes of a value of the activity column, "" where it does not know it."""
    return IGNORE if value_key(value) in _ignored_words(layout) else meaning_by_rules(value, layout.rules)


def calls_in(layout: Layout, values: Iterable[str]) -> Side:
    """Whose side a layout takes calls to be on: open where nothing about a row tells it."""
    calls = [value for value in values if meaning_in(layout, value) == CALL]
    gives = {rule.give[0].activity for value in calls for rule in rules_for(value_key(value), layout.rules)}
    return "open" if calls and not gives & {"recruiting_call", "marketing_call"} else "named"


def _ignored_words(layout: Layout) -> frozenset[str]:
    """Values that are left out whatever else their rows hold."""
    alone = (one.when[0] for one in layout.ignore if len(one.when) == 1 and one.when[0].test == "words")
    return frozenset(word for when in alone if when.column == "activity" for word in when.words)


def _changed(decisions: Decisions, known: Layout) -> dict[str, str]:
    """The values that mean something else than in the layout, and all calls where something is decided about calls."""
    changed = {value: meaning for value, meaning in decisions.values.items() if meaning_in(known, value) != meaning}
    attempts = {
        word for rule in known.rules if rule.give[0].activity == "call_attempt" for word in _outcomes(rule.when)
    }
    nobody = any((meaning == NOBODY) != (value_key(w) in attempts) for w, meaning in decisions.outcomes.items())
    if nobody or decisions.calls != calls_in(known, decisions.values):
        changed |= {value: meaning for value, meaning in decisions.values.items() if meaning in (CALL, *CALLS)}
    return changed


def _attempted(rule: dict[str, Any], nobody: Collection[str]) -> dict[str, Any]:
    """A rule for calls that reached nobody with every word that says so, also where this file has no such calls."""
    when = rule.get("when", {})
    is_told = list(rule["give"]) == ["call_attempt"] and [*when] == ["outcome"] and isinstance(when["outcome"], list)
    return {**rule, "when": {"outcome": [*nobody]}} if is_told and nobody else rule


def _outcomes(when: Iterable[Any]) -> Iterable[str]:
    return (word for one in when if one.column == "outcome" for word in one.words)


def _rules_below(base: Mapping[str, Any], changed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The layout's rules without the values decided otherwise."""
    rules = [*base.get("activities", []), *(_shared(base) if _opens_shared(base, changed) else [])]
    return list(_without(rules, {value_key(value) for value in changed}))


def _without(rules: Iterable[Mapping[str, Any]], gone: Collection[str]) -> Iterable[dict[str, Any]]:
    for rule in rules:
        values = [value for value in rule.get("values", []) if value_key(value) not in gone]
        if values or not rule.get("values"):
            yield {**rule, "values": values} if values else dict(rule)


def _ignored_below(base: Mapping[str, Any], changed: Mapping[str, str]) -> list[dict[str, Any]]:
    gone = {value_key(value) for value in changed}
    kept = []
    for one in base.get("ignore", []):
        words = one["when"].get("activity")
        if list(one["when"]) == ["activity"] and isinstance(words, list):
            left = [word for word in words if value_key(word) not in gone]
            kept += [{**one, "when": {"activity": left}}] if left else []
        else:
            kept.append(one)
    return kept


def _opens_shared(base: Mapping[str, Any], changed: Mapping[str, str]) -> bool:
    """Whether a value is left open that the layout knows by words it shares with others."""
    shared = [*(own_words() if "own" in base.get("words", ()) else ())]
    shared += synonym_rules() if "synonyms" in base.get("words", ()) else ()
    words = frozenset().union(*(rule.words for rule in shared))
    return any(meaning == OPEN and value_key(value) in words for value, meaning in changed.items())


def _shared(base: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The words a layout shares with others, written out."""
    own = [{"values": [name], "give": [name]} for name in ACTIVITIES] if "own" in base["words"] else []
    return [*own, *(synonyms()["activities"] if "synonyms" in base["words"] else [])]


def _words_below(known: Layout, changed: Mapping[str, str]) -> list[str]:
    return [] if _opens_shared({"words": known.words}, changed) else list(known.words)


def _stages(decisions: Decisions, base: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The layout's stages on every column that still means what one of them says; one stage for each other column."""
    decided = {header_key(header): (meaning, header) for meaning, header in decisions.stages()}
    known: dict[str, set[str]] = {}
    for stage in base.get("stages", []):
        for key in _keys(stage):
            known.setdefault(key, set()).add(_meaning(stage))
    same = {key for key, (meaning, _) in decided.items() if meaning in known.get(key, ())}
    asked = {name for part in ("ignore", "stages") for one in base.get(part, []) for name in one.get("when", {})}
    # The day agreed on is the last one where a condition says so.
    agreed = set(map(header_key, decisions.columns.get("planned_end", ())))
    held = [(stage, same | agreed if "when" in stage else same) for stage in base.get("stages", [])]
    kept = [_kept(stage, keys) for stage, keys in held if keys & _keys(stage) or stage.get("name") in asked]
    left = [one for key, one in decided.items() if key not in same]
    return kept + [{"columns": [header], "give": [give_of(meaning)]} for meaning, header in left]


def _kept(stage: Mapping[str, Any], same: Collection[str]) -> dict[str, Any]:
    """A stage of the layout; one without a column that is still asked about is looked for nowhere."""
    return {**deepcopy(dict(stage)), **({} if _keys(stage) & {*same} else {"columns": [NOWHERE]})}


def _keys(stage: Mapping[str, Any]) -> set[str]:
    parts = ([one] if isinstance(one, str) else one for one in stage["columns"])
    return {header_key(header) for part in parts for header in part}


def _meaning(stage: Mapping[str, Any]) -> str:
    given = stage["give"][0]
    return meaning_of(Give(given) if isinstance(given, str) else Give(**given))


def _still_named(base: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the layout nobody uses any more that its other parts speak of: they are looked for nowhere."""
    spoken = {word for part in _SPEAKING for word in _texts(base.get(part, {}))}
    return {name: [NOWHERE] for name in base.get("columns", {}) if name in spoken and name not in columns}


def _texts(part: Any) -> Iterable[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield key
            yield from _texts(value)
    elif isinstance(part, Sequence):
        for value in part:
            yield from _texts(value)


def _tidied(document: dict[str, Any]) -> dict[str, Any]:
    """The document without empty parts and without what speaks of stages or required columns it no longer has."""
    used = {name for name, headers in document["columns"].items() if headers != [NOWHERE]} | {*document["helpers"]}
    used |= {stage["name"] for stage in document["stages"] if "name" in stage and stage["columns"] != [NOWHERE]}
    stages = {name for stage in document["stages"] for name in (stage.get("name"), *_texts(stage["columns"])) if name}
    known = {*document["columns"], *document["helpers"], *stages}
    document["require"] = [name for name in dict.fromkeys(document["require"]) if name in used]
    document["zones"] = {name: zone for name, zone in document.get("zones", {}).items() if name in known}
    document["fallback"] = {name: other for name, other in document.get("fallback", {}).items() if other in known}
    return {key: value for key, value in document.items() if value not in ([], {}, None, "")}
