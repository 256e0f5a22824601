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
from quality.events import IN_ORDER, at_client, counted, one_if, visible, within
from quality.periods import Every
from quality.rules import Rules

#: The columns that name a unit: which of the keys it has, and that key's values.
IDENTITY = ("kind", "one", "two", "at")


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
    log: IntoFrame,
    *,
    as_of: date,
    start: date,
    end: date,
    every: Every | None = None,
    rules: Rules | None = None,
    roster: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Units per desk and day of their first upstream event, each ratio with its own three counts.

    Columns: desk, day, then ``<ratio>.decided``, ``<ratio>.reached`` and ``<ratio>.open`` as whole numbers. A unit is
    counted once in each week, month or quarter when the period is split by ``every``.
    """
    chosen, frame = rules or Rules(), visible(log, as_of, roster)
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
    """One row a unit: ``activity_id``, ``desk`` and ``day`` of the row it began with, and ``next_day``.

    ``next_day`` is the first day, up to the horizon, on which a downstream event of the same key lies; else missing.
    """
    return outcomes(units(frame, ratio, start, end, every, rules), frame, ratio, start, end, rules)


def outcomes(
    begun: nw.LazyFrame, frame: nw.LazyFrame, ratio: Ratio, start: date, end: date, rules: Rules
) -> nw.LazyFrame:
    """What came of some of the `units` of these days: as `cases`, of these alone."""
    columns = sorted({column for key in ratio.keys for column in key} | {"client"})
    began = begun.select("activity_id", "desk", "day", *columns)
    last = end + timedelta(days=rules.horizon(ratio.name))
    events = counted(frame, MEASURES[ratio.downstream], rules).filter(within("day", start, last))
    for place, key in enumerate(ratio.keys):
        lacking = [column for column in ratio.keys[0] if place and column not in key]
        began = _linked(began, events, key, lacking, f"next_{place}", rules.horizon(ratio.name))
    found = nw.min_horizontal(*(f"next_{place}" for place in range(len(ratio.keys))))
    return began.select("activity_id", "desk", "day", next_day=found)


def units(frame: nw.LazyFrame, ratio: Ratio, start: date, end: date, every: Every | None, rules: Rules) -> nw.LazyFrame:
    """The first upstream row of each key per desk and period; rows whose keys are all missing are no units."""
    rows = _at_their_client(counted(frame, MEASURES[ratio.upstream], rules), ratio).filter(within("day", start, end))
    rows = rows.filter(reduce(or_, (_has(key) for key in ratio.keys)))
    named = rows.with_columns(part=_part(every), **_identity(ratio.keys))
    return named.unique(subset=["desk", "part", *IDENTITY], keep="first", order_by=list(IN_ORDER))


def _at_their_client(rows: nw.LazyFrame, ratio: Ratio) -> nw.LazyFrame:
    """Rows with ``at``, the client of the job where one is followed: a job of one name at two clients is two jobs."""
    if MEASURES[ratio.upstream].once:
        return rows
    return rows.with_columns(at=at_client("job") if "job" in ratio.keys[0] else nw.lit(""))


def _has(key: tuple[str, ...]) -> nw.Expr:
    return reduce(and_, (~nw.col(column).is_null() for column in key))


def _identity(keys: tuple[tuple[str, ...], ...]) -> dict[str, nw.Expr]:
    first, other = keys[0], keys[-1]
    kind = nw.when(_has(first)).then(nw.lit(0)).otherwise(nw.lit(1))
    one = nw.when(_has(first)).then(nw.col(first[0])).otherwise(nw.col(other[0]))
    two = nw.when(_has(first)).then(nw.col(first[-1])).otherwise(nw.col(other[-1]))
    return {"kind": kind, "one": one, "two": two}


def _linked(
    began: nw.LazyFrame, events: nw.LazyFrame, key: tuple[str, ...], lacking: list[str], name: str, horizon: int
) -> nw.LazyFrame:
    """Units with one more column: the first day in time on which an event agrees in the key.

    With ``lacking`` columns an event agrees only where it or the unit lacks one of them. A job is the same only at the
    same client, as far as both name one.
    """
    others = [*lacking, *(["client"] if "job" in key else [])]
    theirs = [nw.col(column).alias(f"their_{column}") for column in others]
    met = events.filter(_has(key)).select(*key, *theirs, met=nw.col("day"))
    joined = began.join(met, on=list(key), how="left")
    agrees = (nw.col("met") >= nw.col("day")) & (nw.col("met") <= nw.col("day").dt.offset_by(f"{horizon}d"))
    if lacking:
        agrees = agrees & _either_lacks(lacking)
    if "job" in key:
        same = nw.col("client").str.to_lowercase() == nw.col("their_client").str.to_lowercase()
        agrees = agrees & (_either_lacks(["client"]) | same.fill_null(False))
    kept = [column for column in began.collect_schema().names() if column != "activity_id"]
    marked = joined.with_columns(nw.when(agrees).then(nw.col("met")).alias(name))
    return marked.group_by("activity_id").agg(nw.col(*kept, name).min())


def _either_lacks(columns: list[str]) -> nw.Expr:
    return reduce(or_, (nw.col(side).is_null() for column in columns for side in (column, f"their_{column}")))
