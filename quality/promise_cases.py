"""What is asked of the log: the rows ready for the rules, and the rules in groups that wait for the same contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.desk_sides import is_support
from quality.events import midnight, one_if, visible
from quality.obligation_forms import ANY, CLIENT, Means, Rule
from quality.promises import Desks, is_contact, prepared


@dataclass(frozen=True)
class Asked:
    """One question: the prepared log up to ``until`` (``scheduled`` goes beyond it) and the days that matter.

    ``names`` are the activities that the log holds, ``promised`` whether any row of it names a day.
    """

    frame: nw.LazyFrame
    scheduled: nw.LazyFrame
    start: date
    until: datetime
    desks: Desks
    names: frozenset[str] = frozenset()
    promised: bool = False


def asked_of(log: IntoFrame, as_of: date, start: date, roster: pd.DataFrame | None, rules: Sequence[Rule]) -> Asked:
    """The log made ready for the rules: what happened by the end of ``as_of``, and events booked shortly after it.

    What the log holds is only looked up where there are rules.
    """
    ahead = max((rule.opens or 0 for rule in rules if rule.unit == "before_event"), default=0)
    until = midnight(as_of + timedelta(days=1))
    scheduled = prepared(visible(log, as_of + timedelta(days=ahead), roster))
    frame = scheduled.filter(nw.col("occurred_at") < until)
    asked = Asked(frame, scheduled, start, until, Desks((), is_support("assignee", roster), is_support("desk", roster)))
    return _looked_through(asked, roster) if rules else asked


def _looked_through(asked: Asked, roster: pd.DataFrame | None) -> Asked:
    """The same question with what the log holds, found in one go."""
    is_past, is_handoff = nw.col("occurred_at") < asked.until, nw.col("activity") == "handoff"
    rows = asked.scheduled.select(
        "activity",
        "desk",
        handed_to=nw.when(is_past & is_handoff & ~asked.desks.to_support).then(nw.col("assignee")),
        reached=one_if(is_past & is_contact()),
        dated=one_if(~nw.col("due_on").is_null()),
    )
    found = rows.group_by("activity", "desk", "handed_to", "reached").agg(nw.col("dated").sum())
    held = found.collect("pandas").to_native()
    care = _care_desks(held, roster)
    names = frozenset(held["activity"])
    return replace(asked, desks=replace(asked.desks, care=care), names=names, promised=bool(held["dated"].sum()))


def _care_desks(held: pd.DataFrame, roster: pd.DataFrame | None) -> tuple[str, ...]:
    """Desks of contractor care that spoke to anybody: those of that role, and those a contractor was handed to."""
    names = {*held["handed_to"].dropna()}
    if roster is not None and "role" in roster:
        names |= {*roster.loc[roster["role"].astype("str").str.contains("care", case=False, na=False), "desk"]}
    return tuple(sorted(names & {*held.loc[held["reached"] == 1, "desk"]}))


def variants(rule: Rule) -> Iterator[Rule]:
    """A rule about either party as one rule for each, a reason that may stand in two places as one rule for each."""
    if rule.party is None and rule.triggers[0].activity == ANY:
        yield replace(rule, party="candidate", fulfilled_by=replace(rule.fulfilled_by, party="candidate"))
        yield replace(rule, party="client", fulfilled_by=replace(rule.fulfilled_by, party="client"), matched_on=CLIENT)
    elif rule.fulfilled_by.reason == "either":
        for told in (True, False):
            ways = tuple(replace(trigger, told=told) for trigger in rule.triggers)
            yield replace(
                rule, triggers=ways, fulfilled_by=replace(rule.fulfilled_by, reason=None if told else "given")
            )
    else:
        yield rule


Way = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Group:
    """Rules whose triggers wait for the same contacts from the same moment on, so that one row serves them all.

    ``kind`` numbers what they wait for, ``code`` the group; ``way`` tells whose contacts they are.
    """

    code: int
    kind: int
    way: Way
    means: Means
    rules: tuple[Rule, ...]


#: A rule whose contacts count from a moment of its own.
Own = tuple[str, int, int]


def groups(rules: Iterable[Rule], has_care: bool) -> list[Group]:
    """The rules by the way they are matched, and in that by what they wait for from when.

    Where no desk of contractor care is known, any desk may do what care would.
    """
    found: dict[tuple[Way, Means, Own | None, int], list[Rule]] = {}
    for rule in chain.from_iterable(map(variants, rules)):
        own = None if rule.opens is None else (rule.name, rule.opens, rule.number)
        means = replace(rule.fulfilled_by, care=rule.fulfilled_by.care and has_care)
        found.setdefault((rule.matched_on, means, own, rule.ahead), []).append(rule)
    kinds = list(dict.fromkeys((way, means) for way, means, *_ in found))
    return [
        Group(code, kinds.index((way, means)), way, means, tuple(held))
        for code, ((way, means, *_), held) in enumerate(found.items())
    ]
