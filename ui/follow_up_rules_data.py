"""What the page Follow-up rules asks of the history: the rules as they are, what was changed, what each one asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from quality import kept
from quality.answers import answered
from quality.call_sheet import PARTS, Person, ranked
from quality.obligation_forms import Rule
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import WINDOW, obligations
from quality.rule_changes import (
    KEY,
    RuleChange,
    changed,
    changes,
    faults,
    rule_on,
    rules_in_force,
    with_change,
    without_change,
)
from ui import clock, data, judgement, owed_data
from ui.data import Place, cached


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of the obligations of a rule that fell due in the last 90 days, as `quality.kept` counts them.

    ``waived`` are those that were no longer owed, or were answered: they are in none of the others.
    """

    kept: int = 0
    late: int = 0
    overdue: int = 0
    waived: int = 0

    @property
    def due(self) -> int:
        """Those that count: kept, late and overdue."""
        return self.kept + self.late + self.overdue


NOTHING = Asked()


@dataclass(frozen=True, slots=True)
class Moves:
    """How many people leave a part of the call sheet, and how many more stand on it."""

    leave: int
    come: int


def rule(name: str, day: date | None = None) -> Rule:
    """A rule as it is on a day (today), on or off."""
    return rule_on(data.settings(), name, day or clock.today())


def rules_today() -> dict[str, Rule]:
    """Every rule as it is today, by its name."""
    settings, today = data.settings(), clock.today()
    return {shipped.name: rule_on(settings, shipped.name, today) for shipped in RULES}


def altered() -> list[str]:
    """The rules that are not as they were shipped today."""
    return [name for name, now in rules_today().items() if undated(now) != BY_NAME[name]]


def journal() -> list[tuple[int, RuleChange]]:
    """What was changed and not undone, with a number, the last saved first."""
    return [(at, one) for at, one in reversed([*enumerate(changes(data.settings()))]) if not one.undone_at]


def undone() -> list[RuleChange]:
    """Changes that were undone, the last undone first."""
    gone = [one for one in changes(data.settings()) if one.undone_at]
    return sorted(gone, key=lambda one: one.undone_at, reverse=True)


def ignored() -> tuple[str, ...]:
    """What is stored as a change and cannot be, in words."""
    return faults(data.settings())


def coming(name: str) -> list[RuleChange]:
    """Changes of a rule that hold from a later day on, the next one first."""
    later = {one.since: one for one in changes(data.settings()) if _comes(one, name)}
    return [later[day] for day in sorted(later)]


def asked() -> dict[str, Asked]:
    """What each rule asked for in the last 90 days, by its name."""
    today = clock.today()
    return {str(name): _counted(rows, today) for name, rows in owed_data.owed(today).groupby("rule")}


def would_ask(change: RuleChange) -> Asked:
    """What a rule would have asked for, had it been like this for all of the last 90 days."""
    after = changed(BY_NAME[change.rule], change)
    return _would_ask(data.here(), clock.today(), after) if after.on else NOTHING


def asks_now(name: str) -> Asked:
    """The same for a rule as it is today."""
    now = rule(name)
    return _would_ask(data.here(), clock.today(), undated(now)) if now.on else NOTHING


def moves(change: RuleChange) -> dict[str, Moves]:
    """What a change does to the parts of today's call sheet, by their names."""
    now, then = (_on_sheet(data.here(), clock.today(), one, owed_data.over()) for one in (None, change))
    return {
        part.name: Moves(len(now[part.name] - then[part.name]), len(then[part.name] - now[part.name])) for part in PARTS
    }


def undated(one: Rule) -> Rule:
    """A version of a rule as if it had always held."""
    return replace(one, since=None, until=None, due_since=None, ended=False)


def save(change: RuleChange, by: str) -> None:
    """Keep a change and who made it. Raises ValueError, saying why, for one that cannot be."""
    stamped = replace(change, saved_at=clock.now().isoformat(timespec="seconds"), by=by)
    history = data.history()
    history.save_setting(KEY, with_change(history.settings(), stamped))


def undo(change: RuleChange, by: str) -> None:
    """Undo a change; one that somebody has undone already stays so."""
    history = data.history()
    at = clock.now().isoformat(timespec="seconds")
    history.save_setting(KEY, without_change(history.settings(), change, at, by))


def _comes(one: RuleChange, name: str) -> bool:
    return one.rule == name and not one.undone_at and one.since > clock.today()


@cached("1MB")
def _would_ask(place: Place, today: date, one: Rule) -> Asked:
    return _counted(_owed(place, today, (one,), today - timedelta(days=WINDOW), today), today)


@cached("4MB")
def _on_sheet(
    place: Place, today: date, change: RuleChange | None, over: pd.Timestamp | None
) -> dict[str, set[Person]]:
    """Who stands in which part of the call sheet, as it is or with a change; who has no name counts by the row."""
    found = owed_data.owed(today)
    if change:
        settings = data.settings()
        held = rules_in_force({**settings, KEY: with_change(settings, change)})
        own = _owed(place, today, tuple(one for one in held if one.name == change.rule), None, None)
        found = pd.concat([found[found["rule"] != change.rule], own], ignore_index=True)
    sheet = ranked(owed_data.to_do(found, today, over), today, judgement.workdays())
    people = sheet.assign(person=sheet["who"].fillna(sheet["trigger_id"]))[["part", "party", "person"]]
    named = people.set_index("part").apply(tuple, axis="columns")
    return {part.name: set(named[named.index == part.name]) for part in PARTS}


def _owed(place: Place, today: date, rules: tuple[Rule, ...], start: date | None, end: date | None) -> pd.DataFrame:
    """What some rules ask for, with what was answered."""
    found = obligations(
        data.at(place).log(),
        as_of=today,
        start=start,
        end=end,
        rules=rules,
        working=judgement.workdays(),
        roster=data.roster(),
    )
    return answered(found, data.at(place).answers(), today)


def _counted(found: pd.DataFrame, today: date) -> Asked:
    counts = {str(fate): int(many) for fate, many in kept.fell_due(found, today)["status"].value_counts().items()}
    return Asked(**counts, waived=len(kept.no_longer_owed(found, today)))
