"""Names of people written in capitals alone, ``AVERY SAMPLE``, read as other systems write them.

Payroll and help desk write so, and people are known by their names: without it one contractor is two. A whole column
tells; a single name in capitals may be one that somebody meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from loaders.match import Match
from loaders.name_order import is_suffix, people_fields
from loaders.rows import Rows, spread
from loaders.suggest import names_company
from loaders.words import count_of

#: The firm's own people have other names on the page People, and many a desk has initials for a name.
_OWN = ("desk", "assignee")
#: From this share of the different names of several words on the column is written so; the rest was mended by hand.
_SHARE = 0.9
#: So many cells show whether a look at all of them is worth it.
_LOOKED_AT = 200
#: Shorter names of one word are initials.
_SHORTEST = 4
#: Suffixes that have small letters, unlike RN or III.
_SMALL = ("JR", "SR", "ESQ")
_SAID = "written in capitals alone and read with small letters, as other systems write them."
_WORD = re.compile(r"[^\W\d_]+")
#: Mc begins a name of its own in words as long as this: McRoe, not Mcr.
_SHORTEST_MC = 5


def lower_names(rows: Rows, match: Match) -> tuple[Rows, tuple[str, ...]]:
    """The rows with names of columns in capitals read with small letters, and what is to be said about them."""
    fields = [name for name in people_fields(match.layout) if name in rows and name not in _OWN]
    columns: dict[str, pa.ChunkedArray] = {}
    remarks: list[str] = []
    for name in filter(lambda one: _may_shout(rows.text(one)), fields):
        codes, values = rows.coded(name)
        if words := _read(values):
            columns[name] = spread(codes, [words.get(value, value) for value in values])
            remarks.append(f'{count_of(len(words), "name")} in "{match.label(name)}" {_SAID}')
    return (rows.reading(columns) if columns else rows), tuple(remarks)


def _may_shout(column: pa.ChunkedArray) -> bool:
    """Whether half of the first cells are in capitals."""
    first = pc.drop_null(column.slice(0, _LOOKED_AT))
    return 2 * (pc.sum(pc.utf8_is_upper(first)).as_py() or 0) > len(first)


def _read(values: Sequence[str | None]) -> dict[str, str]:
    """Different names as they are read; none where the column is not written in capitals."""
    names = [value for value in values if value]
    several = [name for name in names if " " in name]
    capitals = sum(name.isupper() for name in several)
    if 2 * len(several) < len(names) or not several or capitals < _SHARE * len(several):
        return {}
    return {name: with_small_letters(name) for name in names if _shouts(name)}


def _shouts(name: str) -> bool:
    return name.isupper() and (" " in name or len(name) >= _SHORTEST) and not names_company(name)


def with_small_letters(name: str) -> str:
    """``AVERY O'SAMPLE-ROE, RN`` as ``Avery O'Sample-Roe, RN``: a suffix behind the name stays as it is."""
    words = name.split(" ")
    return " ".join(word if at > 1 and _stays(word) else _WORD.sub(_titled, word) for at, word in enumerate(words))


def _stays(word: str) -> bool:
    return is_suffix(word) and word.rstrip(".,") not in _SMALL


def _titled(found: re.Match[str]) -> str:
    word = found.group().capitalize()
    is_mc = word.startswith("Mc") and len(word) >= _SHORTEST_MC
    return f"Mc{word[2:].capitalize()}" if is_mc else word
