"""What the page Declined offers asks of the history, cached until it changes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from quality import declined
from quality.answers import answered, left_alone
from quality.obligation_forms import Rule
from quality.obligations import obligations
from quality.rule_changes import rule_on
from ui import clock, data, judgement, owed_data, wishes
from ui.data import Place, cached

#: The call after half a year, and the invitation after one and a half.
AFTER = ("declined_6_months", "declined_18_months")
_BEGINNING = date(1900, 1, 1)


def offers() -> pd.DataFrame:
    """Every declined offer, the latest first: see `quality.declined.declined`. Who is left alone is not named."""
    return _declined(data.here(), clock.today())


def accepted() -> pd.DataFrame:
    """Every accepted offer: see `quality.declined.accepted`."""
    return _accepted(data.here(), clock.today())


def nurturing() -> pd.DataFrame:
    """The calls and invitations that declined offers lead to, whenever they are due: see `quality.obligations`."""
    return _nurturing(data.here(), clock.today())


def rule(name: str) -> Rule:
    """One of AFTER as it is today, on or off."""
    return rule_on(data.settings(), name, clock.today())


@cached("16MB")
def _declined(place: Place, today: date) -> pd.DataFrame:
    alone = left_alone(data.at(place).answers(), today)
    refused = alone.loc[alone["party"] == "candidate", "who"].tolist()
    log = data.at(place).log()
    found = declined.declined(log, as_of=today, rules=data.rules(), roster=data.roster(), left_alone=refused)
    return wishes.nameless(found)


@cached("16MB")
def _accepted(place: Place, today: date) -> pd.DataFrame:
    return declined.accepted(data.at(place).log(), as_of=today)


@cached("16MB")
def _nurturing(place: Place, today: date) -> pd.DataFrame:
    rules = [rule for rule in owed_data.rules() if rule.name in AFTER]
    log, working, roster = data.at(place).log(), judgement.workdays(), data.roster()
    found = obligations(log, as_of=today, start=_BEGINNING, rules=rules, working=working, roster=roster)
    return answered(found, data.at(place).answers(), today)
