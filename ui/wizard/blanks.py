"""The questions about blank cells in step 2: whether they repeat the one above, as in merged groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from loaders.inspection import Inspection
from ui import text
from ui.wizard import answers

#: Fields no row can do without: any blank cell of theirs is asked about.
_NEEDED = ("occurred_at", "desk", "activity")
#: Others are asked about where their blanks look like those of merged cells; a blank outcome or note says something.
_MERGED = ("candidate", "client", "contact", "person", "job", "party", "assignee", "channel")
#: Whose work rows without a name are: an answer of its own, since credit hangs on it.
_ABOVE, _NOBODY = "The same as the row above", "Nobody"


def ask(file_id: str, seen: Inspection, held: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]) -> set[str]:
    """The fields whose blank cells repeat the one above; ``held`` says which headers hold each field."""
    now = {name for name in seen.decisions.fill_down or () if name in held or name not in labels}
    blank = _blank(seen, held)
    filled = now - blank.keys()
    rows = blank.pop("desk", 0)
    if rows and _is_above(file_id, seen, held["desk"], rows):
        filled.add("desk")
    return filled | (_ask_others(file_id, blank, now, labels) if blank else set())


def missing(file_id: str, seen: Inspection, columns: Mapping[str, tuple[str, ...]]) -> str:
    """The answer that is missing about rows without a name; "" where it was given, is known or is not asked."""
    rows = _blank(seen, columns).get("desk", 0)
    if not rows or seen.base is not None or answers.said(file_id, _question(columns["desk"])):
        return ""
    return f"whose work {text.count(rows, 'row')} without a name in {_names(columns['desk'])} {_is(rows)}"


def _is(rows: int) -> str:
    return "is" if rows == 1 else "are"


def _names(headers: Sequence[str]) -> str:
    return text.listed([f'"{text.plain(header)}"' for header in headers])


def _question(headers: Sequence[str]) -> str:
    """The name of the answer: another column has one of its own."""
    return f"blank-{'+'.join(headers)}"


def _is_above(file_id: str, seen: Inspection, headers: Sequence[str], rows: int) -> bool:
    """Whether a row without a name belongs to whom the row above does; asked until a saved layout says it."""
    choices, key = [_ABOVE, _NOBODY], answers.key(file_id, _question(headers))
    saved = None if seen.base is None else int("desk" not in (seen.decisions.fill_down or ()))
    is_open = saved is None and not st.session_state.get(key)
    question = f"{text.count(rows, 'row has', 'rows have')} no name in {_names(headers)}. Whose work?"
    said = st.radio(
        f"❓ {question}" if is_open else question,
        choices,
        index=saved,
        key=key,
        horizontal=True,
    )
    return said == _ABOVE


def _blank(seen: Inspection, held: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Field -> its rows with a blank cell below a filled one, of the fields where that could be a group."""
    columns = {column.header: column for column in seen.columns}
    found = {}
    for name, headers in held.items():
        parts = [columns[header] for header in headers]
        # Of a date and a time in columns of their own a blank time repeats nothing.
        needed = name in _NEEDED and not (name == "occurred_at" and len(parts) > 1)
        if needed or (name in _MERGED and all(part.grouped for part in parts)):
            found[name] = max((part.gaps for part in parts), default=0)
    return {name: rows for name, rows in found.items() if rows}


def _ask_others(file_id: str, blank: Mapping[str, int], saved: set[str], labels: Mapping[str, str]) -> set[str]:
    """The other fields: none of them, until somebody or a saved layout says so."""
    before = [name for name in blank if name in saved]
    with st.container(horizontal=True, vertical_alignment="center"):
        agreed = st.toggle(
            "Blank cells repeat the one above",
            value=bool(before),
            key=answers.key(file_id, "fill-down"),
        )
        rows = ", ".join(f"{labels[name]}: {text.count(count, 'row')}" for name, count in blank.items())
        st.markdown(f"As in merged cells. {rows}.")
    return _which(file_id, blank, before, labels) if agreed else set()


def _which(file_id: str, blank: Mapping[str, int], saved: Sequence[str], labels: Mapping[str, str]) -> set[str]:
    """Which of several columns are filled: those of the saved layout, else those no row can do without."""
    if len(blank) < 2:
        return {*blank}
    said = st.pills(
        "In these columns",
        list(blank),
        default=saved or [name for name in blank if name in _NEEDED] or list(blank),
        format_func=labels.__getitem__,
        selection_mode="multi",
        key=answers.key(file_id, f"filled-{'+'.join(blank)}"),
    )
    return {*said}
