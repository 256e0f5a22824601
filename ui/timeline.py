"""The page Person: who it is and how they stand, what is owed to them, and everything on record, month by month."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from quality.answers import WORDS
from quality.call_sheet import Person, how_late
from quality.obligation_rules import BY_NAME
from quality.timeline import MOST, Wish
from quality.vocabulary import ACTIVITIES
from ui import clock, downloads, person_rows, text, timeline_data
from ui.downloads import Sheet
from ui.timeline_search import CALLED

#: Rows shown at a time, and letters of a note.
PAGE, NOTE = 60, 600
_NAMES = "The log knows people by their names: two people of one name cannot be told apart and stand here together."

Row = dict[Any, Any]


def show(person: Person | None) -> None:
    """Everything about somebody; for who is to be left alone, that and nothing else."""
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
    _head(person, rows)
    _owed(person)
    _answers(person)
    _booked(rows[rows["ahead"]])
    _months(person, rows[~rows["ahead"]])
    shown = person_rows.shown(rows.drop(columns="ahead"))
    downloads.buttons(shown, Sheet("person", f"Rows about {person[1]}, as of {clock.today().isoformat()}"))


def _head(person: Person, rows: pd.DataFrame) -> None:
    st.subheader(text.plain(person[1]), anchor=False)
    st.markdown(f"{' · '.join(_standing(person, rows))}  \n:small[{_NAMES}]")


def _standing(person: Person, rows: pd.DataFrame) -> list[str]:
    """Who somebody is and how they stand, safe for markdown."""
    until = timeline_data.active_until(person)
    active = [f"active in a search, without a step until {text.day(until)}"] if until is not None else []
    past = rows.loc[~rows["ahead"], "occurred_at"]
    last = [f"last row {text.day(past.iloc[0])}"] if len(past) else []
    number = f"{len(rows):,} newest rows" if len(rows) == MOST else text.count(len(rows), "row")
    return [f"**{CALLED[person[0]]}**", *active, *last, number]


# --- what is owed, and what was answered -----------------------------------------------------------------------------


def _owed(person: Person) -> None:
    found = timeline_data.owed(person)
    if found.empty:
        return
    st.markdown(f"**Owed** ({len(found):,})")
    st.markdown("\n".join(f"- {_owing(row)}" for row in found.to_dict("records")))


def _owing(row: Row) -> str:
    late = how_late(row["due_at"], clock.today())
    return f"{BY_NAME[row['rule']].title}, **{late}** ({text.plain(row['desk'])}): {text.plain(row['why'], NOTE)}"


def _answers(person: Person) -> None:
    given = timeline_data.answers(person)
    if given.empty:
        return
    st.markdown("**Answers given**")
    st.markdown("\n".join(f"- {_answer(row)}" for row in given.to_dict("records")))


def _answer(row: Row) -> str:
    about = BY_NAME[row["rule"]].title if row["rule"] in BY_NAME else row["rule"]
    said = f"{WORDS[row['answer']]} ({text.plain(about)}), {text.plain(row['answered_by'])}"
    return f"{text.day(row['answered_at'])}: {said}"


# --- the rows --------------------------------------------------------------------------------------------------------


def _booked(rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    st.markdown("**Booked**")
    st.markdown(_lines(rows.iloc[::-1].to_dict("records")))


def _months(person: Person, rows: pd.DataFrame) -> None:
    """A page of rows, the newest first, under the month they lie in."""
    pages = ceil(len(rows) / PAGE)
    at = st.pagination(pages, key=f"page-{person[0]}-{person[1]}") if pages > 1 else 1
    page = rows.iloc[(min(at, pages) - 1) * PAGE :][:PAGE]
    for _, month in page.groupby(page["occurred_at"].dt.to_period("M"), sort=False):
        st.markdown(f"**{month['occurred_at'].iloc[0]:%B %Y}**")
        st.markdown(_lines(month.to_dict("records")))


def _lines(rows: Iterable[Row]) -> str:
    return "\n".join(f"- {line(row)}" for row in rows)


def line(row: Row) -> str:
    """One row of the log in a line, safe for markdown: when, what, how, where and for whom; the note below."""
    what = f"**{ACTIVITIES[row['activity']].title}**"
    said = [text.plain(row[name]) for name in ("outcome", "channel", "desk", "job", "client") if pd.notna(row[name])]
    note: str = f"  \n  :small[{text.plain(row['notes'], NOTE)}]" if pd.notna(row["notes"]) else ""
    return f"{_when(row['occurred_at'])} {what} · {' · '.join(said)}{note}"


def _when(moment: pd.Timestamp) -> str:
    hour = "" if moment == moment.normalize() else f", {moment:%H}\\:{moment:%M}"
    return f"{moment:%a} {moment.day}{hour}"
