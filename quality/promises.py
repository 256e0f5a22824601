"""What a row of the log is to the rules: a trigger, a contact with one side, an answer; written once in Narwhals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

import narwhals as nw

from quality.events import may_be, midnight
from quality.obligation_forms import ANY, CONTACT, CONTACTS, Means, Rule, Trigger, While

#: What is told of a trigger.
TOLD = (
    "activity_id", "occurred_at", "day", "desk", "activity", "party", "candidate", "client", "contact", "job",
    "outcome", "due_on", "planned_end", "ref", "assignee", "channel", "notes",
)  # fmt: skip

#: Day of an assignment from which it is touched less often.
SETTLED_DAY = 120

#: Days of public holidays and week-ends on top of five business days a week, at most.
HOLIDAYS = 14


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
    ).select(*TOLD, "quantity", "recorded")


def distinct(rows: nw.LazyFrame, *columns: str) -> nw.LazyFrame:
    """What rows say in some columns, each once: an engine groups in a quarter of the time its ``unique`` takes."""
    return rows.group_by(*columns).agg(rows=nw.len()).drop("rows")


def has_text(column: str) -> nw.Expr:
    return nw.col(column).fill_null("") != ""


def is_contact() -> nw.Expr:
    """Whether a row reached a person: automatic rows and attempts reach nobody."""
    return nw.col("activity").is_in(list(CONTACTS)) & (nw.col("channel").fill_null("") != "auto")


@dataclass(frozen=True)
class Desks:
    """The desks of contractor care, none where none is known; whether a row is to, or by, one of support."""

    care: tuple[str, ...] = ()
    to_support: nw.Expr = field(default_factory=lambda: nw.lit(False))
    by_support: nw.Expr = field(default_factory=lambda: nw.lit(False))


def fulfils(means: Means, desks: Desks) -> nw.Expr:
    """Whether a row is what fulfils a rule, whomever it is for."""
    found = is_contact() if means.activities == (CONTACT,) else nw.col("activity").is_in(list(means.activities))
    found = found & (nw.col("channel").fill_null("") != "auto")
    if means.party:
        found = found & (nw.col("party") == means.party)
    if means.channels:
        found = found & nw.col("channel").fill_null("").is_in(list(means.channels))
    if means.reason:
        found = found & (has_text("outcome") | has_text("notes"))
    if means.not_of_support:
        found = found & ~desks.to_support & ~desks.by_support & ~has_text("ref")
    return found & nw.col("desk").is_in(list(desks.care)) if means.care and desks.care else found


def met_by(means: Means) -> frozenset[str]:
    """The activities that can be what fulfils a rule."""
    return frozenset(CONTACTS if means.activities == (CONTACT,) else means.activities)


def made_by(rules: Iterable[Rule]) -> frozenset[str]:
    """The activities that can make something owed by rules, without those of rules that any activity triggers."""
    names = {trigger.activity for rule in rules for trigger in rule.triggers} - {ANY}
    return frozenset({*(names - {CONTACT}), *(CONTACTS if CONTACT in names else ())})


def may_matter(rules: Sequence[Rule], *names: str) -> nw.Expr:
    """Whether a row can make something owed by these rules, or is one of these activities: cheap, and asked first.

    One list for all of them: engines go through every list there is for every row.
    """
    found = may_be(sorted({*made_by(rules), *names}))
    units = {rule.unit for rule in rules if any(trigger.activity == ANY for trigger in rule.triggers)}
    if units - {"by_due_on"}:
        return ~nw.col("recorded").is_null()
    return found | ~nw.col("due_on").is_null() if units else found


def triggers(rule: Rule) -> nw.Expr:
    """Whether a row makes something owed by a rule."""
    found = reduce(or_, (_is_trigger(one, rule) for one in rule.triggers))
    if rule.since:
        found = found & (nw.col("day") >= midnight(rule.since))
    if rule.until:
        found = found & (nw.col("day") < midnight(rule.until))
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
        by = nw.col("channel").fill_null("").is_in(list(trigger.channels))
        found = found & by & (nw.col("party") == rule.party)
    return found & ~outcome.is_in(list(trigger.unless)) if trigger.unless else found


def longest(rule: Rule) -> int:
    """Days from the moment a contact counts to the due date, at most."""
    if rule.unit in ("before_event", "before_end"):
        return rule.opens or 0
    if rule.unit == "business_days":
        return rule.number * 7 // 5 + HOLIDAYS + rule.ahead
    return rule.number // 24 + 1 if rule.unit == "hours" else rule.number


def has(key: Sequence[str]) -> nw.Expr:
    return reduce(and_, (~nw.col(column).is_null() for column in key))


def applies(rule: Rule) -> nw.Expr:
    """Whether a case of its group is one of this rule: triggered by it, in the state in which it holds."""
    found = triggers(rule)
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
