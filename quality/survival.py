"""How long something lasts where not all of it is over yet, and what ends it: Kaplan and Meier, Aalen and Johansen.

A case that is not over is taken out after the last day it was seen: neither lost nor kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from quality.intervals import LEVEL, Bounds, Floats, thinning_interval

#: Columns of a curve, and of the causes.
CURVE = ("day", "survival", "low", "high", "at_risk", "events")
CAUSES = ("cause", "day", "incidence", "low", "high", "at_risk", "events")

#: Sums of shares that differ from 0 or 1 by less are 0 or 1.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class _Counts:
    """The days on which anything ended: how many had lasted so long, and how many ended by each cause (a column)."""

    days: Floats
    at_risk: Floats
    events: Floats


def kaplan_meier(days: ArrayLike, ended: ArrayLike, level: float = LEVEL) -> pd.DataFrame:
    """The share that lasts longer than each day on which something ended, with log-log limits.

    ``days``: how long each case was seen; ``ended``: whether it was over then. Columns: CURVE; ``at_risk`` had lasted
    until that day, ``events`` ended on it. Where nobody is left the limits are missing.
    """
    counts = _counted(np.asarray(days, dtype=float), np.asarray(ended, dtype=bool)[:, None])
    events = counts.events[:, 0]
    survival = _lasting(counts.at_risk, events)
    low, high = log_log(survival, survival * np.sqrt(_greenwood(counts.at_risk, events)), level)
    columns = (counts.days.astype(int), survival, low, high, counts.at_risk.astype(int), events.astype(int))
    return pd.DataFrame(dict(zip(CURVE, columns, strict=True)))


def lasting(curve: pd.DataFrame, days: ArrayLike, day: int, level: float = LEVEL) -> pd.Series:
    """The curve on one day: survival, low, high, at_risk (those who lasted that long), events (ended by then).

    Before anything ended, the lower limit is that of nobody among those who lasted so long. All of it is missing
    where nobody did and the curve has not come down to 0 before.
    """
    at_risk = int((np.asarray(days, dtype=float) >= day).sum())
    before = curve[curve["day"] <= day]
    events = int(before["events"].sum())
    if events:
        last = before.iloc[-1]
        known = at_risk > 0 or last["survival"] == 0
        values = [last["survival"], last["low"], last["high"]] if known else [None] * 3
    else:
        values = [1.0, float(thinning_interval(at_risk, at_risk, level)[0]), 1.0] if at_risk else [None] * 3
    return pd.Series([*values, at_risk, events], index=list(CURVE[1:]), dtype="object")


def cumulative_incidence(days: ArrayLike, causes: Sequence[str | None], level: float = LEVEL) -> pd.DataFrame:
    """The share that has ended by each cause by each day on which anything ended, where causes compete.

    ``causes``: what ended each case, None where it is not over. Columns: CAUSES, one row a cause and day, causes in
    order of their names. On every day the shares of all causes and of those that last add up to 1. Limits are log-log
    with the variance of Marubini and Valsecchi; missing where they are not defined.
    """
    names = sorted({cause for cause in causes if cause is not None})
    is_cause = np.array([[cause == name for name in names] for cause in causes], dtype=bool).reshape(
        len(causes), len(names)
    )
    counts = _counted(np.asarray(days, dtype=float), is_cause)
    parts = [_incidence(counts, place, level).assign(cause=name) for place, name in enumerate(names)]
    return pd.concat(parts, ignore_index=True)[list(CAUSES)] if parts else pd.DataFrame(columns=list(CAUSES))


def _counted(days: Floats, ended: NDArray[np.bool_]) -> _Counts:
    over = ended.any(axis=1)
    at = np.unique(days[over])
    at_risk = len(days) - np.searchsorted(np.sort(days), at)
    events = np.zeros((len(at), ended.shape[1]))
    for cause in range(ended.shape[1]):
        np.add.at(events[:, cause], np.searchsorted(at, days[ended[:, cause]]), 1)
    return _Counts(at, at_risk.astype(float), events)


def _lasting(at_risk: Floats, events: Floats) -> Floats:
    return np.cumprod(1 - events / at_risk, dtype=np.float64)


def _greenwood(at_risk: Floats, events: Floats) -> Floats:
    """The sum of d / (n (n - d)) up to each day; 0 stands for what is not defined where nobody is left."""
    left = at_risk * (at_risk - events)
    return np.cumsum(np.divide(events, left, out=np.zeros_like(left), where=left > 0))


def log_log(share: Floats, error: Floats, level: float = LEVEL) -> Bounds:
    """Limits of a share by its standard error on the scale ln(-ln share); missing for 0 and 1."""
    inside = (share > _ROUNDING) & (share < 1 - _ROUNDING)
    known = np.where(inside, share, 0.5)
    spread = ndtri((1 + level) / 2) * error / (known * np.log(known))
    low, high = known ** np.exp(-spread), known ** np.exp(spread)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def _incidence(counts: _Counts, cause: int, level: float) -> pd.DataFrame:
    at_risk, every, own = counts.at_risk, counts.events.sum(axis=1), counts.events[:, cause]
    survival = _lasting(at_risk, every)
    before = np.concatenate([[1.0], survival[:-1]])
    share = np.cumsum(before * own / at_risk)
    low, high = log_log(share, np.sqrt(_variance(at_risk, every, own, before, share)), level)
    columns = (counts.days.astype(int), share, low, high, at_risk.astype(int), own.astype(int))
    return pd.DataFrame(dict(zip(CAUSES[1:], columns, strict=True)))


def _variance(at_risk: Floats, every: Floats, own: Floats, before: Floats, share: Floats) -> Floats:
    """The delta-method variance of each share: how far it still rose after each earlier day, times what happened then.

    With one cause it is Greenwood's, without open cases that of a plain share.
    """
    rise = np.tril(share[:, None] - share[None, :])
    left = at_risk * (at_risk - every)
    ended = np.divide(every, left, out=np.zeros_like(left), where=left > 0)
    hazard = own / at_risk**2
    past = np.tril(np.ones_like(rise))
    found = rise**2 @ ended + past @ (before**2 * hazard * (at_risk - own) / at_risk) - 2 * rise @ (before * hazard)
    return np.clip(found, 0, None)
