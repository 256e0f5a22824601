"""What the page Touch programme asks of the history, cached until it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pandas as pd

from quality import touch
from quality.answers import left_alone
from quality.database_touch import Kept, Known, Reached, people, reached
from quality.obligation_forms import Rule
from quality.obligations import WINDOW, obligations
from quality.periods import DAY, Period, between
from quality.rule_changes import rule_on
from quality.vocabulary import PARTIES
from ui import clock, data, judgement, owed_data, wishes
from ui.data import Desks, Place, cached

#: The group of those to be left alone.
ALONE = "alone"


def days() -> Period:
    """The days whose touches fell due: the last 90 that are over."""
    today = clock.today()
    return between(today - timedelta(days=WINDOW), today - DAY)


def programme() -> tuple[Rule, ...]:
    """The rules of the touch programme as they are today, on or off, in the order of an assignment."""
    return tuple(rule_on(data.settings(), name, clock.today()) for name in touch.PHASES)


def fell_due() -> pd.DataFrame:
    """The touches of every desk that fell due in these days: see `quality.touch.fell_due`."""
    period = days()
    return touch.fell_due(owed_data.owed(clock.today()), period.start, period.end)


def to_do() -> pd.DataFrame:
    """The touches that can still be made, the one due first at the top."""
    found = owed_data.waiting()
    return found[found["rule"].isin(touch.PHASES)].sort_values(["due_at", "who"], kind="stable")


def assignments() -> pd.DataFrame:
    """The assignments that are followed, with their group: see `quality.touch.grouped`."""
    return _assignments(data.here(), clock.today())


def span() -> tuple[date, date]:
    """First and last day on which the assignments that are compared started."""
    return touch.span(clock.today(), data.rules().guarantee_days)


def database(desks: Desks) -> tuple[Reached, ...]:
    """Who of the people on record heard from the firm lately: candidates, then client contacts."""
    return _database(data.here(), clock.today(), desks, owed_data.over())


def first_people(desks: Desks, group: str, limit: int) -> pd.DataFrame:
    """The first people of a group: see `quality.database_touch.people`; of those to be left alone the name only."""
    found = _first_people(data.here(), clock.today(), desks, owed_data.over(), group, limit)
    return found.drop(columns="last_contact_at") if group == ALONE else found


def has_contact_points() -> bool:
    """Whether the firm chose to keep addresses and numbers of people, and keeps any."""
    return _has_contact_points(data.here())


def every_person(desks: Desks, group: str) -> Callable[[], pd.DataFrame]:
    """What makes the whole list of a group when it is asked for: a line a person, see `_lines`."""
    place = data.here()
    return partial(_lines, place, _known(place, clock.today(), desks, owed_data.over()), group)


@cached("16MB")
def _assignments(place: Place, today: date) -> pd.DataFrame:
    guarantee = data.rules().guarantee_days
    first, _ = touch.span(today, guarantee)
    log = data.at(place).log()
    found = touch.assignments(log, as_of=today, start=first, end=today, guarantee_days=guarantee)
    early = [rule for rule in owed_data.rules() if rule.name == "touch_120"]
    working, roster = judgement.workdays(), data.roster()
    touches = obligations(log, as_of=today, start=first, end=today, rules=early, working=working, roster=roster)
    return wishes.nameless(touch.grouped(found, touches))


@cached("4MB")
def _database(place: Place, today: date, desks: Desks, over: pd.Timestamp | None) -> tuple[Reached, ...]:
    return reached(data.at(place).log(), _known(place, today, desks, over))


@cached("4MB")
def _first_people(
    place: Place, today: date, desks: Desks, over: pd.Timestamp | None, group: str, limit: int
) -> pd.DataFrame:
    return people(data.at(place).log(), _known(place, today, desks, over), group, limit)


@cached("1MB")
def _has_contact_points(place: Place) -> bool:
    return bool(data.settings().get("contacts")) and bool(len(data.at(place).contact_points()))


def _lines(place: Place, known: Known, group: str) -> pd.DataFrame:
    """person (as the export names them), party, email (for a mailing, where one is kept), last_contact.

    Of those to be left alone the first two only.
    """
    found = people(data.at(place).log(), known, group)
    listed = pd.DataFrame({"person": found["who"], "party": found["party"]})
    if group == ALONE:
        return listed
    listed["last_contact"] = found["last_contact_at"].dt.strftime("%Y-%m-%d")
    if group != "mailing" or not _has_contact_points(place):
        return listed
    mails = _mails(data.at(place).contact_points())
    return listed.merge(mails, on=["person", "party"], how="left")[["person", "party", "email", "last_contact"]]


def _mails(points: pd.DataFrame) -> pd.DataFrame:
    """One address a person: person, party, email; where a line does not say which side the person is on, for both."""
    mails = points[points["kind"] == "email"].rename(columns={"value": "email"})
    is_told = mails["party"].isin(PARTIES)
    either = [mails[~is_told].assign(party=party) for party in PARTIES]
    return pd.concat([mails[is_told], *either])[["person", "party", "email"]].drop_duplicates(["person", "party"])


def _known(place: Place, today: date, desks: Desks, over: pd.Timestamp | None) -> Known:
    alone = left_alone(data.at(place).answers(), today)
    kept = Kept(_named(alone), _named(owed_data.to_do(owed_data.owed(today, place), today, over)))
    return Known(today, kept, desks, data.roster())


def _named(found: pd.DataFrame) -> frozenset[tuple[str, str]]:
    known = found[["party", "who"]].dropna()
    return frozenset(zip(known["party"], known["who"], strict=True))
