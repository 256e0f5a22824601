"""Minimum standards: which one holds for whom on which day, and whether an activity minimum was met.

A standard belongs to the company, a team or a desk, from a day on. The most specific one holds: the desk's own, else
that of the team it is in on that day, else the company's, else the starting value of the catalogue. Activity minimums
have no starting values, and are pro rata for the working days a desk was there, rounded down to whole events.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import BY_NAME, MEASURES, RATIOS, check_ratio_names
from quality.periods import DAY
from quality.teams import By, units_of
from quality.workdays import FULL_WEEK, Days, day_array

Level = Literal["desk", "team", "company"]
Per = Literal["day", "week"]
Origin = Literal["desk", "team", "company", "starting value"]
Numbers = NDArray[np.float64]
Names = NDArray[np.object_]

STARTING: Origin = "starting value"
PER: tuple[Per, ...] = ("day", "week")
#: What can be asked of anybody, by unit of time and, under None, as the n of ``n : 1``; the rest is a slip of the hand.
LEAST, MOST = 0.1, {None: 500.0, "day": 200.0, "week": 1000.0}
#: From the most specific on.
LEVELS: tuple[Level, ...] = ("desk", "team", "company")


@dataclass(frozen=True, slots=True)
class Line:
    """One saved standard: of a ratio the n of ``n : 1``, of an activity the least number per day or week.

    ``number`` is None where the standard of this owner ends on that day.
    """

    measure: str
    number: float | None
    per: Per | None
    level: Level
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Standards:
    """All standards there were, as a history. Raises ValueError for unknown measures and numbers that cannot be."""

    lines: tuple[Line, ...] = ()
    _held: Mapping[tuple[str, str, str], tuple[Line, ...]] = field(init=False, repr=False, hash=False, compare=False)

    def __post_init__(self) -> None:
        check_ratio_names({line.measure for line in self.lines} - set(MEASURES))
        if not all(line.number is None or 0 < line.number < math.inf for line in self.lines):
            raise ValueError("a standard is a number above 0")
        held: dict[tuple[str, str, str], list[Line]] = {}
        # Sorting is stable: of two lines for the same day the one saved last comes last, and holds.
        for line in sorted(self.lines, key=attrgetter("since")):
            held.setdefault((line.level, line.name, line.measure), []).append(line)
        object.__setattr__(self, "_held", {key: tuple(lines) for key, lines in held.items()})

    @classmethod
    def stored(cls, frame: pd.DataFrame) -> Standards:
        """The standards of a history: ratio, standard (missing: ended), per, level, name, effective_from, as saved.

        Names that are neither a ratio nor an activity, such as those of a later version, are left out.
        """
        known = frame[frame["ratio"].isin([*BY_NAME, *MEASURES])]
        cells = known.astype("object").where(known.notna(), None)
        return cls(
            tuple(
                Line(row["ratio"], row["standard"], row["per"], row["level"], row["name"], row["effective_from"].date())
                for row in cells.to_dict("records")
            )
        )

    def held(self, measure: str, level: Level, name: str, day: date) -> Line | None:
        """The line of exactly this owner that holds on a day; None where there is none or it has ended."""
        lines = self._held.get((level, name, measure), ())
        at = bisect_right(lines, day, key=attrgetter("since"))
        return lines[at - 1] if at and lines[at - 1].number is not None else None

    def line(self, measure: str, unit: str, by: By, day: date, team: str | None = None) -> Line | None:
        """The line that holds for a unit on a day, the most specific one; ``team`` is the team of the desk that day."""
        owners = {"desk": unit if by == "desk" else "", "team": unit if by == "team" else team or "", "company": ""}
        found = (
            self.held(measure, level, owners[level], day) for level in LEVELS if owners[level] or level == "company"
        )
        return next((line for line in found if line), None)

    def ratio(self, ratio: str, unit: str, by: By, day: date, team: str | None = None) -> tuple[float, Origin]:
        """The n of ``n : 1`` that holds for a unit on a day, and whose it is."""
        line = self.line(ratio, unit, by, day, team)
        if line is None or line.number is None:
            return float(BY_NAME[ratio].standard), STARTING
        return line.number, line.level

    def minimums(self, desk: str, team: str | None, day: date) -> dict[str, tuple[float, Per]]:
        """The least a desk should do: activity -> number and whether per day or week; only those that were set."""
        found = {name: self.line(name, desk, "desk", day, team) for name in MEASURES}
        return {name: (line.number, line.per or "week") for name, line in found.items() if line and line.number}

    def table(
        self, units: Sequence[str], by: By, weeks: Iterable[date], roster: pd.DataFrame | None
    ) -> dict[str, Numbers]:
        """The n of ``n : 1`` of every ratio, units x weeks (Mondays): those in force on the Sunday."""
        return self.by_day(units, by, [monday + 6 * DAY for monday in weeks], roster)

    def by_day(
        self, units: Sequence[str], by: By, days: Iterable[date], roster: pd.DataFrame | None
    ) -> dict[str, Numbers]:
        """The n of ``n : 1`` of every ratio, units x days."""
        asked = day_array(days)
        owners = [_Owners.of(level, names) for level, names in self._owners(units, by, asked, roster)]
        start = np.ones((len(units), len(asked)))
        return {ratio.name: self._overlaid(ratio.name, start * ratio.standard, owners, asked) for ratio in RATIOS}

    def _owners(
        self, units: Sequence[str], by: By, days: Days, roster: pd.DataFrame | None
    ) -> Iterator[tuple[Level, Names]]:
        """Who owns the standards of each unit and day, the company first and the most specific last."""
        own = np.repeat(np.array(units, dtype=object)[:, None], len(days), axis=1)
        yield "company", np.full(own.shape, "", dtype=object)
        if by == "team":
            yield "team", own
        if by == "desk" and any(level == "team" for level, _, _ in self._held):
            flat = pd.Series(own.ravel(), dtype="str"), pd.Series(np.tile(days, len(units)).astype("datetime64[us]"))
            yield "team", units_of(*flat, "team", roster).to_numpy(dtype=object).reshape(own.shape)
        if by == "desk":
            yield "desk", own

    def _overlaid(self, measure: str, table: Numbers, owners: Sequence[_Owners], days: Days) -> Numbers:
        for level in owners:
            lines = [self._held.get((level.level, name, measure), ()) for name in level.names]
            if any(lines):
                numbers = np.array([_steps(own, days) for own in lines])[level.codes, np.arange(len(days))]
                table = np.where(np.isfinite(numbers), numbers, table)
        return table


def is_sensible(number: float, per: str | None) -> bool:
    """Whether a number can be a new standard; ``per`` is None for the n of ``n : 1``. Saved ones hold in any case."""
    return LEAST <= number <= MOST[per]


@dataclass(frozen=True, slots=True)
class _Owners:
    """Names of one level, and which of them (a position) owns the standards of each unit and day."""

    level: Level
    names: Sequence[str]
    codes: NDArray[np.intp]

    @classmethod
    def of(cls, level: Level, names: Names) -> _Owners:
        codes, unique = pd.factorize(names.ravel())
        return cls(level, list(unique), codes.reshape(names.shape))


def _steps(lines: Sequence[Line], days: Days) -> Numbers:
    """The number one owner has on each day; infinite where it has none."""
    since = np.array([line.since for line in lines], dtype="datetime64[D]")
    numbers = np.array([math.inf, *(math.inf if line.number is None else line.number for line in lines)])
    return numbers[np.searchsorted(since, days, side="right")]


@dataclass(frozen=True, slots=True)
class Met:
    """One activity minimum of one desk in one week.

    ``minimum`` is what was due for the ``available`` working days the desk was there, in whole events; ``count`` what
    was done; ``met`` is None where the desk was not there at all.
    """

    measure: str
    number: float
    per: Per
    available: int
    minimum: int
    count: int
    met: bool | None


def met(minimums: Mapping[str, tuple[float, Per]], volumes: Mapping[str, int], available: int) -> tuple[Met, ...]:
    """The activity minimums of one desk in one week, pro rata for the working days it was there.

    ``minimums`` as from ``Standards.minimums``, ``volumes`` activity -> count of the week. A minimum per day is due for
    each working day, one per week for each fifth of it: 10 a week are 8 in a week with a public holiday. Nobody holds a
    part of an interview, so what is due is rounded down: 2 a week are 1 for three days there, and 0 for two.
    """
    return tuple(
        _met(name, number, per, int(volumes.get(name, 0)), available) for name, (number, per) in minimums.items()
    )


def _met(measure: str, number: float, per: Per, count: int, available: int) -> Met:
    # Thirds and fifths of a minimum are no whole binary numbers: what is whole must not be lost by the last digit.
    due = math.floor(number * available / (1 if per == "day" else FULL_WEEK) + 1e-9)
    return Met(measure, number, per, available, due, count, count >= due if available else None)
