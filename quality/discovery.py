"""Whom a desk should know, and which of the answers worth knowing are on record of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import narwhals as nw

from quality.active import active
from quality.at_hand import kept
from quality.contact_measures import ALL, QUESTIONS, SPOKEN, Question
from quality.events import midnight, one_if, within
from quality.open_orders import open_orders
from quality.promises import distinct, prepared

_ASKED = tuple(name for names in QUESTIONS.values() for name in names)
_OF = ("party", "who", "client", "desk")


@dataclass(frozen=True)
class ToKnow:
    """The people each desk should know (party, who, desk, client, active), and the ``answers`` on record of anybody."""

    people: nw.LazyFrame
    answers: nw.LazyFrame


def to_know(frame: nw.LazyFrame, asked: Question) -> ToKnow:
    """Whom the desks should know, looked up once and held by the engine."""
    rows = prepared(frame)
    known = nw.concat([_spoken_with(rows, asked), _candidates(rows, asked), _clients(rows, asked)])
    named = known.filter(~nw.col("who").is_null())
    mine = named if asked.desks is None else named.filter(nw.col("desk").is_in(list(asked.desks)))
    return ToKnow(kept(_once(mine, "party", "who", "desk")), kept(_answers(rows)))


def people(known: ToKnow, asked: Question, *, whole: bool) -> nw.LazyFrame:
    """The people to know, one row each and desk, or one row each where the ``whole`` is asked for.

    Columns: party, who (the candidate, or the contact else the client), client, desk, ``active`` and one for each
    question and for all of a side: 1 where it is on record, else 0.
    """
    once = _once(known.people, "party", "who") if whole else known.people
    wanted = once.filter(nw.col("active") == 1) if asked.active_only else once
    return _with_answers(wanted, known.answers)


def _once(rows: nw.LazyFrame, *by: str) -> nw.LazyFrame:
    return rows.group_by(*by).agg(nw.col("client").max(), nw.col("active").max())


def _who() -> nw.Expr:
    is_candidate = nw.col("party") == "candidate"
    return nw.when(is_candidate).then(nw.col("candidate")).otherwise(nw.coalesce("contact", "client"))


def _spoken_with(rows: nw.LazyFrame, asked: Question) -> nw.LazyFrame:
    spoken = rows.filter(nw.col("activity").is_in(SPOKEN) & within("day", asked.start, asked.end))
    return spoken.with_columns(who=_who()).select(*_OF, active=nw.lit(0))


def _candidates(rows: nw.LazyFrame, asked: Question) -> nw.LazyFrame:
    """Those in a process that still runs at the end of ``as_of``."""
    now = midnight(asked.as_of + timedelta(days=1))
    held = active(rows, asked.as_of).filter((nw.col("active_until") > now) & (nw.col("ends") > now))
    return held.with_columns(party=nw.lit("candidate"), who=nw.col("candidate")).select(*_OF, active=nw.lit(1))


def _clients(rows: nw.LazyFrame, asked: Question) -> nw.LazyFrame:
    """Those with an order that is open at the end of ``as_of`` and on whose job anything happened in the period."""
    now = midnight(asked.as_of + timedelta(days=1))
    alive = distinct(rows.filter(within("day", asked.start, asked.end)), "job")
    orders = open_orders(rows).filter(nw.col("closed_at") > now).drop("job").rename({"named": "job"})
    held = orders.join(alive, on="job", how="semi")
    return held.with_columns(party=nw.lit("client"), who=nw.coalesce("contact", "client")).select(
        *_OF, active=nw.lit(1)
    )


def _answers(rows: nw.LazyFrame) -> nw.LazyFrame:
    """The questions answered by each person, at any time up to the day that is asked for."""
    told = rows.filter(nw.col("activity") == "discovery").with_columns(who=_who())
    marks = {name: one_if(nw.col("outcome").fill_null("") == name) for name in _ASKED}
    return (
        told.filter(~nw.col("who").is_null()).with_columns(**marks).group_by("party", "who").agg(nw.col(*_ASKED).max())
    )


def _with_answers(known: nw.LazyFrame, answers: nw.LazyFrame) -> nw.LazyFrame:
    """People with what they said, or, of clients, what was noted of their company without naming anybody there."""
    own = known.join(answers, on=["party", "who"], how="left")
    theirs = {name: f"{name}_of_client" for name in _ASKED}
    company = answers.filter(nw.col("party") == "client").rename({"who": "client", **theirs}).drop("party")
    both = own.join(company, on="client", how="left")
    is_client = nw.col("party") == "client"
    said = {
        name: nw.max_horizontal(
            nw.col(name).fill_null(0), nw.when(is_client).then(nw.col(theirs[name]).fill_null(0)).otherwise(nw.lit(0))
        )
        for name in _ASKED
    }
    told = both.with_columns(**said)
    whole = {ALL[side]: nw.min_horizontal(*QUESTIONS[side]) for side in QUESTIONS}
    return told.with_columns(**whole).drop(*theirs.values())
