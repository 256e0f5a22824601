"""Long lists, a page at a time."""

from __future__ import annotations

from math import ceil
from zlib import crc32

import streamlit as st


def chosen_page(many: int, size: int, key: str) -> slice:
    """Which of so many rows the chosen page holds; there is something to choose only where they fill several pages.

    The page is kept in the address, so that whoever goes back comes to it. One that is no longer there is the first.
    """
    pages = ceil(many / size)
    at = st.pagination(pages, key=parameter(key), bind="query-params") if pages > 1 else 1
    return slice((at - 1) * size, at * size)


def parameter(key: str) -> str:
    """The key as it stands in an address: one that says which list it is, maybe with names, is made short."""
    return key if key.isidentifier() else f"page_{crc32(key.encode()):08x}"
