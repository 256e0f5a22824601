"""The question about blank cells in step 2: whether they repeat the one above, as in merged groups."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from loaders.inspection import Inspection
from ui import text
from ui.wizard import answers

#: Fields no row can do without: any blank cell of theirs is asked about.
_NEEDED = ("occurred_at", "desk", "activity")
#: Others are asked about where their blanks look like those of merged cells; a blank outcome or note says something.
_MERGED = ("candidate", "client", "contact", "person", "job", "party", "assignee", "channel")


def ask(file_id: str, seen: Inspection, held: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]) -> set[str]:
    """The fields whose blank cells repeat the one above; ``held`` says which headers hold each field."""
    now = {name for name in seen.decisions.fill_down or () if name in held or name not in labels}
    blank = _blank(seen, held)
    if not blank:
        return now
    with st.container(horizontal=True, vertical_alignment="center"):
        agreed = st.toggle(
            "Blank cells repeat the one above",
            value=bool(now & {*blank}),
            key=answers.key(file_id, "fill-down"),
        )
        rows = ", ".join(f"{labels[name]}: {text.count(count, 'row')}" for name, count in blank.items())
        st.markdown(f"As in merged cells. {rows}.")
    return (now - {*blank}) | (_which(file_id, blank, labels) if agreed else set())


def _blank(seen: Inspection, held: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Field -> its rows with a blank cell below a filled one, of the fields where that could be a group."""
    columns = {column.header: column for column in seen.columns}
    found = {}
    for name, headers in held.items():
        parts = [columns[header] for header in headers]
        # Of a date and a time in columns of their own a blank time repeats nothing.
        needed = name in _NEEDED and not (name == "occurred_at" and len(parts) > 1)
        if needed or (name in _MERGED and all(part.grouped for part in parts)):
            found[name] = max(part.gaps for part in parts)
    return {name: rows for name, rows in found.items() if rows}


def _which(file_id: str, blank: Mapping[str, int], labels: Mapping[str, str]) -> set[str]:
    """Which of several columns are filled; all of them, until somebody takes one out."""
    if len(blank) < 2:
        return {*blank}
    said = st.pills(
        "In these columns",
        list(blank),
        default=list(blank),
        format_func=labels.__getitem__,
        selection_mode="multi",
        key=answers.key(file_id, f"filled-{'+'.join(blank)}"),
    )
    return {*said}
