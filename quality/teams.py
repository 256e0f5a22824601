"""Who belongs to which team in which role on which day, from the roster. Plain pandas: a roster is small."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import and_
from typing import Literal

import narwhals as nw
import numpy as np
import pandas as pd

By = Literal["desk", "team", "company"]

NO_TEAM = "(no team)"
COMPANY = "Company"

_FIRST, _LAST = pd.Timestamp("1700-01-01"), pd.Timestamp("2200-01-01")


@dataclass(frozen=True, slots=True)
class Stay:
    """A desk in a team and in a role (empty: none), from ``start`` to ``end``, both days included."""

    desk: str
    team: str
    role: str
    start: pd.Timestamp
    end: pd.Timestamp


def stays(roster: pd.DataFrame | None) -> tuple[Stay, ...]:
    """The roster as stays that never overlap: where lines of one desk do, the one that began last holds.

    Needs the columns desk, team, starts_on and ends_on; a role may be missing. An empty start or end is open; a line
    with neither team nor role says nothing.
    """
    if roster is None or roster.empty:
        return ()
    lines = sorted(_lines(roster), key=lambda line: line.desk)
    return tuple(stay for _, own in itertools.groupby(lines, key=lambda line: line.desk) for stay in _disjoint([*own]))


def _lines(roster: pd.DataFrame) -> Iterator[Stay]:
    """The lines of the roster that say something, as they stand there, with the days that are open filled in."""
    said = {
        name: roster[name].astype("object").where(roster[name].notna(), "")
        for name in ("desk", "team", "role")
        if name in roster
    }
    starts, ends = (pd.to_datetime(roster[name]) for name in ("starts_on", "ends_on"))
    role = said.get("role", [""] * len(roster))
    for line in zip(said["desk"], said["team"], role, starts.fillna(_FIRST), ends.fillna(_LAST), strict=True):
        if line[0] != "" and (line[1] or line[2]):
            yield Stay(*line)


def _disjoint(lines: list[Stay]) -> Iterator[Stay]:
    """Cut one desk's lines at every change and keep, in each piece, the line that began last."""
    one_day = pd.Timedelta(days=1)
    cuts = sorted({*(line.start for line in lines), *(line.end + one_day for line in lines)})
    begun = sorted(lines, key=lambda line: line.start)
    for start, following in itertools.pairwise(cuts):
        holding = [line for line in begun if line.start <= start <= line.end]
        if holding:
            yield replace(holding[-1], start=start, end=following - one_day)


def units_of(desks: pd.Series, days: pd.Series, by: By, roster: pd.DataFrame | None) -> pd.Series:
    """The unit each desk and day counts for: the desk itself, its team on that day, or the company."""
    if by == "desk":
        return desks
    if by == "company":
        return pd.Series(COMPANY, index=desks.index, dtype="str")
    return _teams_of(desks, days, stays(roster))


def is_of_unit(unit: str, by: By, roster: pd.DataFrame | None) -> nw.Expr:
    """Whether a row of a lazy frame counts for the unit, by its columns ``counted_for`` (a desk) and ``day``."""
    nothing = nw.col("day").is_null()
    if by == "company":
        return ~nothing if unit == COMPANY else nothing
    if by == "desk":
        return nw.col("counted_for") == unit
    found = [stay for stay in stays(roster) if stay.team and unit in (NO_TEAM, stay.team)]
    inside = nw.any_horizontal(nothing, *covers(found, "counted_for"), ignore_nulls=True)
    return ~inside if unit == NO_TEAM else inside


def covers(found: Collection[Stay], desk: str) -> Iterator[nw.Expr]:
    """Whether a row lies in one of these stays, by its column ``desk`` and ``day``: one condition for equal days."""
    for start, end in sorted({(stay.start, stay.end) for stay in found}):
        names = sorted({stay.desk for stay in found if (stay.start, stay.end) == (start, end)})
        within = [nw.col("day") >= start.to_pydatetime()] * (start > _FIRST)
        within += [nw.col("day") <= end.to_pydatetime()] * (end < _LAST)
        yield reduce(and_, within, nw.col(desk).is_in(names))


def _teams_of(desks: pd.Series, days: pd.Series, found: tuple[Stay, ...]) -> pd.Series:
    if not found or desks.empty:
        return pd.Series(NO_TEAM, index=desks.index, dtype="str")
    table = pd.DataFrame([(stay.desk, stay.team, stay.start, stay.end) for stay in found])
    table = table.set_axis(["desk", "team", "start", "end"], axis=1).astype({"desk": "str", "team": "str"})
    table = table.astype({"start": "datetime64[us]", "end": "datetime64[us]"}).sort_values("start")
    asked = pd.DataFrame({"desk": desks.astype("str"), "day": days.astype("datetime64[us]")}).sort_values("day")
    met = pd.merge_asof(asked, table, left_on="day", right_on="start", by="desk")
    team = np.where((met["end"] >= met["day"]) & (met["team"] != ""), met["team"], NO_TEAM)
    return pd.Series(team, index=asked.index, dtype="str").reindex(desks.index)


def directory(seen: pd.DataFrame, roster: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Every desk that occurs or is in the roster, with what holds for it on a day.

    ``seen`` has desk, rows, first_day and last_day. Columns: desk, team and role (of that day, else the last before it,
    else the first to come; empty where the roster says none), starts_on and ends_on (of the roster; NaT where open),
    rows, first_day, last_day, and standing: not in the roster, left, starts later, no rows, or empty.
    """
    own = {desk: list(found) for desk, found in itertools.groupby(stays(roster), key=lambda stay: stay.desk)}
    desks = sorted({*seen["desk"], *own})
    lines = pd.DataFrame([_line(desk, own.get(desk, []), pd.Timestamp(as_of)) for desk in desks], columns=_LINE)
    lines = lines.astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})
    whole = lines.merge(seen, on="desk", how="left").astype({"desk": "str"})
    whole["rows"] = whole["rows"].fillna(0).astype("int64")
    silent = (whole["rows"] == 0) & (whole["standing"] == "")
    return whole.assign(standing=whole["standing"].mask(silent, "no rows"))


_LINE = ["desk", "team", "role", "starts_on", "ends_on", "standing"]


def _line(desk: str, own: list[Stay], on: pd.Timestamp) -> tuple[object, ...]:
    if not own:
        return desk, "", "", None, None, "not in the roster"
    begun = [stay for stay in own if stay.start <= on]
    now = begun[-1] if begun else own[0]
    start, end = own[0].start, own[-1].end
    standing = "left" if end < on else "" if begun else "starts later"
    return desk, now.team, now.role, _or_open(start), _or_open(end), standing


def _or_open(day: pd.Timestamp) -> pd.Timestamp | None:
    return None if day in (_FIRST, _LAST) else day
