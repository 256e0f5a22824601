"""The command ``retention``: how long assignments last until an early end, and what ended them early."""

from __future__ import annotations

from typing import Any

import pandas as pd
import typer

from cli_options import HOME, AsJson, AsOf, Folder, KnownOn, print_json, tell, tell_if_empty, today
from quality.assignments import Assignments, assignments
from quality.retention import (
    FEWEST,
    MARKED,
    REASONS,
    Point,
    beside_curve,
    curve,
    ended_early,
    ends,
    never_started,
    point,
    watched,
)
from quality.survival import CURVE
from quality.words import count_in_words
from store import History


def document(rows: pd.DataFrame, as_of: Any) -> dict[str, Any]:
    """The document for scripts: the curve on every day with an early end and on MARKED, where it is known.

    The shares of MARKED are given however few were followed so long: the curve has how many they were (``at_risk``).
    """
    found = watched(rows, as_of)
    points = {day: point(found, day) for day in MARKED}
    return {
        "as_of": as_of.isoformat(),
        "curve": _steps(curve(found), points),
        **{f"day_{day}": one.survival for day, one in points.items()},
        "ended_early": ended_early(rows),
    }


def _steps(found: pd.DataFrame, points: dict[int, Point]) -> list[dict[str, Any]]:
    held = found.astype("object").where(found.notna(), None).to_dict("records")
    steps = {int(row["day"]): {str(name): value for name, value in row.items()} for row in held}
    for day, one in points.items():
        if day not in steps and one.survival is not None:
            steps[day] = {name: getattr(one, name) for name in CURVE} | {"events": 0}
    return [steps[day] for day in sorted(steps)]


def in_words(one: Point) -> str:
    """One day of the curve on one line; as on the page, of few followed so long no share is said."""
    if not one.at_risk:
        return f"Day {one.day}: no assignment was followed so long."
    seen = f"{one.at_risk:,} of {one.of:,} were followed to day {one.day}, {one.events:,} had ended early by then"
    if one.is_thin or one.survival is None:
        return f"Day {one.day}: too few were followed to say how many last ({seen}; it takes {FEWEST})"
    return f"Day {one.day}: {100 * one.survival:.0f} % without an early end, {one.likely or 'range unknown'} ({seen})"


def retention(
    as_of: AsOf = None,
    known_on: KnownOn = None,
    as_json: AsJson = False,
    store: Folder = HOME / "data",
) -> None:
    """How long assignments last from the start until the contractor quits or the client ends them early."""
    history, asked = History(store), as_of or today()
    derived = assignments(history.log(known_on), as_of=asked, roster=history.roster())
    tell_if_empty(history, store)
    tell_if_open(derived)
    if as_json:
        print_json(document(derived.rows, asked))
        return
    found = watched(derived.rows, asked)
    tell("All assignments on record; the page Retention opens on the last 12 months.")
    for day in MARKED:
        typer.echo(in_words(point(found, day)))
    if beside := beside_curve(len(found), len(never_started(derived.rows, None, asked))):
        typer.echo(f"{beside}.")
    whole = of_ended(ends(derived.rows, None, asked))
    for reason, count in ended_early(derived.rows).items():
        typer.echo(f"{count:,} {REASONS[reason]}, of {whole}")


def of_ended(ended: pd.DataFrame) -> str:
    """How many assignments ended, and on which days: ``5 assignments that ended from 2026-03-02 to 2026-05-01``."""
    many = count_in_words(len(ended), ("assignment that ended", "assignments that ended"))
    if ended.empty:
        return many
    first, last = (f"{day:%Y-%m-%d}" for day in (ended["ended_on"].min(), ended["ended_on"].max()))
    return f"{many} on {first}" if first == last else f"{many} from {first} to {last}"


def tell_if_open(derived: Assignments) -> None:
    """Say how many assignments are in no curve, and how much is to be asked about them."""
    rows = derived.rows
    if without := int((rows["day"].isna() & (rows["state"] != "never_started")).sum()):
        tell(f"{count_in_words(without, ('assignment', 'assignments'))} without a start on record: in no curve.")
    if asked := len(derived.questions):
        tell(f"{count_in_words(asked, ('question', 'questions'))} about assignments: see the page Retention.")
