"""The database touch (S1): everybody the firm knows hears from it every two months; automated contacts count.

A list for a mailing and a coverage figure, never rows of what is owed: it would drown the people who wait for a call.
Everything is counted in the engine that holds the log, since there may be hundreds of thousands of people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

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


#: What became of a person: in no mailing by their own wish, touched lately, waiting for a call that is owed, and the
#: people to send a message to.
GROUPS = ("mailing", "touched", "waiting", "alone")


@dataclass(frozen=True, slots=True)
class Reached:
    """People of one party: ``touched`` of those who may be contacted, how many are in each of GROUPS.

    ``never``: of those in a mailing, the ones with whom no contact is on record.
    """

    party: str
    touched: Share
    groups: Mapping[str, int]
    never: int

    @property
    def silent(self) -> int:
        """How many may be contacted and were not in these days."""
        return self.groups["mailing"] + self.groups["waiting"]


@dataclass(frozen=True, slots=True)
class Known:
    """Whom is asked about: the people on record at the end of ``as_of``, or only those that some desks ever named."""

    as_of: date
    kept: Kept
    desks: Collection[str] | None = None
    roster: pd.DataFrame | None = None


def reached(log: IntoFrame, known: Known) -> tuple[Reached, ...]:
    """How many candidates and client contacts were touched in the last 60 days, by anybody; one for each party.

    A contact is any of ``CONTACTS`` with that person, automated ones too.
    """
    people = _grouped(log, known).with_columns(never=one_if(nw.col("last").is_null()))
    counts = people.group_by("party", "group").agg(people=nw.len(), never=nw.col("never").sum())
    found = {(row["party"], row["group"]): row for row in counts.collect("pandas").to_native().to_dict("records")}
    return tuple(_reached(party, {group: found.get((party, group)) for group in GROUPS}) for party in PARTIES)


def _reached(party: str, rows: Mapping[str, Any]) -> Reached:
    groups = {group: int(row["people"]) if row else 0 for group, row in rows.items()}
    may = sum(groups.values()) - groups["alone"]
    never = int(rows["mailing"]["never"]) if rows["mailing"] else 0
    return Reached(party, share(groups["touched"], may), groups, never)


def people(log: IntoFrame, known: Known, group: str = "mailing", limit: int | None = None) -> pd.DataFrame:
    """The people of one of GROUPS: party, who, last_contact_at (NaT: none on record); those silent the longest first.

    ``limit`` keeps the first so many.
    """
    rows = _grouped(log, known).filter(nw.col("group") == group)
    order = ("last_contact_at", "party", "who")
    ordered = rows.select("party", "who", last_contact_at=nw.col("last")).sort(*order, nulls_last=False)
    held = ordered if limit is None else ordered.head(limit)
    return held.collect("pandas").to_native()


def _grouped(log: IntoFrame, known: Known) -> nw.LazyFrame:
    """Everybody once: party, who, last, and the group of GROUPS."""
    cutoff = midnight(known.as_of - timedelta(days=DAYS - 1))
    wants_quiet = nw.col("refused").fill_null(_LONG_AGO) > nw.col("agreed").fill_null(_LONG_AGO)
    ways = {
        "alone": wants_quiet | _is_among(known.kept.alone),
        "touched": nw.col("last").fill_null(_LONG_AGO) >= cutoff,
        "waiting": _is_among(known.kept.waiting),
    }
    group: nw.Expr = nw.lit("mailing")
    for name, condition in reversed(ways.items()):
        group = nw.when(condition).then(nw.lit(name)).otherwise(group)
    return _people(visible(log, known.as_of, known.roster), known.desks).with_columns(group=group)


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
