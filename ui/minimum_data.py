"""What the page Standards asks of the history, cached until it changes; the pattern is that of ``ui.data``."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd

from quality.periods import last_closed_weeks
from quality.proposals import BEST_WEEKS, Proposal, Recent, propose_best_fifth, propose_own
from quality.standards import Met, Standards, met
from quality.teams import NO_TEAM, units_of
from ui import clock, data, judgement
from ui.data import Place, at, cached, here

Way = Literal["own", "best"]
#: The name a proposal belongs to -> the desks it is made of.
Groups = tuple[tuple[str, tuple[str, ...]], ...]

#: How a minimum becomes what was due.
ROUNDED = "What is due is for the days the desk was there, rounded down: 2 a week are 1 for three days."

WAYS = {"own": propose_own, "best": propose_best_fifth}


def standards() -> Standards:
    """All standards that were ever saved."""
    return data.rules().standards


def lines() -> pd.DataFrame:
    """The same as a table, as ``History.standards`` gives it."""
    return _lines(here())


def absences() -> pd.DataFrame:
    """When desks were away: desk, starts_on, ends_on, reason."""
    return _absences(here())


def desks() -> list[str]:
    """Every desk of the history or the roster, in order."""
    return sorted({*data.desks(), *data.roster()["desk"]})


def team_on(names: tuple[str, ...], day: date) -> dict[str, str | None]:
    """Desk -> its team on a day, None where it has none."""
    return _team_on(here(), names, day)


def proposals(way: Way, groups: Groups) -> dict[str, dict[str, Proposal]]:
    """Name -> measure -> what is proposed for it as of today, from the desks of its group."""
    return _proposals(here(), clock.today(), way, groups)


def last_week() -> pd.DataFrame:
    """The activity minimums of every desk in the last closed week: desk, then the fields of `quality.standards.Met`."""
    return _last_week(here(), clock.today())


@cached("4MB")
def _lines(place: Place) -> pd.DataFrame:
    return at(place).standards()


@cached("4MB")
def _absences(place: Place) -> pd.DataFrame:
    return at(place).absences()


@cached("4MB")
def _team_on(place: Place, names: tuple[str, ...], day: date) -> dict[str, str | None]:
    asked = pd.Series(names, dtype="str"), pd.Series(pd.Timestamp(day), index=range(len(names)))
    teams = units_of(*asked, "team", at(place).roster())
    return {name: None if team == NO_TEAM else team for name, team in zip(names, teams, strict=True)}


@cached("16MB")
def _recent(place: Place, as_of: date) -> Recent:
    history, span = at(place), last_closed_weeks(as_of, BEST_WEEKS)
    counts = judgement.counted(span.start, span.end)
    roster, absences = history.roster(), history.absences()
    return Recent.of(counts, as_of=as_of, workdays=judgement.workdays(), roster=roster, absences=absences)


@cached("16MB")
def _proposals(place: Place, as_of: date, way: Way, groups: Groups) -> dict[str, dict[str, Proposal]]:
    recent = _recent(place, as_of)
    return {name: WAYS[way](recent.only(desks)) for name, desks in groups}


@cached("4MB")
def _last_week(place: Place, as_of: date) -> pd.DataFrame:
    week, own = _recent(place, as_of).last(1), standards()
    day = last_closed_weeks(as_of, 1).end
    teams = _team_on(place, week.desks, day)
    rows = [
        {"desk": desk, **_fields(one)}
        for at_desk, desk in enumerate(week.desks)
        for one in met(
            own.minimums(desk, teams[desk], day),
            {name: int(count[at_desk, 0]) for name, count in week.counts.items()},
            int(week.available[at_desk, 0]),
        )
    ]
    return pd.DataFrame(rows, columns=["desk", *Met.__slots__])


def _fields(one: Met) -> dict[str, object]:
    return {name: getattr(one, name) for name in Met.__slots__}
