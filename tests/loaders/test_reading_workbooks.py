"""Workbooks of four formats become text as a person reads it, row for row."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from loaders.reading import RawFile, read_raw
from loaders.refusal import RefusedError

FILES = Path(__file__).parent / "reading" / "files"


def workbook(fill: Callable[[Worksheet], object], mac_dates: bool = False) -> bytes:
    book = openpyxl.Workbook()
    if mac_dates:
        book.epoch = CALENDAR_MAC_1904
    fill(book["Sheet"])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(raw: RawFile) -> list[list[str]]:
    return raw.sheets[0].cells.to_numpy().tolist()


def moment(iso: str) -> dt.datetime:
    return dt.datetime.fromisoformat(iso)


def test_every_type_of_cell_becomes_the_text_a_person_reads() -> None:
    cells: list[tuple[object, str]] = [
        (dt.date(2026, 11, 2), "2026-11-02"),
        (moment("2026-11-02 00:00:00"), "2026-11-02"),
        (moment("2026-11-02 09:30:05"), "2026-11-02 09:30:05"),
        (moment("2026-12-31 23:59:59.900"), "2027-01-01 00:00:00"),
        (dt.time(9, 30), "09:30:00"),
        (dt.timedelta(hours=30, minutes=5), "30:05:00"),
        (3, "3"),
        (2.5, "2.5"),
        (-7, "-7"),
        (1790845793641, "1790845793641"),
        (1e16, "10000000000000000"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("007", "007"),
        ("None", "None"),
        ("  padded\u00a0text ", "padded text"),
    ]
    data = workbook(lambda sheet: [sheet.append([value]) for value, _ in cells])
    assert rows_of(read_raw(data, "log.xlsx")) == [[text] for _, text in cells]


def test_a_workbook_with_dates_counted_from_1904_gives_the_same_dates() -> None:
    data = workbook(lambda sheet: sheet.append([moment("2026-11-02 09:30:00")]), mac_dates=True)
    assert rows_of(read_raw(data, "log.xlsx")) == [["2026-11-02 09:30:00"]]


def test_formula_errors_keep_their_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["When", "Desk"])
        sheet.append(["#REF!", "Desk 01"])
        sheet.append(["2026-11-02", "#N/A"])

    assert rows_of(read_raw(workbook(fill), "log.xlsx")) == [
        ["When", "Desk"],
        ["#REF!", "Desk 01"],
        ["2026-11-02", "#N/A"],
    ]


def test_rows_keep_the_number_a_person_sees_and_blank_margins_go() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"], sheet["C3"], sheet["B6"], sheet["F9"] = "When", "Desk", "2026-11-02", " "

    assert rows_of(read_raw(workbook(fill), "log.xlsx")) == [
        ["", "", ""],
        ["", "", ""],
        ["", "When", "Desk"],
        ["", "", ""],
        ["", "", ""],
        ["", "2026-11-02", ""],
    ]


def test_all_sheets_come_in_order_and_hidden_ones_are_noted() -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(["a"])
    book.create_sheet("Blank")
    hidden = book.create_sheet("Archive")
    hidden.append(["b"])
    hidden.sheet_state = "hidden"
    raw = read_raw(saved(book), "log.xlsx")
    assert [(sheet.name, sheet.cells.shape) for sheet in raw.sheets] == [
        ("Sheet", (1, 1)),
        ("Blank", (0, 0)),
        ("Archive", (1, 1)),
    ]
    assert raw.notes == ("Sheet Archive is hidden in the workbook.",)


def test_merged_cells_are_noted_and_only_the_first_holds_the_value() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Team A", "", "x"])
        sheet.merge_cells("A1:B1")

    raw = read_raw(workbook(fill), "log.xlsx")
    assert rows_of(raw) == [["Team A", "", "x"]]
    assert raw.notes == ("Sheet Sheet has merged cells (1): only the first cell of each holds its value.",)


@pytest.mark.parametrize(("name", "kind"), [("log.xls", "xls"), ("log.ods", "ods")])
def test_older_and_open_formats_give_the_same_text(name: str, kind: str) -> None:
    raw = read_raw(FILES / name, name)
    assert (raw.kind, raw.sheets[0].name) == (kind, "Log")
    assert rows_of(raw) == [
        ["When", "Desk", "Count", "Sure"],
        ["2026-11-02 09:30:00", "Desk 01", "3", "TRUE"],
        ["2026-11-03", "Desk 02", "2.5", "FALSE"],
    ]


@pytest.mark.parametrize("name", ["log.xlsx", "log.xlsm", "log.csv", "log.xls", "log", "log.docx"])
def test_a_workbook_is_known_by_its_content_whatever_its_name(name: str) -> None:
    assert read_raw(workbook(lambda sheet: sheet.append(["a", "b"])), name).kind == "xlsx"


def test_a_workbook_without_a_single_value_is_empty() -> None:
    with pytest.raises(RefusedError, match="empty_file"):
        read_raw(workbook(lambda _sheet: None), "log.xlsx")


def test_a_sheet_formatted_down_to_its_last_row_is_read() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["When", "Desk"])
        sheet.cell(1_048_576, 16_384).style = "Title"

    assert rows_of(read_raw(workbook(fill), "log.xlsx")) == [["When", "Desk"]]
