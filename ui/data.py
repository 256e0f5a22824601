"""The only way pages get data: small results out of the history, cached until the history changes.

Every cached function takes the ``Place`` it asks first: the store's folder and the version of what lies there, so that
an import, an undo or a changed setting is a new key. Results are small (desk x period x ratio, or the rows behind one
number); the log itself stays in the engine and is never an argument: of a large frame only a sample would be hashed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

import narwhals as nw
import pandas as pd
import streamlit as st

from quality.evidence import rows_behind
from quality.ratios import add_up, count, units_in
from quality.rules import Rules
from quality.tally import cut
from quality.weekly import Gathered, gather, tallied, tallied_from
from quality.words import left_out_in_words
from store import History
from ui import clock
from ui.spans import Filters

Unit = Literal["desk", "team", "company"]
Every = Literal["week", "month", "quarter"]
#: Some desks by name, or None for every desk there is.
Desks = tuple[str, ...] | None
#: Rows of each kind that a page shows behind one number.
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """A history and its state: the key of everything that is cached."""

    folder: str
    version: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the history holds: the last day that is not in the future, how many desks, how many imports.

    ``imports`` are those in force, ``idle`` those that were undone or replaced;
    ``left_out`` says in words which share of the rows of all files is in no number.
    """

    last_day: date | None
    desks: int
    imports: int
    idle: int
    left_out: str


def folder() -> Path:
    """Where the history lies: the environment variable ``TOUCHLINE_STORE``, else ``data``."""
    return Path(os.environ.get("TOUCHLINE_STORE", "data")).resolve()


def history() -> History:
    """The history of this server, for writing and for questions that need no cache."""
    return History(folder())


def is_new() -> bool:
    """Whether nothing was ever imported; a history whose imports are all undone is empty, but not new."""
    return imports().empty


def ratio_frame(chosen: Filters, by: Unit = "desk", every: Every | None = None) -> pd.DataFrame:
    """The seven ratios for the chosen period and view, cut down to the chosen team and desks.

    Columns of ``quality.ratios``. ``by="company"`` is always the whole company.
    """
    frame = _ratios(here(), _whole(chosen), by, every)
    return frame[frame["unit"].isin(_units(chosen, by))] if by != "company" and _narrowed(chosen) else frame


def evidence(chosen: Filters, ratio: str, unit: str, by: Unit = "desk") -> pd.DataFrame:
    """The rows of the log behind one ratio of one unit, as ``quality.evidence.rows_behind`` gives them.

    At most ``MOST_ROWS`` of each kind, the newest: what is shown does not grow with the log.
    """
    return _evidence(here(), _whole(chosen), ratio, unit, by)


def rules() -> Rules:
    """The firm's rules as they are stored, the defaults where nothing was."""
    return _rules(here())


def settings() -> dict[str, Any]:
    """All settings that were saved, by key."""
    return _settings(here())


def layouts() -> dict[str, str]:
    """The firm's own layouts: TOML by name, in order of their names."""
    return _layouts(here())


def own_layouts() -> tuple[Mapping[str, Any], ...]:
    """The firm's own layouts as parsed documents, as the loader wants them."""
    return _own_layouts(here())


def imports() -> pd.DataFrame:
    """All imports, newest first: the columns of ``History.imports``, moments in the server's own time zone."""
    return _imports(here())


def roster() -> pd.DataFrame:
    """Who belongs to which team in which role from when to when: desk, team, role, starts_on, ends_on."""
    return _roster(here())


def desks() -> list[str]:
    """Every desk that occurs in the history, in order."""
    return desks_seen()["desk"].tolist()


def desks_seen() -> pd.DataFrame:
    """Every desk that occurs in the history: desk, rows, first_day, last_day (scheduled rows included)."""
    return _desks_seen(rows(here()))


def teams() -> list[str]:
    """Every team of the roster, in order."""
    return sorted(roster()["team"].dropna().unique())


def span() -> tuple[date, date] | None:
    """First and last day in the history, scheduled ones included; None when it is empty."""
    return history().span()


def summary() -> Summary:
    """What the line below the title says."""
    listed = imports()["active"]
    in_force = int(listed.sum())
    return Summary(last_day(clock.today()), len(desks()), in_force, len(listed) - in_force, _left_out(here()))


def last_day(as_of: date, of: Desks = None) -> date | None:
    """The last day up to ``as_of`` on which anything happened, at all or at some desks."""
    return _last_day(rows(here()), as_of, of)


def has_activity(chosen: Filters) -> bool:
    """Whether anything at all happened at the chosen desks in the period, as far as it lies behind us."""
    return _has_activity(rows(here()), chosen.start, min(chosen.end, chosen.as_of), asked_desks(chosen))


def asked_desks(chosen: Filters) -> Desks:
    """The desks that the choice of team and desks comes down to; None where everybody is meant."""
    return tuple(_units(chosen, "desk")) if _narrowed(chosen) else None


def desks_of(team: str | None, start: date, end: date) -> list[str]:
    """The desks that were in a team on any day from ``start`` to ``end``; every desk when no team is given."""
    if team is None:
        return desks()
    lines = roster()
    began = lines["starts_on"].isna() | (lines["starts_on"] <= pd.Timestamp(end))
    lasts = lines["ends_on"].isna() | (lines["ends_on"] >= pd.Timestamp(start))
    return sorted(lines.loc[(lines["team"] == team) & began & lasts, "desk"].unique())


def here() -> Place:
    """The history of this server as it is now: the key to ask cached functions with."""
    return Place(str(folder()), history().version())


def facts() -> Place:
    """As ``here``, for what does not depend on answers: those are given all day long and change none of it."""
    return Place(str(folder()), history().version_of_facts())


def rows(place: Place) -> Place:
    """A history as far as its log goes: the key of what is counted of rows, whatever else is saved meanwhile.

    What else the counting depends on, such as the roster and the rules, is an argument of its own beside it.
    """
    return Place(place.folder, at(place).version_of_log())


def at(place: Place) -> History:
    """The history that lies there."""
    return History(Path(place.folder))


def _whole(chosen: Filters) -> Filters:
    """The same question about everybody: one answer is computed and each choice of desks is cut out of it."""
    return replace(chosen, period="", team=None, desks=())


def _narrowed(chosen: Filters) -> bool:
    return bool(chosen.team or chosen.desks)


def _units(chosen: Filters, by: Unit) -> list[str]:
    if by == "team":
        return [chosen.team] if chosen.team else teams()
    return list(chosen.desks) or desks_of(chosen.team, chosen.start, chosen.end)


def cached(size: str) -> Callable[[Callable[..., Any]], Any]:
    """What every cached query is decorated with; ``size`` bounds what all its answers together may take."""
    return st.cache_data(max_entries=200, max_size=size, show_spinner=False)


@cached("64MB")
def _ratios(place: Place, asked: Filters, by: Unit, every: Every | None) -> pd.DataFrame:
    # Steps matter to the engine in the cohort view only; without them one count serves all.
    rules, roster = _rules(place).of_counting, _roster(place)
    counts = _counts(rows(place), asked, every if asked.view == "cohort" else None, rules, roster)
    units = _seen(rows(place), asked.as_of, by, roster)
    question = {name: value for name, value in _question(place, asked).items() if name != "as_of"}
    return add_up(counts, units, by=by, every=every, **question)


@cached("64MB")
def _counts(rows: Place, asked: Filters, every: Every | None, rules: Rules, roster: pd.DataFrame) -> pd.DataFrame:
    if asked.view == "activity" and asked.start >= tallied_from(asked.as_of):
        return cut(tally_of(rows, asked.as_of, rules, roster), asked.start, asked.end)
    days = {"as_of": asked.as_of, "start": asked.start, "end": asked.end}
    return count(at(rows).log(), every=every, view=asked.view, rules=rules, roster=roster, **days)


def tally_of(rows: Place, as_of: date, rules: Rules, roster: pd.DataFrame) -> pd.DataFrame:
    """`quality.weekly.tallied` as of a day, out of what is gathered for the judgement anyway."""
    found = gathered(rows, as_of, None, rules, roster)
    return tallied(at(rows).log(), as_of=as_of, rules=rules, roster=roster) if found is None else found.tally


@cached("64MB")
def gathered(rows: Place, as_of: date, known_on: date | None, rules: Rules, roster: pd.DataFrame) -> Gathered | None:
    """`quality.weekly.gather` as of a day, with what was known on another: asked of the engine once for all numbers."""
    return gather(at(rows).log(known_on), as_of=as_of, rules=rules, roster=roster)


@cached("4MB")
def _seen(rows: Place, as_of: date, by: Unit, roster: pd.DataFrame) -> list[str]:
    return units_in(at(rows).log(), as_of, by, roster)


@cached("64MB")
def _evidence(place: Place, asked: Filters, ratio: str, unit: str, by: Unit) -> pd.DataFrame:
    return rows_behind(at(place).log(), ratio=ratio, unit=unit, by=by, limit=MOST_ROWS, **_question(place, asked))


def _question(place: Place, asked: Filters) -> dict[str, Any]:
    return {
        "as_of": asked.as_of,
        "start": asked.start,
        "end": asked.end,
        "view": asked.view,
        "rules": _rules(place),
        "roster": _roster(place),
    }


@cached("1MB")
def _rules(place: Place) -> Rules:
    history = at(place)
    return Rules.stored(history.settings(), history.standards())


@cached("1MB")
def _settings(place: Place) -> dict[str, Any]:
    return at(place).settings()


@cached("4MB")
def _layouts(place: Place) -> dict[str, str]:
    return at(place).layouts()


@cached("4MB")
def _own_layouts(place: Place) -> tuple[Mapping[str, Any], ...]:
    return at(place).own_layouts()


@cached("1MB")
def _left_out(place: Place) -> str:
    return left_out_in_words(*at(place).left_out())


@cached("16MB")
def _imports(place: Place) -> pd.DataFrame:
    listed = at(place).imports()
    return listed.assign(stored_at=listed["stored_at"].dt.tz_convert(clock.zone()))


@cached("4MB")
def _roster(place: Place) -> pd.DataFrame:
    return at(place).roster()


@cached("4MB")
def _desks_seen(place: Place) -> pd.DataFrame:
    days = {"first_day": nw.col("occurred_at").min(), "last_day": nw.col("occurred_at").max()}
    found = _log_of(place, None).group_by("desk").agg(rows=nw.len(), **days).collect("pandas").to_native()
    whole = {name: found[name].dt.normalize() for name in days}
    return found.assign(rows=found["rows"].astype("int64"), **whole).sort_values("desk", ignore_index=True)


@cached("1MB")
def _last_day(place: Place, as_of: date, of: Desks) -> date | None:
    log = _log_of(place, of)
    newest = log.filter(nw.col("occurred_at") < _after(as_of)).select(nw.col("occurred_at").max()).collect().item()
    return None if pd.isna(newest) else newest.date()


@cached("1MB")
def _has_activity(place: Place, start: date, end: date, of: Desks) -> bool:
    within = (nw.col("occurred_at") >= _after(start - timedelta(days=1))) & (nw.col("occurred_at") < _after(end))
    return bool(_log_of(place, of).filter(within).select(nw.len()).collect().item())


def _log_of(place: Place, desks: Desks) -> nw.LazyFrame[Any]:
    """The log, of some desks where any are given."""
    log = nw.from_native(at(place).log()).lazy()
    return log.filter(nw.col("desk").is_in(desks)) if desks is not None else log


def _after(day: date) -> datetime:
    """The first moment after a day, in the log's own local time."""
    return datetime.combine(day + timedelta(days=1), time())
