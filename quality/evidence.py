"""The rows behind a number: exactly those that were counted, from the same definitions."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.catalogue import BY_NAME, MEASURES, Ratio
from quality.cohort import cases, is_decided
from quality.events import counted, credited, visible, within
from quality.ratios import View
from quality.rules import Rules
from quality.teams import By, units_of
from quality.vocabulary import LOG_COLUMNS


def rows_behind(
    log: IntoFrame,
    *,
    as_of: date,
    start: date,
    end: date,
    ratio: str,
    unit: str,
    by: By = "desk",
    view: View = "activity",
    rules: Rules | None = None,
    roster: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The rows counted in one ratio of one unit over one period, oldest first.

    Activity view: the columns of the log, ``counted_as`` (upstream or downstream), ``counted_for`` (the desk that gets
    the credit) and ``fell_off``. A call that is also a hit appears once as each. Cohort view: the log row each case
    began with, ``started_on``, ``next_on`` (the first step within the horizon, or missing) and ``status``: reached,
    not reached or open. Raises KeyError for an unknown ratio.
    """
    chosen, frame, asked = rules or Rules(), visible(log, as_of), BY_NAME[ratio]
    if view == "cohort":
        rows = _cases(frame, asked, start, end, as_of, chosen)
    else:
        rows = pd.concat([_counted(frame, asked, side, start, end, chosen) for side in ("upstream", "downstream")])
    rows = rows.reset_index(drop=True)
    mine = rows[units_of(rows["counted_for"], rows["day"], by, roster) == unit]
    return mine.drop(columns="day").sort_values(["occurred_at", "activity_id"]).reset_index(drop=True)


def _counted(frame: nw.LazyFrame, ratio: Ratio, side: str, start: date, end: date, rules: Rules) -> pd.DataFrame:
    measure = MEASURES[getattr(ratio, side)]
    rows = counted(frame, measure, rules).filter(within("day", start, end))
    if side == "downstream" and ratio.by_order:
        rows = credited(rows, frame, rules)
    else:
        rows = rows.with_columns(owner=nw.col("desk"))
    wanted = rows.select(*_log_columns(frame), "day", counted_for=nw.col("owner"), fell_off=nw.col("fell_off"))
    found = wanted.collect("pandas").to_native()
    return found.assign(counted_as=side, fell_off=found["fell_off"].astype(bool))


def _cases(frame: nw.LazyFrame, ratio: Ratio, start: date, end: date, as_of: date, rules: Rules) -> pd.DataFrame:
    found = cases(frame, ratio, start, end, None, rules)
    rows = found.select(*_log_columns(frame), "day", next_on=nw.col("next_day")).collect("pandas").to_native()
    decided = is_decided(rows["day"], ratio, as_of, rules)
    reached = rows["next_on"].notna()
    status = reached.map({True: "reached", False: "not reached"}).where(decided, "open").astype("str")
    return rows.assign(counted_for=rows["desk"], started_on=rows["day"], status=status)


def _log_columns(frame: nw.LazyFrame) -> list[str]:
    held = frame.collect_schema().names()
    return [name for name in LOG_COLUMNS if name in held]
