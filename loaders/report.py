"""What a loader says about a file: every row accounted for, every column's use, every cell to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from loaders.refusal import Refusal

Use = Literal["layout", "synonym", "chosen", "unused", "dropped", "contact"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decided about a file beforehand; everything left out is found out from the file.

    ``columns`` maps a field of the log to a header of the file. ``day_first`` None lets the column decide, and a
    column that cannot decide refuses the file. ``today`` only serves to count rows that lie ahead. ``own`` are the
    firm's saved layouts as parsed TOML, which are recognised before any other. ``time_zone`` (an IANA name) is the
    firm's: times written in UTC become its wall time. ``contacts`` keeps phone numbers and e-mail addresses, apart from
    the log. ``score_scale`` is the scale surveys were answered on, such as ``1-5``.
    """

    layout: str | None = None
    mapping: Path | Mapping[str, Any] | None = None
    desk: str | None = None
    side: Literal["candidate", "client"] | None = None
    sheet: str | None = None
    day_first: bool | None = None
    header_row: int | None = None
    columns: Mapping[str, str] | None = None
    today: date | None = None
    own: tuple[Mapping[str, Any], ...] = ()
    time_zone: str | None = None
    contacts: bool = False
    score_scale: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that must be mended. ``row`` is the line a person sees: the header of a plain file is row 1."""

    row: int
    column: str
    value: str
    code: str
    problem: str
    fix: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A layout the file could have: ``score`` from 0 to 1, and the reason in words."""

    layout: str
    title: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Mends:
    """Rows of an earlier file that this one brings again: the earlier file's digest and sheet, and the rows.

    Rows that are still not right are among them: they are to be mended here from now on. ``name`` is the name of the
    file the rows first came in, ``offered`` how many rows there were to mend.
    """

    digest: str
    sheet: str | None
    rows: tuple[int, ...]
    name: str = ""
    offered: int = 0


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column of the file was used for, and who said so."""

    header: str
    field: str | None
    how: Use


#: The keys of a file in the JSON of ``import``, in their order.
JSON_KEYS = (
    "name",
    "layout",
    "sheet",
    "rows_read",
    "accepted",
    "duplicate",
    "ignored",
    "unmapped",
    "rejected",
    "furniture",
    "activities",
    "problems",
    "unmapped_values",
    "warnings",
    "refused",
)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a file. ``rows_read`` = accepted + duplicate + ignored + unmapped + rejected, always.

    ``furniture`` (titles, totals, notices) is not in ``rows_read``; ``furniture_rows`` and ``ignored_rows`` hold the
    row numbers behind each reason. ``unmapped_values`` counts values no activity was given for. ``reading`` is how the
    file was read, in plain values, so that rows of it can be mended and read again in the same way.
    """

    name: str
    digest: str = ""
    layout: str | None = None
    layout_title: str | None = None
    sheet: str | None = None
    rows_read: int = 0
    accepted: int = 0
    duplicate: int = 0
    ignored: int = 0
    unmapped: int = 0
    rejected: int = 0
    furniture: int = 0
    activities: int = 0
    problems: tuple[Problem, ...] = ()
    unmapped_values: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    refused: Refusal | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    columns: tuple[ColumnUse, ...] = ()
    date_order: str | None = None
    reason: str = ""
    sheets: Mapping[str, int] = field(default_factory=dict)
    ignored_rows: Mapping[str, int] = field(default_factory=dict)
    duplicate_rows: Mapping[str, int] = field(default_factory=dict)
    furniture_rows: tuple[tuple[int, str], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    mends: Mends | None = None
    reading: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Nothing is dropped in silence: the one place that holds the sum."""
        parts = self.accepted + self.duplicate + self.ignored + self.unmapped + self.rejected
        if self.rows_read != parts:
            raise AssertionError(f"{self.name}: {self.rows_read} rows read, {parts} accounted for")

    def to_json(self) -> dict[str, Any]:
        """The file's part of what ``import --json`` prints: these keys, in this order, and nothing else."""
        values = {key: getattr(self, key) for key in JSON_KEYS}
        return values | {
            "problems": [asdict(problem) for problem in self.problems],
            "unmapped_values": dict(self.unmapped_values),
            "warnings": list(self.warnings),
            "refused": asdict(self.refused) if self.refused else None,
        }

    def to_keep(self) -> dict[str, Any]:
        """What the history keeps of a report: the same, why rows were left out, and how the file was read."""
        return {**self.to_json(), "ignored_rows": dict(self.ignored_rows), "reading": dict(self.reading)}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report with the typed activity log, or the roster; both None when the file was refused.

    ``left_out`` are the rows with something to mend or a value unknown, as they stand in the file: ``row``, then the
    columns of the file by their labels, personal data left out. ``contacts`` are phone numbers and e-mail addresses
    (person, party, kind, value, source), where the firm keeps them.
    """

    report: LoadReport
    frame: pd.DataFrame | None = None
    roster: pd.DataFrame | None = None
    left_out: pd.DataFrame | None = None
    contacts: pd.DataFrame | None = None
