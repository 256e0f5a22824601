"""When something owed is due, worked out for the few rows that came back from the engine."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.obligation_forms import Rule
from quality.workdays import Workdays

#: The last second of a day, from its midnight.
END_OF_DAY = np.timedelta64(24 * 60 * 60 - 1, "s")


def due(rule: Rule, rows: pd.DataFrame, working: Workdays) -> pd.Series:
    """The moment each case of a rule is due: the last second of a day, or the moment of an event or of some hours.

    Days are counted from the trigger's day. A promise made for a day before it was entered is due on the day of entry.
    """
    at = rows["occurred_at"].astype("datetime64[us]")
    if rule.unit == "hours":
        return at + pd.Timedelta(hours=rule.number)
    if rule.unit == "before_event":
        return at - pd.Timedelta(days=rule.number)
    return pd.Series(_day(rule, rows, working) + END_OF_DAY, index=rows.index).astype("datetime64[us]")


def _day(rule: Rule, rows: pd.DataFrame, working: Workdays) -> NDArray[np.datetime64]:
    days = rows["occurred_at"].to_numpy("datetime64[D]")
    if rule.unit == "business_days":
        return _business_days_after(days, rule.number, working)
    if rule.unit == "by_due_on":
        return np.maximum(rows["due_on"].to_numpy("datetime64[D]"), days)
    if rule.unit == "before_end":
        return rows["planned_end"].to_numpy("datetime64[D]") - rule.number
    return days + rule.number


def _business_days_after(days: NDArray[np.datetime64], number: int, working: Workdays) -> NDArray[np.datetime64]:
    if not len(days):
        return days
    first, last = days.min().astype(date), days.max().astype(date)
    off = list(working.names(first - timedelta(days=31), last + timedelta(days=2 * number + 31)))
    return np.busday_offset(days, number, roll="backward", holidays=np.array(off, dtype="datetime64[D]"))
