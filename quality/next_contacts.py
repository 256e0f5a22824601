"""Triggers and the first contact that fulfils each, found by the engine that holds the log.

Written once in Narwhals. Triggers and contacts of one kind stand in one frame in order of time, and a window finds the
next contact of the same person after each trigger. Two rows of the same moment follow each other by id, except that
what is no contact itself comes before all of them. Windows sort everything they carry, so they carry keys and moments
alone; what is left after the cut is joined with its row of the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Literal

import narwhals as nw

from quality.active import SPELL, active, assignments
from quality.at_hand import STATE_ROWS
from quality.events import IN_ORDER, NEVER, may_be, midnight
from quality.obligation_forms import NOT_HELD, Rule
from quality.promise_cases import Asked, Group, Way
from quality.promises import fulfils, has, longest, may_fulfil, may_trigger, triggers

STATE = ("active_until", *SPELL)
PAIR = ("at", "by")
ORDER = ("clock", "turn", "rank")

#: What is found out about a trigger: its row of the log comes to it at the end.
FOUND = ("activity_id", "code", "clock", "next_at", "next_by", *STATE)
#: What tells the states of people.
STATED = ("activity_id", "occurred_at", "day", "activity", "candidate", "client", "job", "planned_end")


def cases(asked: Asked, way: Way, lane: Sequence[Group]) -> nw.LazyFrame:
    """Triggers with ``code``, that of their group, ``next_at`` and ``next_by``: when and by which row first fulfilled.

    Cut to what can fall due from the start on or was never fulfilled.
    """
    parts = [*_triggers(asked, way, lane), *_contacts(asked, way, lane)]
    rows = nw.concat(parts).filter(reduce(or_, (has(key) for key in way)))
    met = _linked(rows, way).filter((nw.col("rank") == 1) & (nw.col("recent") | nw.col("next_at").is_null()))
    found = _with_states(asked, met, way, lane).select(*FOUND)
    return found.join(asked.scheduled, on="activity_id", how="inner")


def _triggers(asked: Asked, way: Way, lane: Sequence[Group]) -> Iterator[nw.LazyFrame]:
    for group in lane:
        rule = group.rules[0]
        frame = asked.scheduled if rule.unit == "before_event" else asked.frame
        can_owe = reduce(or_, (may_trigger(one) for one in group.rules))
        rows = frame.filter(can_owe).filter(reduce(or_, (triggers(one) for one in group.rules)))
        waits = rows.with_columns(clock=_clock(rule)) if rule.unit != "before_event" else _since_booked(rows, rule)
        comes_after = ~nw.lit(group.means.itself) & fulfils(group.means, asked.desks)
        turn = nw.when(comes_after).then(nw.col("activity_id")).otherwise(nw.lit(""))
        recent = reduce(or_, (triggers(one) & _may_fall_due(one, asked.start) for one in group.rules))
        free = reduce(or_, (triggers(one) for one in group.rules if one.living is None), nw.lit(False))
        begun = waits.filter(nw.col("clock") < asked.until)
        yield _piece(begun, way, group, rank=nw.lit(1), turn=turn, recent=recent, free=free)


def _contacts(asked: Asked, way: Way, lane: Sequence[Group]) -> Iterator[nw.LazyFrame]:
    for group in {group.kind: group for group in lane}.values():
        can = asked.frame.filter(may_fulfil(group.means))
        rows = can.filter(fulfils(group.means, asked.desks)).with_columns(clock=nw.col("occurred_at"))
        no = nw.lit(False)
        yield _piece(rows, way, group, rank=nw.lit(0), turn=nw.col("activity_id"), recent=no, free=no)


def _piece(rows: nw.LazyFrame, way: Way, group: Group, **own: nw.Expr) -> nw.LazyFrame:
    """Rows in the form in which triggers and contacts stand together: keys and moments, nothing else."""
    told = rows.with_columns(kind=nw.lit(group.kind), code=nw.lit(group.code), **own)
    is_contact = nw.when(nw.col("rank") == 0)
    met = {"met_at": is_contact.then(nw.col("occurred_at")), "met_by": is_contact.then(nw.col("activity_id"))}
    keys = sorted({column for key in way for column in key})
    return told.with_columns(**met).select(
        "activity_id", *keys, "kind", "code", *ORDER, "recent", "free", "met_at", "met_by"
    )


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


def _linked(rows: nw.LazyFrame, way: Way) -> nw.LazyFrame:
    """``next_at`` and ``next_by``: the next contact of the same people."""
    surest = {f"next_{name}": _filled(f"met_{name}", "backward", way[0]) for name in PAIR}
    found = rows.with_columns(**surest)
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


def _with_states(asked: Asked, met: nw.LazyFrame, way: Way, lane: Sequence[Group]) -> nw.LazyFrame:
    """Triggers with the states that hold at their moment, without those that no state of theirs makes owed."""
    asking = dict.fromkeys(_states_of(rule) for group in lane for rule in group.rules if rule.living)
    rows = _stated(met, way, ())
    if not asking:
        return rows
    slim = asked.frame.filter(may_be(STATE_ROWS)).select(*STATED)
    parts = [_stated(_as_state(states(slim)), way, names) for states, names in asking]
    key, order = way[0], ["clock", "rank", "activity_id"]
    last = {name: nw.col(name).fill_null(strategy="forward").over(*key, order_by=order) for name in STATE}
    known = nw.concat([rows, *parts]).with_columns(**last)
    is_active = nw.col("active_until") > nw.max_horizontal(
        "clock", nw.when(~nw.col("recent")).then(nw.lit(asked.until))
    )
    holds = is_active.fill_null(False) | (nw.col("spell_until") > nw.col("clock")).fill_null(False)
    return known.filter((nw.col("rank") == 1) & (nw.col("free") | holds))


def _states_of(rule: Rule) -> tuple[Callable[[nw.LazyFrame], nw.LazyFrame], tuple[str, ...]]:
    return (active, ("active_until",)) if rule.living == "active_candidate" else (assignments, SPELL)


def _as_state(rows: nw.LazyFrame) -> nw.LazyFrame:
    """Rows that say what holds for a candidate from then on."""
    nothing, no = nw.when(nw.col("activity_id").is_null()), nw.lit(False)
    return rows.with_columns(
        clock=nw.col("occurred_at"),
        code=nw.lit(0),
        rank=nw.lit(-1),
        recent=no,
        free=no,
        next_at=nothing.then(nw.col("occurred_at")),
        next_by=nothing.then(nw.col("activity_id")),
    )


def _stated(rows: nw.LazyFrame, way: Way, known: Sequence[str]) -> nw.LazyFrame:
    """Rows with the columns of the states, empty where they are not known."""
    never = nw.when(nw.col("activity_id").is_null())
    empty = {name: never.then(nw.lit("")) if name == "phase" else never.then(nw.lit(NEVER)) for name in STATE}
    shown = rows.with_columns(**{name: expr for name, expr in empty.items() if name not in known})
    return shown.select(*way[0], *FOUND, "rank", "recent", "free")


def _may_fall_due(rule: Rule, start: date) -> nw.Expr:
    """Whether what a row triggers can fall due from the start on."""
    if rule.unit == "by_due_on":
        return (nw.col("due_on") >= midnight(start)) | (nw.col("day") >= midnight(start))
    return nw.col("clock") >= midnight(start - timedelta(days=longest(rule)))
