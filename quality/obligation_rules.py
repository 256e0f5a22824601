"""The rules of follow-up as data: what a firm owes after what, to whom, by when, and where the rule comes from.

Every rule has one form, so that the engine (`quality.obligations`) knows no rule by name and a page can edit each.
S1 to S5 are the sources of the rules: S1 follow up, touch and quality control in contract staffing; S2 closing the
loop and the Friday calls; S3 following up with hiring managers; S4 candidates who declined; S5 contractor care.
"""

from __future__ import annotations

from dataclasses import dataclass
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
TICKET = (("ref",),)

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


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes something owed: an activity (or CONTACT, or ANY), only with or never with some outcomes.

    ``told``: only rows that have an outcome, or only those that have none.
    """

    activity: str
    outcomes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    told: bool | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What fulfils a rule: activities (CONTACT: all that reach the person), of one party, on one of these channels.

    ``reason`` "given": the row must say why (outcome or notes); "either": it or the trigger must. ``care``: done by
    contractor care. ``itself``: the trigger may hold the answer already.
    """

    activities: tuple[str, ...] = (CONTACT,)
    party: Party | None = None
    channels: tuple[str, ...] = ()
    reason: Literal["given", "either"] | None = None
    care: bool = False
    itself: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: who is owed what after what, and until when; ``owed`` says what in a few words.

    ``number`` of ``unit`` is the time there is. ``opens``: a contact counts from so many days before a due date of the
    units before_event and before_end, else from so many days after the trigger (None: from the trigger on).
    ``living``: the state in which the rule holds; its end waives what is not due yet. ``closed_by``: activities that
    do the same. ``matched_on``: ways to tell whose it is. ``credited``: the column that says who owes it.
    ``in_time_only``: nothing fulfils it after the due date. ``waived_if``: outcomes of the trigger that call it off.
    ``consent``: only for people who agreed to be contacted.
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
    living: While | None = None
    closed_by: tuple[str, ...] = ("do_not_contact",)
    credited: Literal["desk", "assignee"] = "desk"
    in_time_only: bool = False
    waived_if: tuple[str, ...] = ()
    consent: bool = False
    on: bool = True

    @property
    def title(self) -> str:
        """The name as people read it."""
        return TITLES.get(self.name, self.name.replace("_", " ").capitalize())


TITLES = MappingProxyType({"touch_120": "Touch to day 120", "do_what_you_said": "Do what you said"})

WITH_CANDIDATE, WITH_CLIENT = Means(party="candidate"), Means(party="client")
#: Outcomes of a client interview that did not take place.
NOT_HELD = ("cancelled", "no_show", "rescheduled")


def _after(*activities: str) -> tuple[Trigger, ...]:
    return tuple(Trigger(activity) for activity in activities)


RULES: tuple[Rule, ...] = (
    Rule(
        "acknowledge_resume",
        "Whoever sends a résumé hears from us within 2 business days.",
        "a word that it arrived",
        "candidate",
        _after("resume_received"),
        WITH_CANDIDATE,
        2,
        "business_days",
        "S1",
    ),
    Rule(
        "weekly_promise",
        "An active candidate hears from us every 7 days.",
        "the next contact",
        "candidate",
        _after(CONTACT),
        WITH_CANDIDATE,
        7,
        "days",
        "S1, S2",
        living="active_candidate",
    ),
    Rule(
        "validate_interview",
        "Within 2 business days of our interview we call the candidate again.",
        "a call to hear whether the interest holds",
        "candidate",
        _after("interview"),
        WITH_CANDIDATE,
        2,
        "business_days",
        "S1",
    ),
)

BY_NAME: MappingProxyType[str, Rule] = MappingProxyType({rule.name: rule for rule in RULES})
