"""A workbook of rows to mend that was damaged or tampered with is refused, and says what to do."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import awkward
from loaders.mending import HIDDEN, ROWS
from mendable import WRONG, changed, opened, read, saved, workbook

Change = Callable[[Any], None]


def said(data: bytes) -> dict[str, Any]:
    cells = [cell.value for cell in opened(data)[HIDDEN]["A"]]
    return json.loads("".join(cells[2:]))


def saying(data: bytes, change: Change) -> bytes:
    """The workbook with another hidden sheet that is whole, as somebody with bad intent would write it."""
    book, document = opened(data), said(data)
    change(document)
    text = json.dumps(document)
    page = book[HIDDEN]
    page.delete_rows(2, page.max_row)
    page["A2"], page["A3"] = hashlib.sha256(text.encode()).hexdigest(), text
    return saved(book)


def _without(sheet: str) -> Callable[[bytes], bytes]:
    def remove(data: bytes) -> bytes:
        book = opened(data)
        del book[sheet]
        return saved(book)

    return remove


def _with_hidden(place: str, value: object) -> Callable[[bytes], bytes]:
    def put(data: bytes) -> bytes:
        book = opened(data)
        book[HIDDEN][place] = value
        return saved(book)

    return put


def _reading(**values: object) -> Callable[[bytes], bytes]:
    return lambda data: saying(data, lambda document: document["reading"].update(values))


def _saying(**values: object) -> Callable[[bytes], bytes]:
    return lambda data: saying(data, lambda document: document.update(values))


DAMAGED = {
    "no rows": _without(ROWS),
    "text changed": _with_hidden("A3", "{}"),
    "digest changed": _with_hidden("A2", "0"),
    "a formula": _with_hidden("A3", "=1+1"),
    "nothing below the mark": lambda data: _with_hidden("A3", None)(_with_hidden("A2", None)(data)),
    "another form of document": _saying(reading=[]),
    "no digest": _reading(digest=None),
    "a side that is none": _reading(side="everybody"),
    "a format that is none": _reading(dates={"occurred_at": "exec"}),
    "a format that is a list": _reading(dates={"occurred_at": ["iso"]}),
    "a layout that is a path": _reading(layout=["/etc/passwd"]),
    "a mapping that is a path": _reading(document="/etc/passwd"),
    "columns turned round that are a text": _reading(turned="candidate"),
    "columns turned round that are numbers": _reading(turned=[5]),
    "a scale that is a number": _reading(score_scale=5),
    "columns that are numbers": _reading(columns={"desk": 5}),
    "rows that are texts": _saying(rows=["3"]),
    "rows without end": _saying(rows=[2**80]),
    "rows that are truths": _saying(rows=[True]),
    "labels that are numbers": _saying(labels=[1, 2]),
    "texts of another form": _saying(exact=[[1, 2]]),
    "a column that is missing": lambda data: changed(data, {"C1": "When"}),
    "no numbers": lambda data: changed(data, {"A1": "Line"}),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_workbook_is_refused_and_says_what_to_do(damage):
    refused = read(damage(workbook(read(WRONG)))).report.refused
    assert refused is not None
    assert refused.code == "mending_invalid"
    assert refused.fix == "Download the rows to mend again, mend them there, and choose that workbook."


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_rows_to_mend_without_what_says_how_they_were_read_are_refused(kind):
    data = workbook(read(WRONG))
    rows = pd.DataFrame([[cell.value for cell in line] for line in opened(data)[ROWS].iter_rows()])
    data = _without(HIDDEN)(data) if kind == "xlsx" else rows.to_csv(index=False, header=False).encode()
    refused = read(data, f"mended.{kind}").report.refused
    assert (refused.code, refused.fix) == ("mending_invalid", "Save it as .xlsx, with all its sheets.")


SURVEY = "Date Answered,Contractor,Client,Recruiter,{}\n2026-10-01,Avery Sample,Example Bakery,Desk 01,2\n"
SURVEY += "someday,Blake Sample,Example Bakery,Desk 01,4\n"


def _earlier(data: bytes) -> bytes:
    """The workbook as versions wrote it that knew neither scales of scores nor the order of names."""
    return saying(data, lambda document: [document["reading"].pop(name) for name in ("score_scale", "turned")])


@pytest.mark.parametrize(("header", "score"), [("Rating (1-5)", 7.5), ("Score (0-10)", 4)])
def test_a_workbook_of_an_earlier_version_has_the_scale_its_header_tells(header, score):
    data = _earlier(workbook(read(SURVEY.format(header))))
    assert read(changed(data, {"C2": "2026-10-02"})).frame["score"].tolist() == [score]


def test_a_workbook_of_an_earlier_version_without_any_scale_is_read_from_0_to_10():
    data = _earlier(workbook(read(SURVEY.format("Score"), score_scale="0-10")))
    assert read(changed(data, {"C2": "2026-10-02"})).frame["score"].tolist() == [4]


def test_what_is_unknown_to_an_earlier_version_may_still_be_told():
    data = _earlier(workbook(read(SURVEY.format("Score"), score_scale="1-5")))
    assert read(changed(data, {"C2": "2026-10-02"}), score_scale="1-5").frame["score"].tolist() == [7.5]


def test_names_of_an_earlier_version_stay_as_they_were_stored():
    data = workbook(read(re.sub(r"(\w+) Sample", r'"Sample, \1"', WRONG)))
    orders = [read(changed(one, {"C2": "03/28/2026"})).frame["candidate"].tolist() for one in (data, _earlier(data))]
    assert orders == [["Blake Sample"], ["Sample, Blake"]]


def test_a_mapping_that_was_tampered_with_is_checked_like_any_other():
    data = _reading(document={"name": "x", "columns": 5})(workbook(read(WRONG)))
    assert read(data).report.refused.code == "mapping_invalid"


def test_a_layout_that_does_not_exist_is_refused():
    data = _reading(layout="../../secrets")(workbook(read(WRONG)))
    assert read(data).report.refused.code == "layout_unknown"


def test_other_workbooks_with_a_sheet_of_that_name_are_read_as_ever():
    loaded = read(awkward.workbook({ROWS: awkward.as_lists(awkward.PLAIN)}), "mine.xlsx")
    assert (loaded.report.accepted, loaded.report.mends) == (2, None)


def test_what_is_said_of_reading_is_plain_json():
    first = read(WRONG, desk="Desk 07")
    assert json.loads(json.dumps(first.report.reading)) == first.report.reading
