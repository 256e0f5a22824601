"""Long lists, a page at a time."""

from __future__ import annotations

from math import ceil
from zlib import crc32

import streamlit as st


def chosen_page(many: int, size: int, key: str, *of: object) -> slice:
    """Which of so many rows the chosen page holds; there is something to choose only where they fill several pages.

    ``of`` is what was chosen for the list, such as a team and an order. With another choice the first page is shown.
    The page is kept in the address as one of that choice, so that whoever goes back comes to it and an address with
    another choice opens the first. A page that is no longer there is the first too.
    """
    pages = ceil(many / size)
    name, last = parameter("-".join(map(str, (key, *of)))), f"{key} shown last"
    is_another = st.session_state.get(last, name) != name
    st.session_state[last] = name
    if pages <= 1:
        return slice(0, size)
    if is_another:
        st.session_state[name] = 1
    at = st.pagination(pages, key=name, bind="query-params")
    return slice((at - 1) * size, at * size)


def parameter(key: str) -> str:
    """The key as it stands in an address: one that says which list it is, maybe with names, is made short."""
    return key if key.isidentifier() else f"page_{crc32(key.encode()):08x}"
