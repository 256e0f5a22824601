"""The way back from the page Person: to the page somebody was opened from, with what was chosen there."""

from __future__ import annotations

import streamlit as st

from ui import menu

#: The page that names somebody in its address, and the parameter that does.
PERSON = "person"
_FROM = "person_opened_from"


def keep(url_path: str) -> None:
    """Remembers the address of a page before it runs; an address that names a person is put right first.

    Whoever opens a person from a page with a choice in its address leaves an entry in the browser's history that is
    that page with the person's parameters: going back lands there, and is sent on to the page as it was left.
    """
    if url_path == PERSON:
        return
    if PERSON in st.query_params:
        st.switch_page(menu.file(url_path), query_params=_chosen(url_path))
    chosen = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[_FROM] = (url_path, chosen)


def _chosen(url_path: str) -> dict[str, list[str]]:
    """What was chosen on a page when it was left last; nothing where another page was left since."""
    left, chosen = st.session_state.get(_FROM, ("", {}))
    return dict(chosen) if left == url_path else {}


def show() -> None:
    """A link back to the page somebody was opened from; nothing where there was none."""
    left, chosen = st.session_state.get(_FROM, ("", {}))
    if left:
        title = menu.BY_URL[left].title
        st.page_link(menu.file(left), label=f"Back to {title}", icon=":material/arrow_back:", query_params=chosen)
