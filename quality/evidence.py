"""The rows behind a number: exactly those that were counted, from the same definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.at_hand import kept
from quality.catalogue import BY_NAME, MEASURES, Ratio
from quality.cohort import is_decided, outcomes, units
from quality.events import IN_ORDER, counted, credited, visible, within
from quality.ratios import View
from quality.rules import Rules
from quality.teams import By, is_of_unit
from quality.vocabulary import LOG_COLUMNS

Side = Literal["upstream", "downstream"]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, once: whose rows, of which days, under which rules, and how many at most."""

    frame: nw.LazyFrame
    ratio: Ratio
    start: date
    end: date
    rules: Rules
    is_mine: nw.Expr
    limit: int | None

    def collected(self, rows: nw.LazyFrame, *more: str) -> pd.DataFrame:
        """The unit's rows with the columns of the log and some more, the newest ones first where there is a limit."""
        held = self.frame.collect_schema().names()
        mine = rows.filter(self.is_mine).select(*(name for name in LOG_COLUMNS if name in held), "day", *more)
        if self.limit is not None:
            mine = mine.sort(*IN_ORDER, descending=True).head(self.limit)
        return mine.collect("pandas").to_native()


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
    limit: int | None = None,
) -> pd.DataFrame:
    """The rows counted in one ratio of one unit over one period, oldest first.

    Activity view: the columns of the log, ``counted_as`` (upstream or downstream), ``counted_for`` (the desk that gets
    the credit) and ``fell_off``. A call that is also a hit appears once as each. Cohort view: the log row each case
    began with, ``counted_for``, ``started_on``, ``next_on`` (the first step within the horizon, or missing) and
    ``status``: reached, not reached or open. With a ``limit`` only that many come back, the newest (in the activity
    view that many of each kind): their full number is in the ratio. Raises KeyError for an unknown ratio.
    """
    mine = is_of_unit(unit, by, roster)
    asked = _Question(visible(log, as_of, roster), BY_NAME[ratio], start, end, rules or Rules(), mine, limit)
    rows = _cases(asked, as_of) if view == "cohort" else _both_sides(asked)
    return rows.drop(columns="day").sort_values(list(IN_ORDER), kind="stable", ignore_index=True)


def _both_sides(asked: _Question) -> pd.DataFrame:
    return pd.concat([_counted(asked, "upstream"), _counted(asked, "downstream")])


def _counted(asked: _Question, side: Side) -> pd.DataFrame:
    name = asked.ratio.upstream if side == "upstream" else asked.ratio.downstream
    rows = counted(asked.frame, MEASURES[name], asked.rules).filter(within("day", asked.start, asked.end))
    if side == "downstream" and asked.ratio.by_order:
        rows = credited(rows, asked.frame, asked.rules).with_columns(counted_for=nw.col("owner"))
    else:
        rows = rows.with_columns(counted_for=nw.col("desk"))
    found = asked.collected(rows, "counted_for", "fell_off")
    return found.assign(counted_as=side, fell_off=found["fell_off"].astype(bool))


def _cases(asked: _Question, as_of: date) -> pd.DataFrame:
    """One row a case: where it began, what came of it and when."""
    begun = units(asked.frame, asked.ratio, asked.start, asked.end, None, asked.rules)
    mine = kept(begun.with_columns(counted_for=nw.col("desk")).filter(asked.is_mine))
    came = outcomes(mine, asked.frame, asked.ratio, asked.start, asked.end, asked.rules)
    rows = mine.join(came.select("activity_id", next_on=nw.col("next_day")), on="activity_id", how="left")
    found = asked.collected(rows, "counted_for", "next_on")
    decided = is_decided(found["day"], asked.ratio, as_of, asked.rules)
    status = found["next_on"].notna().map({True: "reached", False: "not reached"}).where(decided, "open")
    return found.assign(started_on=found["day"], status=status.astype("str"))
