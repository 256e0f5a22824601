"""What is measured about the quality of contact: each share with its sentence, and the question a page asks.

Three habits of Top Echelon's *Follow Up, Touch and Quality Control*: notes are taken after every conversation, no touch
without a reason, and there are things to learn from every candidate and client.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from quality.purpose_words import Purpose

Group = Literal["conversations", "touches", "candidate", "client"]

#: Activities in which somebody was spoken with, so that there is something to note.
SPOKEN = ("recruiting_call", "marketing_call", "conversation", "interview", "intake_call", "prep", "debrief")
#: What a touch is called in the log; automatic ones are nobody's.
TOUCH, AUTOMATIC = "touch", "auto"

#: Side -> the answers worth knowing, as the log calls the questions; and what the share of all of them is called.
QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "candidate": ("next_move", "would_change", "time_frame"),
        "client": ("solutions", "hardest_talent", "challenge"),
    }
)
ALL: Mapping[str, str] = MappingProxyType({"candidate": "candidate_all", "client": "client_all"})


@dataclass(frozen=True, slots=True)
class Measure:
    """One share: how it is called, what exactly is counted, among what (``group``), and the noun for one of these."""

    name: str
    title: str
    sentence: str
    group: Group
    noun: tuple[str, str]


def _asked_of(name: str, title: str, group: Literal["candidate", "client"], active: str) -> Measure:
    everybody = f"Of the {group}s spoken with in these weeks, and those {active}, whose answer is on record"
    return Measure(name, title, f"{everybody}, whoever took it down and however long ago.", group, (group, f"{group}s"))


_RUNNING, _ORDER = "in a running process", "with an open order on which anything happened in these weeks"
#: Side -> who of it is active.
ACTIVE: Mapping[str, str] = MappingProxyType({"candidate": _RUNNING, "client": _ORDER})

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.name: measure
        for measure in (
            Measure(
                "notes",
                "Conversations with notes",
                "Of the calls in which somebody was reached, interviews, intake calls, preps and debriefs, those with "
                "a note.",
                "conversations",
                ("conversation", "conversations"),
            ),
            Measure(
                "reason",
                "Touches with a reason",
                "Of the touches, those whose note says why. A note that only checks in is none. Automatic touches are "
                "left out.",
                "touches",
                ("touch", "touches"),
            ),
            _asked_of("next_move", "What matters in the next move", "candidate", _RUNNING),
            _asked_of("would_change", "What they would change", "candidate", _RUNNING),
            _asked_of("time_frame", "Their time frame", "candidate", _RUNNING),
            _asked_of("candidate_all", "All three of a candidate", "candidate", _RUNNING),
            _asked_of("solutions", "What solutions they look for", "client", _ORDER),
            _asked_of("hardest_talent", "Which talent is hardest to find", "client", _ORDER),
            _asked_of("challenge", "Their greatest challenge", "client", _ORDER),
            _asked_of("client_all", "All three of a client", "client", _ORDER),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, once: of which days, by which list of phrases, of which desks (None: everybody's).

    ``active_only``: of people only those in a running process or with an open order, not all who were spoken with.
    """

    as_of: date
    start: date
    end: date
    purpose: Purpose = field(default_factory=Purpose)
    desks: tuple[str, ...] | None = None
    active_only: bool = False
