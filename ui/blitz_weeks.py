"""The page Friday blitz, looking back: how many were reached by Friday evening, and orders that may be open no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
import streamlit as st

from charts import describe_share, share_figure
from quality.blitz import WEEKS
from quality.blitz_calls import by_week
from quality.open_orders import SILENT_DAYS
from quality.shares import share
from ui import blitz_data, clock, downloads, named, text, wishes
from ui.blitz_data import Row, rows_of
from ui.downloads import Sheet
from ui.paging import chosen_page
from ui.trends import CONFIG
from ui.whose import Whose

#: What each of the three shares counts.
HEARD = (
    "Heard from us by Friday evening: of everybody due a word that week (each candidate in process and everybody at a "
    "client with an open order, once), who was spoken to by the evening of Friday: candidates within its seven days, "
    "clients since Monday."
)
BEFORE = "Heard before Friday: those of them who were spoken to by Thursday evening and so were on no list."
ON_FRIDAY = (
    "Reached on Friday: of the others, who were still waiting on Friday morning, those spoken to on that day or ticked "
    "off by its evening."
)
RULE = "The rule Friday update counts open orders and no candidates, so its share is another one."
DEFINITIONS = (
    HEARD,
    BEFORE,
    ON_FRIDAY,
    RULE,
    "What was answered not needed does not count; without anybody there is no share.",
)
PAGE = 15


def reached(chosen: Whose) -> None:
    """The share that heard by Friday evening, week by week, with whoever stood on one of the lists."""
    calls, fridays = chosen.only(blitz_data.reached()), blitz_data.fridays()
    weeks = by_week(calls, fridays)
    if not weeks["due"].any():
        st.info(f"There was no list on any of the last {WEEKS} Fridays.", icon=":material/info:")
        return
    _lead(weeks)
    of_due = {"friday": "day", "due": "of", "heard_share": "share", "heard_low": "low", "heard_high": "high"}
    drawn = weeks.drop(columns=["share", "low", "high"]).rename(columns=of_due)
    drawn = drawn.assign(count=weeks["heard"] + weeks["reached"])
    alt = describe_share(drawn, "Heard from us by Friday evening")
    st.markdown("**Heard from us by Friday evening, week by week**")
    st.plotly_chart(share_figure(drawn), alt=alt, config=CONFIG, key="reached_chart")
    st.markdown(":small[The line through a point says where the share lies in four cases of five.]")
    with st.expander("What these numbers count", icon=":material/help:", key="reached_words"):
        st.markdown("\n".join(f"- {said}" for said in DEFINITIONS))
    downloads.buttons(table(weeks), Sheet("reached-by-friday", "Reached by Friday evening", DEFINITIONS))
    _behind(calls[~calls["heard"]], weeks)


def _lead(weeks: pd.DataFrame) -> None:
    """The last week in three shares, and all weeks together."""
    last, whole = rows_of(weeks[weeks["due"] > 0])[-1], weeks.sum(numeric_only=True)
    running = " so far" if last["friday"].date() == clock.today() else ""
    heard, every = (share(int(one["heard"] + one["reached"]), int(one["due"])) for one in (last, whole))
    when = f"the week of Friday, {text.day(last['friday'])}"
    st.subheader(text.unbroken(f"{heard.short} heard from us in {when}{running}"), anchor=False)
    st.markdown(text.unbroken(f"{heard.likely.capitalize()}. All {len(weeks)} weeks together: {every.words}."))
    before = share(int(last["heard"]), int(last["due"]))
    waited = share(int(last["reached"]), int(last["listed"]))
    st.markdown(
        text.unbroken(
            f"- Before Friday: {before.short}\n"
            f"- Of those still waiting on Friday morning, reached that day: {waited.words}"
        )
    )


def table(weeks: pd.DataFrame) -> pd.DataFrame:
    """The weeks as a table to hand out."""
    return weeks[list(_COLUMNS)].rename(columns=_COLUMNS)


_COLUMNS = {
    "friday": "Friday",
    "due": "Due a word",
    "heard": "Heard before Friday",
    "listed": "On the list",
    "reached": "Reached on Friday",
    "heard_share": "Heard by Friday evening",
    "heard_low": "Heard, from",
    "heard_high": "Heard, to",
    "share": "Reached, of the list",
    "low": "Reached, from",
    "high": "Reached, to",
}


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
        own = wishes.nameless(calls[calls["friday"] == pd.Timestamp(friday)])
        people, title = listed(own), f"Who was on the list of {text.day(friday)}"
        named.table(people, f"friday-{friday.isoformat()}-{len(people)}", title, {"Who": own["party"]})
        downloads.buttons(people, Sheet(f"friday-{friday.isoformat()}", f"On the list of {friday.isoformat()}"))


def _told(row: Row) -> str:
    return f"{text.day(row['friday'])}: {row['reached']:,} of {row['listed']:,} reached"


def listed(calls: pd.DataFrame) -> pd.DataFrame:
    """The calls of a Friday as people read them: Who, Reached, Desk, Job, Client."""
    spoken = ["spoken to" if pd.notna(at) else "" for at in calls["reached_at"]]
    ticked = [f"ticked by {by}" if pd.notna(by) else "" for by in calls["cleared_by"]]
    answered = ["not needed" if no else "answered" if done else "no" for no, done in _states(calls)]
    how = [next(filter(None, said)) for said in zip(spoken, ticked, answered, strict=True)]
    told = {"Who": calls["who"], "Reached": how, "Desk": calls["desk"], "Job": calls["job"], "Client": calls["client"]}
    return pd.DataFrame(told).sort_values(["Reached", "Desk"], kind="stable")


def _states(calls: pd.DataFrame) -> Iterator[tuple[bool, bool]]:
    return zip(calls["spared"], calls["reached"], strict=True)


# --- still open? -----------------------------------------------------------------------------------------------------


def still_open(found: pd.DataFrame, whose: str) -> None:
    """Orders that nobody closed and nothing happened on for long: to be closed, or to be taken up again.

    ``whose`` they are tells one list from another.
    """
    if found.empty:
        st.success(f"Every open order had some activity within {SILENT_DAYS} days.", icon=":material/task_alt:")
        return
    st.subheader(f"{text.count(len(found), 'order')} without anything for {SILENT_DAYS} days", anchor=False)
    st.markdown("Nobody closed them, so they owe no news and are on no list. Ask the client, then close them or go on.")
    shown = rows_of(found[::-1][chosen_page(len(found), PAGE, "still-open-page", whose)])
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
