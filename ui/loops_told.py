"""The page Close the loop, looking back: how many were told why in time, by desk and week, and the rows behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import describe_share, share_figure
from quality import kept
from quality.loops_told import told_by_week
from quality.shares import share
from ui import clock, downloads, named, owed_kept, text
from ui.blitz_data import rows_of
from ui.downloads import Sheet
from ui.trends import CONFIG

DEFINITION = (
    "Told in time is feedback with a reason by the end of the third business day after the rejection: of those that "
    f"fell due in the {kept.WINDOW} days before today, told in time / (in time + late + not told). What was answered "
    "or called off does not count. Who withdrew is among them: the rule asks for a word to them too."
)
FATES = {"kept": "In time", "late": "Late", "overdue": "Not told"}


def show(rejections: pd.DataFrame) -> None:
    """The share told in time, week by week and by desk, and the rejections of a desk."""
    due = kept.fell_due(rejections, clock.today())
    if due.empty:
        st.info(f"No rejection fell due to be told in the last {kept.WINDOW} days.", icon=":material/info:")
        return
    whole = share(int((due["status"] == "kept").sum()), len(due))
    st.subheader(text.unbroken(f"{whole.short} told why within three business days"), anchor=False)
    st.markdown(text.unbroken(f"{whole.likely.capitalize()}."))
    weeks = told_by_week(rejections, clock.today())
    alt = describe_share(weeks, "Told in time, by the week it fell due")
    st.plotly_chart(share_figure(weeks), alt=alt, config=CONFIG, key="told_chart")
    st.markdown(
        f":small[{DEFINITION} A point is a week; the line through it says where the share lies in four cases of five.]"
    )
    _by_desk(rejections, due)


def _by_desk(rejections: pd.DataFrame, due: pd.DataFrame) -> None:
    """A line a desk; a number that is chosen opens its rejections."""
    found = kept.promise_keeping(rejections, clock.today(), "desk")
    shown = by_desk(found)
    st.markdown("**Desk by desk.** Choose a number to see the rejections behind it.")
    key = f"told-{len(found)}-{found['unit'].iloc[0]}"
    picked = st.dataframe(
        shown,
        hide_index=True,
        height="content",
        key=key,
        on_select="rerun",
        selection_mode="single-cell",
        alt="Told in time by desk: share, likely range and counts",
    )
    downloads.buttons(shown, Sheet("told-by-desk", "Told why within three business days", (DEFINITION,)))
    if cells := picked["selection"]["cells"]:
        row, column = cells[0]
        desk = str(found["unit"].iloc[row])
        wanted = [fate for fate, title in FATES.items() if title == column] or list(FATES)
        _behind(due[(due["desk"] == desk) & due["status"].isin(wanted)], desk)


def by_desk(found: pd.DataFrame) -> pd.DataFrame:
    """Desk, told in time (``74 % (26 of 35)``), likely range, and the three counts."""
    told = [share(row["kept"], row["due"]) for row in rows_of(found)]
    said = {"Told in time": [one.short for one in told], "Likely": [one.likely.removeprefix("likely ") for one in told]}
    counts = {title: found[fate] for fate, title in FATES.items()}
    return pd.DataFrame({"Desk": found["unit"], **said, **counts})


def _behind(rows: pd.DataFrame, desk: str) -> None:
    shown = owed_kept.evidence(rows.sort_values("due_at", ascending=False, kind="stable"))
    st.markdown(f"**{text.plain(desk)}**: {text.count(len(shown), 'rejection')}")
    named.table(shown, f"told-{desk}-{len(shown)}", f"The rejections of {desk}", {"Who": "candidate"})
    downloads.buttons(shown, Sheet("told-rows", f"Rejections of {desk}", (DEFINITION,)))
