"""What the Friday blitz asks of the history: the list, what to say to each, and how many were reached on Fridays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from quality import blitz, blitz_calls, talking_points
from quality.last_words import Known, Person, known
from quality.talking_points import Points
from ui import clock, data
from ui.data import Place, cached


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known of somebody, and what to say."""

    known: Known
    points: Points


def calls() -> pd.DataFrame:
    """The calls of this week's Friday, as of today: see `quality.blitz_calls.calls`."""
    return _calls(data.here(), clock.today())


def talks() -> dict[Person, Talk]:
    """What to say to everybody on the list, by party and who."""
    return _talks(_facts(), clock.today())


def reached() -> pd.DataFrame:
    """The calls of the last Fridays up to today."""
    return _reached(data.here(), clock.today())


def fridays() -> list[date]:
    """The last Fridays up to today, the oldest first."""
    return blitz.past_fridays(clock.today())


def still_open() -> pd.DataFrame:
    """Orders nobody closed on which nothing happened for 90 days: see `quality.blitz.still_open`."""
    return _still_open(_facts(), clock.today())


def _facts() -> Place:
    """The key of what a tick leaves as it is."""
    return Place(str(data.folder()), data.history().version_of_facts())


@cached("16MB")
def _list(facts: Place, today: date) -> pd.DataFrame:
    return blitz.on_list(data.at(facts).log(), as_of=today, roster=data.roster())


@cached("16MB")
def _calls(place: Place, today: date) -> pd.DataFrame:
    return blitz_calls.calls(_list(_facts(), today), data.at(place).answers())


@cached("32MB")
def _talks(facts: Place, today: date) -> dict[Person, Talk]:
    found, log = _list(facts, today), data.at(facts).log()
    heard = found.drop_duplicates(["party", "who"]).set_index(["party", "who"])["last_contact_at"]
    told = known(log, list(heard.index), today, data.roster())
    orders = found[found["party"] == "client"].sort_values(["since", "trigger_id"])
    steps = talking_points.standing(log, found, orders, as_of=today)
    by_person = dict(iter(steps.astype(object).where(steps.notna(), None).groupby(["party", "who"])))
    jobs = orders.dropna(subset=["job"]).groupby("who")["job"].unique().map(tuple).to_dict()
    again = blitz.friday_of(today) + timedelta(weeks=1)
    said = {}
    for person, at in heard.items():
        own = by_person[person].to_dict("records") if person in by_person else []
        one = told.get(person, Known())
        waits = jobs.get(person[1], ()) if person[0] == "client" else ()
        said[person] = Talk(one, talking_points.points(person, own, waits, one, None if pd.isna(at) else at, again))
    return said


@cached("16MB")
def _reached(place: Place, today: date) -> pd.DataFrame:
    return blitz_calls.calls(_lists(_facts(), today), data.at(place).answers())


@cached("16MB")
def _lists(facts: Place, today: date) -> pd.DataFrame:
    return blitz.lists(data.at(facts).log(), as_of=today, roster=data.roster())


@cached("4MB")
def _still_open(facts: Place, today: date) -> pd.DataFrame:
    return blitz.still_open(data.at(facts).log(), as_of=today)
