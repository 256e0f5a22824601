"""Pages in several sections, one of which is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

Section = TypeVar("Section")


def chosen_section(sections: Mapping[str, Section], key: str) -> Section:
    """The section that is chosen, the first one until then; kept in the address under the key."""
    titles = list(sections)
    title = st.segmented_control(
        "Section",
        titles,
        default=titles[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return sections[title or titles[0]]
