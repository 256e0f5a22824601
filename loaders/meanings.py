"""What a person can say a value means: one key for each answer, from and to what a layout gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from loaders.layout import Give, Rule
from loaders.words import value_key
from quality.vocabulary import ACTIVITIES, CHANNELS, PARTIES

#: A call that reached somebody; whose side it is on is asked once for the whole file.
CALL = "call"
#: No activity at all, or an entry nobody made: it is left out and counted.
IGNORE = "ignore"
#: A value no meaning was chosen for: its rows stay unmapped, in plain sight.
OPEN = ""
#: The outcome that makes a call an attempt.
NOBODY = "nobody"

#: The activities a call can become.
CALLS: tuple[str, ...] = ("recruiting_call", "marketing_call", "conversation")
#: Activities whose outcome a value of the activity column often tells by itself.
_WITH_OUTCOMES = ("send_out", "end", "rejected", "contract_closed")
_WITH_PARTIES = ("prep", "debrief", "complaint")
_CHANNEL_TITLES = {
    "call": "by phone",
    "email": "by e-mail",
    "text": "by text message",
    "meeting": "meeting",
    "video": "by video",
    "lunch": "lunch",
    "social": "on a social network",
    "onsite": "on site",
    "auto": "automatic message",
}


#: What stands first in the list to choose from, in sight without scrolling: what words are mostly asked about. Calls
#: come after it, since nearly all words for them are known; the rest follows.
_ASKED_MOST = ("interview", "presentation", "send_out", "fill", "contract")
_CALLS = ("recruiting_call", "marketing_call", "call_attempt")
_FIRST = (*_ASKED_MOST, *_CALLS)
_NEXT = (
    *("touch", "hit", "offer_extended", "offer_accepted", "offer_declined", "start", "note"),
    *("intake_call", "resume_received", "rejected", "prep", "debrief", "feedback", "status_update"),
    *("conversation", "referral", "send_out", "extension", "end", "contract_closed"),
)


def _meanings() -> Iterable[tuple[str, str]]:
    yield OPEN, "Left open"
    yield from ((name, ACTIVITIES[name].title) for name in _ASKED_MOST)
    yield IGNORE, "Leave out: not an activity"
    yield CALL, "Call that reached somebody"
    yield from ((name, ACTIVITIES[name].title) for name in _CALLS)
    for name in dict.fromkeys((*_NEXT, *ACTIVITIES)):
        if name not in _FIRST:
            yield name, ACTIVITIES[name].title
        yield from _details(name)


def _details(name: str) -> Iterable[tuple[str, str]]:
    """An activity with the channel, the side or the outcome a value tells as well."""
    word = ACTIVITIES[name]
    if name == "touch":
        yield from ((f"touch:{channel}", f"Touch: {_CHANNEL_TITLES[channel]}") for channel in CHANNELS)
    if name in _WITH_PARTIES:
        yield from ((f"{name}:{party}", f"{word.title}: {party}") for party in PARTIES)
    if name in _WITH_OUTCOMES:
        yield from ((f"{name}:{one}", f"{word.title}: {one.replace('_', ' ')}") for one in word.outcomes)


#: Key -> label. The keys: ``call``; every activity; ``activity:detail`` where the value also tells the channel, the
#: side or the outcome; ``ignore``; and "" for a value left open, whose rows stay unmapped.
MEANINGS: Mapping[str, str] = MappingProxyType(dict(_meanings()))

#: The outcomes that change what is counted stand first in the list to choose from, in sight without scrolling.
_COUNTING = ("interested", "no_show", "cancelled", "rescheduled", "never_started")

#: Key -> label for words of an outcome column: ``nobody`` (a call that reached nobody), our outcomes, and "" to keep
#: the word as it is written.
OUTCOME_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        OPEN: "Keep as written",
        NOBODY: "Nobody was reached",
        **{
            name: name.replace("_", " ").capitalize()
            for name in (*_COUNTING, *(name for word in ACTIVITIES.values() for name in word.outcomes))
        },
    }
)


def give_of(meaning: str) -> dict[str, Any]:
    """What a layout gives for a meaning that is an activity: ``end:quit`` -> activity ``end``, outcome ``quit``."""
    activity, _, detail = meaning.partition(":")
    if not detail:
        return {"activity": activity}
    if detail in PARTIES:
        return {"activity": activity, "party": detail}
    return {"activity": activity, "outcome" if detail in ACTIVITIES[activity].outcomes else "channel": detail}


def meaning_of(give: Give) -> str:
    """The meaning that comes nearest to what a layout gives."""
    keys = (f"{give.activity}:{detail}" for detail in (give.outcome, give.channel, give.party) if detail)
    return next((key for key in keys if key in MEANINGS), give.activity)


def meaning_by_rules(value: str, rules: Sequence[Rule]) -> str:
    """What rules make of a value of the activity column, "" where they do not know it or only look at other columns.

    Where conditions decide between the kinds of call the answer is ``call``; where they decide between sides of one
    activity it is the activity.
    """
    key = value_key(value)
    gives = [rule.give[0] for rule in rules_for(key, rules)]
    if not gives:
        return OPEN
    names = list(dict.fromkeys(give.activity for give in gives))
    if key == value_key(names[0]):
        return names[0]
    calls = [name for name in names if name in CALLS]
    if calls:
        return calls[0] if len(calls) == 1 and calls[0] != "conversation" else CALL
    meanings = {meaning_of(give) for give in gives}
    return meanings.pop() if len(meanings) == 1 else names[-1]


def rules_for(key: str, rules: Sequence[Rule]) -> Iterable[Rule]:
    """The rules a value (as ``value_key`` writes it) can meet: those before the first without conditions, and that."""
    for rule in rules:
        if key in rule.words:
            yield rule
            if not rule.when:
                return


def about_client(meaning: str) -> bool:
    """Whether rows of a meaning are about somebody at the client."""
    activity, _, detail = meaning.partition(":")
    return detail == "client" or (activity in ACTIVITIES and ACTIVITIES[activity].party == "client")
