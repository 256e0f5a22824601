"""Names of desks that differ in nothing but case, spaces or punctuation: said on Upload, joined under People."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from loaders.words import header_key
from ui import data, menu, text

#: So many names are told one by one.
_TOLD = 4
_ICON = menu.BY_URL["people"].icon


def show(desks: pd.Series) -> None:
    """What the file's names of desks have in common with each other, and with those stored; joined names are one."""
    pairs = data.history().aliases()
    found = alike(desks, data.desks(), dict(zip(pairs["alias"], pairs["desk"], strict=True)))
    if not found:
        return
    how_many = text.count(len(found), "name is", "names are")
    st.markdown(
        f"**{how_many} written in more than one way.** Each spelling counts as a desk of its own, until joined:"
    )
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


def alike(desks: pd.Series, stored: Iterable[str], other: Mapping[str, str]) -> list[list[str]]:
    """Names that are written in more than one way, those stored already first, then the commonest in the file.

    ``other`` maps names to the desk they were joined to; ``stored`` are desks in the history. Only names that occur in
    the file are told.
    """
    counted = desks.dropna().map(lambda name: _joined(str(name), other)).value_counts()
    rows = {str(name): int(count) for name, count in counted.items()}
    known = dict.fromkeys(stored)
    spellings: dict[str, list[str]] = {}
    for name in dict.fromkeys([*rows, *known]):
        spellings.setdefault(header_key(name), []).append(name)
    several = [one for one in spellings.values() if len(one) > 1 and any(name in rows for name in one)]
    return [sorted(one, key=lambda name: (name not in known, -rows.get(name, 0), name)) for one in several]


def _joined(name: str, other: Mapping[str, str]) -> str:
    while name in other:
        name = other[name]
    return name
