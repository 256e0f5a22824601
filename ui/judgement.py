"""What the judgement knows, for pages: gathered once per state of the history, reviewed once per kind of unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from quality.periods import DAY
from quality.review import Review, review, with_verdicts
from quality.rules import Rules
from quality.signals import Volume
from quality.standards import Standards
from quality.tally import COUNTS, cut
from quality.weekly import Gathered
from quality.workdays import Workdays
from ui import clock, data
from ui.data import Every, Place, Unit, cached
from ui.spans import Filters

#: Settings that say what counts as a working day, and how many false alerts a desk and year are accepted.
HOLIDAYS, FALSE_ALERTS = "holidays", "false_alerts"


def reviewed(by: Unit = "desk", as_of: date | None = None, place: Place | None = None) -> Review | None:
    """Every unit judged and watched up to the last week closed by a day (today); None before a week is closed."""
    return _reviewed(place or data.here(), as_of or clock.today(), by)


def verdicts(by: Unit = "desk", on: date | None = None) -> pd.DataFrame:
    """The verdict of every unit on every ratio as of the last week closed by a day: see `quality.verdicts`."""
    return _verdicts(data.here(), clock.today(), by, on)


def ratio_frame(chosen: Filters, by: Unit = "desk", every: Every | None = None) -> pd.DataFrame:
    """`data.ratio_frame` with the verdicts, as of the last week each row's period closed; none in the cohort view."""
    found = reviewed(by) if chosen.view == "activity" else None
    return with_verdicts(data.ratio_frame(chosen, by, every), found)


def signals(by: Unit = "desk", since: date | None = None) -> pd.DataFrame:
    """The signals raised since a day (a year ago), or still active: see `quality.signals`."""
    return _signals(data.here(), clock.today(), by, since)


def raised(by: Unit = "desk") -> pd.DataFrame:
    """Every signal there ever was, as it stood in the week that raised it, or its last one: see `quality.signals`."""
    return _raised(data.here(), clock.today(), by)


def volume(measure: str, by: Unit = "desk") -> Volume | None:
    """One activity per working day with its limits for every unit: see `quality.signals`."""
    return _volume(data.here(), clock.today(), by, measure)


def known_then(as_of: date, place: Place | None = None) -> Review | None:
    """Every desk as it was reviewed at the end of a day, with what was imported and the standards saved by then.

    Where nothing was imported by then, what is known now is used.
    """
    return _known_then(place or data.here(), as_of)


def counted(start: date, end: date) -> pd.DataFrame:
    """The counts of `quality.tally` for closed weeks of the last three years, cut out of what was gathered anyway."""
    gathered = _gathered(data.here(), clock.today())
    if gathered is None:
        return pd.DataFrame(columns=["desk", "day", *COUNTS])
    return cut(gathered.counts, start, end)


def workdays() -> Workdays:
    """The working days the firm has chosen."""
    return Workdays.stored(data.settings().get(HOLIDAYS))


def _gathered(place: Place, as_of: date, known_on: date | None = None) -> Gathered | None:
    return data.gathered(data.rows(place), as_of, known_on, data.rules().of_counting, data.roster())


@cached("16MB")
def _verdicts(place: Place, as_of: date, by: Unit, on: date | None) -> pd.DataFrame:
    found = _reviewed(place, as_of, by)
    return pd.DataFrame() if found is None else found.verdicts(on)


@cached("4MB")
def _signals(place: Place, as_of: date, by: Unit, since: date | None) -> pd.DataFrame:
    found = _reviewed(place, as_of, by)
    return pd.DataFrame() if found is None else found.signals(since)


@cached("4MB")
def _raised(place: Place, as_of: date, by: Unit) -> pd.DataFrame:
    found = _reviewed(place, as_of, by)
    return pd.DataFrame() if found is None else found.signals(date.min, as_raised=True)


@cached("16MB")
def _volume(place: Place, as_of: date, by: Unit, measure: str) -> Volume | None:
    found = _reviewed(place, as_of, by)
    return None if found is None else found.volume(measure)


# Kept as an object that is only read: several questions of a page would each unpickle all its arrays.
@st.cache_resource(max_entries=8, show_spinner=False)
def _reviewed(place: Place, as_of: date, by: Unit) -> Review | None:
    return _review(place, _gathered(place, as_of), by, data.rules())


@cached("64MB")
def _known_then(place: Place, as_of: date) -> Review | None:
    gathered = None if data.at(place).is_empty(as_of) else _gathered(place, as_of, as_of)
    if gathered is None:
        return _review(place, _gathered(place, as_of), "desk", data.rules())
    saved = data.at(place).standards()
    by_then = saved[saved["saved_at"] < pd.Timestamp(as_of + DAY, tz=clock.zone())]
    return _review(place, gathered, "desk", replace(data.rules(), standards=Standards.stored(by_then)))


def _review(place: Place, gathered: Gathered | None, by: Unit, rules: Rules) -> Review | None:
    if gathered is None:
        return None
    return review(
        gathered,
        by=by,
        rules=rules,
        roster=data.roster(),
        absences=data.at(place).absences(),
        workdays=workdays(),
        false_alerts=data.settings().get(FALSE_ALERTS, 1.0),
    )
