"""A list to choose from for each column or value: one click opens it, the next one answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from ui import text, wishes
from ui.wizard import answers

#: So many lists are read at a glance; what is longer is a table.
MOST = 15
#: How something without a meaning is shown: the eye finds it among the others.
STILL_OPEN = "❓ choose"
_ACROSS, _NARROWEST = 3, 240
_LONGEST_NAME = 34

#: Called with the name of what was asked about and the key of the meaning chosen for it.
Choose = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Something of the file that is given a meaning: its name there, its rows, its meaning now, and a line about it.

    ``rows`` is None where they are not worth saying; ``about`` is markdown.
    """

    name: str
    now: str
    about: str
    rows: int | None = None


def ask(
    file_id: str, what: str, asked: Sequence[Asked], labels: Mapping[str, str], choose: Choose, first: int = 0
) -> None:
    """A list for each, numbered from ``first``; ``labels`` maps the keys that can be chosen to their labels."""
    with st.grid(_ACROSS, min_column_width=_NARROWEST, gap="small", key=answers.key(file_id, f"grid-{what}-{first}")):
        names = wishes.worded(one.name for one in asked)
        for number, (one, name) in enumerate(zip(asked, names, strict=True), first):
            with st.container(gap=None):
                _ask_one(answers.key(file_id, f"{what}-{number}"), one, name, labels, choose)


def _ask_one(key: str, one: Asked, name: str, labels: Mapping[str, str], choose: Choose) -> None:
    # What was answered is kept elsewhere and may change with another answer: the list follows it.
    if st.session_state.get(key) != one.now:
        st.session_state[key] = one.now
    rows = f" · {text.count(one.rows, 'row')}" if one.rows is not None else ""
    st.selectbox(
        f"**{text.plain(name, _LONGEST_NAME)}**{rows}",
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=_tell,
        args=(choose, one.name, key),
    )
    if one.about:
        st.caption(one.about)


def _tell(choose: Choose, name: str, key: str) -> None:
    choose(name, st.session_state[key])
