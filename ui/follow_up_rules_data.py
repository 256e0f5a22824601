"""What the page Follow-up rules asks of the history: the rules as they are, what was changed, what each one asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from quality.obligation_forms import Rule
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import WINDOW, obligations
from quality.rule_changes import KEY, RuleChange, changed, changes, faults, rule_on, with_change, without_change
from ui import clock, data, judgement, owed_data
from ui.data import Place, cached


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asked for: obligations that fell due in the last 90 days, today's too.

    Of these ``kept`` were kept in time and ``waived`` were no longer owed, or were answered.
    """

    due: int = 0
    kept: int = 0
    waived: int = 0


NOTHING = Asked()


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
    today = pd.Timestamp(clock.today())
    found = owed_data.owed(clock.today())
    past = found["due_at"].between(today - timedelta(days=WINDOW), today + timedelta(days=1), inclusive="left")
    return {str(name): _counted(statuses) for name, statuses in found[past].groupby("rule")["status"]}


def would_ask(change: RuleChange) -> Asked:
    """What a rule would have asked for, had it been like this for all of the last 90 days."""
    after = changed(BY_NAME[change.rule], change)
    return _would_ask(data.facts(), clock.today(), after) if after.on else NOTHING


def asks_now(name: str) -> Asked:
    """The same for a rule as it is today."""
    now = rule(name)
    return _would_ask(data.facts(), clock.today(), undated(now)) if now.on else NOTHING


def undated(one: Rule) -> Rule:
    """A version of a rule as if it had always held."""
    return replace(one, since=None, until=None, due_since=None, ended=False)


def save(change: RuleChange) -> None:
    """Keep a change. Raises ValueError, saying why, for one that cannot be."""
    kept = replace(change, saved_at=clock.now().isoformat(timespec="seconds"))
    history = data.history()
    history.save_setting(KEY, with_change(history.settings(), kept))


def undo(change: RuleChange) -> None:
    """Undo a change; one that somebody has undone already stays so."""
    history = data.history()
    at = clock.now().isoformat(timespec="seconds")
    history.save_setting(KEY, without_change(history.settings(), change, at))


def _comes(one: RuleChange, name: str) -> bool:
    return one.rule == name and not one.undone_at and one.since > clock.today()


@cached("1MB")
def _would_ask(facts: Place, today: date, one: Rule) -> Asked:
    found = obligations(
        data.at(facts).log(),
        as_of=today,
        start=today - timedelta(days=WINDOW),
        end=today,
        rules=(one,),
        working=judgement.workdays(),
        roster=data.roster(),
    )
    return _counted(found["status"])


def _counted(statuses: pd.Series) -> Asked:
    return Asked(len(statuses), int((statuses == "kept").sum()), int((statuses == "waived").sum()))
