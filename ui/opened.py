"""A table whose numbers open the rows behind them: choose a cell, and its rows stand below, to take away.

Where the rows are about people, a name among them opens everything on record about that person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from quality.shares import Share
from quality.wishes import NAMELESS
from ui import downloads, text, timeline_link
from ui.downloads import Sheet
from ui.scoreboard import LETTER, pinned

By = TypeVar("By", bound=str)
#: So many rows behind a number are shown; the downloads hold them all.
MOST = 1_000
#: The most pixels of a column of sentences.
WIDEST = 640
HINT = "Choose a number to see the rows behind it."
NAMES = "Choose a name to see everything about them."
#: The party of the people in the first column: of all of them, or row by row; None where it names nobody.
Party = pd.Series | str | None


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a cell: its title as plain text, and the rows as people read them; whom these name first."""

    title: str
    rows: pd.DataFrame
    party: Party = None


def table(
    shown: pd.DataFrame,
    sheet: Sheet,
    behind: Callable[[int, str], Behind],
    key: str,
    config: dict[str, Any] | None = None,
) -> None:
    """The table with its downloads; ``behind`` tells the rows of a cell by its place and column.

    The first column holds the names. ``key`` has to change with what is listed, since a choice is a place in it.
    """
    if shown.empty:
        st.markdown("Nothing to list.")
        return
    first = str(shown.columns[0])
    picked = st.dataframe(
        shown,
        hide_index=True,
        height="content" if len(shown) <= 15 else "auto",
        key=key,
        on_select="rerun",
        selection_mode="single-cell",
        placeholder="–",
        column_config={first: pinned(shown[first]), **_days(shown), **(config or {})},
        alt=sheet.title,
    )
    downloads.buttons(shown, replace(sheet, key=key))
    if (cells := picked["selection"]["cells"]) and cells[0][0] < len(shown):
        _open(behind(*cells[0]), sheet, key)


def how_counted(*words: str) -> None:
    """What a number rests on, a paragraph each, in a box that is closed until somebody asks."""
    with st.expander("How this is counted", icon=":material/help:"):
        st.markdown("\n\n".join(words))


def ask_by(groups: Mapping[By, str], key: str) -> By:
    """What the lines of a table stand for, the first where nobody asks otherwise; ``groups``: value -> its title."""
    first, said = next(iter(groups)), "A line for each"
    options: dict[str, Any] = {"format_func": groups.__getitem__, "key": key, "bind": "query-params"}
    return st.segmented_control(said, list(groups), default=first, required=True, **options) or first


def _open(opened: Behind, sheet: Sheet, key: str) -> None:
    cut = f", the first {MOST:,} shown" if len(opened.rows) > MOST else ""
    st.markdown(f"**{text.plain(opened.title, 160)}**: {text.count(len(opened.rows), 'row')}{cut}")
    if opened.rows.empty:
        return
    about = Sheet(f"{sheet.name}-rows", f"{sheet.title}: {opened.title}", sheet.about, f"{key}-rows")
    if opened.party is None:
        rows(opened.rows, about)
    else:
        people(opened.rows, replace(about, key=f"people-{key}-{opened.title}"), opened.party)


def rows(shown: pd.DataFrame, sheet: Sheet, config: dict[str, Any] | None = None) -> None:
    """Rows as people read them, with their downloads."""
    columns = {**_days(shown), **(config or {})}
    st.dataframe(shown.head(MOST), hide_index=True, placeholder="", column_config=columns, alt=sheet.title)
    downloads.buttons(shown, sheet)


def people(
    shown: pd.DataFrame, sheet: Sheet, party: pd.Series | str = "candidate", config: dict[str, Any] | None = None
) -> None:
    """As ``rows``, of people whose names stand in the first column: a name that is chosen opens all about them.

    A ``party`` told row by row has the index of the rows. ``sheet.key`` has to change with what is listed.
    """
    first = str(shown.columns[0])
    names = shown[first].fillna("").astype("str")
    picked = st.dataframe(
        shown.head(MOST),
        hide_index=True,
        key=sheet.key,
        on_select="rerun",
        selection_mode="single-cell",
        placeholder="",
        column_config={first: pinned(names), **_days(shown), **(config or {})},
        alt=sheet.title,
    )
    st.markdown(f":small[{NAMES}]")
    downloads.buttons(shown, replace(sheet, key=f"{sheet.key}-files"))
    if (cells := picked["selection"]["cells"]) and cells[0][0] < len(shown) and cells[0][1] == first:
        _go(names.iloc[cells[0][0]], party if isinstance(party, str) else party[names.index[cells[0][0]]])


def _go(name: str, party: str) -> None:
    """Who wants to be left alone, or has no name, leads nowhere."""
    if name and name != NAMELESS:
        timeline_link.go(party, name)


def brief(one: Share) -> str:
    """A share and its likely range, short enough for a phone: ``19 %, 16 to 23 %``; of few ``1 of 3, 5 to 68 %``.

    Its counts have columns of their own.
    """
    if one.value is None:
        return one.short
    return f"{one.number}, {one.likely.removeprefix('likely ')}"


def wide(*names: pd.Series) -> dict[str, Any]:
    """Columns wide enough for their longest text, within reason."""
    longest = {str(one.name): int(one.astype("str").str.len().max()) if len(one) else 0 for one in names}
    return {name: st.column_config.TextColumn(width=min(LETTER * size + 20, WIDEST)) for name, size in longest.items()}


def _days(shown: pd.DataFrame) -> dict[str, Any]:
    """Moments are shown as days."""
    return {str(name): _DAY for name in shown if pd.api.types.is_datetime64_any_dtype(shown[name])}


_DAY = st.column_config.DateColumn(format="D MMM YYYY")
