"""The list of a Friday as calls: one line for each person, who was cleared, how many were reached by the evening."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from quality.intervals import thinning_interval

#: The rule and the answer under which it is kept who was cleared on a Friday.
RULE, CLEARED = "friday_blitz", "cleared"
#: Minutes a call takes, and those of one sitting.
MINUTES, SITTING = 2, 60

PERSON = ["party", "who"]
_CALL = ["friday", "desk", *PERSON]
_TICK = ["answer_id", "cleared_by", "cleared_at"]
_DAY = pd.Timedelta(days=1)


def calls(found: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """One line for each Friday, desk and person of a list (`quality.blitz`), in the order in which calls are quick.

    Columns: friday, desk, party, who, client, job (of the oldest reason), reasons (how many), last_contact_at where the
    list has it, reached_at (where a contact reached all reasons), answer_id, cleared_by and cleared_at of the tick
    (missing: none), reached (a contact on that Friday, *done elsewhere*, or a tick by its evening), spared (all there
    was is answered *not needed*) and heard (before the Friday; always false for a list). ``answers`` are those of the
    history; whoever was answered *do not contact* for by that evening is left out.
    """
    said = answers[answers["answered_at"].notna()]
    kept = found[~_by_friday(found, said[said["answer"] == "do_not_contact"], PERSON)["answer_id"].notna()]
    before = kept["heard"] if "heard" in kept else pd.Series(False, index=kept.index)
    done = before | kept["reached_at"].notna() | _answered_orders(kept, said, "elsewhere")
    spared = ~done & _answered_orders(kept, said, "not_needed")
    lines = kept.assign(heard=before, done=done, spared=spared, settled=done | spared)
    lines = lines.sort_values(["heard", "since", "trigger_id"])
    first = {name: (name, "first") for name in ("client", "job", "last_contact_at") if name in lines}
    about = {"reasons": ("trigger_id", "count"), "reached_at": ("reached_at", "max"), "any_done": ("done", "any")}
    states = {"all_settled": ("settled", "all"), "spared": ("spared", "all"), "heard": ("heard", "all")}
    people = lines.groupby(_CALL, as_index=False, dropna=False).agg(**first, **about, **states)
    ticks = _by_friday(people, said[said["answer"] == CLEARED], [*PERSON, "friday"])
    people = people.assign(**ticks, reached_at=people["reached_at"].where(people["all_settled"]))
    ticked = people["answer_id"].notna()
    reached = ticked | (people["all_settled"] & people["any_done"])
    whole = people.assign(reached=reached, spared=people["spared"] & ~ticked).drop(columns=["any_done", "all_settled"])
    return whole.sort_values(["friday", "desk", "client", "job", "party", "who"], ignore_index=True)


def _by_friday(found: pd.DataFrame, said: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The first such answer to each row by the evening of its Friday: the columns of _TICK, missing without one."""
    named = said.rename(columns={"due_on": "friday", "answered_by": "cleared_by", "answered_at": "cleared_at"})
    told = named[[*key, *_TICK]].sort_values(["cleared_at", "answer_id"]).drop_duplicates(key)
    own = found[list(dict.fromkeys([*key, "friday"]))].astype({"friday": "datetime64[us]"} | _texts(key))
    met = own.merge(told.astype(_texts(key)), on=key, how="left").set_axis(found.index)
    in_time = met["cleared_at"] < met["friday"] + _DAY
    return met[_TICK].where(in_time).astype({"answer_id": "Int64"})


def _texts(key: list[str]) -> dict[str, str]:
    return {name: "str" for name in key if name != "friday"}


def _answered_orders(found: pd.DataFrame, said: pd.DataFrame, answer: str) -> pd.Series:
    """Whether the news of an order was answered like this for that Friday."""
    told = said[(said["rule"] == "friday_update") & (said["answer"] == answer)]
    return _by_friday(found, told, ["trigger_id", "friday"])["answer_id"].notna()


def by_week(found: pd.DataFrame, fridays: list[date]) -> pd.DataFrame:
    """How many people heard from us in the week of each Friday, and how many of those still waiting on its morning.

    ``found`` are `calls` of `quality.blitz.everybody`. Columns: friday; due (everybody), heard (before the Friday),
    listed (the others), reached (of these, on that day), heard_share (heard and reached, of due) with heard_low and
    heard_high; share (reached, of listed) with low and high: 80 % intervals. Who is listed for two desks counts once,
    who was answered *not needed* does not. Where there was nobody there is no share: missing, not zero.
    """
    days = pd.DatetimeIndex(fridays, name="friday").astype("datetime64[us]")
    people = found[~found["spared"]].groupby(["friday", *PERSON])[["heard", "reached"]].all()
    waited = ~people["heard"]
    counts = people.assign(due=True, listed=waited, reached=people["reached"] & waited).groupby("friday").sum()
    held = counts.reindex(days, fill_value=0).astype("int64").reset_index()
    held = held[["friday", "due", "heard", "listed", "reached"]]
    by_evening = _shares(held["heard"] + held["reached"], held["due"]).add_prefix("heard_")
    return held.join(by_evening).join(_shares(held["reached"], held["listed"]))


def _shares(count: pd.Series, of: pd.Series) -> pd.DataFrame:
    """share, low and high, missing where there is nobody."""
    low, high = thinning_interval(count, of)
    bounds = {"share": count / np.where(of > 0, of, 1), "low": pd.Series(low), "high": pd.Series(high)}
    return pd.DataFrame({name: values.where(of > 0) for name, values in bounds.items()})


def in_sittings(found: pd.DataFrame) -> pd.DataFrame:
    """The calls with ``sitting``, which hour of its desk each belongs to, from 1 on; and ``sittings``, how many."""
    number = found.groupby("desk").cumcount() // (SITTING // MINUTES) + 1
    return found.assign(sitting=number, sittings=number.groupby(found["desk"]).transform("max"))
