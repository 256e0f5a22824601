"""Triggers and the first contact that fulfils each, found by the engine that holds the log.

Written once in Narwhals. Triggers and contacts stand in one frame in order of time (`quality.parts`), and a window
finds the next contact of the same person after each trigger. Windows sort everything they carry, so they carry keys
and moments alone; what is left after the cut is joined with its row of the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

import narwhals as nw

from quality.active import SPELL, active, assignments
from quality.at_hand import STATE_ROWS, kept
from quality.events import NEVER, may_be
from quality.parts import LOOSE, ORDER, SURE, parts
from quality.promise_cases import Asked, Group
from quality.promises import has, longest, made_by

STATE = ("active_until", *SPELL)
PAIR = ("at", "by")

#: What is found out about a trigger: its row of the log comes to it at the end.
CASE = ("activity_id", "code", "clock", "next_at", "next_by")
MARKS = (*SURE, "rank", "recent", "free")
#: What tells the states of people.
STATED = ("activity_id", "occurred_at", "day", "activity", "candidate", "client", "job", "planned_end")


def cases(asked: Asked, groups: Sequence[Group]) -> nw.LazyFrame:
    """Triggers with ``code``, that of their group, ``next_at`` and ``next_by``: when and by which row first fulfilled.

    Cut to what can fall due from the start on or was never fulfilled.
    """
    lanes = [[group for group in groups if len(group.way) == ways] for ways in (1, 2)]
    found = nw.concat([_of_lane(asked, lane) for lane in lanes if lane])
    # What only the engine asked for costs time where it is handed over.
    return found.join(asked.scheduled.drop("recorded", "quantity", "ref"), on="activity_id", how="inner")


def _of_lane(asked: Asked, lane: Sequence[Group]) -> nw.LazyFrame:
    """The cases of groups that tell in as many ways whose they are."""
    rows = _undecided(kept(parts(asked, lane)), len(lane[0].way))
    met = _next(rows) if len(lane[0].way) == 1 else _next_by_either(rows)
    cut = met.filter((nw.col("rank") == 1) & (nw.col("recent") | nw.col("next_at").is_null()))
    return _with_states(asked, cut, lane).select(*CASE, *STATE)


def _undecided(rows: nw.LazyFrame, ways: int) -> nw.LazyFrame:
    """Without what windows need not go through, since it is long decided.

    That is triggers that cannot fall due any more and that a contact followed, and contacts before any other trigger,
    but for the last one with the same people.
    """
    known = _with_own_bounds(rows) if ways == 1 else _with_bounds(rows)
    counts = nw.col("clock") >= nw.coalesce(nw.col("begins"), nw.lit(NEVER))
    return known.filter(counts | nw.col("last").is_null() | (nw.col("clock") >= nw.col("last"))).drop("begins", "last")


def _with_own_bounds(rows: nw.LazyFrame) -> nw.LazyFrame:
    """``begins``: the first trigger with these people that can fall due; ``last``: the last contact with them."""
    asked = rows.select(
        "kind",
        *SURE,
        begins=nw.when(nw.col("recent")).then(nw.col("clock")),
        last=nw.when(nw.col("rank") == 0).then(nw.col("clock")),
    )
    bounds = asked.group_by("kind", *SURE).agg(nw.col("begins").min(), nw.col("last").max())
    return rows.join(bounds, on=["kind", *SURE], how="left")


def _with_bounds(rows: nw.LazyFrame) -> nw.LazyFrame:
    """The same where people are told in two ways: ``begins`` is that of their kind, as either way may meet it.

    Who is met at one client is not met at another, so the last contact is that with the same people in both ways.
    """
    begins = rows.filter(nw.col("recent")).group_by("kind").agg(begins=nw.col("clock").min())
    met = rows.filter((nw.col("rank") == 0) & has((*SURE, *LOOSE)))
    last = met.group_by("kind", *SURE, *LOOSE).agg(last=nw.col("clock").max())
    return rows.join(begins, on="kind", how="left").join(last, on=["kind", *SURE, *LOOSE], how="left")


def _next(rows: nw.LazyFrame) -> nw.LazyFrame:
    """``next_at`` and ``next_by``: the next contact of the same people."""
    return rows.with_columns(**{f"next_{name}": _filled(f"met_{name}", "backward", SURE) for name in PAIR})


def _next_by_either(rows: nw.LazyFrame) -> nw.LazyFrame:
    """The next contact by the second way too: where it or the trigger lacks a column of the first."""
    lacks, can_be_loose = ~has(SURE), has(LOOSE)
    marked = rows.with_columns(**{f"loose_{name}": nw.when(lacks).then(nw.col(f"met_{name}")) for name in PAIR})
    found = marked.with_columns(
        **{f"sure_{name}": _filled(f"met_{name}", "backward", SURE) for name in PAIR},
        **{f"any_{name}": _filled(f"met_{name}", "backward", LOOSE) for name in PAIR},
        **{f"loose_{name}": _filled(f"loose_{name}", "backward", LOOSE) for name in PAIR},
    )
    either = {name: nw.when(lacks).then(nw.col(f"any_{name}")).otherwise(nw.col(f"loose_{name}")) for name in PAIR}
    known = found.with_columns(
        **{f"else_{name}": nw.when(can_be_loose).then(expr) for name, expr in either.items()},
        **{f"sure_{name}": nw.when(~lacks).then(nw.col(f"sure_{name}")) for name in PAIR},
    )
    is_else = nw.coalesce(nw.col("else_at"), nw.lit(NEVER)) < nw.coalesce(nw.col("sure_at"), nw.lit(NEVER))
    return known.with_columns(
        **{f"next_{name}": nw.when(is_else).then(nw.col(f"else_{name}")).otherwise(f"sure_{name}") for name in PAIR}
    )


def _filled(column: str, strategy: Literal["forward", "backward"], key: Sequence[str]) -> nw.Expr:
    """The nearest known value of the same people, earlier or later, the row's own included."""
    return nw.col(column).fill_null(strategy=strategy).over("kind", *key, order_by=list(ORDER))


def _with_states(asked: Asked, met: nw.LazyFrame, lane: Sequence[Group]) -> nw.LazyFrame:
    """Triggers with the states that hold at their moment, without those that no state of theirs makes owed."""
    living = [group for group in lane if any(rule.living for rule in group.rules)]
    if not living:
        return met.select(*MARKS, *CASE, **_unknown(STATE))
    held, is_living = kept(met.select(*MARKS, *CASE)), nw.col("code").is_in([group.code for group in living])
    rows = _at_their_moment(asked, held.filter(is_living), living).with_columns(**_unknown(STATE))
    return nw.concat([_living(asked, rows, living), held.filter(~is_living).with_columns(**_unknown(STATE))])


def _living(asked: Asked, rows: nw.LazyFrame, lane: Sequence[Group]) -> nw.LazyFrame:
    """Triggers of groups in which a rule asks for a state."""
    slim = kept(asked.frame.filter(may_be(STATE_ROWS) & ~nw.col("candidate").is_null()).select(*STATED))
    about = nw.lit("") if len(lane[0].way) == 1 else nw.col("job")
    stated = [_as_state(states, names, about) for states, names in _states(slim, asked.start, lane)]
    order = ["clock", "rank", "activity_id"]
    last = {name: nw.col(name).fill_null(strategy="forward").over(*SURE, order_by=order) for name in STATE}
    known = nw.concat([rows.select(*MARKS, *CASE, *STATE), *stated]).with_columns(**last)
    is_active = nw.col("active_until") > nw.max_horizontal(
        "clock", nw.when(~nw.col("recent")).then(nw.lit(asked.until))
    )
    holds = is_active.fill_null(False) | (nw.col("spell_until") > nw.col("clock")).fill_null(False)
    return known.filter((nw.col("rank") == 1) & (nw.col("free") | holds))


def _at_their_moment(asked: Asked, met: nw.LazyFrame, lane: Sequence[Group]) -> nw.LazyFrame:
    """Triggers with their own moment as ``clock`` where contacts before it count: the state has to hold then."""
    ahead = [rule for group in lane for rule in group.rules if rule.ahead]
    if not ahead:
        return met
    own = asked.frame.filter(may_be(sorted(made_by(ahead)))).select("activity_id", began="occurred_at")
    return met.join(own, on="activity_id", how="left").with_columns(clock=nw.max_horizontal("clock", "began"))


def _states(rows: nw.LazyFrame, start: date, lane: Sequence[Group]) -> Iterator[tuple[nw.LazyFrame, Sequence[str]]]:
    """The states that rules ask for, as far as they can matter from the start on, and what these say."""
    living = [rule for group in lane for rule in group.rules if rule.living]
    in_process = [rule for rule in living if rule.living == "active_candidate"]
    if in_process:
        yield active(rows, start - timedelta(days=max(map(longest, in_process)))), ("active_until",)
    if len(in_process) < len(living):
        yield assignments(rows), SPELL


def _as_state(rows: nw.LazyFrame, told: Sequence[str], about: nw.Expr) -> nw.LazyFrame:
    """Rows that say what holds for a candidate from then on, in the form of triggers."""
    no, nobody = nw.lit(False), nw.when(nw.col("activity_id").is_null())
    known = {name: nw.col(name) if name in told else expr for name, expr in _unknown(STATE).items()}
    return rows.select(
        who="candidate",
        about=about,
        rank=nw.lit(-1),
        recent=no,
        free=no,
        activity_id="activity_id",
        code=nw.lit(0),
        clock="occurred_at",
        next_at=nobody.then(nw.col("occurred_at")),
        next_by=nobody.then(nw.col("activity_id")),
        **known,
    )


def _unknown(names: Sequence[str]) -> dict[str, nw.Expr]:
    """Columns of states in which nothing stands."""
    nobody = nw.when(nw.col("activity_id").is_null())
    return {name: nobody.then(nw.lit("") if name == "phase" else nw.lit(NEVER)) for name in names}
