"""What a date looks like: a value with every digit written as 9 is a shape, and a shape has one meaning.

A column of a million dates has a handful of shapes, so what costs time (regular expressions) is done once a shape, and
the engine then cuts the parts out of the values by their positions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Family = Literal["iso", "named", "numeric", "serial", "epoch_s", "epoch_ms"]

#: Whether values of a shape are in UTC: never, always, or where the offset they name is zero.
Utc = Literal["never", "always", "zero"]

#: The families in their order of preference where two read equally many values.
FAMILIES: tuple[Family, ...] = get_args(Family)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = rf"(?P<month_name>{'|'.join(MONTHS)})[a-z]*\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_TIME = (
    r"(?:(?:t|,?\s+(?:at\s+)?)\(?"
    r"(?P<hour>9{1,2})(?:[:.](?P<minute>99)(?:[:.](?P<second>99)(?:[.,](?P<fraction>9+))?)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|[a-z]{2,4}t|(?:utc|gmt)?[+-]99?:?(?:99)?)?\)?)?"
)
_DATES: tuple[tuple[Family, str], ...] = (
    ("iso", r"(?P<year>9999)(?P<sep>[-/.])(?P<month>9{1,2})(?P=sep)(?P<day>9{1,2})"),
    ("iso", r"(?P<year>9999)(?P<month>99)(?P<day>99)"),
    ("numeric", r"(?P<month>9{1,2})(?P<sep>[-/.])(?P<day>9{1,2})(?P=sep)(?P<year>9999|99)"),
    ("named", rf"(?P<day>9{{1,2}}){_ORDINAL}[\s./-]*{_MONTH},?[\s./-]*(?P<year>9999|99)"),
    ("named", rf"{_MONTH}[\s-]*(?P<day>9{{1,2}}){_ORDINAL},?\s*(?P<year>9999)"),
)
_PATTERNS = tuple((family, re.compile(_WEEKDAY + date + _TIME, re.IGNORECASE)) for family, date in _DATES)
_NUMBERS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("serial", re.compile(r"9{5}(?:\.9+)?")),
    ("epoch_s", re.compile(r"9{10}(?:\.9+)?")),
    ("epoch_ms", re.compile(r"9{13}")),
)
PARTS = ("year", "month", "day", "hour", "minute", "second", "fraction", "zone")


#: Seconds since 1970 are counted in UTC; the serial numbers of spreadsheets know no zone.
_ZONE_OF_NUMBER: Mapping[str, tuple[bool, Utc]] = {
    "serial": (False, "never"),
    "epoch_s": (True, "always"),
    "epoch_ms": (True, "always"),
}


@dataclass(frozen=True, slots=True)
class DateShape:
    """Where in every value of a shape the parts stand: ``start_*`` counts from 1, 0 where the part is absent.

    ``month_number`` is set where the month is a name; ``half`` is "am" or "pm". In the family ``numeric`` the parts
    called month and day may stand the other way round, which only the whole column can tell. ``utc`` says that the
    time is in UTC: always so, or where all digits of its offset are zeros. ``weekday`` is the day of the week it names,
    Monday 1 to Sunday 7, 0 where it names none.
    """

    shape: str
    family: Family
    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    month_number: int
    half: str
    zoned: bool
    utc: Utc
    weekday: int = 0


def read_shape(shape: str) -> DateShape | None:
    """The meaning of a shape, or None where it is no date."""
    for family, pattern in _PATTERNS:
        if match := pattern.fullmatch(shape):
            return _from_match(shape, family, match)
    for family, pattern in _NUMBERS:
        if pattern.fullmatch(shape):
            return DateShape(shape, family, (0,) * len(PARTS), (0,) * len(PARTS), 0, "", *_ZONE_OF_NUMBER[family])
    return None


def _from_match(shape: str, family: Family, match: re.Match[str]) -> DateShape:
    groups = match.groupdict()
    spans = [match.span(part) if groups.get(part) else (-1, -1) for part in PARTS]
    name = groups.get("month_name")
    return DateShape(
        shape=shape,
        family=family,
        starts=tuple(start + 1 for start, _ in spans),
        lengths=tuple(end - start for start, end in spans),
        month_number=MONTHS.index(name.lower()) + 1 if name else 0,
        half=(groups.get("half") or "").lower().replace(".", ""),
        zoned=bool(groups.get("zone")),
        utc=_utc((groups.get("zone") or "").lower()),
        weekday=WEEKDAYS.index(weekday[:3].lower()) + 1 if (weekday := groups.get("weekday")) else 0,
    )


def _utc(zone: str) -> Utc:
    if zone in ("z", "utc", "gmt"):
        return "always"
    return "zero" if "9" in zone else "never"
