"""Desks side by side on one ratio: which differences chance explains, and an order that few cases cannot win.

Every desk is held against the common rate of all of them: exact binomial limits around it (`quality.funnel`), and its
own rate pulled towards it (`quality.shrinkage`). Where downstream events are not among the upstream ones the two counts
are taken as counts of their own: downstream given their sum is binomial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from quality.catalogue import BY_NAME
from quality.funnel import FOR_THE_EYE, OUTLIER, Floats, beyond_limits, funnel_limits
from quality.intervals import n_to_one
from quality.shrinkage import Kind, firm_rate, shrunken, weight

#: Points of each limit line.
STEPS = 60
#: Fewer units than this have nobody to be compared with.
FEWEST = 3

#: What `place` says: how far from the common ratio, and on which side.
PLACES: Mapping[int, str] = {
    2: "much better than chance explains",
    1: "a little better than chance explains",
    0: "no more than chance explains",
    -1: "a little worse than chance explains",
    -2: "much worse than chance explains",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One ratio of several units.

    ``points``: unit, upstream, downstream, value (n of ``n : 1``, missing where nothing got there), place (a key of
    PLACES) and fair (n of ``n : 1`` pulled towards the common one), the best fair one first. ``lines``: upstream and,
    as n of ``n : 1``, near_low, near_high (95 %), far_low, far_high (99.8 %), missing where there is no limit.
    ``common`` is the ratio of all together; ``worth`` how many upstream events it weighs beside a unit's own.
    """

    ratio: str
    common: float
    worth: float
    points: pd.DataFrame
    lines: pd.DataFrame


def comparison(frame: pd.DataFrame, ratio: str) -> Comparison | None:
    """Compare the units of ``frame`` (one row of `quality.ratios` each and ratio); None for fewer than three."""
    rows = frame[(frame["ratio"] == ratio) & (frame["upstream"] > 0)]
    if len(rows) < FEWEST or not rows["downstream"].sum():
        return None
    x, n = (rows[name].to_numpy(dtype=float) for name in ("downstream", "upstream"))
    kind: Kind = "rate" if BY_NAME[ratio].side == "client" or (x > n).any() else "thinning"
    worth, rate = weight(x, n, kind), firm_rate(x, n)
    value = pd.arrays.FloatingArray(n / np.maximum(x, 1), x == 0)
    fair = 1 / shrunken(x, n, worth, kind)
    points = rows[["unit", "upstream", "downstream"]].assign(value=value, place=_places(x, n, rate, kind), fair=fair)
    ordered = points.sort_values(["fair", "unit"], ignore_index=True)
    return Comparison(ratio, 1 / rate, worth, ordered, _lines(float(n.max()), rate, kind))


def _cases(x: Floats, n: Floats, rate: float, kind: Kind) -> tuple[Floats, float]:
    """What the binomial is of: the upstream events, or both counts together; and its probability."""
    return (n, rate) if kind == "thinning" else (x + n, rate / (1 + rate))


def _places(x: Floats, n: Floats, rate: float, kind: Kind) -> np.ndarray:
    cases, chance = _cases(x, n, rate, kind)
    return np.asarray(sum(beyond_limits(x, cases, chance, level) for level in (FOR_THE_EYE, OUTLIER)))


def _lines(most: float, rate: float, kind: Kind) -> pd.DataFrame:
    upstream = np.unique(np.rint(np.geomspace(1, most * 1.05 + 1, STEPS)))
    cases, chance = _cases(upstream * rate, upstream, rate, kind)
    found: dict[str, Any] = {"upstream": upstream}
    for name, level in (("near", FOR_THE_EYE), ("far", OUTLIER)):
        low, high = funnel_limits(np.rint(cases), chance, level)
        found |= {f"{name}_low": _per_one(high, kind), f"{name}_high": _per_one(low, kind)}
    return pd.DataFrame(found)


def _per_one(share: Floats, kind: Kind) -> pd.arrays.FloatingArray:
    rate = (
        share if kind == "thinning" else np.divide(share, 1 - share, out=np.full_like(share, np.inf), where=share < 1)
    )
    value = n_to_one(rate)
    known = np.isfinite(value)
    return pd.arrays.FloatingArray(np.where(known, value, 0.0), ~known)
