"""How sound the data is: what is there week by week, what carries notes, what lies ahead, what files left behind.

Counting is pushed down to the engine that holds the log; what comes back is one row per desk and day or per desk.
Steps in an impossible order are in `quality.steps`, numbers too good or too bad to be true in `quality.outliers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.events import midnight, one_if, visible
from quality.periods import DAY

#: Live conversations: the rows that should carry notes.
CONVERSATIONS = ("recruiting_call", "marketing_call", "conversation")

#: Where the rows of files went: counts of a report that add up to ``rows_read``.
PARTS = ("accepted", "duplicate", "ignored", "unmapped", "rejected")

_WEEK = pd.Timedelta(weeks=1)
#: A week is over for a desk once its Friday lies behind the newest row of anybody.
_FRIDAY = pd.Timedelta(days=4)


def coverage(log: IntoFrame, *, as_of: date, roster: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows per desk and ISO week up to ``as_of``, one line for every week in which rows are expected or exist.

    Columns: desk, week (its Monday), rows, gap. Rows are expected from a desk's first week to its last; where the
    roster (desk, starts_on, ends_on) knows the desk, from its first day to its last instead: an empty first day is the
    desk's first row, an empty last day and days outside the log are cut to the log. A gap is an expected week without
    a row; the week the log ends in is none before its Friday. Ordered by desk and week.
    """
    days = _daily(log, as_of)
    if days.empty:
        return _typed(pd.DataFrame(columns=["desk", "week", "rows", "gap"]))
    counts = days.assign(week=_monday(days["day"])).groupby(["desk", "week"], as_index=False)["rows"].sum()
    expected = _weeks(_expected(days, roster))
    joined = expected.assign(expected=True).merge(counts, on=["desk", "week"], how="outer")
    rows = joined["rows"].fillna(0)
    is_over = joined["week"] + _FRIDAY <= days["day"].max()
    gap = joined["expected"].notna() & (rows == 0) & is_over
    kept = joined.assign(rows=rows, gap=gap)[(rows > 0) | is_over]
    return _typed(kept[["desk", "week", "rows", "gap"]].sort_values(["desk", "week"], ignore_index=True))


def _daily(log: IntoFrame, as_of: date) -> pd.DataFrame:
    counted = visible(log, as_of).group_by("desk", "day").agg(rows=nw.len())
    return counted.collect("pandas").to_native().astype({"rows": "int64", "day": "datetime64[us]"})


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({"desk": "str", "week": "datetime64[us]", "rows": "int64", "gap": "bool"})


def _monday(days: pd.Series) -> pd.Series:
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")


def _expected(days: pd.DataFrame, roster: pd.DataFrame | None) -> pd.DataFrame:
    """Spans in which a desk should have rows: desk, start, end. The roster goes before what the rows suggest."""
    seen = days.groupby("desk", as_index=False).agg(start=("day", "min"), end=("day", "max"))
    if roster is None or roster.empty:
        return seen
    lines = roster.dropna(subset=["desk"])[["desk", "starts_on", "ends_on"]].merge(
        seen.rename(columns={"start": "first_row"})[["desk", "first_row"]], on="desk", how="left"
    )
    first, last = days["day"].min(), days["day"].max()
    start = pd.to_datetime(lines["starts_on"]).fillna(lines["first_row"]).fillna(first).clip(lower=first)
    end = pd.to_datetime(lines["ends_on"]).fillna(last).clip(upper=last)
    spans = pd.DataFrame({"desk": lines["desk"], "start": start, "end": end})
    return pd.concat([spans[spans["start"] <= spans["end"]], seen[~seen["desk"].isin(lines["desk"])]])


def _weeks(spans: pd.DataFrame) -> pd.DataFrame:
    """Every week that a span touches, once per desk."""
    mondays = [
        pd.DataFrame({"desk": desk, "week": pd.date_range(start, end, freq=_WEEK, unit="us")})
        for desk, start, end in zip(spans["desk"], _monday(spans["start"]), spans["end"], strict=True)
    ]
    return pd.concat(mondays).drop_duplicates()


def gaps(weeks: pd.DataFrame) -> pd.DataFrame:
    """Weeks without a row, in a stretch each: desk, start (a Monday), end (a Sunday), weeks; the longest first.

    ``weeks`` as `coverage` gives it.
    """
    empty = weeks[weeks["gap"]]
    is_new = (empty["desk"] != empty["desk"].shift()) | (empty["week"].diff() != _WEEK)
    runs = empty.groupby(is_new.cumsum().to_numpy(), as_index=False).agg(
        desk=("desk", "first"), start=("week", "min"), last=("week", "max"), weeks=("week", "size")
    )
    found = runs.assign(end=runs["last"] + 6 * pd.Timedelta(days=1))[["desk", "start", "end", "weeks"]]
    return found.sort_values(["weeks", "desk", "start"], ascending=[False, True, True], ignore_index=True)


def by_desk(log: IntoFrame, *, as_of: date) -> pd.DataFrame:
    """What each desk's rows are like: desk, rows, ahead, last, calls, noted; ordered by desk.

    ``ahead`` counts rows after ``as_of`` (``last`` is the day of the furthest row, whichever it is); ``calls`` counts
    live conversations up to ``as_of`` and ``noted`` those of them with notes.
    """
    held = nw.from_native(log).lazy()
    is_ahead = nw.col("occurred_at") >= midnight(as_of + DAY)
    is_call = nw.col("activity").is_in(CONVERSATIONS) & ~is_ahead
    has_notes = nw.col("notes").fill_null("").str.strip_chars().str.len_chars() > 0
    marked = held.with_columns(ahead=one_if(is_ahead), calls=one_if(is_call), noted=one_if(is_call & has_notes))
    sums = marked.group_by("desk").agg(
        nw.len().alias("rows"), nw.col("ahead", "calls", "noted").sum(), nw.col("occurred_at").max().alias("last")
    )
    found = sums.collect("pandas").to_native().sort_values("desk", ignore_index=True)
    counts = dict.fromkeys(("rows", "ahead", "calls", "noted"), "int64")
    return found.astype({"desk": "str", "last": "datetime64[us]", **counts})[["desk", *counts, "last"]]


def read_in_all(reports: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Rows read and where they went, summed over the reports of several files: ``rows_read`` and each of PARTS."""
    known = list(reports)
    return {name: sum(int(report[name]) for report in known) for name in ("rows_read", *PARTS)}
