"""The database touch on the page Touch programme: who heard from the firm lately, and the list for a mailing."""

from __future__ import annotations

import streamlit as st

from quality.database_touch import DAYS, Reached
from ui import data, downloads, text, touch_data
from ui.downloads import Sheet
from ui.whose import Whose

#: Lines of the list that are shown.
SHOWN = 200
PARTIES = {"candidate": "Candidates", "client": "Client contacts"}


def database(chosen: Whose) -> None:
    """Coverage of everybody on record, by party, and the list of who is silent."""
    found = touch_data.database(chosen.asked)
    st.markdown(_ABOUT)
    with st.grid(2, min_column_width=260):
        for one in found:
            _card(one)
    if any(one.listed for one in found):
        _mailing(chosen, sum(one.listed for one in found))
    else:
        st.markdown("Nobody is on the list for a mailing.")


_ABOUT = (
    f"Everybody on record hears from us within {DAYS} days, an automated message included. This is a list for a "
    "mailing, never a list of calls: nothing of it is on Owed, and whoever waits for a call there is not on this list."
)


def _card(found: Reached) -> None:
    value = "–" if found.touched.value is None else f"{100 * found.touched.value:.0f} %"
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(f"{PARTIES[found.party]} touched in the last {DAYS} days", value)
        st.markdown(text.unbroken(said(found)))


def said(found: Reached) -> str:
    """The counts behind the share, and who is on the list for the mailing."""
    if not found.touched.of:
        return "Nobody is on record whom we may contact."
    parts = [
        f"{found.touched.count:,} of {found.touched.of:,}, {found.touched.likely}.",
        f"{found.silent:,} silent for {DAYS} days or more" + (f", {found.never:,} never contacted" * bool(found.never)),
    ]
    counted = " ".join(parts) + "."
    waiting = f" {found.waiting:,} of them wait for a call that is owed." if found.waiting else ""
    alone = f" {text.count(found.alone, 'person wants', 'people want')} to be left alone." if found.alone else ""
    return counted + waiting + alone


def _mailing(chosen: Whose, many: int) -> None:
    st.subheader(f"{text.count(many, 'person', 'people')} for a mailing", anchor=False)
    mails = (
        "with their e-mail addresses where they are kept"
        if _has_points()
        else ("by the name or number the export gives them: no contact points are kept")
    )
    st.markdown(f"The file holds one line a person, {mails}. Nobody who wants to be left alone is in it.")
    downloads.list_button(touch_data.mailing(chosen.asked), Sheet("mailing", "People to send a message to"))
    rows = touch_data.preview(chosen.asked, SHOWN)
    shown = rows.assign(party=rows["party"].map({"candidate": "Candidate", "client": "Client contact"}))
    columns = {"last_contact_at": st.column_config.DateColumn("Last contact", format="D MMM YYYY")}
    if many > SHOWN:
        st.markdown(f"The first {SHOWN}, those silent the longest at the top:")
    st.dataframe(
        shown.rename(columns={"party": "Party", "who": "Who"}),
        hide_index=True,
        column_config=columns,
        placeholder="never",
        alt="People who have not heard from the firm lately",
    )


def _has_points() -> bool:
    return bool(len(data.history().contact_points()))
