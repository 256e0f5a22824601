"""Working days: Monday to Friday without public holidays, and how many of them each desk was there.

Public holidays come from the library ``holidays`` by country and subdivision, as they are observed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import holidays
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.periods import DAY
from quality.teams import stays

Days = NDArray[np.datetime64]

#: Monday to Friday.
FULL_WEEK = 5

#: Where a new word begins in a name such as DRCongo or NewZealand.
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working days of a country, and of a part of it; without a country every Monday to Friday is one.

    ``country`` is an ISO code such as US, ``subdivision`` one of ``subdivisions(country)``. Raises ValueError for
    others.
    """

    country: str | None = None
    subdivision: str | None = None

    def __post_init__(self) -> None:
        if self.country is None:
            return
        if self.country not in countries():
            raise ValueError(f"no public holidays are known for the country {self.country!r}")
        if self.subdivision is not None and self.subdivision not in subdivisions(self.country):
            raise ValueError(f"{self.subdivision!r} is no part of {self.country} with public holidays of its own")

    @classmethod
    def stored(cls, setting: Mapping[str, Any] | None) -> Workdays:
        """The working days a firm has chosen: the setting ``holidays``, or None where it never chose."""
        chosen = setting or {}
        return cls(chosen.get("country"), chosen.get("subdivision"))

    def names(self, start: date, end: date) -> dict[date, str]:
        """Public holidays that fall on Monday to Friday, from start to end, with their names; in order."""
        found: dict[date, str] = {}
        for year in range(start.year, end.year + 1):
            found |= _public(self.country, self.subdivision, year)
        return {day: name for day, name in sorted(found.items()) if start <= day <= end and day.weekday() < FULL_WEEK}

    def days(self, start: date, end: date) -> tuple[date, ...]:
        """The working days from start to end, both included; none where the end comes first."""
        off = self.names(start, end)
        span = (start + number * DAY for number in range((end - start).days + 1))
        return tuple(day for day in span if day.weekday() < FULL_WEEK and day not in off)

    def left(self, as_of: date, period_end: date) -> int:
        """How many working days come after ``as_of``, which is over, until the end of the period."""
        return len(self.days(as_of + DAY, period_end))

    def available(
        self,
        units: Sequence[str],
        weeks: Iterable[date],
        roster: pd.DataFrame | None = None,
        absences: pd.DataFrame | None = None,
    ) -> NDArray[np.int64]:
        """Working days each desk was there: units x weeks, 0 to 5.

        ``weeks`` are Mondays. A desk of the roster is there from its first to its last day in it, a desk that is not in
        it always; days of ``absences`` (desk, starts_on, ends_on) are taken off. See ``stays`` for the roster.
        """
        mondays = day_array(weeks)
        days: Days = (mondays[:, None] + np.arange(FULL_WEEK).astype("timedelta64[D]")).ravel()
        there = _there(units, days, roster) & ~_away(units, days, absences) & self._open(days)
        return there.reshape(len(units), len(mondays), FULL_WEEK).sum(axis=2)

    def _open(self, days: Days) -> NDArray[np.bool_]:
        if not len(days):
            return np.ones(0, dtype=bool)
        off = self.names(pd.Timestamp(days.min()).date(), pd.Timestamp(days.max()).date())
        return ~np.isin(days, np.array(list(off), dtype="datetime64[D]"))


def day_array(days: Iterable[date]) -> Days:
    """Days, timestamps or an index of them as an array of whole days."""
    return pd.Series(list(days), dtype="datetime64[us]").to_numpy("datetime64[D]")


@lru_cache(maxsize=512)
def _public(country: str | None, subdivision: str | None, year: int) -> Mapping[date, str]:
    if country is None:
        return MappingProxyType({})
    own = holidays.country_holidays(country, subdiv=subdivision, years=year, language=_language(country))
    return MappingProxyType(dict(own))


@lru_cache(maxsize=256)
def _language(country: str) -> str | None:
    """English names where the library has them, else those of the country."""
    known = holidays.list_localized_countries().get(country, [])
    return next((language for language in ("en_US", "en_GB") if language in known), None)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Countries whose public holidays are known: ISO code -> English name, in order of the names."""
    registry = holidays.registry.COUNTRIES.values()
    named = {
        codes[1]: _WORD.sub(" ", codes[0]).replace(" And ", " and ").replace(" The ", " the ") for codes in registry
    }
    return MappingProxyType(dict(sorted(named.items(), key=lambda pair: pair[1])))


@lru_cache(maxsize=256)
def subdivisions(country: str) -> Mapping[str, str]:
    """Parts of a country that the library tells apart: code -> name (the code where it has none), in order of names.

    Raises NotImplementedError for an unknown country.
    """
    known = holidays.country_holidays(country)
    named = {code: alias for alias, code in known.subdivisions_aliases.items()}
    found = {str(code): str(named.get(code, code)) for code in known.subdivisions}
    return MappingProxyType(dict(sorted(found.items(), key=lambda pair: pair[1])))


def _spans(units: Sequence[str], days: Days, spans: Sequence[tuple[str, Any, Any]]) -> NDArray[np.bool_]:
    """Units x days that lie within any span (unit, first day, last day)."""
    inside, place = np.zeros((len(units), len(days)), dtype=bool), {unit: at for at, unit in enumerate(units)}
    for unit, start, end in spans:
        if unit in place:
            first, last = np.datetime64(start, "D"), np.datetime64(end, "D")
            inside[place[unit]] |= (days >= first) & (days <= last)
    return inside


def _there(units: Sequence[str], days: Days, roster: pd.DataFrame | None) -> NDArray[np.bool_]:
    found = stays(roster)
    known = {stay.desk for stay in found}
    inside = _spans(units, days, [(stay.desk, stay.start, stay.end) for stay in found])
    return inside | ~np.isin(np.array(units, dtype=object), list(known))[:, None]


def _away(units: Sequence[str], days: Days, absences: pd.DataFrame | None) -> NDArray[np.bool_]:
    lines = [] if absences is None else absences[["desk", "starts_on", "ends_on"]].itertuples(index=False, name=None)
    return _spans(units, days, list(lines))
