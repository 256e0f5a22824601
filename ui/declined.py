"""The page Declined offers: how many and why, whom we may call again and when, and who came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd
import streamlit as st

from charts.declined import describe_reasons, reasons_figure
from quality.declined import NO_REASON, decline_share, reasons
from quality.shares import share
from ui import clock, declined_data, declined_offers, glossary, text
from ui.whose import Whose

#: Name of a window -> its days; None: as far as the history goes.
WINDOWS: Mapping[str, int | None] = {"Last 12 months": 365, "Last 90 days": 90, "All": None}
_YEAR = "Last 12 months"


def ask_window() -> str:
    """Which offers: a key of WINDOWS."""
    chosen = st.segmented_control(
        "Offers answered in", list(WINDOWS), default=_YEAR, required=True, key="declined_in", bind="query-params"
    )
    return chosen or _YEAR


def of_window(found: pd.DataFrame, column: str, window: str) -> pd.DataFrame:
    """The offers answered in the window, by the moment in the column; today is its last day."""
    days = WINDOWS[window]
    if days is None:
        return found
    return found[found[column] >= pd.Timestamp(clock.today() - timedelta(days=days - 1))]


def show(chosen: Whose, window: str) -> None:
    """The share and the reasons, whom to call, and offer by offer what came of it."""
    every = chosen.only(declined_data.offers())
    if every.empty:
        st.info(_NOTHING, icon=":material/info:")
        return
    found = of_window(every, "declined_at", window)
    _lead(found, of_window(chosen.only(declined_data.accepted()), "accepted_at", window), window)
    if not found.empty:
        _why(found)
    declined_offers.to_call(every)
    if not found.empty:
        declined_offers.show(found)


_NOTHING = (
    "No declined offer is on record here. An export needs rows *offer_declined* that name the candidate, with the "
    "reason as their outcome and what the other offer was in their notes; rows *contact_consent* say whom we may call "
    "again."
)


def _lead(found: pd.DataFrame, accepted: pd.DataFrame, window: str) -> None:
    st.subheader(text.unbroken(_sentence(len(found), len(accepted))), anchor=False)
    st.markdown(text.unbroken(_span(found, accepted, window)))
    st.markdown(glossary.published_beside("Offers declined, commercial staffing"))
    if not found.empty:
        _came_of_it(found, window)


def _sentence(said_no: int, said_yes: int) -> str:
    answered = decline_share(said_no, said_yes)
    if answered:
        return f"{answered.among('offers answered')} were declined"
    if said_no:
        return f"{text.count(said_no, 'offer')} declined; without accepted ones on record there is no share"
    return "No offer was answered in this time"


def _span(found: pd.DataFrame, accepted: pd.DataFrame, window: str) -> str:
    answered = decline_share(len(found), len(accepted))
    likely = f"{answered.likely.capitalize()}. " if answered else ""
    days = WINDOWS[window]
    when = "As far as the history goes" if days is None else text.days(_first(days), clock.today())
    return f"{likely}{when}; each candidate and job counts once. {len(accepted):,} offers were accepted."


def _first(days: int) -> pd.Timestamp:
    return pd.Timestamp(clock.today() - timedelta(days=days - 1))


def _came_of_it(found: pd.DataFrame, window: str) -> None:
    """Who may be called again, and who came back; of the offers declined in the time chosen."""
    of = "of all offers declined" if WINDOWS[window] is None else f"of those who declined in the {window.lower()}"
    consent = found["consent"].value_counts()
    back = share(int(found["back_at"].notna().sum()), len(found))
    with st.grid(4, min_column_width=170):
        _card("We may call again", consent.get("agreed", 0), f"They agreed to be contacted, {of}.")
        _card("Not asked", consent.get("not asked", 0), "No consent is on record, so nothing is due.")
        _card("Left alone", consent.get("left alone", 0), "They do not want to be contacted.")
        _card("Back with us", back.count, f"{back.among('offers')}, {back.likely}.")


def _card(title: str, number: int, said: str) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(title, f"{number:,}")
        st.markdown(f":small[{text.unbroken(said)}]")


def _why(found: pd.DataFrame) -> None:
    st.subheader("Why", anchor=False)
    counts = reasons(found)
    named = counts.assign(reason=[declined_offers.reason(one) for one in counts["reason"]])
    st.plotly_chart(reasons_figure(named, NO_REASON), alt=describe_reasons(named), config={"displayModeBar": False})
