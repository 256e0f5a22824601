"""Fall-offs: fills whose assignment ended early within the guarantee, by the same rule as the ratios."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.catalogue import MEASURES
from quality.events import NEVER, counted, visible
from quality.rules import Rules
from quality.shares import Share, share

#: Columns of the result of `fills`.
COLUMNS = ("activity_id", "desk", "candidate", "client", "job", "filled_on", "started_on", "fell_off", "decided")


def fills(log: IntoFrame, *, as_of: date, rules: Rules | None = None) -> pd.DataFrame:
    """Every fill, once per candidate and job, the first first: COLUMNS.

    ``started_on``: the first start on or after the fill (NaT: none). ``decided``: the guarantee, which runs from the
    start, without one from the fill, was over by the end of ``as_of``. Only those count in a rate: one that is not
    decided may still fall off.
    """
    asked = rules or Rules()
    rows = counted(visible(log, as_of), MEASURES["fill"], asked)
    names = ("activity_id", "desk", "candidate", "client", "job", "fell_off", "started", "day")
    found = rows.select(*(nw.col(name) for name in names)).collect("pandas").to_native()
    days = found.astype({"started": "datetime64[us]", "day": "datetime64[us]"})
    started = days["started"].where(days["started"] < pd.Timestamp(NEVER))
    over = started.fillna(days["day"]) + pd.Timedelta(days=asked.guarantee_days) < pd.Timestamp(as_of)
    told = days.assign(filled_on=days["day"], started_on=started, fell_off=days["fell_off"].astype(bool), decided=over)
    return told[list(COLUMNS)].sort_values(["filled_on", "activity_id"], ignore_index=True)


def rate(found: pd.DataFrame) -> Share:
    """Fell off, of the fills whose guarantee is over."""
    over = found[found["decided"]]
    return share(int(over["fell_off"].sum()), len(over))
