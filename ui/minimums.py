"""The last closed week against the activity minimums, desk by desk, pro rata for the days each desk was there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quality.catalogue import MEASURES
from quality.periods import last_closed_weeks
from ui import clock, marks, minimum_data, text
from ui.downloads import Sheet, buttons

_PER = {"day": "a day", "week": "a week"}
_COLUMNS = {
    "Desk": st.column_config.TextColumn(pinned=True, width=130),
    "Due": st.column_config.NumberColumn(
        format="localized", width=70, help="The minimum for the days the desk was there, rounded down"
    ),
    "Done": st.column_config.NumberColumn(format="localized", width=70),
    "Days there": st.column_config.NumberColumn(width=90, help="Working days the desk was there, 0 to 5"),
}


def show() -> None:
    """Every minimum of every desk: what was due for the days it was there, what was done, whether it was met."""
    found = minimum_data.last_week()
    if found.empty:
        st.info("No activity minimum holds for any desk yet. Set some under Standards.", icon=":material/flag:")
        return
    week = last_closed_weeks(clock.today(), 1)
    st.markdown(f"{_met_in_words(found)}, {text.days(week.start, week.end)}. {minimum_data.ROUNDED}")
    shown = table(found)
    st.dataframe(shown, hide_index=True, column_config=_COLUMNS, alt="Activity minimums of the last closed week")
    buttons(shown, Sheet("minimums", "Activity minimums of the last closed week"))


def _met_in_words(found: pd.DataFrame) -> str:
    due = found["met"].dropna()
    return f"{int(due.sum()):,} of {text.count(len(due), 'activity minimum')} met in the last closed week"


def table(found: pd.DataFrame) -> pd.DataFrame:
    """The same as people read it; those that were missed come first, as they are what to talk about."""
    said = pd.DataFrame(
        {
            "Desk": found["desk"],
            "Activity": [MEASURES[name].plural.capitalize() for name in found["measure"]],
            "Met": [str(marks.minimum(met)) for met in found["met"]],
            "Done": found["count"],
            "Due": found["minimum"],
            "Minimum": [f"{number:g} {_PER[per]}" for number, per in zip(found["number"], found["per"], strict=True)],
            "Days there": found["available"],
        }
    )
    return said.sort_values("Met", key=lambda words: words.map(_ORDER), kind="stable", ignore_index=True)


_ORDER = {str(marks.minimum(met)): place for place, met in enumerate((False, True, None))}
