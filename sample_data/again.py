"""Contractors who are placed again: two people of the firm become one, so that no count of any desk changes.

Somebody who was called, presented, sent out and placed shortly after another one's assignment was completed is that
other one. Drawn from a stream of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from sample_data.coded import code
from sample_data.days import Calendar
from sample_data.names import TITLES
from sample_data.systems import apart

#: Of the completed assignments so many are followed by another one from so many to so many days later; where nobody of
#: that trade starts then, by the next one up to the last of these days.
GAPS: tuple[tuple[float, int, int], ...] = ((0.20, 0, 7), (0.20, 8, 30), (0.20, 31, 90))
LAST = GAPS[-1][2]
#: So many who start are looked at for one of the same desk.
LOOKED_AT = 8


def placed_again(raw: pd.DataFrame, days: Calendar, rng: np.random.Generator) -> pd.DataFrame:
    """The events with the candidates of some later assignments replaced by people whose own was completed before."""
    free, new = _sides(raw, days)
    jobs = raw[raw["candidate"].isin([*free["candidate"], *new["candidate"]]) & (raw["job"] >= 0)]
    worked = jobs.groupby("candidate")["job"].agg(set).to_dict()
    same = dict(_pairs(free, _Market(new, worked), rng))
    if not same:
        return raw
    number = raw["candidate"].to_numpy()
    known = np.arange(number.max() + 1)
    known[list(same)] = list(same.values())
    return apart(raw.assign(candidate=np.where(number < 0, number, known[number]).astype("int32")))


def _sides(raw: pd.DataFrame, days: Calendar) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who was free after a completed assignment and who started one, each with a single one on record.

    Columns: candidate, job, desk, on (days since 1970), and ``since``, the first day on which anything (of those who
    start), or a start (of those who are free), is on record.
    """
    of = {name: raw[raw["activity"] == code("activity", name)] for name in ("fill", "start", "end", "do_not_contact")}
    several = [part.loc[part["candidate"].duplicated(), "candidate"] for part in (of["fill"], of["start"], of["end"])]
    out = pd.concat([*several, of["do_not_contact"]["candidate"]])
    done = of["end"][of["end"]["outcome"] == code("outcome", "completed")]
    first = raw[raw["candidate"].isin(of["start"]["candidate"])].groupby("candidate")["day"].min()
    began = of["start"].groupby("candidate")["day"].min()
    return _dated(done, out, began, days), _dated(of["start"], out, first, days)


def _dated(part: pd.DataFrame, out: pd.Series, since: pd.Series, days: Calendar) -> pd.DataFrame:
    kept = part.loc[~part["candidate"].isin(out), ["candidate", "job", "desk", "day"]]
    on = days.days[kept["day"]].astype("int64")
    known = kept["candidate"].map(since).fillna(days.first).astype("int64")
    return kept.assign(on=on, since=known).sort_values(["on", "candidate"], kind="stable")


@dataclass
class _Market:
    """Those who start, by trade and day, and who of them is somebody else already."""

    new: pd.DataFrame
    worked: Mapping[Any, set[int]]
    taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        trades = self.new.groupby(self.new["job"] % len(TITLES))
        self.rows: dict[Any, list[Any]] = {trade: list(own.itertuples(index=False)) for trade, own in trades}
        self.days: dict[Any, list[int]] = {trade: own["on"].tolist() for trade, own in trades}

    def pick(self, one: Any, first: int, last: int) -> Any:
        """Somebody who starts in the trade of ``one`` between these days, if possible at the same desk."""
        trade = one.job % len(TITLES)
        days = self.days.get(trade, [])
        near = self.rows.get(trade, [])[bisect_left(days, first) : bisect_right(days, last)]
        seen = [*islice((row for row in near if self._fits(one, row)), LOOKED_AT)]
        return next((row for row in seen if row.desk == one.desk), seen[0] if seen else None)

    def _fits(self, one: Any, row: Any) -> bool:
        """Whether both can be one person: nothing on record before, no order in common."""
        is_free = row.candidate not in self.taken and one.candidate not in self.taken
        is_later = row.candidate != one.candidate and row.since > one.since
        return is_free and is_later and not self.worked[row.candidate] & self.worked[one.candidate]


def _pairs(free: pd.DataFrame, market: _Market, rng: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Candidates of later assignments with the ones they are."""
    edges = np.cumsum([share for share, _, _ in GAPS])
    drawn = np.searchsorted(edges, rng.random(len(free)), side="right")
    rows: list[Any] = list(free.itertuples(index=False))
    for one, gap in zip(rows, drawn, strict=True):
        if gap == len(GAPS):
            continue
        _, first, last = GAPS[gap]
        found = market.pick(one, one.on + first, one.on + last) or market.pick(one, one.on + first, one.on + LAST)
        if found is not None:
            market.taken |= {one.candidate, found.candidate}
            yield found.candidate, one.candidate
