"""The page Care: who on assignment needs a call first and why, one card a person; who is in the first 45 days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from charts.care_days import care_days_figure, describe_care_days
from quality.call_sheet import how_late
from quality.care_signals import FLAGGED, LEVELS, Weights
from quality.care_silence import LOAD
from quality.last_words import Known
from quality.obligation_rules import BY_NAME
from quality.vocabulary import ACTIVITIES
from ui import (
    assignment_data,
    care_data,
    care_files,
    clock,
    menu,
    owed_data,
    owed_link,
    support_data,
    text,
    timeline_link,
    whose,
)
from ui.paging import chosen_page
from ui.whose import Whose

PAGE = 24
#: Letters of a note, and of a reason, that are shown.
NOTE, REASON = 200, 240
#: How a level looks: a shape and a colour beside the word, as in the chart below.
BADGES = {"act": ":orange-badge[▲ act]", "watch": ":blue-badge[● watch]", "calm": ":gray-badge[○ calm]"}
#: Channels that are not said by their own name.
CHANNELS = {"email": "e-mail", "onsite": "on site"}
#: What can be asked for -> the levels of it.
SHOWN: dict[str, tuple[str, ...]] = {
    "Call first": FLAGGED,
    "Act": ("act",),
    "Watch": ("watch",),
    "Calm": ("calm",),
    "All": LEVELS,
}
ANY_DAY = "Any day"
WINDOW, SETTLED = 45, 120
#: Days of an assignment that can be asked for -> the first and the last of them.
DAYS: dict[str, tuple[int, int]] = {
    f"First {WINDOW} days": (0, WINDOW),
    f"Day {WINDOW + 1} to {SETTLED}": (WINDOW + 1, SETTLED),
    f"After day {SETTLED}": (SETTLED + 1, 10**6),
}
CONFIG = {"displayModeBar": False}
ORDER = "On each level those nobody has spoken to since their latest sign come first, then by their points."
BY_POINTS = "On each level by their points."
NO_LINE = (
    "Where a card does not lead to Owed, no rule of follow-up asks for the call: note it in your own system, and the "
    "next export shows it here."
)
#: What is next for who stands on act: by the signs, whatever is owed by rule.
NOW = "**call now**, for the signs above"
#: Who looks after a contractor beside the desk.
OWNERS = ("care_owner", "support_owner")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows: whose, at which clients (none: all), which levels, which days of the assignment."""

    whose: Whose
    clients: tuple[str, ...]
    shown: str
    days: str

    @property
    def words(self) -> str:
        """All of it in a line, plain text."""
        parts = [self.shown, self.whose.words, text.listed(self.clients), self.days if self.days != ANY_DAY else ""]
        return ", ".join(filter(None, parts))


def ask() -> Asked:
    """Whose contractors, at which clients, on which level and day; all kept in the address."""
    chosen = whose.ask()
    names = sorted(chosen.only(care_data.people(), *OWNERS)["client"].dropna().unique())
    with st.grid(2, min_column_width=260):
        clients = st.multiselect("Clients", names, placeholder="All clients", key="client", bind="query-params")
        days = st.selectbox("Day of the assignment", [ANY_DAY, *DAYS], key="assignment_day", bind="query-params")
    shown = st.segmented_control(
        "Level", list(SHOWN), default="Call first", required=True, key="level", bind="query-params"
    )
    return Asked(chosen, tuple(clients), shown or "Call first", days or ANY_DAY)


def show(asked: Asked) -> None:
    """How many need a call, then the people asked for, a page at a time, and the list to take away."""
    if fault := care_data.not_judged():
        st.info(f"{fault} {LOAD}", icon=":material/hearing_disabled:")
    people = _of(care_data.people(), asked)
    listed = people[people["level"].isin(SHOWN[asked.shown])]
    _lead(people, listed, asked, care_data.weights())
    if listed.empty:
        st.success(_nobody(asked), icon=":material/task_alt:")
    else:
        _cards(listed.iloc[chosen_page(len(listed), PAGE, "care-page", asked.words)])
        care_files.buttons(listed, asked.words)
    _left_alone(people)
    _window(people)


def _of(people: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """The people asked for, on any level."""
    own = asked.whose.only(people, *OWNERS)
    if asked.clients:
        own = own[own["client"].isin(asked.clients)]
    if asked.days == ANY_DAY:
        return own
    first, last = DAYS[asked.days]
    return own[own["day"].between(first, last).fillna(False).astype("bool")]


def _lead(people: pd.DataFrame, listed: pd.DataFrame, asked: Asked, weights: Weights) -> None:
    counts = {level: int((people["level"] == level).sum()) for level in LEVELS}
    st.subheader(_head_of(counts, len(listed), asked.shown), anchor=False)
    whole, alone = text.count(len(people), "contractor"), int(people["alone"].sum())
    levels = ", ".join(f"{number:,} {level}" for level, number in counts.items())
    st.markdown(
        f"{whole} on assignment: {levels}{f', {alone:,} not to be contacted' * bool(alone)}. "
        f":small[{BY_POINTS if care_data.not_judged() else ORDER} {weights.in_words} {weights.since}]"
    )


def _head_of(counts: dict[str, int], listed: int, shown: str) -> str:
    """What the list that is shown is, and how many stand on it."""
    if shown == "Call first":
        need = "needs" if counts["act"] == 1 else "need"
        return f"{counts['act']:,} {need} a call now, {counts['watch']:,} to be watched"
    return f"{text.count(listed, 'contractor')} {_STANDING[shown]}"


_STANDING = {
    "Act": "to be called now",
    "Watch": "to be watched",
    "Calm": "without a reason to call",
    "All": "on assignment",
}


def _nobody(asked: Asked) -> str:
    if asked.shown == "Call first":
        return "Nobody shows a sign that asks for a call."
    return "Nobody is on assignment here." if asked.shown == "All" else "Nobody stands on this level."


def _left_alone(people: pd.DataFrame) -> None:
    """Who asked not to be contacted: the name and nothing else."""
    names = people.loc[people["alone"], "contractor"].unique()
    if len(names):
        said = ", ".join(text.plain(name) for name in names)
        st.markdown(f":material/do_not_disturb_on: **Do not contact**: {said}.")


# --- one person ------------------------------------------------------------------------------------------------------


def _cards(people: pd.DataFrame) -> None:
    names = tuple(people["contractor"].unique())
    with st.spinner("Looking what was said last and what is due"):
        known, due = care_data.known_of(names), care_data.due_next(names)
        on_owed = owed_data.parts_of(("candidate", name) for name in names)
    if len(on_owed) < len(names):
        st.markdown(f":small[{NO_LINE}]")
    with st.grid(2, min_column_width=320):
        for row in people.astype(object).where(people.notna(), None).to_dict("records"):
            name = str(row["contractor"])
            _card(row, known.get(name, Known()), due.get(name), on_owed.get(("candidate", name)))


def _card(row: dict[Any, Any], known: Known, due: tuple[str, pd.Timestamp] | None, on_owed: str | None) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown("\n\n".join(filter(None, (_head(row), _why(row), _facts(row, known, due)))))
        if bar := _bar(row["day"]):
            st.progress(row["day"] / WINDOW, f":small[{bar}]")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            timeline_link.show("candidate", str(row["contractor"]))
            owed_link.show(("candidate", str(row["contractor"])), on_owed, str(row["assignment"]))
            _open_desk(row["desk"])


def _head(row: dict[Any, Any]) -> str:
    about = " · ".join(text.plain(one) for one in (row["job"], row["client"], _day(row["day"])) if one)
    return f"**{text.plain(row['contractor'])}** {badge(row)}  \n:small[{about}]"


def badge(row: dict[Any, Any]) -> str:
    """The level of somebody and the points it comes from: markdown."""
    points = row["points"]
    return f"{BADGES[row['level']]} :small[{points:g}\u00a0{'point' if points == 1 else 'points'}]"


def _bar(day: int | None) -> str:
    """What the bar of the first 45 days says; nothing later."""
    return f"Day {day} of the first {WINDOW}" if day is not None and day <= WINDOW else ""


def _day(day: int | None) -> str:
    """The day of the assignment where no bar shows it."""
    if day is None:
        return "first day not on record"
    return f"day {day:,}" if day > WINDOW else ""


def _why(row: dict[Any, Any]) -> str:
    """The signs, a line each, and what they are in on top of them where the bar does not say it."""
    signs = "  \n".join(f"{text.plain(said, REASON)}." for said in row["reasons"]) or "No sign of trouble."
    context = [said for said in row["context"] if said != _bar(row["day"])]
    return signs + (f"  \n:small[Besides: {text.plain('; '.join(context), REASON)}]" if context else "")


def _facts(row: dict[Any, Any], known: Known, due: tuple[str, pd.Timestamp] | None) -> str:
    """When somebody was in contact last and what was said, what is due and booked, who looks after them."""
    told = {
        **_met(row),
        "Said last": _said(known),
        "Next due": _due(row["level"], due),
        "Booked": _booked(known),
        "Care": text.plain(row["care_owner"] or assignment_data.not_handed(support_data.is_care_recorded())),
        "Support": text.plain(row["support_owner"]) if row["support_owner"] else "",
    }
    return "  \n".join(f":small[**{name}:** {said}]" for name, said in told.items() if said)


def _met(row: dict[Any, Any]) -> dict[str, str]:
    """The last contact; where they were spoken to since the latest sign that, and what was written still later."""
    if not row["spoken"]:
        return {"Last contact": _contact(row)}
    spoken = row["last_spoken"]
    if spoken == row["last_contact"]:
        return {"Spoken to since": _contact(row)}
    return {"Spoken to since": f"{text.day(spoken)}, {_ago(spoken)}", "Last contact": _contact(row)}


def _contact(row: dict[Any, Any]) -> str:
    """The last contact and what it was; that nobody has spoken since, where a sign came that day or later."""
    last, signed = row["last_contact"], row["signed_on"]
    unheard = row["spoken"] is not None and not row["spoken"] and signed is not None
    silent = "; **nobody has spoken to them since the latest sign**" * unheard
    if last is None:
        return f"none on record{silent}" if row["recorded_on"] is not None else "not recorded"
    how = f", {CHANNELS.get(row['met_how'], row['met_how'])}" if row["met_how"] else ""
    same = ", the day of the sign" if last == signed else ""
    early = ", before the start" if row["started_on"] is not None and last < row["started_on"] else ""
    return f"{text.day(last)} ({ACTIVITIES[row['met_by']].title}{how}), {_ago(last)}{same}{early}{silent}"


def _ago(day: pd.Timestamp) -> str:
    days = (pd.Timestamp(clock.today()) - day).days
    return f"{text.count(days, 'day')} ago" if days else "today"


def _due(level: str, due: tuple[str, pd.Timestamp] | None) -> str:
    """What is due next by the programme; on act a call now, whatever the programme says."""
    planned = f"{BY_NAME[due[0]].owed}, {how_late(due[1], clock.today())}" if due else ""
    if level != "act":
        return planned
    return f"{NOW}; by the programme {planned}" if planned else NOW


def _said(known: Known) -> str:
    last = known.last
    return f"“{text.plain(last.text, NOTE)}” ({last.title}, {text.day(last.at)})" if last else ""


def _booked(known: Known) -> str:
    ahead = known.ahead
    return f"{ahead.title} on {ahead.at:%a} {text.day(ahead.at)}" if ahead else ""


def _open_desk(desk: str | None) -> None:
    if desk:
        icon, tip = menu.BY_URL["desk"].icon, "Opens the desk"
        st.page_link(menu.file("desk"), label=text.plain(desk), icon=icon, help=tip, query_params={"who": desk})


# --- the first 45 days -----------------------------------------------------------------------------------------------


def _window(people: pd.DataFrame) -> None:
    """Everyone by the day of the assignment, the first 45 marked."""
    known = people[people["day"].notna() & people["level"].notna()]
    if known.empty:
        return
    new = int((known["day"] <= WINDOW).sum())
    whole = text.count(len(known), "contractor")
    st.subheader(f"{new:,} of {whole} {'is' if new == 1 else 'are'} in the first {WINDOW} days", anchor=False)
    st.plotly_chart(
        care_days_figure(known), alt=describe_care_days(known), config=CONFIG, key="care_days", width="stretch"
    )
    st.markdown(
        ":small[Each mark is a contractor on assignment, on any level; the highest weighs most. The line: day 45.]"
    )
