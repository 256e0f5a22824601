"""The page Declined offers: why, what the other offer was, whether we may call again, and who came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd
import streamlit as st

from charts.declined import describe_reasons, reasons_figure
from quality.declined import NO_REASON, decline_share, reasons
from quality.published import PUBLISHED
from ui import clock, declined_data, downloads, text
from ui.downloads import Sheet
from ui.whose import Whose

#: Name of a window -> its days; None: as far as the history goes.
WINDOWS: Mapping[str, int | None] = {"Last 12 months": 365, "Last 90 days": 90, "All": None}
_YEAR = "Last 12 months"
#: Words of an export for reasons -> as people say them; any other is shown as it is.
_REASONS = {"other_offer": "another offer", "counter_offer": "counter-offer"}


def ask_window() -> str:
    """Which offers: a key of WINDOWS."""
    chosen = st.segmented_control(
        "Answered in", list(WINDOWS), default=_YEAR, required=True, key="declined_in", bind="query-params"
    )
    return chosen or _YEAR


def of_window(found: pd.DataFrame, column: str, window: str) -> pd.DataFrame:
    """The offers answered in the window, by the moment in the column."""
    days = WINDOWS[window]
    if days is None:
        return found
    return found[found[column] >= pd.Timestamp(clock.today() - timedelta(days=days))]


def show(chosen: Whose, window: str) -> None:
    """The share, the reasons, and offer by offer what came of it."""
    found = of_window(chosen.only(declined_data.offers()), "declined_at", window)
    said_yes = of_window(chosen.only(declined_data.accepted()), "accepted_at", window)
    if found.empty:
        st.info(_NOTHING, icon=":material/info:")
        return
    _lead(found, len(said_yes))
    _why(found)
    _offers(found)


_NOTHING = (
    "No declined offer is on record here. An export needs rows *offer_declined* that name the candidate, the reason as "
    "outcome and, in the notes, what the other offer was; *contact_consent* says that we may call again."
)


def _lead(found: pd.DataFrame, said_yes: int) -> None:
    share = decline_share(len(found), said_yes)
    said = share.short + " of the offers answered were declined" if share else _alone(len(found))
    st.subheader(text.unbroken(said), anchor=False)
    context = next(one for one in PUBLISHED if one.about.startswith("Offers declined"))
    likely = f"{share.likely}. ".capitalize() if share else ""
    st.markdown(
        text.unbroken(
            f"{likely}An offer counts once a candidate and job, accepted or declined. Published by others "
            f"({context.source} {context.year}), not a target: {context.value} in commercial staffing."
        )
    )


def _alone(many: int) -> str:
    return f"{text.count(many, 'offer')} declined; without accepted offers on record there is no share"


def _why(found: pd.DataFrame) -> None:
    st.subheader("Why", anchor=False)
    counts = reasons(found).replace({"reason": _REASONS})
    st.plotly_chart(reasons_figure(counts, NO_REASON), alt=describe_reasons(counts), config={"displayModeBar": False})


def _offers(found: pd.DataFrame) -> None:
    st.subheader("Offer by offer", anchor=False)
    st.markdown("Without consent nothing is ever due: whoever did not agree is not called after the first contact.")
    shown = listed(found)
    st.dataframe(shown, hide_index=True, column_config=_DAYS, placeholder="", alt="Declined offers, the latest first")
    downloads.buttons(shown, Sheet("declined-offers", "Declined offers"))


_DAYS = dict.fromkeys(("Declined", "Back on"), st.column_config.DateColumn(format="D MMM YYYY"))


def listed(found: pd.DataFrame) -> pd.DataFrame:
    """The offers as people read them, with what is due after half a year and after one and a half."""
    return pd.DataFrame(
        {
            "Declined": found["declined_at"].dt.normalize(),
            "Who": found["candidate"],
            "Why": found["reason"].replace(_REASONS).fillna(NO_REASON),
            "The other offer": found["other_offer"],
            "Consent": found["consent"],
            "Back on": found["back_at"].dt.normalize(),
            "Back with": found["back_with"],
            "Desk": found["desk"],
            "Client": found["client"],
            "Job": found["job"],
        }
    )
