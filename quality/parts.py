"""What rows of the log are to the rules: contacts that fulfil them and triggers that wait for them, in one frame.

A row plays a part in every group of rules (`quality.promise_cases`) that it fulfils or triggers, and stands once in the
frame for each. Parts that no row plays together are asked for together: every question costs, however few rows answer.

Rows of one kind are in the order of ORDER: two of the same moment follow each other by id, except that what is no
contact itself comes before all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

import narwhals as nw

from quality.events import IN_ORDER, midnight
from quality.obligation_forms import ANY, NOT_HELD, Rule
from quality.promise_cases import Asked, Group
from quality.promises import Desks, fulfils, has, longest, made_by, met_by, triggers
from quality.vocabulary import ACTIVITIES

#: Whose row it is by the first way to tell, and by the second, where the first lacks something.
SURE, LOOSE = ("who", "about"), ("loosely",)
ORDER = ("clock", "turn", "rank")

AT, ID, NOTHING, YES, NO = nw.col("occurred_at"), nw.col("activity_id"), nw.lit(""), nw.lit(True), nw.lit(False)
IS_END = nw.col("activity") == "end"


@dataclass(frozen=True)
class Part:
    """Which rows play it, all of them of these activities, and the columns that tell what they are in it."""

    names: frozenset[str]
    plays: nw.Expr
    columns: dict[str, nw.Expr]


def parts(asked: Asked, groups: Sequence[Group]) -> nw.LazyFrame:
    """Rows in their parts: ``activity_id``, ``rank`` (0 for contacts, 1 for triggers), ``kind`` and ``code`` of the
    group, the columns of SURE, LOOSE and ORDER, ``met_at`` and ``met_by`` of contacts; of triggers whether they are
    ``recent`` enough to fall due, and ``free`` of the state of a person.
    """
    kinds = {group.kind: group for group in groups}.values()
    at_once = [group for group in groups if not (group.rules[0].unit == "before_event" or group.rules[0].ahead)]
    pieces = [
        *_together(asked.frame, [_contact(group, asked.desks) for group in kinds], rank=0, met=True),
        *_together(asked.frame, [_trigger(group, asked, _clock(group.rules[0])) for group in at_once], rank=1),
        *_booked(asked, [group for group in groups if group not in at_once]),
    ]
    known = has(SURE) if len(groups[0].way) == 1 else has(SURE) | has(LOOSE)
    return nw.concat(pieces).filter(known)


def _together(frame: nw.LazyFrame, played: Iterable[Part], rank: int, met: bool = False) -> Iterator[nw.LazyFrame]:
    """The rows in these parts, in as few pieces as no row plays two parts of."""
    is_met = nw.when(~ID.is_null() if met else ID.is_null())
    for layer in _layers(played):
        rows = frame.filter(reduce(or_, (part.plays for part in layer)))
        columns = {name: _of_part(layer, name) for name in layer[0].columns}
        yield rows.select("activity_id", **columns, rank=nw.lit(rank), met_at=is_met.then(AT), met_by=is_met.then(ID))


def _layers(played: Iterable[Part]) -> list[list[Part]]:
    found: list[list[Part]] = []
    for part in played:
        fitting = (layer for layer in found if not any(part.names & other.names for other in layer))
        layer = next(fitting, None)
        if layer is None:
            found.append([part])
        else:
            layer.append(part)
    return found


def _of_part(layer: Sequence[Part], name: str) -> nw.Expr:
    """A column that says for each row what its part says; parts that say the same are told apart nowhere."""
    said: dict[int, tuple[nw.Expr, set[str]]] = {}
    for part in layer:
        said.setdefault(id(part.columns[name]), (part.columns[name], set()))[1].update(part.names)
    (found, _), *others = said.values()
    for expr, names in others:
        found = nw.when(nw.col("activity").is_in(sorted(names))).then(expr).otherwise(found)
    return found


def _contact(group: Group, desks: Desks) -> Part:
    columns = {**_keys(group), "clock": AT, "turn": ID, "recent": NO, "free": NO}
    return Part(met_by(group.means), fulfils(group.means, desks), columns)


def _trigger(group: Group, asked: Asked, clock: nw.Expr) -> Part:
    """What makes something owed by a group, from the moment ``clock`` on, where that has come."""
    rules = group.rules
    of_any = any(trigger.activity == ANY for rule in rules for trigger in rule.triggers)
    names = frozenset(ACTIVITIES) if of_any else made_by(rules)
    is_contact = names & met_by(group.means) and not group.means.itself
    turn = nw.when(fulfils(group.means, asked.desks)).then(ID).otherwise(NOTHING) if is_contact else NOTHING
    owes = {rule: triggers(rule) for rule in rules}
    begun = owes.values() if rules[0].opens is None else [one & (clock < asked.until) for one in owes.values()]
    columns = {
        **_keys(group),
        "clock": clock,
        "turn": turn,
        "recent": _recent(owes, clock, asked.start),
        "free": _free(owes),
    }
    return Part(names, reduce(or_, begun), columns)


def _recent(owes: dict[Rule, nw.Expr], clock: nw.Expr, start: date) -> nw.Expr:
    """Whether what a row triggers can fall due from the start on."""
    found = {rule: _may_fall_due(rule, clock, start) for rule in owes}
    return reduce(or_, (owes[rule] & one for rule, one in found.items())) if len(owes) > 1 else found.popitem()[1]


def _may_fall_due(rule: Rule, clock: nw.Expr, start: date) -> nw.Expr:
    if rule.unit == "by_due_on":
        return (nw.col("due_on") >= midnight(start)) | (nw.col("day") >= midnight(start))
    return clock >= midnight(start - timedelta(days=longest(rule)))


def _free(owes: dict[Rule, nw.Expr]) -> nw.Expr:
    """Whether a row triggers a rule that asks for no state."""
    asking = [one for rule, one in owes.items() if rule.living is None]
    if not asking:
        return NO
    return YES if len(asking) == len(owes) else reduce(or_, asking)


def _keys(group: Group) -> dict[str, nw.Expr]:
    """The columns that tell the kind of the group, the group, and whose a row is."""
    sure, *loose = group.way
    who, *about = sure
    return {
        "kind": nw.lit(group.kind),
        "code": nw.lit(group.code),
        "who": nw.col(who),
        "about": nw.col(about[0]) if about else NOTHING,
        "loosely": nw.col(loose[0][0]) if loose else NOTHING,
    }


def _clock(rule: Rule) -> nw.Expr:
    """From when on a contact counts."""
    if rule.opens is None:
        return AT
    if rule.unit == "before_end":
        opened = nw.col("planned_end").dt.offset_by(f"-{rule.number + rule.opens}d")
        return nw.max_horizontal("occurred_at", opened)
    return nw.col("day").dt.offset_by(f"{rule.opens}d")


def _booked(asked: Asked, groups: Sequence[Group]) -> Iterator[nw.LazyFrame]:
    """Events that a contact some days before them counts for, but none from before ``since``."""
    for group in groups:  # not once for groups alike: an engine that meets windows twice in a question takes longer
        rule, owes = group.rules[0], reduce(or_, map(triggers, group.rules))
        if rule.ahead:
            # What was done for an assignment that is over was done for that one.
            rows = _with_since(asked.frame.filter(owes | IS_END), IS_END)
            opened = nw.col("day").dt.offset_by(f"-{rule.ahead}d")
        else:
            was_held = ~nw.col("outcome").fill_null("").is_in(list(NOT_HELD))
            rows, opened = _with_since(asked.scheduled.filter(owes), was_held), AT.dt.offset_by(f"-{rule.opens or 0}d")
        clock = nw.max_horizontal(nw.coalesce(nw.col("since"), opened), opened)
        yield from _together(rows, [_trigger(group, asked, clock)], rank=1)


def _with_since(rows: nw.LazyFrame, cuts: nw.Expr) -> nw.LazyFrame:
    """Events with ``since``, when the last one before of that candidate and job was that ``cuts``."""
    place, own = nw.coalesce(nw.col("job"), nw.col("client"), NOTHING), ("candidate", "place")
    marked = rows.with_columns(place=place, cut=nw.when(cuts).then(AT))
    last = marked.with_columns(last=nw.col("cut").fill_null(strategy="forward").over(*own, order_by=list(IN_ORDER)))
    return last.with_columns(since=nw.col("last").shift(1).over(*own, order_by=list(IN_ORDER)))
