"""The workbook of rows to mend: what it shows, and that nothing in it runs."""

from __future__ import annotations

from loaders import mending
from loaders.mending import HIDDEN, ROWS, WORDS
from mendable import HEAD, WRONG, again, opened, read, workbook


def test_the_rows_left_out_stand_there_with_their_numbers_and_all_their_cells():
    rows = [[cell.value or "" for cell in line] for line in opened(workbook(read(WRONG)))[ROWS].iter_rows()]
    assert [[line[0], *line[2:]] for line in rows] == [
        ["Row", "occurred_at", "desk", "activity", "candidate", "notes"],
        [3, "someday", "Desk 01", "send_out", "Blake Sample", "second"],
        [4, "03/26/2026", "", "fill", "Casey Sample", "third"],
        [5, "03/27/2026", "Desk 02", "mystery", "Drew Sample", "fourth"],
    ]


def test_a_cell_to_mend_is_marked_by_colour_frame_and_a_comment_and_its_row_says_it_in_words():
    page = opened(workbook(read(WRONG)))[ROWS]
    marked = {cell.coordinate for line in page.iter_rows() for cell in line if cell.comment}
    assert marked == {"C2", "D3", "E4"}
    for place in marked:
        assert (page[place].fill.fgColor.rgb, page[place].border.left.style, page[place].font.b) == (
            "00FFF1C2",
            "medium",
            True,
        )
    assert page["C2"].comment.text == (
        "This is not a date in the format of the column. Write it as month/day/year, such as 03/25/2026."
    )
    assert page["B3"].value == "! desk: It does not say whose row this is. Fill in the recruiter."
    assert page["E4"].comment.text.endswith("Or write a value that is known.")


def test_a_value_that_is_not_known_is_marked_in_every_row_that_has_it():
    lines = [f"2026-03-0{day},Desk 01,mystery,Avery Sample," for day in range(1, 4)]
    first = read("\n".join([HEAD, "2026-03-09,Desk 01,fill,Avery Sample,", *lines]))
    page = opened(workbook(first))[ROWS]
    assert [page[f"E{line}"].comment is not None for line in (2, 3, 4)] == [True, True, True]


def test_a_row_with_two_cells_to_mend_has_both_marked():
    page = opened(workbook(read(f"{HEAD}\n2026-03-01,Desk 01,fill,Avery Sample,\nsomeday,,fill,Blake Sample,\n")))[ROWS]
    assert [cell.coordinate for cell in page[2] if cell.comment] == ["C2", "D2"]
    assert page["B2"].value.count("! ") == 2


def test_a_problem_of_several_columns_marks_each_of_them():
    mapping = {
        "name": "two_columns",
        "words": ["own"],
        "columns": {"occurred_at": [["Day", "Time"]], "desk": ["desk"], "activity": ["activity"]},
        "require": ["occurred_at", "desk", "activity"],
    }
    lines = "Day,Time,desk,activity\n2026-03-01,09:00,Desk 01,fill\nsomeday,sometime,Desk 01,fill\n"
    page = opened(workbook(read(lines, mapping=mapping)))[ROWS]
    assert [cell.coordinate for cell in page[2] if cell.comment] == ["C2", "D2"]


def test_the_header_is_frozen_the_columns_have_widths_and_every_cell_is_text():
    page = opened(workbook(read(WRONG)))[ROWS]
    assert page.freeze_panes == "C2"
    assert 10 < page.column_dimensions["C"].width < 61
    assert page.column_dimensions["D"].number_format == "@"
    assert {cell.number_format for line in page.iter_rows(min_col=2) for cell in line if cell.value} == {"@"}


def test_a_sheet_says_in_words_how_to_mend():
    book = opened(workbook(read(WRONG)))
    assert book.sheetnames == [ROWS, WORDS, HIDDEN]
    assert [book[name].sheet_state for name in book.sheetnames] == ["visible", "visible", "hidden"]
    lines = [cell.value for cell in book[WORDS]["A"]]
    assert lines[0] == "Rows to mend of march.csv"
    assert "Its 3 rows were left out" in lines[1]


def test_more_rows_than_anybody_mends_are_cut_and_the_workbook_says_so(monkeypatch):
    monkeypatch.setattr(mending, "MOST_ROWS", 2)
    first = read(WRONG)
    book = opened(workbook(first))
    assert [cell.value for cell in book[ROWS]["A"]] == ["Row", 3, 4]
    assert "the first 2 of 3 rows" in book[WORDS]["A8"].value
    assert again(first, {}).report.mends.rows == (3, 4)


def test_nothing_in_the_workbook_is_a_formula_an_error_or_a_number():
    odd = ["=1+1", "+cmd|' /C calc'!A0", "-5", "@SUM(A1)", "#REF!", "007", "1e5", "TRUE"]
    lines = [f"someday,Desk 01,fill,{text},{text}" for text in odd]
    book = opened(workbook(read("\n".join([f"{HEAD}\n2026-03-01,Desk 01,fill,Avery Sample,", *lines]), "=file.csv")))
    cells = [cell for page in book for line in page.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells if type(cell.value) is not int} == {"s"}
    assert [cell.value for cell in cells if type(cell.value) is int] == list(range(3, 11))


def test_personal_data_stays_in_the_file():
    first = read(f"{HEAD},SSN,Phone\nsomeday,Desk 01,fill,Avery Sample,,12-34,555\n2026-03-01,Desk 01,fill,A,,1,2\n")
    assert first.left_out.columns.tolist() == ["row", "occurred_at", "desk", "activity", "candidate", "notes"]
    assert b"12-34" not in workbook(first)
