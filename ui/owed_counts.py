"""How many people are owed a word, in a line for other pages; counted as the page Owed counts them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quality.call_sheet import LONG, ranked
from quality.obligations import WINDOW
from quality.shares import share
from ui import clock, data, judgement, menu, owed_data, text
from ui.data import Desks

#: So many desks are named, those with the most people first.
NAMED = 3


def of_firm(place: DeltaGenerator) -> None:
    """Who is owed a word today in the whole firm, which desks have the most of them, and how promises are kept."""
    place.subheader("Owed today", anchor=False)
    with place, st.spinner("Looking whom we owe a word"):
        said, desks = sentence(None), busiest()
    place.markdown(said)
    with place, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for desk, people in desks.items():
            _open(f"{desk}: {people:,}", desk)
        st.page_link(menu.file("owed"), label="All of them", icon=menu.BY_URL["owed"].icon)


def of_desk(desk: str, place: DeltaGenerator) -> None:
    """Who is owed a word by one desk, and how it keeps its promises."""
    with place, st.spinner("Looking whom this desk owes a word"):
        said = sentence((desk,))
    with place, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**Owed:** {said}", width="content")
        _open("Call sheet", desk)


def _open(label: str, desk: str) -> None:
    st.page_link(
        menu.file("owed"),
        label=text.plain(label),
        icon=menu.BY_URL["owed"].icon,
        help=f"Opens whom {text.plain(desk)} owes a word",
        query_params={"desk": desk},
    )


def sentence(desks: Desks) -> str:
    """``12 people today, 9 of them late; 140 more for over 30 days. Kept in time: 74 % (26 of 35), ...``."""
    people = counts(desks)
    return text.unbroken(f"{_waiting(people)}. {_kept(desks)}".strip())


def counts(desks: Desks) -> Mapping[str, int]:
    """People in each part of the call sheet, and how many of today's are late already under the name ``late``."""
    return owed_data.in_numbers(owed_data.sheet(desks))


def _waiting(people: Mapping[str, int]) -> str:
    today, late, long = people["today"], people["late"], people["long"]
    if not today and not long:
        return "Nobody is waiting for a word today"
    told = f"{text.count(today, 'person', 'people')} to call today"
    told += f", {late:,} of them late" if late else ""
    have = "has" if long == 1 else "have"
    return f"{told}; {long:,} more {have} waited for over {LONG} days" if long else told


def _kept(desks: Desks) -> str:
    """The share of promises kept in time; nothing where none fell due."""
    row = owed_data.promises(desks).iloc[0]
    kept = share(int(row["kept"]), int(row["due"]))
    return f"Done in time, of what fell due in {WINDOW} days: {kept.words}." if kept.of else ""


def busiest() -> dict[str, int]:
    """The desks with the most people to call today -> how many each; whom two desks owe a word counts for both."""
    return _busiest(data.here(), clock.today(), owed_data.over())


@data.cached("1MB")
def _busiest(place: data.Place, today: date, over: pd.Timestamp | None) -> dict[str, int]:
    found = owed_data.to_do(owed_data.owed(today, place), today, over)
    names = found[["desk", "who"]].astype("str")
    apart = found.assign(who=names["desk"] + "\n" + names["who"])
    people = ranked(apart, today, judgement.workdays()).drop_duplicates("line")
    most = people.loc[people["part"] == "today", "desk"].value_counts().head(NAMED)
    return {str(desk): int(count) for desk, count in most.items()}
