"""What counts once, counted among numbers in memory: what `quality.events` says in windows and joins of an engine.

The rows are few (one in twenty-five) and are fetched for the cases anyway; an engine takes several times as long to
partition and to join them by their names. Tests hold both ways against each other.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import MEASURES
from quality.events import KEY, NEVER
from quality.links import EARLY_END, NOBODY, START, Held, between_days

ONCE = tuple(measure.name for measure in MEASURES.values() if measure.once)
FELL_OFF = "fell_off"

_NEVER = np.datetime64(NEVER)


def counts_once(held: Held, start: date, end: date) -> pd.DataFrame:
    """The first ones ever from ``start`` to ``end``: desk, owner (of the order), day, one column per measure, fell_off.

    The columns that count are whole numbers; desk, owner and day are unique.
    """
    parts = [between_days(held.rows[name], start, end).assign(measure=name) for name in ONCE]
    rows = pd.concat(parts, ignore_index=True)
    marks = {name: (rows["measure"] == name).astype("int64") for name in ONCE}
    marks[FELL_OFF] = (marks["fill"] & _fell_off(rows, held)).astype("int64")
    who = {"desk": rows["desk"], "owner": _owner(rows, held), "day": rows["day"]}
    sums = pd.DataFrame({**who, **marks}).groupby([*who], as_index=False).sum()
    return sums.assign(**{name: held.desks.take(sums[name].to_numpy()).astype("str") for name in ("desk", "owner")})


def _fell_off(rows: pd.DataFrame, held: Held) -> NDArray[np.bool_]:
    """Whether an assignment ended early in time: as `quality.events.with_fall_off`."""
    started, ended = (_first_since(rows, held.rows[name]) for name in (START, EARLY_END))
    since = np.where(started < _NEVER, started, rows["day"].to_numpy("datetime64[us]"))
    in_time = ended - since <= np.timedelta64(held.rules.guarantee_days, "D")
    return np.asarray(in_time | rows["early"].to_numpy(dtype=bool))


def _first_since(rows: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.datetime64]:
    """The first day from that of a row on with another row of its key; NEVER where there is none."""
    later = others.loc[others["known_by"] != 0, [*KEY, "day"]]
    met = rows[[*KEY, "day"]].assign(row=np.arange(len(rows))).merge(later, on=list(KEY), suffixes=("", "_met"))
    met = met[met["day_met"] >= met["day"]]
    found = np.full(len(rows), _NEVER)
    np.minimum.at(found, met["row"].to_numpy(), met["day_met"].to_numpy("datetime64[us]"))
    return found


def _owner(rows: pd.DataFrame, held: Held) -> NDArray[np.int64]:
    """The number of the desk that won the order, else of the row's own: as `quality.events.credited`."""
    own = rows["desk"].to_numpy()
    if not held.rules.credit_orders:
        return own
    orders = held.rows["contract"][["job", "firm", "desk"]]
    orders = orders[orders["job"] != NOBODY].drop_duplicates(["job", "firm"])
    asked, alone = rows[["job", "firm"]], orders.drop_duplicates("job", keep=False)
    named = asked.merge(orders, how="left", on=["job", "firm"])["desk"]
    only = asked.merge(alone, how="left", on="job", suffixes=("", "_order"))
    by_name = only["desk"].where((only["firm"] == NOBODY) | (only["firm_order"] == NOBODY))
    return named.fillna(by_name).fillna(pd.Series(own)).to_numpy("int64")
