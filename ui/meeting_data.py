"""What the first page needs, out of the history: the meeting, what changed since last week, minimums, what is thin."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from quality import meeting
from quality.meeting import Meeting, Minimums, Thin
from quality.meeting_changes import Changes, changes
from quality.periods import DAY, WEEK, last_closed_weeks
from quality.ratios import ratios
from quality.rules import Rules
from ui import changes as changed_numbers
from ui import clock, data, judgement, minimum_data
from ui.data import Place, cached
from ui.spans import Filters

#: How far back numbers are compared with what they were a week ago.
_REACH = timedelta(weeks=52)


def this_week() -> Meeting | None:
    """What the meeting opens with; None before a week with data is closed."""
    return _this_week(data.here(), clock.today())


def since_last_week() -> Changes | None:
    """What differs from the review of a week ago, as known then; None where no week was closed by then."""
    return _since_last_week(data.here(), clock.today())


def restated() -> pd.DataFrame | None:
    """Numbers that were known a week ago and are others now: Desk, Month, Ratio, Before, After; None: none were known.

    Only weeks that were over when the last file of that time was stored: of a later one not all could be known.
    """
    stored = data.imports()["stored_at"].dt.date
    then = stored[stored <= _week_ago()]
    if then.empty:
        return None
    last = last_closed_weeks(then.max() - DAY, 1).end
    asked = Filters(last, last - _REACH, last, "", "activity")
    return changed_numbers.since(
        changed_numbers.Known(
            asked, _known_frame(data.rows(data.here()), asked, _week_ago(), data.rules().of_counting, data.roster())
        )
    )


def minimums() -> tuple[Minimums, ...]:
    """The activity minimums of every desk in the last closed week, those that missed the most first."""
    return meeting.minimums(minimum_data.last_week())


def too_thin() -> tuple[Thin, ...]:
    """The desks with ratios that nobody can watch alone."""
    return _too_thin(data.here(), clock.today())


def signals() -> pd.DataFrame:
    """Every signal of the last year, for the download."""
    return judgement.signals()


def _week_ago() -> date:
    return clock.today() - WEEK


@cached("4MB")
def _this_week(place: Place, today: date) -> Meeting | None:
    found = judgement.reviewed("desk", today, place)
    return meeting.meeting(found) if found else None


@cached("4MB")
def _since_last_week(place: Place, today: date) -> Changes | None:
    before, now = judgement.known_then(today - WEEK, place), judgement.reviewed("desk", today, place)
    return changes(before, now) if before and now else None


@cached("1MB")
def _too_thin(place: Place, today: date) -> tuple[Thin, ...]:
    desks, teams = judgement.reviewed("desk", today, place), judgement.reviewed("team", today, place)
    return meeting.too_thin(desks, teams, data.at(place).roster()) if desks and teams else ()


@cached("16MB")
def _known_frame(rows: Place, asked: Filters, known_on: date, rules: Rules, roster: pd.DataFrame) -> pd.DataFrame:
    """The ratios of every desk and month as they were known at the end of a day."""
    return ratios(
        data.at(rows).log(known_on),
        as_of=asked.as_of,
        start=asked.start,
        end=asked.end,
        every="month",
        rules=rules,
        roster=roster,
    )
