"""The one place of the history that asks the clock, for callers that do not say when something happened."""

from __future__ import annotations

from datetime import UTC, datetime


def local_now() -> datetime:
    """This moment in the time zone of this machine."""
    return datetime.now(UTC).astimezone()
