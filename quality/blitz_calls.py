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
    (missing: none) and reached (a contact on that Friday, or a tick by its evening). ``answers`` are those of the
    history; whoever was answered *do not contact* for by that evening is left out.
    """
    said = answers[answers["answered_at"].notna()]
    kept = found[~_by_friday(found, said[said["answer"] == "do_not_contact"], PERSON)["answer_id"].notna()]
    done = _answered_orders(kept, said)
    lines = kept.assign(done=kept["reached_at"].notna() | done).sort_values(["since", "trigger_id"])
    first = {name: (name, "first") for name in ("client", "job", "last_contact_at") if name in lines}
    about = {"reasons": ("trigger_id", "count"), "reached_at": ("reached_at", "max"), "all_done": ("done", "all")}
    people = lines.groupby(_CALL, as_index=False, dropna=False).agg(**first, **about)
    ticks = _by_friday(people, said[said["answer"] == CLEARED], [*PERSON, "friday"])
    people = people.assign(**ticks, reached_at=people["reached_at"].where(people["all_done"]))
    whole = people.assign(reached=people["all_done"] | people["answer_id"].notna()).drop(columns="all_done")
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


def _answered_orders(found: pd.DataFrame, said: pd.DataFrame) -> pd.Series:
    """Whether the news of an order was answered for that Friday: done elsewhere, or not needed."""
    told = said[(said["rule"] == "friday_update") & said["answer"].isin(["elsewhere", "not_needed"])]
    return _by_friday(found, told, ["trigger_id", "friday"])["answer_id"].notna()


def by_week(found: pd.DataFrame, fridays: list[date]) -> pd.DataFrame:
    """How many people on the list of each Friday were reached: friday, listed, reached, share, low and high.

    ``found`` are `calls`; the bounds are those of the 80 % interval. Who is listed for two desks counts once. A Friday
    without a list has no share: missing, not zero.
    """
    people = found.groupby(["friday", *PERSON])["reached"].all()
    counts = people.groupby("friday").agg(["size", "sum"])
    days = pd.DatetimeIndex(fridays, name="friday").astype("datetime64[us]")
    held = counts.reindex(days, fill_value=0).astype("int64").set_axis(["listed", "reached"], axis=1).reset_index()
    low, high = thinning_interval(held["reached"], held["listed"])
    has_list = held["listed"] > 0
    share: pd.Series = held["reached"] / np.where(has_list, held["listed"], 1)
    bounds = {"share": share, "low": pd.Series(low), "high": pd.Series(high)}
    return held.assign(**{name: values.where(has_list) for name, values in bounds.items()})


def in_sittings(found: pd.DataFrame) -> pd.DataFrame:
    """The calls with ``sitting``, which hour of its desk each belongs to, from 1 on; and ``sittings``, how many."""
    number = found.groupby("desk").cumcount() // (SITTING // MINUTES) + 1
    return found.assign(sitting=number, sittings=number.groupby(found["desk"]).transform("max"))
