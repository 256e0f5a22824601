"""What the page Touch programme asks of the history, cached until it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pandas as pd

from quality import touch
from quality.answers import left_alone
from quality.database_touch import Kept, Reached, reached, silent_people
from quality.obligation_forms import Rule
from quality.obligations import WINDOW, obligations
from quality.periods import DAY, Period, between
from quality.vocabulary import PARTIES
from ui import clock, data, judgement, owed_data
from ui.data import Desks, Place, cached

Touches = tuple[Rule, ...]


def days() -> Period:
    """The days whose touches fell due: the last 90 that are over."""
    today = clock.today()
    return between(today - timedelta(days=WINDOW), today - DAY)


def programme() -> Touches:
    """The rules of the touch programme in force, in the order of an assignment; switched off ones too."""
    found = [rule for rule in owed_data.rules() if rule.name in touch.PHASES and rule.until is None]
    return tuple(sorted(found, key=lambda rule: touch.PHASES.index(rule.name)))


def fell_due() -> pd.DataFrame:
    """The touches of every desk that fell due in these days: see `quality.touch.fell_due`."""
    period = days()
    return touch.fell_due(owed_data.owed(clock.today()), period.start, period.end)


def to_do() -> pd.DataFrame:
    """The touches that can still be made, the one due first at the top."""
    found = owed_data.to_do(owed_data.owed(clock.today()))
    return found[found["rule"].isin(touch.PHASES)].sort_values(["due_at", "who"], kind="stable")


def assignments() -> pd.DataFrame:
    """The assignments that are followed, with their group: see `quality.touch.grouped`."""
    return _assignments(data.here(), clock.today())


def span() -> tuple[date, date]:
    """First and last day on which the assignments that are compared started."""
    return touch.span(clock.today(), data.rules().guarantee_days)


def database(desks: Desks) -> tuple[Reached, ...]:
    """Who of the people on record heard from the firm lately: candidates, then client contacts."""
    return _database(data.here(), clock.today(), desks)


def preview(desks: Desks, limit: int) -> pd.DataFrame:
    """The first of the list for the mailing."""
    return _preview(data.here(), clock.today(), desks, limit)


def mailing(desks: Desks) -> Callable[[], pd.DataFrame]:
    """What makes the whole list for the mailing when it is asked for: see `_mailing`."""
    place, today = data.here(), clock.today()
    return partial(_mailing, place, today, desks, _kept(place, today), data.roster())


@cached("16MB")
def _assignments(place: Place, today: date) -> pd.DataFrame:
    guarantee, rules = data.rules().guarantee_days, owed_data.rules()
    first, _ = touch.span(today, guarantee)
    log = data.at(place).log()
    found = touch.assignments(log, as_of=today, start=first, end=today, guarantee_days=guarantee)
    asked = {"working": judgement.workdays(), "roster": data.roster()}
    early = [rule for rule in rules if rule.name == "touch_120"]
    touches = obligations(data.at(place).log(), as_of=today, start=first, end=today, rules=early, **asked)
    return touch.grouped(found, touches)


@cached("4MB")
def _database(place: Place, today: date, desks: Desks) -> tuple[Reached, ...]:
    kept = _kept(place, today)
    return reached(data.at(place).log(), as_of=today, kept=kept, desks=desks, roster=data.roster())


@cached("4MB")
def _preview(place: Place, today: date, desks: Desks, limit: int) -> pd.DataFrame:
    kept = _kept(place, today)
    return silent_people(data.at(place).log(), as_of=today, kept=kept, desks=desks, roster=data.roster(), limit=limit)


def _mailing(place: Place, today: date, desks: Desks, kept: Kept, roster: pd.DataFrame) -> pd.DataFrame:
    """One line a person: person (as the export names it), party, email (missing where none is kept), last_contact."""
    found = silent_people(data.at(place).log(), as_of=today, kept=kept, desks=desks, roster=roster)
    mails = _mails(data.at(place).contact_points())
    named = found.merge(mails, left_on=["who", "party"], right_on=["person", "party"], how="left")
    last = named["last_contact_at"].dt.strftime("%Y-%m-%d")
    columns = {"person": named["who"], "party": named["party"], "email": named["value"], "last_contact": last}
    return pd.DataFrame(columns)


def _mails(points: pd.DataFrame) -> pd.DataFrame:
    """One address a person: person, party, value; where a line does not say which side the person is on, for both."""
    mails = points[points["kind"] == "email"]
    is_told = mails["party"].isin(PARTIES)
    either = [mails[~is_told].assign(party=party) for party in PARTIES]
    return pd.concat([mails[is_told], *either])[["person", "party", "value"]].drop_duplicates(["person", "party"])


def _kept(place: Place, today: date) -> Kept:
    alone = left_alone(data.at(place).answers(), today)
    return Kept(_people(alone), _people(owed_data.to_do(owed_data.owed(today), today)))


def _people(found: pd.DataFrame) -> frozenset[tuple[str, str]]:
    named = found[["party", "who"]].dropna()
    return frozenset(zip(named["party"], named["who"], strict=True))
