"""The call sheet: what is owed as one line a person with every reason, the most urgent first.

What is urgent, and when something is long overdue, are data of this module, and `Part.order` says them in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

from quality.obligation_rules import BY_NAME
from quality.workdays import Workdays

#: A person: the party and the name, as obligations have them.
Person = tuple[str, str]

#: So many days late something is long overdue, and so many days ahead it comes up.
LONG, AHEAD = 30, 7
#: A due moment at these is a day: its last second, or its midnight where nobody noted a time.
_NO_TIME = (time(23, 59, 59), time.min)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sheet by its name; within a level of urgency the earliest due stands first, or the latest."""

    name: str
    title: str
    earliest_first: bool = True

    @property
    def order(self) -> str:
        """In which order the people of this part stand, in two sentences."""
        *most, rest = (level.about for level in LEVELS)
        wait = "longest" if self.earliest_first else "shortest"
        then = f"{', '.join(most[1:])} and {rest}"
        return f"First {most[0]}, then {then}. Within each, the {wait} wait comes first."


#: A person stands in the first part that any of the reasons belongs to.
PARTS = (Part("today", "Today"), Part("coming", "Coming up"), Part("long", "Long overdue", earliest_first=False))
_COMING, _LATER = 1, len(PARTS)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of urgency: what it is about and by which rules; ``ahead``: due on the next working day it is today's."""

    about: str
    rules: tuple[str, ...] = ()
    ahead: bool = False


#: The most urgent first; a rule that none of them names belongs to the last.
LEVELS = (
    Level("interviews today or on the next working day", ("prep_candidate", "prep_client"), ahead=True),
    Level("promises with a date", ("do_what_you_said",)),
    Level("offers", ("after_offer_candidate", "after_offer_client", "touch_after_decision")),
    Level("interviews that were held", ("debrief_candidate", "debrief_client")),
    Level("everything else"),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is on the sheet: the sentence, how late in words, and what it is about (None: not known).

    ``later``: it is due only after what the person is in this part of the sheet for.
    """

    rule: str
    why: str
    late: str
    is_late: bool
    later: bool
    due_at: pd.Timestamp
    desk: str
    client: str | None
    job: str | None
    trigger_id: str | None

    @property
    def happened(self) -> str:
        """What it is owed for, as the sentence opens: ``Send-out on Mon 23 Nov 2026``."""
        return self.why.partition(":")[0]

    @property
    def has_time(self) -> bool:
        """Whether it is due at a time of day, not on a day."""
        return has_time(self.due_at)


@dataclass(frozen=True, slots=True)
class Line:
    """One person with every reason, the most urgent first; ``who`` is None where the log names nobody."""

    number: int
    party: str
    who: str | None
    part: str
    last_contact_at: pd.Timestamp | None
    reasons: tuple[Reason, ...]

    @property
    def person(self) -> Person:
        """Party and name; an empty name where nobody is named."""
        return self.party, self.who or ""

    @property
    def desks(self) -> tuple[str, ...]:
        """Every desk that owes them something, each once."""
        return tuple(dict.fromkeys(reason.desk for reason in self.reasons))

    @property
    def longest(self) -> Reason:
        """What has been due for the longest time; the first of these."""
        return min(self.reasons, key=lambda reason: reason.due_at)

    @property
    def about(self) -> tuple[str, ...]:
        """The jobs and clients it is about, each once: ``Welder, Example Metal Works``."""
        return tuple(dict.fromkeys(said for said in map(self._place, self.reasons) if said))

    @property
    def why(self) -> tuple[str, ...]:
        """The sentences, each once."""
        return tuple(dict.fromkeys(reason.why for reason in self.reasons))

    def _place(self, reason: Reason) -> str:
        return ", ".join(name for name in (reason.job, reason.client) if name and name != self.who)


def ranked(to_do: pd.DataFrame, as_of: date, working: Workdays | None = None) -> pd.DataFrame:
    """Obligations still to be done (`quality.obligations`) in the order of the sheet.

    New columns: ``line``, the number of the person from 0 on; ``part``, the name of the person's part; ``later``,
    whether this is due only after what the person is in that part for. Whoever is owed nothing within the days of AHEAD
    is left out. A row without a name is a line of its own.
    """
    days = (pd.Timestamp(as_of) - to_do["due_at"].dt.normalize()).dt.days
    level = to_do["rule"].map(_LEVEL_OF).fillna(len(LEVELS) - 1).astype("int64")
    part = _parts(days, level, as_of, working or Workdays())
    person = [to_do["party"].fillna(""), to_do["who"].fillna(to_do["trigger_id"]), to_do["who"].isna()]
    own = part.groupby(person).transform("min")
    order = pd.DataFrame({"own": own, "part": part, "level": level, "wait": _waiting(days, part)})
    later = (part == _LATER) | (part == _COMING) & (own < _COMING)
    rows = to_do.assign(own=own, later=later).loc[
        order.sort_values(["own", "part", "level", "wait"], kind="stable").index
    ]
    line = rows.groupby([values.loc[rows.index] for values in person], sort=False).ngroup()
    listed = rows.assign(line=line)[rows["own"] < _LATER].sort_values("line", kind="stable", ignore_index=True)
    names = np.array([one.name for one in PARTS], dtype=object)
    return listed.assign(part=names[listed["own"]]).astype({"part": "str"}).drop(columns="own")


def in_parts(sheet: pd.DataFrame) -> dict[str, int]:
    """How many people stand in each part, by its name."""
    people = sheet.drop_duplicates("line")["part"].value_counts()
    return {part.name: int(people.get(part.name, 0)) for part in PARTS}


def lines(sheet: pd.DataFrame, as_of: date) -> tuple[Line, ...]:
    """The people of some rows of the sheet, in its order."""
    grouped: dict[int, list[dict[Any, Any]]] = {}
    for row in sheet.astype(object).where(sheet.notna(), None).to_dict("records"):
        grouped.setdefault(row["line"], []).append(row)
    return tuple(_line(number, rows, as_of) for number, rows in grouped.items())


def how_late(due_at: pd.Timestamp, as_of: date) -> str:
    """``3 days late``, ``due today``, ``today at 15:00``, ``by Friday``, ``by Mon 7 Dec``; whole days, then weeks."""
    days = (as_of - due_at.date()).days
    if days > 365:
        return "over a year late"
    if days > LONG:
        return f"{days // 7} weeks late"
    if days > 0:
        return f"{days} {'day' if days == 1 else 'days'} late"
    at = f" at {due_at:%H:%M}" if has_time(due_at) else ""
    if days >= -1:
        name = "today" if not days else "tomorrow"
        return f"{name}{at}" if at else f"due {name}"
    return f"by {due_at:%A}{at}" if days > -AHEAD else f"by {due_at:%a} {due_at.day} {due_at:%b}"


def has_time(due_at: pd.Timestamp) -> bool:
    """Whether a due moment is a time of day; else a day is meant, or nobody noted the time."""
    return due_at.time() not in _NO_TIME


_LEVEL_OF = {rule: number for number, level in enumerate(LEVELS) for rule in level.rules}


def _parts(days: pd.Series, level: pd.Series, as_of: date, working: Workdays) -> pd.Series:
    """The number of the part that each reason belongs to by itself; ``_LATER``: to none yet."""
    ahead = next(iter(working.days(as_of + timedelta(days=1), as_of + timedelta(days=14))), as_of)
    is_ahead = level.map({number: one.ahead for number, one in enumerate(LEVELS)}).astype("bool")
    is_today = (days >= 0) | is_ahead & (days >= -(ahead - as_of).days)
    ways = [days > LONG, is_today, days >= -AHEAD]
    return pd.Series(np.select(ways, [2, 0, 1], _LATER), index=days.index)


def _waiting(days: pd.Series, part: pd.Series) -> pd.Series:
    """A number that is smaller the earlier a reason stands within its part and level."""
    latest_first = part.map({number: not one.earliest_first for number, one in enumerate(PARTS)}).fillna(False)
    return days.where(latest_first.astype("bool"), -days)


def _line(number: int, rows: Iterable[dict[Any, Any]], as_of: date) -> Line:
    held = list(rows)
    reasons = tuple(_reason(row, as_of) for row in held)
    first = held[0]
    return Line(number, first["party"] or "", first["who"], first["part"], first["last_contact_at"], reasons)


def _reason(row: dict[Any, Any], as_of: date) -> Reason:
    due_at = row["due_at"]
    told = {name: row[name] for name in ("rule", "desk", "client", "job", "trigger_id", "later")}
    is_late = due_at.date() < as_of
    why = _still(row) if has_time(due_at) and not is_late else row["why"]
    return Reason(**told, why=why, due_at=due_at, late=how_late(due_at, as_of), is_late=is_late)


def _still(row: dict[Any, Any]) -> str:
    """The sentence of what can be done until a time of day: at the end of that day it would have been missed."""
    due_at, happened = row["due_at"], row["why"].partition(":")[0]
    day = f"{due_at:%a} {due_at.day} {due_at:%b %Y}"
    return f"{happened}: {BY_NAME[row['rule']].owed} is due by {day} at {due_at:%H:%M}."
