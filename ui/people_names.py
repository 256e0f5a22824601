"""Names that are one person: suggested, answered, merged by hand and split again. Nothing is merged without a click."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from quality.people import SamePerson, fewest, suggestions
from store import StoreError
from ui import data, text

#: The setting that remembers the pairs somebody called two people.
APART = "different_people"
_MOST_ASKED = 10


def ask_same() -> None:
    """Names that may be one person, each pair with its reason and the two answers."""
    apart = kept_apart()
    asked = fewest(pair for pair in suggestions(_names()) if (pair.first, pair.second) not in apart)
    if not asked:
        return
    st.subheader("The same person?", anchor=False)
    st.markdown(
        "These names look alike. Say which are one person: their rows then count together from the same moment, in the "
        "past too, and can be split again below."
    )
    rows = _rows()
    for pair in asked[:_MOST_ASKED]:
        _ask(pair, rows)
    if len(asked) > _MOST_ASKED:
        st.markdown(f"{text.count(len(asked) - _MOST_ASKED, 'more pair')} after these.")


def _ask(pair: SamePerson, rows: Mapping[str, int]) -> None:
    key = f"{pair.first}\n{pair.second}"
    both = sorted((pair.first, pair.second), key=partial(_rank, rows))
    with st.container(border=True, gap="small"):
        st.text(" and ".join(f"{name} ({text.count(rows.get(name, 0), 'row')})" for name in both))
        st.markdown(text.plain(pair.why, 300))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            stays = st.selectbox("Name that stays", both, key=f"stays:{key}", width=280)
            other = both[1] if stays == both[0] else both[0]
            st.button("Same person", key=f"same:{key}", icon=":material/check:", on_click=_merge, args=(other, stays))
            st.button("Not the same", key=f"apart:{key}", icon=":material/close:", on_click=_keep_apart, args=(pair,))


def _rank(rows: Mapping[str, int], name: str) -> tuple[bool, bool, int, str]:
    """The name to keep comes first: one of the roster, one written as names are, the one with more rows."""
    words = name.split()
    is_odd = len(words) < 2 or "," in name or name != " ".join(words) or any(map(str.isupper, words))
    return name not in _in_roster(), is_odd, -rows.get(name, 0), name


def _in_roster() -> set[str]:
    return set(data.roster()["desk"])


def _rows() -> dict[str, int]:
    seen = data.desks_seen()
    return dict(zip(seen["desk"], seen["rows"], strict=True))


def _names() -> list[str]:
    """Every name that stands for itself, of the log or of the roster only."""
    return sorted({*data.desks(), *_in_roster()})


def kept_apart() -> set[tuple[str, str]]:
    """The pairs of names somebody called different people."""
    return {(first, second) for first, second in data.history().settings().get(APART, [])}


def _keep_apart(pair: SamePerson) -> None:
    data.history().save_setting(APART, sorted({*kept_apart(), (pair.first, pair.second)}))


def _merge(alias: str, desk: str) -> None:
    try:
        data.history().save_alias(alias, desk)
    except StoreError as refused:
        st.toast(text.plain(f"{refused.reason} {refused.fix}", 300), icon=":material/block:")
    else:
        st.toast(f"{text.plain(alias)} now counts as {text.plain(desk)}.", icon=":material/check:")


def _split(alias: str) -> None:
    data.history().remove_alias(alias)
    st.toast(f"{text.plain(alias)} stands for itself again.", icon=":material/call_split:")


def show_merged() -> None:
    """The names that count for another one, each to be split again, and the pairs that are not asked about."""
    merged = data.history().aliases()
    if merged.empty:
        st.markdown("No names are merged. Rows count for the name they carry.")
    for line in merged.to_dict("records"):
        _show_one(line["alias"], line["desk"])
    apart = sorted(kept_apart())
    if apart:
        with st.expander(f"{text.count(len(apart), 'pair')} you called different people"):
            st.dataframe(pd.DataFrame(apart, columns=["One", "The other"]), hide_index=True, alt="Pairs kept apart")
            st.button("Ask about them again", key="ask_again", on_click=_ask_again)


def _show_one(alias: str, desk: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"{alias} counts as {desk}", width="stretch")
        st.button("Split again", key=f"split:{alias}", icon=":material/call_split:", on_click=_split, args=(alias,))


def _ask_again() -> None:
    data.history().save_setting(APART, [])


def merge_by_hand() -> None:
    """Two names of one person that do not look alike."""
    names = _names()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        alias = st.selectbox("This name", names, index=None, placeholder="Choose one", key="merge_alias", width=260)
        others = [name for name in names if name != alias]
        desk = st.selectbox(
            "is the same person as", others, index=None, placeholder="Choose", key="merge_desk", width=260
        )
        st.button(
            "Merge",
            key="merge",
            icon=":material/merge:",
            disabled=not (alias and desk),
            on_click=_merge,
            args=(alias, desk),
            help="The second name stays.",
        )
