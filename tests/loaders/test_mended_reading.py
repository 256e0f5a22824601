"""Mended rows are read in exactly the way their first file was."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import awkward
from mendable import MENDED, RIGHT, WRONG, again, both, read


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
        'desk = ["Who"]\nactivity = ["What"]\n[[activities]]\nvalues = ["Hired"]\ngive = ["fill"]\n',
        encoding="utf-8-sig",
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
