"""The form of every rule of follow-up: what is owed after what, to whom, by when, while what lasts.

One form for all, so that the engine (`quality.obligations`) knows no rule by name and a page can edit each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from quality.vocabulary import Party

Unit = Literal["hours", "days", "business_days", "friday", "before_event", "before_end", "by_due_on"]
While = Literal[
    "active_candidate", "open_order", "accepted", "first_120_days", "rest_of_contract", "running_assignment"
]

#: Ways to tell whose obligation a contact fulfils, the surest first: a later one holds only where the contact or what
#: triggered it lacks a column of the first.
CANDIDATE = (("candidate",),)
PROCESS = (("candidate", "job"), ("candidate",))
CLIENT = (("contact",), ("client",))
TICKET = (("ref", "candidate"), ("ref",))

#: Activities that reach a person -> whom they reach; None: the party of the row says it. What goes out by the channel
#: *auto* reaches nobody.
CONTACTS: MappingProxyType[str, Party | None] = MappingProxyType(
    {
        "recruiting_call": "candidate",
        "marketing_call": "client",
        "conversation": None,
        "interview": "candidate",
        "presentation": "client",
        "intake_call": "client",
        "prep": None,
        "debrief": None,
        "status_update": None,
        "feedback": "candidate",
        "touch": None,
        "discovery": None,
    }
)

#: Stands for every activity that reaches a person, and for every activity there is.
CONTACT, ANY = "contact", "any"


#: Outcomes of a client interview that did not take place.
NOT_HELD = ("cancelled", "no_show", "rescheduled")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes something owed: an activity (or CONTACT, or ANY), only with or never with some outcomes.

    ``told``: only rows that have an outcome, or only those that have none. ``channels``: only by these.
    """

    activity: str
    outcomes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    told: bool | None = None
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Means:
    """What fulfils a rule: activities (CONTACT: all that reach the person), of one party, on one of these channels.

    ``reason`` "given": the row must say why (outcome or notes); "either": it or the trigger must. ``care``: done by
    contractor care. ``not_of_support``: neither who hands over nor who takes over works for support, and it names no
    ticket. ``itself``: the trigger may hold the answer already.
    """

    activities: tuple[str, ...] = (CONTACT,)
    party: Party | None = None
    channels: tuple[str, ...] = ()
    reason: Literal["given", "either"] | None = None
    care: bool = False
    not_of_support: bool = False
    itself: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: who is owed what after what, and until when; ``owed`` says what in a few words.

    ``number`` of ``unit`` is the time there is. ``opens``: a contact counts from so many days before a due date of the
    units before_event and before_end, else from so many days after the trigger (None: from the trigger on). ``ahead``:
    one made so many days before the trigger counts too, unless an assignment of that candidate and job ended since.
    ``living``: the state in which the rule holds; its end waives what is not due yet. ``matched_on``: ways to tell
    whose it is. ``credited``: the column that says who owes it. ``in_time_only``: nothing fulfils it after the due
    date. ``waived_if``: outcomes of the trigger that call it off. ``consent``: only for people who agreed to be
    contacted.

    A rule that was changed is several of one name, each for its time: ``since`` is the first day on which a trigger
    counts (for *friday*: the Friday), ``until`` the first on which it no longer does. ``due_since``: only what falls
    due on that day or later. ``ended``: off from ``until`` on, and what is not done by then is no longer owed.
    """

    name: str
    sentence: str
    owed: str
    party: Party | None
    triggers: tuple[Trigger, ...]
    fulfilled_by: Means
    number: int
    unit: Unit
    source: str
    matched_on: tuple[tuple[str, ...], ...] = CANDIDATE
    opens: int | None = None
    ahead: int = 0
    living: While | None = None
    credited: Literal["desk", "assignee"] = "desk"
    in_time_only: bool = False
    waived_if: tuple[str, ...] = ()
    consent: bool = False
    on: bool = True
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    ended: bool = False

    @property
    def title(self) -> str:
        """The name as people read it."""
        return TITLES.get(self.name, self.name.replace("_", " ").capitalize())


TITLES = MappingProxyType(
    {
        "touch_120": "Touch to day 120",
        "touch_contract": "Touch to the end of the contract",
        "close_loop": "Close the loop",
        "onsite_thanks": "On-site thanks",
        "acknowledge_resume": "Acknowledge résumé",
        "handoff_to_care": "Hand-off to care",
    }
)
