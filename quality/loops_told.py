"""How many rejected candidates were told why in time, week by week."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality.intervals import thinning_interval
from quality.kept import FATES, week_by_week


def told_by_week(found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """How many loops (`quality.obligations`) were closed in time, of those due in each whole week of the last 90 days.

    Columns: day (Monday), count, of, share, low and high (80 % interval), missing where nothing fell due.
    """
    weeks = week_by_week(found, as_of)
    due = weeks[list(FATES)].sum(axis="columns")
    low, high = thinning_interval(weeks["kept"], due)
    known = {"share": weeks["kept"] / due.where(due > 0), "low": pd.Series(low), "high": pd.Series(high)}
    told = {name: values.where(due > 0) for name, values in known.items()}
    return pd.DataFrame({"day": weeks["week"], "count": weeks["kept"], "of": due, **told})
