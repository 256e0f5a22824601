"""What the commands share: their options, the clock, and how they speak to people and to scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
import typer

from quality.catalogue import BY_NAME
from quality.obligation_forms import Rule
from quality.rule_changes import faults, rules_in_force
from quality.rules import Rules
from quality.wishes import People, refused
from store import History

HOME = Path(__file__).resolve().parent


def day(*names: str, text: str) -> Any:
    """An option that takes a day as 2026-11-22."""
    return typer.Option(*names, parser=_as_day, metavar="DATE", help=text)


def _as_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a day; write it as 2026-11-22.") from None


Folder = Annotated[Path, typer.Option("--store", metavar="DIR", help="Folder of the history.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
AsOf = Annotated[date | None, day("--as-of", text="Ask as if it were the end of this day.")]
KnownOn = Annotated[date | None, day("--known-on", text="Only what was imported by the end of this day.")]

Side = Literal["candidate", "client"]
Unit = Literal["desk", "team", "company"]
Step = Literal["week", "month", "quarter"]
View = Literal["activity", "cohort"]


def today() -> date:
    """The clock is read here and nowhere below."""
    return datetime.now().astimezone().date()


def left_alone(history: History, as_of: date, known_on: date | None = None) -> People:
    """Who wanted to be left alone at the end of a day, and who wants it by now, whatever day is asked about."""
    then = refused(history.log(known_on), as_of, history.answers(known_on))
    return then | refused(history.log(), max(as_of, today()), history.answers())


def print_json(document: dict[str, Any]) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2))


def as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for scripts: moments as ISO texts, whole numbers as such, what is not known as null."""
    held = frame.astype(object).where(frame.notna(), None)
    return [
        {str(name): value.isoformat() if isinstance(value, pd.Timestamp) else value for name, value in row.items()}
        for row in held.to_dict("records")
    ]


def tell(text: str) -> None:
    typer.echo(text, err=True)


def tell_if_empty(history: History, folder: Path) -> None:
    """Say what to do first where nothing was imported."""
    if history.is_empty():
        tell(f"There is no activity in {folder} yet. Import a file first: python3 touchline.py import FILE")


def asked_rules(history: History, horizon: int | None = None) -> Rules:
    """The firm's rules, with one horizon for every ratio where it is asked for.

    They hold every standard there ever was: each period is judged by the standards of its own days.
    """
    rules = Rules.stored(history.settings(), history.standards())
    return replace(rules, horizons=dict.fromkeys(BY_NAME, horizon)) if horizon else rules


def asked_promises(settings: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules of follow-up in force; says of a stored change that cannot be that it is ignored."""
    for fault in faults(settings):
        tell(f"A stored change of a rule is ignored: {fault}")
    return rules_in_force(settings)
