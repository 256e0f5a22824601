"""What is handed out: no live formulas, numbers stay numbers, and every table of ratios says what it rests on."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from quality.catalogue import DEFINITIONS_CHANGED
from ui.downloads import Sheet, neutral, stating, to_csv, to_xlsx
from ui.spans import Filters

LIVE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("http://x")']
CHOSEN = Filters(date(2026, 11, 23), date(2026, 8, 24), date(2026, 11, 22), "Last 13 weeks", "activity")


def cells(content: bytes, sheet: str = "Table") -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("value", LIVE)
def test_a_text_that_a_spreadsheet_would_run_is_made_neutral(value):
    frame = pd.DataFrame({"value": [value]})
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(frame, Sheet("t", "T"))))
    cell = book["Table"].cell(2, 1)
    assert (cell.data_type, str(cell.value)[0]) == ("s", "'")
    back = pd.read_csv(io.BytesIO(to_csv(frame, Sheet("t", "T"))), encoding="utf-8-sig", keep_default_na=False)
    assert back["value"][0].startswith("'")


def test_a_header_that_a_spreadsheet_would_run_is_made_neutral():
    assert cells(to_xlsx(pd.DataFrame({"=1+1": ["a"]}), Sheet("t", "T")))[0] == ("'=1+1",)


def test_numbers_and_dates_stay_what_they_are():
    frame = pd.DataFrame({"change": [-5, 7], "day": pd.to_datetime(["2026-11-20", None])})
    header, first, second = cells(to_xlsx(frame, Sheet("t", "T")))
    assert header == ("change", "day")
    assert (first[0], first[1].date(), second) == (-5, date(2026, 11, 20), (7, None))
    assert "-5,2026-11-20" in to_csv(frame, Sheet("t", "T")).decode("utf-8-sig")


def test_plain_text_is_left_alone():
    assert [neutral(value) for value in ("Avery Sample", "a=b", "", 5, None)] == ["Avery Sample", "a=b", "", 5, None]


def test_a_table_of_ratios_says_period_view_and_date_of_the_definitions():
    sheet = stating(Sheet("scoreboard", "Scoreboard"), CHOSEN)
    expected = {
        "Scoreboard",
        "Period: 2026-08-24 to 2026-11-22, as known on 2026-11-23",
        "View: activity",
        f"Definitions: as changed on {DEFINITIONS_CHANGED.isoformat()}",
    }
    frame = pd.DataFrame({"desk": ["Desk 01"]})
    assert {row[0] for row in cells(to_xlsx(frame, sheet), "About")} == expected
    lines = to_csv(frame, sheet).decode("utf-8-sig").splitlines()
    assert {line.strip('"') for line in lines[:4]} == expected
    assert lines[4:] == ["", "desk", "Desk 01"]


def test_missing_cells_are_empty():
    frame = pd.DataFrame({"desk": ["Desk 01", None], "value": [None, 2.5]})
    assert cells(to_xlsx(frame, Sheet("t", "T")))[1:] == [("Desk 01", None), (None, 2.5)]
