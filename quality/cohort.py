"""The cohort view: of what began in a period, how much led to the next step within its time.

A unit is a person, an order or a client contact, once per desk and period, dated by its first upstream event there. It
*reached* the next step when a downstream event of the same key lies on the same day or later, within the horizon; until
the horizon is over it is *open*, whatever happened so far.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import and_, or_

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.catalogue import MEASURES, RATIOS, Ratio
from quality.events import IN_ORDER, counted, one_if, visible, within
from quality.periods import Every
from quality.rules import Rules

#: The columns that name a unit: which of the keys it has, and that key's values.
IDENTITY = ("kind", "one", "two")


def day_number(day: nw.Expr) -> nw.Expr:
    """Days since the beginning of the calendar (`date.toordinal`), in arithmetic that every engine has."""
    years = day.dt.year().cast(nw.Int64) - 1
    leap_days = years // 4 - years // 100 + years // 400
    return years * 365 + leap_days + day.dt.ordinal_day().cast(nw.Int64)


def _part(every: Every | None) -> nw.Expr:
    """A number that tells the weeks, months or quarters apart; 0 where the period is not split."""
    day = nw.col("day")
    months = day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1
    numbers = {"week": (day_number(day) - 1) // 7, "month": months, "quarter": months // 3}
    return numbers[every] if every else nw.lit(0)


def cohorts(
    log: IntoFrame, *, as_of: date, start: date, end: date, every: Every | None = None, rules: Rules | None = None
) -> pd.DataFrame:
    """Units per desk and day of their first upstream event, each ratio with its own three counts.

    Columns: desk, day, then ``<ratio>.decided``, ``<ratio>.reached`` and ``<ratio>.open`` as whole numbers. A unit is
    counted once in each week, month or quarter when the period is split by ``every``.
    """
    chosen, frame = rules or Rules(), visible(log, as_of)
    parts = [_counts(cases(frame, ratio, start, end, every, chosen), ratio, as_of, chosen) for ratio in RATIOS]
    names = [f"{ratio.name}.{status}" for ratio in RATIOS for status in ("decided", "reached", "open")]
    sums = pd.concat(parts).groupby(["desk", "day"], as_index=False)[names].sum()
    return sums.astype(dict.fromkeys(names, "int64"))


def is_decided(days: pd.Series, ratio: Ratio, as_of: date, rules: Rules) -> pd.Series:
    """Whether the horizon of cases that began on these days is over at the end of ``as_of``."""
    return days <= pd.Timestamp(as_of - timedelta(days=rules.horizon(ratio.name)))


def _counts(found: nw.LazyFrame, ratio: Ratio, as_of: date, rules: Rules) -> pd.DataFrame:
    marked = found.with_columns(units=nw.lit(1), reached=one_if(~nw.col("next_day").is_null()))
    sums = marked.group_by("desk", "day").agg(nw.col("units", "reached").sum()).collect("pandas").to_native()
    decided = is_decided(sums["day"], ratio, as_of, rules)
    return pd.DataFrame(
        {
            "desk": sums["desk"],
            "day": sums["day"],
            f"{ratio.name}.decided": sums["units"].where(decided, 0),
            f"{ratio.name}.reached": sums["reached"].where(decided, 0),
            f"{ratio.name}.open": sums["units"].where(~decided, 0),
        }
    )


def cases(frame: nw.LazyFrame, ratio: Ratio, start: date, end: date, every: Every | None, rules: Rules) -> nw.LazyFrame:
    """One row a unit: the log row it began with, and ``next_day``, the first downstream day within the horizon."""
    began = units(frame, ratio, start, end, every, rules)
    horizon = rules.horizon(ratio.name)
    last = end + timedelta(days=horizon)
    events = counted(frame, MEASURES[ratio.downstream], rules).filter(within("day", start, last))
    links = [_met(began, events, ratio.keys, place, horizon) for place in range(len(ratio.keys))]
    reached = nw.concat(links).group_by("activity_id").agg(nw.col("next_day").min())
    return began.join(reached, on="activity_id", how="left")


def units(frame: nw.LazyFrame, ratio: Ratio, start: date, end: date, every: Every | None, rules: Rules) -> nw.LazyFrame:
    """The first upstream row of each key per desk and period; rows whose keys are all missing are no units."""
    rows = counted(frame, MEASURES[ratio.upstream], rules).filter(within("day", start, end))
    rows = rows.filter(reduce(or_, (_has(key) for key in ratio.keys)))
    named = rows.with_columns(part=_part(every), **_identity(ratio.keys))
    return named.unique(subset=["desk", "part", *IDENTITY], keep="first", order_by=list(IN_ORDER))


def _has(key: tuple[str, ...]) -> nw.Expr:
    return reduce(and_, (~nw.col(column).is_null() for column in key))


def _identity(keys: tuple[tuple[str, ...], ...]) -> dict[str, nw.Expr]:
    first, other = keys[0], keys[-1]
    kind = nw.when(_has(first)).then(nw.lit(0)).otherwise(nw.lit(1))
    one = nw.when(_has(first)).then(nw.col(first[0])).otherwise(nw.col(other[0]))
    two = nw.when(_has(first)).then(nw.col(first[-1])).otherwise(nw.col(other[-1]))
    return {"kind": kind, "one": one, "two": two}


def _met(
    began: nw.LazyFrame, events: nw.LazyFrame, keys: tuple[tuple[str, ...], ...], place: int, horizon: int
) -> nw.LazyFrame:
    """Units and the downstream days their key at this place meets in time.

    A key after the first counts only where either side lacks a column of the first.
    """
    key = keys[place]
    lacking = [column for column in keys[0] if place and column not in key]
    ours = began.filter(_has(key)).select("activity_id", "day", *key, *lacking)
    theirs = events.filter(_has(key)).select(
        *key, nw.col("day").alias("next_day"), *(nw.col(column).alias(f"next_{column}") for column in lacking)
    )
    joined = ours.join(theirs, on=list(key), how="inner")
    until = nw.col("day").dt.offset_by(f"{horizon}d")
    joined = joined.filter((nw.col("next_day") >= nw.col("day")) & (nw.col("next_day") <= until))
    if lacking:
        lacks = [nw.col(name).is_null() for column in lacking for name in (column, f"next_{column}")]
        joined = joined.filter(reduce(or_, lacks))
    return joined.select("activity_id", "next_day")
