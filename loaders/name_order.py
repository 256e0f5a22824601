"""Names of people written last name first, ``Sample, Avery``, read in the order other systems write them.

A whole column tells: of one name alone nobody knows whether a comma stands in a name or in a company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from loaders.layout import Layout, synonyms
from loaders.match import Match
from loaders.rows import Rows, holds_bytes, spread
from loaders.suggest import names_company
from loaders.words import count_of

#: Fields that hold people.
PEOPLE = ("candidate", "contact", "person", "desk", "assignee")
#: From this share on of the different names whose order shows a column is written last name first. One export writes
#: all its names in one way, so that what remains are the few somebody mended by hand; two ways of writing are more.
_SHARE = 0.9
_WORDS = re.compile(r"[^\W\d_][\w.'’-]*( [^\W\d_][\w.'’-]*){0,4}")
_LETTERS = re.compile(r"[^a-z]")


class Turned(NamedTuple):
    """Rows with the names of people turned round, the headers they stand below, and what is to be said about them."""

    rows: Rows
    headers: tuple[str, ...]
    remarks: tuple[str, ...]


def turn_names(rows: Rows, match: Match, told: Sequence[str] | None = None) -> Turned:
    """Turn the names of people of columns that are written last name first, also where such a column lends its cells.

    ``told`` are the headers of the columns it is known of; without it each column tells by what it holds.
    """
    fields = [name for name in people_fields(match.layout) if name in rows]
    words: dict[str, str] = {}
    counts: dict[str, int] = {}
    for header, column in _columns(rows, match, fields).items():
        if told is None or header in told:
            found = {name: other for name, other in _read(column, told is not None).items() if other}
            counts |= {header: len(found)} if found else {}
            words |= found
    headers = tuple(counts if told is None else told)
    if not words:
        return Turned(rows, headers, ())
    columns = {name: column for name in fields if (column := _replaced(rows, name, words)) is not None}
    remarks = tuple(
        f'{count_of(count, "name")} in "{header}" written as "Last, First" and turned round: read as "First Last".'
        for header, count in counts.items()
    )
    return Turned(rows.reading(columns), headers, remarks)


def first_last(name: str) -> str | None:
    """``Sample, Avery J.`` as ``Avery J. Sample``; None for what is no name of a person written last name first.

    Suffixes stay at the end, behind a comma where one stood there: ``Sample, Avery, RN`` is ``Avery Sample, RN``.
    """
    last, *others = (" ".join(part.split()) for part in name.split(","))
    ends = [part for part in others if is_suffix(part)]
    given = [part for part in others if not is_suffix(part)]
    if len(given) != 1 or not (_is_given(given[0]) and _WORDS.fullmatch(last)):
        return None
    # One word alone is a surname too: Bank, Works.
    if " " in last and names_company(last):
        return None
    first, behind = _parted(given[0])
    return ", ".join([" ".join([first, last, *behind]), *ends])


def is_last_first(read: Mapping[str, str | None]) -> bool:
    """Whether different names are written last name first: practically all whose order shows, and most of all.

    ``read`` has each name as it is read in the other order. A name of one word has no order, a place (``Springfield,
    IL``) says nothing. Where most have several words before the comma it is a title or a trade that stands behind it:
    ``Avery Sample, Welder``.
    """
    telling = {name: other for name, other in read.items() if not _is_place(name)}
    turned = [name for name, other in telling.items() if other]
    ordered = sum(" " in name or "," in name for name in telling)
    surnames = sum(_is_one_word(name.split(",")[0]) for name in turned)
    return 2 * len(turned) > len(read) and len(turned) >= _SHARE * ordered and 2 * surnames >= len(turned)


def people_fields(layout: Layout) -> tuple[str, ...]:
    """The fields that hold people; the note of a list of nothing but referrals names somebody too."""
    given = {give.activity for rule in layout.rules for give in rule.give}
    given |= {give.activity for stage in layout.stages for give in stage.give}
    only_referrals = given == {"referral"}
    return (*PEOPLE, "notes") if only_referrals else PEOPLE


def _columns(rows: Rows, match: Match, fields: Iterable[str]) -> dict[str, pa.ChunkedArray]:
    """Header -> the cells of each column that fills such a field, itself or for another one; text taken out of one."""
    found: dict[str, pa.ChunkedArray] = {}
    for name in fields:
        if name not in match.columns and any(f"(?P<{name}>" in pattern for pattern in match.layout.extract.values()):
            found[match.label(name)] = rows.text(name)
            continue
        places = (place for one in _chain(match.layout, name) for place in match.columns.get(one, ()))
        found |= {label: rows.cells[label] for label in (match.header.labels[place] for place in places)}
    return found


def _chain(layout: Layout, name: str) -> list[str]:
    """A field and those that lend it their cells."""
    chain = [name]
    while (lending := layout.fallback.get(chain[-1])) and lending not in chain:
        chain.append(lending)
    return chain


def _read(column: pa.ChunkedArray, is_told: bool) -> dict[str, str | None]:
    """The different names of a column as they are read in the other order; none where it is not written so."""
    if not holds_bytes(column, b","):
        return {}
    names = pc.unique(column).drop_null()
    commas = pc.sum(pc.match_substring(names, ",")).as_py() or 0
    if not is_told and 2 * commas <= len(names):
        return {}
    read = {name: first_last(name) for name in names.to_pylist()}
    return read if is_told or is_last_first(read) else {}


def _replaced(rows: Rows, name: str, words: Mapping[str, str]) -> pa.ChunkedArray | None:
    """A column with these names turned round; None where it has none of them."""
    if not holds_bytes(rows.text(name), b","):
        return None
    codes, values = rows.coded(name)
    read = [words.get(value, value) for value in values]
    return spread(codes, read) if read != values else None


@lru_cache(maxsize=65_536)
def _is_given(text: str) -> bool:
    return bool(_WORDS.fullmatch(text)) and not names_company(text)


@lru_cache(maxsize=65_536)
def is_suffix(text: str) -> bool:
    """Whether a text is nothing but what follows a name: ``Jr.``, ``III``, ``BSN RN``, ``Ph.D.``."""
    return bool(text) and all(_LETTERS.sub("", word.lower()) in _known("suffixes") for word in text.split())


@lru_cache(maxsize=65_536)
def _parted(given: str) -> tuple[str, list[str]]:
    """First names, and the suffixes that stand behind them: ``Avery J. RN``."""
    words = given.split()
    count = len(words)
    while count > 1 and is_suffix(words[count - 1]):
        count -= 1
    return " ".join(words[:count]), words[count:]


def _is_one_word(last: str) -> bool:
    """Whether a surname has one word beside what only goes with one: ``van der Berg``, ``Sample Jr.``."""
    if " " not in last:
        return True
    words = [word for word in last.split() if not is_suffix(word) and word.lower() not in _known("particles")]
    return len(words) <= 1


def _is_place(name: str) -> bool:
    """Whether a name could be that of a place or a part of the firm: ``Springfield, IL``, ``Support, East``."""
    return name.rpartition(",")[2].strip().lower() in _known("places")


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(synonyms()["names"][kind])
