"""The rows behind a line of a call list: everything the log holds about one person, in a dialog."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quality.person_rows import MOST, person_rows
from quality.vocabulary import ACTIVITIES
from ui import clock, data, downloads, text, timeline_link, wishes
from ui.data import Place, cached
from ui.downloads import Sheet

_SHOWN = {
    "occurred_at": "When",
    "activity": "What",
    "outcome": "Outcome",
    "notes": "Notes",
    "desk": "Desk",
    "client": "Client",
    "job": "Job",
    "candidate": "Candidate",
    "contact": "Contact",
    "channel": "Channel",
    "due_on": "Promised for",
    "source": "Source",
    "import_id": "Import",
    "source_row": "Row in file",
}


def button(party: str, who: str, key: str) -> None:
    """A button that opens the rows about somebody."""
    if st.button("Rows", key=f"rows-{key}", icon=":material/list:", help="Everything on record about this person"):
        _open(party, who)


@st.dialog("On record", width="large")
def _open(party: str, who: str) -> None:
    rows = shown(found(party, who))
    newest = f"the newest {MOST}" if len(rows) == MOST else text.count(len(rows), "row")
    st.markdown(f"**{text.plain(who)}**, {newest}, the latest first")
    timeline_link.show(party, who)
    days = {"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")}
    st.dataframe(rows, hide_index=True, placeholder="", column_config=days, alt=f"Rows about {who}")
    downloads.buttons(rows, Sheet("rows", f"Rows about {who}, as of {clock.today().isoformat()}"))


def found(party: str, who: str) -> pd.DataFrame:
    """Everything on record about somebody; nobody else is named who wants to be left alone."""
    return wishes.nameless(_rows(data.facts(), party, who))


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as people read them: the columns that hold anything."""
    named = rows.assign(activity=[ACTIVITIES[name].title for name in rows["activity"]])
    return named[list(_SHOWN)].rename(columns=_SHOWN).dropna(axis="columns", how="all")


@cached("16MB")
def _rows(facts: Place, party: str, who: str) -> pd.DataFrame:
    return person_rows(data.at(facts).log(), party, who, as_of=clock.today(), roster=data.roster())
