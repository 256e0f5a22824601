"""Signs that a contractor may leave, and what each weighs: data that the firm can change on the page Care.

A *sign* is something that happened, or that did not. A *context* only weighs on top of a sign: being new, near the end
or without a referral raises nobody's level by itself. Changes are kept under the settings key ``KEY``; what is not
changed is as shipped, and a stored value that cannot be is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

KEY = "care_weights"

#: What is measured of a contractor. The last three are contexts.
Measure = Literal[
    "survey",
    "complaint",
    "client_complaint",
    "social_complaint",
    "late_timecard",
    "ticket",
    "silence",
    "new",
    "ending",
    "no_referral",
]
CONTEXTS: tuple[Measure, ...] = ("new", "ending", "no_referral")

#: Levels, the most urgent first.
LEVELS = ("act", "watch", "calm")
FLAGGED = LEVELS[:2]

#: The most a sign may weigh, the longest it may be remembered, the highest limit.
MOST_POINTS, MOST_DAYS = 10.0, 365


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign or context: what is measured, from which limit on, and how many points it weighs.

    ``limit``: the highest score of a survey, else the least number (of days, or of rows). ``days``: how far back rows
    count; None where nothing is counted back. ``sentence`` says it with both numbers filled in.
    """

    name: str
    title: str
    measure: Measure
    sentence: str
    limit: float
    days: int | None
    points: float

    @property
    def is_context(self) -> bool:
        """Whether it only weighs on top of a sign."""
        return self.measure in CONTEXTS

    @property
    def in_words(self) -> str:
        """The sentence with its numbers: ``No contact for 21 days or more.``"""
        return self.sentence.format(limit=f"{self.limit:g}", days=self.days)


@dataclass(frozen=True, slots=True)
class Weights:
    """All signs with their points, and from how many points on a level is reached; ``changed_on``: None as shipped."""

    signs: tuple[Sign, ...]
    watch: float = 2.0
    act: float = 4.0
    changed_on: date | None = None

    @property
    def in_words(self) -> str:
        """How many points it takes."""
        return f"Points needed: {self.watch:g} for watch, {self.act:g} for act."

    @property
    def since(self) -> str:
        """Since when they are as they are: ``Weights as changed on 20 Nov 2026.``"""
        day = self.changed_on
        return f"Weights as changed on {day.day} {day:%b %Y}." if day else "Weights as shipped."


SIGNS = (
    Sign("very_poor_survey", "Very poor survey", "survey",
         "The last survey of the past {days} days gave {limit} of 10 or less.", 4, 60, 4),
    Sign("poor_survey", "Poor survey", "survey",
         "The last survey of the past {days} days gave {limit} of 10 or less.", 6, 60, 2),
    Sign("social_complaint", "Complaint in public", "social_complaint",
         "Complaints in public in the past {days} days: {limit} or more.", 1, 60, 4),
    Sign("complaint", "Contractor complains", "complaint",
         "Complaints by the contractor in the past {days} days: {limit} or more.", 1, 60, 2),
    Sign("client_complaint", "Client complains", "client_complaint",
         "Complaints by the client about the contractor in the past {days} days: {limit} or more.", 1, 60, 2),
    Sign("late_timecards", "Late timecards", "late_timecard",
         "Late timecards in the past {days} days: {limit} or more; those chased on one day count once.", 2, 30, 2),
    Sign("open_ticket", "Ticket not resolved", "ticket",
         "A ticket is open for {limit} days or more.", 5, None, 2),
    Sign("long_silence", "Long silence", "silence",
         "No contact for {limit} days or more since the start.", 35, None, 2),
    Sign("silence", "Silence", "silence",
         "No contact for {limit} days or more since the start.", 21, None, 1),
    Sign("new", "New", "new",
         "The first {limit} days of the assignment.", 45, None, 1),
    Sign("ending", "End near", "ending",
         "The planned end is {limit} days away or less.", 30, None, 1),
    Sign("no_referral", "No referral yet", "no_referral",
         "No referral from day {limit} on.", 45, None, 0.5),
)  # fmt: skip

SHIPPED = Weights(SIGNS)
BY_NAME: MappingProxyType[str, Sign] = MappingProxyType({sign.name: sign for sign in SIGNS})


def weights_in_force(settings: Mapping[str, Any]) -> Weights:
    """The signs and levels as the firm has them; what is stored and cannot be is as shipped, and `faults` says what."""
    found = _stored(settings)
    weights = replace(_with_levels(found), signs=tuple(_changed(sign, found) for sign in SIGNS))
    # A day without a change says nothing.
    return weights if weights == SHIPPED else replace(weights, changed_on=_day(found.get("changed_on")))


def faults(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """What is stored and is ignored, in words."""
    found = _stored(settings)
    told = [f"{sign.title}: a stored number cannot be." for sign in SIGNS if _is_bad(sign, found)]
    return (*told, *(["The levels: a stored number cannot be."] if _has_bad_levels(found) else []))


def fault_of(weights: Weights) -> str:
    """Why weights cannot be, in a sentence; empty where they can."""
    wrong = next(filter(None, map(_fault_of_sign, weights.signs)), "")
    if wrong:
        return wrong
    if not 0 < weights.watch <= weights.act:
        return "Watch takes more than 0 points, and act at least as many as watch."
    return "" if math.isfinite(weights.act) else "A number of points is missing."


def to_store(weights: Weights, changed_on: date) -> dict[str, Any]:
    """What to save under ``KEY``: only what differs from the shipped signs. Raises ValueError, saying why it cannot."""
    if fault := fault_of(weights):
        raise ValueError(fault)
    own = {sign.name: _numbers(sign) for sign in weights.signs if _numbers(sign) != _numbers(BY_NAME[sign.name])}
    return {"changed_on": changed_on.isoformat(), "watch": weights.watch, "act": weights.act, "signs": own}


def _numbers(sign: Sign) -> dict[str, Any]:
    return {"points": sign.points, "limit": sign.limit, "days": sign.days}


def _fault_of_sign(sign: Sign) -> str:
    if not 0 <= sign.points <= MOST_POINTS:
        return f"{sign.title} takes 0 to {MOST_POINTS:g} points."
    most = 10 if sign.measure == "survey" else MOST_DAYS
    least = 0 if sign.measure == "survey" else 1
    if not least <= sign.limit <= most:
        return f"{sign.title} takes a limit from {least} to {most}."
    if sign.days is not None and not 1 <= sign.days <= MOST_DAYS:
        return f"{sign.title} looks back over 1 to {MOST_DAYS} days."
    return ""


# --- what is stored --------------------------------------------------------------------------------------------------


def _stored(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    found = settings.get(KEY)
    return found if isinstance(found, dict) else {}


def _of_signs(found: Mapping[str, Any]) -> Mapping[str, Any]:
    signs = found.get("signs")
    return signs if isinstance(signs, dict) else {}


def _changed(sign: Sign, found: Mapping[str, Any]) -> Sign:
    """A sign as it is stored; as shipped where nothing is, or nothing that can be."""
    own = _parsed(sign, _of_signs(found).get(sign.name))
    return sign if own is None or _fault_of_sign(own) else own


def _parsed(sign: Sign, own: Any) -> Sign | None:
    try:
        days = None if sign.days is None else int(own.get("days", sign.days))
        points, limit = float(own.get("points", sign.points)), float(own.get("limit", sign.limit))
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None
    return replace(sign, points=points, limit=limit, days=days)


def _is_bad(sign: Sign, found: Mapping[str, Any]) -> bool:
    own = _of_signs(found).get(sign.name)
    parsed = _parsed(sign, own)
    return own is not None and (parsed is None or bool(_fault_of_sign(parsed)))


def _with_levels(found: Mapping[str, Any]) -> Weights:
    """The shipped signs with the levels as they are stored; as shipped where these cannot be."""
    return SHIPPED if _has_bad_levels(found) else replace(SHIPPED, watch=_watch(found), act=_act(found))


def _has_bad_levels(found: Mapping[str, Any]) -> bool:
    try:
        return bool(fault_of(Weights((), _watch(found), _act(found))))
    except (TypeError, ValueError, OverflowError):
        return True


def _watch(found: Mapping[str, Any]) -> float:
    return float(found.get("watch", SHIPPED.watch))


def _act(found: Mapping[str, Any]) -> float:
    return float(found.get("act", SHIPPED.act))


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
