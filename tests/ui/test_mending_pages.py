"""Rows to mend on the pages: handed out on Upload and Imports, mended, dropped again, stored, undone."""

from __future__ import annotations

import io
import json
from dataclasses import asdict

import openpyxl
import pandas as pd
import pytest
from screens import said
from typer.testing import CliRunner

import cli
from loaders import Loaded, Options, load
from loaders.mending import ROWS, mending_workbook
from store import History
from ui import intake, mending

WRONG = """occurred_at,desk,activity,candidate,job
10/25/2026,Desk 01,send_out,Avery Sample,Job 1
someday,Desk 01,send_out,Blake Sample,Job 1
10/26/2026,,send_out,Casey Sample,Job 1
10/27/2026,Desk 01,mystery,Drew Sample,Job 1
"""
RIGHT = WRONG.replace("someday", "10/28/2026").replace("2026,,", "2026,Desk 01,").replace("mystery", "send_out")
MENDED = {"C2": "2026-10-28", "D3": "Desk 01", "E4": "send_out"}
BUTTON = "Download the rows to mend (Excel)"


def read(data: str | bytes, name: str = "march.csv") -> Loaded:
    return load(data.encode() if isinstance(data, str) else data, name, Options())


def workbook(loaded: Loaded) -> bytes:
    problems = pd.DataFrame([asdict(one) for one in loaded.report.problems])
    return mending_workbook(loaded.left_out, problems, loaded.report.reading)


def stored_workbook(history: History, import_id: int) -> bytes:
    """What the button on the Imports page hands out."""
    report = json.loads(history.imports().set_index("import_id").loc[import_id, "report"])
    return mending.stored_workbook(import_id, report["reading"])


def changed(data: bytes, cells: dict[str, str]) -> bytes:
    book, out = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    for place, value in cells.items():
        book[ROWS][place] = value
    book.save(out)
    return out.getvalue()


def labels(at) -> list[str]:
    return [button.label for button in at.get("download_button")]


def open_rows(history: History) -> dict[int, int]:
    return history.imports().set_index("import_id")["to_mend"].to_dict()


def log(history: History) -> list[tuple[str, str]]:
    rows = history.log().df().sort_values("occurred_at")
    return list(zip(rows["occurred_at"].dt.strftime("%m-%d"), rows["candidate"], strict=True))


@pytest.fixture
def drop(open_page):
    def go(name: str, data: bytes):
        at = open_page("data/upload")
        at.file_uploader[0].upload(name, data)
        return at.run()

    return go


def test_upload_hands_out_the_rows_to_mend(history, drop):
    at = drop("march.csv", WRONG.encode())
    assert not at.exception
    assert BUTTON in labels(at)


def test_a_file_with_nothing_to_mend_offers_no_workbook(history, drop):
    assert BUTTON not in labels(drop("march.csv", RIGHT.encode()))


def test_upload_says_how_many_rows_of_a_workbook_are_mended(history, drop):
    at = drop("mended.xlsx", changed(workbook(read(WRONG)), {"C2": "2026-10-28", "D3": "Desk 01"}))
    assert not at.exception
    assert at.success[0].value == "2 of 3 rows mended; 1 still to mend in march\\.csv\\."
    assert "Mended rows of march" in said(at)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (MENDED, "3 of 3 rows mended."),
        ({}, "0 of 3 rows mended; 3 still to mend in march.csv."),
        (
            dict.fromkeys(["C2", "D2", "E2", "F2", "G2"]) | {"E4": "fill"},
            "1 of 3 rows mended; 2 still to mend in march.csv.",
        ),
    ],
    ids=["all", "none", "one of them taken out"],
)
def test_rows_that_are_wrong_or_were_taken_out_are_still_to_mend(cells, sentence):
    assert mending.sentence(read(changed(workbook(read(WRONG)), cells))) == sentence


def test_a_file_of_its_own_says_nothing_of_mending():
    assert mending.sentence(read(WRONG)) == ""


def test_the_whole_way_of_rows_to_mend_through_the_pages(history, drop, open_page):
    drop("march.csv", WRONG.encode()).button(key="store").click().run()
    assert log(history) == [("10-25", "Avery Sample")]
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(1).run()
    assert not at.exception
    assert BUTTON in labels(at)

    at = drop("mended.xlsx", changed(stored_workbook(history, 1), MENDED))
    at.button(key="store").click().run()
    assert not at.exception
    assert log(history) == [
        ("10-25", "Avery Sample"),
        ("10-26", "Casey Sample"),
        ("10-27", "Drew Sample"),
        ("10-28", "Blake Sample"),
    ]
    assert open_rows(history) == {1: 0, 2: 0}
    at = open_page("data/imports")
    at.selectbox(key="import").set_value(1).run()
    assert BUTTON not in labels(at)

    history.undo(2)
    assert log(history) == [("10-25", "Avery Sample")]
    assert history.left_out_rows(1)["row"].tolist() == [3, 4, 5]
    assert open_rows(history)[1] == 2


def test_rows_still_wrong_wait_with_the_workbook_that_brought_them_last(history):
    intake.store_loaded([read(WRONG)])
    intake.store_loaded([read(changed(stored_workbook(history, 1), {"C2": "2026-10-28"}), "first round.xlsx")])
    assert (history.left_out_rows(1)["row"].tolist(), history.left_out_rows(2)["row"].tolist()) == ([], [4, 5])
    intake.store_loaded([read(changed(stored_workbook(history, 2), {"D2": "Desk 01", "E3": "fill"}), "second.xlsx")])
    assert open_rows(history) == {1: 0, 2: 0, 3: 0}
    assert len(log(history)) == 4


def test_the_mended_file_and_the_right_one_hold_the_same_rows(history):
    intake.store_loaded([read(WRONG)])
    intake.store_loaded([read(changed(stored_workbook(history, 1), MENDED), "mended.xlsx")])
    again = history.preview(read(RIGHT, "right.csv").frame, intake._meta(read(RIGHT, "right.csv").report))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 4)


def test_the_command_line_imports_a_mended_workbook(tmp_path, history):
    folder = tmp_path / "store"
    first, second = tmp_path / "march.csv", tmp_path / "mended.xlsx"
    first.write_text(WRONG)
    run = CliRunner()
    assert run.invoke(cli.app, ["import", str(first), "--store", str(folder)]).exit_code == 0
    second.write_bytes(changed(stored_workbook(history, 1), MENDED))
    done = run.invoke(cli.app, ["import", str(second), "--store", str(folder), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["added"] == 3
    assert open_rows(history) == {1: 0, 2: 0}


def test_a_file_name_with_odd_signs_gives_a_plain_name_for_the_workbook(history, drop):
    at = drop("../=we*ird/ na?me.csv", WRONG.encode())
    assert not at.exception
    assert BUTTON in labels(at)
