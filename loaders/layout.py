"""A layout: what the columns and values of one kind of export mean, kept as data in a TOML file.

The files shipped lie in ``loaders/layouts/``; a firm's own mapping has the same form. Everything in one is checked when
it is read, so that a slip of the pen is an answer with a reason, never an odd number later.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from loaders.layout_check import NEEDED, Checker, mapping_invalid
from loaders.quantities import Unit
from loaders.refusal import refuse
from loaders.words import header_key, listing, nearest, value_key
from quality.vocabulary import ACTIVITIES, Party

FOLDER = Path(__file__).parent / "layouts"

Shape = Literal["activity", "stage", "wide", "roster"]
Words = Literal["own", "synonyms"]
Test = Literal["filled", "blank", "words", "starts", "contains", "lacks", "means", "same", "after", "at_least", "below"]

#: One way to spell a column: the headers whose cells are joined with a blank, mostly just one.
Spelling = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A question to one column of a row: is it filled, blank, one of some words, begun by one, equal to a column?

    ``contains`` asks for any of the words in the text, ``lacks`` for none, which an empty cell lacks too; ``means``
    asks whether a text in anybody's words tells an outcome (`loaders.wordings`; words: activity, outcome); ``after``,
    of stages alone, asks for a date later than that of a column; ``at_least`` and ``below`` compare with ``limit``:
    seconds where the column holds durations, whose unit is ``unit``, else the plain number.
    """

    column: str
    test: Test
    words: tuple[str, ...] = ()
    limit: float = 0.0
    unit: Unit = "number"


@dataclass(frozen=True, slots=True)
class Give:
    """What a row becomes: an activity, with what the value alone already tells about it."""

    activity: str
    party: Party | None = None
    outcome: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows with one of these values (as ``value_key`` writes them) for which all conditions hold become activities.

    Without values the conditions alone decide about every row that has a value.
    """

    words: frozenset[str]
    when: tuple[Condition, ...]
    give: tuple[Give, ...]


@dataclass(frozen=True, slots=True)
class Ignore:
    """Rows nobody did: automatic entries and copies, with the reason people read and, where one helps, the remedy."""

    reason: str
    when: tuple[Condition, ...]
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """Rows that are one event because these columns hold the same: the one meeting the earliest of ``prefer`` stays."""

    reason: str
    same: tuple[str, ...]
    prefer: tuple[tuple[Condition, ...], ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A date column of a wide row and the activities that happened on that date, where all conditions hold."""

    name: str
    spellings: tuple[Spelling, ...]
    give: tuple[Give, ...]
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One known kind of file.

    ``priority`` 4 is a known export, lower numbers are general shapes that stand back; ``ids`` says whether the
    source's ids identify its rows for good or only tell the rows of one file apart; ``person`` among the columns is
    somebody who may be candidate or contact, which the activity's side decides. ``fill_down`` repeats cells above,
    ``fallback`` fills blank cells of one column from another, ``durations`` says in which unit columns count time and
    ``zones`` in which time zone dates are written; ``score_scale`` is that of surveys, such as ``1-5``.
    """

    name: str
    title: str
    shape: Shape = "activity"
    source: str = ""
    evidence: str = ""
    warnings: tuple[str, ...] = ()
    priority: int = 4
    ids: bool = True
    words: tuple[Words, ...] = ()
    columns: Mapping[str, tuple[Spelling, ...]] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    stages: tuple[Stage, ...] = ()
    outcomes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extract: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    fill_down: tuple[str, ...] = ()
    fallback: Mapping[str, str] = field(default_factory=dict)
    durations: Mapping[str, Unit] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    copies: tuple[Copies, ...] = ()
    score_scale: str = ""


@dataclass(frozen=True, slots=True)
class _Names:
    """What the rest of a layout may refer to: columns with helpers, the stages' names, and the units of durations."""

    columns: tuple[str, ...]
    stages: tuple[str, ...]
    units: Mapping[str, Unit]


def read_layout(document: Mapping[str, Any], where: str) -> Layout:
    """Build a layout from a parsed TOML document; ``where`` names it in messages.

    Raises ``RefusedError`` with code ``mapping_invalid`` and the place of the mistake.
    """
    check = Checker(where)
    check.keys(document, (*Layout.__slots__, "activities", "helpers"), "the file", without=("rules",))
    name = check.text(document, "name", required=True)
    shape = check.choice(document, "shape", get_args(Shape), "activity")
    columns = _columns(check, document, shape)
    names = _names(check, document, columns)
    words = check.choices(document, "words", get_args(Words))
    layout = Layout(
        name=name,
        title=check.text(document, "title") or name,
        shape=shape,
        source=check.text(document, "source") or name,
        evidence=check.text(document, "evidence"),
        warnings=check.texts(document, "warnings"),
        priority=check.whole_number(document, "priority", 4),
        ids=check.flag(document, "ids", True),
        words=words,
        columns=columns,
        require=check.known(document, "require", (*names.columns, *names.stages)),
        rules=tuple(_rule(check, entry, names) for entry in check.tables(document, "activities"))
        + _shared_rules(words),
        ignore=tuple(_ignore(check, entry, names) for entry in check.tables(document, "ignore")),
        stages=tuple(
            _stage(check, entry, stage, names)
            for stage, entry in zip(names.stages, check.tables(document, "stages"), strict=True)
        ),
        outcomes={name: outcome_words(check, words_) for name, words_ in check.table(document, "outcomes").items()},
        missing={key: check.texts(check.table(document, "missing"), key) for key in check.table(document, "missing")},
        extract=check.patterns(document, "extract", names.columns),
        day_first=check.flag(document, "day_first", False) if "day_first" in document else None,
        fill_down=check.known(document, "fill_down", names.columns),
        fallback=check.fallback(document, names.columns, names.stages, shape),
        durations=names.units,
        zones=check.zones(document, names.columns, names.stages),
        copies=tuple(_copies(check, entry, names) for entry in check.tables(document, "copies")),
        score_scale=check.scale(document, "score_scale"),
    )
    return _complete(check, layout)


def _complete(check: Checker, layout: Layout) -> Layout:
    if layout.shape == "wide" and not layout.stages:
        check.fail("a wide layout needs [[stages]]: which date column means which activity")
    if layout.shape in ("activity", "stage") and not layout.rules:
        check.fail('no value is given an activity: add [[activities]], or words = ["own"]')
    unsaid = [name for name in NEEDED[layout.shape] if name not in layout.columns and name not in layout.fallback]
    if unsaid:
        check.fail(f'[columns] does not say which headers hold "{unsaid[0]}"')
    needed = (name for name in (*NEEDED[layout.shape], "desk") if name in layout.columns)
    return replace(layout, require=tuple(dict.fromkeys((*needed, *layout.require))))


def outcome_words(check: Checker, table: Mapping[str, Any]) -> dict[str, str]:
    """``held = ["Completed"]`` turned round: word as ``value_key`` writes it -> canonical outcome."""
    return {value_key(word): outcome for outcome in table for word in (outcome, *check.texts(table, outcome))}


def _columns(check: Checker, document: Mapping[str, Any], shape: str) -> dict[str, tuple[Spelling, ...]]:
    columns = check.table(document, "columns")
    check.fields(columns, shape)
    helpers = check.table(document, "helpers")
    return {name: check.spellings(table, name) for table in (columns, helpers) for name in table}


def _names(check: Checker, document: Mapping[str, Any], columns: Mapping[str, object]) -> _Names:
    stages: list[str] = []
    for entry in check.tables(document, "stages"):
        stages.append(check.stage_name(entry, (*columns, *stages)))
    return _Names(tuple(columns), tuple(stages), check.units(document, columns))


def _rule(check: Checker, entry: Mapping[str, Any], names: _Names) -> Rule:
    check.keys(entry, ("values", "when", "give"), "[[activities]]")
    when = _conditions(check, entry, names)
    values = frozenset(map(value_key, check.texts(entry, "values", required=not when)))
    return Rule(values, when, _gives(check, entry))


def _ignore(check: Checker, entry: Mapping[str, Any], names: _Names) -> Ignore:
    check.keys(entry, ("reason", "when", "remedy"), "[[ignore]]")
    when = _conditions(check, entry, names) or check.fail("[[ignore]] needs when = {...}")
    return Ignore(check.text(entry, "reason", required=True), when, check.text(entry, "remedy"))


def _copies(check: Checker, entry: Mapping[str, Any], names: _Names) -> Copies:
    check.keys(entry, ("reason", "same", "prefer"), "[[copies]]")
    same = check.known(entry, "same", names.columns) or check.fail('[[copies]] needs same = ["column"]')
    prefer = tuple(_conditions(check, {"when": one}, names) for one in check.tables(entry, "prefer"))
    return Copies(check.text(entry, "reason", required=True), same, prefer)


def _stage(check: Checker, entry: Mapping[str, Any], name: str, names: _Names) -> Stage:
    check.keys(entry, ("name", "columns", "when", "give"), "[[stages]]")
    when = _conditions(check, entry, names, dated=True)
    return Stage(name, check.spellings(entry, "columns"), _gives(check, entry), when)


def _gives(check: Checker, entry: Mapping[str, Any]) -> tuple[Give, ...]:
    return tuple(Give(**check.give(one)) for one in check.list(entry, "give"))


def _conditions(check: Checker, entry: Mapping[str, Any], names: _Names, dated: bool = False) -> tuple[Condition, ...]:
    columns = (*names.columns, *names.stages)
    return tuple(
        Condition(column, **check.condition(column, test, columns, names.units, dated))
        for column, tests in check.table(entry, "when").items()
        for test in _each(tests)
    )


def _each(tests: Any) -> list[Any]:
    """Several questions to one column are asked one by one."""
    return [{kind: value} for kind, value in tests.items()] if isinstance(tests, Mapping) and tests else [tests]


@cache
def own_words() -> tuple[Rule, ...]:
    """Our own names as accepted values: any case, blanks or hyphens for underscores."""
    return tuple(Rule(frozenset({value_key(name)}), (), (Give(name),)) for name in ACTIVITIES)


def _shared_rules(words: tuple[str, ...]) -> tuple[Rule, ...]:
    own = own_words() if "own" in words else ()
    return own + (synonym_rules() if "synonyms" in words else ())


@cache
def synonyms() -> Mapping[str, Any]:
    """The synonym table as it stands in the file: header words, value words, outcome words, personal columns."""
    return _parse((Path(__file__).parent / "synonyms.toml").read_bytes(), "synonyms.toml")


@cache
def synonym_rules() -> tuple[Rule, ...]:
    """Words of many systems for our activities, for files no layout knows."""
    check = Checker("synonyms.toml")
    names = _Names((*synonyms()["columns"], *synonyms()["helpers"]), (), {})
    return tuple(_rule(check, entry, names) for entry in synonyms()["activities"])


@cache
def synonym_layout() -> Layout:
    """The layout ``matched``: any header the synonym table knows."""
    about = ("name", "title", "evidence", "warnings", "shape", "priority", "ids", "words")
    return read_layout({key: synonyms()[key] for key in (*about, "columns", "helpers", "require")}, "synonyms.toml")


@cache
def shipped_layouts() -> Mapping[str, Layout]:
    """Name -> layout, for every file in ``layouts/`` and ``matched``."""
    layouts = [read_layout(document, f"{name}.toml") for name, document in shipped_documents().items()]
    return {layout.name: layout for layout in (*layouts, synonym_layout())}


@cache
def shipped_documents() -> Mapping[str, Mapping[str, Any]]:
    """Name -> parsed TOML, for every file in ``layouts/``."""
    documents = (_parse(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("*.toml")))
    return {document["name"]: document for document in documents}


def layout_named(name: str, own: Mapping[str, Layout] | None = None) -> Layout:
    """The layout of that name, a firm's own before a shipped one; raises ``layout_unknown`` with the nearest one."""
    layouts = {**shipped_layouts(), **(own or {})}
    if name in layouts:
        return layouts[name]
    raise refuse(
        "layout_unknown",
        f'There is no layout "{name}".{nearest(name, layouts)}',
        f"Choose one of {listing(layouts, 20)}, or leave the layout to be recognised.",
    )


def layout_from(mapping: Path | Mapping[str, Any]) -> Layout:
    """A mapping of the firm's own; raises ``mapping_invalid``."""
    return read_layout(document_of(mapping), mapping.name if isinstance(mapping, Path) else "the mapping")


def document_of(mapping: Path | Mapping[str, Any]) -> Mapping[str, Any]:
    """A mapping as a parsed document, whose content is not looked at; raises ``mapping_invalid``."""
    if isinstance(mapping, Mapping):
        return mapping
    try:
        data = mapping.read_bytes()
    except OSError as error:
        raise mapping_invalid(mapping.name, "the file cannot be read") from error
    return _parse(data, mapping.name)


def _parse(data: bytes, where: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise mapping_invalid(where, f"it is not valid TOML ({error})") from error


@lru_cache(maxsize=4_096)
def spelling_keys(spellings: tuple[Spelling, ...]) -> tuple[Spelling, ...]:
    """The spellings as they are compared with headers; a star stands for any text, as in those of questions."""
    return tuple(tuple("*".join(map(header_key, one.split("*"))) for one in spelling) for spelling in spellings)
