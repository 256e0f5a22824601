"""Everything around the chain: preparing, reporting back, looking after people on assignment. A table, not a program.

Each rule says: of so many parent events a certain share is followed by another activity, so many working days later.
Rules run in order; what one yields can be the parent of the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sample_data.coded import chosen, code, coin, events
from sample_data.days import CLOSES, OPENS

BY_PHONE_OR_MAIL = {"call": 0.5, "email": 0.35, "text": 0.15}
CLIENT_CONTACT = {"call": 0.45, "email": 0.45, "meeting": 0.10}
CARE_CONTACT = {"call": 0.5, "text": 0.2, "email": 0.15, "onsite": 0.1, "auto": 0.05}
CANDIDATE_QUESTIONS = {"next_move": 0.4, "would_change": 0.3, "time_frame": 0.3}
CLIENT_QUESTIONS = {"solutions": 0.4, "hardest_talent": 0.3, "challenge": 0.3}


@dataclass(frozen=True)
class Follow:
    """``share`` of the ``of`` events are followed by ``activity``, ``lag`` working days later (from, to inclusive).

    ``outcome`` and ``channel`` are words with weights, ``quantity`` and ``score`` whole numbers drawn from a range,
    ``numbered`` gives each row a reference number. A later rule names what this one yields by its activity.
    """

    activity: str
    of: str
    share: float
    lag: tuple[int, int]
    party: str | None = None
    outcome: Mapping[str, float] = field(default_factory=dict)
    channel: Mapping[str, float] = field(default_factory=dict)
    quantity: tuple[int, int] | None = None
    score: tuple[int, int] | None = None
    assignee: str | None = None
    numbered: bool = False


FOLLOW: tuple[Follow, ...] = (
    Follow("resume_received", "hit", 0.40, (0, 3)),
    Follow("touch", "interview", 0.60, (1, 5), "candidate", channel=BY_PHONE_OR_MAIL),
    Follow("discovery", "interview", 0.25, (0, 0), "candidate", outcome=CANDIDATE_QUESTIONS),
    Follow("note", "interview", 0.20, (0, 2), "candidate"),
    Follow("intake_call", "contract", 0.90, (0, 2)),
    Follow("touch", "contract", 0.60, (1, 1), "client", channel=CLIENT_CONTACT),
    Follow("discovery", "contract", 0.30, (0, 3), "client", outcome=CLIENT_QUESTIONS),
    *(Follow("status_update", "contract", 0.55, (5 * week, 5 * week + 4), "client") for week in range(1, 6)),
    Follow("touch", "presentation", 0.50, (2, 6), "client", channel=CLIENT_CONTACT),
    Follow("prep", "booked", 0.85, (-2, -1), "candidate"),
    Follow("prep", "booked", 0.65, (-2, -1), "client"),
    Follow("debrief", "held", 0.85, (0, 1), "candidate"),
    Follow("debrief", "held", 0.70, (0, 2), "client"),
    Follow("feedback", "rejected", 0.75, (0, 4)),
    Follow("touch", "offered", 0.80, (0, 1), "candidate", channel=BY_PHONE_OR_MAIL),
    Follow("touch", "offered", 0.70, (0, 1), "client", channel=CLIENT_CONTACT),
    Follow("contact_consent", "declined", 0.60, (0, 3), "candidate"),
    Follow("touch", "declined", 0.50, (1, 6), "candidate", channel=BY_PHONE_OR_MAIL),
    Follow("do_not_contact", "declined", 0.04, (0, 3), "candidate"),
    Follow("touch", "accepted", 0.80, (1, 3), "candidate", channel=BY_PHONE_OR_MAIL),
    Follow("handoff", "start", 0.80, (0, 6), "candidate", assignee="Care Desk Demo"),
    *(Follow("touch", "start", 0.80, (10 * n - 3, 10 * n), "candidate", channel=CARE_CONTACT) for n in range(1, 13)),
    *(Follow("timecard", "start", 0.94, (5 * week, 5 * week), quantity=(34, 44)) for week in range(1, 27)),
    Follow("timecard_late", "staying", 0.10, (6, 40)),
    Follow("timecard_late", "leaving", 0.50, (6, 30)),
    Follow("survey", "staying", 0.60, (9, 12), "candidate", score=(6, 10)),
    Follow("survey", "staying", 0.50, (30, 34), "candidate", score=(6, 10)),
    Follow("survey", "leaving", 0.60, (9, 12), "candidate", score=(2, 7)),
    Follow("complaint", "leaving", 0.40, (4, 25), "candidate"),
    Follow("complaint", "staying", 0.04, (4, 60), "candidate"),
    Follow("complaint", "start", 0.04, (10, 60), "client"),
    Follow("social_complaint", "leaving", 0.06, (8, 30)),
    Follow("referral", "staying", 0.12, (15, 60), "candidate"),
    Follow(
        "ticket_opened",
        "start",
        0.25,
        (2, 50),
        "candidate",
        outcome={"experience": 0.7, "adoption": 0.3},
        assignee="Support Desk Demo",
        numbered=True,
    ),
    Follow("ticket_resolved", "ticket_opened", 0.90, (0, 4), "candidate", assignee="Support Desk Demo"),
)

INHERITED = ("desk", "candidate", "client", "contact", "job", "ref")


def followed(parents: dict[str, pd.DataFrame], rng: np.random.Generator) -> list[pd.DataFrame]:
    """One frame of events for each rule; ``parents`` hold events by name, with a column ``until`` where they end."""
    frames = dict(parents)
    yielded = []
    for rule in FOLLOW:
        child = _follow(rule, frames[rule.of], rng)
        frames[rule.activity] = child
        yielded.append(child.drop(columns="until", errors="ignore"))
    return yielded


def _follow(rule: Follow, parents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    part = parents[coin(rng, len(parents), rule.share)]
    lag = rng.integers(rule.lag[0], rule.lag[1] + 1, len(part))
    child = events(
        rule.activity,
        {
            **{name: part[name] for name in INHERITED},
            "day": part["day"] + lag,
            "minute": _minutes(part, lag, rng),
            **_extras(rule, len(part), rng),
        },
        rule.party,
    )
    return _while_running(child, part)


def _minutes(part: pd.DataFrame, lag: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Any minute of another day; soon after the parent on the same one."""
    soon = np.minimum(part["minute"] + rng.integers(5, 90, len(part)), CLOSES + 120)
    return np.where(lag == 0, soon, rng.integers(OPENS, CLOSES, len(part)))


def _extras(rule: Follow, size: int, rng: np.random.Generator) -> dict[str, Any]:
    words = {"outcome": rule.outcome, "channel": rule.channel}
    spans = {"quantity": rule.quantity, "score": rule.score}
    extras = {name: chosen(rng, size, weights, name) for name, weights in words.items() if weights}
    extras |= {name: rng.integers(span[0], span[1] + 1, size) for name, span in spans.items() if span}
    if rule.assignee:
        extras["assignee"] = np.full(size, code("assignee", rule.assignee))
    if rule.numbered:
        extras["ref"] = np.arange(1, size + 1)
    return extras


def _while_running(child: pd.DataFrame, parents: pd.DataFrame) -> pd.DataFrame:
    """Nothing follows an assignment that has ended."""
    if "until" not in parents:
        return child
    child = child.assign(until=parents["until"].to_numpy())
    return child[child["day"] <= child["until"]]
