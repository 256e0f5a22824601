"""The command ``signals``: what deserves a conversation, and what deserves praise."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from cli_options import (
    HOME,
    AsJson,
    AsOf,
    Folder,
    KnownOn,
    Unit,
    asked_rules,
    day,
    print_json,
    tell,
    tell_if_empty,
    today,
)
from quality.meeting import listed
from quality.review import LISTED, Review, review
from quality.rules import Rules
from quality.stories import IN_SHORT, Signal
from quality.weekly import gather
from quality.workdays import Workdays
from store import History

#: What is said of a signal, in this order.
FIELDS = (
    "desk",
    "measure",
    "kind",
    "raised_on",
    "since",
    "active",
    "standard",
    "observed",
    "baseline",
    "probability",
    "once_in_years",
    "why",
)


def asked_review(
    history: History, as_of: date, known_on: date | None, rules: Rules, by: Unit = "desk"
) -> Review | None:
    """Every desk (or team, or the company) judged and watched up to the last week closed by a day.

    None before a week is closed.
    """
    roster, settings = history.roster(), history.settings()
    gathered = gather(history.log(known_on), as_of=as_of, rules=rules, roster=roster)
    if gathered is None:
        return None
    return review(
        gathered,
        by=by,
        rules=rules,
        roster=roster,
        absences=history.absences(),
        workdays=Workdays.stored(settings.get("holidays")),
        false_alerts=settings.get("false_alerts", 1.0),
    )


def signal_row(signal: Signal) -> dict[str, Any]:
    """One signal as scripts rely on it; the counts it rests on are told in ``why``."""
    days = {"raised_on": signal.raised_on.isoformat(), "since": signal.since.isoformat()}
    return {name: getattr(signal, name) for name in FIELDS} | days


def in_words(signal: Signal) -> str:
    """One signal on one line."""
    standing = "" if signal.active else ", over"
    return f"{signal.desk}  {IN_SHORT[signal.kind]}, raised {signal.raised_on.isoformat()}{standing}: {signal.why}"


def signals(
    since: Annotated[
        date | None, day("--since", text="Raised from this day on, or still holding (default: 52 weeks back).")
    ] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    as_json: AsJson = False,
    store: Folder = HOME / "data",
) -> None:
    """What deserves a conversation: what got worse, missed standards, less done; and what deserves praise."""
    history, asked = History(store), as_of or today()
    first = since or asked - LISTED
    if first > asked:
        raise typer.BadParameter(f"--since {first} lies after {asked}.")
    found = asked_review(history, asked, known_on, asked_rules(history))
    tell_if_empty(history, store)
    if found is None and not history.is_empty():
        tell("No week with activity is closed yet, so there is nothing to judge.")
    rows = listed(found.signals(first)) if found else []
    if as_json:
        head = {"as_of": asked.isoformat(), "since": first.isoformat()}
        print_json({**head, "rows": [signal_row(one) for one in rows]})
        return
    for one in rows:
        typer.echo(in_words(one))
    if found and not rows:
        tell("No signals: every desk runs as it usually does.")
