"""How promises were kept: how many of those that fell due were kept in time, kept late, or are overdue."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from quality.intervals import thinning_interval
from quality.obligation_forms import Rule
from quality.obligations import WINDOW
from quality.periods import DAY, WEEK, week_of
from quality.promises import met_by

#: What became of an obligation that fell due, in the order it is told.
FATES = ("kept", "late", "overdue")
DEFINITION = (
    f"Kept is what was done by its day. The share is kept / (kept + late + overdue) of what fell due in the {WINDOW} "
    "days before today; what was no longer owed, or was answered, does not count."
)

By = Literal["desk", "rule"]


def fell_due(found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The obligations (`quality.obligations`) that fell due in the 90 days before ``as_of`` and count."""
    return found[_inside(found, as_of) & found["status"].isin(FATES)]


def no_longer_owed(found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The obligations of those days that do not count: called off, ended before their day, or answered."""
    return found[_inside(found, as_of) & (found["status"] == "waived")]


def _inside(found: pd.DataFrame, as_of: date) -> pd.Series:
    today = pd.Timestamp(as_of)
    return (found["due_at"] < today) & (found["due_at"] >= today - timedelta(days=WINDOW))


def never_recorded(rules: Iterable[Rule], held: Collection[str]) -> dict[str, Rule]:
    """The rules, by name, of whose keeping the log holds no row of any time: it is not known whether they are kept.

    ``held``: the activities on record.
    """
    return {rule.name: rule for rule in rules if rule.on and met_by(rule.fulfilled_by).isdisjoint(held)}


def promise_keeping(found: pd.DataFrame, as_of: date, by: By | None = None) -> pd.DataFrame:
    """How many promises were kept, of everybody together or by desk or rule, in order of the names.

    Columns: unit (empty: together), kept, late, overdue, due (their sum), value (share kept, 0 to 1; missing where
    nothing fell due), low and high (80 % interval; missing with it).
    """
    rows = fell_due(found, as_of)
    unit = rows[by] if by else pd.Series("", index=rows.index, dtype="str")
    counts = pd.crosstab(unit, rows["status"]).reindex(columns=list(FATES), fill_value=0)
    if by is None:
        counts = counts.reindex([""], fill_value=0)
    told = counts.rename_axis(index="unit", columns=None).reset_index().astype({"unit": "str"})
    due = told[list(FATES)].sum(axis="columns")
    low, high = thinning_interval(told["kept"], due)
    known = {"value": told["kept"] / due, "low": pd.Series(low), "high": pd.Series(high)}
    return told.assign(due=due, **{name: values.where(due > 0) for name, values in known.items()})


def week_by_week(found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What fell due in each whole week of those 90 days: week (its Monday), then FATES; the earliest first.

    Every week has a row, also where nothing fell due.
    """
    first, running = week_of(as_of - timedelta(days=WINDOW) + 6 * DAY).start, week_of(as_of).start
    rows = fell_due(found, as_of)
    monday = rows["due_at"].dt.normalize() - pd.to_timedelta(rows["due_at"].dt.day_of_week, unit="D")
    weeks = pd.date_range(first, running - WEEK, freq="7D", name="week", unit="us")
    counts = pd.crosstab(monday, rows["status"]).reindex(index=weeks, columns=list(FATES), fill_value=0)
    return counts.rename_axis(columns=None).reset_index()
