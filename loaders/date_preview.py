"""How the date columns of a file would be read, and both readings where day and month cannot be told apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from re import IGNORECASE, search

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.date_parts import read_others
from loaders.dates import FORMATS, NO_DATE, DateReader, Order, Reading
from loaders.decisions import DATE, DATE_FIELDS
from loaders.engine import connection
from loaders.report import Options
from loaders.shares import LOOKED_AT
from loaders.sketch import Sketch

#: So many values are shown with both their readings.
SHOWN = 3
_TIME = r"\d:\d\d|^\d+\.\d+$"
_UTC = r"(\d\s*(z|utc|gmt)|[+-]00:?00)$"


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A date column: ``read_as`` in words, "" where nothing in it is a date or nobody said yet which way.

    ``field`` is "" where nobody knows yet what it dates. ``ambiguous`` where day and month cannot be told apart: then
    ``readings`` holds up to three values, each as it is written, month first, and day first. ``utc`` tells that the
    values say they are in UTC, ``timed`` that some tell a time of day.
    """

    header: str
    field: str
    read_as: str
    ambiguous: bool
    readings: tuple[tuple[str, str, str], ...]
    utc: bool
    timed: bool


def preview(drawn: Sketch, options: Options) -> tuple[DateSeen, ...]:
    """Every column that probably holds dates, read over all its rows; columns of one file lend each other the order."""
    places = [
        (name, one)
        for name, positions in drawn.fields.items()
        if name in DATE_FIELDS or name.startswith(DATE)
        for one in ([positions] if name in DATE_FIELDS else [(position,) for position in positions])
    ]
    # In a wide file any of them may become a stage, by hand.
    places += [("", (position,)) for position in drawn.dated()] if drawn.shape == "wide" else []
    with connection() as engine:
        texts = {one: drawn.text(one) for _, one in places}
        real = drawn.sheet is not None and drawn.sheet.name is not None
        readings = {one: DateReader(engine.cursor(), text, real=real).reading for one, text in texts.items()}
        lent = {order for name, one in places if name and (order := readings[one].order)}
        seen = (_seen(drawn, name, one, _ordered(readings[one], lent, options)) for name, one in places)
        return tuple(
            replace(column, readings=_both(engine.cursor(), texts[one])) if column.ambiguous else column
            for column, (_, one) in zip(seen, places, strict=True)
        )


def _ordered(reading: Reading, lent: Collection[Order], options: Options) -> Reading:
    """A reading with the order that was said, or that the other columns lend."""
    if reading.family != "numeric":
        return reading
    if options.day_first is not None:
        return replace(reading, order="day_first" if options.day_first else "month_first")
    return replace(reading, order=next(iter(lent))) if reading.order is None and len(lent) == 1 else reading


def _seen(drawn: Sketch, name: str, positions: tuple[int, ...], reading: Reading) -> DateSeen:
    header = " + ".join(drawn.labels[position] for position in positions)
    ambiguous = reading.family == "numeric" and reading.order is None
    family = reading.order or reading.family
    samples = [value for position in positions for value in drawn.tally(position).samples(LOOKED_AT)]
    utc = "utc" in header.casefold() or any(search(_UTC, value, IGNORECASE) for value in samples)
    epoch = family.startswith("epoch")
    read_as = FORMATS.get(family, "")
    if reading.texts:
        read_as = f"real dates; what stands there as text is read as {read_as}"
    timed = epoch or any(search(_TIME, value) for value in samples)
    return DateSeen(header, name, read_as if family in FORMATS else "", ambiguous, (), utc or epoch, timed)


def _both(engine: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> tuple[tuple[str, str, str], ...]:
    """The first values, in alphabetical order, that read differently month first and day first."""
    distinct = pc.unique(column).drop_null()
    values = pa.chunked_array([distinct.take(pc.sort_indices(distinct))])
    found = read_others(engine, values, np.ones(len(values), dtype=bool), NO_DATE).of("numeric")
    differs = found.month_first != found.day_first
    differs &= ~(np.isnat(found.month_first) & np.isnat(found.day_first))
    at = sorted(np.flatnonzero(differs), key=lambda place: found.places[place])[:SHOWN]
    return tuple(
        (values[int(found.places[one])].as_py(), _words(found.month_first[one]), _words(found.day_first[one]))
        for one in at
    )


def _words(moment: np.datetime64) -> str:
    """``4 Mar 2026, 09:40``, short enough to stand beside others on a phone; "no date" where there is no such day."""
    stamp = pd.Timestamp(moment)
    if pd.isna(stamp):
        return "no date"
    day = f"{stamp.day} {stamp:%b %Y}"
    return f"{day}, {stamp:%H:%M}" if stamp.hour or stamp.minute else day
