"""Counting ahead: what the first pages ask is counted in the background, so that nobody waits for it.

A history of a million rows takes seconds to judge. That is done while people still read what was stored, or before the
first visit of the day; whoever is faster waits for the rest of it, since each answer is counted only once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from ui import blitz_data, clock, contractor_counts, data, judgement, meeting_data, owed_data

_LOG = logging.getLogger("touchline")

#: What is counted, the most looked at first.
_ASKED: tuple[Callable[[], object], ...] = (
    judgement.reviewed,
    meeting_data.since_last_week,
    meeting_data.restated,
    meeting_data.minimums,
    meeting_data.too_thin,
    lambda: owed_data.owed(clock.today()),
    contractor_counts.said,
    blitz_data.talks,
    blitz_data.calls,
)


#: Only a server that stays counts ahead: not a command, not a test of one page.
_serving = Event()


def serve() -> Thread | None:
    """From now on this is a server: count ahead what is stored already, and whatever comes."""
    _serving.set()
    return start()


def start() -> Thread | None:
    """Begin to count, where this is a server with something stored; it ends by itself, also with the server."""
    if not _serving.is_set() or data.is_new():
        return None
    thread = Thread(target=_count, name="counting ahead", daemon=True)
    thread.start()
    return thread


def _count() -> None:
    try:
        for ask in _ASKED:
            ask()
    # Whatever fails here fails again on the page that asks, and is explained there.
    except Exception:
        _LOG.exception("counting ahead")
