"""Numbers and durations as people and systems write them."""

from __future__ import annotations

import math
import re
from typing import Literal, get_args

Unit = Literal["number", "milliseconds", "seconds", "minutes", "hours", "clock"]

#: The units a layout may give a column; a column without one holds plain numbers.
UNITS: tuple[str, ...] = get_args(Unit)[1:]

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)?(?:[.]\d+)?|[-+]?\d+,\d+")
_SECONDS = {"number": 1.0, "milliseconds": 0.001, "seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):([0-5]\d(?:\.\d+)?)")
_WORDS = re.compile(
    r"(?=.)(?:(\d+(?:\.\d+)?) ?h(?:ours?|rs?)?)?,? ?"
    r"(?:(\d+(?:\.\d+)?) ?m(?:in(?:ute)?s?)?)?,? ?"
    r"(?:(\d+(?:\.\d+)?) ?s(?:ec(?:ond)?s?)?)?"
)


def to_number(text: str) -> float | None:
    """``1,000`` is a thousand, ``7,5`` seven and a half; None where the text is no number."""
    plain = text.strip()
    if not plain or not _NUMBER.fullmatch(plain):
        return None
    if re.fullmatch(r"[-+]?\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "").replace(" ", "")
    try:
        number = float(plain.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def to_seconds(text: str, unit: Unit) -> float | None:
    """The duration in seconds; for unit ``number`` the plain number. None where the text is none, or below zero.

    ``0:02:05`` and ``2 min 5 s`` name their unit themselves; ``2:05`` is minutes and seconds where the unit is
    ``clock``. A number alone is counted in the unit, which ``clock`` does not have.
    """
    plain = text.strip().lower()
    number = to_number(plain)
    if unit == "number":
        return number
    if number is None:
        return _written_out(plain, unit)
    if number < 0 or (unit == "clock" and number):
        return None
    return number * _SECONDS.get(unit, 1.0)


def _written_out(plain: str, unit: Unit) -> float | None:
    found = _CLOCK.fullmatch(plain)
    if found and not found[1] and unit != "clock":
        return None
    found = found or _WORDS.fullmatch(plain)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
