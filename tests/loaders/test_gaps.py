"""Blank cells below filled ones are counted, and told from those that say something."""

from __future__ import annotations

import pytest

from loaders import Options, read_raw
from loaders.inspection import inspect


def gaps(text: str) -> dict[str, tuple[int, bool]]:
    found = inspect(read_raw(text.encode(), "x.csv"), Options())
    return {column.header: (column.gaps, column.grouped) for column in found.columns}


def test_blank_cells_below_a_filled_one_are_counted_blank_rows_and_blanks_on_top_are_not():
    text = "Date,Recruiter,Type,Job\n2026-03-02,Pat Desk,Call,\n2026-03-03,,Call,Job 1\n,,,\n2026-03-04,,Note,\n"
    assert gaps(text) == {"Date": (0, True), "Recruiter": (2, True), "Type": (0, False), "Job": (1, True)}


@pytest.mark.parametrize(("lower", "grouped"), [("", True), ("Job 2", True), ("Job 1", False)])
def test_a_cell_that_repeats_the_one_right_above_it_is_no_merged_cell(lower, grouped):
    text = f"Date,Recruiter,Type,Job\n2026-03-02,A,Call,Job 1\n2026-03-03,A,Call,{lower}\n2026-03-04,A,Call,\n"
    assert gaps(text)["Job"][1] is grouped


def test_a_table_without_rows_has_no_gaps():
    assert set(gaps("Date,Recruiter,Type\n").values()) == {(0, True)}


def test_rows_of_totals_have_neither_gaps_nor_words():
    text = "Day,Who,What,Notes\n21/7/26,A,Call,\n22/7/26,,Note,x\nTotal Jul,,,2\n23/8/26,B,Call,\nTotal B,,,1\n"
    assert gaps(text) == {"Day": (0, True), "Who": (1, True), "What": (0, True), "Notes": (1, True)}
    found = inspect(read_raw(text.encode(), "x.csv"), Options())
    assert found.columns[3].samples == ("x",)
