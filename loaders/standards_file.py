"""A sheet of minimum standards: read as text, checked line by line, and taken whole or not at all."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from loaders.reading import read_raw
from loaders.refusal import Refusal, RefusedError

#: Headers of the sheet -> columns of the history.
HEADERS = {
    "Level": "level",
    "Name": "name",
    "Measure": "ratio",
    "Standard": "standard",
    "Per": "per",
    "From": "effective_from",
}
_COLUMNS = tuple(HEADERS.values())
#: What stands under *Per* for a ratio.
N_TO_ONE = "n : 1"
_PER = {"": None, N_TO_ONE: None, "day": "day", "week": "week"}
_LEVELS = ("company", "team", "desk")

_FIXES = {
    "unknown_level": "Write company, team or desk.",
    "name_missing": "Write the name of the team or desk; leave it empty for the company.",
    "unknown_name": "Write the name as it stands on the page People, or add it there first.",
    "unknown_measure": "Write a ratio or an activity as it stands in the downloaded sheet.",
    "bad_number": "Write a number above 0, or leave it empty to end the standard on that day.",
    "bad_per": "Write day or week for an activity and n : 1 for a ratio.",
    "bad_day": "Write the first day it holds as 2026-11-23, or as a date of the spreadsheet.",
    "repeated_line": "Keep one line for the same level, name, measure and day.",
}
_WORDS = {
    "unknown_level": "is no level",
    "name_missing": "does not go with this level",
    "unknown_name": "is no team or desk of the firm",
    "unknown_measure": "is no ratio or activity",
    "bad_number": "is no number that can be a standard",
    "bad_per": "does not go with this measure",
    "bad_day": "is no day",
    "repeated_line": "stands there twice with different numbers",
}
_WHERE = {
    "unknown_level": "Level",
    "name_missing": "Name",
    "unknown_name": "Name",
    "unknown_measure": "Measure",
    "bad_number": "Standard",
    "bad_per": "Per",
    "bad_day": "From",
    "repeated_line": "Measure",
}
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a sheet may speak of: ``measures`` are words in lower case -> measure, ``activities`` those with a *Per*."""

    measures: Mapping[str, str]
    activities: Sequence[str]
    teams: Sequence[str]
    desks: Sequence[str]


@dataclass(frozen=True, slots=True)
class StandardsFile:
    """What came of a sheet. ``lines`` (ratio, standard, per, level, name, effective_from) are empty unless all is well.

    ``problems``: row (as a person sees it), column, value, code, problem, fix. ``refused`` says why there is no table.
    """

    lines: pd.DataFrame
    problems: pd.DataFrame
    refused: Refusal | None = None


def read_standards(data: bytes, name: str, known: Known) -> StandardsFile:
    """Read a workbook or a CSV file with the columns of ``HEADERS``, other columns and blank lines left aside.

    Of lines that say the same there is one.
    """
    try:
        table = _table(data, name)
    except RefusedError as error:
        return StandardsFile(_frame([]), _problems([]), error.refusal)
    faults = [*_faults(table, known), *_repeats(table, known)]
    if faults:
        return StandardsFile(_frame([]), _problems(faults))
    lines = dict.fromkeys(_line(row, known) for row in table.to_dict("records"))
    return StandardsFile(_frame([*lines]), _problems([]))


def _table(data: bytes, name: str) -> pd.DataFrame:
    """The lines below the header as text, under the columns of the history; the index is the row of the sheet."""
    for sheet in read_raw(data, name).sheets:
        cells = sheet.cells
        for at, record in enumerate(cells.head(20).itertuples(index=False, name=None)):
            heads = [str(cell).strip().casefold() for cell in record]
            places = {
                column: heads.index(head.casefold()) for head, column in HEADERS.items() if head.casefold() in heads
            }
            if len(places) == len(HEADERS):
                return _below(cells, at, places)
    raise RefusedError(
        Refusal(
            "columns_missing",
            "The file has no table of standards.",
            f"It needs the columns {', '.join(HEADERS)}: download the standards, change that file and drop it here.",
        )
    )


def _below(cells: pd.DataFrame, header: int, places: Mapping[str, int]) -> pd.DataFrame:
    table = cells.iloc[header + 1 :, list(places.values())].astype("str").set_axis(list(places), axis="columns")
    table.index = pd.RangeIndex(header + 2, header + 2 + len(table))
    # An apostrophe keeps a spreadsheet from running a name as a formula; it is no part of the name.
    clean = table.apply(lambda column: column.str.strip().str.replace(r"^'(?=\W)", "", regex=True))
    said = (clean != "").any(axis="columns")
    if not said.any():
        raise RefusedError(Refusal("no_lines", "The table of standards has no lines.", "Write at least one line."))
    lower = {name: clean[name].str.casefold() for name in ("level", "per")}
    return clean[said].assign(**lower)


def _faults(table: pd.DataFrame, known: Known) -> Iterator[tuple[int, str, str]]:
    """Row, code and cell of everything that cannot be."""
    for number, row in zip(table.index, table.to_dict("records"), strict=True):
        for code in _codes({str(name): str(cell) for name, cell in row.items()}, known):
            yield int(number), code, str(row[HEADERS[_WHERE[code]]])


def _codes(row: Mapping[str, str], known: Known) -> Iterator[str]:
    measure = known.measures.get(row["ratio"].casefold())
    if row["level"] not in _LEVELS:
        yield "unknown_level"
    elif (row["level"] == "company") == bool(row["name"]):
        yield "name_missing"
    elif row["name"] not in {"company": [""], "team": known.teams, "desk": known.desks}[row["level"]]:
        yield "unknown_name"
    if measure is None:
        yield "unknown_measure"
    elif row["per"] not in _PER or (
        row["standard"] and (_PER[row["per"]] is not None) != (measure in known.activities)
    ):
        yield "bad_per"
    if row["standard"] and not 0 < _number(row["standard"]) <= _MOST:
        yield "bad_number"
    if _day(row["effective_from"]) is None:
        yield "bad_day"


def _repeats(table: pd.DataFrame, known: Known) -> Iterator[tuple[int, str, str]]:
    """Lines that say something else of an owner, measure and day than a line above them; the same again is no fault."""
    seen: dict[tuple[object, ...], tuple[object, ...]] = {}
    for number, row in zip(table.index, table.to_dict("records"), strict=True):
        measure, day = known.measures.get(row["ratio"].casefold()), _day(row["effective_from"])
        key, said = (row["level"], row["name"], measure, day), _said(row)
        if measure and day and seen.setdefault(key, said) != said:
            yield int(number), "repeated_line", row["ratio"]


def _said(row: Mapping[Hashable, str]) -> tuple[object, ...]:
    """What a line sets: the number and its unit of time, nothing of the latter where it ends a standard."""
    number = _number(row["standard"]) if row["standard"] else None
    return number, _PER.get(row["per"], row["per"]) if number else None


def _line(row: Mapping[Hashable, str], known: Known) -> tuple[object, ...]:
    measure = known.measures[row["ratio"].casefold()]
    return row["level"], row["name"], measure, *_said(row), _day(row["effective_from"])


def _number(text: str) -> float:
    """What a cell says in numbers, 0 where it says none."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _frame(lines: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=list(_COLUMNS))
    return frame.astype({"standard": "float64", "effective_from": "datetime64[us]"})


def _problems(faults: Sequence[tuple[int, str, str]]) -> pd.DataFrame:
    rows = [
        (row, _WHERE[code], cell, code, f"{cell or 'An empty cell'} {_WORDS[code]}.", _FIXES[code])
        for row, code, cell in sorted(faults)
    ]
    return pd.DataFrame(rows, columns=["row", "column", "value", "code", "problem", "fix"])
