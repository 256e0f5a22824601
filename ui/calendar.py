"""What is due as a calendar file that any calendar program opens: one all-day entry for each thing owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

from icalendar import Calendar, Event

from quality.call_sheet import Line, Person, Reason
from quality.obligation_rules import BY_NAME

MIME = "text/calendar"


def to_ics(lines: Iterable[Line], about: Mapping[Person, str], now: datetime) -> bytes:
    """The calendar (RFC 5545): entries on the day each thing is due; what is late stands on today.

    ``about`` is what is added to the text of a person's entries. An entry keeps its id from one file to the next, so a
    calendar moves it instead of adding another. ``now`` is an aware moment: its day is today.
    """
    calendar = Calendar()
    for name, value in {"prodid": "-//Touchline//Owed//EN", "version": "2.0", "x-wr-calname": "Owed"}.items():
        calendar.add(name, value)
    for line in lines:
        for reason in line.reasons:
            calendar.add_component(_entry(line, reason, about.get(line.person, ""), now))
    return calendar.to_ical()


def _entry(line: Line, reason: Reason, about: str, now: datetime) -> Event:
    entry, who = Event(), line.who or "(no name)"
    told = [reason.why, _place(reason), reason.desk, about]
    entry.add("uid", _identity(line, reason))
    entry.add("dtstamp", now)
    entry.add("dtstart", _day(reason, now.date()))
    entry.add("summary", _plain(f"{who}: {BY_NAME[reason.rule].title}"))
    entry.add("description", "\n".join(_plain(one) for one in told if one))
    entry.add("transp", "TRANSPARENT")
    return entry


def _day(reason: Reason, today: date) -> date:
    return max(reason.due_at.date(), today)


def _place(reason: Reason) -> str:
    return ", ".join(name for name in (reason.job, reason.client) if name)


def _identity(line: Line, reason: Reason) -> str:
    parts = (line.party, line.who, reason.rule, reason.trigger_id, reason.desk, reason.due_at.date())
    return f"{sha256(repr([str(part) for part in parts]).encode()).hexdigest()[:32]}@touchline"


def _plain(said: str) -> str:
    """Text without what could end a line: control characters are spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
