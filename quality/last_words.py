"""What is known of the people on a call sheet: what was said last, what they care about, what is booked next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, Literal

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.at_hand import handed_over, kept
from quality.call_sheet import Person
from quality.events import IN_ORDER, midnight, visible
from quality.promises import has_text, is_contact, side
from quality.vocabulary import ACTIVITIES
from quality.wishes import People, names_one, told

#: How far ahead something booked is looked for.
BOOKED = timedelta(days=400)

_ASKED = (
    "activity_id", "occurred_at", "desk", "activity", "party", "candidate", "client", "contact", "job", "outcome",
    "channel", "notes",
)  # fmt: skip
_TOLD = ("said", "party", "who", "occurred_at", "activity", "outcome", "notes", "desk", "client", "job")


@dataclass(frozen=True, slots=True)
class Said:
    """A row of the log about a person: when, which activity, by whom, its text, and where it is about."""

    at: pd.Timestamp
    activity: str
    desk: str
    text: str
    place: str

    @property
    def title(self) -> str:
        """The activity as people read it."""
        return ACTIVITIES[self.activity].title


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person: the last note, the last answer to each question (question, answer), the next date."""

    last: Said | None = None
    cares: tuple[tuple[str, str], ...] = ()
    ahead: Said | None = None


def known(
    log: IntoFrame,
    people: Collection[Person],
    as_of: date,
    roster: pd.DataFrame | None = None,
    alone: People = frozenset(),
) -> dict[Person, Known]:
    """What the log knows of these people at the end of a day; who is not in it is not in the answer.

    A note is that of a contact with the person, or a row *note*; the desk does not matter, and answers stand apart.
    Booked is what lies after the day. Only rows of these people are asked for, and only those that are told come back.
    Of those in ``alone``, who want to be left alone, nothing is told to others: no row of a contact about such a
    candidate, and no note that names one of them.
    """
    if not people:
        return {}
    quiet = sorted(who for party, who in alone if party == "candidate")
    others = (nw.col("person_party") == "client") & nw.col("candidate").is_in(quiet)
    # Thousands may want to be left alone: they are looked for among the rows at hand, not in the whole log.
    frame = kept(_of(visible(log, as_of + BOOKED, roster), people)).filter(~others.fill_null(False))
    until = midnight(as_of + timedelta(days=1))
    past, later = frame.filter(nw.col("occurred_at") < until), frame.filter(nw.col("occurred_at") >= until)
    about = past.filter((side() == nw.col("person_party")) & has_text("notes") & ~names_one("notes", alone))
    is_answer = nw.col("activity") == "discovery"
    parts = [
        _one(about.filter(~is_answer & (is_contact() | (nw.col("activity") == "note"))), "last"),
        _one(about.filter(is_answer & has_text("outcome")), "cares", "outcome"),
        _one(later, "ahead", keep="first"),
    ]
    rows = handed_over(nw.concat(parts)).sort_values(["occurred_at", "outcome"])
    rows["notes"] = told(rows["notes"], alone)
    return _by_person(rows.astype(object).where(rows.notna(), None).to_dict("records"))


def _of(frame: nw.LazyFrame, people: Collection[Person]) -> nw.LazyFrame:
    """The rows that name one of these people, with ``person_party`` and ``who``; a row may name one of either side.

    They are looked for in the log once, for both sides, and told apart among those found.
    """
    names = {"candidate": nw.col("candidate"), "client": nw.coalesce("contact", "client")}
    wanted = {party: sorted(who for of, who in people if of == party) for party in names}
    is_one = {party: names[party].is_in(asked).fill_null(False) for party, asked in wanted.items() if asked}
    found = kept(frame.filter(reduce(or_, is_one.values())).select(*_ASKED))
    return nw.concat(
        [found.filter(one).with_columns(person_party=nw.lit(of), who=names[of]) for of, one in is_one.items()]
    )


def _one(rows: nw.LazyFrame, said: str, *more: str, keep: Literal["first", "last"] = "last") -> nw.LazyFrame:
    """One row for each person, and for each value of more columns: the last one or the first."""
    picked = rows.unique(subset=["person_party", "who", *more], keep=keep, order_by=list(IN_ORDER))
    return picked.with_columns(said=nw.lit(said), party=nw.col("person_party")).select(*_TOLD)


def _by_person(rows: Iterable[Mapping[Any, Any]]) -> dict[Person, Known]:
    found: dict[Person, Known] = defaultdict(Known)
    for row in rows:
        person = row["party"], row["who"]
        found[person] = _with(found[person], row)
    return dict(found)


def _with(one: Known, row: Mapping[Any, Any]) -> Known:
    if row["said"] == "cares":
        return replace(one, cares=(*one.cares, (row["outcome"], row["notes"])))
    place = ", ".join(name for name in (row["job"], row["client"]) if name)
    said = Said(row["occurred_at"], row["activity"], row["desk"], row["notes"] or "", place)
    return replace(one, last=said) if row["said"] == "last" else replace(one, ahead=said)
