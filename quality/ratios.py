"""The seven ratios of any period, by desk, team or company, each with its two counts and its uncertainty.

Counting happens in the engine (`quality.tally`, `quality.cohort`); what is left here is adding up a small table and one
vectorised pass per ratio.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame
from numpy.typing import NDArray

from quality.catalogue import RATIOS, Ratio
from quality.cohort import cohorts
from quality.events import visible
from quality.intervals import n_to_one, rate_interval, thinning_interval
from quality.periods import Every, Period, between, split
from quality.rules import Rules
from quality.tally import BY_ORDER, FELL_OFF, tally
from quality.teams import By, units_of

View = Literal["activity", "cohort"]
Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

COLUMNS = (
    "unit",
    "period",
    "period_start",
    "period_end",
    "ratio",
    "upstream",
    "downstream",
    "fell_off",
    "value",
    "low",
    "high",
    "standard",
    "verdict",
    "open",
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Names of the counts a ratio is made of; None where the view has no such count."""

    upstream: str
    downstream: str
    fell_off: str | None
    open: str | None


def ratios(
    log: IntoFrame,
    *,
    as_of: date,
    start: date,
    end: date,
    by: By = "desk",
    every: Every | None = None,
    view: View = "activity",
    rules: Rules | None = None,
    roster: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """All seven ratios for every unit that occurs in the log up to ``as_of`` and every period from start to end.

    Columns: unit, period, period_start, period_end, ratio; upstream, downstream, fell_off (fills of the activity view
    that ended early), open (cases of the cohort view whose time is not over) as whole numbers; value, low, high (80 %
    interval) and standard (the one that holds for the unit on the period's last day) as the n of ``n : 1``; verdict,
    empty. What does not exist is missing, never 0, NaN or infinite. Ordered by unit, period and the chain. Raises
    ValueError when the period ends before it starts.
    """
    chosen = rules or Rules()
    counts = count(log, as_of=as_of, start=start, end=end, every=every, view=view, rules=chosen, roster=roster)
    units = units_in(log, as_of, by, roster)
    return add_up(counts, units, start=start, end=end, by=by, every=every, view=view, rules=chosen, roster=roster)


def count(
    log: IntoFrame,
    *,
    as_of: date,
    start: date,
    end: date,
    every: Every | None,
    view: View,
    rules: Rules,
    roster: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What the ratios of a view are made of, per desk and day: the only part that asks the engine.

    The same counts serve desks, teams and the company; in the activity view they serve every step as well. Of the
    roster only the roles matter here.
    """
    if view == "cohort":
        return cohorts(log, as_of=as_of, start=start, end=end, every=every, rules=rules, roster=roster)
    return tally(log, as_of=as_of, start=start, end=end, rules=rules, roster=roster)


def add_up(
    counts: pd.DataFrame,
    units: Iterable[str],
    *,
    start: date,
    end: date,
    by: By,
    every: Every | None,
    view: View,
    rules: Rules,
    roster: pd.DataFrame | None,
) -> pd.DataFrame:
    """The ratios of these units out of ``count`` of the same period and view; columns as in ``ratios``."""
    periods = split(between(start, end), every)
    credited = units_of(counts["desk"], counts["day"], by, roster)
    # Credit for an order can reach a desk on a day it has no row of its own, even after it left its team.
    names = sorted({*units, *credited})
    sums = _roll_up(counts.assign(unit=credited), names, periods)
    standards = rules.standards.by_day(names, by, [period.end for period in periods], roster)
    return _assemble([_rows(ratio, view, sums, standards[ratio.name].ravel()) for ratio in RATIOS], names, periods)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain dictionaries: numbers unrounded, missing values None, days as ISO text."""
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    plain = frame.assign(**days).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def units_in(log: IntoFrame, as_of: date, by: By, roster: pd.DataFrame | None) -> list[str]:
    """Every desk that occurs, or the teams their days belong to."""
    # Grouped, as engines number every row to tell which are unique.
    seen = visible(log, as_of).group_by(["desk", "day"] if by == "team" else ["desk"]).agg(rows=nw.len())
    rows = seen.collect("pandas").to_native()
    days = rows["day"] if by == "team" else pd.Series(pd.NaT, index=rows.index)
    return units_of(rows["desk"], days, by, roster).unique().tolist()


def _roll_up(counts: pd.DataFrame, units: Sequence[str], periods: Sequence[Period]) -> dict[str, Counts]:
    """Sums of every count, as one array of units x periods each."""
    starts = np.array([period.start for period in periods], dtype="datetime64[us]")
    period = np.searchsorted(starts, counts["day"].to_numpy("datetime64[us]"), side="right") - 1
    cell = pd.Index(units).get_indexer(pd.Index(counts["unit"])) * len(periods) + period
    size = len(units) * len(periods)
    names = counts.columns.drop(["desk", "day", "unit"])
    return {name: np.bincount(cell, counts[name].to_numpy(), size).astype("int64")[:size] for name in names}


def _parts(ratio: Ratio, view: View) -> _Parts:
    if view == "cohort":
        name = ratio.name
        return _Parts(f"{name}.decided", f"{name}.reached", None, f"{name}.open")
    return _activity_parts(ratio)


def _activity_parts(ratio: Ratio) -> _Parts:
    """The counts of the tally a ratio of the activity view is made of."""
    suffix = BY_ORDER if ratio.by_order else ""
    return _Parts(
        ratio.upstream, f"{ratio.downstream}{suffix}", f"{FELL_OFF}{suffix}" if ratio.counts_fills else None, None
    )


def _rows(ratio: Ratio, view: View, sums: dict[str, Counts], standards: Numbers) -> pd.DataFrame:
    """One ratio for every unit and period, in that order."""
    parts, size = _parts(ratio, view), len(standards)
    upstream, downstream = sums[parts.upstream], sums[parts.downstream]
    low, high = _interval(ratio, view, upstream, downstream)
    return pd.DataFrame(
        {
            "ratio": ratio.name,
            "upstream": upstream,
            "downstream": downstream,
            "fell_off": _maybe(sums, parts.fell_off, size),
            "value": _known(_divide(upstream, downstream), downstream > 0),
            "low": low,
            "high": high,
            "standard": standards,
            "verdict": pd.Series([None] * size, dtype=object),
            "open": _maybe(sums, parts.open, size),
        }
    )


def _maybe(sums: dict[str, Counts], name: str | None, size: int) -> pd.arrays.IntegerArray:
    """A count, or nothing but missing values where the view has no such count."""
    counts = sums[name] if name else np.zeros(size, dtype="int64")
    return pd.arrays.IntegerArray(counts, np.full(size, name is None))


def _divide(upstream: Counts, downstream: Counts) -> Numbers:
    return np.divide(upstream, downstream, out=np.zeros(len(upstream)), where=downstream > 0)


def _known(numbers: Numbers, known: NDArray[np.bool_]) -> pd.arrays.FloatingArray:
    """Numbers where they are known and finite, missing elsewhere."""
    held = known & np.isfinite(numbers)
    return pd.arrays.FloatingArray(np.where(held, numbers, 0.0), ~held)


def _interval(ratio: Ratio, view: View, upstream: Counts, downstream: Counts) -> tuple[Any, Any]:
    """Bounds as n : 1. Binomial where downstream events are among the upstream ones, else a rate of two counts."""
    thins = np.full(len(upstream), view == "cohort") | ((ratio.side == "candidate") & (downstream <= upstream))
    thin, free = thinning_interval(downstream, np.maximum(upstream, downstream)), rate_interval(downstream, upstream)
    low_rate, high_rate = (np.where(thins, one, other) for one, other in zip(thin, free, strict=True))
    anything = (upstream > 0) | (downstream > 0)
    return _known(n_to_one(high_rate), anything), _known(n_to_one(low_rate), anything)


def _assemble(rows: list[pd.DataFrame], units: Sequence[str], periods: Sequence[Period]) -> pd.DataFrame:
    """Unit by unit, period by period, ratio by ratio."""
    cells = len(units) * len(periods)
    heads = pd.DataFrame(
        {
            "unit": pd.Series(np.repeat(units, len(periods)), dtype="str"),
            "period": pd.Series([period.name for period in periods] * len(units), dtype="str"),
            "period_start": np.tile(np.array([p.start for p in periods], dtype="datetime64[us]"), len(units)),
            "period_end": np.tile(np.array([p.end for p in periods], dtype="datetime64[us]"), len(units)),
        }
    )
    joined = pd.concat([heads.join(part) for part in rows], ignore_index=True)
    order = np.arange(cells * len(rows)).reshape(len(rows), cells).T.ravel()
    return joined.iloc[order].reset_index(drop=True)[list(COLUMNS)]
