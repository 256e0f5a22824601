"""What the page Referrals and use asks of the history, and the contracted week, which can be changed there."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality import hours, referrals
from ui import assignment_data, clock, data, wishes
from ui.data import Place, cached


def named() -> pd.DataFrame:
    """Every referral on record, the latest first, for counting: see `quality.referrals`."""
    return _referrals(data.facts(), clock.today())


def nameless(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows to be shown: nobody is named who wants to be left alone."""
    return wishes.nameless(rows)


def has_any() -> bool:
    """Whether any desk has a referral on record."""
    return not named().empty


def contractors() -> pd.DataFrame:
    """The assignments of which contractors are counted: see `quality.assignments`."""
    return assignment_data.assignments(clock.today()).rows


def contracted() -> float:
    """The hours of the contracted week."""
    return hours.contract_hours(data.settings())


def keep_contracted(found: float) -> None:
    """Keeps the hours of the contracted week."""
    data.history().save_setting(hours.SETTING, found)


def weeks() -> pd.DataFrame:
    """The hours of each contractor and week: see `quality.hours.weeks`; nobody who wants to be left alone."""
    found = _weeks(data.facts(), clock.today(), contracted())
    return found[~found["candidate"].isin(wishes.candidates_alone())]


def without_card() -> pd.DataFrame:
    """Contractors with whole weeks without a timecard: see `quality.hours.without_card`."""
    return hours.without_card(weeks(), contractors(), clock.today())


def hidden() -> int:
    """How many contractors with timecards are left out, because they want to be left alone."""
    found = _weeks(data.facts(), clock.today(), contracted())
    return int(found.loc[found["candidate"].isin(wishes.candidates_alone()), "candidate"].nunique())


def has_cards() -> bool:
    """Whether any timecard is on record, with or without hours."""
    return _has_cards(data.facts())


@cached("16MB")
def _referrals(facts: Place, today: date) -> pd.DataFrame:
    return referrals.referrals(data.at(facts).log(), as_of=today)


@cached("32MB")
def _weeks(facts: Place, today: date, contracted: float) -> pd.DataFrame:
    assignments = assignment_data.assignments(today).rows
    return hours.weeks(data.at(facts).log(), assignments, as_of=today, contracted=contracted)


@cached("1MB")
def _has_cards(facts: Place) -> bool:
    return bool(data.at(facts).log().filter("activity = 'timecard'").limit(1).fetchall())
