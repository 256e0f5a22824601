"""What the Friday blitz asks of the history: the list, what to say to each, and how many were reached on Fridays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from quality import blitz, blitz_calls, talking_points
from quality.last_words import Known, Person, known
from quality.talking_points import Points
from ui import clock, data, wishes
from ui.data import Place, cached

#: A line of a frame, None where something is not known.
Row = dict[str, Any]
PERSON = ["party", "who"]


def rows_of(found: pd.DataFrame) -> list[Row]:
    """The lines of a frame."""
    plain = found.astype(object).where(found.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in plain.to_dict("records")]


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known of somebody, and what to say."""

    known: Known
    points: Points


def calls() -> pd.DataFrame:
    """The calls of this week's Friday, as of today, with ``silent``, days since the last contact (missing: never).

    Columns: see `quality.blitz_calls.calls`. Without those who want to be left alone by now.
    """
    every, today = _calls(data.here(), clock.today()), pd.Timestamp(clock.today())
    alone = pd.MultiIndex.from_frame(every[PERSON]).isin(sorted(wishes.left_alone()))
    found = every[~alone]
    return found.assign(silent=(today - found["last_contact_at"].dt.normalize()).dt.days.astype("Int64"))


def talks() -> dict[Person, Talk]:
    """What to say to everybody on the list, by party and who."""
    return _talks(data.facts(), clock.today(), tuple(sorted(wishes.left_alone())))


def reached() -> pd.DataFrame:
    """Everybody due a word in the weeks of the last Fridays up to today, as calls; who had ``heard`` is on no list."""
    return _reached(data.here(), clock.today())


def fridays() -> list[date]:
    """The last Fridays up to today, the oldest first."""
    return blitz.past_fridays(clock.today())


def still_open() -> pd.DataFrame:
    """Orders nobody closed on which nothing happened for 90 days: see `quality.blitz.still_open`."""
    return wishes.nameless(_still_open(data.facts(), clock.today()))


@cached("16MB")
def _list(facts: Place, today: date) -> pd.DataFrame:
    return blitz.on_list(data.at(facts).log(), as_of=today, roster=data.roster())


@cached("16MB")
def _calls(place: Place, today: date) -> pd.DataFrame:
    return blitz_calls.calls(_list(data.facts(), today), data.at(place).answers())


@cached("32MB")
def _talks(facts: Place, today: date, alone: tuple[Person, ...]) -> dict[Person, Talk]:
    found, log = _list(facts, today), data.at(facts).log()
    heard = found.drop_duplicates(PERSON).set_index(PERSON)["last_contact_at"]
    told = known(log, list(heard.index), today, data.roster(), frozenset(alone))
    orders = found[found["party"] == "client"].sort_values(["since", "trigger_id"])
    steps = _by_person(talking_points.standing(log, found, orders, as_of=today))
    jobs = {
        ("client", who): tuple(own) for who, own in orders.dropna(subset=["job"]).groupby("who")["job"].unique().items()
    }
    again = blitz.friday_of(today) + timedelta(weeks=1)
    said = {}
    for person, at in heard.items():
        one, met = told.get(person, Known()), None if pd.isna(at) else at
        about = steps.get(person, []), jobs.get(person, ())
        said[person] = Talk(one, talking_points.points(person, *about, one, met, again))
    return said


def _by_person(steps: pd.DataFrame) -> dict[Person, list[Row]]:
    found: dict[Person, list[Row]] = {}
    for row in rows_of(steps):
        found.setdefault((row["party"], row["who"]), []).append(row)
    return found


@cached("32MB")
def _reached(place: Place, today: date) -> pd.DataFrame:
    return blitz_calls.calls(_lists(data.facts(), today), data.at(place).answers())


@cached("32MB")
def _lists(facts: Place, today: date) -> pd.DataFrame:
    return blitz.everybody(data.at(facts).log(), as_of=today, roster=data.roster())


@cached("4MB")
def _still_open(facts: Place, today: date) -> pd.DataFrame:
    return blitz.still_open(data.at(facts).log(), as_of=today)
