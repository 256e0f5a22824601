"""Dates of a column: one format for the whole column, decided over all its rows whatever their order.

Reading every cell by itself makes one file give other dates in another row order (03/04/2026 beside 25/04/2026), so the
family of formats that reads most values holds for the column, and what it cannot read is a cell to be mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.date_shapes import FAMILIES, PARTS, read_shape

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
#: Years outside this range are slips of the pen: no system in use holds desks' work from before.
FIRST_YEAR, LAST_YEAR = 1990, 2100

NAT = np.datetime64("NaT", "us")

# The usual ISO forms have one length each; they are read at once, without looking at shapes.
_QUICK = """
select case strlen(v)
    when 10 then try_strptime(v, '%Y-%m-%d')
    when 16 then try_strptime(v, '%Y-%m-%d %H:%M')
    when 19 then try_strptime(v, '%Y-%m-%d %H:%M:%S') end as quick
from source
"""
# Values that are not plain ISO get a shape, but for words that stand for no date.
_SHAPED = """
create temp table shaped as
select i, v, translate(v, '0123456789', '9999999999') as shape from odd where not list_contains($words, lower(v))
"""
# The parts are cut out by position and put together again in one way; 24-hour times may carry a superfluous pm.
_SLOW = """
with parts as (
    select i, v, s.family, s.zoned, s.half, s.length_year,
        try_cast(substr(v, s.start_year, s.length_year) as integer) as y,
        if(s.month_number > 0, s.month_number, try_cast(substr(v, s.start_month, s.length_month) as integer)) as a,
        try_cast(substr(v, s.start_day, s.length_day) as integer) as b,
        coalesce(try_cast(substr(v, s.start_hour, s.length_hour) as integer), 0) as hour,
        coalesce(try_cast(substr(v, s.start_minute, s.length_minute) as integer), 0) as minute,
        coalesce(try_cast(substr(v, s.start_second, s.length_second) as integer), 0) as second,
        rpad(substr(v, s.start_fraction, if(s.start_fraction > 0, least(s.length_fraction, 6), 0)), 6, '0') as fraction
    from shaped join shapes s using (shape)
), texts as (
    select *,
        if(length_year = 2, y + if(y < 70, 2000, 1900), y) as year,
        case half when 'am' then hour % 12 when 'pm' then hour % 12 + 12 else hour end as h,
        concat(' ', h, ':', minute, ':', second, '.', fraction) as clock,
        if(family in ('serial', 'epoch_s', 'epoch_ms'), try_cast(v as double), null) as number
    from parts
)
select i, family, zoned, case family
    when 'serial' then make_timestamp(cast(round((number - 25569) * 86400) as bigint) * 1000000)
    when 'epoch_s' then make_timestamp(cast(round(number * 1000000) as bigint))
    when 'epoch_ms' then make_timestamp(cast(number as bigint) * 1000)
    else try_strptime(concat(year, '-', a, '-', b, clock), '%Y-%m-%d %H:%M:%S.%f') end as month_first,
    case when family = 'numeric' then try_strptime(concat(year, '-', b, '-', a, clock), '%Y-%m-%d %H:%M:%S.%f')
        end as day_first
from texts
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column can be read: the family that reads most values, and whether day and month can be told apart.

    ``family`` is empty where nothing in the column is a date. ``order`` is None where both orders read equally many
    values and differ; then ``both_ways`` says how such a value reads either way.
    """

    family: str
    order: Order | None
    both_ways: str = ""


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The dates of a column: ``when`` is datetime64[us], NaT where one of the three masks says why.

    ``zoned`` counts values with a time zone, whose local wall time was kept.
    """

    when: np.ndarray
    missing: np.ndarray
    unparsed: np.ndarray
    implausible: np.ndarray
    read_as: str
    zoned: int

    def keep(self, mask: np.ndarray) -> DateColumn:
        """Only the rows of the mask."""
        return replace(
            self,
            when=self.when[mask],
            missing=self.missing[mask],
            unparsed=self.unparsed[mask],
            implausible=self.implausible[mask],
        )


class DateReader:
    """Reads one column of text in two steps, so that columns of one file can lend each other their order.

    ``column`` is text with null for empty cells; ``missing`` are values the layout says stand for no date;
    ``engine`` is a connection of its own for this column.
    """

    def __init__(self, engine: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, missing: Sequence[str] = ()) -> None:
        self._blank = pc.or_(pc.is_null(column), pc.is_in(column, pa.array(missing, column.type))).to_numpy().copy()
        quick = _quick(engine, column)
        self._blank |= _is_sentinel(quick)
        self._quick = np.where(self._blank, NAT, quick)
        self._slow = _slow(engine, column, np.isnat(self._quick) & ~self._blank)
        self.reading = self._decide(column)

    def _decide(self, column: pa.ChunkedArray) -> Reading:
        """The family that reads most values; among equals the earlier of ``FAMILIES``."""
        counts = self._slow.assign(read=self._slow[["month_first", "day_first"]].notna().any(axis=1))
        read = counts.groupby("family")["read"].sum().to_dict()
        read["iso"] = read.get("iso", 0) + int(np.count_nonzero(~np.isnat(self._quick)))
        family = max(FAMILIES, key=lambda name: read.get(name, 0))
        if not read.get(family, 0):
            return Reading("", None)
        return self._decide_order(column) if family == "numeric" else Reading(family, None)

    def _decide_order(self, column: pa.ChunkedArray) -> Reading:
        numeric = self._slow[self._slow["family"] == "numeric"]
        month_first, day_first = numeric["month_first"], numeric["day_first"]
        differs = month_first.notna() & day_first.notna() & (month_first != day_first)
        lead = int(month_first.notna().sum() - day_first.notna().sum())
        if lead == 0 and (differs.any() or month_first.isna().any()):
            return Reading("numeric", None, _both_ways(column, numeric[differs] if differs.any() else numeric))
        return Reading("numeric", "month_first" if lead >= 0 else "day_first")

    def read(self, order: Order | None) -> DateColumn:
        """The values, in the given order of day and month where the column has such dates."""
        family, day_first = self.reading.family, order == "day_first"
        values = self._quick.copy() if family == "iso" else np.full(len(self._quick), NAT)
        slow = self._slow[self._slow["family"] == family]
        values[slow["i"].to_numpy()] = slow["day_first" if day_first and family == "numeric" else "month_first"]
        unparsed = np.isnat(values) & ~self._blank & ~self._is_no_date()
        sentinel = _is_sentinel(values)
        years = values.astype("datetime64[Y]").astype(int) + 1970
        implausible = ~np.isnat(values) & ~sentinel & ((years < FIRST_YEAR) | (years > LAST_YEAR))
        values[sentinel | implausible] = NAT
        missing = np.isnat(values) & ~unparsed & ~implausible
        read_as = (order or "month_first") if family == "numeric" else family
        return DateColumn(values, missing, unparsed, implausible, read_as, int(slow["zoned"].sum()))

    def _is_no_date(self) -> np.ndarray:
        """Cells that hold a word for *no date*: neither read at once nor given a shape."""
        return np.isnat(self._quick) & ~np.isin(np.arange(len(self._quick)), self._slow["i"].to_numpy())


def _both_ways(column: pa.ChunkedArray, rows: pd.DataFrame) -> str:
    """The first value in alphabetical order, which does not depend on the order of rows, with both its readings."""
    texts = column.take(pa.array(rows["i"].to_numpy())).to_pylist()
    at = texts.index(min(texts))
    readings = [rows[order].iloc[at] for order in ("month_first", "day_first")]
    days = [f"{day.day} {day:%B %Y}" for day in readings if not pd.isna(day)]
    return f'"{texts[at]}" is {" or ".join(days)}'


def _is_sentinel(values: np.ndarray) -> np.ndarray:
    return np.isin(values.astype("datetime64[D]"), SENTINEL_DAYS)


def _quick(engine: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> np.ndarray:
    engine.register("source", pa.table({"v": column}))
    return engine.sql(_QUICK).to_arrow_table()["quick"].to_numpy()


def _slow(engine: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, mask: np.ndarray) -> pd.DataFrame:
    """Both readings of the values of the mask: i, family (None where it is no date), zoned, month_first, day_first."""
    engine.register("odd", pa.table({"i": np.flatnonzero(mask), "v": column.filter(pa.array(mask))}))
    engine.execute(_SHAPED, {"words": list(NO_DATE)})
    distinct = [row[0] for row in engine.execute("select distinct shape from shaped").fetchall()]
    engine.register("shapes", _shape_table(distinct))
    return engine.execute(_SLOW).df()


def _shape_table(shapes: Sequence[str]) -> pa.Table:
    known = [(shape, read_shape(shape)) for shape in shapes]
    columns: dict[str, list[object]] = {name: [] for name in ("shape", "family", "month_number", "half", "zoned")}
    columns |= {f"{what}_{part}": [] for what in ("start", "length") for part in PARTS}
    for shape, found in known:
        columns["shape"].append(shape)
        for name in ("family", "month_number", "half", "zoned"):
            columns[name].append(getattr(found, name, None))
        for index, part in enumerate(PARTS):
            columns[f"start_{part}"].append(found.starts[index] if found else 0)
            columns[f"length_{part}"].append(found.lengths[index] if found else 0)
    types = {name: pa.string() for name in ("shape", "family", "half")} | {"zoned": pa.bool_()}
    return pa.table({name: pa.array(values, types.get(name, pa.int32())) for name, values in columns.items()})
