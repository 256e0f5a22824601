"""The same call in two systems: a row of the phone log and a row of the recruiting system for one conversation.

Pairs are found and proposed here, never merged: which row stays is a proposal too. The engine that holds the log joins
on desk and stretches of time, so only rows that lie close together are ever compared; what comes back is one line per
pair, without the rows themselves, which `sides` fetches for the pairs that are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrame

from quality.cohort import day_number
from quality.events import one_if, visible
from quality.vocabulary import LOG_COLUMNS

#: What both systems may know one conversation as -> how much a row says by it: whose side it is, that it took place.
CALLS = {"recruiting_call": 2, "marketing_call": 2, "conversation": 1, "call_attempt": 0}
MINUTES = 5

_OTHER = "_other"
_COMPARED = ("activity_id", "source", "occurred_at", "person", "says")


def doubles(log: IntoFrame, *, as_of: date, minutes: int = MINUTES, merged: pd.DataFrame | None = None) -> pd.DataFrame:
    """Pairs of calls up to ``as_of`` that are likely one call, newest first.

    Two rows of different sources and of one desk, at most ``minutes`` apart, that name the same person (upper and lower
    case, and "Last, First", make no difference), or of which at least one names nobody. Rows at midnight know no time
    of day and never pair. A row pairs at most once: the closest first; of equally close ones those that name the same
    person, then by time and id. Columns: kept (id of the row that says more: whose side, then a person, then a job or
    client, then notes, then an outcome other than "other"; else the smaller id), dropped, desk, occurred_at (of the
    kept row), apart (seconds).

    ``merged`` are pairs (kept, dropped) that were merged before, of a log that still holds both rows: a row that was
    dropped pairs no more, and its keeper with no other row of that source, which is another call.
    """
    calls = _calls(log, as_of)
    if len(_systems(calls)) < 2:
        return _paired(pd.DataFrame(columns=["desk", *_COMPARED, *(f"{name}{_OTHER}" for name in _COMPARED)]))
    found = _candidates(calls, minutes).collect("pandas").to_native()
    return _paired(_closest_first(found if merged is None or merged.empty else _still_open(found, merged)))


def systems(log: IntoFrame, *, as_of: date) -> list[str]:
    """The sources whose calls have a time of day, in order: with fewer than two there are no doubles."""
    return _systems(_calls(log, as_of))


def _systems(calls: nw.LazyFrame) -> list[str]:
    return sorted(calls.select("source").unique().collect().get_column("source").to_list())


def _calls(log: IntoFrame, as_of: date) -> nw.LazyFrame:
    """The calls whose time of day is known: what is compared of them."""
    calls = visible(log, as_of).filter(nw.col("activity").is_in(list(CALLS)))
    timed = calls.filter(nw.col("occurred_at") != nw.col("day"))
    person = nw.coalesce(_as_name("candidate"), _as_name("contact"))
    return timed.with_columns(person=person, says=_says()).select("desk", *_COMPARED)


def _as_name(column: str) -> nw.Expr:
    """A person's name as it is compared: small letters, ``Last, First`` turned round, missing where it is empty."""
    name = nw.col(column).str.to_lowercase().str.strip_chars()
    last, first = name.str.replace_all(r"\s*,.*$", ""), name.str.replace_all(r"^[^,]*,\s*", "")
    turned = (
        nw.when(name.str.contains(",", literal=True)).then(nw.concat_str(first, last, separator=" ")).otherwise(name)
    )
    return nw.when(name != "").then(turned)


def _says() -> nw.Expr:
    """How much a row says, as one number: its side, then a person, a job or client, notes, a telling outcome."""
    activity = nw.lit(0)
    for name, worth in CALLS.items():
        activity = activity + worth * one_if(nw.col("activity") == name)
    named = nw.coalesce(_as_name("candidate"), _as_name("contact"))
    order = _is_said("job") | _is_said("client")
    outcome = _is_said("outcome") & (nw.col("outcome") != "other")
    said = (~named.is_null(), order, _is_said("notes"), outcome)
    # Each part outweighs all that follow it.
    return reduce(lambda sofar, part: sofar * 2 + one_if(part), said, activity)


def _is_said(column: str) -> nw.Expr:
    return nw.col(column).fill_null("").str.strip_chars() != ""


def _candidates(calls: nw.LazyFrame, minutes: int) -> nw.LazyFrame:
    """Every two calls that could be one: each once, the smaller source first."""
    stretch = _minute_number(nw.col("occurred_at")) // minutes
    others = nw.concat([calls.with_columns(stretch=stretch + beside) for beside in (-1, 0, 1)])
    pairs = calls.with_columns(stretch=stretch).join(others, on=["desk", "stretch"], how="inner", suffix=_OTHER)
    at, other = nw.col("occurred_at"), nw.col(f"occurred_at{_OTHER}")
    person, another = nw.col("person"), nw.col(f"person{_OTHER}")
    is_close = (other <= at.dt.offset_by(f"{minutes}m")) & (at <= other.dt.offset_by(f"{minutes}m"))
    may_be_one = person.is_null() | another.is_null() | (person == another)
    return pairs.filter(nw.col("source") < nw.col(f"source{_OTHER}")).filter(is_close).filter(may_be_one)


def _minute_number(moment: nw.Expr) -> nw.Expr:
    """Minutes since the beginning of the calendar: engines truncate to one unit only, not to several of them."""
    hours = day_number(moment) * 24 + moment.dt.hour().cast(nw.Int64)
    return hours * 60 + moment.dt.minute().cast(nw.Int64)


def _still_open(pairs: pd.DataFrame, merged: pd.DataFrame) -> pd.DataFrame:
    """The candidates that do not touch what was merged before, as far as both rows of a merge are in force."""
    ids, sources = ("activity_id", f"activity_id{_OTHER}"), ("source", f"source{_OTHER}")
    source_of = {
        one: source for which in (0, 1) for one, source in zip(pairs[ids[which]], pairs[sources[which]], strict=True)
    }
    keeper_of = {
        gone: kept
        for kept, gone in zip(merged["kept"], merged["dropped"], strict=True)
        if kept in source_of and gone in source_of
    }
    told = {(_last_keeper(gone, keeper_of), source_of[gone]) for gone in keeper_of}
    lines = zip(*(pairs[name] for name in (*ids, *sources)), strict=True)
    is_open = [
        keeper_of.keys().isdisjoint((one, other)) and told.isdisjoint(((one, other_source), (other, source)))
        for one, other, source, other_source in lines
    ]
    return pairs[np.array(is_open, dtype=bool)]


def _last_keeper(one: str, keeper_of: Mapping[str, str]) -> str:
    while one in keeper_of:
        one = keeper_of[one]
    return one


def _closest_first(pairs: pd.DataFrame) -> pd.DataFrame:
    """The candidates in which no row occurs twice, taken from the closest on."""
    apart = (pairs["occurred_at"] - pairs[f"occurred_at{_OTHER}"]).abs()
    unnamed = pairs["person"].isna() | pairs[f"person{_OTHER}"].isna()
    order = ["apart", "unnamed", "occurred_at", f"occurred_at{_OTHER}", "activity_id", f"activity_id{_OTHER}"]
    ranked = pairs.assign(apart=apart, unnamed=unnamed).sort_values(order, ignore_index=True)
    taken: set[str] = set()
    free = np.zeros(len(ranked), dtype=bool)
    for place, both in enumerate(zip(ranked["activity_id"], ranked[f"activity_id{_OTHER}"], strict=True)):
        if taken.isdisjoint(both):
            taken.update(both)
            free[place] = True
    return ranked[free]


def _paired(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs with the row that stays and the one that goes, newest first."""
    one, other = pairs["activity_id"], pairs[f"activity_id{_OTHER}"]
    more, less = pairs["says"], pairs[f"says{_OTHER}"]
    stays = (more > less) | ((more == less) & (one < other))
    apart = (pd.to_datetime(pairs["occurred_at"]) - pd.to_datetime(pairs[f"occurred_at{_OTHER}"])).abs()
    found = pd.DataFrame(
        {
            "kept": one.where(stays, other).astype("str"),
            "dropped": other.where(stays, one).astype("str"),
            "desk": pairs["desk"].astype("str"),
            "occurred_at": pairs["occurred_at"].where(stays, pairs[f"occurred_at{_OTHER}"]).astype("datetime64[us]"),
            "apart": apart.dt.total_seconds(),
        }
    )
    return found.sort_values(["occurred_at", "kept"], ascending=[False, True], ignore_index=True)


def sides(log: IntoFrame, ids: Iterable[str]) -> pd.DataFrame:
    """The rows of the log with these ids, as a frame indexed by ``activity_id``; an id that is not there has no row."""
    wanted = list(ids)
    rows = nw.from_native(log).lazy().filter(nw.col("activity_id").is_in(wanted)).select(*LOG_COLUMNS)
    return rows.collect("pandas").to_native().set_index("activity_id")
