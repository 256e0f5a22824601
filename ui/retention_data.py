"""What the page Retention asks of the history, cached until it changes; who wants to be left alone is not named."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from quality import fall_offs, redeployment, retention
from ui import assignment_data, clock, data, owed_data, wishes
from ui.data import Place, cached
from ui.whose import Whose

#: Name of a period -> its days; None: as far as the history goes.
PERIODS: dict[str, int | None] = {"Last 12 months": 365, "Last 24 months": 730, "All": None}
YEAR = "Last 12 months"


def first_day(period: str) -> date | None:
    """The first day of a period that ends today; None where it has no beginning."""
    days = PERIODS[period]
    return None if days is None else clock.today() - timedelta(days=days - 1)


def since(rows: pd.DataFrame, column: str, period: str) -> pd.DataFrame:
    """The rows whose day in the column lies in the period."""
    first = first_day(period)
    return rows if first is None else rows[rows[column] >= pd.Timestamp(first)]


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows about candidates as they may be listed: who wants to be left alone cannot be recognised."""
    return wishes.nameless(rows)


def assignments(chosen: Whose) -> pd.DataFrame:
    """Every assignment of some desks: see `quality.assignments`."""
    return chosen.only(assignment_data.assignments(clock.today()).rows)


def questions(chosen: Whose) -> pd.DataFrame:
    """What is to be asked about them."""
    return chosen.only(assignment_data.assignments(clock.today()).questions)


def watched(chosen: Whose, period: str) -> pd.DataFrame:
    """The assignments with a length that started in the period: see `quality.retention.watched`."""
    return since(retention.watched(assignments(chosen), clock.today()), "started_on", period)


def never_started(chosen: Whose, period: str) -> pd.DataFrame:
    """The assignments of the period that never started: see `quality.retention.never_started`."""
    return retention.never_started(assignments(chosen), first_day(period), clock.today())


def freed(chosen: Whose, period: str) -> pd.DataFrame:
    """Whoever was free after an end in the period, and what came next: see `quality.redeployment.freed`."""
    # Whoever starts again may do so with another desk, so the desks are chosen last.
    every = assignment_data.assignments(clock.today()).rows
    return since(chosen.only(redeployment.freed(every)), "ended_on", period)


def ending(chosen: Whose, today: date) -> pd.DataFrame:
    """Assignments that end in the days ahead: see `quality.redeployment.ending`."""
    return redeployment.ending(assignments(chosen), owed_data.owed(today), today, wishes.candidates_alone())


def fills(chosen: Whose, period: str) -> pd.DataFrame:
    """The fills of the period: see `quality.fall_offs.fills`."""
    return since(chosen.only(_fills(data.here(), clock.today())), "filled_on", period)


@cached("16MB")
def _fills(place: Place, today: date) -> pd.DataFrame:
    return fall_offs.fills(data.at(place).log(), as_of=today, rules=data.rules())
