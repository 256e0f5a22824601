"""Saving what was typed into a table: whether it could be kept, and what is said of it under the button."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from store import StoreError
from ui import text


def saved(key: str, save: Callable[[], None], done: str) -> bool:
    """Saves, and remembers under ``key`` what is to be said: ``done``, or why the history refused it."""
    try:
        save()
    except StoreError as refused:
        st.session_state[key] = (False, f"{refused.reason} {refused.fix} Code: {refused.code}.")
        return False
    st.session_state[key] = (True, done)
    return True


def say(key: str) -> None:
    """What came of the last saving, once."""
    was_saved, said = st.session_state.pop(key, (True, ""))
    if said and was_saved:
        st.success(said, icon=":material/check_circle:")
    elif said:
        st.error(text.plain(said, 600), icon=":material/block:")
