"""What the page Hand-offs asks of the history: which hand-offs were due, which were made, and every move on record."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from quality import handoffs
from quality.answers import answered
from quality.handoffs_over import with_ends
from quality.obligation_forms import Rule
from quality.obligations import obligations
from quality.rule_changes import rule_on
from quality.spelling import spelt_alike
from ui import assignment_data, clock, data, judgement, owed_data, support_data, wishes
from ui.data import Place, cached

#: So many days back a hand-off was called for.
WINDOW = 182
#: Before any assignment on record.
EVER = date(1900, 1, 1)


def first_day() -> date:
    """The first day whose starts and tickets are looked at."""
    return clock.today() - timedelta(days=WINDOW)


def rule() -> Rule:
    """The rule that says how long a hand-off to care may take, as it is today."""
    return rule_on(data.settings(), handoffs.RULE, clock.today())


def due() -> pd.DataFrame:
    """Every hand-off that was called for since ``first_day``, of every route: see `quality.handoffs`.

    ``recorded``: the firm records any of that route; of others it is not known whether they are made, and of none where
    no hand-off at all is on record.
    """
    return _due(data.here(), clock.today())


def any_made() -> bool:
    """Whether any hand-off is on record, whenever it was made."""
    return bool(len(support_data.moves()))


def missing(found: pd.DataFrame) -> pd.DataFrame:
    """Of hand-offs that were called for those that are overdue, on routes that are recorded; ``over``: too late now."""
    return found[found["recorded"] & (found["status"] == "overdue")]


def older() -> pd.DataFrame:
    """Starts before ``first_day`` whose assignment still runs and that were not handed to care: rows as in ``due``.

    Nothing where no hand-off to care is on record at all, as it is not known then whether they are made.
    """
    still = _older(data.here(), clock.today())
    return still if support_data.is_care_recorded() else still.head(0)


def gone() -> dict[str, pd.Timestamp]:
    """The desks that have left, by the roster -> their last day."""
    return handoffs.gone(data.roster(), clock.today())


def moves() -> pd.DataFrame:
    """Every hand-off row since ``first_day``, the latest first: see `quality.handoffs.moves`."""
    made = support_data.moves()
    recent = made[made["at"] >= pd.Timestamp(first_day())]
    return wishes.nameless(recent.iloc[::-1].reset_index(drop=True))


@cached("16MB")
def _due(place: Place, today: date) -> pd.DataFrame:
    log, made, tickets = data.at(place).log(), support_data.moves(), support_data.everything().rows
    owed = _owed(place, today)
    starts = handoffs.to_care(owed[owed["due_at"] >= pd.Timestamp(first_day())].reset_index(drop=True), made)
    parts = [
        starts,
        handoffs.account_to_care(starts, made, log, as_of=today),
        handoffs.to_support(tickets, made, as_of=today, roster=data.roster()),
        handoffs.back_to_care(tickets, made, rule(), as_of=today, working=judgement.workdays(), roster=data.roster()),
    ]
    found = with_ends(pd.concat(parts, ignore_index=True), assignment_data.assignments(today).rows)
    recorded = found["route"].isin(found.loc[found["done_at"].notna(), "route"]) & any_made()
    recorded = recorded.mask(found["route"] == "to_care", handoffs.is_recorded(made))
    recent = found.assign(recorded=recorded)[found["since"] >= pd.Timestamp(first_day())]
    [alike] = spelt_alike("client", recent)
    return wishes.nameless(alike)


@cached("4MB")
def _older(place: Place, today: date) -> pd.DataFrame:
    still = handoffs.to_care(wishes.nameless(owed_data.to_do(_owed(place, today))), support_data.moves())
    return still[(still["status"] == "overdue") & (still["since"] < pd.Timestamp(first_day()))]


@cached("16MB")
def _owed(place: Place, today: date) -> pd.DataFrame:
    """The hand-offs to care that any start called for, and what was answered to them."""
    found = obligations(
        data.at(place).log(),
        as_of=today,
        start=EVER,
        end=today + timedelta(days=WINDOW),
        rules=[one for one in owed_data.rules() if one.name == handoffs.RULE],
        working=judgement.workdays(),
        roster=data.roster(),
    )
    return answered(found, data.at(place).answers(), today)
