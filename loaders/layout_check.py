"""Checks what somebody wrote in a layout file, and says in one sentence what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, NoReturn

from loaders.quantities import UNITS, Unit
from loaders.refusal import RefusedError, refuse
from loaders.scores import scale_of
from loaders.wordings import wordings
from loaders.words import nearest, value_key
from loaders.zones import nearest_zone, zone_named
from quality.vocabulary import ACTIVITIES, LOG_COLUMNS, PARTIES

#: Fields of the log a file may hold; ``person`` is somebody of either side.
FIELDS = (*(name for name in LOG_COLUMNS if name not in ("import_id", "source_row")), "person")
#: What a layout of each shape cannot do without, beside a desk, which may be told for the whole file.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "activity": ("occurred_at", "activity"),
    "stage": ("occurred_at", "activity"),
    "wide": (),
    "roster": ("desk", "team"),
}
ROSTER_FIELDS = ("desk", "team", "role", "starts_on", "ends_on", "aliases")

_TESTS = (
    '"filled", "blank", a list of words, {starts = [...]}, {contains = [...]}, {lacks = [...]}, {means = "end:quit"}, '
    '{same = "column"}, {at_least = number} or {below = number}; in [[stages]] also '
    '{after = "column"}'
)


def mapping_invalid(where: str, what: str) -> RefusedError:
    """The error for a layout file with a mistake in it."""
    fix = "Mend the mapping file; docs/data-format.md shows what one looks like."
    return refuse("mapping_invalid", f"The mapping {where} cannot be used: {what}.", fix)


class Checker:
    """Takes values out of a parsed document, each checked for its kind; ``where`` names the document in messages."""

    def __init__(self, where: str) -> None:
        self.where = where

    def fail(self, what: str) -> NoReturn:
        raise mapping_invalid(self.where, what)

    def keys(self, table: Mapping[str, Any], known: Sequence[str], place: str, without: Sequence[str] = ()) -> None:
        allowed = [key for key in known if key not in without]
        for key in table:
            if key not in allowed:
                self.fail(f'"{key}" in {place} is not a known key.{nearest(key, allowed)}'.rstrip("."))

    def text(self, table: Mapping[str, Any], key: str, required: bool = False) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            self.fail(f'"{key}" must be a text')
        return value.strip()

    def scale(self, table: Mapping[str, Any], key: str) -> str:
        """A scale of scores, such as ``1-5``; "" where none is named."""
        said = self.text(table, key)
        if said and scale_of(said) is None:
            self.fail(f'"{key}" must be a scale such as "1-5" or "0-10"')
        return said

    def choice(self, table: Mapping[str, Any], key: str, allowed: Sequence[str], default: str) -> Any:
        value = table.get(key, default)
        if value not in allowed:
            self.fail(f'"{key}" must be one of {", ".join(allowed)}')
        return value

    def choices(self, table: Mapping[str, Any], key: str, allowed: Sequence[str]) -> Any:
        values = self.texts(table, key)
        if not set(values) <= set(allowed):
            self.fail(f'"{key}" may only hold {", ".join(allowed)}')
        return values

    def whole_number(self, table: Mapping[str, Any], key: str, default: int) -> int:
        value = table.get(key, default)
        if type(value) is not int:
            self.fail(f'"{key}" must be a whole number')
        return value

    def flag(self, table: Mapping[str, Any], key: str, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.fail(f'"{key}" must be true or false')
        return value

    def list(self, table: Mapping[str, Any], key: str) -> list[Any]:
        value = table.get(key)
        if not isinstance(value, list) or not value:
            self.fail(f'"{key}" must be a list with something in it')
        return value

    def texts(self, table: Mapping[str, Any], key: str, required: bool = False) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value) or (required and not value):
            self.fail(f'"{key}" must be a list of texts')
        return tuple(value)

    def table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            self.fail(f'"{key}" must be a table')
        return value

    def tables(self, table: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.fail(f'"{key}" must be written as [[{key}]]')
        return value

    def known(self, table: Mapping[str, Any], key: str, columns: Iterable[str]) -> tuple[str, ...]:
        names = self.texts(table, key)
        for name in names:
            self._check_column(name, columns, key)
        return names

    def _check_column(self, name: str, columns: Iterable[str], place: str) -> None:
        if name not in columns:
            self.fail(f'"{place}" names the column "{name}", which has no headers in [columns] or [helpers]')

    def fields(self, columns: Mapping[str, Any], shape: str) -> None:
        allowed = ROSTER_FIELDS if shape == "roster" else FIELDS
        for name in columns:
            if name not in allowed:
                self.fail(f'"{name}" in [columns] is not a column of ours.{nearest(name, allowed)}'.rstrip("."))

    def spellings(self, table: Mapping[str, Any], key: str) -> tuple[tuple[str, ...], ...]:
        parts = [(item,) if isinstance(item, str) else item for item in self.list(table, key)]
        for part in parts:
            if not isinstance(part, list | tuple) or not part or not all(isinstance(text, str) for text in part):
                self.fail(f'"{key}" must be a list of headers, or of lists of headers to be joined')
        return tuple(tuple(part) for part in parts)

    def give(self, entry: Any) -> dict[str, Any]:
        given = {"activity": entry} if isinstance(entry, str) else entry
        if not isinstance(given, Mapping):
            self.fail('"give" must list activities')
        self.keys(given, ("activity", "party", "outcome", "channel"), "give")
        activity = self.text(given, "activity", required=True)
        if activity not in ACTIVITIES:
            self.fail(f'"{activity}" is not an activity.{nearest(activity, ACTIVITIES)}'.rstrip("."))
        if given.get("party", PARTIES[0]) not in PARTIES:
            self.fail(f'"party" must be one of {", ".join(PARTIES)}')
        return {key: self.text(given, key) for key in given}

    def condition(
        self, column: str, test: Any, columns: Iterable[str], units: Mapping[str, Unit], dated: bool
    ) -> dict[str, Any]:
        """The parts of a condition beside its column; ``dated``: it is asked where dates are known."""
        self._check_column(column, columns, "when")
        if test in ("filled", "blank"):
            return {"test": test}
        if isinstance(test, list):
            words = self.texts({column: test}, column, required=True)
            return {"test": "words", "words": tuple(map(value_key, words))}
        if not isinstance(test, Mapping) or len(test) != 1:
            self.fail(f'the condition on "{column}" must be {_TESTS}')
        allowed = ("starts", "contains", "lacks", "means", "same", "at_least", "below", *(("after",) if dated else ()))
        self.keys(test, allowed, f'the condition on "{column}"')
        (kind,) = test
        if kind in ("starts", "contains", "lacks"):
            return {"test": kind, "words": self.texts(test, kind, required=True)}
        if kind in ("at_least", "below"):
            return {"test": kind, "limit": self.number(test, kind), "unit": units.get(column, "number")}
        if kind == "means":
            return {"test": "means", "words": self._worded(self.text(test, "means", required=True))}
        other = self.text(test, kind, required=True)
        self._check_column(other, columns, kind)
        return {"test": kind, "words": (other,)}

    def _worded(self, said: str) -> tuple[str, str]:
        """An activity and its outcome that texts may tell, out of ``end:quit``."""
        known = [f"{activity}:{one.meaning}" for activity, listed in wordings().items() for one in listed]
        if said not in known:
            self.fail(f'"means" must be one of {", ".join(dict.fromkeys(known))}')
        activity, _, outcome = said.partition(":")
        return activity, outcome

    def number(self, table: Mapping[str, Any], key: str) -> float:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(f'"{key}" must be a number')
        return float(value)

    def stage_name(self, entry: Mapping[str, Any], taken: Sequence[str]) -> str:
        """The name of a stage: its own, which must be free, else its first header, with a number where that is not."""
        own, header = self.text(entry, "name"), self.spellings(entry, "columns")[0][0]
        if own in taken:
            self.fail(f'the stage name "{own}" is taken by a column or another stage')
        free = (name for n in count(1) if (name := header if n == 1 else f"{header} ({n})") not in taken)
        return own or next(free)

    def units(self, document: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Unit]:
        """Column -> the unit its durations are counted in."""
        table = self.table(document, "durations")
        for column in table:
            self._check_column(column, columns, "durations")
        return {column: self.choice(table, column, UNITS, "") for column in table}

    def fallback(
        self, document: Mapping[str, Any], columns: Iterable[str], stages: Sequence[str], shape: str
    ) -> dict[str, str]:
        """Column -> the column or stage its blank cells are filled from."""
        table = self.table(document, "fallback")
        fields = ROSTER_FIELDS if shape == "roster" else FIELDS
        for name in table:
            self._check_column(name, (*columns, *fields), "fallback")
            other = self.text(table, name, required=True)
            self._check_column(other, [one for one in (*columns, *stages) if one != name], "fallback")
        return dict(table)

    def zones(self, document: Mapping[str, Any], columns: Iterable[str], stages: Sequence[str]) -> dict[str, str]:
        """Date column or stage -> the time zone its dates are written in."""
        table = self.table(document, "zones")
        dates = [*(name for name in columns if LOG_COLUMNS.get(name) in ("timestamp", "date")), *stages]
        for name in table:
            if name not in dates:
                self.fail(
                    f'"{name}" in [zones] is no column of dates that has headers.{nearest(name, dates)}'.rstrip(".")
                )
            zone = self.text(table, name, required=True)
            if zone_named(zone) is None:
                self.fail(f'"{zone}" is not a time zone.{nearest_zone(zone)}'.rstrip("."))
        return dict(table)

    def patterns(self, table: Mapping[str, Any], key: str, columns: Iterable[str]) -> dict[str, str]:
        patterns = self.table(table, key)
        for column in patterns:
            self._check_column(column, columns, key)
            self._check_pattern(column, self.text(patterns, column, required=True))
        return dict(patterns)

    def _check_pattern(self, column: str, pattern: str) -> None:
        try:
            groups = re.compile(pattern).groupindex
        except re.error as error:
            self.fail(f'the pattern for "{column}" is not one ({error})')
        if not groups or not set(groups) <= set(FIELDS):
            self.fail(f'the pattern for "{column}" must name columns of ours, as in (?P<job>.+)')
