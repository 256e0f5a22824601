"""Steps of one candidate for one job whose dates cannot be right: a fill before the first send-out, and the like.

Days are compared, not minutes, since many exports know no time of day. Either a date is wrong, or a step was recorded
under another job, or something went unrecorded; each distorts the ratios that count it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.events import IN_ORDER, KEY, NEVER, keyed, visible


@dataclass(frozen=True, slots=True)
class Misstep:
    """A row of ``activity`` on a day before, or after, the first row of ``other`` for that candidate and job."""

    activity: str
    side: Literal["before", "after"]
    other: str

    @property
    def words(self) -> str:
        """``fill before the first send out``."""
        return f"{self.activity} {self.side} the first {self.other}".replace("_", " ").replace("send out", "send-out")

    @property
    def holds(self) -> nw.Expr:
        """Whether a row is one, by its ``day`` and the columns that `_with_firsts` adds."""
        first = nw.col(_first(self.other))
        strays = nw.col("day") < first if self.side == "before" else nw.col("day") > first
        return (nw.col("activity") == self.activity) & (first < NEVER) & strays


MISSTEPS: tuple[Misstep, ...] = (
    Misstep("fill", "before", "send_out"),
    Misstep("interview", "after", "fill"),
    Misstep("presentation", "after", "fill"),
    Misstep("offer_accepted", "before", "offer_extended"),
    Misstep("start", "before", "fill"),
    Misstep("end", "before", "start"),
)

_COLUMNS = ("problem", "other_on", "desk", "candidate", "job", "client", "occurred_at", "activity", "activity_id")
_LINEAGE = ("source", "import_id", "source_row")


def missteps(log: IntoFrame, *, as_of: date, limit: int | None = None) -> pd.DataFrame:
    """Rows up to ``as_of`` whose day cannot be right beside another step of the same candidate and job, newest first.

    Columns: problem (in words), other_on (the day of the step it collides with), desk, candidate, job, client,
    occurred_at, activity, activity_id, source, import_id, source_row. Rows without a candidate, or without a job and a
    client, are not judged. At most ``limit`` rows; `count_missteps` counts them all.
    """
    rows = _found(log, as_of).sort(*IN_ORDER, "problem", descending=True)
    limited = rows if limit is None else rows.head(limit)
    found = limited.select(*_COLUMNS, *_LINEAGE).collect("pandas").to_native()
    return found.astype({"other_on": "datetime64[us]"})


def count_missteps(log: IntoFrame, *, as_of: date) -> dict[str, int]:
    """How many rows each problem has, in the order of MISSTEPS; only those that occur."""
    counts = _found(log, as_of).group_by("problem").agg(rows=nw.len()).collect("pandas").to_native()
    by_name = dict(zip(counts["problem"], counts["rows"].astype("int64"), strict=True))
    return {one.words: int(by_name[one.words]) for one in MISSTEPS if one.words in by_name}


def _found(log: IntoFrame, as_of: date) -> nw.LazyFrame:
    """One row per misstep: a row of the log can be several."""
    steps = sorted({name for one in MISSTEPS for name in (one.activity, one.other)})
    about = keyed(visible(log, as_of).filter(nw.col("activity").is_in(steps)))
    judged = _with_firsts(about.filter(nw.col("known_by").is_in(["job", "client"])))
    return nw.concat(
        [
            judged.filter(one.holds).with_columns(problem=nw.lit(one.words), other_on=nw.col(_first(one.other)))
            for one in MISSTEPS
        ]
    )


def _with_firsts(rows: nw.LazyFrame) -> nw.LazyFrame:
    """Rows with the first day of each step that others are compared with, NEVER where there is none."""
    others = sorted({one.other for one in MISSTEPS})
    days = {
        _first(name): nw.when(nw.col("activity") == name).then(nw.col("day")).otherwise(nw.lit(NEVER))
        for name in others
    }
    return rows.with_columns(**days).with_columns(nw.col(*days).min().over(*KEY))


def _first(activity: str) -> str:
    return f"first_{activity}"
