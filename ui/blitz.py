"""The page Friday blitz: how many calls there are, the list to go through and tick off, and what is no longer open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quality.blitz import SILENT, friday_of
from quality.blitz_calls import CLEARED, MINUTES, RULE, SITTING, sittings
from quality.last_words import Known, Person
from store import StoreError
from ui import blitz_data, clock, data, text
from ui.blitz_data import Talk
from ui.downloads import Sheet, buttons
from ui.whose import Whose

#: Calls of one sitting.
SITTING_CALLS = SITTING // MINUTES
BOTH, SIDES = "Everybody", {"Candidates": "candidate", "Clients": "client"}
_NAME, _REFUSED = "blitz_by", "blitz_refused"
ICONS = {"candidate": ":material/person:", "client": ":material/apartment:"}


def definition() -> str:
    """What stands on the list, in one sentence."""
    return (
        f"Every candidate in process who by that Friday has heard nothing for {SILENT} days or more, and everybody at "
        "a client with an open order and no news since Monday."
    )


def lead(found: pd.DataFrame) -> None:
    """How many calls are left until when, and how long they take."""
    friday = friday_of(clock.today())
    if found.empty:
        _say_nobody(friday)
        return
    left = int((~found["reached"]).sum())
    done = len(found) - left
    head = f"{text.count(left, 'call')} to make by {friday:%A}, {text.day(friday)}" if left else "Everybody was reached"
    st.subheader(head, anchor=False)
    cleared = f" {done:,} of {len(found):,} are done." if done else ""
    st.markdown(f"{_takes(left)}{cleared} {definition()}".strip())


def _takes(left: int) -> str:
    if not left:
        return ""
    if left <= SITTING_CALLS:
        return f"About {left * MINUTES} minutes at {MINUTES} minutes a call."
    return f"About {sittings(left)} hours at {MINUTES} minutes a call: choose a desk, or take an hour at a time."


def _say_nobody(friday: date) -> None:
    st.info(
        f"Nobody is on the list for {friday:%A}, {text.day(friday)}. It needs candidates in process (rows such as "
        "interview, presentation or send-out that name the candidate) or open orders (rows of the activity contract).",
        icon=":material/info:",
    )


# --- the list --------------------------------------------------------------------------------------------------------


def show(found: pd.DataFrame, chosen: Whose) -> None:
    """The calls, an hour at a time, to be ticked off."""
    if found.empty:
        return
    asked = _asked(found)
    by = _ask_name(chosen)
    hour = _hour(asked)
    talks = blitz_data.talks()
    for desk, calls in hour.groupby("desk", sort=False):
        st.markdown(f"#### {text.plain(desk)}, {text.count(len(calls), 'call')}")
        for call in calls.astype(object).where(calls.notna(), None).to_dict("records"):
            _call(call, talks[(call["party"], call["who"])], by)
    buttons(table(asked, talks), Sheet("friday_blitz", f"Calls for {friday_of(clock.today())}", (definition(),)))


def _asked(found: pd.DataFrame) -> pd.DataFrame:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whom = st.segmented_control(
            "Whom", [BOTH, *SIDES], default=BOTH, required=True, key="whom", bind="query-params"
        )
        left = st.toggle("Only who is left", key="only_left", bind="query-params")
    of_side = found[found["party"] == SIDES[whom]] if whom in SIDES else found
    return of_side[~of_side["reached"]] if left else of_side


def _ask_name(chosen: Whose) -> str:
    usual = chosen.desks[0] if len(chosen.desks) == 1 else ""
    return st.text_input("Your name", usual, 80, key=_NAME, help="Kept with every tick", width=320)


def _hour(asked: pd.DataFrame) -> pd.DataFrame:
    """The calls of the chosen hour."""
    if asked.empty:
        st.markdown("Nobody is left here.")
    hours = sittings(len(asked))
    at = min(st.pagination(hours, key="blitz_hour"), hours) if hours > 1 else 1
    if hours > 1:
        st.markdown(f":small[Hour {at} of {hours}, {SITTING_CALLS} calls each]")
    return asked[(at - 1) * SITTING_CALLS : at * SITTING_CALLS]


def _call(call: dict[str, Any], talk: Talk, by: str) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{ICONS[call['party']]} **{text.plain(call['who'])}**{_place(call)}", width="stretch")
            _tick(call, by)
        for line in lines(call, talk):
            st.markdown(line)


def _place(call: dict[str, Any]) -> str:
    where = [call["client"]] if call["client"] != call["who"] else []
    said = ", ".join(text.plain(one) for one in (call["job"], *where) if one)
    return f" · {said}" if said else ""


def lines(call: dict[str, Any], talk: Talk) -> list[str]:
    """What is said below a name: where they stand, what was said last, what is next, what to say; markdown."""
    told = _told(talk, call["last_contact_at"])
    return [f":small[**{name}:** {text.plain(words, 400)}]" for name, words in told.items() if words]


def _told(talk: Talk, heard: pd.Timestamp | None) -> dict[str, str]:
    points = talk.points
    return {
        "Stands": "; ".join(points.stands),
        "Last said": said(talk.known, heard),
        "Next": points.ahead,
        "Say": points.say,
    }


def said(known: Known, heard: pd.Timestamp | None) -> str:
    """The last note with its day and desk; where the last contact left none, that."""
    if known.last is None:
        return f"nothing noted; last contact {text.day(heard)}" if heard is not None else "nothing on record"
    note = f"“{known.last.text}” ({text.day(known.last.at)}, {known.last.title.lower()}, {known.last.desk})"
    later = heard is not None and heard.date() > known.last.at.date()
    return f"{note}; last contact {text.day(heard)}, without a note" if later and heard is not None else note


def table(asked: pd.DataFrame, talks: Mapping[Person, Talk]) -> pd.DataFrame:
    """The calls as a table to hand out."""
    rows = [
        {
            "Desk": call["desk"],
            "Party": call["party"],
            "Who": call["who"],
            "Client": call["client"],
            "Job": call["job"],
            "Last contact": call["last_contact_at"],
            **_told(talks[(call["party"], call["who"])], call["last_contact_at"]),
            "Spoken to": call["reached_at"],
            "Cleared by": call["cleared_by"],
        }
        for call in asked.astype(object).where(asked.notna(), None).to_dict("records")
    ]
    return pd.DataFrame(rows)


# --- ticking off -----------------------------------------------------------------------------------------------------


def _tick(call: dict[str, Any], by: str) -> None:
    """A box to tick, or how somebody was reached."""
    if call["reached_at"] is not None:
        st.markdown(f":green-badge[✓ spoken to, {call['reached_at']:%A %H:%M}]", width="content")
        return
    key = f"clear-{call['desk']}-{call['party']}-{call['who']}"
    st.session_state[key] = call["answer_id"] is not None
    tip = f"Cleared by {text.plain(call['cleared_by'])}" if call["cleared_by"] else "Tick whoever you spoke to"
    st.checkbox("Cleared", key=key, on_change=_save, args=(call, by), help=tip, width="content")


def _save(call: dict[str, Any], by: str) -> None:
    """Keep a tick, or take it back."""
    history = data.history()
    try:
        if call["answer_id"] is not None:
            history.remove_answer(int(call["answer_id"]))
        else:
            told = {name: call[name] for name in ("party", "who", "desk")}
            history.save_answers(
                [{"rule": RULE, "answer": CLEARED, "due_on": call["friday"], "answered_by": by, **told}]
            )
    except StoreError as refused:
        st.session_state[_REFUSED] = f"{refused.reason} {refused.fix}"
