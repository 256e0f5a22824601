"""Which column of a file holds what, by its header."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache

from loaders.header import Header
from loaders.layout import Layout, Spelling, spelling_keys, synonyms
from loaders.report import Options
from loaders.words import header_key, value_key

#: A header row is one where at least two columns are known, a wide row one with two stages: one alone happens anywhere.
FEWEST_KNOWN = 2
#: Fields a column of personal data may still fill: an account executive's e-mail address is a name.
OF_THE_FIRM = ("desk", "assignee")
#: Personal data that a firm may keep, apart from the log.
CONTACT_KINDS = ("phone", "email")


@cache
def _personal(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(synonyms()["personal"][kind]))


def is_personal(label: str) -> bool:
    """Whether a header names data about a person that never enters the log."""
    key = value_key(label)
    return any(_personal(kind).search(key) for kind in ("never", *CONTACT_KINDS))


def contact_kind(label: str) -> str | None:
    """Which kind of contact data of a candidate or client a header names, if any."""
    key = value_key(label)
    if _personal("never").search(key) or _personal("of_others").search(key):
        return None
    return next((kind for kind in CONTACT_KINDS if _personal(kind).search(key)), None)


def find_columns(layout: Layout, header: Header, options: Options) -> dict[str, tuple[int, ...]]:
    """Field or stage -> column positions; a column serves one field, the first that asks for it.

    Stages with a condition may stand on a column that other stages use, and on that of the day agreed on, which a
    condition makes the last.
    """
    found = _chosen(header, options)
    told = options.columns or {}
    taken = {position for positions in found.values() for position in positions}
    for name, spellings in _spelled(layout).items():
        if name not in told and (positions := find_position(name, spellings, header, taken)):
            found[name] = positions
            taken |= set(positions)
    of_fields = taken - set(found.get("planned_end", ()))
    for stage in layout.stages:
        among = of_fields if stage.when else taken
        if positions := find_position(stage.name, stage.spellings, header, among):
            found[stage.name] = positions
            taken |= set() if stage.when else set(positions)
    return found


def _spelled(layout: Layout) -> dict[str, tuple[Spelling, ...]]:
    """The layout's spellings; where headers are matched by synonyms, our own names come first."""
    own = "synonyms" in layout.words
    return {name: ((name,), *spellings) if own else tuple(spellings) for name, spellings in layout.columns.items()}


def find_position(name: str, spellings: Iterable[Spelling], header: Header, taken: set[int]) -> tuple[int, ...] | None:
    """Where the first spelling stands whose columns are all there and free; personal data is passed over."""
    places = header.places
    for spelling in spelling_keys(tuple(spellings)):
        met = (_place(key, places) for key in spelling)
        positions = tuple(place for place in met if place is not None)
        free = len(positions) == len(spelling) and not set(positions) & taken
        if free and (name in OF_THE_FIRM or not any(is_personal(header.labels[p]) for p in positions)):
            return positions
    return None


def _place(key: str, places: Mapping[str, int]) -> int | None:
    """Where a header stands; one with stars where the first stands that has its words in their order."""
    if "*" not in key:
        return places.get(key)
    return next((place for known, place in places.items() if fnmatchcase(known, key)), None)


def _chosen(header: Header, options: Options) -> dict[str, tuple[int, ...]]:
    """Columns a person named, as far as this row has them: not every row scanned is the header."""
    places = header.places
    wanted = {name: header_key(label) for name, label in (options.columns or {}).items()}
    return {name: (places[key],) for name, key in wanted.items() if key in places}


def missing_columns(layout: Layout, found: Mapping[str, tuple[int, ...]], options: Options) -> list[str]:
    """Required fields no column was found for, and fields a person chose a column for that is not there."""
    wanted = [*(name for name in layout.require if lender(layout, name, found) is None), *(options.columns or {})]
    absent = [name for name in wanted if name not in found and not (name == "desk" and options.desk)]
    stages = len({found[stage.name] for stage in layout.stages if stage.name in found})
    spelled = len({stage.spellings for stage in layout.stages})
    # A layout that names the stages it needs says itself how many are enough.
    fewest = 1 if any(stage.name in layout.require for stage in layout.stages) else min(FEWEST_KNOWN, spelled)
    return absent if stages >= fewest else [*absent, "stages"]


def lender(layout: Layout, name: str, found: Mapping[str, object]) -> str | None:
    """The column of the file whose cells a column it lacks takes, at once or over others."""
    seen: set[str] = set()
    while name in layout.fallback and name not in seen:
        seen.add(name)
        name = layout.fallback[name]
        if name in found:
            return name
    return None


def count_columns(layout: Layout, options: Options) -> Callable[[Header], int]:
    """How much of a layout a header has: what makes it the likeliest header of a sheet."""
    spelled = [*_spelled(layout).values(), *(stage.spellings for stage in layout.stages)]
    asked = {key for spellings in spelled for spelling in spelling_keys(spellings) for key in spelling}
    starred = any("*" in key for key in asked)

    def known(header: Header) -> int:
        # Most rows that are looked at hold data and not one word of the layout.
        if not (options.columns or starred) and asked.isdisjoint(header.places):
            return 0
        return len(find_columns(layout, header, options))

    return known
