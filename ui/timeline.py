"""The page Person: who it is and how they stand, what is owed to them, and everything on record, month by month."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from quality.call_sheet import Person
from quality.timeline import MOST, Wish, gathered
from ui import clock, downloads, person_rows, text, timeline_care, timeline_data, timeline_standing
from ui.downloads import Sheet
from ui.paging import chosen_page
from ui.timeline_lines import lines

#: Lines shown at a time.
PAGE = 60
_NAMES = "The log knows people by their names: two people of one name cannot be told apart and stand here together."
_MARKED = "▲ marks poor surveys, complaints and late timecards."


def show(person: Person | None, is_sought: bool = False) -> None:
    """Everything about somebody; for who is to be left alone, that and nothing else.

    ``is_sought``: people to choose from stand there already.
    """
    if person is None and is_sought:
        return
    if person is None:
        st.info("Find somebody by name to see everything about them, in order.", icon=":material/person_search:")
        return
    rows, wish = timeline_data.rows(person), timeline_data.wish(person)
    if wish is not None:
        _leave_alone(person, wish)
    elif rows.empty:
        st.info(f"Nothing is on record about {text.plain(person[1])}.", icon=":material/person_off:")
    else:
        _everything(person, rows)


def _leave_alone(person: Person, wish: Wish) -> None:
    st.subheader(text.plain(person[1]), anchor=False)
    by = f", noted by {text.plain(wish.noted_by)}" if wish.noted_by else ""
    st.warning(
        f"**Do not contact**, since {text.day(wish.at)}{by}. Nothing else is shown.",
        icon=":material/do_not_disturb_on:",
    )


def _everything(person: Person, rows: pd.DataFrame) -> None:
    st.subheader(text.plain(person[1]), anchor=False)
    # How they stand and what is owed may take a moment the first time; everything else stands there meanwhile.
    first = st.container()
    st.markdown(f"{timeline_standing.head(person, rows)}  \n:small[{_NAMES}]")
    above = st.container()
    with st.grid(2, min_column_width=320):
        _part("Assignments", timeline_standing.assignments(person))
        _part("Answers given", timeline_standing.answers(person))
        _part("Reach", [" · ".join(map(text.plain, found))] if (found := timeline_data.reach(person)) else [])
    told = timeline_standing.without_home(person, rows)
    if told["trouble"].any():
        st.markdown(f":small[{_MARKED}]")
    _booked(person, gathered(told[told["ahead"]].iloc[::-1]))
    _months(person, gathered(told[~told["ahead"]]))
    _take_away(person, rows)
    with first, st.spinner("Looking how they stand"):
        timeline_care.show(person)
    with above, st.spinner("Looking what is owed"):
        _part("Owed", timeline_standing.owed(person))


def _part(title: str, told: Sequence[str]) -> None:
    if told:
        with st.container(border=True, height="stretch", gap="small"):
            st.markdown(f"**{title}**")
            st.markdown("\n".join(f"- {one}" for one in told))


def _booked(person: Person, rows: pd.DataFrame) -> None:
    """What lies ahead, the next first."""
    if not rows.empty:
        st.markdown("**Booked**")
        st.markdown(lines(rows, person, with_month=True))


def _months(person: Person, rows: pd.DataFrame) -> None:
    """A page of rows, the newest first, under the month they lie in."""
    page = rows.iloc[chosen_page(len(rows), PAGE, "page", *person)]
    for _, month in page.groupby(page["occurred_at"].dt.to_period("M"), sort=False):
        st.markdown(f"**{month['occurred_at'].iloc[0]:%B %Y}**")
        st.markdown(lines(month, person))


def _take_away(person: Person, rows: pd.DataFrame) -> None:
    """The rows as a table, with where each came from."""
    number = f"the newest {MOST:,} rows" if len(rows) == MOST else text.count(len(rows), "row")
    st.markdown(f":small[{number[0].upper()}{number[1:]}; the files say where each came from.]")
    shown = person_rows.shown(rows.drop(columns=["ahead", "trouble"]))
    downloads.buttons(shown, Sheet("person", f"Rows about {person[1]}, as of {clock.today().isoformat()}"))
