"""Rows to mend wait with their cells until a file that mends them is in force."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import pytest

from store import History


@dataclass(frozen=True)
class Mends:
    digest: str
    sheet: str | None
    rows: tuple[int, ...]


def problem(row: int | None, column: str = "Date", code: str = "date_missing") -> dict[str, object]:
    return {"row": row, "column": column, "value": "?", "code": code, "problem": "no date", "fix": "a date"}


CELLS = pd.DataFrame([[3, "?", "Desk 01"], [5, "?", None]], columns=["row", "Date", "Recruiter"])


@pytest.fixture
def to_mend(history, log_of, meta) -> History:
    """A history with one import: a row that came in, and rows 3 and 5 to mend."""
    problems = [problem(3), problem(3, "Recruiter"), problem(5)]
    history.add(log_of({"a": "1"}), meta("first"), problems, left_out=CELLS)
    return history


def rows_to_mend(history: History, import_id: int = 1) -> tuple[int, list[int], list[int]]:
    """How many rows the list says are to mend, and the rows of the problems and of the cells that are kept."""
    listed = history.imports().set_index("import_id")["to_mend"]
    problems, cells = history.rejected_rows(import_id), history.left_out_rows(import_id)
    return int(listed[import_id]), sorted(set(problems["row"])), cells["row"].tolist()


def test_the_cells_of_rows_that_stayed_out_come_back_as_they_stood(to_mend):
    cells = to_mend.left_out_rows(1)
    assert cells.columns.tolist() == ["row", "Date", "Recruiter"]
    assert cells.fillna("").to_numpy().tolist() == [[3, "?", "Desk 01"], [5, "?", ""]]
    assert rows_to_mend(to_mend) == (2, [3, 5], [3, 5])


def test_columns_of_one_label_and_one_that_is_called_row_are_kept_apart(history, log_of, meta):
    cells = pd.DataFrame([[3, "a", "b", "c"]], columns=["row", "row", "Note", "Note"])
    history.add(log_of({}), meta("odd"), left_out=cells)
    found = history.left_out_rows(1)
    assert found.columns.tolist() == ["row", "row", "Note", "Note"]
    assert found.to_numpy().tolist() == [[3, "a", "b", "c"]]


def test_an_import_that_kept_no_cells_has_none(history, log_of, meta):
    history.add(log_of({"a": "1"}), meta("one"), [problem(3)])
    assert history.left_out_rows(1).columns.tolist() == ["row"]
    assert history.left_out_rows(1).empty


def test_a_mended_row_waits_no_longer_while_the_mending_import_is_active(to_mend, log_of, meta):
    mended = replace(meta("mended"), mends=Mends("first", None, (3,)))
    to_mend.add(log_of({"b": "1"}), mended)
    assert rows_to_mend(to_mend) == (1, [5], [5])
    to_mend.undo(2)
    assert rows_to_mend(to_mend) == (2, [3, 5], [3, 5])
    to_mend.redo(2)
    assert rows_to_mend(to_mend) == (1, [5], [5])


def test_rows_mended_in_two_goes_are_all_settled(to_mend, log_of, meta):
    to_mend.add(log_of({"b": "1"}), replace(meta("mended"), mends=Mends("first", None, (3,))))
    to_mend.add(log_of({"b": "1", "c": "1"}), replace(meta("again"), mends=Mends("first", None, (3, 5))))
    assert rows_to_mend(to_mend) == (0, [], [])


@pytest.mark.parametrize(
    "mends", [Mends("another", None, (3,)), Mends("first", "North", (3,)), Mends("first", None, (4,))]
)
def test_rows_of_another_file_sheet_or_place_still_wait(to_mend, log_of, meta, mends):
    to_mend.add(log_of({"b": "1"}), replace(meta("mended"), mends=mends))
    assert rows_to_mend(to_mend) == (2, [3, 5], [3, 5])


def test_sheets_of_one_workbook_are_mended_apart(history, log_of, meta):
    for name, sheet in (("a", "North"), ("b", "South")):
        history.add(log_of({name: "1"}), replace(meta("book"), report={"sheet": sheet}), [problem(3)])
    history.add(log_of({"c": "1"}), replace(meta("mended"), mends=Mends("book", "South", (3,))))
    assert history.imports()["to_mend"].tolist() == [0, 0, 1]


def test_what_is_still_wrong_in_the_mending_file_waits_there(to_mend, log_of, meta):
    mended = replace(meta("mended"), mends=Mends("first", None, (3, 5)))
    to_mend.add(log_of({"b": "1"}), mended, [problem(5)])
    assert to_mend.imports()["to_mend"].tolist() == [1, 0]
    to_mend.add(log_of({"b": "1", "c": "1"}), replace(meta("again"), mends=Mends("mended", None, (5,))))
    assert to_mend.imports()["to_mend"].tolist() == [0, 0, 0]


def test_a_value_without_an_activity_is_no_cell_to_mend(history, log_of, meta):
    history.add(log_of({}), meta("one"), [problem(3, code="activity_unmapped"), problem(None)])
    listed = history.imports().iloc[0]
    assert (listed["rejected"], listed["to_mend"]) == (2, 0)
    assert len(history.rejected_rows(1)) == 2


def test_a_mending_file_read_again_settles_what_its_new_reading_mends(to_mend, log_of, meta):
    mended = replace(meta("mended"), mends=Mends("first", None, (3,)))
    to_mend.add(log_of({"b": "1"}), mended)
    to_mend.add(log_of({"b": "2"}), replace(mended, mends=Mends("first", None, (3, 5))))
    assert rows_to_mend(to_mend) == (0, [], [])
    to_mend.redo(2)
    to_mend.undo(3)
    assert rows_to_mend(to_mend) == (1, [5], [5])


def test_rows_in_no_number_are_counted_over_the_files_in_force(history, log_of, meta):
    first = {"rows_read": 10, "unmapped": 2, "rejected": 1}
    history.add(log_of({"a": "1"}), replace(meta("first"), report=first))
    history.add(log_of({"b": "1"}), replace(meta("second"), report={"rows_read": 4, "unmapped": 0, "rejected": 1}))
    assert history.left_out() == (4, 14)
    mended = {"rows_read": 3, "unmapped": 1, "rejected": 0}
    history.add(log_of({"c": "1"}), replace(meta("mended"), report=mended, mends=Mends("first", None, (3, 4, 5))))
    assert history.left_out() == (2, 14)
    history.undo(3)
    history.undo(2)
    assert history.left_out() == (3, 10)
