"""Numbers that smell of being made up: a desk at 100 : 1 where the others have 10 to 15 : 1, or the other way round.

Made-up calls show in nothing else. A desk stands out when two things hold: chance does not explain it (it lies beyond
the exact 99.8 % funnel limits around what the other desks have together), and it is far off (at least FAR times the
others' ratio, or a FAR-th of it), since in large counts even desks that merely differ lie beyond such limits. It is a
question to ask, not a finding: a desk that records its work differently looks the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from quality.catalogue import BY_NAME, Ratio
from quality.funnel import OUTLIER, beyond_limits
from quality.words import counts_in_words, n_to_one

FAR = 3.0
#: With fewer others nobody can say who of them is the odd one.
LEAST_OTHERS = 2

COLUMNS = ("desk", "ratio", "side", "upstream", "downstream", "others_upstream", "others_downstream", "low", "high")


def outliers(frame: pd.DataFrame) -> pd.DataFrame:
    """Desks that stand out in a ratio, the furthest off first.

    ``frame`` has one row per unit and ratio of one period: unit, ratio, upstream and downstream, as `quality.ratios`
    counts them for desks. Columns: desk, ratio, side (-1: far fewer successes than the others, 1: far more), both
    counts, the same of all others together, and low and high: the range of the others' own n : 1 (missing where none
    has a success). Desks with fewer upstream events than the ratio's ``minimum_n`` are neither judged nor compared
    with. The furthest off is taken out before the rest are judged, since it would make the others look odd.
    """
    found = [one for name, rows in frame.groupby("ratio", sort=False) for one in _one_by_one(rows, BY_NAME[str(name)])]
    judged = pd.concat(found) if found else pd.DataFrame(columns=[*COLUMNS, "off"])
    return judged.sort_values(["off", "desk", "ratio"], ascending=[False, True, True], ignore_index=True)[list(COLUMNS)]


def _one_by_one(frame: pd.DataFrame, ratio: Ratio) -> Iterator[pd.DataFrame]:
    """The desks of one ratio that stand out, each among those that are left."""
    rows = frame[frame["upstream"] >= ratio.minimum_n]
    while len(rows) > LEAST_OTHERS:
        furthest = _judged(rows, ratio).sort_values(["off", "desk"], ascending=[False, True]).head(1)
        if furthest.empty:
            return
        yield furthest
        rows = rows.drop(index=furthest.index)


def _judged(rows: pd.DataFrame, ratio: Ratio) -> pd.DataFrame:
    """All desks that stand out among these, on their index."""
    up, down = (rows[name].to_numpy("int64") for name in ("upstream", "downstream"))
    others_up, others_down = up.sum() - up, down.sum() - down
    side, off = _side(up, down, others_up, others_down, ratio), _times_off(up, down, others_up, others_down)
    judged = rows[["unit", "ratio", "upstream", "downstream"]].rename(columns={"unit": "desk"})
    judged = judged.assign(
        side=side, others_upstream=others_up, others_downstream=others_down, **_range_of_others(up, down), off=off
    )
    return judged[(side != 0) & (off >= FAR)]


def _side(up: Any, down: Any, others_up: Any, others_down: Any, ratio: Ratio) -> Any:
    """Which side of the others' limits each desk lies on.

    Where every success is one of the cases the counts are binomial; where it need not be, the successes are compared
    with all events of both kinds, as the intervals of such a ratio do.
    """
    thins = ratio.side == "candidate" and bool((down <= up).all())
    cases, others = (up, others_up) if thins else (up + down, others_up + others_down)
    return beyond_limits(down, cases, others_down / others, OUTLIER)


def _times_off(up: Any, down: Any, others_up: Any, others_down: Any) -> Any:
    """How many times more, or fewer, successes per case than the others; half a success stands in for none."""
    rate, usual = np.maximum(down, 0.5) / up, np.maximum(others_down, 0.5) / others_up
    return np.maximum(rate / usual, usual / rate)


def _range_of_others(up: Any, down: Any) -> dict[str, Any]:
    """The smallest and the largest n : 1 among all desks but the one of the row."""
    values = np.divide(up, down, out=np.full(len(up), np.nan), where=down > 0)
    rest = [pd.Series(np.delete(values, place)) for place in range(len(values))]
    return {"low": [one.min() for one in rest], "high": [one.max() for one in rest]}


def in_words(row: dict[Hashable, Any]) -> str:
    """One row of `outliers` as a sentence with all its counts."""
    ratio, up, down = BY_NAME[row["ratio"]], int(row["upstream"]), int(row["downstream"])
    others_up, others_down = int(row["others_upstream"]), int(row["others_downstream"])
    own = n_to_one(up / down) if down else f"no {ratio.downstream_words[1]}"
    others = n_to_one(others_up / others_down) if others_down else f"no {ratio.downstream_words[1]}"
    spread = f", each between {row['low']:,.1f} and {row['high']:,.1f}" if pd.notna(row["low"]) else ""
    return (
        f"{own} ({counts_in_words(ratio, up, down)}), where the other desks together have {others} "
        f"({counts_in_words(ratio, others_up, others_down)}{spread})"
    )
