"""Who gets the credit, where several columns name people of the firm: asked, never decided in silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import streamlit as st

from loaders.inspection import Inspection
from loaders.suggest import names_typist
from ui import text
from ui.wizard import answers

_QUESTION = "Several columns name people of the firm. Who gets the credit?"
_DOES, _TYPED = "did the work, as it seems", "only wrote it down, as it seems"


def ask(file_id: str, seen: Inspection, fields: Mapping[str, str | None]) -> None:
    """The columns that could get it; the answer is what the column means in the lists above, too."""
    people = _among(seen, fields)
    if len(people) < 2:
        return
    now = [header for header in people if fields.get(header) == "desk"]
    key = answers.key(file_id, "credit")
    settled = len(now) == 1 and not _is_open(file_id, seen, people, fields)
    if st.session_state.get(key) != (wanted := now[0] if settled else None):
        st.session_state[key] = wanted
    st.radio(
        _QUESTION if settled else f"❓ {_QUESTION}",
        people,
        index=None,
        format_func=partial(text.plain, longest=40),
        captions=[_TYPED if names_typist(header) else _DOES for header in people],
        key=key,
        on_change=_give,
        args=(file_id, fields, key),
        horizontal=True,
    )


def missing(file_id: str, seen: Inspection, columns: Mapping[str, Sequence[str]]) -> str:
    """The answer that is missing, with the names of the columns; "" where it was given or is not asked."""
    fields = {header: name for name, headers in columns.items() for header in headers}
    people = _among(seen, fields)
    if len(people) < 2 or not _is_open(file_id, seen, people, fields):
        return ""
    names = [f'"{text.plain(header)}"' for header in people]
    return f"who gets the credit, {' or '.join(names)}"


def _among(seen: Inspection, fields: Mapping[str, str | None]) -> list[str]:
    """Columns of people of the firm that hold nothing else; who did the work stands before who wrote it down."""
    people = [header for header in seen.people if fields.get(header) in (None, "desk")]
    return sorted(people, key=names_typist)


def _is_open(file_id: str, seen: Inspection, people: Collection[str], fields: Mapping[str, str | None]) -> bool:
    """Whether nobody said it yet: neither here, nor by choosing a column above, nor in a layout that is known."""
    chosen = any(fields.get(header) == "desk" for header in answers.picked(file_id) if header in people)
    return seen.base is None and not chosen


def _give(file_id: str, fields: Mapping[str, str | None], key: str) -> None:
    latest = {**fields, **answers.columns_said(file_id)}
    given = {header: None if name == "desk" else name for header, name in latest.items()}
    credited = st.session_state[key]
    answers.give_columns(file_id, {**given, credited: "desk"}, {credited})
    answers.draw_anew(file_id)
