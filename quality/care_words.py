"""What a sign says about a contractor, as a sentence with its day, its count and the first words of what was noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from quality.care_signals import BY_NAME, Measure, Weights

#: Letters of a note that a sentence quotes.
LONGEST = 60


def sentences(found: pd.DataFrame, cases: pd.DataFrame, weights: Weights) -> list[str]:
    """One sentence for each row of `quality.care_signs.signs_of`: ``Survey of 3 Nov: 4 of 10, “Too many nights”``.

    What was noted is text out of a file: whoever shows a sentence makes it safe.
    """
    signs = {sign.name: sign for sign in weights.signs}
    asked = cases["asked"].reindex(found["case"])
    rows = zip(found.to_dict("records"), asked, strict=True)
    return [_WORDS[row["measure"]](row, signs[row["sign"]], day) for row, day in rows]


def day_in_words(value: Any, asked: date) -> str:
    """A day as people say it: ``3 Nov``, with its year where it is another one than that of the day asked about."""
    year = "" if value.year == asked.year else f" {value.year}"
    return f"{value.day} {value:%b}{year}"


def days_in_words(number: float) -> str:
    """``1 day``, ``23 days``."""
    return f"{number:,.0f} {'day' if number == 1 else 'days'}"


def first_words(note: Any) -> str:
    """The beginning of a note in quotation marks, at most LONGEST letters, cut between two words; "" without one.

    Line breaks are spaces, and signs that do not print are left out.
    """
    said = "" if pd.isna(note) else " ".join("".join(one if one.isprintable() else " " for one in note).split())
    whole = said.rstrip(" .,;:")
    if len(whole) <= LONGEST:
        return f"“{whole}”" if whole else ""
    cut = whole[: LONGEST + 1].rpartition(" ")[0] or whole[:LONGEST]
    return f"“{cut.rstrip(' .,;:')}…”"


def _with(said: str, between: str, note: Any) -> str:
    """A sentence with the first words of a note behind it, where there is one."""
    return between.join(filter(None, [said, first_words(note)]))


def _survey(row: Any, _sign: Any, asked: date) -> str:
    return _with(f"Survey of {day_in_words(row['on'], asked)}: {row['value']:g} of 10", ", ", row["note"])


def _complaint(what: str, many: str) -> Callable[[Any, Any, date], str]:
    def say(row: Any, sign: Any, asked: date) -> str:
        last = day_in_words(row["on"], asked)
        if row["value"] == 1:
            return _with(f"{what} on {last}", ": ", row["note"])
        said = f"{row['value']:.0f} {many} in {days_in_words(sign.days)}, the last on {last}"
        return _with(said, ": ", row["note"])

    return say


def _late(row: Any, sign: Any, asked: date) -> str:
    """What is noted with a late timecard says nothing about why somebody might leave."""
    return _complaint("Late timecard", "late timecards")({**row, "note": None}, sign, asked)


def _ticket(row: Any, _sign: Any, _asked: date) -> str:
    more = f", and {row['many'] - 1:.0f} more" if row["many"] > 1 else ""
    name = "Ticket without a number" if pd.isna(row["ref"]) else f"Ticket {row['ref']}"
    topic = first_words(row["note"])
    return f"{name}{f' ({topic})' * bool(topic)} open for {days_in_words(row['value'])}{more}"


def _silence(row: Any, _sign: Any, asked: date) -> str:
    """Since the last contact; who was in contact before the first day only is silent since that day."""
    if pd.notna(row["on"]) and (asked - row["on"]).days == row["value"]:
        return f"No contact for {days_in_words(row['value'])}"
    return f"No contact since the start {days_in_words(row['value'])} ago"


def _new(row: Any, sign: Any, _asked: date) -> str:
    return f"Day {row['value']:.0f} of the first {sign.limit:g}"


def _ending(row: Any, _sign: Any, asked: date) -> str:
    if row["value"] < 0:
        return f"Planned end passed on {day_in_words(row['on'], asked)}"
    return f"Planned end in {days_in_words(row['value'])}" if row["value"] else "Planned end today"


def _no_referral(_row: Any, _sign: Any, _asked: date) -> str:
    return BY_NAME["no_referral"].title


_WORDS: MappingProxyType[Measure, Callable[[Any, Any, Any], str]] = MappingProxyType(
    {
        "survey": _survey,
        "complaint": _complaint("Complaint by the contractor", "complaints by the contractor"),
        "client_complaint": _complaint("Complaint by the client", "complaints by the client"),
        "social_complaint": _complaint("Complaint in public", "complaints in public"),
        "late_timecard": _late,
        "ticket": _ticket,
        "silence": _silence,
        "new": _new,
        "ending": _ending,
        "no_referral": _no_referral,
    }
)
