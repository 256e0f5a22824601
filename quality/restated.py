"""What an import changed in the past: two answers to the same question, compared."""

from __future__ import annotations

import pandas as pd

KEY = ["unit", "period", "period_start", "period_end", "ratio"]
COUNTED = ["upstream", "downstream", "fell_off", "open"]
COMPARED = [*COUNTED, "value"]

#: unit, period and ratio, then each figure before (``..._from``) and after (``..._to``).
COLUMNS = [*KEY, *(f"{name}_{when}" for name in COMPARED for when in ("from", "to"))]


def compare(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The units, periods and ratios whose counts differ between two frames of `quality.ratios.ratios`.

    Both must answer the same question (period, unit, view, rules). Columns as in COLUMNS; a unit that was not known
    before has no past to change, one that is gone counts nothing now. One row a change, by unit, period and the order
    of the chain.
    """
    both = before[[*KEY, *COMPARED]].merge(
        after[[*KEY, *COMPARED]], on=KEY, how="left", suffixes=("_from", "_to"), sort=False
    )
    counts = {f"{name}_{when}": both[f"{name}_{when}"].fillna(0) for name in COUNTED for when in ("from", "to")}
    changed = [counts[f"{name}_from"] != counts[f"{name}_to"] for name in COUNTED]
    rows = both[pd.concat(changed, axis=1).any(axis=1)]
    return _in_order(rows, before)[COLUMNS]


def _in_order(rows: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Sorted by unit, then period, then the order in which the ratios come."""
    chain = {name: place for place, name in enumerate(like["ratio"].unique())}
    return rows.assign(place=rows["ratio"].map(chain)).sort_values(["unit", "period_start", "place"], ignore_index=True)
