"""What the page Support asks of the history: tickets, who wants to be left alone, and who takes care of whom."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality import handoffs, support, support_counts
from quality.desk_sides import sides
from quality.support import Tickets
from ui import assignment_data, clock, data, judgement, owed_data, wishes
from ui.data import Place, cached


def tickets() -> Tickets:
    """Every ticket as it stands today, by the rule in force and with what was answered; see `quality.support`.

    ``owner`` is who has it, or had it when it was resolved (`quality.handoffs.holder`). New: handed_by, handed_to,
    handed_at (`quality.handoffs.last_move`), ``care`` (the desk of contractor care, see `care_of`), ``by_care`` (the
    desk of care that handed the ticket on, else that has it) and ``is_over`` (the assignment of its contractor is
    over). Who wants to be left alone is not named.
    """
    found = _held(data.here(), clock.today())
    return Tickets(wishes.nameless(found.rows), wishes.nameless(found.questions))


def everything() -> Tickets:
    """The tickets as `quality.support` tells them, with clients and every name: to count further, not to be shown."""
    return _tickets(data.here(), clock.today())


def care_of(rows: pd.DataFrame) -> pd.Series:
    """The desk of contractor care of each ticket's contractor at that client; missing where none is on record."""
    known = assignment_data.assignments(clock.today()).rows.dropna(subset=["care_owner"])
    last = known.drop_duplicates(["candidate", "client"], keep="last").set_index(["candidate", "client"])["care_owner"]
    asked = pd.MultiIndex.from_frame(rows[["candidate", "client"]])
    return pd.Series(last.reindex(asked).to_numpy(), index=rows.index)


def is_over(rows: pd.DataFrame) -> pd.Series:
    """Whether the assignment of each ticket's contractor is over: see `quality.support_counts.is_over`."""
    return support_counts.is_over(rows, assignment_data.assignments(clock.today()).rows)


def moves() -> pd.DataFrame:
    """Every hand-off on record, in the order of time: see `quality.handoffs.moves`."""
    return _moves(data.facts(), clock.today())


def is_care_recorded() -> bool:
    """Whether the firm records hand-offs to care: see `quality.handoffs.is_recorded`."""
    return handoffs.is_recorded(moves())


def holder(rows: pd.DataFrame) -> pd.Series:
    """Who has each ticket, or had it when it was resolved: see `quality.handoffs.holder`."""
    return handoffs.holder(rows, moves())


@cached("16MB")
def _held(place: Place, today: date) -> Tickets:
    found = _tickets(place, today)
    rows = found.rows
    moved = handoffs.last_move(rows, moves())
    told = rows.assign(owner=holder(rows), care=care_of(rows), is_over=is_over(rows)).join(moved)
    return Tickets(told.assign(by_care=_by_care(told, today)), found.questions)


def _by_care(rows: pd.DataFrame, today: date) -> pd.Series:
    """The desk of care that handed each ticket on, else that has it; missing where none did."""
    days = rows["handed_at"].dt.normalize()
    handed = rows["handed_by"].where(sides(rows["handed_by"], data.roster(), days) == "care")
    held = days.where(days.notna(), pd.Timestamp(today))
    return handed.fillna(rows["owner"].where(sides(rows["owner"], data.roster(), held) == "care"))


@cached("16MB")
def _tickets(place: Place, today: date) -> Tickets:
    history = data.at(place)
    rules, working = owed_data.rules(), judgement.workdays()
    found = support.tickets(history.log(), as_of=today, rules=rules, working=working, answers=history.answers())
    return support.with_clients(found, assignment_data.assignments(today).rows)


@cached("16MB")
def _moves(facts: Place, today: date) -> pd.DataFrame:
    return handoffs.moves(data.at(facts).log(), as_of=today, roster=data.roster())
