"""The date columns of a file together: they lend each other the order of day and month, and say what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from loaders.dates import FORMATS, DateColumn, DateReader, Order, Reading
from loaders.layout import Layout, Stage
from loaders.refusal import refuse
from loaders.report import Options
from loaders.rows import Rows
from loaders.words import count_of
from loaders.zones import Clock, nearest_zone, zone_named

#: Fields of the log that hold dates beside the day itself.
PROMISES = ("due_on", "planned_end")
#: The question of a stage that dates answer, not texts.
AFTER = "after"


@dataclass(frozen=True, slots=True)
class FileDates:
    """The dates by field or stage; ``main`` are those that say when something happened.

    ``unmet`` marks rows with a date on which nothing happened, since no stage's conditions hold.
    """

    columns: Mapping[str, DateColumn]
    main: tuple[str, ...]
    warnings: tuple[str, ...]
    unmet: np.ndarray | None = None

    @property
    def undated(self) -> np.ndarray:
        """Rows none of whose main columns holds a date that could be read."""
        return np.all([np.isnat(self.columns[name].when) for name in self.main], axis=0)

    def keep(self, mask: np.ndarray) -> FileDates:
        """Only the rows of the mask."""
        return self if mask.all() else replace(self, columns={n: c.keep(mask) for n, c in self.columns.items()})

    @property
    def read_as(self) -> dict[str, str]:
        """What each column was read as: keys of ``FORMATS``, empty where nothing in it is a date."""
        return {name: column.read_as for name, column in self.columns.items()}

    def under_conditions(self, rows: Rows, layout: Layout) -> FileDates:
        """The dates of stages only where the stage's conditions hold."""
        stages = [stage for stage in layout.stages if stage.when and stage.name in self.main]
        if not stages:
            return self
        met = {stage.name: self._met(stage, rows) for stage in stages}
        columns = dict(self.columns) | {name: self.columns[name].only(mask) for name, mask in met.items()}
        kept = replace(self, columns=columns)
        bad = np.any([columns[name].unparsed | columns[name].implausible for name in self.main], axis=0)
        return replace(kept, unmet=kept.undated & ~self.undated & ~bad)

    def _met(self, stage: Stage, rows: Rows) -> np.ndarray:
        met = rows.meets(condition for condition in stage.when if condition.test != AFTER)
        for condition in stage.when:
            if condition.test == AFTER:
                met &= self._later(condition.column, condition.words[0], len(rows))
        return met

    def _later(self, name: str, other: str, length: int) -> np.ndarray:
        """Which dates are later than those of another column; a day without a time lasts until its end."""
        if not {name, other} <= self.columns.keys():
            return np.zeros(length, dtype=bool)
        when, limit = self.columns[name].when, self.columns[other].when
        day = limit.astype("datetime64[D]")
        return np.where(limit == day, when.astype("datetime64[D]") > day, when > limit)

    def uncompared(self, titles: Mapping[str, str], layout: Layout) -> Iterable[str]:
        """What is to be said of dates that are only compared and cannot be read; others are to be mended."""
        for name in _compared(layout):
            if name in self.columns and name not in (*self.main, *PROMISES):
                bad = int((self.columns[name].unparsed | self.columns[name].implausible).sum())
                if bad:
                    yield f'{count_of(bad, "cell")} of "{titles[name]}" not read as a date, and so not compared.'

    @property
    def order(self) -> str | None:
        """How the main dates were read, in words."""
        return next((FORMATS[self.columns[name].read_as] for name in self.main if self.columns[name].read_as), None)


def read_dates(
    engine: duckdb.DuckDBPyConnection,
    rows: Rows,
    titles: Mapping[str, str],
    main: tuple[str, ...],
    options: Options,
    layout: Layout,
    told: Mapping[str, str] | None = None,
    real: bool = False,
) -> FileDates:
    """Read every date column of the rows; ``titles`` are the headers people know them by.

    ``told`` are formats (keys of ``FORMATS``) that columns are known to have; year-month-day is then read beside them.
    ``real`` says that the rows come from a workbook, whose real dates are settled.

    Raises ``date_order_ambiguous`` where day and month cannot be told apart and nobody said which comes first, and
    ``time_zone_unknown`` where the firm's zone is no zone.
    """
    names = [*dict.fromkeys((*main, *(name for name in (*PROMISES, *_compared(layout)) if name in rows)))]
    formats = {name: (told or {}).get(name, "") for name in names}
    readers = {
        name: DateReader(engine.cursor(), rows.text(name), layout.missing.get(name, ()), formats[name], real)
        for name in names
    }
    readings = {name: reader.reading for name, reader in readers.items()}
    orders = _orders(readings, layout.day_first if options.day_first is None else options.day_first)
    warnings = [_warning(titles[name], readings[name], order, options, layout) for name, order in orders.items()]
    warnings += [_among_real(titles[name], reading, orders.get(name)) for name, reading in readings.items()]
    clocks = _clocks(names, options, layout)
    columns = {name: reader.read(orders.get(name), clocks[name]) for name, reader in readers.items()}
    zones = [text for name in names for text in _zone_warnings(titles[name], columns[name], clocks[name], options)]
    return FileDates(columns, main, tuple(dict.fromkeys(text for text in [*warnings, *zones] if text)))


def _compared(layout: Layout) -> list[str]:
    """The columns whose dates stages compare with each other."""
    asked = (condition for stage in layout.stages for condition in stage.when if condition.test == AFTER)
    return [*dict.fromkeys(name for condition in asked for name in (condition.column, *condition.words))]


def _clocks(names: Sequence[str], options: Options, layout: Layout) -> dict[str, Clock]:
    firm = zone_named(options.time_zone) if options.time_zone else None
    if options.time_zone and firm is None:
        reason = f'"{options.time_zone}" is not a time zone.{nearest_zone(options.time_zone)}'
        raise refuse("time_zone_unknown", reason, "Write it as region and city, for instance America/Chicago.")
    return {name: Clock(firm, zone_named(layout.zones[name]) if name in layout.zones else None) for name in names}


def _orders(readings: Mapping[str, Reading], day_first: bool | None) -> dict[str, Order]:
    """The order of each column with numeric dates: as told, as found, or as the file's other columns have it."""
    numeric = {name: reading for name, reading in readings.items() if reading.family == "numeric"}
    if day_first is not None:
        return dict.fromkeys(numeric, "day_first" if day_first else "month_first")
    found = {reading.order for reading in numeric.values() if reading.order}
    lent = found.pop() if len(found) == 1 else None
    orders: dict[str, Order] = {}
    for name, reading in numeric.items():
        order = reading.order or lent
        if order is None:
            raise _ambiguous(reading)
        orders[name] = order
    return orders


def _ambiguous(reading: Reading) -> Exception:
    reason = f"Day and month cannot be told apart: {reading.both_ways}."
    fix = "Say which comes first: --month-first or --day-first, or choose it on the upload page."
    return refuse("date_order_ambiguous", reason, fix)


def _warning(title: str, reading: Reading, order: Order, options: Options, layout: Layout) -> str:
    """What to say of an order that the column itself does not tell; nothing where the layout settles it."""
    if reading.order or (layout.day_first is not None and options.day_first in (None, layout.day_first)):
        return ""
    told = "like the other dates of the file" if options.day_first is None else "as you said"
    return f'Dates in "{title}" were read as {FORMATS[order]}, {told}: {reading.both_ways}.'


def _among_real(title: str, reading: Reading, order: Order | None) -> str:
    """What to say of dates that stand as text among real ones."""
    if not reading.texts:
        return ""
    written = FORMATS[order or reading.family]
    return f'{count_of(reading.texts, "date")} in "{title}" written as text among real dates, read as {written}.'


def _zone_warnings(title: str, column: DateColumn, clock: Clock, options: Options) -> Iterable[str]:
    if column.shift is not None:
        moved = int(np.count_nonzero(column.shift))
        yield f'{count_of(moved, "time")} in "{title}" became the wall time of {options.time_zone}.'
    elif clock.written and clock.firm is None:
        yield f'Times in "{title}" are in {clock.written} and were kept so: the time zone of the firm is not set.'
    if column.zoned and column.read_as.startswith("epoch"):
        yield f'Times in "{title}" count seconds or milliseconds in UTC; they were kept as UTC.'
    elif column.zoned:
        times = count_of(column.zoned, "time")
        yield f'{times} in "{title}" with a time zone; the local time was kept as it is written.'
