"""What is owed and the first contact that fulfils it, asked of the engine that holds the log.

Written once in Narwhals. Triggers and contacts of one kind stand in one frame in order of time, and a window finds the
next contact of the same person after each trigger; what comes back is cut to what can matter and is pandas from then
on. Two rows of the same moment follow each other by id, except that what is no contact itself comes before all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Literal

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from quality.active import SPELL, active, assignments
from quality.events import IN_ORDER, NEVER, midnight, visible
from quality.obligation_forms import ANY, CLIENT, CONTACT, CONTACTS, NOT_HELD, Means, Rule, Trigger, While

#: What is told of a trigger.
TOLD = (
    "activity_id", "occurred_at", "day", "desk", "activity", "party", "candidate", "client", "contact", "job",
    "outcome", "due_on", "planned_end", "ref", "assignee", "channel", "notes",
)  # fmt: skip
STATE = ("active_until", *SPELL)
PAIR = ("at", "by")
ORDER = ("clock", "turn", "rank")

#: Days of public holidays and week-ends on top of five business days a week, at most.
HOLIDAYS = 14

#: Day of an assignment from which it is touched less often.
SETTLED_DAY = 120


def side() -> nw.Expr:
    """Whom a row reaches or is about: what the activity says, else the party, else the candidate where one is named."""
    is_candidate = ~nw.col("candidate").is_null()
    fallback = nw.when(is_candidate).then(nw.lit("candidate")).otherwise(nw.lit("client"))
    own = nw.coalesce(nw.col("party"), fallback)
    for party in ("candidate", "client"):
        fixed = [name for name, reached in CONTACTS.items() if reached == party]
        own = nw.when(nw.col("activity").is_in(fixed)).then(nw.lit(party)).otherwise(own)
    return own


def prepared(frame: nw.LazyFrame) -> nw.LazyFrame:
    """The columns that rules ask about, with ``party`` as the side each row reaches."""
    return frame.with_columns(
        party=side(),
        due_on=nw.col("due_on").cast(nw.Datetime("us")),
        planned_end=nw.col("planned_end").cast(nw.Datetime("us")),
    ).select(*TOLD, "quantity")


def has_text(column: str) -> nw.Expr:
    return nw.col(column).fill_null("") != ""


def is_contact() -> nw.Expr:
    """Whether a row reached a person: automatic rows and attempts reach nobody."""
    return nw.col("activity").is_in(list(CONTACTS)) & (nw.col("channel").fill_null("") != "auto")


def fulfils(means: Means, care: Sequence[str]) -> nw.Expr:
    """Whether a row is what fulfils a rule, whomever it is for; ``care`` are the desks of contractor care, if any."""
    found = is_contact() if means.activities == (CONTACT,) else nw.col("activity").is_in(list(means.activities))
    found = found & (nw.col("channel").fill_null("") != "auto")
    if means.party:
        found = found & (nw.col("party") == means.party)
    if means.channels:
        found = found & nw.col("channel").fill_null("").is_in(list(means.channels))
    if means.reason:
        found = found & (has_text("outcome") | has_text("notes"))
    return found & nw.col("desk").is_in(list(care)) if means.care and care else found


def triggers(rule: Rule) -> nw.Expr:
    """Whether a row makes something owed by a rule."""
    found = reduce(or_, (_is_trigger(one, rule) for one in rule.triggers))
    if rule.unit == "by_due_on":
        return found & ~nw.col("due_on").is_null()
    if rule.unit == "before_end":
        return found & (nw.col("planned_end").dt.offset_by(f"-{rule.number}d") >= nw.col("day"))
    return found


def _is_trigger(trigger: Trigger, rule: Rule) -> nw.Expr:
    if trigger.activity == ANY:
        return nw.col("party") == rule.party
    if trigger.activity == CONTACT:
        return is_contact() & (nw.col("party") == rule.party)
    outcome, found = nw.col("outcome").fill_null(""), nw.col("activity") == trigger.activity
    if trigger.told is not None:
        found = found & (has_text("outcome") if trigger.told else ~has_text("outcome"))
    if trigger.outcomes:
        found = found & outcome.is_in(list(trigger.outcomes))
    if trigger.channels:
        found = found & nw.col("channel").fill_null("").is_in(list(trigger.channels))
    return found & ~outcome.is_in(list(trigger.unless)) if trigger.unless else found


# --- one question to the engine --------------------------------------------------------------------------------------


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


def groups(rules: Iterable[Rule]) -> dict[Way, list[Group]]:
    """The rules by the way they are matched, and in that by what they wait for from when."""
    found: dict[Way, dict[tuple[Means, str | None], list[Rule]]] = {}
    for rule in chain.from_iterable(map(variants, rules)):
        own = None if rule.opens is None else rule.name
        found.setdefault(rule.matched_on, {}).setdefault((rule.fulfilled_by, own), []).append(rule)
    return {way: _numbered(lane) for way, lane in found.items()}


def _numbered(lane: dict[tuple[Means, str | None], list[Rule]]) -> list[Group]:
    kinds = list(dict.fromkeys(means for means, _ in lane))
    return [Group(code, kinds.index(means), means, tuple(held)) for code, ((means, _), held) in enumerate(lane.items())]


def cases(asked: Asked, way: Way, lane: Sequence[Group]) -> nw.LazyFrame:
    """Triggers with ``code``, that of their group, ``next_at`` and ``next_by``: when and by which row first fulfilled.

    Cut to what can fall due from the start on or was never fulfilled.
    """
    needs_state = any(rule.living for group in lane for rule in group.rules)
    parts = [*_triggers(asked, lane), *_contacts(asked, lane), *(_states(asked, lane) if needs_state else ())]
    found = _linked(nw.concat(parts).filter(reduce(or_, (_has(key) for key in way))), way, needs_state)
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
    needing = {group.kind: group for group in lane if any(rule.living for rule in group.rules)}
    for group in needing.values():
        for found in (active(asked.frame), assignments(asked.frame)):
            rows = found.with_columns(clock=nw.col("occurred_at"))
            yield _piece(rows, group, -1, nw.lit(""))


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
    ).select(*TOLD, "kind", "code", *ORDER, "met_at", "met_by", *STATE)


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
    lacks = ~_has(first)
    marked = rows.with_columns(
        loose_at=nw.when(lacks).then(nw.col("met_at")), loose_by=nw.when(lacks).then(nw.col("met_by"))
    )
    columns = ("met_at", "met_by", "loose_at", "loose_by")
    found = marked.with_columns(**{name: _filled(name, "backward", second) for name in columns})
    either = {name: nw.when(lacks).then(nw.col(f"met_{name}")).otherwise(nw.col(f"loose_{name}")) for name in PAIR}
    known = found.with_columns(
        **{f"else_{name}": nw.when(_has(second)).then(expr) for name, expr in either.items()},
        **{f"next_{name}": nw.when(~lacks).then(nw.col(f"next_{name}")) for name in PAIR},
    )
    is_else = nw.coalesce(nw.col("else_at"), nw.lit(NEVER)) < nw.coalesce(nw.col("next_at"), nw.lit(NEVER))
    chosen = {name: nw.when(is_else).then(nw.col(f"else_{name}")).otherwise(nw.col(f"next_{name}")) for name in PAIR}
    return known.with_columns(**{f"next_{name}": expr for name, expr in chosen.items()})


def _filled(column: str, strategy: Literal["forward", "backward"], key: Sequence[str]) -> nw.Expr:
    """The nearest known value of the same people, earlier or later, the row's own included."""
    return nw.col(column).fill_null(strategy=strategy).over("kind", *key, order_by=list(ORDER))


def _has(key: Sequence[str]) -> nw.Expr:
    return reduce(and_, (~nw.col(column).is_null() for column in key))


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


def applies(rule: Rule) -> nw.Expr:
    """Whether a case is one of this rule: triggered by it, in the state in which it holds."""
    found = triggers(rule) & reduce(or_, (_has(key) for key in rule.matched_on))
    if rule.unit == "before_end":
        found = found & (nw.col("spell_end") == nw.col("planned_end"))
    return found & lives(rule.living) if rule.living else found


def lives(state: While) -> nw.Expr:
    """Whether a state holds at the moment of a case."""
    clock = nw.col("clock")
    if state == "active_candidate":
        return nw.col("active_until") > clock
    is_there = nw.col("spell_until") > clock
    settled = nw.col("spell_from").dt.offset_by(f"{SETTLED_DAY}d")
    running = is_there & (nw.col("phase") == "running")
    return {
        "accepted": is_there & (nw.col("phase") == "accepted"),
        "first_120_days": running & (clock < settled),
        "rest_of_contract": running & (clock >= settled),
        "running_assignment": running,
    }[state]
