"""A layout: what the columns and values of one kind of export mean, kept as data in a TOML file.

The files shipped lie in ``loaders/layouts/``; a firm's own mapping has the same form. Everything in one is checked when
it is read, so that a slip of the pen is an answer with a reason, never an odd number later.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from loaders.layout_check import Checker, mapping_invalid
from loaders.refusal import refuse
from loaders.words import header_key, listing, nearest, value_key
from quality.vocabulary import ACTIVITIES, Party

FOLDER = Path(__file__).parent / "layouts"

Shape = Literal["activity", "stage", "wide", "roster"]
Words = Literal["own", "synonyms"]

#: One way to spell a column: the headers whose cells are joined with a blank, mostly just one.
Spelling = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A question to one column of a row: is it filled, blank, one of some words, begun by one, equal to a column?"""

    column: str
    test: Literal["filled", "blank", "words", "starts", "same"]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Give:
    """What a row becomes: an activity, with what the value alone already tells about it."""

    activity: str
    party: Party | None = None
    outcome: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows with one of these values (as ``value_key`` writes them) for which all conditions hold become activities."""

    words: frozenset[str]
    when: tuple[Condition, ...]
    give: tuple[Give, ...]


@dataclass(frozen=True, slots=True)
class Ignore:
    """Rows nobody did: automatic entries and copies, with the reason people read."""

    reason: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A date column of a wide row and the activities that happened on that date."""

    name: str
    spellings: tuple[Spelling, ...]
    give: tuple[Give, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One known kind of file.

    ``priority`` 4 is a known export, lower numbers are general shapes that stand back; ``ids`` says whether the
    source's ids identify its rows for good or only tell the rows of one file apart; ``person`` among the columns is
    somebody who may be candidate or contact, which the activity's side decides.
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


def read_layout(document: Mapping[str, Any], where: str) -> Layout:
    """Build a layout from a parsed TOML document; ``where`` names it in messages.

    Raises ``RefusedError`` with code ``mapping_invalid`` and the place of the mistake.
    """
    check = Checker(where)
    check.keys(document, (*Layout.__slots__, "activities", "helpers"), "the file", without=("rules",))
    name = check.text(document, "name", required=True)
    shape = check.choice(document, "shape", get_args(Shape), "activity")
    columns = _columns(check, document, shape)
    rules = tuple(_rule(check, entry, columns) for entry in check.tables(document, "activities"))
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
        require=check.known(document, "require", columns),
        rules=rules + _shared_rules(words),
        ignore=tuple(_ignore(check, entry, columns) for entry in check.tables(document, "ignore")),
        stages=tuple(_stage(check, entry) for entry in check.tables(document, "stages")),
        outcomes={name: outcome_words(check, words_) for name, words_ in check.table(document, "outcomes").items()},
        missing={key: check.texts(check.table(document, "missing"), key) for key in check.table(document, "missing")},
        extract=check.patterns(document, "extract", columns),
    )
    return _complete(check, layout)


def _complete(check: Checker, layout: Layout) -> Layout:
    if layout.shape == "wide" and not layout.stages:
        check.fail("a wide layout needs [[stages]]: which date column means which activity")
    if layout.shape in ("activity", "stage") and not layout.rules:
        check.fail('no value is given an activity: add [[activities]], or words = ["own"]')
    return layout


def outcome_words(check: Checker, table: Mapping[str, Any]) -> dict[str, str]:
    """``held = ["Completed"]`` turned round: word as ``value_key`` writes it -> canonical outcome."""
    return {value_key(word): outcome for outcome in table for word in (outcome, *check.texts(table, outcome))}


def _columns(check: Checker, document: Mapping[str, Any], shape: str) -> dict[str, tuple[Spelling, ...]]:
    columns = check.table(document, "columns")
    check.fields(columns, shape)
    helpers = check.table(document, "helpers")
    return {name: check.spellings(table, name) for table in (columns, helpers) for name in table}


def _rule(check: Checker, entry: Mapping[str, Any], columns: Iterable[str]) -> Rule:
    check.keys(entry, ("values", "when", "give"), "[[activities]]")
    values = frozenset(map(value_key, check.texts(entry, "values", required=True)))
    return Rule(values, _conditions(check, entry, columns), _gives(check, entry))


def _ignore(check: Checker, entry: Mapping[str, Any], columns: Iterable[str]) -> Ignore:
    check.keys(entry, ("reason", "when"), "[[ignore]]")
    when = _conditions(check, entry, columns)
    return Ignore(check.text(entry, "reason", required=True), when or check.fail("[[ignore]] needs when = {...}"))


def _stage(check: Checker, entry: Mapping[str, Any]) -> Stage:
    check.keys(entry, ("columns", "give"), "[[stages]]")
    spellings = check.spellings(entry, "columns")
    return Stage(spellings[0][0], spellings, _gives(check, entry))


def _gives(check: Checker, entry: Mapping[str, Any]) -> tuple[Give, ...]:
    return tuple(Give(**check.give(one)) for one in check.list(entry, "give"))


def _conditions(check: Checker, entry: Mapping[str, Any], columns: Iterable[str]) -> tuple[Condition, ...]:
    return tuple(
        Condition(column, *check.condition(column, test, columns))
        for column, test in check.table(entry, "when").items()
    )


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
    columns = (*synonyms()["columns"], *synonyms()["helpers"])
    return tuple(_rule(check, entry, columns) for entry in synonyms()["activities"])


@cache
def synonym_layout() -> Layout:
    """The layout ``matched``: any header the synonym table knows."""
    keys = ("name", "title", "shape", "priority", "ids", "words", "warnings", "columns", "helpers", "require")
    return read_layout({key: synonyms()[key] for key in keys}, "synonyms.toml")


@cache
def shipped_layouts() -> Mapping[str, Layout]:
    """Name -> layout, for every file in ``layouts/`` and ``matched``."""
    files = sorted(FOLDER.glob("*.toml"))
    layouts = [read_layout(_parse(path.read_bytes(), path.name), path.name) for path in files]
    return {layout.name: layout for layout in (*layouts, synonym_layout())}


def layout_named(name: str) -> Layout:
    """The shipped layout of that name; raises ``layout_unknown`` with the nearest one."""
    layouts = shipped_layouts()
    if name in layouts:
        return layouts[name]
    raise refuse(
        "layout_unknown",
        f'There is no layout "{name}".{nearest(name, layouts)}',
        f"Choose one of {listing(layouts, 20)}, or leave the layout to be recognised.",
    )


def layout_from(mapping: Path | Mapping[str, Any]) -> Layout:
    """A mapping of the firm's own; raises ``mapping_invalid``."""
    if isinstance(mapping, Mapping):
        return read_layout(mapping, "the mapping")
    try:
        data = mapping.read_bytes()
    except OSError as error:
        raise mapping_invalid(mapping.name, "the file cannot be read") from error
    return read_layout(_parse(data, mapping.name), mapping.name)


def _parse(data: bytes, where: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise mapping_invalid(where, f"it is not valid TOML ({error})") from error


def spelling_keys(spellings: Iterable[Spelling]) -> list[tuple[str, ...]]:
    """The spellings as they are compared with headers."""
    return [tuple(map(header_key, spelling)) for spelling in spellings]
