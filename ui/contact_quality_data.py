"""What the page Quality of contact asks of the history, cached until the history changes or the day does."""

from __future__ import annotations

import pandas as pd

from quality import contact_quality
from quality.contact_measures import Question
from quality.periods import last_closed_weeks
from quality.purpose_words import Purpose
from ui import clock, data, wishes
from ui.data import Desks, Place, cached

#: So many rows behind a number are shown.
MOST_ROWS = 1_000


def question(desks: Desks, *, active_only: bool = False) -> Question:
    """The last 13 closed weeks of some desks, by the firm's own list of phrases."""
    today = clock.today()
    weeks = last_closed_weeks(today)
    return Question(today, weeks.start, weeks.end, purpose(), desks, active_only)


def purpose() -> Purpose:
    """The phrases that only check in, as they hold now."""
    return Purpose.stored(data.settings())


def shares(asked: Question) -> pd.DataFrame:
    """Every share, desk by desk: the columns of `quality.contact_quality.shares`."""
    return _shares(data.here(), asked)


def left_out(asked: Question) -> pd.DataFrame:
    """Rows in no share, since their source never held a note: source, activity, rows."""
    return _left_out(data.here(), asked)


def by_week(asked: Question, measure: str) -> pd.DataFrame:
    """One share of conversations or touches week by week: the columns of `charts.shares`."""
    return _by_week(data.here(), asked, measure)


def rows(asked: Question, measure: str, *, lacking: bool) -> pd.DataFrame:
    """The newest rows behind one share, at most MOST_ROWS; nobody is named who wants to be left alone."""
    return _rows(data.here(), asked, measure, lacking)


@cached("16MB")
def _shares(place: Place, asked: Question) -> pd.DataFrame:
    return contact_quality.shares(data.at(place).log(), asked, data.roster())


@cached("4MB")
def _left_out(place: Place, asked: Question) -> pd.DataFrame:
    return contact_quality.left_out(data.at(place).log(), asked)


@cached("4MB")
def _by_week(place: Place, asked: Question, measure: str) -> pd.DataFrame:
    found = contact_quality.by_week(data.at(place).log(), asked, measure)
    return found.rename(columns={"week": "day", "held": "count", "value": "share"})


@cached("32MB")
def _rows(place: Place, asked: Question, measure: str, lacking: bool) -> pd.DataFrame:
    found = contact_quality.rows_behind(
        data.at(place).log(), asked, measure, lacking=lacking, limit=MOST_ROWS, roster=data.roster()
    )
    return wishes.nameless(found)
