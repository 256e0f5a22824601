"""Headers of one column as the fields of the log spell them, whatever layout a file has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from loaders.columns import OF_THE_FIRM
from loaders.layout import synonym_layout
from loaders.layout_check import FIELDS
from loaders.shares import names_doer
from loaders.suggest import likely_headers, likeness, names_typist
from loaders.words import value_key

#: Fields that name the people and companies a row is about.
_ABOUT = ("candidate", "client", "contact", "person")


@cache
def spelled() -> Mapping[str, frozenset[str]]:
    """Field -> its headers as they are compared."""
    columns = {name: spellings for name, spellings in synonym_layout().columns.items() if name in FIELDS}
    return {name: frozenset(map(plain, (name, *(s[0] for s in told if len(s) == 1)))) for name, told in columns.items()}


def plain(label: str) -> str:
    """A header without the words that add nothing: ``Talent Name`` is the talent."""
    key = value_key(label)
    return " ".join(word for word in key.split() if word not in ("name", "full", "initials")) or key


def names_firm(label: str) -> bool:
    """Whether a header is that of people of the firm, or like one."""
    key = plain(label)
    return any(likeness(key, word) for word in spelled()["desk"] | likely_headers("desk"))


def doubt(label: str) -> int:
    """How much the header of a column of people leaves open whether the work was theirs: 0 where it says so."""
    if names_typist(label):
        return 2
    return 0 if names_doer(label) else 1 if names_firm(label) else 3


def means_other(label: str) -> bool:
    """Whether a header is that of something else than people of the firm, or like one of whom the row is about."""
    key = plain(label)
    others = {word for name, words in spelled().items() if name not in OF_THE_FIRM for word in words}
    about = {word for name in _ABOUT for word in spelled().get(name, ())}
    return key in others or any(likeness(key, word) for word in about)
