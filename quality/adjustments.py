"""What came of a change: a ratio or an activity before it and since, beside the other desks over the same weeks.

The weeks and counts are those of `quality.compared`, the chances those of `quality.gains`. It is too early to speak of
an effect before 3 weeks count, and while fewer than 8 upstream events came due and the 13 weeks are not over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from quality.catalogue import BY_NAME, MEASURES
from quality.compared import FEWEST_WEEKS, SPAN, Figures, Firm, Mask, Pair, Windows, windows
from quality.gains import chance_better, chance_more
from quality.periods import WEEK, week_of
from quality.weekly import Floats, Weekly

#: Why nothing is said of an effect, the first that holds, else *judged*. The day is still to come; nothing was ever
#: recorded of the desk, or nothing before the change, or nothing since; too few weeks count yet; too little is recorded
#: before; too little yet since, or in all of the weeks since.
Status = Literal["future", "unrecorded", "no_before", "silent", "early", "few_before", "short", "few", "judged"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: columns of ``History.adjustments``. ``measure`` is empty where all ratios are meant."""

    number: int
    made_on: date
    level: str
    name: str
    measure: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Others:
    """The other desks over the same weeks: ``team`` whose they are, empty where they are the rest of the company.

    Only desks at work both before and since are among them. ``better`` is the chance that they got better, ``more``
    that the own change was the better one; None where they are too thin to say.
    """

    team: str
    desks: int
    before: Figures
    after: Figures
    better: float | None
    more: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One measure followed. ``better`` is the chance that it got better (an activity: that more was done).

    ``judged_from`` is the day from which enough weeks count; a period of which no week counts is None.
    """

    measure: str
    status: Status
    judged_from: date
    before: Figures | None
    after: Figures | None
    better: float | None = None
    others: Others | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """An entry with what came of it, and the other entries that may bear on the same numbers in the same weeks.

    ``near`` concern the same desks, ``elsewhere`` only those they are compared with.
    """

    entry: Entry
    effects: tuple[Effect, ...]
    near: tuple[Entry, ...] = ()
    elsewhere: tuple[Entry, ...] = ()


def entries(journal: pd.DataFrame) -> tuple[Entry, ...]:
    """The lines of ``History.adjustments``, the latest first."""
    lines = journal.sort_values(["made_on", "adjustment_id"], ascending=False)
    names = ["adjustment_id", "made_on", "level", "name", "measure", "kind", "what"]
    return tuple(
        Entry(int(number), made_on.date(), *texts)
        for number, made_on, *texts in lines[names].itertuples(index=False, name=None)
    )


def followed(
    journal: pd.DataFrame, weekly: Weekly, days: Floats, roster: pd.DataFrame | None = None
) -> tuple[Followed, ...]:
    """Every entry of the journal with its effect, the latest first.

    ``weekly`` is by desk, ``days`` are the working days of each desk and week (`quality.review.Review`).
    """
    firm, found = Firm(weekly, days, roster), entries(journal)
    return tuple(_followed(firm, entry, found) for entry in found)


def measures_of(measure: str) -> tuple[str, ...]:
    """What is followed: the measure itself, all seven ratios where it is empty, nothing where it is unknown."""
    if not measure:
        return tuple(BY_NAME)
    return (measure,) if measure in BY_NAME or measure in MEASURES else ()


def _followed(firm: Firm, entry: Entry, among: Sequence[Entry]) -> Followed:
    effects = tuple(_effect(firm, entry, measure) for measure in measures_of(entry.measure))
    own = firm.own(entry.level, entry.name)
    if not own.any():
        return Followed(entry, effects)
    met = [other for other in among if other != entry and _related(entry, other) and _meet(entry, other)]
    near = [other for other in met if _touches(firm, other, own)]
    rest = firm.others(entry.level, entry.name, entry.made_on)[1]
    elsewhere = [other for other in met if other not in near and _touches(firm, other, rest)]
    return Followed(entry, effects, tuple(near), tuple(elsewhere))


def _related(one: Entry, other: Entry) -> bool:
    """Whether both may move the same number: all ratios, the same measure, or a ratio and one of its two activities."""
    everything = not (one.measure and other.measure)
    return everything or one.measure in _parts(other.measure) or other.measure in _parts(one.measure)


def _parts(measure: str) -> tuple[str, ...]:
    ratio = BY_NAME.get(measure)
    return (measure, ratio.upstream, ratio.downstream) if ratio else (measure,)


def _meet(one: Entry, other: Entry) -> bool:
    """Whether the other was made in the weeks before or since."""
    monday = week_of(one.made_on).start
    return monday - SPAN * WEEK <= other.made_on < monday + (SPAN + 1) * WEEK


def _touches(firm: Firm, other: Entry, mask: Mask) -> bool:
    return bool((firm.own(other.level, other.name) & mask).any())


def _effect(firm: Firm, entry: Entry, measure: str) -> Effect:
    mask, young = firm.own(entry.level, entry.name), firm.counted(measure).young
    around = windows(firm.weekly, entry.made_on, young)
    own = Pair.of(firm, measure, mask, around, firm.whose(entry.level, entry.name))
    status = _status(firm, entry, own, mask, around)
    judged_from = week_of(entry.made_on).start + (1 + FEWEST_WEEKS + young) * WEEK
    before, after = own.figures(0), own.figures(1)
    if status != "judged":
        return Effect(measure, status, judged_from, before, after)
    others = _others(firm, entry, measure, own, around)
    return Effect(measure, status, judged_from, before, after, chance_better(*own.seen), others)


def _status(firm: Firm, entry: Entry, own: Pair, mask: Mask, around: Windows) -> Status:
    hindrances: Mapping[Status, bool] = {
        "future": entry.made_on > firm.weekly.as_of,
        "unrecorded": not mask.any(),
        "no_before": not mask[:, around.known_before].any(),
        "silent": around.elapsed >= FEWEST_WEEKS and not own.weeks[1],
        "early": around.elapsed < FEWEST_WEEKS,
        "few_before": not own.enough(0),
        "short": around.elapsed < SPAN and not own.enough(1),
        "few": not own.enough(1),
    }
    return next((status for status, holds in hindrances.items() if holds), "judged")


def _others(firm: Firm, entry: Entry, measure: str, own: Pair, around: Windows) -> Others | None:
    team, mask = firm.others(entry.level, entry.name, entry.made_on)
    throughout = mask[:, around.before].sum(axis=1) * mask[:, around.after].sum(axis=1) > 0
    rest = Pair.of(firm, measure, mask & throughout[:, None], around)
    before, after = rest.figures(0), rest.figures(1)
    if not throughout.any() or before is None or after is None:
        return None
    desks = int(throughout.sum())
    if not (rest.enough(0) and rest.enough(1)):
        return Others(team, desks, before, after, None, None)
    return Others(team, desks, before, after, chance_better(*rest.seen), chance_more(own.seen, rest.seen))
