"""How much of a column is what a field holds, told from its header and its words alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from loaders.meanings import NOBODY, OPEN
from loaders.suggest import looks_like_people, suggest_ending, suggest_outcome, suggest_value
from loaders.tallies import Tally
from loaders.words import value_key

#: So many values are enough to see what a column is like.
LOOKED_AT = 40
#: A column of activities repeats itself: it has no more different values than this.
FEW_VALUES = 200
#: From this share of rows with a known meaning on a column is taken for that of the activities.
KNOWN_SHARE = 0.3
#: Few firms have more desks than this in one hand-kept file, and hardly any so many people at all.
_DESKS, _STAFF = 6, 25
_WORK = re.compile(r"\b(did|done|doing|type|kind|action|activity|event|happened)\b")
_ENDED = re.compile(
    r"\b(outcome|result|response|reaction|upshot|how (it|that|this) (ended|turned out|went)|came of (it|that|this)"
    r"|happened (after\w*|next|then))\b"
)
_DOER = re.compile(
    r".* (by|von|par|por)|who (called|did|entered|logged|made|owns|rang|recorded|typed|worked|wrote)\b.*"
)
_ABOUT = re.compile(
    r"(person|people|persona|personne|name|names|nombre|nom|who|whom|with( whom)?)( name)?"
    r"|.*\b(spoke|spoken|talked) (to|with)"
)


def known_share(_label: str, tally: Tally) -> float:
    """The share of rows whose word is known as an activity."""
    return _share_of(tally, lambda value: bool(suggest_value(value, OPEN, None, False).why))


def headed_share(label: str, tally: Tally) -> float:
    """1 where a column of few words has a header that asks what was done."""
    key = value_key(label)
    asks = (_WORK.search(key) or "what" in key.split()) and not names_doer(label)
    return _share_of(tally, lambda value: any(map(str.isalpha, value))) if asks else 0.0


def outcome_share(label: str, tally: Tally) -> float:
    """The share of rows whose word is known as an outcome, where none is known as an activity alone.

    Where the header asks how it ended, one known word is enough.
    """
    key = value_key(label)
    if _WORK.search(key) and not _ENDED.search(key):
        return 0.0
    outcomes = {value: bool(suggest_outcome(value, None, False, None).why) for value, _ in tally.commonest(FEW_VALUES)}
    alone = (value for value, known in outcomes.items() if not known)
    if any(suggest_value(value, OPEN, None, False).why for value in alone):
        return 0.0
    share = _share_of(tally, lambda value: outcomes[value])
    return max(share, KNOWN_SHARE) if share and _ENDED.search(key) else share


def ended_share(label: str, tally: Tally) -> float:
    """The share of rows whose word tells how something ended, where another column tells what was done.

    No word may name an activity, but for calls and attempts, which tell how a call ended. One word for nobody reached
    is enough.
    """
    if tally.distinct >= tally.filled and not _ENDED.search(value_key(label)):
        return 0.0
    words = [value for value, _ in tally.commonest(FEW_VALUES)]
    endings = {value: suggest_ending(value, None, False, None).meaning for value in words}
    others = (value for value in words if not endings[value])
    if any(suggest_value(value, OPEN, None, False).why for value in others):
        return 0.0
    share = _share_of(tally, lambda value: bool(endings[value]))
    return max(share, KNOWN_SHARE) if share and NOBODY in endings.values() else 0.0


def person_share(label: str, tally: Tally) -> float:
    """1 where a header asks for somebody and the cells are names of people, of one word where there are several."""
    asks = _ABOUT.fullmatch(value_key(label)) and not names_doer(label)
    values = tally.samples(LOOKED_AT)
    return float(bool(asks) and (looks_like_people(values) or (len(values) > _DESKS and looks_like_people(values, 1))))


def many_people_share(label: str, tally: Tally) -> float:
    """The share of different values where a column holds names of so many people that they are not all of the firm."""
    many = tally.distinct > _STAFF or (tally.distinct > _DESKS and 2 * tally.distinct > tally.filled)
    named = many and not names_doer(label) and looks_like_people(tally.samples(LOOKED_AT))
    return max(KNOWN_SHARE, tally.distinct / tally.filled) if named else 0.0


def names_doer(label: str) -> bool:
    """Whether a header names who did it: *typed in by*, *who logged it*."""
    return bool(_DOER.fullmatch(value_key(label)))


def _share_of(tally: Tally, is_known: Callable[[str], bool]) -> float:
    if tally.many or not tally.filled or tally.distinct > FEW_VALUES:
        return 0.0
    return sum(rows for value, rows in tally.commonest(FEW_VALUES) if is_known(value)) / tally.filled
