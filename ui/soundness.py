"""Cached questions about how sound the data is; as with all data of pages, keyed by the history and its version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from quality import doubles as pairing
from quality import health, outliers, steps
from ui import clock, data, wishes
from ui.data import Place, at, cached
from ui.spans import Filters

#: How far back numbers are compared and weeks are looked at.
REACH = timedelta(weeks=52)
MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Missteps:
    """Rows in an impossible order: how many of each problem, and the newest of them."""

    counts: dict[str, int]
    newest: pd.DataFrame

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def coverage() -> pd.DataFrame:
    """Rows per desk and week of the last year of the log: the columns of ``quality.health.coverage``."""
    return _coverage(data.here(), clock.today())


def by_desk() -> pd.DataFrame:
    """Rows, rows ahead, calls and calls with notes per desk: the columns of ``quality.health.by_desk``."""
    return _by_desk(data.here(), clock.today())


def missteps() -> Missteps:
    """Steps of one candidate for one job whose dates cannot be right; nobody is named who wants to be left alone."""
    found = _missteps(data.here(), clock.today())
    return Missteps(found.counts, wishes.nameless(found.newest))


def outstanding() -> pd.DataFrame:
    """Desks whose ratios of the last year stand out: the columns of ``quality.outliers.outliers``."""
    last = data.last_day(clock.today())
    if last is None:
        return outliers.outliers(pd.DataFrame(columns=["unit", "ratio", "upstream", "downstream"]))
    return outliers.outliers(data.ratio_frame(Filters(last, last - REACH, last, "", "activity")))


def systems() -> list[str]:
    """The systems that calls come from, as far as their time of day is known."""
    return _systems(data.here(), clock.today())


def doubles() -> pd.DataFrame:
    """Pairs of calls that are likely one: the columns of ``quality.doubles.doubles``."""
    return _doubles(data.here(), clock.today())


def merged() -> pd.DataFrame:
    """Pairs that were merged, the newest first: kept, dropped, merged_at in the server's own time zone."""
    return _merged(data.here())


def sides(pairs: pd.DataFrame) -> pd.DataFrame:
    """The rows of some pairs (kept, dropped), those that left the log too, by their id; ask for a page of them.

    Nobody is named who wants to be left alone.
    """
    return wishes.nameless(_sides(data.here(), (*pairs["kept"], *pairs["dropped"])))


@cached("16MB")
def _coverage(place: Place, today: date) -> pd.DataFrame:
    history = at(place)
    weeks = health.coverage(history.log(), as_of=today, roster=history.roster())
    return weeks[weeks["week"] > weeks["week"].max() - pd.Timedelta(REACH)]


@cached("4MB")
def _by_desk(place: Place, today: date) -> pd.DataFrame:
    return health.by_desk(at(place).log(), as_of=today)


@cached("16MB")
def _missteps(place: Place, today: date) -> Missteps:
    log = at(place).log()
    return Missteps(steps.count_missteps(log, as_of=today), steps.missteps(log, as_of=today, limit=MOST_STEPS))


@cached("1MB")
def _systems(place: Place, today: date) -> list[str]:
    return pairing.systems(at(place).log(), as_of=today)


@cached("128MB")
def _doubles(place: Place, today: date) -> pd.DataFrame:
    history = at(place)
    return pairing.doubles(history.log(unmerged=True), as_of=today, merged=history.merges())


@cached("64MB")
def _merged(place: Place) -> pd.DataFrame:
    pairs = at(place).merges()
    return pairs.assign(merged_at=pairs["merged_at"].dt.tz_convert(clock.zone())).iloc[::-1].reset_index(drop=True)


@cached("16MB")
def _sides(place: Place, ids: Sequence[str]) -> pd.DataFrame:
    return pairing.sides(at(place).log(unmerged=True), ids)
