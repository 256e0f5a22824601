"""The page Friday blitz, its list: how many calls there are, one sitting at a time, whom to tick off, what to say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from quality.blitz import SILENT, friday_of
from quality.blitz_calls import CLEARED, MINUTES, RULE, SITTING, in_sittings
from ui import blitz_data, clock, downloads, owed_answers, owed_data, person_rows, text
from ui.blitz_data import Row, Talk, rows_of
from ui.downloads import Sheet
from ui.last_words import said_last

SIDES: Mapping[str, str | None] = {"Everybody": None, "Candidates": "candidate", "Clients": "client"}
#: Letters of a line that are shown.
LONGEST = 320
DEFINITION = (
    f"On the list: every candidate in process who has heard nothing for {SILENT} days or more, and everybody at a "
    "client with an open order and no news since Monday."
)
_NEEDED = (
    "For the list an export needs rows that name candidates in process (interview, presentation, send-out), and "
    "orders (rows of the activity contract)."
)


def show(found: pd.DataFrame) -> None:
    """How many calls there are, those of one sitting to be ticked off, and the whole list to take away."""
    if found.empty:
        st.info(f"Nobody has to be called by {_friday()}. {_NEEDED}", icon=":material/info:")
        return
    above = st.container()
    listed = _with_soon(found)
    with above:
        _lead(listed)
    if listed.empty:
        return
    asked = _asked(listed)
    if asked.empty:
        st.success("Nobody is left here.", icon=":material/task_alt:")
        return
    _sitting(in_sittings(asked))
    _downloads(asked)


def _friday() -> str:
    friday = friday_of(clock.today())
    return f"{friday:%A}, {text.day(friday)}"


def _is_over() -> bool:
    """Whether the Friday has passed: until Monday its list is only looked at."""
    return clock.today() > friday_of(clock.today())


def _with_soon(found: pd.DataFrame) -> pd.DataFrame:
    """The calls of today; with those that silence will add until the Friday, where they are wanted."""
    soon = is_soon(found)
    if not soon.any():
        return found
    label = f"Also the {text.count(int(soon.sum()), 'candidate')} who will be silent for {SILENT} days by Friday"
    return found if st.toggle(label, key="soon", bind="query-params") else found[~soon]


def is_soon(found: pd.DataFrame) -> pd.Series:
    """Whether a candidate is on the list of the Friday, but was spoken to less than seven days before today."""
    return (found["party"] == "candidate") & (found["silent"].fillna(SILENT) < SILENT)


def _lead(found: pd.DataFrame) -> None:
    """How many calls are left until when, and how long they take."""
    waits, done, spared = is_left(found), int(found["reached"].sum()), int(found["spared"].sum())
    left = int(waits.sum())
    head = f"{text.count(left, 'call')} to make by {_friday()}" if left else f"No call is left for {_friday()}"
    if _is_over():
        head = f"{_friday()}, is over: {done:,} of {text.count(left + done, 'call')} reached somebody"
    st.subheader(head, anchor=False)
    sides = found.loc[waits, "party"].value_counts()
    people = text.count(int(sides.get("candidate", 0)), "candidate")
    said = f"{people} and {int(sides.get('client', 0)):,} at clients are left, {_takes(left)}." if left else ""
    ticked = f"{done:,} of {left + done:,} are done." if done and not _is_over() else ""
    needless = f"{spared:,} {'is' if spared == 1 else 'are'} not needed." if spared else ""
    st.markdown(" ".join(filter(None, [said, ticked, needless])))
    st.markdown(f":small[{DEFINITION}]")


def is_left(found: pd.DataFrame) -> pd.Series:
    """Whether a call is still to be made: nobody was reached, and nobody said that it is not needed."""
    return ~found["reached"] & ~found["spared"]


def _takes(left: int) -> str:
    minutes = left * MINUTES
    time = f"{minutes} minutes" if minutes <= SITTING else f"{minutes / SITTING:.0f} hours"
    return f"about {time} at {MINUTES} minutes a call"


# --- one sitting -----------------------------------------------------------------------------------------------------


def _asked(listed: pd.DataFrame) -> pd.DataFrame:
    """The calls of the side that is asked for, without those that are done where only the rest is wanted."""
    usual = next(iter(SIDES))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whom = st.segmented_control("Whom", list(SIDES), default=usual, required=True, key="whom", bind="query-params")
        left = st.toggle("Only who is left", key="left", bind="query-params")
    side = SIDES[whom or usual]
    of_side = listed[listed["party"] == side] if side else listed
    return of_side[is_left(of_side)] if left else of_side


def _sitting(listed: pd.DataFrame) -> None:
    desk, number = _ask_sitting(listed)
    calls = rows_of(listed[(listed["desk"] == desk) & (listed["sitting"] == number)])
    talks = blitz_data.talks()
    reach = owed_data.reach_of((call["party"], call["who"]) for call in calls)
    for call in calls:
        person = call["party"], call["who"]
        _card(call, talks[person], reach[person])


def _downloads(asked: pd.DataFrame) -> None:
    title = f"Calls to make by {friday_of(clock.today()).isoformat()}, as of {clock.today().isoformat()}"
    sheet, make = Sheet("friday-blitz", title, (DEFINITION,)), partial(table, asked)
    with st.container(horizontal=True, gap="small"):
        downloads.list_button(make, sheet)
        downloads.workbook_button(make, sheet)


def _ask_sitting(listed: pd.DataFrame) -> tuple[str, int]:
    """One desk, and where it has more calls than an hour holds, one hour of it."""
    own = listed.assign(left=is_left(listed)).groupby(["desk", "sitting", "sittings"], sort=False, as_index=False)
    sizes = own.agg(calls=("reached", "size"), done=("reached", "sum"), left=("left", "sum"))
    said = {(row["desk"], row["sitting"]): _named(row) for row in rows_of(sizes)}
    return st.selectbox("One sitting", list(said), format_func=said.__getitem__, key="sitting") or next(iter(said))


def _named(row: Row) -> str:
    hour = f", hour {row['sitting']} of {row['sittings']}" if row["sittings"] > 1 else ""
    done = f", {row['done']} done" if row["done"] else ""
    minutes = row["left"] * MINUTES
    return f"{row['desk']}{hour}: {text.count(row['calls'], 'call')}{done}, {minutes} min"


# --- one call --------------------------------------------------------------------------------------------------------


def _card(call: Row, talk: Talk, reach: tuple[str, ...]) -> None:
    key = f"{call['desk']}-{call['party']}-{call['who']}"
    with st.container(border=True, gap="small"):
        told = {name: text.plain(said, LONGEST) for name, said in facts(call, talk, reach).items() if said}
        said = "  \n".join(f":small[**{name}:** {words}]" for name, words in told.items())
        st.markdown(f"{_head(call)}\n\n{said}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _tick(call, key)
            person_rows.button(call["party"], call["who"], key)


def _head(call: Row) -> str:
    about = [call["party"], *(one for one in (call["job"], call["client"]) if one != call["who"])]
    more = [f"{call['reasons']} open orders"] if call["party"] == "client" and call["reasons"] > 1 else []
    said = " · ".join(text.plain(one) for one in [*about, *more] if one)
    return f"**{text.plain(call['who'])}** {_badge(call)} {said}"


def _badge(call: Row) -> str:
    if call["reached"]:
        return ":green-badge[✓ done]"
    if call["spared"]:
        return ":gray-badge[– not needed]"
    if call["silent"] is None:
        return ":orange-badge[never spoken to]"
    days = int(call["silent"])
    return f":{'orange' if days >= SILENT else 'blue'}-badge[silent {text.count(days, 'day')}]"


def facts(call: Row, talk: Talk, reach: tuple[str, ...]) -> dict[str, str]:
    """Where they stand, what was said last, what is next, how to reach them, what to say; empty where not known."""
    return {
        "Stands": "; ".join(talk.points.stands),
        "Said last": said_last(talk.known.last, call["last_contact_at"]),
        "Next": talk.points.ahead,
        "Reach": " · ".join(reach),
        "Say": talk.points.say,
    }


def _tick(call: Row, key: str) -> None:
    """The box that says somebody was spoken to, or how they were reached."""
    if call["reached_at"] is not None:
        st.markdown(f"✓ spoken to on {call['reached_at']:%A at %H:%M}".replace(":", "\\:"), width="content")
        return
    if _is_over() or call["spared"]:
        return
    box = f"cleared-{key}"
    st.session_state[box] = call["answer_id"] is not None
    label = f"Called by {text.plain(call['cleared_by'])}" if call["cleared_by"] else "Called"
    st.checkbox(label, key=box, on_change=_save, args=(call,))


def _save(call: Row) -> None:
    """Keep a tick, or take it back."""
    if call["answer_id"] is not None:
        owed_answers.take_back([int(call["answer_id"])])
        return
    told = {name: call[name] for name in ("party", "who", "desk")}
    row = {"rule": RULE, "answer": CLEARED, "due_on": call["friday"], **told}
    owed_answers.keep(pd.DataFrame([row]), f"{call['who']}: called")


# --- to take away ----------------------------------------------------------------------------------------------------


def table(asked: pd.DataFrame) -> pd.DataFrame:
    """The calls with everything the page says of them, one row a call."""
    talks, calls = blitz_data.talks(), rows_of(asked)
    reach = owed_data.reach_of((call["party"], call["who"]) for call in calls)
    told = [
        {
            "Desk": call["desk"],
            "Who": call["who"],
            "Party": call["party"],
            "Client": call["client"],
            "Job": call["job"],
            "Last contact": call["last_contact_at"],
            **facts(call, talks[call["party"], call["who"]], reach[call["party"], call["who"]]),
            "Spoken to": call["reached_at"],
            "Called by": call["cleared_by"],
            "Not needed": "yes" if call["spared"] else None,
        }
        for call in calls
    ]
    return pd.DataFrame(told)
