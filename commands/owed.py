"""The command ``owed``: whom the firm owes a contact, what was kept and what is late."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Any

import pandas as pd
import typer

from cli_options import (
    HOME,
    AsJson,
    AsOf,
    Folder,
    KnownOn,
    as_rows,
    asked_promises,
    day,
    left_alone,
    print_json,
    tell,
    tell_if_empty,
    today,
)
from quality.answers import answered
from quality.kept import fell_due
from quality.obligations import STATUSES, WINDOW, obligations, summary
from quality.wishes import without_names
from quality.words import count_in_words
from quality.workdays import Workdays
from store import History

#: What is said of an obligation, in this order.
FIELDS = (
    "rule",
    "desk",
    "party",
    "who",
    "client",
    "job",
    "triggered_at",
    "due_at",
    "fulfilled_at",
    "status",
    "why",
    "last_contact_at",
)

#: What still has to be done, as a list for people shows it.
TO_DO = ("overdue", "open")


def in_words(row: Any) -> str:
    """One obligation on one line."""
    return f"{row.desk}  {row.status}  {'(no name)' if pd.isna(row.who) else row.who}: {row.why}"


def owed(
    start: Annotated[date | None, day("--from", text="Due from this day on (default: 90 days back).")] = None,
    end: Annotated[date | None, day("--to", text="Due by this day (default: no end).")] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    as_json: AsJson = False,
    store: Folder = HOME / "data",
) -> None:
    """Whom a follow-up is owed: due in the window; without one, the last 90 days and all still open."""
    if start and end and start > end:
        raise typer.BadParameter(f"--from {start} lies after --to {end}.")
    history, asked = History(store), as_of or today()
    found = owed_by(history, asked, known_on, start=start, end=end)
    tell_if_empty(history, store)
    if as_json:
        document = {"as_of": asked.isoformat(), "rows": as_rows(found[list(FIELDS)])}
        print_json({**document, "summary": as_rows(summary(found))})
        return
    rows: Iterable[Any] = found[found["status"].isin(TO_DO) & found["closed_at"].isna()].itertuples()
    for row in rows:
        typer.echo(in_words(row))
    numbers = found["status"].value_counts()
    counted = ", ".join(f"{numbers[status]:,} {status}" for status in STATUSES if status in numbers)
    tell(f"{count_in_words(len(found), ('obligation', 'obligations'))}{': ' * bool(counted)}{counted}.")
    if start is None and end is None and len(found):
        tell(_about_default(found, asked))


def _about_default(found: pd.DataFrame, as_of: date) -> str:
    """How these counts differ from those of promises kept, which leave out today, what is still to come or older."""
    due = fell_due(found, as_of)
    kept = f"{int((due['status'] == 'kept').sum()):,} of {len(due):,}"
    return (
        f"These are the last {WINDOW} days, today and what is still to come, and all that is older and still owed. "
        f"How promises were kept, as the pages count it, is of what fell due in the {WINDOW} days up to yesterday: "
        f"{kept} kept."
    )


def owed_by(
    history: History,
    as_of: date,
    known_on: date | None,
    *,
    start: date | None = None,
    end: date | None = None,
    only: Collection[str] | None = None,
) -> pd.DataFrame:
    """What is owed by the rules in force, or by those named in ``only``, with what was answered.

    Who wants to be left alone is not named.
    """
    settings = history.settings()
    rules = [rule for rule in asked_promises(settings) if only is None or rule.name in only]
    found = obligations(
        history.log(known_on),
        as_of=as_of,
        start=start,
        end=end,
        rules=rules,
        working=Workdays.stored(settings.get("holidays")),
        roster=history.roster(),
    )
    whole = answered(found, history.answers(known_on), as_of)
    return without_names(whole, left_alone(history, as_of, known_on))
