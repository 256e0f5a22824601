"""Which columns name people, told from what they hold: whose work a row is, and with whom."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow.compute as pc

from loaders.columns import OF_THE_FIRM
from loaders.layout import synonym_layout
from loaders.meanings import OPEN, about_client
from loaders.shares import (
    FEW_VALUES,
    KNOWN_SHARE,
    LOOKED_AT,
    many_people_share,
    names_doer,
    person_share,
)
from loaders.sketch import Sketch
from loaders.spelled import doubt, means_other, names_firm
from loaders.suggest import looks_like_people, names_typist, suggest_value
from loaders.tallies import Tally
from loaders.words import value_key

#: A name that stands in so many rows on average is one of the firm's own people.
OFTEN = 10


def best_by_content(
    drawn: Sketch, name: str, share_of: Callable[[str, Tally], float], but: int | None = None
) -> Sketch:
    """The column most of whose rows hold what the field holds, ``but`` for one."""
    free = [p for p in drawn.free() if p != but]
    scored = [(share, drawn.labels[p], p) for p in free if (share := share_of(drawn.labels[p], drawn.tally(p)))]
    best = max(scored, default=None)
    return drawn.adding({name: (best[2],)}, "content") if best and best[0] >= KNOWN_SHARE else drawn


def person_by_content(drawn: Sketch) -> Sketch:
    """A column headed *Person*, or one that names very many people: candidates, or both sides where rows mix them."""
    if {"candidate", "person"} & drawn.fields.keys():
        return drawn
    drawn = _past_the_typist(drawn)
    doer = _doer(drawn)
    for share_of in (person_share, _of_many):
        as_candidate = best_by_content(drawn, "candidate", share_of, doer)
        if _sides_mix(as_candidate):
            return best_by_content(drawn, "person", share_of, doer)
        if "candidate" in as_candidate.fields:
            return as_candidate
    return drawn


def _of_many(label: str, tally: Tally) -> float:
    return 0.0 if means_other(label) else many_people_share(label, tally)


def _sides_mix(drawn: Sketch) -> bool:
    """Whether rows that are about the client name somebody in the column of the candidates."""
    activity = drawn.tally_of("activity")
    if "candidate" not in drawn.fields or activity is None or activity.many:
        return False
    if "party" in drawn.fields:
        return True
    named = activity.column.filter(pc.is_valid(drawn.text(drawn.fields["candidate"])).combine_chunks())
    meanings = (suggest_value(value, OPEN, None, False).meaning for value in Tally(named).samples(FEW_VALUES))
    return any(about_client(meaning) for meaning in meanings)


def people_by_content(drawn: Sketch) -> Sketch:
    """The column of names that repeats itself most is whose work it is."""
    drawn = _past_the_typist(drawn)
    likeliest = _repeats_most(drawn)
    return drawn if likeliest is None else drawn.adding({"desk": (likeliest,)}, "content")


def _repeats_most(drawn: Sketch) -> int | None:
    """The column of names that repeats itself most, where no column says whose work it is."""
    people = [p for p in drawn.free() if _names_few_people(drawn, p)]
    if "desk" in drawn.fields or not people:
        return None
    return min(people, key=lambda p: (doubt(drawn.labels[p]), drawn.tally(p).distinct, drawn.labels[p]))


def _doer(drawn: Sketch) -> int | None:
    """A column of very few names (*Who*: four in a hundred rows): those who did it, not those it was done with."""
    likeliest = _repeats_most(drawn)
    return likeliest if likeliest is not None and _names_own_people(drawn, likeliest) else None


def _past_the_typist(drawn: Sketch) -> Sketch:
    """Who only wrote the rows down gives way to a column headed like the people whose work they are."""
    held = drawn.fields.get("desk", ())
    if drawn.known or not held or not all(names_typist(drawn.labels[p]) for p in held):
        return drawn
    free = [p for p in drawn.free() if not names_typist(drawn.labels[p])]
    others = [p for p in free if names_firm(drawn.labels[p])] or [p for p in free if _names_own_people(drawn, p)]
    return drawn.adding({"desk": (others[0],)}, "similar") if others else drawn


def _names_own_people(drawn: Sketch, position: int) -> bool:
    """Whether a column holds so few names so often that they are the firm's own."""
    tally = drawn.tally(position)
    return _names_few_people(drawn, position) and tally.distinct * OFTEN <= tally.filled


def _names_few_people(drawn: Sketch, position: int) -> bool:
    """Whether a column holds people in most rows, each several times: by their names, or as its header says."""
    tally, label = drawn.tally(position), drawn.labels[position]
    few = not tally.many and 2 * tally.distinct <= tally.filled and 2 * tally.filled >= len(tally.column)
    named = names_doer(label) or looks_like_people(tally.samples(LOOKED_AT))
    return few and not means_other(label) and named


def could_be_credited(drawn: Sketch, position: int) -> bool:
    """Whether a column could say whose work a row is: by its header, or by holding names of few people."""
    label = drawn.labels[position]
    key = value_key(label)
    spelled = {value_key(s[0]) for s in synonym_layout().columns["desk"] if len(s) == 1} | set(OF_THE_FIRM)
    if key in spelled:
        return True
    free = position in drawn.free() or position in drawn.fields.get("desk", ())
    return free and (names_firm(label) or _names_few_people(drawn, position))
