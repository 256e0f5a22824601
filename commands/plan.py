"""The command ``plan``: the exact results a desk must achieve each day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import pandas as pd
import typer

from cli_options import (
    HOME,
    AsJson,
    Folder,
    KnownOn,
    Step,
    asked_rules,
    day,
    print_json,
    tell,
    tell_if_empty,
    today,
)
from quality.goals import DeskPlan, Goal, desk_plan, mates_of, needed_days, without
from quality.periods import DAY
from quality.plan_words import Shares, plan_in_words
from quality.reach import lags, reach
from quality.tally import tally
from quality.workdays import Workdays
from store import History

AsOf = Annotated[
    date | None,
    day(
        "--as-of",
        text="Ask as if it were the end of this day. Without it: the end of yesterday, as on the page.",
    ),
]


def check_desk(desk: str, counts: pd.DataFrame, roster: pd.DataFrame) -> None:
    """Refuse a desk that nothing is known of: a slip of the pen would be answered with the numbers of others."""
    known = sorted({*counts["desk"], *roster["desk"]})
    if known and desk not in known:
        raise typer.BadParameter(
            f"{desk} has had no activity for a year and is not in the roster. Desks: {', '.join(known)}."
        )


def asked_plan(history: History, desk: str, goal: Goal, as_of: date, known_on: date | None) -> DeskPlan:
    days, roster = needed_days(as_of), history.roster()
    counts = tally(
        history.log(known_on),
        as_of=as_of,
        start=days.start,
        end=days.end,
        rules=asked_rules(history),
        roster=roster,
    )
    check_desk(desk, counts, roster)
    working = without(Workdays.stored(history.settings().get("holidays")).days, history.absences(), desk)
    return desk_plan(counts, desk, goal, as_of=as_of, working=working, mates=mates_of(desk, roster, as_of))


def shares_in_time(history: History, found: DeskPlan, as_of: date, known_on: date | None) -> Shares:
    """Of the fills each activity leads to, the share that comes within the period of the plan."""
    taken = lags(history.log(known_on), as_of=as_of, rules=asked_rules(history), roster=history.roster())
    return reach(taken, (found.period.end - as_of).days)


def plan(
    desk: Annotated[str, typer.Option(help="Whose plan it is.")],
    fills: Annotated[int, typer.Option(min=1, help="The goal.")],
    per: Annotated[Step, typer.Option(help="The period that begins or runs on the next working day.")],
    as_of: AsOf = None,
    known_on: KnownOn = None,
    as_json: AsJson = False,
    store: Folder = HOME / "data",
) -> None:
    """What a desk must do each working day that is left to reach its goal.

    Counted to the end of yesterday, so that today is the first of the days left: the same as on the page Plan.
    """
    history, until = History(store), as_of or today() - DAY
    found = asked_plan(history, desk, Goal(fills, per), until, known_on)
    tell_if_empty(history, store)
    if not found.chains and not history.is_empty():
        tell(f"There are no counts of the last 52 weeks to plan with, of {desk} or of anybody else.")
    if as_json:
        rows = [asdict(target) for target in found.targets]
        print_json({"desk": desk, "fills": fills, "per": per, "working_days_left": len(found.days), "needed": rows})
        return
    for line in plan_in_words(found, shares_in_time(history, found, until, known_on)):
        typer.echo(line)
