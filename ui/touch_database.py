"""The database touch on the page Touch programme: who heard from the firm lately, and the list for a mailing."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from quality.database_touch import DAYS, Reached
from ui import downloads, named, text, touch_data
from ui.downloads import Sheet
from ui.whose import Whose

#: Lines of a list that are shown.
SHOWN = 200
PARTIES = {"candidate": "Candidates", "client": "Client contacts"}
#: Group of `quality.database_touch` -> what it is called.
GROUPS: Mapping[str, str] = {
    "mailing": "For a mailing",
    "touched": "Touched lately",
    "waiting": "Waiting for a call",
    "alone": "Left alone",
}
_MAILING = "mailing"


def database(chosen: Whose) -> None:
    """Coverage of everybody on record, by party, and the people behind every number."""
    found = touch_data.database(chosen.asked)
    if not any(sum(one.groups.values()) for one in found):
        st.info(_NOTHING, icon=":material/info:")
        return
    st.markdown(_ABOUT + _whose(chosen))
    with st.grid(2, min_column_width=260):
        for one in found:
            _card(one)
    _people(chosen, found)


_NOTHING = "Nobody is on record here. An export needs rows that name a candidate, or a contact at a client."
_ABOUT = (
    f"Everybody on record is to hear from us within {DAYS} days, and an automated message is enough. It is a list for "
    "a mailing and never one of calls: none of it is on Owed, and whoever waits for a call there is left out here."
)


def _whose(chosen: Whose) -> str:
    if chosen.asked is None:
        return ""
    return f" Shown are the people named in any row of {text.plain(chosen.words, 200)}; a contact by anybody counts."


def _card(found: Reached) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(f"{PARTIES[found.party]}, touched in the last {DAYS} days", found.touched.number)
        st.markdown(text.unbroken(said(found)))


def said(found: Reached) -> str:
    """The counts behind the share, and what of the others."""
    if not found.touched.of:
        return "Nobody is on record whom we may contact." + _alone(found)
    parts = [f"{found.touched.beside[0].upper()}{found.touched.beside[1:]}."]
    parts += [f"{found.silent:,} silent for {DAYS} days or more."] if found.silent else []
    parts += [f"{found.groups['waiting']:,} of them wait for a call that is owed."] if found.groups["waiting"] else []
    parts += [f"With {found.never:,} no contact is on record at all."] if found.never else []
    return " ".join(parts) + _alone(found)


def _alone(found: Reached) -> str:
    many = found.groups["alone"]
    return f" {text.count(many, 'person wants', 'people want')} to be left alone." if many else ""


def _people(chosen: Whose, found: tuple[Reached, ...]) -> None:
    counts = {group: sum(one.groups[group] for one in found) for group in GROUPS}
    held = [group for group in GROUPS if counts[group] or group == _MAILING]
    group = st.segmented_control(
        "People",
        held,
        default=_MAILING,
        required=True,
        format_func=GROUPS.__getitem__,
        key="people",
        bind="query-params",
    )
    _list(chosen, group or _MAILING, counts[group or _MAILING])


def _list(chosen: Whose, group: str, many: int) -> None:
    if not many:
        st.markdown("Nobody is on the list for a mailing.")
        return
    people = text.count(many, "person", "people")
    st.markdown(f"**{people}.** {_how() if group == _MAILING else ''}")
    title = "People to send a message to" if group == _MAILING else f"People: {GROUPS[group].lower()}"
    downloads.list_button(touch_data.every_person(chosen.asked, group), Sheet(f"people-{group}", title))
    if many > SHOWN:
        st.markdown(f"The first {SHOWN}, those silent the longest at the top; the file holds all {many:,}.")
    rows = touch_data.first_people(chosen.asked, group, SHOWN)
    party = rows["party"].map({"candidate": "Candidate", "client": "Client contact"})
    shown = rows.assign(party=party).rename(columns={"who": "Who", "party": "Party", "last_contact_at": "Last contact"})
    days = {"Last contact": st.column_config.DateColumn(format="D MMM YYYY")}
    key = f"people-{group}-{chosen.words}-{len(rows)}"
    named.table(shown, key, f"{title}, the first {SHOWN}", {"Who": rows["party"]}, days)


def _how() -> str:
    if touch_data.has_contact_points():
        return "One line a person, with the e-mail address where one is kept, for a mail merge or an auto-responder."
    return (
        "One line a person, by the name or number of the export, for a mail merge or an auto-responder. Addresses "
        "are in it once contact details are kept, which is switched on under People."
    )
