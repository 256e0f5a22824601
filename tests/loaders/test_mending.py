"""The workbook of rows to mend: what it shows, and that mended rows come back as if they had always been right."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import awkward
from loaders import Loaded, Options, load, mending
from loaders.mending import HIDDEN, ROWS, WORDS, mending_workbook

HEAD = "occurred_at,desk,activity,candidate,notes"
WRONG = f"""{HEAD}
03/25/2026,Desk 01,send_out,Avery Sample,first
someday,Desk 01,send_out,Blake Sample,second
03/26/2026,,fill,Casey Sample,third
03/27/2026,Desk 02,mystery,Drew Sample,fourth
"""
RIGHT = (
    WRONG.replace("someday", "03/28/2026").replace("03/26/2026,,", "03/26/2026,Desk 02,").replace("mystery", "send_out")
)
Change = Callable[[Any], None]


def problems(loaded: Loaded) -> pd.DataFrame:
    columns = ["row", "column", "value", "code", "problem", "fix"]
    return pd.DataFrame([asdict(one) for one in loaded.report.problems], columns=columns)


def workbook(loaded: Loaded) -> bytes:
    return mending_workbook(loaded.left_out, problems(loaded), loaded.report.reading)


def read(content: str | bytes, name: str = "march.csv", **told: Any) -> Loaded:
    return load(content.encode() if isinstance(content, str) else content, name, Options(**told))


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, cells: dict[str, object]) -> bytes:
    """The workbook with cells of its rows changed, as opened and saved by a spreadsheet program."""
    book = opened(data)
    for place, value in cells.items():
        book[ROWS][place] = value
    return saved(book)


def again(first: Loaded, cells: dict[str, object], **told: Any) -> Loaded:
    return read(changed(workbook(first), cells), "mended.xlsx", **told)


def both(first: Loaded, second: Loaded) -> pd.DataFrame:
    return pd.concat([first.frame, second.frame]).sort_values("source_row").reset_index(drop=True)


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


# --- what the workbook shows -----------------------------------------------------------------------------------------


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


# --- the way back ----------------------------------------------------------------------------------------------------

MOMENT = dt.datetime.fromisoformat("2026-03-28")
MENDED = {"C2": "03/28/2026", "D3": "Desk 02", "E4": "send_out"}


def test_mended_rows_are_what_they_had_been_had_the_file_been_right():
    first = read(WRONG)
    second = again(first, MENDED)
    pd.testing.assert_frame_equal(both(first, second), read(RIGHT).frame)
    assert second.frame["source_row"].tolist() == [3, 4, 5]
    assert second.report.reason == "mended rows of march.csv"
    mends = second.report.mends
    assert (mends.digest, mends.sheet, mends.rows) == (first.report.digest, None, (3, 4, 5))
    assert second.left_out is None


@pytest.mark.parametrize(
    "day",
    ["03/28/2026", "2026-03-28", "2026-03-28 00:00", MOMENT, MOMENT.date()],
    ids=["as in the column", "ISO", "ISO with a time", "a moment", "a day"],
)
def test_a_date_may_be_as_in_the_column_or_iso_or_a_real_date(day):
    first = read(WRONG)
    second = again(first, MENDED | {"C2": day})
    pd.testing.assert_frame_equal(both(first, second), read(RIGHT).frame)


def test_real_dates_in_every_cell_are_read_too():
    days = {"C2": MOMENT, "C3": MOMENT - dt.timedelta(days=2), "C4": MOMENT - dt.timedelta(days=1)}
    first = read(WRONG)
    pd.testing.assert_frame_equal(both(first, again(first, MENDED | days)), read(RIGHT).frame)


def test_dates_that_read_both_ways_are_read_as_in_the_first_file():
    first = read(WRONG)
    second = again(first, {"C2": "04/05/2026"})
    assert second.report.refused is None
    assert second.frame["occurred_at"].tolist() == [pd.Timestamp(2026, 4, 5)]


def test_an_order_that_somebody_said_holds_for_the_mended_rows():
    first = read(f"{HEAD}\n03/04/2026,Desk 01,fill,Avery Sample,\nsomeday,Desk 01,fill,Blake Sample,\n", day_first=True)
    assert again(first, {"C2": "05/06/2026"}).frame["occurred_at"].tolist() == [pd.Timestamp(2026, 6, 5)]


def test_a_date_in_a_third_format_is_still_to_mend():
    second = again(read(WRONG), MENDED | {"C2": "28 Mar 2026"})
    assert [(one.row, one.code) for one in second.report.problems] == [(3, "date_unparsed")]


def test_rows_that_are_still_wrong_are_listed_again_under_their_numbers():
    second = again(read(WRONG), {"C2": "2026-03-28"})
    report = second.report
    assert (report.rows_read, report.accepted, report.rejected, report.unmapped) == (3, 1, 1, 1)
    assert [(one.row, one.code) for one in report.problems] == [(4, "desk_missing"), (5, "activity_unmapped")]
    assert second.left_out["row"].tolist() == [4, 5]
    assert report.mends.rows == (3, 4, 5)


def test_a_workbook_nobody_mended_is_read_and_everything_is_still_to_mend():
    first = read(WRONG)
    second = again(first, {})
    assert (second.report.refused, second.report.accepted, len(second.frame)) == (None, 0, 0)
    pd.testing.assert_frame_equal(second.left_out, first.left_out)


def test_the_rest_can_be_mended_in_a_second_round():
    first = read(WRONG)
    second = again(first, {"C2": "2026-03-28"})
    third = again(second, {"D2": "Desk 02", "E3": "send_out"})
    pd.testing.assert_frame_equal(both(first, Loaded(third.report, both(second, third))), read(RIGHT).frame)
    assert third.report.reason == "mended rows of march.csv"
    assert (third.report.mends.digest, third.report.mends.sheet) == (second.report.digest, ROWS)


def test_a_row_taken_out_stays_to_be_mended():
    book = opened(changed(workbook(read(WRONG)), MENDED))
    book[ROWS].delete_rows(3)
    second = read(saved(book))
    assert second.frame["source_row"].tolist() == [3, 5]
    assert second.report.mends.rows == (3, 5)
    assert second.report.mends.offered == 3
    assert "1 row taken out of the workbook: still to mend in march.csv." in second.report.warnings


def test_a_row_that_was_emptied_counts_as_taken_out():
    emptied = dict.fromkeys(["C3", "D3", "E3", "F3", "G3"])
    assert again(read(WRONG), MENDED | emptied).report.mends.rows == (3, 5)


def test_a_row_added_by_hand_is_new_and_gets_the_number_it_has_in_the_workbook():
    first = read(WRONG)
    new = {"C7": "2026-03-30", "D7": "Desk 03", "E7": "fill", "F7": "Eden Sample"}
    second = again(first, MENDED | new)
    assert second.frame["source_row"].tolist() == [3, 4, 5, 7]
    assert second.report.mends.rows == (3, 4, 5)
    assert "1 row without a number of march.csv: read as new." in second.report.warnings


def test_a_number_that_is_taken_or_was_never_given_makes_a_row_new():
    copied = {"A5": "3", "C5": "2026-03-30", "D5": "Desk 03", "E5": "fill"}
    foreign = {"A6": "999", "C6": "2026-03-30", "D6": "Desk 04", "E6": "fill"}
    second = again(read(WRONG), MENDED | copied | foreign)
    assert second.report.mends.rows == (3, 4, 5)
    assert second.frame["source_row"].tolist() == [3, 4, 5, 7, 6]
    assert "2 rows without a number of march.csv: read as new." in second.report.warnings


def test_sorted_rows_moved_columns_and_new_columns_change_nothing():
    first = read(WRONG)
    book = opened(changed(workbook(first), MENDED))
    lines = [[cell.value for cell in line] for line in book[ROWS].iter_rows()]
    del book[ROWS]
    page = book.create_sheet(ROWS)
    for line in [lines[0], *reversed(lines[1:])]:
        page.append(["mine", *reversed(line)])
    second = read(saved(book))
    pd.testing.assert_frame_equal(both(first, second), read(RIGHT).frame)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "'=1",
        "#N/A",
        "007",
        "1.0",
        "3/4",
        "two\nlines",
        "a\r\nb",
        "_x000D_",
        "bell \x07 rings",
        "long " * 9_000,
        "wide " + "\u00e9\u4e2d\U0001f600",
        "\U0001f600" * 20_000,
        "<b>&amp;</b>",
    ],
    ids=range(17),
)
def test_text_comes_back_as_it_was_in_the_file(text):
    row = {"occurred_at": "someday", "desk": "Desk 01", "activity": "fill", "candidate": "Avery Sample", "notes": text}
    good = row | {"occurred_at": "2026-03-01", "notes": "plain"}
    first = read(pd.DataFrame([good, row]).to_csv(index=False))
    kept = first.left_out["notes"].tolist()
    assert kept == [text.strip()]
    for data in (workbook(first), saved(opened(workbook(first)))):
        assert read(data).left_out["notes"].tolist() == kept


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\x00"), min_size=1, max_size=30), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_was_in_the_file(texts):
    row = {"occurred_at": "someday", "desk": "Desk 01", "activity": "fill", "candidate": "Avery Sample"}
    lines = [row | {"occurred_at": "2026-03-01", "notes": "x"}, *(row | {"notes": text} for text in texts)]
    first = read(pd.DataFrame(lines).to_csv(index=False, quoting=csv.QUOTE_ALL).encode("utf-8", "replace"))
    assert len(first.left_out) == len(texts)
    pd.testing.assert_frame_equal(read(workbook(first)).left_out, first.left_out)


def test_a_long_text_that_was_changed_is_what_it_was_changed_to():
    first = read(f"{HEAD}\n2026-03-01,Desk 01,fill,A,\nsomeday,Desk 01,fill,Avery Sample,{'long ' * 9_000}\n")
    second = again(first, {"C2": "2026-03-02", "G2": "short"})
    assert second.frame["notes"].tolist() == ["short"]


# --- read as the first file was --------------------------------------------------------------------------------------


def test_a_sheet_below_titles_among_other_sheets_is_mended_by_its_own_rows():
    sheets = {"Other": [["x"]], "Log": [["Weekly report"], [], *awkward.as_lists(WRONG)]}
    first = read(awkward.workbook(sheets), "book.xlsx")
    second = again(first, MENDED)
    assert first.left_out["row"].tolist() == [5, 6, 7]
    assert second.frame["source_row"].tolist() == [5, 6, 7]
    assert second.report.mends.sheet == "Log"


def test_a_file_with_columns_named_like_ours_keeps_them_apart():
    lines = WRONG.replace("notes", "Row").splitlines()
    first = read("\n".join([f"{lines[0]},What to mend", *(f"{line},x" for line in lines[1:])]))
    second = again(first, MENDED)
    assert second.frame["source_row"].tolist() == [3, 4, 5]
    assert again(first, {}).left_out["Row"].tolist() == ["second", "third", "fourth"]


def test_columns_of_one_name_stay_apart():
    lines = (
        "Date,Recruiter,Type,Candidate,Date\n2026-03-01,Desk 01,Interview,Avery Sample,a\nsomeday,Desk 01,Interview,B,b"
    )
    first = read(lines)
    second = again(first, {"C2": "2026-03-02"})
    assert second.frame["occurred_at"].tolist() == [pd.Timestamp(2026, 3, 2)]
    assert again(first, {}).left_out["Date (2)"].tolist() == ["b"]


def test_the_desk_the_side_and_the_columns_somebody_said_hold_for_the_mended_rows():
    lines = "occurred_at,activity,Somebody\n2026-03-01,conversation,Avery Sample\nsomeday,conversation,Blake Sample\n"
    first = read(lines, desk="Desk 07", side="client", columns={"contact": "Somebody"})
    row = again(first, {"C2": "2026-03-02"}).frame.iloc[0]
    assert (row["desk"], row["activity"], row["contact"]) == ("Desk 07", "marketing_call", "Blake Sample")


def test_what_somebody_says_now_goes_before_what_was_said_then():
    first = read("occurred_at,activity\n2026-03-01,fill\nsomeday,fill\n", desk="Desk 07")
    assert again(first, {"C2": "2026-03-02"}, desk="Desk 08").frame["desk"].tolist() == ["Desk 08"]


OWN: dict[str, Any] = {
    "name": "our_list",
    "columns": {"occurred_at": ["When"], "desk": ["Who"], "activity": ["What"]},
    "require": ["occurred_at", "desk", "activity"],
    "activities": [{"values": ["Hired"], "give": ["fill"]}],
}
OWN_FILE = "When,Who,What\n2026-03-01,Desk 01,Hired\nsomeday,Desk 01,Hired\n2026-03-03,Desk 01,Lunch\n"


@pytest.mark.parametrize("as_file", [True, False])
def test_a_mapping_of_ones_own_travels_with_the_workbook(tmp_path, as_file):
    path = tmp_path / "ours.toml"
    path.write_text(
        'name = "our_list"\nrequire = ["occurred_at", "desk", "activity"]\n[columns]\noccurred_at = ["When"]\n'
        'desk = ["Who"]\nactivity = ["What"]\n[[activities]]\nvalues = ["Hired"]\ngive = ["fill"]\n'
    )
    first = read(OWN_FILE, mapping=path if as_file else OWN)
    path.unlink()
    second = again(first, {"C2": "2026-03-02"})
    assert second.frame[["activity", "source_row"]].to_numpy().tolist() == [["fill", 3]]


def test_a_value_that_the_saved_layout_knows_by_now_is_mended_by_it():
    first = read(OWN_FILE, mapping=OWN)
    knows = OWN | {"activities": [*OWN["activities"], {"values": ["Lunch"], "give": ["touch"]}]}
    second = again(first, {"C2": "2026-03-02"}, own=(knows,))
    assert second.frame[["activity", "source_row"]].to_numpy().tolist() == [["fill", 3], ["touch", 4]]


def test_a_layout_saved_since_is_used_where_the_first_file_was_read_without_one():
    lines = "When,Who,What\n2026-03-01,Desk 01,Interview\nsomeday,Desk 01,Interview\n2026-03-03,Desk 01,Mystery\n"
    first = read(lines, columns={"occurred_at": "When", "desk": "Who", "activity": "What"})
    assert first.report.unmapped_values == {"Mystery": 1}
    gives = [{"values": [value], "give": [give]} for value, give in (("Interview", "interview"), ("Mystery", "touch"))]
    second = again(first, {"C2": "2026-03-02"}, own=(OWN | {"activities": gives},))
    assert second.frame[["activity", "source_row"]].to_numpy().tolist() == [["interview", 3], ["touch", 4]]


def test_a_saved_layout_of_other_files_changes_nothing():
    other = OWN | {"columns": {"occurred_at": ["Day"], "desk": ["Owner"], "activity": ["Deed"]}}
    first = read(WRONG)
    pd.testing.assert_frame_equal(both(first, again(first, MENDED, own=(other,))), read(RIGHT).frame)


def test_a_merged_cell_is_filled_from_the_row_above_it_in_the_first_file():
    grouped = OWN | {"fill_down": ["desk"]}
    lines = ["2026-03-01,,Lunch", "2026-03-01,Desk 01,Hired", "someday,,Hired", "2026-03-03,Desk 02,Hired", ",,Hired"]
    first = read("\n".join(["When,Who,What", *lines]), mapping=grouped)
    assert first.left_out["Who"].tolist() == ["", "Desk 01", "Desk 02"]
    second = again(first, {"C3": "2026-03-02", "C4": "2026-03-04", "E2": "Hired"})
    assert second.frame[["desk", "source_row"]].to_numpy().tolist() == [["Desk 01", 4], ["Desk 02", 6]]
    assert [(one.row, one.code) for one in second.report.problems] == [(2, "desk_missing")]


def test_the_column_of_activities_stays_the_one_of_the_first_file():
    lines = "Date,Recruiter,Type,Action,Candidate\n"
    good = "".join(f"2026-03-0{day},Desk 01,Interview,Whatever {day},Avery Sample\n" for day in range(1, 5))
    first = read(f"{lines}{good}2026-03-09,Desk 01,Mystery,Interview,Blake Sample\n")
    second = again(first, {})
    assert first.report.unmapped_values == {"Mystery": 1}
    assert second.report.unmapped_values == {"Mystery": 1}


def test_a_wide_file_is_mended_by_its_rows():
    lines = "Candidate,Recruiter,Client interview,Offer accepted\nAvery,Desk 01,2026-03-01,\nBlake,Desk 01,soon,\n"
    first = read(lines)
    assert next(one.code for one in first.report.problems) == "date_unparsed"
    second = again(first, {"E2": "2026-03-04"})
    assert second.frame[["candidate", "source_row"]].to_numpy().tolist() == [["Blake", 3]]


# --- a workbook that cannot be relied on -----------------------------------------------------------------------------


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
