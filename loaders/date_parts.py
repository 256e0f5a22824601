"""Both readings of every date of a column, cut out of the text by the engine: by position, one shape at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from loaders.date_shapes import FAMILIES, PARTS, read_shape

NAT = np.datetime64("NaT", "us")

# The usual ISO forms have one length each; they are read at once, without looking at shapes.
_PLAIN = """
select case if(v[5] = '-', strlen(v), 0)
    when 10 then try_strptime(v, '%Y-%m-%d')
    when 16 then try_strptime(v, '%Y-%m-%d %H:%M')
    when 19 then try_strptime(v, '%Y-%m-%d %H:%M:%S') end as plain
from source
"""
# Values that are not plain ISO get a shape, but for words that stand for no date.
_SHAPED = """
create temp table shaped as
select i, v, translate(v, '0123456789', '9999999999') as shape from odd where lower(v) not in (select unnest($words))
"""
# Microseconds since 1970 of a day's beginning, null where there is no such day.
_MIDNIGHT = """
create temp macro midnight(y, m, d) as
    if(m between 1 and 12 and d between 1 and day(last_day(make_date(y, least(greatest(m, 1), 12), 1))),
        epoch_us(make_date(y, least(greatest(m, 1), 12), 1)) + (d - 1) * 86400000000, null)
"""
# Whether a moment is on that day of the week; 1970 began on a Thursday.
_IS_DAY = """
create temp macro is_day(moment, weekday) as
    coalesce(weekday > 0 and ((moment // 86400000000 + 3) % 7 + 7) % 7 + 1 = weekday, false)
"""
# Where the day of the week fits one of the two readings, the other is none. A 24-hour time may carry a superfluous pm.
_READINGS = """
with parts as (
    select i, s.family, s.zoned, s.half, s.weekday,
        s.utc = 'always' or (s.utc = 'zero' and not regexp_matches(substr(v, s.start_zone, s.length_zone), '[1-9]'))
            as utc, s.length_year,
        try_cast(substr(v, s.start_year, s.length_year) as integer) as y,
        if(s.month_number > 0, s.month_number, try_cast(substr(v, s.start_month, s.length_month) as integer)) as a,
        try_cast(substr(v, s.start_day, s.length_day) as integer) as b,
        coalesce(try_cast(substr(v, s.start_hour, s.length_hour) as integer), 0) as hour,
        coalesce(try_cast(substr(v, s.start_minute, s.length_minute) as integer), 0) as minute,
        coalesce(try_cast(substr(v, s.start_second, s.length_second) as integer), 0) as second,
        if(s.length_fraction > 0, rpad(substr(v, s.start_fraction, least(s.length_fraction, 6)), 6, '0'), '0') as micro,
        if(s.number, try_cast(v as double), null) as number
    from shaped join shapes s using (shape)
), moments as (
    select i, family, zoned, utc, weekday, a, b, number,
        if(length_year = 2, y + if(y < 70, 2000, 1900), y) as year,
        case half when 'am' then hour % 12 when 'pm' then hour % 12 + 12 else hour end as h,
        if(h < 24 and minute < 60 and second < 60,
            (h * 3600 + minute * 60 + second) * 1000000::bigint + micro::bigint, null) as clock
    from parts
), readings as (
    select i, family, zoned, utc, weekday,
        case family
            when $serial then cast(round((number - 25569) * 86400) as bigint) * 1000000
            when $epoch_s then cast(round(number * 1000000) as bigint)
            when $epoch_ms then cast(number as bigint) * 1000
            else midnight(year, a, b) + clock end as month_first,
        if(family = $numeric, midnight(year, b, a) + clock, null) as day_first
    from moments
)
select i, family, zoned, utc,
    if(is_day(day_first, weekday) and not is_day(month_first, weekday), null, month_first) as month_first,
    if(is_day(month_first, weekday) and not is_day(day_first, weekday), null, day_first) as day_first
from readings
"""
_NUMBERED = ("numeric", "serial", "epoch_s", "epoch_ms")
_NO_FAMILY = -1


@dataclass(frozen=True, slots=True)
class Readings:
    """Values, by place in the column, read both ways as datetime64[us]; ``family`` points into ``FAMILIES`` or is -1.

    ``zoned`` values name a time zone, ``utc`` are those for which it is UTC. Only the family ``numeric`` has two
    readings; the others stand under ``month_first``.
    """

    places: np.ndarray
    family: np.ndarray
    zoned: np.ndarray
    utc: np.ndarray
    month_first: np.ndarray
    day_first: np.ndarray

    def of(self, family: str) -> Readings:
        """Only the values of a family."""
        chosen = self.family == FAMILIES.index(family)
        parts = (self.places, self.family, self.zoned, self.utc, self.month_first, self.day_first)
        return Readings(*(part[chosen] for part in parts))


_NONE = Readings(
    *(np.empty(0, dtype) for dtype in ("int64", "int64", "bool", "bool", "datetime64[us]", "datetime64[us]"))
)


def read_plain(engine: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> np.ndarray:
    """The values that are ISO in one of its usual forms, NaT for all others."""
    engine.register("source", pa.table({"v": column}))
    return engine.sql(_PLAIN).to_arrow_table()["plain"].to_numpy()


def read_others(
    engine: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, mask: np.ndarray, words: Sequence[str]
) -> Readings:
    """Both readings of the values of the mask; values that are one of the words are left out."""
    if not mask.any():
        return _NONE
    engine.register("odd", pa.table({"i": np.flatnonzero(mask), "v": column.filter(pa.array(mask))}))
    engine.execute(_SHAPED, {"words": list(words)})
    distinct = [row[0] for row in engine.execute("select distinct shape from shaped").fetchall()]
    engine.register("shapes", _shape_table(distinct))
    engine.execute(_MIDNIGHT)
    engine.execute(_IS_DAY)
    found = engine.sql(_READINGS, params={name: FAMILIES.index(name) for name in _NUMBERED}).to_arrow_table()
    month_first, day_first = (found[name].cast(pa.timestamp("us")).to_numpy() for name in ("month_first", "day_first"))
    places, family, zoned, utc = (found[name].to_numpy() for name in ("i", "family", "zoned", "utc"))
    return Readings(places, family, zoned, utc, month_first, day_first)


def _shape_table(shapes: Sequence[str]) -> pa.Table:
    """What is known about each shape, as a table the engine can join."""
    columns: dict[str, list[object]] = {
        name: [] for name in ("shape", "family", "month_number", "half", "zoned", "utc", "weekday")
    }
    columns |= {"number": []} | {f"{what}_{part}": [] for what in ("start", "length") for part in PARTS}
    for shape in shapes:
        found = read_shape(shape)
        columns["shape"].append(shape)
        columns["family"].append(FAMILIES.index(found.family) if found else _NO_FAMILY)
        columns["month_number"].append(found.month_number if found else 0)
        columns["half"].append(found.half if found else "")
        columns["zoned"].append(bool(found and found.zoned))
        columns["weekday"].append(found.weekday if found else 0)
        columns["utc"].append(found.utc if found else "never")
        columns["number"].append(bool(found and found.family in _NUMBERED[1:]))
        for index, part in enumerate(PARTS):
            columns[f"start_{part}"].append(found.starts[index] if found else 0)
            columns[f"length_{part}"].append(found.lengths[index] if found else 0)
    types = {"shape": pa.string(), "half": pa.string(), "utc": pa.string(), "zoned": pa.bool_(), "number": pa.bool_()}
    return pa.table({name: pa.array(values, types.get(name, pa.int32())) for name, values in columns.items()})
