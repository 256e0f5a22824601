"""Names of desks that may be one in two spellings, or a name and its initial: said on Upload, joined under People."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

import pandas as pd
import streamlit as st

from loaders.words import header_key
from quality.people import suggestions
from ui import data, menu, text
from ui.people_names import kept_apart

#: So many names are told one by one.
_TOLD = 4
#: From this score on two names are asked about here: an initial that fits one name only (*D. Kim*, *Dana Kim*).
_LIKELY = 70
Pair = tuple[str, str]
_ICON = menu.BY_URL["people"].icon


def show(desks: pd.Series) -> None:
    """What the file's names of desks have in common with each other, and with those stored; joined names are one."""
    pairs = data.history().aliases()
    found = alike(desks, data.desks(), dict(zip(pairs["alias"], pairs["desk"], strict=True)), kept_apart())
    if not found:
        return
    how_many = text.count(len(found), "person seems", "people seem")
    st.markdown(f"**{how_many} to be written in more than one way.** Each counts as a desk of its own, until joined:")
    for one in found[:_TOLD]:
        _offer_to_join(one)
    if len(found) > _TOLD:
        st.page_link(menu.file("people"), label="Join the others under People, once stored", icon=_ICON)


def _offer_to_join(names: list[str]) -> None:
    told = " / ".join(text.plain(name) for name in names)
    st.button(
        f"{told}: count as {text.plain(names[0])}",
        key=f"join-{' '.join(names)}",
        icon=":material/merge:",
        on_click=_join,
        args=(names,),
        help="The page People splits them again.",
    )


def _join(names: list[str]) -> None:
    for alias in names[1:]:
        data.history().save_alias(alias, names[0])


def alike(
    desks: pd.Series, stored: Iterable[str], other: Mapping[str, str], apart: Collection[Pair] = ()
) -> list[list[str]]:
    """Names that are written in more than one way, those stored already first, then the commonest in the file.

    ``other`` maps names to the desk they were joined to; ``stored`` are desks in the history; the pairs ``apart`` are
    known to be different people. Only names that occur in the file are told.
    """
    counted = desks.dropna().map(lambda name: _joined(str(name), other)).value_counts()
    rows = {str(name): int(count) for name, count in counted.items()}
    known = dict.fromkeys(stored)
    together = {name: [name] for name in [*rows, *known]}
    for one, two in (*_same_spelling(together), *_likely([*together], known, apart)):
        if together[one] is not together[two]:
            joined = together[one] + together[two]
            together |= dict.fromkeys(joined, joined)
    several = {id(one): one for one in together.values() if len(one) > 1 and any(name in rows for name in one)}
    return [sorted(one, key=lambda name: (name not in known, -rows.get(name, 0), name)) for one in several.values()]


def _same_spelling(names: Iterable[str]) -> Iterator[Pair]:
    """Names that differ in nothing but case, spaces or punctuation."""
    spellings: dict[str, list[str]] = {}
    for name in names:
        spellings.setdefault(header_key(name), []).append(name)
    for one in spellings.values():
        yield from pairwise(one)


def _likely(names: Collection[str], known: Collection[str], apart: Collection[Pair]) -> Iterator[Pair]:
    """Names that are likely one; two that are stored are asked about under People."""
    for pair in suggestions(names):
        both = (pair.first, pair.second)
        if pair.score >= _LIKELY and both not in apart and not all(name in known for name in both):
            yield both


def _joined(name: str, other: Mapping[str, str]) -> str:
    while name in other:
        name = other[name]
    return name
