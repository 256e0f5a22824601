"""The page Hand-offs: who is missing now, in time or not by route and desk, and every move on record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quality.call_sheet import how_late
from quality.desk_sides import SIDES
from quality.handoffs import JUDGED, MEANINGS, ROUTES, STATUSES, stand_ins
from quality.obligation_rules import HANDED_AHEAD
from quality.shares import Share, share
from quality.wishes import NAMELESS
from ui import clock, downloads, handoffs_data, opened, text, timeline_link
from ui.blitz_data import Row, rows_of
from ui.downloads import Sheet
from ui.opened import Behind
from ui.paging import chosen_page
from ui.whose import Whose

PAGE = 10
EVERYBODY = "All of them"
_WEEKS = "the last 26 weeks"
_NEEDED = (
    "No start, ticket or hand-off is on record. An export needs rows of the activity start that name the candidate, "
    "and rows of the activity handoff: who handed over is the desk, who took over is the assignee."
)
COUNTS = (
    f"Of a start a hand-off to care counts from {HANDED_AHEAD} days before it on, and none that support makes or that "
    "is about a ticket."
)
ORDER = "The least late come first: the earlier a hand-off comes, the more it still helps."
#: Said where no hand-off at all is on record, so that nobody knows which were made.
NOT_RECORDED = (
    "Hand-offs are not recorded: no file holds any, so nobody can tell which are missing or in time. An export needs "
    "rows of the activity handoff: who handed over is the desk, who took over is the assignee."
)
#: What is missing on each route.
MISSING = {
    "to_care": "Not handed to care since the start on {since}: {owes} hands over",
    "account_to_care": "Not handed to care by the account manager since the start on {since}: {owes} hands over",
    "to_support": "Ticket of {since}: {owes} has it, and nobody of support",
    "back_to_care": "With support since {since}, the ticket resolved, and not back with care: {owes} hands over",
}
#: What an export has to hold for each route, where nothing of it is on record.
NEEDED = {
    "to_care": "starts that name the contractor, and hand-offs to the desk of contractor care",
    "account_to_care": "contracts of the account manager who won the order, and hand-offs of that desk to care",
    "to_support": "tickets that name somebody of support, or hand-offs to them",
    "back_to_care": "hand-offs to support, and hand-offs back to care",
}


def definition() -> str:
    """What in time means, and who counts as care and support."""
    number = handoffs_data.rule().number
    return (
        f"In time is within {text.count(number, 'business day')} (rule “{handoffs_data.rule().title}”); a ticket, by "
        "the day it was due. The share is in time / (in time + late + missing) of what was called for in the "
        "last 26 weeks. Called off is what ended, or was answered, before it was due. Who works for care or support is "
        "told by the role of the desk, else by its name."
    )


def show(due: pd.DataFrame, moves: pd.DataFrame, older: pd.DataFrame, chosen: Whose) -> None:
    """Who is missing now; beside it the numbers and the moves."""
    if due.empty and moves.empty and older.empty and chosen.asked is None:
        st.info(_NEEDED, icon=":material/info:")
        return
    if not handoffs_data.any_made():
        st.info(NOT_RECORDED, icon=":material/info:")
        return
    missing, numbers = st.tabs(["Missing now", "In time"], key="show", bind="query-params")
    if missing.open:
        with missing:
            _theirs(older, chosen)
    if numbers.open:
        with numbers:
            if due.empty and chosen.asked is not None:
                _none(chosen)
            else:
                _routes(due)
                _by_desk(due, chosen)
            _moves(moves, chosen)


def _theirs(older: pd.DataFrame, chosen: Whose) -> None:
    """Who is missing of their contractors, and what they have and are to hand over."""
    due = chosen.only(handoffs_data.due(), "owed_by")
    if due.empty and older.empty and chosen.asked is not None:
        _none(chosen)
    else:
        _missing(due, older, chosen.words)


def _none(chosen: Whose) -> None:
    """Said of desks of which nothing was called for, which is no praise."""
    none = f"No hand-off of {chosen.words} was called for in {_WEEKS}."
    st.info(text.plain(f"{none} {chosen.places_nobody()}".strip(), 320), icon=":material/info:")


# --- who is missing now ----------------------------------------------------------------------------------------------


def _missing(due: pd.DataFrame, older: pd.DataFrame, whose: str) -> None:
    overdue = handoffs_data.missing(due)
    waiting, unknown = overdue[~overdue["over"]], not_recorded(due)
    if len(due) and not due["recorded"].any():
        st.info(f"Nobody can tell what is missing. {unknown}", icon=":material/info:")
        return
    if waiting.empty:
        within = f" of what was called for in {_WEEKS}" if len(older) else ""
        recorded = " that is recorded" if unknown else ""
        st.success(f"No hand-off{within}{recorded} is missing now.", icon=":material/task_alt:")
    else:
        verb = "is" if len(waiting) == 1 else "are"
        many = text.count(len(waiting), "hand-off")
        st.subheader(f"{many} {verb} missing now, of starts and tickets in {_WEEKS}", anchor=False)
    _older(int((waiting["route"] == "to_care").sum()), older)
    _gone(len(overdue) - len(waiting))
    if unknown:
        st.markdown(unknown)
    st.markdown(f":small[{COUNTS if waiting.empty else f'{COUNTS} {ORDER}'}]")
    if waiting.empty:
        return
    people, left = _by_person(waiting), handoffs_data.gone()
    for rows in people[chosen_page(len(people), PAGE, "missing-page", whose)]:
        _card(rows, left)
    sheet = Sheet("handoffs-missing", f"Hand-offs missing on {clock.today().isoformat()}", (definition(),))
    make = partial(listed, waiting)
    with st.container(horizontal=True, gap="small"):
        downloads.list_button(make, sheet)
        downloads.workbook_button(make, sheet)


def not_recorded(due: pd.DataFrame) -> str:
    """Which routes were called for and are not recorded, and what an export needs for each; "" where there is none."""
    unknown = set(due.loc[~due["recorded"], "route"])
    needed = [f"{title} (an export needs {NEEDED[route]})" for route, title in ROUTES.items() if route in unknown]
    return f"Not recorded: {'; '.join(needed)}." if needed else ""


def _older(listed_here: int, older: pd.DataFrame) -> None:
    """How many of everyone on assignment were not handed to care, those who started before the window too."""
    many = len(older)
    if not many:
        return
    total, run = listed_here + many, "assignment still runs" if many == 1 else "assignments still run"
    verb = "is" if total == 1 else "are"
    st.markdown(
        f"From recruiting to care {total:,} {verb} missing in all: {listed_here:,} of these, and {many:,} from longer "
        f"ago whose {run}, not listed below."
    )
    with st.expander(f"{many:,} from longer ago", icon=":material/history:"):
        opened.people(listed(older), Sheet("handoffs-older", "Older starts not handed to care", key="older_starts"))


def _gone(many: int) -> None:
    if many:
        was = "was" if many == 1 else "were"
        st.markdown(f"{many:,} more {was} never made before the assignment ended or the ticket was resolved.")


def _by_person(waiting: pd.DataFrame) -> list[list[Row]]:
    """What is missing of each person at a client and job, the longest late first; by that whoever is least late."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows_of(waiting.sort_values(["due_at", "since", "trigger_id"])):
        # Rows without a name are about nobody in common.
        who = row["trigger_id"] if row["who"] in (None, NAMELESS) else row["who"]
        found.setdefault((row["party"], who, row["client"], row["job"]), []).append(row)
    return sorted(found.values(), key=lambda rows: (rows[0]["due_at"], rows[0]["since"]), reverse=True)


def _card(rows: list[Row], left: Mapping[str, pd.Timestamp]) -> None:
    first = rows[0]
    late = how_late(first["due_at"], clock.today())
    badge = f":orange-badge[:material/schedule: {late}]"
    about = " · ".join(text.plain(one) for one in (first["client"], first["job"]) if one)
    missing = "  \n".join(f":small[{_said(row)}.{_has_left(row, left)}]" for row in rows)
    with st.container(border=True, gap="small"):
        st.markdown(f"**{text.plain(first['who'] or '(no name)')}** {badge} {about}\n\n{missing}")
        if first["who"] and first["who"] != NAMELESS:
            timeline_link.show(first["party"], first["who"])


def _said(row: Row) -> str:
    since, owes = text.day(row["since"]), text.plain(row["owed_by"])
    return MISSING[row["route"]].format(since=since, owes=owes or "nobody on record")


def _has_left(row: Row, left: Mapping[str, pd.Timestamp]) -> str:
    """That whoever owes it has left, and who could do it instead."""
    owes, instead = row["owed_by"], row["started_by"]
    if owes not in left:
        return ""
    could = f" {text.plain(instead)} made the start and could hand over." if instead and instead not in left else ""
    return f" **{text.plain(owes)} has left** ({text.day(left[owes])}).{could}"


# --- by route and desk -----------------------------------------------------------------------------------------------


def in_time(rows: pd.DataFrame) -> Share:
    """Hand-offs in time, of those in time, late or missing."""
    return share(int((rows["status"] == "kept").sum()), int(rows["status"].isin(JUDGED).sum()))


def _routes(due: pd.DataFrame) -> None:
    held = due[due["recorded"]]
    with st.grid(2, min_column_width=280):
        for route, title in ROUTES.items():
            _route(route, title, held[held["route"] == route], int((due["route"] == route).sum()))
    st.markdown(f":small[{definition()}]")


def _route(route: str, title: str, rows: pd.DataFrame, called_for: int) -> None:
    found = in_time(rows)
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(title, found.number)
        if found.of:
            said = f"{found.beside[0].upper()}{found.beside[1:]}."
        elif len(rows):
            said = "Nothing fell due yet."
        elif called_for:
            said = f"Not recorded, though {called_for:,} were called for. An export needs {NEEDED[route]}."
        else:
            said = f"Nothing was called for. An export needs {NEEDED[route]}."
        st.markdown(f":small[{text.unbroken(said)}]")
        st.markdown(f":small[Counted: {MEANINGS[route]}.]")


def _by_desk(due: pd.DataFrame, chosen: Whose) -> None:
    held = due[due["recorded"]]
    if held.empty:
        return
    st.subheader("Desk by desk", anchor=False)
    names = [route for route in ROUTES if (held["route"] == route).any()]
    route = names[0]
    if len(names) > 1:
        picked = st.segmented_control(
            "Hand-off",
            names,
            default=route,
            required=True,
            format_func=ROUTES.__getitem__,
            key="route",
            bind="query-params",
        )
        route = picked or route
    own = held[held["route"] == route]
    desks = ["", *sorted(own["desk"].dropna().unique())]
    shown = by_desk(own, desks)

    def behind(row: int, column: str) -> Behind:
        states = [status for status, title in STATUSES.items() if title == column] or list(STATUSES)
        rows = own[own["status"].isin(states) & ((own["desk"] == desks[row]) | (desks[row] == ""))]
        return Behind(f"{ROUTES[route]}, {desks[row] or EVERYBODY.lower()}", listed(rows), rows["party"])

    sheet = Sheet("handoffs-by-desk", f"{ROUTES[route]}, in time by desk", (definition(),))
    opened.table(shown, sheet, behind, f"{route}-{chosen.words}-{len(own)}")
    st.markdown(f":small[{opened.HINT}]")


def by_desk(own: pd.DataFrame, desks: list[str]) -> pd.DataFrame:
    """Desk, in time (``74 % (26 of 35)``, of few ``2 of 9``), likely range, and how many are what."""
    held = [own if desk == "" else own[own["desk"] == desk] for desk in desks]
    shares = [in_time(rows) for rows in held]
    likely = [one.likely.removeprefix("likely ") or None for one in shares]
    told = {"In time, of all": [one.short for one in shares], "Likely": likely}
    counts = {title: [int((rows["status"] == name).sum()) for rows in held] for name, title in STATUSES.items()}
    seen = {title: numbers for title, numbers in counts.items() if any(numbers)}
    return pd.DataFrame({"Desk": [desk or EVERYBODY for desk in desks], **told, **seen})


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Hand-offs as people read them; where a desk that has left owes any, since when and who could make it."""
    ordered = rows.sort_values(["since", "trigger_id"], ascending=False)
    left = handoffs_data.gone()
    away = {"Left": pd.to_datetime(ordered["owed_by"].map(left)), "Could hand over": stand_ins(ordered, left)}
    told = {name: cells for name, cells in away.items() if cells.notna().any()}
    return pd.DataFrame(
        {
            "Who": ordered["who"],
            "Hand-off": ordered["route"].map(ROUTES),
            "Result": ordered["status"].map(STATUSES),
            "Since": ordered["since"],
            "Due": ordered["due_at"],
            "Made": ordered["done_at"],
            "Owed by": ordered["owed_by"],
            **told,
            "Made by": ordered["made_by"],
            "To": ordered["assignee"],
            "Client": ordered["client"],
            "Job": ordered["job"],
        }
    )


# --- every move ------------------------------------------------------------------------------------------------------


def _moves(moves: pd.DataFrame, chosen: Whose) -> None:
    if moves.empty:
        return
    st.subheader("Every hand-off on record in the last 26 weeks", anchor=False)
    counts = (
        moves.groupby(["from_side", "to_side"], sort=False).size().sort_values(ascending=False).reset_index(name="n")
    )
    shown = pd.DataFrame(
        {
            "From": counts["from_side"].map(SIDES),
            "To": counts["to_side"].map(SIDES),
            "Hand-offs": counts["n"],
        }
    )

    def behind(row: int, _: str) -> Behind:
        one = counts.iloc[row]
        rows = moves[(moves["from_side"] == one["from_side"]) & (moves["to_side"] == one["to_side"])]
        return Behind(f"{SIDES[one['from_side']]} to {SIDES[one['to_side']].lower()}", moved(rows), rows["party"])

    opened.table(
        shown, Sheet("handoffs", "Hand-offs of the last 26 weeks"), behind, f"moves-{chosen.words}-{len(moves)}"
    )


def moved(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows *handoff* as people read them."""
    names = {"who": "Who", "at": "When", "desk": "From", "assignee": "To", "client": "Client", "job": "Job"}
    return rows[list(names)].rename(columns=names)
