"""The rows that were left out of a file as a workbook: the cells to mend marked, to be uploaded again.

Every cell of the file is text and stays the text it was: identities and dates are not turned into something else, and
what looks like a formula is a string. A hidden sheet says how the file was read, so that ``loaders.mended`` can read
the mended rows in the same way.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

ROWS, WORDS, HIDDEN = "To mend", "How to mend this", "How it was read"
#: First cell of the hidden sheet: the form of what lies below it.
MARK = "touchline rows to mend 1"
#: More rows than anybody mends by hand; a workbook of them opens in a moment.
MOST_ROWS = 20_000
#: A cell of a workbook holds at most 32,767 characters, rare ones counting twice.
MOST_CHARACTERS, CHUNK = 32_000, 30_000

_AUTHOR = "Touchline"
_LIVE = ("=", "+", "-", "@")
_NARROW, _WIDEST = 8, 60
# What XML has no sign for, what its readers turn into something else, and what spreadsheet programs take for an escape.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def _styles() -> tuple[NamedStyle, ...]:
    """A workbook takes its styles for its own, so each gets new ones."""
    top, edge = Alignment(vertical="top"), Side(style="medium", color="9A6700")
    frame = Border(left=edge, right=edge, top=edge, bottom=edge)
    fill = PatternFill("solid", fgColor="FFF1C2")
    return (
        NamedStyle("plain text", number_format="@", alignment=top),
        NamedStyle("to mend", number_format="@", alignment=top, font=Font(bold=True), fill=fill, border=frame),
        NamedStyle("number of the row", number_format="0", alignment=top),
        NamedStyle("in words", number_format="@", alignment=Alignment(vertical="top", wrap_text=True)),
        NamedStyle("names of columns", number_format="@", font=Font(bold=True)),
    )


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a row in one of its columns, and what to do."""

    label: str
    problem: str
    fix: str


#: What to do in the workbook about a problem that has other remedies elsewhere.
FIXES_HERE = {
    "desk_missing": "Fill in the recruiter.",
    "activity_unmapped": "{} Or write a value that is known.",
}
#: For rows whose value was listed at another row, which is mended by now.
_OTHERWISE = Remark("Row", "A value in this row is not known.", "Say on Upload what it means, or write another.")


def mending_workbook(left_out: pd.DataFrame, problems: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    """The workbook to mend, as bytes of an XLSX file.

    ``left_out`` has the row number first and then the columns of the file; ``problems`` has row, column, value, code,
    problem and fix; ``about`` is the ``reading`` of the report of the file. At most ``MOST_ROWS`` rows are written, the
    first ones, and the workbook says so.
    """
    rows = [(int(number), list(map(_text, cells))) for number, *cells in left_out.itertuples(index=False, name=None)]
    rows.sort(key=lambda row: row[0])
    kept, labels = rows[:MOST_ROWS], [str(label) for label in left_out.columns[1:]]
    own = own_columns(labels)
    book = Workbook()
    book.properties.creator = _AUTHOR
    for style in _styles():
        book.add_named_style(style)
    _write_rows(book.active, kept, labels, own, _remarks(kept, labels, problems))
    _write_words(book.create_sheet(WORDS), str(about.get("name", "")), len(kept), len(rows), own)
    exact = [
        [number, label, shown(cell), cell]
        for number, cells in kept
        for label, cell in zip(labels, cells, strict=True)
        if shown(cell) != cell
    ]
    said = {"reading": dict(about), "labels": labels, "rows": [number for number, _ in kept], "exact": exact}
    _write_hidden(book.create_sheet(HIDDEN), said)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def own_columns(labels: Sequence[str]) -> tuple[str, str]:
    """The names of the two columns that are not of the file: the row number, and what to mend in words."""
    return _free("Row", labels), _free("What to mend", labels)


def _free(name: str, labels: Sequence[str]) -> str:
    taken = {label.casefold() for label in labels}
    while name.casefold() in taken:
        name = f"{name} of the file"
    return name


def shown(text: str) -> str:
    """A text as a cell of a workbook can hold it; where it differs the workbook keeps the original beside it."""
    text = _ESCAPE.sub("-", _UNWRITABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return f"{units[: 2 * MOST_CHARACTERS].decode('utf-16-le', 'ignore').rstrip()} [...]"


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _remarks(
    rows: Sequence[tuple[int, list[str]]], labels: Sequence[str], problems: pd.DataFrame
) -> dict[int, list[Remark]]:
    """What to mend by row. An unknown value is listed once, at its first row, and holds for every row that has it."""
    found: dict[int, list[Remark]] = {number: [] for number, _ in rows}
    unknown: dict[tuple[str, str], Remark] = {}
    for one in problems.to_dict("records"):
        remark = Remark(str(one["column"]), str(one["problem"]), FIXES_HERE.get(one["code"], "{}").format(one["fix"]))
        if one["code"] == "activity_unmapped":
            unknown[remark.label, str(one["value"])] = remark
        elif one["row"] in found:
            found[one["row"]].append(remark)
    for (label, value), remark in unknown.items():
        places = _places(label, labels)
        for number, cells in rows:
            if " ".join(filter(None, (cells[place] for place in places))) == value:
                found[number].append(remark)
    return {number: remarks or [_OTHERWISE] for number, remarks in found.items()}


def _places(label: str, labels: Sequence[str]) -> list[int]:
    """Where the columns stand that a problem names: one, several joined, or none where the file lacks it."""
    if label in labels:
        return [labels.index(label)]
    return [labels.index(part) for part in re.split(r" \+ |, ", label) if part in labels]


def _write_rows(
    page: Any,
    rows: Sequence[tuple[int, list[str]]],
    labels: Sequence[str],
    own: tuple[str, str],
    remarks: Mapping[int, Sequence[Remark]],
) -> None:
    page.title = ROWS
    for column, label in enumerate([*own, *labels], start=1):
        _put(page, 1, column, shown(label), "names of columns")
    for line, (number, cells) in enumerate(rows, start=2):
        page.cell(line, 1, number).style = "number of the row"
        _put(page, line, 2, " ".join(map(_in_words, remarks[number])), "in words")
        for column, cell in enumerate(cells, start=3):
            if cell:
                _put(page, line, column, shown(cell), "plain text")
        for remark in remarks[number]:
            _mark(page, line, [place + 3 for place in _places(remark.label, labels)] or [1], remark)
    _lay_out(page, rows, labels)


def _in_words(remark: Remark) -> str:
    return f"! {remark.label}: {remark.problem} {remark.fix}"


def _mark(page: Any, line: int, columns: Iterable[int], remark: Remark) -> None:
    """Fill, frame and bold type, with a comment that says what is wrong and what to do."""
    for column in columns:
        cell = page.cell(line, column)
        cell.style = "to mend"
        said = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(f"{said}{remark.problem} {remark.fix}", _AUTHOR, height=110, width=280)


def _put(page: Any, line: int, column: int, text: str, style: str) -> None:
    """A text as a string whatever it looks like: never a formula, an error or a number."""
    cell = page.cell(line, column, text)
    cell.data_type = "s"
    cell.style = style
    if text.startswith(_LIVE):
        cell.quotePrefix = True


def _lay_out(page: Any, rows: Sequence[tuple[int, list[str]]], labels: Sequence[str]) -> None:
    """A frozen header, sensible widths, and text as the format of cells that are still empty."""
    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(labels) + 2)}{len(rows) + 1}"
    widest = [max([len(label), *(len(cells[place]) for _, cells in rows[:200])]) for place, label in enumerate(labels)]
    widths = [_NARROW, 48, *(min(max(width + 2, _NARROW), _WIDEST) for width in widest)]
    for column, width in enumerate(widths, start=1):
        dimension = page.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.number_format = width, "@" if column > 1 else "0"


def _write_words(page: Any, name: str, kept: int, count: int, own: tuple[str, str]) -> None:
    number, words = own
    lines = [
        f"Rows to mend of {name}",
        f'1. Go to the sheet "{ROWS}". Its {kept:,} rows were left out; the column "{words}" says why.',
        "2. Mend the cells in a frame. Point at one to read what is wrong with it and what to do.",
        "3. Write dates as the column has them, or as 2026-03-25.",
        f'4. Leave the column "{number}" and the names of the columns as they are.',
        "5. A row you take out stays on the list of rows to mend. A row you add needs no number.",
        "6. Save the workbook as .xlsx and drop it on Upload. The mended rows take their places.",
    ]
    if kept < count:
        lines.append(
            f"These are the first {kept:,} of {count:,} rows. Once they are stored, download the next from Imports."
        )
    for line, text in enumerate(lines, start=1):
        _put(page, line, 1, shown(text), "names of columns" if line == 1 else "in words")
    page.column_dimensions["A"].width = 100


def _write_hidden(page: Any, said: Mapping[str, Any]) -> None:
    page.sheet_state = "hidden"
    # Without blanks, which a reader would trim from the ends of a cell, and without what looks like an escape.
    text = json.dumps(said, separators=(",", ":")).replace(" ", "\\u0020").replace("_x", "\\u005fx")
    chunks = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    for line, cell in enumerate([MARK, hashlib.sha256(text.encode()).hexdigest(), *chunks], start=1):
        _put(page, line, 1, cell, "plain text")
