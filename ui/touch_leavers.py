"""Fall-offs among the touched and the others, on the page Touch programme."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from quality import touch
from quality.shares import Share
from ui import data, downloads, glossary, named, text, touch_data
from ui.downloads import Sheet
from ui.whose import Whose

#: Group of `quality.touch.grouped` -> what it is called, and how it is said of its assignments.
GROUPS: Mapping[str, tuple[str, str]] = {
    "touched": ("Touched", f"every touch of the first {touch.LANDMARK} days in time"),
    "missed": ("Not touched", "at least one late or not made"),
    "none_due": ("No touch due", f"none fell due in {touch.LANDMARK} days"),
    "gone": (f"Gone by day {touch.LANDMARK}", f"ended before day {touch.LANDMARK}"),
    "open": ("Too early to say", "the guarantee still runs"),
}
#: Context, of all assignments at whatever time they end.
_PUBLISHED = ("Assignments that end because the contractor quits", "Assignments the client ends early")
_COLUMNS = {
    "candidate": "Who",
    "desk": "Desk",
    "client": "Client",
    "job": "Job",
    "started_at": "Started",
    "ended_at": "Ended",
    "outcome": "How",
    "early": "Early end",
    "due": "Touches due",
    "kept": "In time",
}


def leavers(chosen: Whose) -> None:
    """Who ended early among the touched and the others, what that says and what it does not, and the rows."""
    found = chosen.only(touch_data.assignments())
    if found.empty:
        st.info(_NOTHING, icon=":material/info:")
        return
    shares = touch.fall_offs(found)
    _lead(shares)
    _table(shares)
    st.markdown(glossary.published_beside(*_PUBLISHED))
    _rows(found)


_NOTHING = (
    "No assignment of the last year is on record. An export needs rows *start* and *end* that name the candidate, "
    "and the outcome of an end: quit, terminated or never_started is early."
)


def _lead(shares: Mapping[str, Share]) -> None:
    first, last = touch_data.span()
    days = data.rules().guarantee_days
    st.subheader(text.unbroken(sentence(shares)), anchor=False)
    st.markdown(
        f"{touch.verdict(dict(shares))} This does not show that touching prevented it: whoever is easy to reach may be "
        "happier to begin with."
    )
    st.markdown(
        f"Assignments that started {text.days(first, last)} and so have their guarantee of {days} days behind them. "
        f"Touched: every touch due in the first {touch.LANDMARK} days was kept in time. Only those still there on day "
        f"{touch.LANDMARK} are compared, from that day on: who left on day 3 could not be touched on day 14. An early "
        "end is quit, ended by the client or never started."
    )


def sentence(shares: Mapping[str, Share]) -> str:
    """Both shares in one sentence."""
    touched, missed = shares["touched"], shares["missed"]
    if not touched.of and not missed.of:
        return "No assignment can be compared yet"
    return f"Ended early: {touched.short} of the touched, {missed.short} of the others"


def _table(shares: Mapping[str, Share]) -> None:
    shown = lines(shares)
    st.dataframe(shown, hide_index=True, height="content", alt="Early ends among the touched and the others")
    downloads.buttons(shown, Sheet("touched-and-left", "Early ends among the touched and the others"))


def lines(shares: Mapping[str, Share]) -> pd.DataFrame:
    """Group, Assignments, Ended early, Share, Likely, Who; groups that nobody is in are left out."""
    held = {group: found for group, found in shares.items() if found.of or group in ("touched", "missed")}
    compared = ("touched", "missed", "none_due")
    return pd.DataFrame(
        {
            "Group": [GROUPS[group][0] for group in held],
            "Assignments": [found.of for found in held.values()],
            "Ended early": [found.count for found in held.values()],
            "Share": [_percent(found) if group in compared else "" for group, found in held.items()],
            "Likely": [
                found.likely.removeprefix("likely ") if group in compared else "" for group, found in held.items()
            ],
            "Who": [GROUPS[group][1] for group in held],
        }
    )


def _percent(found: Share) -> str:
    return "nobody yet" if found.value is None else f"{100 * found.value:.0f} %"


def _rows(found: pd.DataFrame) -> None:
    names = [group for group in GROUPS if (found["group"] == group).any()]
    group = st.segmented_control(
        "Assignments of a group",
        names,
        format_func=lambda name: GROUPS[name][0],
        key="touch_group",
        bind="query-params",
    )
    if group is None:
        return
    rows = found[found["group"] == group]
    said = rows["outcome"].astype("str").str.replace("_", " ").where(rows["outcome"].notna(), None)
    shown = rows.assign(outcome=said)[list(_COLUMNS)].rename(columns=_COLUMNS)
    days = dict.fromkeys(("Started", "Ended"), st.column_config.DateColumn(format="D MMM YYYY"))
    st.markdown(f"**{GROUPS[group][0]}**: {GROUPS[group][1]}; {text.count(len(rows), 'assignment')}.")
    named.table(shown, f"leavers-{group}", f"Assignments: {GROUPS[group][0]}", {"Who": "candidate"}, days)
    downloads.buttons(shown, Sheet(f"assignments-{group}", f"Assignments: {GROUPS[group][1]}"))
