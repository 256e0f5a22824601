"""Dates of a column: one format for the whole column, decided over all its rows whatever their order.

Reading every cell by itself makes one file give other dates in another row order (03/04/2026 beside 25/04/2026), so the
family of formats that reads most values holds for the column, and what it cannot read is a cell to be mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Literal

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.date_parts import NAT, Readings, read_others, read_plain
from loaders.date_shapes import FAMILIES
from loaders.ids import DAY
from loaders.zones import Clock, shift_between

Order = Literal["month_first", "day_first"]

#: What people see of a family; the key is what the column was read as.
FORMATS = {
    "iso": "year-month-day, such as 2026-03-25",
    "named": "dates with the month's name, such as 25 Mar 2026",
    "month_first": "month/day/year, such as 03/25/2026",
    "day_first": "day/month/year, such as 25/03/2026",
    "serial": "serial numbers of a spreadsheet, such as 46106",
    "epoch_s": "seconds since 1970, such as 1774396800",
    "epoch_ms": "milliseconds since 1970, such as 1774396800000",
}

#: Words people write where no date is known.
NO_DATE = (
    "tbd",
    "tba",
    "tbc",
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "-",
    "--",
    "?",
    "unknown",
    "pending",
    "open",
    "0",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "00/00/0000",
)

#: Days systems write where no date is known.
SENTINEL_DAYS = np.array(["1000-01-01", "1900-01-01", "9999-12-31"], dtype="datetime64[D]")
#: The clock where no zone is known.
NO_CLOCK = Clock()
#: Years outside this range are slips of the pen: no system in use holds desks' work from before.
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column can be read: the family that reads most values, and whether day and month can be told apart.

    ``family`` is empty where nothing in the column is a date. ``order`` is None where both orders read equally many
    values and differ; then ``both_ways`` says how such a value reads either way. ``texts`` counts the values of the
    family that stand as text among real dates of a workbook, which are settled and have no part in the decision.
    """

    family: str
    order: Order | None
    both_ways: str = ""
    texts: int = 0


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The dates of a column: ``when`` is datetime64[us], NaT where one of the three masks says why.

    ``zoned`` counts values with a time zone, whose local wall time was kept; ``shift`` is what was added to each value
    to make it the firm's wall time, None where that was not needed.
    """

    when: np.ndarray
    missing: np.ndarray
    unparsed: np.ndarray
    implausible: np.ndarray
    read_as: str
    zoned: int
    shift: np.ndarray | None = None

    @property
    def written(self) -> np.ndarray:
        """The dates as they are written in the file, which hold whatever the firm's zone is."""
        return self.when if self.shift is None else self.when - self.shift

    def keep(self, mask: np.ndarray) -> DateColumn:
        """Only the rows of the mask."""
        return replace(
            self,
            when=self.when[mask],
            missing=self.missing[mask],
            unparsed=self.unparsed[mask],
            implausible=self.implausible[mask],
            shift=None if self.shift is None else self.shift[mask],
        )

    def only(self, mask: np.ndarray) -> DateColumn:
        """All rows, but outside the mask without a date."""
        return replace(
            self,
            when=np.where(mask, self.when, NAT),
            missing=self.missing | ~mask,
            unparsed=self.unparsed & mask,
            implausible=self.implausible & mask,
        )


class DateReader:
    """Reads one column of text in two steps, so that columns of one file can lend each other their order.

    ``column`` is text with null for empty cells; ``missing`` are values the layout says stand for no date, days as
    year-month-day in whatever format the column has;
    ``engine`` is a connection of its own for this column; ``told`` is the format it is known to have, beside which
    year-month-day is read. ``real`` says that a workbook may hold real dates in it, which come as year-month-day: what
    stands there as text then decides alone how it is written.
    """

    def __init__(
        self,
        engine: duckdb.DuckDBPyConnection,
        column: pa.ChunkedArray,
        missing: Sequence[str] = (),
        told: str = "",
        real: bool = False,
    ) -> None:
        self._blank = pc.or_(pc.is_null(column), _is_one_of(column, missing)).to_numpy().copy()
        plain = read_plain(engine, column)
        self._none = _moments(missing)
        self._blank |= self._is_sentinel(plain)
        self._plain = np.where(self._blank, NAT, plain)
        self._others = read_others(engine, column, np.isnat(self._plain) & ~self._blank, NO_DATE)
        self._told = told
        self._real = real and bool((~np.isnat(self._plain)).any())
        self.reading = _known(told) if told else self._decide(column)

    def _decide(self, column: pa.ChunkedArray) -> Reading:
        """The family that reads most values; among equals the earlier of ``FAMILIES``."""
        is_read = ~(np.isnat(self._others.month_first) & np.isnat(self._others.day_first))
        read = np.bincount(self._others.family[is_read], minlength=len(FAMILIES))
        if self._real and (texts := read[: FAMILIES.index("serial")]).any():
            family = FAMILIES[int(np.argmax(texts))]
            found = self._decide_order(column) if family == "numeric" else Reading(family, None)
            return replace(found, texts=int(texts.max()))
        read[FAMILIES.index("iso")] += np.count_nonzero(~np.isnat(self._plain))
        if not read.any():
            return Reading("", None)
        family = FAMILIES[int(np.argmax(read))]
        return self._decide_order(column) if family == "numeric" else Reading(family, None)

    def _decide_order(self, column: pa.ChunkedArray) -> Reading:
        numeric = self._others.of("numeric")
        month_first, day_first = ~np.isnat(numeric.month_first), ~np.isnat(numeric.day_first)
        differs = month_first & day_first & (numeric.month_first != numeric.day_first)
        lead = int(month_first.sum()) - int(day_first.sum())
        if lead == 0 and (differs.any() or not month_first.all()):
            return Reading("numeric", None, _both_ways(column, numeric, differs if differs.any() else ~differs))
        return Reading("numeric", "month_first" if lead >= 0 else "day_first")

    def read(self, order: Order | None, clock: Clock = NO_CLOCK) -> DateColumn:
        """The values, in the given order of day and month where the column has such dates, as the clock shows them."""
        family = self.reading.family
        families = {"iso", family} if self._told or self._real else {family} - {""}
        when = self._plain.copy() if "iso" in families else np.full(len(self._plain), NAT)
        zoned = 0
        for name in families:
            others = self._others.of(name)
            when[others.places] = others.day_first if (name, order) == ("numeric", "day_first") else others.month_first
            zoned += int((others.zoned & ~others.utc if clock.firm else others.zoned).sum())
        unparsed = np.isnat(when) & ~self._blank & ~self._is_no_date()
        sentinel = self._is_sentinel(when)
        years = when.astype("datetime64[Y]").astype(int) + 1970
        implausible = ~np.isnat(when) & ~sentinel & ((years < FIRST_YEAR) | (years > LAST_YEAR))
        when[sentinel | implausible] = NAT
        missing = np.isnat(when) & ~unparsed & ~implausible
        read_as = (order or "month_first") if family == "numeric" else family
        shift = self._shift(when, families, clock)
        shown = when if shift is None else when + shift
        return DateColumn(shown, missing, unparsed, implausible, read_as, zoned, shift)

    def _is_sentinel(self, values: np.ndarray) -> np.ndarray:
        found = np.isin(values.astype("datetime64[D]"), SENTINEL_DAYS)
        return found | np.isin(values, self._none) if len(self._none) else found

    def _shift(self, when: np.ndarray, families: set[str], clock: Clock) -> np.ndarray | None:
        """What makes values in UTC, or in the column's own zone, the firm's wall time."""
        if clock.firm is None:
            return None
        shift, own = np.zeros(len(when), "timedelta64[us]"), np.zeros(len(when), dtype=bool)
        for name in families:
            others = self._others.of(name)
            own[others.places[others.zoned]] = True
            utc = others.places[others.utc]
            if not (name.startswith("epoch") and _whole_days(when[utc])):
                shift[utc] = shift_between(when[utc], UTC, clock.firm)
        if clock.written and not _whole_days(when[~own]):
            shift[~own] = shift_between(when[~own], clock.written, clock.firm)
        return shift if shift.any() else None

    def _is_no_date(self) -> np.ndarray:
        """Cells that hold a word for *no date*: neither read at once nor given a shape."""
        found = np.isnat(self._plain)
        found[self._others.places] = False
        return found


def _known(told: str) -> Reading:
    orders: dict[str, Order] = {"month_first": "month_first", "day_first": "day_first"}
    return Reading("numeric", orders[told]) if told in orders else Reading(told, None)


def _both_ways(column: pa.ChunkedArray, readings: Readings, mask: np.ndarray) -> str:
    """The first value in alphabetical order, which does not depend on the order of rows, with both its readings."""
    texts = column.take(pa.array(readings.places[mask])).to_pylist()
    at = texts.index(min(texts))
    stamps = (pd.Timestamp(stamps[mask][at]) for stamps in (readings.month_first, readings.day_first))
    days = [f"{day.day} {day:%B %Y}" for day in stamps if not pd.isna(day)]
    return f'"{texts[at]}" can be {" or ".join(days)}'


def _moments(words: Sequence[str]) -> np.ndarray:
    """The words that are dates."""
    found = pd.to_datetime(pd.Series(words, dtype="str"), format="ISO8601", errors="coerce")
    return found.dropna().to_numpy("datetime64[us]")


def _whole_days(when: np.ndarray) -> bool:
    """Whether no value has a time of day: what is written so are days, which mean the same in every zone."""
    return bool((when[~np.isnat(when)].astype(np.int64) % DAY == 0).all())


def _is_one_of(column: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    """Which cells are one of some words, in capitals or not."""
    if not words:
        return pc.is_in(column, pa.array([], column.type))
    return pc.is_in(pc.utf8_lower(column), pa.array([word.lower() for word in words], column.type))
