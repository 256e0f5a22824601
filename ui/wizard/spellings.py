"""Names of desks that differ in nothing but case, spaces or punctuation: said on Upload, joined under People."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from loaders.words import header_key
from ui import data, menu, text

#: So many names are told one by one.
_TOLD = 4


def show(desks: pd.Series) -> None:
    """What the file's names of desks have in common with each other, and with those stored; joined names are one."""
    pairs = data.history().aliases()
    found = alike(desks, data.desks(), dict(zip(pairs["alias"], pairs["desk"], strict=True)))
    if not found:
        return
    told = [" / ".join(f"{text.plain(name)} ({text.count(rows, 'row')})" for name, rows in one) for one in found]
    how_many = text.count(len(found), "name is", "names are")
    st.markdown(
        f"**{how_many} written in more than one way:** {text.listed(told, _TOLD)}. "
        "Each spelling counts as a desk of its own; once stored, join them under People."
    )
    st.page_link(menu.file("people"), label="People", icon=menu.BY_URL["people"].icon)


def alike(desks: pd.Series, stored: Iterable[str], other: Mapping[str, str]) -> list[list[tuple[str, int]]]:
    """Names that are written in more than one way, each spelling with its rows in the file, the commonest first.

    ``other`` maps names to the desk they were joined to; ``stored`` are desks in the history. Only names that occur in
    the file are told.
    """
    counted = desks.dropna().map(lambda name: _joined(str(name), other)).value_counts()
    rows = {str(name): int(count) for name, count in counted.items()}
    spellings: dict[str, dict[str, int]] = {}
    for name in dict.fromkeys([*rows, *stored]):
        spellings.setdefault(header_key(name), {})[name] = rows.get(name, 0)
    several = [one for one in spellings.values() if len(one) > 1 and any(one.values())]
    return [sorted(one.items(), key=lambda spelled: (-spelled[1], spelled[0])) for one in several]


def _joined(name: str, other: Mapping[str, str]) -> str:
    while name in other:
        name = other[name]
    return name
