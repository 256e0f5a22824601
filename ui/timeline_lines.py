"""A row of the log as a line of text: when, what, for whom, where, by whom, and the note below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

import pandas as pd

from quality.call_sheet import Person
from quality.vocabulary import ACTIVITIES
from ui import text

#: Letters of a note.
NOTE = 600
#: What the quantity of an activity counts.
UNITS = {"timecard": "hour", "contract": "opening"}

Row = dict[Any, Any]


def lines(rows: pd.DataFrame, person: Person, with_month: bool = False) -> str:
    """Rows of `quality.timeline.gathered` as lists, safe for markdown; notes are text and never markup.

    What they are about and the desk stand once above the rows of one run.
    """
    runs = groupby(records(rows), key=lambda row: _where(row, person))
    return "\n\n".join(f":small[{where}]\n{_listed(own, person, with_month)}" for where, own in runs)


def _listed(rows: Iterable[Row], person: Person, with_month: bool) -> str:
    return "\n".join(f"- {line(row, person, with_month)}" for row in rows)


def records(frame: pd.DataFrame) -> list[Row]:
    """Rows with None for everything that is not known."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def line(row: Row, person: Person, with_month: bool = False) -> str:
    """One of them, without the bullet."""
    what = f":orange-badge[▲ {_what(row, person)}]" if row["trouble"] else f"**{_what(row, person)}**"
    told = [f"{_when(row, with_month)} {what}", *_facts(row)]
    note: str = f"  \n  {text.plain(row['notes'], NOTE)}" if row["notes"] is not None else ""
    return f"{' · '.join(told)}{note}"


def _what(row: Row, person: Person) -> str:
    """The activity; how many of them, and the side where it is not that of the person."""
    activity = ACTIVITIES[row["activity"]]
    other = activity.party is None and row["party"] is not None and row["party"] != person[0]
    times = f"{row['times']} × " if row["times"] > 1 else ""
    side = f" ({row['party']})" if other else ""
    return f"{times}{activity.title}{side}"


def _facts(row: Row) -> list[str]:
    """How it ended and whatever else the row holds."""
    return [words(row) for name, words in _SAID.items() if row[name] is not None]


def _where(row: Row, person: Person) -> str:
    """The job and the client, who else it was with, the desk."""
    other = row["contact" if person[0] == "candidate" else "candidate"]
    place = [row[name] for name in ("job", "client") if row[name] not in (None, person[1])]
    said = (", ".join(place), other if other != person[1] else None, row["desk"])
    return " · ".join(text.plain(one) for one in said if one)


def _quantity(row: Row) -> str:
    number, unit = row["quantity"], UNITS.get(row["activity"], "")
    return f"{number:,.10g} {unit}{'s' if unit and number != 1 else ''}".strip()


def _day_of(name: str, words: str) -> Callable[[Row], str]:
    return lambda row: f"{words} {text.day(row[name])}"


_SAID: dict[str, Callable[[Row], str]] = {
    "outcome": lambda row: text.plain(str(row["outcome"]).replace("_", " ")),
    "score": lambda row: f"score {row['score']:g} of 10",
    "quantity": _quantity,
    "channel": lambda row: text.plain(row["channel"]),
    "planned_end": _day_of("planned_end", "planned end"),
    "due_on": _day_of("due_on", "promised for"),
    "ref": lambda row: f"case {text.plain(row['ref'])}",
    "assignee": lambda row: f"to {text.plain(row['assignee'])}",
}


def _when(row: Row, with_month: bool) -> str:
    moment = row["occurred_at"]
    day = f"{moment:%a} {moment.day}" + (f" {moment:%b %Y}" if with_month else "")
    if row["times"] > 1:
        is_one_day = row["since"].date() == moment.date()
        return f"{day}:" if is_one_day else f"{row['since']:%a} {row['since'].day} to {day}:"
    return day if moment == moment.normalize() else f"{day}, {moment:%H}\\:{moment:%M}"
