"""The cases of the cohort view found in memory: what `quality.cohort.cases` says, among numbers instead of names.

Where many ratios are followed at once each question to an engine costs more than its rows do. So the rows that links
are made of are fetched once, in order of time, with a number in place of every name; what is left are whole numbers to
sort and to match. A test holds both ways against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import and_

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quality.catalogue import MEASURES, Measure, Ratio
from quality.events import IN_ORDER, KEY, ended_early, is_counted, is_early_end, may_be, midnight
from quality.rules import Rules

#: Columns of names, numbered from 0 up; what is missing is NOBODY.
NAMES = ("desk", "candidate", "job", "client", "contact")
NOBODY = -1

#: Rows that are no measure: what tells that a fill fell off.
START, EARLY_END = "start", "early_end"

_NEVER = np.datetime64("2999-01-01", "D")
#: What counts once, and orders, whose clients are known by other orders of the same job, are wanted from the beginning.
_ALWAYS = sorted(
    {rows.activity for one in MEASURES.values() if one.once for rows in one.rows} | {"contract", "start", "end"}
)
_LATELY = sorted({rows.activity for one in MEASURES.values() for rows in one.rows} - {*_ALWAYS})


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of each measure in order of time: ``day``, numbers for NAMES, ``firm`` (the client, in capitals or not).

    Rows of measures counted once also have the columns of KEY, ``at``, the client they are at, and ``early``, whether
    their own outcome is an early end; they are the first of their kind. Those of START and EARLY_END have KEY and the
    day. ``desks`` are the names of the desks by their number, in order.
    """

    rows: Mapping[str, pd.DataFrame]
    desks: pd.Index
    rules: Rules


def hold(frame: nw.LazyFrame, since: date | None, rules: Rules) -> Held:
    """The rows that cases that begin from ``since`` on are made of; ``frame`` as `quality.events.visible` gives it.

    Without a day only those of measures counted once, of orders and of fall-offs.
    """
    marks = {name: is_counted(measure, rules) for name, measure in MEASURES.items()}
    marks |= {START: nw.col("activity") == "start", EARLY_END: is_early_end(), "early": ended_early()}
    wanted = frame.filter(_wanted(since)).select(*IN_ORDER, "day", *NAMES, **marks)
    rows = wanted.collect("pyarrow").sort(*IN_ORDER).drop("activity_id").to_pandas()
    numbers = {name: pd.factorize(rows[name], sort=name == "desk") for name in NAMES}
    counted = rows.assign(**{name: number for name, (number, _) in numbers.items()}, firm=_firms(*numbers["client"]))
    held = {name: _counted(counted, MEASURES[name]) for name in MEASURES}
    told = {name: _keyed(counted[counted[name]])[["day", *KEY]] for name in (START, EARLY_END)}
    return Held(held | told, numbers["desk"][1], rules)


def _wanted(since: date | None) -> nw.Expr:
    if since is None:
        return may_be(_ALWAYS)
    return may_be(_ALWAYS) | (may_be(_LATELY) & (nw.col("occurred_at") >= midnight(since)))


def _firms(client: NDArray[np.int64], names: pd.Index) -> NDArray[np.int64]:
    """Numbers of clients in the order of their names in small letters."""
    firm, _ = pd.factorize(names.str.lower(), sort=True)
    return np.append(firm, NOBODY)[client]


def _counted(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """As `quality.events.counted`."""
    columns = ["day", *NAMES, "firm", *(["early"] if measure.once else [])]
    found = rows.loc[rows[measure.name], columns]
    return _at_client(_keyed(found), KEY).drop_duplicates([*KEY, "at"]) if measure.once else found


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    """As `quality.events.keyed`; ``known_by`` 0 is a row without a candidate, which stands alone."""
    candidate, job, client = (_named(rows, [name]) for name in ("candidate", "job", "client"))
    return rows.assign(
        known_by=np.select([~candidate, job, client], [0, 1, 2], 3),
        who=np.where(candidate, rows["candidate"], np.arange(len(rows))),
        place=np.where(job, rows["job"], rows["client"]),
    )


def _at_client(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Rows with ``at``, as `quality.events.at_client`."""
    named = rows["firm"].where(_named(rows, ["firm"]))
    others = named.groupby([rows[name] for name in key]).transform("min")
    return rows.assign(at=named.fillna(others).fillna(NOBODY).astype("int64"))


def _named(rows: pd.DataFrame, columns: Sequence[str]) -> NDArray[np.bool_]:
    return reduce(and_, (rows[column].to_numpy() != NOBODY for column in columns))


def cases(held: Held, ratio: Ratio, start: date, end: date, *, weekly: bool = False) -> pd.DataFrame:
    """One row a unit, once a week or ever: ``desk``, ``day`` it began on, ``next_day``; as `quality.cohort.cases`."""
    began = _units(held.rows[ratio.upstream], ratio, start, end, weekly)
    last = end + timedelta(days=held.rules.horizon(ratio.name))
    events = between_days(held.rows[ratio.downstream], start, last)
    found = [_next(began, events, ratio, place, held.rules) for place in range(len(ratio.keys))]
    day = np.minimum.reduce(found)
    return pd.DataFrame(
        {
            "desk": pd.Categorical.from_codes(began["desk"], held.desks),
            "day": began["day"].to_numpy(),
            "next_day": np.where(day < _NEVER, day, np.datetime64("NaT")).astype("datetime64[us]"),
        }
    )


def between_days(rows: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    """The rows of these days."""
    return rows[(rows["day"] >= pd.Timestamp(start)) & (rows["day"] <= pd.Timestamp(end))]


def _units(rows: pd.DataFrame, ratio: Ratio, start: date, end: date, weekly: bool) -> pd.DataFrame:
    """As `quality.cohort.units`."""
    first, other = ratio.keys[0], ratio.keys[-1]
    if not MEASURES[ratio.upstream].once:
        rows = _at_client(rows, ["job"]) if "job" in first else rows.assign(at=NOBODY)
    rows = between_days(rows, start, end)
    known = _named(rows, first)
    named = rows.assign(
        part=(rows["day"].to_numpy("datetime64[D]").astype("int64") + 3) // 7 if weekly else 0,
        kind=known,
        one=np.where(known, rows[first[0]], rows[other[0]]),
        two=np.where(known, rows[first[-1]], rows[other[-1]]),
    )
    return named[known | _named(rows, other)].drop_duplicates(["desk", "part", "kind", "one", "two", "at"])


def _next(began: pd.DataFrame, events: pd.DataFrame, ratio: Ratio, place: int, rules: Rules) -> NDArray[np.datetime64]:
    """The first day in time on which an event agrees with each unit in one of the keys, _NEVER where none does."""
    key = list(ratio.keys[place])
    lacking = [column for column in ratio.keys[0] if place and column not in key]
    columns = [*key, "day", *lacking, *(["firm"] if "job" in key else [])]
    units = began[columns].assign(unit=np.arange(len(began)))
    met = units.merge(events.loc[_named(events, key), columns], on=key, suffixes=("", "_met"))
    days = met["day_met"] - met["day"]
    agrees = (days >= pd.Timedelta(0)) & (days <= pd.Timedelta(days=rules.horizon(ratio.name)))
    if lacking:
        agrees &= _either_lacks(met, lacking)
    if "job" in key:
        agrees &= _either_lacks(met, ["firm"]) | (met["firm"] == met["firm_met"])
    found = np.full(len(began), _NEVER)
    np.minimum.at(found, met.loc[agrees, "unit"].to_numpy(), met.loc[agrees, "day_met"].to_numpy("datetime64[D]"))
    return found


def _either_lacks(met: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    return (met[[f"{column}{side}" for column in columns for side in ("", "_met")]] == NOBODY).any(axis=1)
