"""The page Friday blitz, looking back: how many were reached by Friday evening, and orders that may be open no more."""

from __future__ import annotations

from datetime import date
from math import ceil

import pandas as pd
import streamlit as st

from charts import describe_share, share_figure
from quality.blitz import WEEKS
from quality.blitz_calls import by_week
from quality.open_orders import SILENT_DAYS
from quality.shares import share
from ui import blitz_data, clock, downloads, text
from ui.blitz_data import Row, rows_of
from ui.downloads import Sheet
from ui.trends import CONFIG
from ui.whose import Whose

DEFINITION = (
    "Of those who stood on the list on Friday morning, as known on Thursday evening, how many were spoken to on that "
    "Friday or ticked off by its evening. A week without a list has no share."
)
PAGE = 15


def reached(chosen: Whose) -> None:
    """The share reached by Friday evening, week by week, with whoever stood on one of the lists."""
    calls, fridays = chosen.only(blitz_data.reached()), blitz_data.fridays()
    weeks = by_week(calls, fridays)
    if not weeks["listed"].any():
        st.info(f"There was no list on any of the last {WEEKS} Fridays.", icon=":material/info:")
        return
    _lead(weeks)
    drawn = weeks.rename(columns={"friday": "day", "listed": "of", "reached": "count"})
    alt = describe_share(drawn, "Reached by Friday evening")
    st.plotly_chart(share_figure(drawn), alt=alt, config=CONFIG, key="reached_chart")
    st.markdown(f":small[{DEFINITION} The line through each point says where the share lies in four cases of five.]")
    downloads.buttons(table(weeks), Sheet("reached-by-friday", "Reached by Friday evening", (DEFINITION,)))
    _behind(calls, weeks)


def _lead(weeks: pd.DataFrame) -> None:
    last = rows_of(weeks[weeks["listed"] > 0])[-1]
    found = share(int(last["reached"]), int(last["listed"]))
    whole = share(int(weeks["reached"].sum()), int(weeks["listed"].sum()))
    running = " so far" if last["friday"].date() == clock.today() else ""
    head = f"{found.short} reached on Friday, {text.day(last['friday'])}{running}"
    st.subheader(text.unbroken(head), anchor=False)
    st.markdown(text.unbroken(f"{found.likely.capitalize()}. All {len(weeks)} weeks together: {whole.words}."))


def table(weeks: pd.DataFrame) -> pd.DataFrame:
    """The weeks as a table to hand out."""
    names = ["Friday", "On the list", "Reached", "Share", "Share, from", "Share, to"]
    return weeks.set_axis(names, axis="columns")


def _behind(calls: pd.DataFrame, weeks: pd.DataFrame) -> None:
    """Who stood on the list of one Friday and how each was reached."""
    held = weeks[weeks["listed"] > 0].iloc[::-1]
    said = {row["friday"].date(): _told(row) for row in rows_of(held)}
    friday = st.selectbox(
        "Who was on the list",
        list(said),
        index=None,
        format_func=said.__getitem__,
        placeholder="Choose a Friday",
        key="friday",
    )
    if friday:
        people = listed(calls[calls["friday"] == pd.Timestamp(friday)])
        st.dataframe(people, hide_index=True, placeholder="", alt=f"Who was on the list of {text.day(friday)}")
        downloads.buttons(people, Sheet(f"friday-{friday.isoformat()}", f"On the list of {friday.isoformat()}"))


def _told(row: Row) -> str:
    return f"{text.day(row['friday'])}: {row['reached']:,} of {row['listed']:,} reached"


def listed(calls: pd.DataFrame) -> pd.DataFrame:
    """The calls of a Friday as people read them: Who, Reached, Desk, Job, Client."""
    spoken = ["spoken to" if pd.notna(at) else "" for at in calls["reached_at"]]
    ticked = [f"ticked by {by}" if pd.notna(by) else "" for by in calls["cleared_by"]]
    answered = ["answered" if done else "no" for done in calls["reached"]]
    how = [next(filter(None, said)) for said in zip(spoken, ticked, answered, strict=True)]
    told = {"Who": calls["who"], "Reached": how, "Desk": calls["desk"], "Job": calls["job"], "Client": calls["client"]}
    return pd.DataFrame(told).sort_values(["Reached", "Desk"], kind="stable", ignore_index=True)


# --- still open? -----------------------------------------------------------------------------------------------------


def still_open(found: pd.DataFrame) -> None:
    """Orders that nobody closed and nothing happened on for long: to be closed, or to be taken up again."""
    if found.empty:
        st.success(f"Every open order had some activity within {SILENT_DAYS} days.", icon=":material/task_alt:")
        return
    st.subheader(f"{text.count(len(found), 'order')} without anything for {SILENT_DAYS} days", anchor=False)
    st.markdown("Nobody closed them, so they owe no news and are on no list. Ask the client, then close them or go on.")
    pages = ceil(len(found) / PAGE)
    at = min(st.pagination(pages, key="still_open_page"), pages) if pages > 1 else 1
    shown = rows_of(found[::-1][(at - 1) * PAGE : at * PAGE])
    st.markdown("\n".join(_order(row, clock.today()) for row in shown))
    downloads.buttons(_orders(found), Sheet("still-open", f"Orders without anything for {SILENT_DAYS} days"))


def _order(row: Row, today: date) -> str:
    names = dict.fromkeys(name for name in (row["client"], row["who"], row["desk"]) if name and name != row["job"])
    job = text.plain(row["job"]) if row["job"] else "Order without a name"
    days = text.count((today - row["seen"].date()).days, "day")
    about = " · ".join(text.plain(name) for name in names)
    return f"- **{job}** · {about}. Nothing since {text.day(row['seen'])}, {days}; open since {text.day(row['since'])}."


def _orders(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Job": found["job"],
            "Client": found["client"],
            "Contact": found["who"],
            "Desk": found["desk"],
            "Open since": found["since"],
            "Nothing since": found["seen"],
        }
    )
