"""The database touch (S1): everybody the firm knows hears from it every two months; automated contacts count.

A list for a mailing and a coverage figure, never rows of what is owed: it would drown the people who wait for a call.
Everything is counted in the engine that holds the log, since there may be hundreds of thousands of people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.events import midnight, one_if, visible
from quality.obligation_forms import CONTACTS
from quality.promises import side
from quality.shares import Share, share
from quality.vocabulary import PARTIES

#: Days within which everybody is to be touched.
DAYS = 60

#: Party -> the column that names its people.
_NAMED = {"candidate": "candidate", "client": "contact"}

#: People as (party, who).
Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """People who are in no mailing: those who want to be left alone, and those whom a call is owed."""

    alone: Collection[Person] = field(default_factory=tuple)
    waiting: Collection[Person] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Reached:
    """People of one party: ``touched`` of those who may be contacted, and how many are left alone.

    ``silent`` are the others, of whom a call is owed to ``waiting`` and no contact is on record with ``never``.
    """

    party: str
    touched: Share
    alone: int
    silent: int
    waiting: int
    never: int

    @property
    def listed(self) -> int:
        """How many are on the list for the mailing."""
        return self.silent - self.waiting


def reached(
    log: IntoFrame,
    *,
    as_of: date,
    kept: Kept,
    desks: Collection[str] | None = None,
    roster: pd.DataFrame | None = None,
) -> tuple[Reached, ...]:
    """How many candidates and client contacts were touched in the last 60 days, by anybody; one for each party.

    With ``desks``: of the people named in any row of these desks. A contact is any of ``CONTACTS`` with that person,
    automated ones too.
    """
    people = _marked(log, as_of, kept, desks, roster)
    sums = {name: nw.col(name).sum() for name in ("touched", "alone", "silent", "waiting", "never")}
    counts = people.group_by("party").agg(**sums).collect("pandas").to_native().set_index("party")
    whole = counts.reindex(list(PARTIES), fill_value=0).fillna(0).astype("int64")
    return tuple(_reached(str(party), row) for party, row in whole.iterrows())


def _reached(party: str, row: pd.Series) -> Reached:
    touched, silent = int(row["touched"]), int(row["silent"])
    return Reached(
        party, share(touched, touched + silent), int(row["alone"]), silent, int(row["waiting"]), int(row["never"])
    )


def silent_people(
    log: IntoFrame,
    *,
    as_of: date,
    kept: Kept,
    desks: Collection[str] | None = None,
    roster: pd.DataFrame | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """The list for the mailing: party, who, last_contact_at (NaT: none on record); those never touched first.

    Nobody who was touched in the last 60 days, who wants to be left alone, or to whom a call is owed. ``limit`` keeps
    the first so many.
    """
    people = _marked(log, as_of, kept, desks, roster)
    rows = people.filter((nw.col("silent") == 1) & (nw.col("waiting") == 0))
    ordered = rows.select("party", "who", last_contact_at=nw.col("last")).sort(
        "last_contact_at", "party", "who", nulls_last=False
    )
    kept_rows = ordered if limit is None else ordered.head(limit)
    return kept_rows.collect("pandas").to_native()


def _marked(
    log: IntoFrame, as_of: date, kept: Kept, desks: Collection[str] | None, roster: pd.DataFrame | None
) -> nw.LazyFrame:
    """Everybody once: party, who, last, and 1 or 0 for touched, alone, silent, waiting and never."""
    people = _people(visible(log, as_of, roster), desks)
    cutoff = midnight(as_of - timedelta(days=DAYS - 1))
    wants_quiet = nw.col("refused").fill_null(_LONG_AGO) > nw.col("agreed").fill_null(_LONG_AGO)
    alone = wants_quiet | _is_among(kept.alone)
    touched = nw.col("last").fill_null(_LONG_AGO) >= cutoff
    silent = ~alone & ~touched
    return people.with_columns(
        touched=one_if(~alone & touched),
        alone=one_if(alone),
        silent=one_if(silent),
        waiting=one_if(silent & _is_among(kept.waiting)),
        never=one_if(silent & nw.col("last").is_null()),
    )


_LONG_AGO = midnight(date(1900, 1, 1))


def _people(frame: nw.LazyFrame, desks: Collection[str] | None) -> nw.LazyFrame:
    """One row a person: the last contact and the last wish of either kind; only people of the desks, where given."""
    reaches = nw.col("activity").is_in(list(CONTACTS))
    marked = frame.with_columns(reached=side())
    parts = [_of_party(marked, party, reaches) for party in _NAMED]
    own = one_if(nw.col("desk").is_in(list(desks))) if desks is not None else nw.lit(1)
    whole = nw.concat(parts).with_columns(own=own).group_by("party", "who")
    found = whole.agg(*(nw.col(name).max() for name in ("last", "refused", "agreed", "own")))
    return found.filter(nw.col("own") == 1)


def _of_party(frame: nw.LazyFrame, party: str, reaches: nw.Expr) -> nw.LazyFrame:
    """Every row that names somebody of the party, with its moment where it reached or quotes that person."""
    named = frame.filter(~nw.col(_NAMED[party]).is_null())
    is_about = nw.col("reached") == party
    when = {
        "last": is_about & reaches,
        "refused": is_about & (nw.col("activity") == "do_not_contact"),
        "agreed": is_about & (nw.col("activity") == "contact_consent"),
    }
    moments = {name: nw.when(condition).then(nw.col("occurred_at")) for name, condition in when.items()}
    return named.select("desk", party=nw.lit(party), who=nw.col(_NAMED[party]), **moments)


def _is_among(people: Collection[Person]) -> nw.Expr:
    """Whether a person of a frame with party and who is one of these."""
    found = nw.lit(False)
    for party in _NAMED:
        names = sorted({who for of, who in people if of == party})
        if names:
            found = found | ((nw.col("party") == party) & nw.col("who").is_in(names))
    return found
