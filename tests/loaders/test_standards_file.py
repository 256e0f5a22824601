"""A sheet of standards: taken whole, or refused with what to mend."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from loaders.standards_file import Known, read_standards

KNOWN = Known(
    measures={"call to hit": "call_to_hit", "call_to_hit": "call_to_hit", "hits": "hit"},
    activities=("hit",),
    teams=("North",),
    desks=("Desk 01", "=1+1"),
)
HEADER = "Level,Name,Measure,Standard,Per,From"


def read(*lines: str, header: str = HEADER):
    return read_standards("\n".join([header, *lines]).encode(), "standards.csv", KNOWN)


def test_lines_are_read_as_the_history_wants_them():
    found = read(
        "company,,Call to hit,4.5,n : 1,2026-01-01",
        "Team,North,hits,10,Week,2026-02-01",
        "desk,Desk 01,call_to_hit,,,2026-03-01",
    )
    assert found.problems.empty
    assert found.refused is None
    lines = found.lines.astype(object).where(found.lines.notna(), None)
    assert lines.to_numpy().tolist() == [
        ["company", "", "call_to_hit", 4.5, None, pd.Timestamp(2026, 1, 1)],
        ["team", "North", "hit", 10.0, "week", pd.Timestamp(2026, 2, 1)],
        ["desk", "Desk 01", "call_to_hit", None, None, pd.Timestamp(2026, 3, 1)],
    ]


def test_a_workbook_gives_the_same_with_columns_in_any_order_and_others_left_aside():
    table = pd.DataFrame(
        {
            "From": [pd.Timestamp(2026, 1, 1)],
            "Comment": ["agreed in the meeting"],
            "Standard": [4.5],
            "Measure": ["Call to hit"],
            "Name": ["'=1+1"],
            "Level": ["desk"],
            "Per": ["n : 1"],
        }
    )
    book = io.BytesIO()
    table.to_excel(book, index=False)
    found = read_standards(book.getvalue(), "standards.xlsx", KNOWN)
    assert found.lines[["name", "standard"]].to_numpy().tolist() == [["=1+1", 4.5]]


def test_blank_lines_and_a_title_above_the_header_are_left_aside():
    found = read("", "company,,Call to hit,4.5,,2026-01-01", ",,,,,", header=f"Our standards,,,,,\n{HEADER}")
    assert len(found.lines) == 1


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("house,,Call to hit,4,,2026-01-01", "unknown_level", "Level"),
        ("company,North,Call to hit,4,,2026-01-01", "name_missing", "Name"),
        ("team,,Call to hit,4,,2026-01-01", "name_missing", "Name"),
        ("team,Nroth,Call to hit,4,,2026-01-01", "unknown_name", "Name"),
        ("desk,North,Call to hit,4,,2026-01-01", "unknown_name", "Name"),
        ("company,,Call to moon,4,,2026-01-01", "unknown_measure", "Measure"),
        ("company,,Call to hit,four,,2026-01-01", "bad_number", "Standard"),
        ("company,,Call to hit,0,,2026-01-01", "bad_number", "Standard"),
        ("company,,Call to hit,-3,,2026-01-01", "bad_number", "Standard"),
        ("company,,Call to hit,nan,,2026-01-01", "bad_number", "Standard"),
        ("company,,Call to hit,inf,,2026-01-01", "bad_number", "Standard"),
        ("company,,Call to hit,1e9,,2026-01-01", "bad_number", "Standard"),
        ("company,,Call to hit,4,day,2026-01-01", "bad_per", "Per"),
        ("company,,Hits,4,n : 1,2026-01-01", "bad_per", "Per"),
        ("company,,Hits,4,month,2026-01-01", "bad_per", "Per"),
        ("company,,Call to hit,4,,01/02/2026", "bad_day", "From"),
        ("company,,Call to hit,4,,2026-02-30", "bad_day", "From"),
        ("company,,Call to hit,4,,", "bad_day", "From"),
    ],
)
def test_a_line_that_cannot_be_names_row_column_value_and_remedy_and_takes_nothing(line, code, column):
    found = read("company,,Hits,5,day,2026-01-09", line)
    assert found.lines.empty
    [problem] = found.problems.to_dict("records")
    assert (problem["row"], problem["column"], problem["code"]) == (3, column, code)
    assert problem["problem"].startswith(problem["value"] or "An empty cell")
    assert problem["fix"].endswith(".")


def test_every_fault_of_a_line_is_named_and_lines_are_counted_as_a_person_sees_them():
    found = read("house,,Call to moon,x,,", "", "team,,Call to hit,4,,2026-01-01")
    assert found.problems["row"].tolist() == [2, 2, 2, 2, 4]
    assert found.problems["code"].tolist() == [
        "bad_day",
        "bad_number",
        "unknown_level",
        "unknown_measure",
        "name_missing",
    ]


def test_two_numbers_of_one_owner_measure_and_day_are_refused():
    found = read(*["company,,Call to hit,4,,2026-01-01", "company,,Call to hit,5,,2026-01-01"])
    assert found.problems[["row", "code"]].to_numpy().tolist() == [[3, "repeated_line"]]


def test_the_same_line_again_is_one_line():
    found = read("company,,Call to hit,4,,2026-01-01", "Company,,call_to_hit,4.0,n : 1,2026-01-01 00:00:00")
    assert found.problems.empty
    assert found.lines[["ratio", "standard"]].to_numpy().tolist() == [["call_to_hit", 4.0]]
    ended = read("company,,Hits,,day,2026-01-01", "company,,Hits,,,2026-01-01")
    assert len(ended.lines) == 1
    other = read("company,,Hits,4,day,2026-01-01", "company,,Hits,4,week,2026-01-01")
    assert other.problems["code"].tolist() == ["repeated_line"]


def test_a_ratio_under_two_of_its_names_is_the_same_line():
    found = read("company,,Call to hit,4,,2026-01-01", "company,,call_to_hit,5,,2026-01-01 00:00:00")
    assert found.problems["code"].tolist() == ["repeated_line"]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "standards.csv", "empty_file"),
        (b"a,b\n1,2\n", "standards.csv", "columns_missing"),
        (HEADER.encode(), "standards.csv", "no_lines"),
        (b"PK\x03\x04 broken", "standards.xlsx", "workbook_unreadable"),
        (b"%PDF-1.7 something", "standards.pdf", "not_a_table"),
    ],
)
def test_a_file_that_is_no_sheet_of_standards_is_refused_with_reason_and_remedy(data, name, code):
    found = read_standards(data, name, KNOWN)
    assert found.lines.empty
    assert found.problems.empty
    assert found.refused is not None
    assert (found.refused.code, bool(found.refused.reason), bool(found.refused.fix)) == (code, True, True)
