"""What the firm changed in the rules of follow-up, and the versions of each rule that follow from it.

Changes are kept as a list under the settings key ``KEY``; nothing is overwritten. A change holds for what is triggered
from its day on, so that nobody is judged by a rule that was made later. A rule switched off owes nothing from that day
on and keeps its history; one switched on owes what falls due from that day on, whenever that was triggered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from quality.obligation_forms import CONTACT, CONTACTS, Rule
from quality.obligation_rules import BY_NAME, RULES

KEY = "follow_up_rules"

#: The days a rule may give, at least and at most.
LEAST, MOST = 1, 730
#: What is no contact and yet may be taken for one.
WIDER = ("call_attempt", "hit", "survey", "note")
#: Units of a number that can be changed; the others name a moment.
_COUNTED = ("hours", "days", "business_days", "before_end")
#: Units whose ``opens`` counts back from the due date and so stays as it is.
_BACKWARDS = ("before_event", "before_end")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How a rule is from a day on: on or off, its days (None: as shipped), what fulfils it (None: as shipped).

    ``saved_at`` and ``undone_at`` are ISO texts; a change that was undone counts no longer. ``by`` made it and
    ``undone_by`` undid it, empty where nobody was asked.
    """

    rule: str
    since: date
    on: bool = True
    number: int | None = None
    activities: tuple[str, ...] | None = None
    saved_at: str = ""
    undone_at: str = ""
    by: str = ""
    undone_by: str = ""

    def stored(self) -> dict[str, Any]:
        """The change as the settings hold it."""
        return {
            "rule": self.rule,
            "from": self.since.isoformat(),
            "on": self.on,
            "number": self.number,
            "activities": None if self.activities is None else list(self.activities),
            "saved_at": self.saved_at,
            "undone_at": self.undone_at,
            "by": self.by,
            "undone_by": self.undone_by,
        }


def rules_in_force(settings: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Every rule in its versions, in the order of `RULES` and of time: what `quality.obligations` wants.

    What is stored and cannot be is left out; `faults` says what.
    """
    held = [change for change in changes(settings) if not change.undone_at]
    return tuple(version for rule in RULES for version in _versions(rule, held))


def rule_on(settings: Mapping[str, Any], name: str, day: date) -> Rule:
    """A rule as it is on a day, on or off. Raises KeyError for an unknown name."""
    held = [change for change in changes(settings) if not change.undone_at and change.since <= day]
    return _versions(BY_NAME[name], held)[-1]


def changes(settings: Mapping[str, Any]) -> tuple[RuleChange, ...]:
    """What was changed, in the order it was saved, undone changes too; without what cannot be."""
    return tuple(change for change, fault in _read(settings) if change and not fault)


def faults(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """What is stored as a change and is ignored, in words that name it."""
    return tuple(fault for _, fault in _read(settings) if fault)


def fault_of(change: RuleChange) -> str:
    """Why a change cannot be, in a sentence; empty where it can."""
    if change.rule not in BY_NAME:
        return f"There is no rule {change.rule}."
    rule = BY_NAME[change.rule]
    if change.number is not None and not has_days(rule):
        return f"{rule.title} names a moment and no number of days."
    if change.number is not None and not LEAST <= change.number <= MOST:
        return f"{change.number} {unit_of(rule)} cannot be: {rule.title} takes {LEAST} to {MOST}."
    if change.activities is None:
        return ""
    if not change.activities:
        return f"{rule.title}: at least one activity has to count, or it can never be kept."
    unknown = sorted(set(change.activities) - set(choices(rule)))
    return f"{', '.join(unknown)} cannot fulfil {rule.title}." if unknown else ""


def has_days(rule: Rule) -> bool:
    """Whether the rule gives a number of days, or hours, that can be changed."""
    return rule.unit in _COUNTED


def unit_of(rule: Rule) -> str:
    """What its number counts: hours, days or business days."""
    return rule.unit.replace("_", " ") if rule.unit in ("hours", "business_days") else "days"


def choices(rule: Rule) -> tuple[str, ...]:
    """The activities that may fulfil it, contacts first; none where something else than a contact is wanted."""
    if not {*rule.fulfilled_by.activities} <= {CONTACT, *CONTACTS}:
        return ()
    return (*contacts(rule), *WIDER)


def contacts(rule: Rule) -> tuple[str, ...]:
    """The contacts that reach whom the rule is about."""
    party = rule.fulfilled_by.party or rule.party
    return tuple(name for name, reached in CONTACTS.items() if party is None or reached in (None, party))


def counted(rule: Rule) -> tuple[str, ...]:
    """The activities that fulfil it, by name."""
    held = rule.fulfilled_by.activities
    return contacts(rule) if held == (CONTACT,) else held


def with_change(settings: Mapping[str, Any], change: RuleChange) -> list[Any]:
    """The list to store once a change is added. Raises ValueError, saying why, for a change that cannot be."""
    if fault := fault_of(change):
        raise ValueError(fault)
    return [*_stored(settings), change.stored()]


def without_change(settings: Mapping[str, Any], change: RuleChange, undone_at: str, undone_by: str = "") -> list[Any]:
    """The list to store once a change is undone: it stays in it and counts no longer."""
    found, undone = change.stored(), replace(change, undone_at=undone_at, undone_by=undone_by).stored()
    return [undone if _whole(one) == found else one for one in _stored(settings)]


def changed(rule: Rule, change: RuleChange) -> Rule:
    """A rule as it was shipped, with a change and a sentence that says so."""
    number = rule.number if change.number is None else change.number
    opens = rule.opens
    if opens is not None and rule.unit not in _BACKWARDS:
        # The time there is to do it stays as long as it was.
        opens = max(opens + number - rule.number, 1)
    held = rule.fulfilled_by
    if change.activities is not None and set(change.activities) != set(counted(rule)):
        named = tuple(name for name in choices(rule) if name in change.activities)
        held = replace(held, activities=named, party=held.party or rule.party)
    sentence = _reworded(rule, number, opens)
    return replace(rule, on=change.on, number=number, opens=opens, fulfilled_by=held, sentence=sentence)


def _reworded(rule: Rule, number: int, opens: int | None) -> str:
    """The sentence of a rule with another number of days."""
    if number == rule.number:
        return rule.sentence
    unit = unit_of(rule).removesuffix("s") + "s" * (number != 1)
    said = re.sub(rf"\b{rule.number} (business days?|days?|hours?)\b", f"{number} {unit}", rule.sentence)
    said = re.sub(rf"\bday {rule.number}\b", f"day {number}", said)
    return re.sub(r"\bAbout \d+ months\b", f"{opens} to {number} days", said)


def _versions(rule: Rule, held: Sequence[RuleChange]) -> list[Rule]:
    """A rule through time; two changes of one day are one, the one saved last."""
    own = {change.since: changed(rule, change) for change in held if change.rule == rule.name}
    return [*_dated([(None, rule), *sorted(own.items())])]


def _dated(states: Sequence[tuple[date | None, Rule]]) -> Iterator[Rule]:
    """Each state from its day until the day of one that differs."""
    kept = [states[0]]
    kept += [later for earlier, later in pairwise(states) if later[1] != earlier[1]]
    was_on = False
    for (since, rule), (until, following) in pairwise([*kept, (None, kept[-1][1])]):
        comes_on = since is not None and rule.on and not was_on
        yield replace(
            rule,
            since=None if comes_on else since,
            due_since=since if comes_on else None,
            until=until,
            ended=until is not None and rule.on and not following.on,
        )
        was_on = rule.on


def _stored(settings: Mapping[str, Any]) -> list[Any]:
    found = settings.get(KEY)
    return found if isinstance(found, list) else []


def _whole(one: Any) -> dict[str, Any] | None:
    change = _parsed(one)
    return change.stored() if change else None


def _read(settings: Mapping[str, Any]) -> Iterator[tuple[RuleChange | None, str]]:
    for one in _stored(settings):
        change = _parsed(one)
        yield change, fault_of(change) if change else "A change that is stored cannot be read."


def _parsed(one: Any) -> RuleChange | None:
    """A change out of the settings; None where it is none at all."""
    try:
        number, activities = one.get("number"), one.get("activities")
        return RuleChange(
            rule=str(one["rule"]),
            since=date.fromisoformat(one["from"]),
            on=bool(one.get("on", True)),
            number=None if number is None else int(number),
            activities=None if activities is None else tuple(map(str, activities)),
            saved_at=str(one.get("saved_at", "")),
            undone_at=str(one.get("undone_at", "")),
            by=str(one.get("by", "")),
            undone_by=str(one.get("undone_by", "")),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
