"""What is due as a calendar file that any calendar program opens: one entry for each person and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from quality.call_sheet import Line, Person, Reason
from quality.obligation_rules import BY_NAME

MIME = "text/calendar"
#: How long before a moment its entry begins.
BEFORE = timedelta(minutes=30)


def to_ics(lines: Iterable[Line], about: Mapping[Person, str], now: datetime) -> bytes:
    """The calendar (RFC 5545): an entry for each person and day with all that is due then; what is late is due today.

    It lies on the whole day, or where something must be done by a time of day that is to come, it ends at the first of
    these (in the time of wherever it is read). ``about`` is what is added to the text of a person's entries. An entry
    keeps its id from one file to the next, so a calendar moves it instead of adding another. ``now`` is an aware
    moment: its day is today.
    """
    calendar = Calendar()
    for name, value in {"prodid": "-//Touchline//Owed//EN", "version": "2.0", "x-wr-calname": "Owed"}.items():
        calendar.add(name, value)
    for line in lines:
        for day, reasons in _by_day(line, now.date()).items():
            calendar.add_component(_entry(line, day, reasons, about.get(line.person, ""), now))
    return calendar.to_ical()


def _by_day(line: Line, today: date) -> dict[date, list[Reason]]:
    days: dict[date, list[Reason]] = {}
    for reason in line.reasons:
        days.setdefault(max(reason.due_at.date(), today), []).append(reason)
    return days


def _entry(line: Line, day: date, reasons: list[Reason], about: str, now: datetime) -> Event:
    entry, more = Event(), f" and {len(reasons) - 1} more" if len(reasons) > 1 else ""
    entry.add("uid", _identity(line, reasons))
    entry.add("dtstamp", now)
    for name, moment in _times(day, reasons, now).items():
        entry.add(name, moment)
    entry.add("summary", _plain(f"{line.who or '(no name)'}: {BY_NAME[reasons[0].rule].title}{more}"))
    entry.add("description", "\n".join(_plain(one) for one in [*dict.fromkeys(map(_told, reasons)), about] if one))
    entry.add("transp", "TRANSPARENT")
    return entry


def _times(day: date, reasons: list[Reason], now: datetime) -> dict[str, date]:
    """The whole day, or the time before the first moment of it that is to come."""
    moments = [reason.due_at.to_pydatetime() for reason in reasons if reason.has_time]
    end = min((moment for moment in moments if moment > now.replace(tzinfo=None)), default=None)
    return {"dtstart": day} if end is None else {"dtstart": end - BEFORE, "dtend": end}


def _told(reason: Reason) -> str:
    """Why, and about what and whose it is: ``... was due by ... . Welder, Example Hospital, Desk 01``."""
    return f"{reason.why} {', '.join(name for name in (reason.job, reason.client, reason.desk) if name)}"


def _identity(line: Line, reasons: list[Reason]) -> str:
    """The person and the day the first of it was due; for nobody by name what triggered it."""
    first = min(reasons, key=lambda reason: (reason.due_at, reason.trigger_id or ""))
    whom = (line.party, line.who) if line.who else (first.rule, first.trigger_id, first.desk)
    parts = (*whom, first.due_at.date())
    return f"{sha256(repr([str(part) for part in parts]).encode()).hexdigest()[:32]}@touchline"


def _plain(said: str) -> str:
    """Text without what could end a line: control characters are spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
