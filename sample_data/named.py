"""Whom those who refer somebody name: people of the firm who are called for the first time shortly afterwards.

Drawn from a stream of its own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.coded import code, coin
from sample_data.days import Calendar
from sample_data.remarks import naming

#: Share of referrals with a name, and of these how many name somebody who got so far; the others name anybody.
WITH_NAME = 0.75
GOT_SO_FAR = {"fill": 0.30, "interview": 0.40}
#: People whose first call lies so early may have been known before; a first call comes so many days later at most.
KNOWN_FROM, SOON = 30, 20


def named(raw: pd.DataFrame, days: Calendar, rng: np.random.Generator) -> pd.DataFrame:
    """The events with a name in the notes of most referrals; nobody is named twice."""
    told = raw.index[(raw["activity"] == code("activity", "referral")) & coin(rng, len(raw), WITH_NAME)]
    new = _new_people(raw, days)
    people = _called_next(raw.loc[told], new, rng)
    drawn = rng.random(len(told))
    edge = 0.0
    for activity, share in GOT_SO_FAR.items():
        reached = raw.loc[raw["activity"] == code("activity", activity), "candidate"]
        such = _called_next(raw.loc[told], new[new.index.isin(reached)], rng)
        people = np.where((drawn >= edge) & (drawn < edge + share) & (such >= 0), such, people)
        edge += share
    first = ~pd.Series(people).duplicated().to_numpy() & (people >= 0)
    notes = raw["notes"].copy()
    notes.loc[told[first]] = naming(people[first])
    return raw.assign(notes=notes)


def _new_people(raw: pd.DataFrame, days: Calendar) -> pd.DataFrame:
    """Candidates who came up after the first weeks and may be contacted: desk and day of their first event."""
    about = raw[raw["candidate"] >= 0].sort_values(["day", "minute"], kind="stable")
    first = about.drop_duplicates("candidate").set_index("candidate")[["desk", "day"]]
    refused = raw.loc[raw["activity"] == code("activity", "do_not_contact"), "candidate"]
    return first[(first["day"] >= days.first + KNOWN_FROM) & ~first.index.isin(refused)]


def _called_next(rows: pd.DataFrame, people: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """For each row somebody whom its desk calls for the first time in the days after it; -1 where it calls nobody."""
    later = rows["day"].to_numpy(dtype="int64") + rng.integers(1, SOON // 2, len(rows))
    if people.empty:
        return np.full(len(rows), -1)
    span = int(max(people["day"].max(), later.max(initial=0))) + 1
    ordered = people.sort_values(["desk", "day"], kind="stable")
    keys = ordered["desk"].to_numpy(dtype="int64") * span + ordered["day"].to_numpy()
    wanted = rows["desk"].to_numpy(dtype="int64") * span
    place = np.minimum(np.searchsorted(keys, wanted + later), len(keys) - 1)
    fits = (keys[place] >= wanted + later) & (keys[place] <= wanted + rows["day"].to_numpy() + SOON)
    return np.where(fits, ordered.index.to_numpy()[place], -1)
