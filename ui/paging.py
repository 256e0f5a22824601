"""Long lists, a page at a time."""

from __future__ import annotations

from math import ceil

import streamlit as st


def chosen_page(many: int, size: int, key: str) -> slice:
    """Which of so many rows the chosen page holds; there is something to choose only where they fill several pages.

    A list that became shorter shows its last page.
    """
    pages = ceil(many / size)
    at = min(st.pagination(pages, key=key), pages) if pages > 1 else 1
    return slice((at - 1) * size, at * size)
