"""What the pages of follow-up ask of the history: whom the firm owes a contact, cached until the history changes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.obligation_forms import Rule
from quality.obligation_rules import RULES
from quality.obligations import obligations
from ui import clock, data, judgement
from ui.data import Place, cached

#: What can still be done.
TO_DO = ("open", "overdue")


def owed(as_of: date) -> pd.DataFrame:
    """Every obligation of the last 90 days and all still owed, at the end of a day: see `quality.obligations`.

    Counted by the rules in force, the firm's working days and its roster.
    """
    return _owed(data.here(), as_of)


def to_do(frame: pd.DataFrame, as_of: date | None = None) -> pd.DataFrame:
    """The obligations that can still be kept: open or overdue, and nothing has ended them.

    What must be done before a moment of the day itself (today) is among them all day: nobody says how late it is.
    """
    today = pd.Timestamp(as_of or clock.today())
    later_today = (frame["closed_at"] == frame["due_at"]) & (frame["due_at"] >= today)
    return frame[frame["status"].isin(TO_DO) & (frame["closed_at"].isna() | later_today)]


def rules() -> tuple[Rule, ...]:
    """The rules of follow-up in force."""
    return RULES


@cached("64MB")
def _owed(place: Place, as_of: date) -> pd.DataFrame:
    return obligations(
        data.at(place).log(), as_of=as_of, rules=rules(), working=judgement.workdays(), roster=data.roster()
    )
