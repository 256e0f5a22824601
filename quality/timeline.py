"""Everything about one person in order: who is found by a part of a name, what is on record, and how they stand.

The log knows people by their names alone: two people of one name cannot be told apart, and stand here together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.active import active
from quality.answers import left_alone
from quality.call_sheet import Person
from quality.care_signals import Weights
from quality.events import IN_ORDER, midnight, visible
from quality.last_words import BOOKED
from quality.owed_people import WISHES
from quality.person_rows import person_rows
from quality.promises import side

#: So many people are listed for a part of a name, and so many rows of one person are kept.
FOUND, MOST = 50, 2_000
#: A part of a name has at least so many letters.
SHORTEST = 2

#: What `find` says of nobody.
NOBODY = pd.DataFrame({name: pd.Series(dtype="str") for name in ("party", "who", "client")})
#: Activities that come in rows: those of one month that differ in nothing else are shown as one.
ROUTINE = ("timecard", "call_attempt")
#: Activities that are trouble whatever they hold; of surveys the score says it.
TROUBLE = ("complaint", "social_complaint", "timecard_late")


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to be left alone: since when, and who noted it (None: not known)."""

    at: pd.Timestamp
    noted_by: str | None


def find(log: IntoFrame, part: str, *, limit: int = FOUND) -> pd.DataFrame:
    """People whose name, or whose client's name, holds every word of a text, in capitals or not.

    Columns: party, who, client (the last by name they were named with, missing where none); names that begin with the
    text first. At most ``limit`` people and one more, which says that there are others.
    """
    words = part.lower().split()
    if len("".join(words)) < SHORTEST:
        return NOBODY.copy()
    parts = [_named(nw.from_native(log).lazy(), party, words, limit) for party in ("candidate", "client")]
    found = pd.concat(parts, ignore_index=True)[list(NOBODY)]
    begins = found["who"].str.lower().str.startswith(" ".join(words))
    order = found.assign(later=~begins).sort_values(["later", "who", "party"], ignore_index=True)
    return order.drop(columns="later").head(limit + 1)


def _named(log: nw.LazyFrame, party: str, words: Sequence[str], limit: int) -> pd.DataFrame:
    """The people of one party: by their own name, contacts by their client's too."""
    name = nw.col("candidate") if party == "candidate" else nw.coalesce("contact", "client")
    sought = ("who",) if party == "candidate" else ("who", "client")
    held = [reduce(and_, (_holds(column, word) for word in words)) for column in sought]
    rows = log.select("occurred_at", "client", who=name).filter(~nw.col("who").is_null()).filter(reduce(or_, held))
    people = rows.group_by("who").agg(client=nw.col("client").max(), rows=nw.len(), last_at=nw.col("occurred_at").max())
    begins = nw.col("who").str.to_lowercase().str.starts_with(" ".join(words))
    first = people.with_columns(later=~begins).sort("later", "who").head(limit + 1)
    return first.drop("later").collect("pandas").to_native().assign(party=party)


def _holds(column: str, word: str) -> nw.Expr:
    return nw.col(column).fill_null("").str.to_lowercase().str.contains(word, literal=True)


def on_assignment(rows: pd.DataFrame, part: str) -> pd.DataFrame:
    """Who runs at a client whose name holds every word of a text, in capitals or not, by name: who, client, job.

    ``rows`` are those of `quality.assignments`; nobody where the text is too short to look for.
    """
    words = part.lower().split()
    names = rows["client"].fillna("").str.lower()
    held = reduce(and_, (names.str.contains(word, regex=False) for word in words), rows["state"] == "running")
    found = rows[held & (len("".join(words)) >= SHORTEST)].dropna(subset="candidate").drop_duplicates("candidate")
    return found.rename(columns={"candidate": "who"}).sort_values("who", ignore_index=True)[["who", "client", "job"]]


def timeline(
    log: IntoFrame, party: str, who: str, *, as_of: date, roster: pd.DataFrame | None = None, limit: int = MOST
) -> pd.DataFrame:
    """Every row about a person, the newest first, with what is booked after ``as_of``: columns of the log, ``ahead``.

    ``ahead``: the row lies after the day. At most ``limit`` rows.
    """
    rows = person_rows(log, party, who, as_of=as_of + BOOKED, roster=roster, limit=limit)
    return rows.assign(ahead=rows["occurred_at"] >= pd.Timestamp(as_of) + pd.Timedelta(days=1))


def gathered(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `timeline` in their order, where routine ones of one month are one, the newest of them.

    New columns: ``times``, how many rows it stands for, and ``since``, the first of them; ``quantity`` is their sum,
    missing where any of them is.
    """
    key = ["activity", "desk", "party", "outcome", "notes", "channel", "candidate", "client", "job"]
    month = rows["occurred_at"].dt.to_period("M")
    alone = pd.Series(range(len(rows)), index=rows.index).where(~rows["activity"].isin(ROUTINE), -1)
    group = rows.groupby([month, alone, *key], dropna=False, sort=False)
    summed = rows.assign(
        times=group["activity"].transform("size"),
        since=group["occurred_at"].transform("min"),
        quantity=group["quantity"].transform(lambda held: held.sum(min_count=len(held))),
    )
    return summed[group.cumcount() == 0].reset_index(drop=True)


def troubled(rows: pd.DataFrame, weights: Weights) -> pd.Series:
    """Whether each row of `timeline` is trouble: one of TROUBLE, or a contractor's survey with a score that weighs."""
    limits = [sign.limit for sign in weights.signs if sign.measure == "survey" and sign.points > 0]
    poor = (rows["activity"] == "survey") & (rows["party"] != "client") & (rows["score"] <= max(limits, default=-1))
    return rows["activity"].isin(TROUBLE) | poor


def left_in_peace(rows: pd.DataFrame, person: Person, answers: pd.DataFrame, as_of: date) -> Wish | None:
    """Whether somebody is not to be contacted: by an answer, or by the last wish on record; None where they may be.

    ``rows`` are those of `timeline`, ``answers`` those of the history.
    """
    told = left_alone(answers, as_of)
    one = told[(told["party"] == person[0]) & (told["who"] == person[1])]
    if not one.empty:
        return Wish(one["answered_at"].iloc[-1], one["answered_by"].iloc[-1])
    own = nw.from_native(rows[~rows["ahead"]], eager_only=True).filter(side() == person[0]).to_native()
    wishes = own[own["activity"].isin(WISHES)].sort_values(list(IN_ORDER))
    if wishes.empty or wishes["activity"].iloc[-1] != "do_not_contact":
        return None
    return Wish(wishes["occurred_at"].iloc[-1], wishes["desk"].iloc[-1])


def active_until(rows: pd.DataFrame, as_of: date) -> pd.Timestamp | None:
    """Until when a candidate is active in a search, as it stands at the end of a day; None for who is not."""
    steps = active(visible(rows.drop(columns="ahead"), as_of)).collect("pandas").to_native()
    last = steps.sort_values(list(IN_ORDER))["active_until"].tail(1)
    is_active = (last >= pd.Timestamp(midnight(as_of + timedelta(days=1)))).any()
    return last.iloc[0] if is_active else None
