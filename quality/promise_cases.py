"""What is asked of the log: the rows ready for the rules, and the rules in groups that wait for the same contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, count

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.desk_sides import is_support
from quality.events import midnight, visible
from quality.obligation_forms import ANY, CLIENT, Means, Rule
from quality.promises import Desks, is_contact, prepared


@dataclass(frozen=True)
class Asked:
    """One question: the prepared log up to ``until`` (``scheduled`` goes beyond it) and the days that matter."""

    frame: nw.LazyFrame
    scheduled: nw.LazyFrame
    start: date
    until: datetime
    desks: Desks


def asked_of(log: IntoFrame, as_of: date, start: date, roster: pd.DataFrame | None, rules: Sequence[Rule]) -> Asked:
    """The log made ready for the rules: what happened by the end of ``as_of``, and events booked shortly after it."""
    ahead = max((rule.opens or 0 for rule in rules if rule.unit == "before_event"), default=0)
    until = midnight(as_of + timedelta(days=1))
    scheduled = prepared(visible(log, as_of + timedelta(days=ahead), roster))
    frame = scheduled.filter(nw.col("occurred_at") < until)
    to_support = is_support("assignee", roster)
    care = _care_desks(frame, to_support, roster) if any(rule.fulfilled_by.care for rule in rules) else ()
    return Asked(frame, scheduled, start, until, Desks(care, to_support))


def _care_desks(frame: nw.LazyFrame, to_support: nw.Expr, roster: pd.DataFrame | None) -> tuple[str, ...]:
    """Desks of contractor care that are in the log: those of that role, and those a contractor was handed to."""
    rows = frame.filter((nw.col("activity") == "handoff") & ~to_support)
    handed = rows.select("assignee").unique().collect("pandas").to_native()
    names = {*handed["assignee"].dropna()}
    if roster is not None and "role" in roster:
        names |= {*roster.loc[roster["role"].astype("str").str.contains("care", case=False, na=False), "desk"]}
    if not names:
        return ()
    seen = frame.filter(nw.col("desk").is_in(sorted(names)) & is_contact()).select("desk").unique()
    return tuple(sorted(seen.collect("pandas").to_native()["desk"]))


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


@dataclass(frozen=True)
class Group:
    """Rules whose triggers wait for the same contacts from the same moment on, so that one row serves them all.

    ``kind`` numbers what they wait for, ``code`` the group.
    """

    code: int
    kind: int
    means: Means
    rules: tuple[Rule, ...]


Way = tuple[tuple[str, ...], ...]
#: A rule whose contacts count from a moment of its own.
Own = tuple[str, int, int]


def groups(rules: Iterable[Rule], has_care: bool) -> dict[Way, list[Group]]:
    """The rules by the way they are matched, and in that by what they wait for from when.

    Where no desk of contractor care is known, any desk may do what care would.
    """
    found: dict[Way, dict[tuple[Means, Own | None], list[Rule]]] = {}
    for rule in chain.from_iterable(map(variants, rules)):
        own = None if rule.opens is None else (rule.name, rule.opens, rule.number)
        means = replace(rule.fulfilled_by, care=rule.fulfilled_by.care and has_care)
        found.setdefault(rule.matched_on, {}).setdefault((means, own), []).append(rule)
    codes = count()
    return {way: _numbered(lane, codes) for way, lane in found.items()}


def _numbered(lane: dict[tuple[Means, Own | None], list[Rule]], codes: Iterator[int]) -> list[Group]:
    kinds = list(dict.fromkeys(means for means, _ in lane))
    return [Group(next(codes), kinds.index(means), means, tuple(held)) for (means, _), held in lane.items()]
