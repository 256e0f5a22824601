"""What is owed and the first contact that fulfils it, asked of the engine that holds the log.

Written once in Narwhals. Triggers and contacts of one kind stand in one frame in order of time, and a window finds the
next contact of the same person after each trigger; what comes back is cut to what can matter and is pandas from then
on. Two rows of the same moment follow each other by id, except that what is no contact itself comes before all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import chain
from operator import or_
from typing import Literal

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.active import SPELL, active, assignments
from quality.events import IN_ORDER, NEVER, midnight, visible
from quality.obligation_forms import ANY, CLIENT, NOT_HELD, Means, Rule
from quality.promises import TOLD, applies, fulfils, has, is_contact, prepared, triggers

STATE = ("active_until", *SPELL)
PAIR = ("at", "by")
ORDER = ("clock", "turn", "rank", "activity_id")

#: Days of public holidays and week-ends on top of five business days a week, at most.
HOLIDAYS = 14


@dataclass(frozen=True)
class Asked:
    """One question: the prepared log up to ``until`` (``scheduled`` goes beyond it) and the days that matter."""

    frame: nw.LazyFrame
    scheduled: nw.LazyFrame
    start: date
    until: datetime
    care: tuple[str, ...] = ()


def asked_of(log: IntoFrame, as_of: date, start: date, roster: pd.DataFrame | None, rules: Sequence[Rule]) -> Asked:
    """The log made ready for the rules: what happened by the end of ``as_of``, and events booked shortly after it."""
    ahead = max((rule.opens or 0 for rule in rules if rule.unit == "before_event"), default=0)
    until = midnight(as_of + timedelta(days=1))
    scheduled = prepared(visible(log, as_of + timedelta(days=ahead), roster))
    frame = scheduled.filter(nw.col("occurred_at") < until)
    care = _care_desks(frame, roster) if any(rule.fulfilled_by.care for rule in rules) else ()
    return Asked(frame, scheduled, start, until, care)


def _care_desks(frame: nw.LazyFrame, roster: pd.DataFrame | None) -> tuple[str, ...]:
    """Desks of contractor care that are in the log: those of that role, and those a contractor was handed to."""
    handed = frame.filter(nw.col("activity") == "handoff").select("assignee").unique().collect("pandas").to_native()
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


def groups(rules: Iterable[Rule]) -> dict[Way, list[Group]]:
    """The rules by the way they are matched, and in that by what they wait for from when."""
    found: dict[Way, dict[tuple[Means, Own | None], list[Rule]]] = {}
    for rule in chain.from_iterable(map(variants, rules)):
        own = None if rule.opens is None else (rule.name, rule.opens, rule.number)
        found.setdefault(rule.matched_on, {}).setdefault((rule.fulfilled_by, own), []).append(rule)
    return {way: _numbered(lane) for way, lane in found.items()}


def _numbered(lane: dict[tuple[Means, Own | None], list[Rule]]) -> list[Group]:
    kinds = list(dict.fromkeys(means for means, _ in lane))
    return [Group(code, kinds.index(means), means, tuple(held)) for code, ((means, _), held) in enumerate(lane.items())]


def cases(asked: Asked, way: Way, lane: Sequence[Group]) -> nw.LazyFrame:
    """Triggers with ``code``, that of their group, ``next_at`` and ``next_by``: when and by which row first fulfilled.

    Cut to what can fall due from the start on or was never fulfilled.
    """
    needs_state = any(rule.living for group in lane for rule in group.rules)
    parts = [*_triggers(asked, lane), *_contacts(asked, lane), *(_states(asked, lane) if needs_state else ())]
    found = _linked(nw.concat(parts).filter(reduce(or_, (has(key) for key in way))), way, needs_state)
    return found.filter((nw.col("rank") == 1) & reduce(or_, (_matters(asked, group) for group in lane)))


def _triggers(asked: Asked, lane: Sequence[Group]) -> Iterator[nw.LazyFrame]:
    for group in lane:
        rule = group.rules[0]
        frame = asked.scheduled if rule.unit == "before_event" else asked.frame
        rows = frame.filter(reduce(or_, (triggers(one) for one in group.rules)))
        waits = rows.with_columns(clock=_clock(rule)) if rule.unit != "before_event" else _since_booked(rows, rule)
        comes_after = ~nw.lit(group.means.itself) & fulfils(group.means, asked.care)
        turn = nw.when(comes_after).then(nw.col("activity_id")).otherwise(nw.lit(""))
        yield _piece(waits.filter(nw.col("clock") < asked.until), group, 1, turn)


def _contacts(asked: Asked, lane: Sequence[Group]) -> Iterator[nw.LazyFrame]:
    for group in {group.kind: group for group in lane}.values():
        rows = asked.frame.filter(fulfils(group.means, asked.care)).with_columns(clock=nw.col("occurred_at"))
        yield _piece(rows, group, 0, nw.col("activity_id"))


def _states(asked: Asked, lane: Sequence[Group]) -> Iterator[nw.LazyFrame]:
    """Rows that say what holds for a candidate from then on, once for every kind that asks."""
    needed = {(group.kind, _states_of(rule)): group for group in lane for rule in group.rules if rule.living}
    for (_, states), group in needed.items():
        yield _piece(states(asked.frame).with_columns(clock=nw.col("occurred_at")), group, -1, nw.lit(""))


def _states_of(rule: Rule) -> Callable[[nw.LazyFrame], nw.LazyFrame]:
    return active if rule.living == "active_candidate" else assignments


def _piece(rows: nw.LazyFrame, group: Group, rank: int, turn: nw.Expr) -> nw.LazyFrame:
    """Rows in the form in which triggers, contacts and states stand together."""
    held = rows.collect_schema().names()
    never = nw.when(nw.col("activity_id").is_null())
    empty = {name: never.then(nw.lit("")) if name == "phase" else never.then(nw.lit(NEVER)) for name in STATE}
    shown = nw.when(nw.lit(rank == 0) & ~nw.col("activity_id").is_null())
    return rows.with_columns(
        kind=nw.lit(group.kind),
        code=nw.lit(group.code),
        rank=nw.lit(rank),
        turn=turn,
        met_at=shown.then(nw.col("occurred_at")),
        met_by=shown.then(nw.col("activity_id")),
        **{name: expr for name, expr in empty.items() if name not in held},
    ).select(*TOLD, "kind", "code", *ORDER[:3], "met_at", "met_by", *STATE)


def _clock(rule: Rule) -> nw.Expr:
    """From when on a contact counts."""
    if rule.opens is None:
        return nw.col("occurred_at")
    if rule.unit == "before_end":
        opened = nw.col("planned_end").dt.offset_by(f"-{rule.number + rule.opens}d")
        return nw.max_horizontal("occurred_at", opened)
    return nw.col("day").dt.offset_by(f"{rule.opens}d")


def _since_booked(rows: nw.LazyFrame, rule: Rule) -> nw.LazyFrame:
    """Events with their clock: some days before, but not before the last one held of the same candidate and job."""
    place = nw.coalesce(nw.col("job"), nw.col("client"), nw.lit(""))
    was_held = ~nw.col("outcome").fill_null("").is_in(list(NOT_HELD))
    own = rows.with_columns(place=place, held_at=nw.when(was_held).then(nw.col("occurred_at")))
    last = own.with_columns(
        last=nw.col("held_at").fill_null(strategy="forward").over("candidate", "place", order_by=list(IN_ORDER))
    )
    before = last.with_columns(
        before=nw.col("last").shift(1).over("candidate", "place", order_by=list(IN_ORDER)),
        opened=nw.col("occurred_at").dt.offset_by(f"-{rule.opens or 0}d"),
    )
    return before.with_columns(clock=nw.max_horizontal(nw.coalesce("before", "opened"), "opened"))


def _linked(rows: nw.LazyFrame, way: Way, with_state: bool) -> nw.LazyFrame:
    """``next_at`` and ``next_by``: the next contact of the same people; states carried on to what follows them."""
    states = {name: _filled(name, "forward", way[0]) for name in STATE} if with_state else {}
    surest = {f"next_{name}": _filled(f"met_{name}", "backward", way[0]) for name in PAIR}
    found = rows.with_columns(**surest, **states)
    return found if len(way) == 1 else _else_by(found, way)


def _else_by(rows: nw.LazyFrame, way: Way) -> nw.LazyFrame:
    """The next contact by the second way too: where it or the trigger lacks a column of the first."""
    first, second = way
    lacks = ~has(first)
    marked = rows.with_columns(
        loose_at=nw.when(lacks).then(nw.col("met_at")), loose_by=nw.when(lacks).then(nw.col("met_by"))
    )
    columns = ("met_at", "met_by", "loose_at", "loose_by")
    found = marked.with_columns(**{name: _filled(name, "backward", second) for name in columns})
    either = {name: nw.when(lacks).then(nw.col(f"met_{name}")).otherwise(nw.col(f"loose_{name}")) for name in PAIR}
    known = found.with_columns(
        **{f"else_{name}": nw.when(has(second)).then(expr) for name, expr in either.items()},
        **{f"next_{name}": nw.when(~lacks).then(nw.col(f"next_{name}")) for name in PAIR},
    )
    is_else = nw.coalesce(nw.col("else_at"), nw.lit(NEVER)) < nw.coalesce(nw.col("next_at"), nw.lit(NEVER))
    chosen = {name: nw.when(is_else).then(nw.col(f"else_{name}")).otherwise(nw.col(f"next_{name}")) for name in PAIR}
    return known.with_columns(**{f"next_{name}": expr for name, expr in chosen.items()})


def _filled(column: str, strategy: Literal["forward", "backward"], key: Sequence[str]) -> nw.Expr:
    """The nearest known value of the same people, earlier or later, the row's own included."""
    return nw.col(column).fill_null(strategy=strategy).over("kind", *key, order_by=list(ORDER))


def _matters(asked: Asked, group: Group) -> nw.Expr:
    """Whether a case of the group can fall due from the start on, or was never fulfilled."""
    wanted = reduce(or_, (applies(rule) & _may_fall_due(rule, asked.start) for rule in group.rules))
    return (nw.col("code") == group.code) & wanted


def _may_fall_due(rule: Rule, start: date) -> nw.Expr:
    still_owed = nw.col("next_at").is_null()
    if rule.unit == "by_due_on":
        return still_owed | (nw.col("due_on") >= midnight(start)) | (nw.col("day") >= midnight(start))
    return still_owed | (nw.col("clock") >= midnight(start - timedelta(days=_longest(rule))))


def _longest(rule: Rule) -> int:
    """Days from the clock of a case to its due date, at most."""
    if rule.unit in ("before_event", "before_end"):
        return rule.opens or 0
    if rule.unit == "business_days":
        return rule.number * 7 // 5 + HOLIDAYS
    return rule.number // 24 + 1 if rule.unit == "hours" else rule.number
