"""The page Friday blitz, its list: how many calls there are, one sitting at a time, whom to tick off, what to say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from quality.blitz import SILENT, friday_of
from quality.blitz_calls import CLEARED, MINUTES, RULE, SITTING, in_sittings
from quality.last_words import Known, Person
from ui import blitz_data, clock, downloads, owed_answers, person_rows, text
from ui.blitz_data import Row, Talk, rows_of
from ui.downloads import Sheet

SIDES: Mapping[str, str | None] = {"Everybody": None, "Candidates": "candidate", "Clients": "client"}
#: Letters of a line that are shown.
LONGEST = 320
DEFINITION = (
    f"On the list: every candidate in process who by that Friday has heard nothing for {SILENT} days or more, and "
    "everybody at a client with an open order and no news since Monday."
)
_NEEDED = (
    "For the list an export needs rows that name candidates in process (interview, presentation, send-out), and "
    "orders (rows of the activity contract)."
)


def lead(found: pd.DataFrame) -> None:
    """How many calls are left until when, and how long they take."""
    friday = friday_of(clock.today())
    day = f"{friday:%A}, {text.day(friday)}"
    if found.empty:
        st.info(f"Nobody has to be called by {day}. {_NEEDED}", icon=":material/info:")
        return
    left = int((~found["reached"]).sum())
    head = f"{text.count(left, 'call')} to make by {day}" if left else f"Everybody on the list for {day} was reached"
    st.subheader(head, anchor=False)
    done = f"{len(found) - left:,} of {len(found):,} are done. " if left < len(found) else ""
    st.markdown(f"{_takes(left)}{_silent(found)}{done}")
    st.markdown(f":small[{DEFINITION}]")


def _takes(left: int) -> str:
    if not left:
        return ""
    minutes = left * MINUTES
    time = f"{minutes} minutes" if minutes <= SITTING else f"{minutes / SITTING:.0f} hours"
    return f"About {time} at {MINUTES} minutes a call. "


def _silent(found: pd.DataFrame) -> str:
    """How many of the candidates are silent for so long today already, until the Friday is there."""
    if clock.today() >= friday_of(clock.today()):
        return ""
    people = found[found["party"] == "candidate"]
    already = int((people["silent"].fillna(SILENT) >= SILENT).sum())
    return f"{already:,} of {text.count(len(people), 'candidate')} are silent for {SILENT} days already. "


# --- one sitting -----------------------------------------------------------------------------------------------------


def show(found: pd.DataFrame) -> None:
    """The calls of one sitting, to be ticked off; the whole list to take away."""
    if found.empty:
        return
    asked = _asked(found)
    if asked.empty:
        st.success("Nobody is left here.", icon=":material/task_alt:")
        return
    listed = in_sittings(asked)
    desk, number = _ask_sitting(listed)
    talks = blitz_data.talks()
    for call in rows_of(listed[(listed["desk"] == desk) & (listed["sitting"] == number)]):
        _card(call, talks[call["party"], call["who"]])
    title = f"Calls to make by {friday_of(clock.today()).isoformat()}, as of {clock.today().isoformat()}"
    sheet, make = Sheet("friday-blitz", title, (DEFINITION,)), partial(table, asked)
    with st.container(horizontal=True, gap="small"):
        downloads.list_button(make, sheet)
        downloads.workbook_button(make, sheet)


def _asked(found: pd.DataFrame) -> pd.DataFrame:
    """The calls of the side that is asked for, without those that are done where only the rest is wanted."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        usual = next(iter(SIDES))
        whom = st.segmented_control("Whom", list(SIDES), default=usual, required=True, key="whom", bind="query-params")
        left = st.toggle("Only who is left", key="left", bind="query-params")
    side = SIDES[whom or usual]
    of_side = found[found["party"] == side] if side else found
    return of_side[~of_side["reached"]] if left else of_side


def _ask_sitting(listed: pd.DataFrame) -> tuple[str, int]:
    """One desk, and where it has more calls than an hour holds, one hour of it."""
    sizes = listed.groupby(["desk", "sitting", "sittings"], sort=False, as_index=False).agg(
        calls=("reached", "size"), done=("reached", "sum")
    )
    said = {(row["desk"], row["sitting"]): _sitting(row) for row in rows_of(sizes)}
    return st.selectbox("One sitting", list(said), format_func=said.__getitem__, key="sitting") or next(iter(said))


def _sitting(row: Row) -> str:
    hour = f", hour {row['sitting']} of {row['sittings']}" if row["sittings"] > 1 else ""
    done = f", {row['done']} done" if row["done"] else ""
    minutes = (row["calls"] - row["done"]) * MINUTES
    return f"{row['desk']}{hour}: {text.count(row['calls'], 'call')}{done}, about {minutes} minutes"


# --- one call --------------------------------------------------------------------------------------------------------


def _card(call: Row, talk: Talk) -> None:
    key = f"{call['desk']}-{call['party']}-{call['who']}"
    with st.container(border=True, gap="small"):
        facts = "  \n".join(f":small[**{name}:** {said}]" for name, said in shown(call, talk).items())
        st.markdown(f"{_head(call)}\n\n{facts}")
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
    if call["silent"] is None:
        return ":orange-badge[never spoken to]"
    days = int(call["silent"])
    return f":{'orange' if days >= SILENT else 'blue'}-badge[silent {text.count(days, 'day')}]"


def shown(call: Row, talk: Talk) -> dict[str, str]:
    """The facts of a call for markdown, those that are known."""
    return {name: text.plain(said, LONGEST) for name, said in facts(call, talk).items() if said}


def facts(call: Row, talk: Talk) -> dict[str, str]:
    """Where they stand, what was said last, what is next and what to say; empty where it is not known."""
    return {
        "Stands": "; ".join(talk.points.stands),
        "Said last": _said(talk.known, call["last_contact_at"]),
        "Next": talk.points.ahead,
        "Say": talk.points.say,
    }


def _said(known: Known, heard: pd.Timestamp | None) -> str:
    """The last note, and the last contact where that was later or nothing was noted."""
    last = known.last
    later = heard is not None and (last is None or heard.date() > last.at.date())
    contact = f"in contact on {text.day(heard)}, nothing noted" if heard is not None and later else ""
    if last is None:
        return contact or "nothing is on record"
    note = f"“{last.text}” ({last.title}, {text.day(last.at)}, {last.desk})"
    return f"{note}; {contact}" if contact else note


def _tick(call: Row, key: str) -> None:
    """The box that says somebody was spoken to, or how they were reached."""
    if call["reached_at"] is not None:
        st.markdown(f"✓ spoken to on {call['reached_at']:%A at %H:%M}".replace(":", "\\:"), width="content")
        return
    box = f"cleared-{key}"
    st.session_state[box] = call["answer_id"] is not None
    by = f"Ticked by {text.plain(call['cleared_by'])}" if call["cleared_by"] else "Tick whom you spoke to"
    st.checkbox("Cleared", key=box, on_change=_save, args=(call,), help=by)


def _save(call: Row) -> None:
    """Keep a tick, or take it back."""
    if call["answer_id"] is not None:
        owed_answers.take_back([int(call["answer_id"])])
        return
    told = {name: call[name] for name in ("party", "who", "desk")}
    row = {"rule": RULE, "answer": CLEARED, "due_on": call["friday"], **told}
    owed_answers.keep(pd.DataFrame([row]), f"{call['who']}: cleared")


# --- to take away ----------------------------------------------------------------------------------------------------


def table(asked: pd.DataFrame) -> pd.DataFrame:
    """The calls with everything the page says of them, one row a call."""
    talks: Mapping[Person, Talk] = blitz_data.talks()
    told = [
        {
            "Desk": call["desk"],
            "Who": call["who"],
            "Party": call["party"],
            "Client": call["client"],
            "Job": call["job"],
            "Last contact": call["last_contact_at"],
            **facts(call, talks[call["party"], call["who"]]),
            "Spoken to": call["reached_at"],
            "Cleared by": call["cleared_by"],
        }
        for call in rows_of(asked)
    ]
    return pd.DataFrame(told)
