"""A workbook of mended rows on its way back: recognised by its hidden sheet and read as the first file was.

The hidden sheet comes back from somebody else's computer, so it is data: checked for its form, never a path and never
run. What it says about reading goes through the same checks as what a person says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from loaders.dates import FORMATS
from loaders.header import SCANNED_ROWS
from loaders.layout import document_of
from loaders.match import OWN
from loaders.mending import HIDDEN, MARK, ROWS, own_columns, shown
from loaders.reading import RawFile, Sheet
from loaders.recognise import Match, survey
from loaders.refusal import RefusedError, refuse
from loaders.report import LoadReport, Mends, Options
from loaders.words import count_of, listing

_FIX = "Download the rows to mend again, mend them there, and choose that workbook."
_TEXT, _MAYBE = (str,), (str, type(None))
#: What the hidden sheet says about reading, and of which kind each is.
_READING: Mapping[str, tuple[type, ...]] = {
    "digest": _TEXT,
    "name": _TEXT,
    "sheet": _MAYBE,
    "layout": _TEXT,
    "document": (dict, type(None)),
    "desk": _MAYBE,
    "side": _MAYBE,
    "columns": (dict,),
    "dates": (dict,),
    "time_zone": _MAYBE,
    "score_scale": _MAYBE,
    "turned": (list,),
}
#: How a file was read in what workbooks handed out by an earlier version do not say yet.
_SINCE: Mapping[str, Any] = {"score_scale": None, "turned": []}
_SAID: Mapping[str, tuple[type, ...]] = {"reading": (dict,), "labels": (list,), "rows": (list,), "exact": (list,)}


@dataclass(frozen=True, slots=True)
class Mended:
    """Mended rows: ``raw`` holds them as a table of the first file would, ``dates`` says how its dates were written.

    ``numbers`` are the rows' numbers in the first file; those ``added`` by hand have others.
    """

    raw: RawFile
    reading: Mapping[str, Any]
    offered: tuple[int, ...]
    numbers: tuple[int, ...]
    added: int

    @property
    def dates(self) -> Mapping[str, str]:
        """How each column of dates was read in the first file."""
        dates: Mapping[str, str] = self.reading["dates"]
        return dates

    @property
    def turned(self) -> Sequence[str]:
        """The columns whose names of people were turned round in the first file."""
        turned: Sequence[str] = self.reading["turned"]
        return turned

    @property
    def mends(self) -> Mends:
        """Which rows of which file come back."""
        reading = self.reading
        return Mends(reading["digest"], reading["sheet"], self.numbers, reading["name"], len(self.offered))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is worth noticing about the workbook."""
        removed = len(self.offered) - len(self.numbers)
        name = self.reading["name"]
        return (
            *((f"{count_of(self.added, 'row')} without a number of {name}: read as new.",) if self.added else ()),
            *((f"{count_of(removed, 'row')} taken out of the workbook: still to mend in {name}.",) if removed else ()),
        )

    def steer(self, told: Options) -> Options:
        """The options of the first file; what a person says now goes before, and a saved layout is today's."""
        reading, mapping, columns = self.reading, told.mapping, self.reading["columns"]
        if told.mapping is None and told.layout is None:
            mapping = self._saved(told, reading["layout"]) or reading["document"]
            if mapping is None and (since := self._saved_since(told)):
                mapping, columns = since, {}
        return replace(
            told,
            mapping=mapping,
            layout=told.layout or (None if mapping else reading["layout"]),
            desk=told.desk or reading["desk"],
            side=told.side or reading["side"],
            columns={**columns, **(told.columns or {})} or None,
            time_zone=reading["time_zone"],
            score_scale=told.score_scale or reading["score_scale"],
            sheet=None,
            header_row=1,
        )

    def _saved(self, told: Options, name: str) -> Mapping[str, Any] | None:
        return next((document for document in told.own if document.get("name") == name), None)

    def _saved_since(self, told: Options) -> Mapping[str, Any] | None:
        """The firm's layout that the first file, read with a general one, would be read with today."""
        if not told.own:
            return None
        desk = told.desk or self.reading["desk"]
        best = survey(self.raw, replace(told, desk=desk, sheet=None, header_row=1)).best
        return self._saved(told, best.layout.name) if best and best.layout.priority == OWN else None


def how_read(report: LoadReport, match: Match, options: Options, dates: Mapping[str, str]) -> dict[str, Any]:
    """How a file was read, to read rows of it again later: plain values that JSON can hold.

    ``dates`` is what each column of dates was read as.
    """
    columns = dict(options.columns or {})
    if "synonyms" in match.layout.words and len(match.columns.get("activity", ())) == 1:
        # Elsewhere the values decide between several columns; a few of them could decide otherwise.
        columns.setdefault("activity", match.label("activity"))
    return {
        "digest": report.digest,
        "name": report.mends.name if report.mends else report.name,
        "sheet": report.sheet,
        "layout": match.layout.name,
        "document": _used_document(match.layout.name, options),
        "desk": options.desk,
        "side": options.side,
        "columns": columns,
        "dates": dict(dates),
        "time_zone": options.time_zone,
        "score_scale": options.score_scale,
        "turned": [],
    }


def _used_document(layout: str, options: Options) -> Mapping[str, Any] | None:
    if options.mapping is not None:
        return document_of(options.mapping)
    return next((one for one in options.own if one.get("name") == layout), None)


def open_mended(raw: RawFile) -> Mended | None:
    """The mended rows of a workbook of ours; None for every other file.

    Raises ``RefusedError`` with the code ``mending_invalid`` where the workbook can no longer be relied on.
    """
    hidden = next((sheet for sheet in raw.sheets if _is_marked(sheet)), None)
    if hidden is None:
        if any(map(_looks_ours, raw.sheets)):
            raise _invalid(f'the hidden sheet "{HIDDEN}" is missing', "Save it as .xlsx, with all its sheets.")
        return None
    page = next((sheet for sheet in raw.sheets if sheet.name == ROWS), None)
    if page is None:
        raise _invalid(f'the sheet "{ROWS}" is missing')
    return _mended(raw, page, _said(hidden))


def _is_marked(sheet: Sheet) -> bool:
    return not sheet.cells.empty and bool(sheet.cells.iloc[0, 0] == MARK)


def _looks_ours(sheet: Sheet) -> bool:
    """Whether a table begins as the rows to mend do, for instance because they were saved as text."""
    first = sheet.cells.iloc[0, :2].tolist() if len(sheet.cells) else []
    return len(first) == len(own_columns([])) and all(map(str.startswith, first, own_columns([])))


def _invalid(why: str, fix: str = _FIX) -> RefusedError:
    return refuse("mending_invalid", f"These rows to mend cannot be read: {why}.", fix)


def _said(hidden: Sheet) -> dict[str, Any]:
    """What the hidden sheet says, once it is known to be whole and of the right form."""
    digest, *chunks = hidden.cells[0].tolist()[1:] or [""]
    text = "".join(chunks)
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise _invalid("its hidden sheet was changed")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid("its hidden sheet is damaged") from error
    if not _has_form(said, _SAID):
        raise _foreign()
    known = {**said, "reading": {**_SINCE, **said["reading"]}}
    if not (_has_form(known["reading"], _READING) and _is_sound(known)):
        raise _foreign()
    return known


def _foreign() -> RefusedError:
    return _invalid("its hidden sheet says something else than how a file was read")


def _has_form(said: object, form: Mapping[str, tuple[type, ...]]) -> bool:
    return isinstance(said, dict) and all(isinstance(said.get(key, ...), kinds) for key, kinds in form.items())


def _is_sound(said: Mapping[str, Any]) -> bool:
    reading = said["reading"]
    texts = [*said["labels"], *reading["columns"].values(), *reading["turned"]]
    rows = all(type(row) is int and 0 < row < 2**31 for row in said["rows"])
    exact = all(isinstance(one, list) and list(map(type, one)) == [int, str, str, str] for one in said["exact"])
    side = reading["side"] in (None, "candidate", "client")
    dates = all(one in ("", *FORMATS) for one in reading["dates"].values())
    return rows and exact and side and dates and bool(said["labels"]) and all(isinstance(text, str) for text in texts)


def _mended(raw: RawFile, page: Sheet, said: Mapping[str, Any]) -> Mended:
    labels: list[str] = said["labels"]
    number, _ = own_columns(labels)
    header, places = _find_columns(page.cells, [number, *map(shown, labels)])
    below = page.cells.iloc[header + 1 :, places]
    below = below[(below.iloc[:, 1:] != "").any(axis=1)]
    numbers, known = _numbers(below, said["rows"])
    cells = _restored(below.iloc[:, 1:].to_numpy(dtype=object), numbers, labels, said["exact"])
    frame = pd.DataFrame([labels, *cells.tolist()], dtype="str")
    sheet = Sheet(ROWS, frame, np.array([1, *numbers], dtype=np.int64))
    return Mended(
        replace(raw, sheets=(sheet,), notes=()),
        said["reading"],
        tuple(dict.fromkeys(said["rows"])),
        tuple(sorted(known)),
        len(numbers) - len(known),
    )


def _find_columns(cells: pd.DataFrame, wanted: Sequence[str]) -> tuple[int, list[int]]:
    """The row of the names of columns and where each wanted one stands."""
    best: list[str] = list(wanted)
    for row, record in enumerate(cells.head(SCANNED_ROWS).itertuples(index=False, name=None)):
        names = [" ".join(str(cell).split()) for cell in record]
        missing = [name for name in wanted if " ".join(name.split()) not in names]
        if not missing:
            return row, [names.index(" ".join(name.split())) for name in wanted]
        best = min(best, missing, key=len)
    raise _invalid(f"the column {listing(best)} is missing")


def _numbers(below: pd.DataFrame, offered: Sequence[int]) -> tuple[list[int], set[int]]:
    """The number of every row, and those that are of the first file; a row added gets the one it has here."""
    told = [int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0 for text in below.iloc[:, 0]]
    wanted, known, numbers = set(offered), set[int](), list[int]()
    last = max([0, *offered, *(below.index + 1)])
    for number, place in zip(told, below.index, strict=True):
        if number in wanted and number not in known:
            known.add(number)
            numbers.append(number)
        elif place + 1 in wanted:
            last += 1
            numbers.append(last)
        else:
            numbers.append(int(place) + 1)
    return numbers, known


def _restored(
    cells: np.ndarray, numbers: Sequence[int], labels: Sequence[str], exact: Sequence[Sequence[Any]]
) -> np.ndarray:
    """Cells that a workbook could not hold as they were, put back where nobody changed them."""
    line, column = {number: n for n, number in enumerate(numbers)}, {label: n for n, label in enumerate(labels)}
    for number, label, as_shown, original in exact:
        at = line.get(number), column.get(label)
        if None not in at and " ".join(str(cells[at]).split()) == " ".join(as_shown.split()):
            cells[at] = original
    return cells
