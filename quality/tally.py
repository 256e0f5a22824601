"""The tally: events counted per desk, day and measure, in the engine that holds the log.

Two passes over the log: one for what counts every time, which the engine sums up, and one for the rows of what counts
once per candidate and job, which are few. What comes back is one row per desk and day.
"""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.catalogue import MEASURES
from quality.events import is_counted, one_if, visible, within
from quality.links import Held, hold
from quality.once import FELL_OFF, counts_once
from quality.rules import Rules

EVERY_TIME = tuple(measure for measure in MEASURES.values() if not measure.once)

#: Marks the counts of the desk that won the order, beside those of the desk that did the work.
BY_ORDER = "_by_order"

#: The counts of a tally, in the order of its columns.
COUNTS: tuple[str, ...] = (
    *MEASURES,
    FELL_OFF,
    *(f"{name}{BY_ORDER}" for name in ("send_out", "fill", FELL_OFF)),
)


def tally(
    log: IntoFrame,
    *,
    as_of: date,
    start: date,
    end: date,
    rules: Rules | None = None,
    roster: pd.DataFrame | None = None,
    held: Held | None = None,
) -> pd.DataFrame:
    """Counts per desk and day from ``start`` to ``end``, as known at the end of ``as_of``.

    Columns: desk, day (midnight), then one integer column per name in COUNTS; desk and day are unique. The columns that
    end in ``_by_order`` hold the same events counted for the desk that won the order. ``held`` are the rows of the log
    as of that day that `quality.links.hold` gives, where they are at hand already.
    """
    chosen = rules or Rules()
    frame = visible(log, as_of, roster)
    once = counts_once(held or hold(frame, None, chosen), start, end)
    parts = [_every_time(frame, start, end, chosen), _for(once, "desk", ""), _for(once, "owner", BY_ORDER)]
    sums = pd.concat(parts).groupby(["desk", "day"], as_index=False)[list(COUNTS)].sum()
    return sums.astype({"desk": "str", **dict.fromkeys(COUNTS, "int64")})


def cut(counts: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    """The counts of these days, out of a tally of more days as of the same day: as a tally of these alone."""
    days = counts["day"]
    return counts[(days >= pd.Timestamp(start)) & (days <= pd.Timestamp(end))].reset_index(drop=True)


def _every_time(frame: nw.LazyFrame, start: date, end: date, rules: Rules) -> pd.DataFrame:
    marks = {measure.name: one_if(is_counted(measure, rules)) for measure in EVERY_TIME}
    rows = frame.filter(within("day", start, end)).with_columns(**marks)
    # Engines widen sums to floats.
    sums = rows.group_by("desk", "day").agg(nw.col(*marks).sum()).collect("pandas").to_native()
    return sums.astype(dict.fromkeys(marks, "int64"))


def _for(once: pd.DataFrame, desk: str, suffix: str) -> pd.DataFrame:
    """The firsts counted for their own desk, or for the owner of the order under names with the suffix."""
    names = [name for name in once.columns.drop(["desk", "owner", "day"]) if f"{name}{suffix}" in COUNTS]
    sums = once.groupby([desk, "day"], as_index=False)[names].sum()
    return sums.rename(columns={desk: "desk", **{name: f"{name}{suffix}" for name in names}})
