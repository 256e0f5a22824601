"""What the page Care asks of the history: everyone on assignment, what they are owed next, how the levels held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from quality import back_test, care, care_ahead, care_moves, care_silence
from quality.back_test import BackTest
from quality.care_log import Heard
from quality.care_moves import Moves
from quality.care_signals import KEY, SHIPPED, Weights, faults, to_store, weights_in_force
from quality.last_words import Known
from ui import assignment_data, clock, data, owed_data
from ui.data import Place, cached


def weights() -> Weights:
    """The signs and what they weigh, as the firm has them."""
    return weights_in_force(data.settings())


def ignored() -> tuple[str, ...]:
    """What is stored of them and cannot be, in words."""
    return faults(data.settings())


def save(changed: Weights) -> None:
    """Keep other weights from today on; those as shipped leave nothing stored. Raises ValueError, saying why not."""
    stored = to_store(changed, clock.today())
    is_shipped = replace(changed, changed_on=None) == SHIPPED
    data.history().save_setting(KEY, {} if is_shipped else stored)


def people() -> pd.DataFrame:
    """Everyone on assignment today, who needs a call first standing first: see `quality.care.care`."""
    return _people(data.here(), clock.today(), weights())


def not_judged() -> str:
    """Why nobody's silence is judged today; empty where it is: see `quality.care_silence`."""
    return care_silence.not_judged(people(), clock.today())


def moves(asked: Weights) -> Moves:
    """Who would stand on another level today by other weights: see `quality.care_moves`."""
    return care_moves.moves(people(), _people(data.here(), clock.today(), replace(asked, changed_on=None)))


def tested() -> BackTest:
    """What the levels of past days were worth, with the weights of today: see `quality.back_test`."""
    return _tested(data.here(), clock.today())


def due_next(names: tuple[str, ...]) -> dict[str, tuple[str, pd.Timestamp]]:
    """The rule and the moment of the contact that is due next with each of these contractors, where any is."""
    return care_ahead.next_contacts(owed_data.waiting(), names)


def known_of(names: tuple[str, ...]) -> dict[str, Known]:
    """What was said last and what is booked for these contractors, by name."""
    found = owed_data.known_about(("candidate", name) for name in names)
    return {name: one for (_, name), one in found.items()}


@cached("16MB")
def _people(place: Place, today: date, asked: Weights) -> pd.DataFrame:
    history = data.at(place)
    rows = assignment_data.assignments(today).rows
    return care.care(history.log(), as_of=today, weights=asked, rows=rows, told=_told(place, today))


@cached("16MB")
def _tested(place: Place, today: date) -> BackTest:
    history = data.at(place)
    rows = assignment_data.assignments(today).rows
    return back_test.back_test(
        history.log(), as_of=today, weights=weights(), rows=rows, answers=history.answers(), told=_told(place, today)
    )


@cached("32MB")
def _told(place: Place, today: date) -> Heard:
    """What the log holds about everybody on assignment in the past year, read once for today and for the past days."""
    history, rows = data.at(place), assignment_data.assignments(today).rows
    answers, roster = history.answers(), data.roster()
    return back_test.told_of_all(history.log(), rows, as_of=today, answers=answers, roster=roster)
