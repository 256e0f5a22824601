"""What is to be asked about assignments, on the page Retention: where the records contradict themselves or stop."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ui import opened, retention_data, text
from ui.downloads import Sheet
from ui.whose import Whose

#: Kind of a question -> what it is called; in the order in which they are worth asking.
KINDS: Mapping[str, str] = {
    "past_planned_end": "Planned end has passed",
    "no_start": "Accepted, never started",
    "overlap": "Two at once",
    "extension_without_start": "Extended without a start",
    "no_candidate": "No candidate",
    "end_before_start": "Ends before it starts",
    "second_start": "Starts twice",
    "second_end": "Ends twice",
    "extended_after_end": "Extended after the end",
    "restart": "Starts again after the end",
    "declined_after_accepting": "Declined after accepting",
    "no_show_after_days": "Never started, told late",
    "end_without_start": "Ends without a start",
}
EVERY = "Every question"
NEWEST = "The newest stand first."
BY_KIND = "Kind by kind, what can still be put right first; of each kind the newest first."


def asking(chosen: Whose) -> None:
    """The questions, cut down to a kind, with how each assignment is counted until somebody answers in the records."""
    found = retention_data.questions(chosen)
    if found.empty:
        st.success("Nothing is to be asked: every assignment has its start, and no two contradict each other.")
        return
    st.subheader(f"{text.count(len(found), 'question')} about assignments", anchor=False)
    st.markdown("Nothing is left out because of them; each says how it is counted. They end when the export is mended.")
    counts = found["kind"].value_counts()
    kinds = [kind for kind in KINDS if kind in counts]
    kind = st.selectbox(
        "Kind",
        [EVERY, *kinds],
        format_func=lambda kind: f"{KINDS[kind]}: {counts[kind]:,}" if kind in counts else kind,
        key="question_kind",
        bind="query-params",
    )
    rows = retention_data.named(_in_turn(found if kind == EVERY else found[found["kind"] == kind]))
    st.markdown(f":small[{BY_KIND if kind == EVERY and len(kinds) > 1 else NEWEST}]")
    shown = rows.assign(kind=rows["kind"].map(KINDS))[list(_SHOWN)].rename(columns=_SHOWN)
    key = f"questions-{chosen.words}-{kind}-{len(shown)}"
    sheet = Sheet("assignment-questions", "Questions about assignments", key=key)
    opened.people(shown.reset_index(drop=True), sheet, config=opened.wide(shown["Question"]))


def _in_turn(found: pd.DataFrame) -> pd.DataFrame:
    """The questions in the order of KINDS, in each the newest first."""
    place = found["kind"].map({kind: at for at, kind in enumerate(KINDS)})
    return found.assign(place=place).sort_values(["place", "day"], ascending=[True, False], kind="stable")


_SHOWN = {
    "candidate": "Who",
    "kind": "Kind",
    "sentence": "Question",
    "client": "Client",
    "job": "Job",
    "desk": "Desk",
}
