"""How signals come about, in words, and how many false ones the firm accepts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from quality.rules import Rules
from ui import data, marks
from ui.judgement import FALSE_ALERTS

#: How often a desk on which nothing changes may be said to have got worse, in words -> times a year.
BUDGETS: Mapping[str, float] = {"Twice a year": 2.0, "Once a year": 1.0, "Once in two years": 0.5}
KEY = "false_alerts"

_MEANING: Mapping[str, str] = {
    "slump": "A ratio worsened against the desk's own usual, which is that of its first 26 to 52 weeks.",
    "surge": "The same for the better.",
    "below_standard": "The verdict on a ratio is below its minimum standard.",
    "above_standard": "The verdict is meets, where fewer than half of the desks meet it.",
    "volume_drop": "Less is done on a working day than usual, by more than weeks differ by chance.",
    "volume_rise": "More is done on a working day than usual, week after week.",
}


def table() -> pd.DataFrame:
    """Every kind of signal as it is shown, and when it is raised."""
    rows = [(str(mark), _MEANING[kind]) for kind, mark in marks.SIGNALS.items()]
    return pd.DataFrame(rows, columns=["Signal", "Raised when"])


def show(_rules: Rules) -> None:
    """The kinds of signals, and the choice of how many false ones are accepted."""
    st.table(table(), border="horizontal", hide_index=True, alt="The kinds of signals and when they are raised")
    st.markdown(
        "Small numbers swing by chance, so a steady desk is now and then said to have got worse. The fewer false "
        "alarms you accept, the longer a real change takes to be noticed; the page Desk says how long."
    )
    accepted = data.settings().get(FALSE_ALERTS, 1.0)
    st.segmented_control(
        "A steady desk may be said to have got worse",
        list(BUDGETS),
        default=next((words for words, number in BUDGETS.items() if number == accepted), None),
        required=True,
        key=KEY,
        on_change=_save,
    )


def _save() -> None:
    chosen = st.session_state[KEY]
    data.history().save_setting(FALSE_ALERTS, BUDGETS[chosen])
    st.toast(f"Kept: {chosen.lower()}. Signals are found anew.", icon=":material/notifications:")
