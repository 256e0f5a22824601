"""Which stage can still move this period: how long it takes from each activity to the fill it leads to.

The days between two stages come from the cohort view of the whole firm, of those that got there and whose time was
over; one desk has too few. The way to the fill is the stages after each other. A call of today that usually takes six
weeks to become a fill serves the next month, however many calls are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame
from numpy.typing import NDArray

from quality.catalogue import MEASURES, RATIOS, Ratio
from quality.events import visible
from quality.links import Held, cases, hold
from quality.periods import Period, between
from quality.plan import CHAINS, Link
from quality.rules import Rules

#: With fewer steps than this how long they take is not known.
FEWEST_STEPS = 20
#: A year of cohorts.
DAYS = 364


def lags(
    log: IntoFrame, *, as_of: date, rules: Rules | None = None, roster: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How many units took each step after how many days: ratio, days, units; the firm's, whose time was over.

    Units began within the year before their horizon began to reach beyond ``as_of``.
    """
    chosen = rules or Rules()
    held = hold(visible(log, as_of, roster), min(_year(ratio, as_of, chosen).start for ratio in RATIOS), chosen)
    return pd.concat([_lags(held, ratio, as_of) for ratio in RATIOS], ignore_index=True)


def _year(ratio: Ratio, as_of: date, rules: Rules) -> Period:
    """The last year of cohorts whose time is over."""
    end = as_of - timedelta(days=rules.horizon(ratio.name))
    return between(end - timedelta(days=DAYS - 1), end)


def _lags(held: Held, ratio: Ratio, as_of: date) -> pd.DataFrame:
    year = _year(ratio, as_of, held.rules)
    found = cases(held, ratio, year.start, year.end)
    units = (found["next_day"] - found["day"]).dropna().dt.days.value_counts().sort_index()
    return pd.DataFrame({"ratio": ratio.name, "days": units.index.astype("int64"), "units": units.to_numpy()})


def reach(found: pd.DataFrame, days_left: int) -> dict[str, float | None]:
    """Of the fills an activity of the days left leads to, the share that comes within them; None where it is unknown.

    ``found`` as `lags` gives it; ``days_left`` are calendar days, over which the activity is spread evenly.
    """
    shares = {link.ratio.name: _shares(found, link.ratio.name) for chain in CHAINS for link in chain}
    return {
        chain[place].upstream: _within(chain[place:], shares, days_left)
        for chain in CHAINS
        for place in range(len(chain))
        if chain[place].upstream in MEASURES
    }


def _shares(found: pd.DataFrame, ratio: str) -> NDArray[np.float64] | None:
    """The share of the steps taken after 0, 1, 2 ... days."""
    rows = found[found["ratio"] == ratio]
    total = rows["units"].sum()
    return np.asarray(np.bincount(rows["days"], rows["units"]) / total) if total >= FEWEST_STEPS else None


def _within(chain: Iterable[Link], shares: Mapping[str, NDArray[np.float64] | None], days_left: int) -> float | None:
    whole = np.ones(1)
    for link in chain:
        share = shares[link.ratio.name]
        if share is None:
            return None
        whole = np.convolve(whole, share)
    if days_left <= 0:
        return 0.0
    reached = np.cumsum(np.pad(whole, (0, days_left)))[:days_left]
    return float(min(reached.mean(), 1.0))
