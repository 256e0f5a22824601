"""Time zones: what was written in one becomes the wall time of another, with summer time and all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import numpy as np

from loaders.words import nearest

#: No zone changes its clock within a quarter of an hour: one look at the zone serves all moments in it.
_QUARTER = 15 * 60_000_000


@dataclass(frozen=True, slots=True)
class Clock:
    """The firm's zone, and the one a column is written in where its values do not say; None where not known."""

    firm: tzinfo | None = None
    written: tzinfo | None = None


def zone_named(name: str) -> tzinfo | None:
    """The zone of that IANA name, or None where there is none."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def nearest_zone(name: str) -> str:
    """`` Did you mean "America/Chicago"?``, or nothing."""
    return nearest(name, available_timezones())


def shift_between(when: np.ndarray, written_in: tzinfo, wanted: tzinfo) -> np.ndarray:
    """What to add to each moment (datetime64[us], 0 for NaT) as timedelta64[us] to get the wanted zone's wall time.

    A time that occurs twice in autumn is the first of the two; one that spring leaves out is read as before the change.
    """
    shift = np.zeros(len(when), dtype="timedelta64[us]")
    dated = ~np.isnat(when)
    quarters, place = np.unique(when[dated].astype(np.int64) // _QUARTER, return_inverse=True)
    shifts = [_shift(moment, written_in, wanted) for moment in (quarters * _QUARTER).astype("datetime64[us]").tolist()]
    shift[dated] = np.array(shifts, dtype="timedelta64[us]")[place]
    return shift


def _shift(moment: datetime, written_in: tzinfo, wanted: tzinfo) -> timedelta:
    return moment.replace(tzinfo=written_in).astimezone(wanted).replace(tzinfo=None) - moment
