"""Signals on purpose: most of those who leave early say so beforehand, some leave without a word, some only complain.

Drawn from streams of their own, so that nothing else in the sample depends on what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sample_data.coded import chosen, code, coin, events, joined
from sample_data.days import CLOSES, OPENS

#: Share of early leavers with signals in the weeks before, and of everybody else at any time.
WARNED, NOISY = 0.75, 0.08
#: Signals come so many working days before the last day (from, to), and silence begins so many before it.
BEFORE, SILENT_FROM = (2, 18), 24
#: Share of those with signals whom nobody spoke to any more.
SILENT = 0.30
#: An assignment at least so many working days long leaves room for signals.
SHORTEST = 4

WHO = ("desk", "candidate", "client", "contact", "job")


@dataclass(frozen=True)
class Signal:
    """``share`` of those with signals have this one, so many ``times``; ``score`` from and to, both included."""

    activity: str
    share: float
    party: str = "candidate"
    score: tuple[int, int] | None = None
    times: int = 1
    outcome: Mapping[str, float] = field(default_factory=lambda: {"blank": 1.0})
    assignee: str | None = None


SIGNALS = (
    Signal("survey", 0.45, score=(0, 4)),
    Signal("complaint", 0.35),
    Signal("timecard_late", 0.40, times=2),
    Signal("complaint", 0.15, party="client"),
    Signal("social_complaint", 0.06),
    Signal("ticket_opened", 0.30, outcome={"experience": 0.7, "adoption": 0.3}, assignee="Support Desk Demo"),
)


@dataclass(frozen=True)
class Departures:
    """What is staged: ``events``, and in ``quiet`` (candidate, job, first, last) from when to when nobody calls."""

    events: pd.DataFrame
    quiet: pd.DataFrame


def departures(leaving: pd.DataFrame, staying: pd.DataFrame, rng: np.random.Generator) -> Departures:
    """Signals of these assignments (events of their starts with ``until``, the position of the last day)."""
    spans = [part["until"] - part["day"] for part in (leaving, staying)]
    warned = leaving[coin(rng, len(leaving), WARNED) & (spans[0] >= SHORTEST).to_numpy()]
    noisy = staying[coin(rng, len(staying), NOISY)]
    at = np.floor(rng.random(len(noisy)) * (noisy["until"] - noisy["day"])).astype("int32")
    people = pd.concat([warned.assign(by=warned["until"]), noisy.assign(by=noisy["day"] + at)], ignore_index=True)
    parts = [_signals(people, signal, rng) for signal in SIGNALS]
    quiet = people[coin(rng, len(people), SILENT)]
    spans_of_silence = quiet[["candidate", "job"]].assign(first=quiet["by"] - SILENT_FROM, last=quiet["by"])
    return Departures(joined(parts), spans_of_silence)


def _signals(people: pd.DataFrame, signal: Signal, rng: np.random.Generator) -> pd.DataFrame:
    part = people[coin(rng, len(people), signal.share)]
    part = part.loc[part.index.repeat(signal.times)]
    size = len(part)
    lag = rng.integers(BEFORE[0], BEFORE[1] + 1, size)
    values = {
        **{name: part[name] for name in WHO},
        "day": np.clip(part["by"] - lag, part["day"] + 1, part["until"] - 1),
        "minute": rng.integers(OPENS, CLOSES, size),
        "outcome": chosen(rng, size, signal.outcome),
        "assignee": np.full(size, code("assignee", signal.assignee)),
    }
    if signal.score:
        values["score"] = rng.integers(signal.score[0], signal.score[1] + 1, size)
    return events(signal.activity, values, signal.party)


def quieter(raw: pd.DataFrame, quiet: pd.DataFrame) -> pd.DataFrame:
    """The events without the touches that nobody made."""
    touches = raw[raw["activity"] == code("activity", "touch")].reset_index()
    met = touches.merge(quiet, on=["candidate", "job"])
    gone = met.loc[met["day"].between(met["first"], met["last"]), "index"]
    return raw[~raw.index.isin(gone)]
