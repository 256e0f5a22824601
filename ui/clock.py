"""The one place where the screens ask what day it is."""

from __future__ import annotations

import os
from datetime import date, datetime, tzinfo


def today() -> date:
    """Today where the server stands; the environment variable ``TOUCHLINE_TODAY`` sets another day, for rehearsals.

    The variable can hold a moment (``2026-11-23T09:00``): then the clock stands still there.
    """
    fixed = os.environ.get("TOUCHLINE_TODAY")
    return datetime.fromisoformat(fixed).date() if fixed else datetime.now().astimezone().date()


def now() -> datetime:
    """This moment where the server stands, on the day that `today` says: what is noted today counts today."""
    fixed = os.environ.get("TOUCHLINE_TODAY", "")
    if "T" in fixed:
        return datetime.fromisoformat(fixed).astimezone()
    return datetime.combine(today(), datetime.now().astimezone().timetz())


def zone() -> tzinfo | None:
    """The time zone the server stands in, for moments shown to people."""
    return datetime.now().astimezone().tzinfo
