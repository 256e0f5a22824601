"""The page Close the loop: who was rejected and never told why, how many were told in time, and what to say."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from quality import kept
from quality.loops import LONG, REASONS, SAY
from quality.shares import Share, share
from ui import clock, text

PAGE = 15
EVERY = "Every reason"
DEFINITION = (
    "Told in time is feedback with a reason within three business days of the rejection: of those that fell due in the "
    f"{kept.WINDOW} days before today, kept / (kept + late + not told). What was answered or called off does not count."
)


def lead(found: pd.DataFrame, all_: pd.DataFrame) -> None:
    """How many wait, and the share told in time."""
    if all_.empty:
        st.info(
            "No rejection is recorded in this history. Rows of the activity rejected that name the candidate are "
            "needed, best with the reason as outcome, and rows of the activity feedback for those who were told.",
            icon=":material/info:",
        )
        return
    head = f"{text.count(len(found), 'candidate')} still wait to hear why" if len(found) else "Everybody was told why"
    st.subheader(head, anchor=False)
    st.markdown(text.unbroken(f"{_told(all_).words} were told in time."))


def _told(all_: pd.DataFrame) -> Share:
    due = kept.fell_due(all_, clock.today())
    return share(int((due["status"] == "kept").sum()), len(due))


def show(found: pd.DataFrame) -> None:
    if found.empty:
        return
    asked = _asked(found)
    new, old = asked[asked["age"] <= LONG], asked[asked["age"] > LONG]
    for title, rows, key in ((f"In the last {LONG} days", new, "loops_new"), ("Longer ago", old, "loops_old")):
        st.subheader(f"{title}, {len(rows):,}", anchor=False)
        for row in _page(rows, key).astype(object).where(rows.notna(), None).to_dict("records"):
            _line(row)


def _asked(found: pd.DataFrame) -> pd.DataFrame:
    counts = found["reason"].value_counts()
    names = {f"{REASONS[name]}, {counts[name]:,}": name for name in REASONS if name in counts}
    chosen = st.selectbox("Reason", [EVERY, *names], key="loop_reason")
    return found if chosen == EVERY else found[found["reason"] == names[chosen]]


def _page(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    pages = ceil(len(rows) / PAGE)
    at = min(st.pagination(pages, key=key), pages) if pages > 1 else 1
    return rows[(at - 1) * PAGE : at * PAGE]


def _line(row: Mapping[str, Any]) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{text.plain(row['who'])}** · {text.count(row['age'], 'day')} · {REASONS[row['reason']]}")
        st.markdown(f":small[{text.plain(row['why'], 300)}]")
        st.markdown(f":small[**Say:** {SAY[row['reason']]}]")
