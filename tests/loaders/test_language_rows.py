"""What a layout may say about rows: merged groups, stand-ins for blank cells, copies, stages under conditions."""

from __future__ import annotations

from typing import Any

import pytest
from pandas import Timestamp

from loaders import Loaded, Options, load

OWN: dict[str, Any] = {
    "name": "ours",
    "words": ["own"],
    "columns": {name: [name] for name in ("occurred_at", "desk", "activity", "candidate", "outcome", "notes")},
}


def loaded(*lines: str, mapping: dict[str, Any], **options: Any) -> Loaded:
    return load("\n".join([*lines, ""]).encode(), "f.csv", Options(mapping=OWN | mapping, **options))


def refused(mapping: dict[str, Any]) -> str:
    refusal = loaded("occurred_at,desk,activity", mapping=mapping).report.refused
    assert refusal.code == "mapping_invalid"
    return refusal.reason


def test_blank_cells_of_a_merged_group_repeat_the_cell_above():
    lines = ("desk,occurred_at,activity", "Desk 01,2026-03-02,fill", ",2026-03-03,hit", "Desk 02,2026-03-03,hit")
    result = loaded(*lines, ",2026-03-04,hit", mapping={"fill_down": ["desk"]})
    assert result.frame["desk"].tolist() == ["Desk 01", "Desk 01", "Desk 02", "Desk 02"]
    assert result.report.warnings == ('Blank cells of "desk" that repeat the cell above: 2.',)


def test_a_total_between_groups_neither_gives_nor_takes_a_name():
    lines = ("desk,occurred_at,activity,notes", "Desk 01,2026-03-02,fill,", "Subtotal,,,1", ",2026-03-03,hit,")
    result = loaded(*lines, ",,,", "Grand Totals (2 records),,,", mapping={"fill_down": ["desk", "occurred_at"]})
    assert result.frame["desk"].tolist() == ["Desk 01", "Desk 01"]
    assert result.report.furniture_rows == ((3, "Subtotal"), (6, "Grand Totals (2 records)"))


@pytest.mark.parametrize(
    "total", ["Total Jul", "July 2026 total: 28", "Total week 31", "Totals for 2026", "Total Desk 01"]
)
def test_a_total_of_a_month_or_a_desk_in_place_of_a_date_takes_no_activity_either(total):
    lines = ("occurred_at,desk,activity,candidate,notes", "2026-07-30,Desk 01,fill,A,", f"{total},,,28,7 out")
    result = loaded(*lines, "2026-07-31,,,B,", mapping={"fill_down": ["desk", "activity"]})
    assert result.frame["candidate"].tolist() == ["A", "B"]
    assert result.report.furniture_rows == ((3, total),)


def test_a_client_whose_name_begins_like_a_total_is_no_total():
    lines = (
        "occurred_at,desk,activity,candidate,outcome,notes",
        "2026-07-30,Desk 01,fill,A,,",
        ",,,Total Energies,x,y",
    )
    result = loaded(*lines, mapping={"fill_down": ["occurred_at", "desk", "activity"]})
    assert result.frame["candidate"].tolist() == ["A", "Total Energies"]


def test_a_header_repeated_on_the_next_page_is_no_name_of_the_group():
    lines = ("desk,occurred_at,activity", "Desk 01,2026-03-02,fill", "desk,occurred_at,activity", ",2026-03-03,hit")
    result = loaded(*lines, mapping={"fill_down": ["desk"]})
    assert result.frame["desk"].tolist() == ["Desk 01", "Desk 01"]


def test_rows_of_two_groups_that_look_alike_are_no_copies():
    lines = ("desk,occurred_at,activity,candidate", "Desk 01,2026-03-02 09:00,fill,A", ",2026-03-02 09:05,hit,B")
    more = ("Desk 02,2026-03-02 09:00,fill,C", ",2026-03-02 09:05,hit,B")
    result = loaded(*lines, *more, mapping={"fill_down": ["desk"]})
    assert (result.report.accepted, result.report.duplicate) == (4, 0)


def test_without_fill_down_a_blank_cell_stays_blank():
    result = loaded("desk,occurred_at,activity", "D,2026-03-02,fill", ",2026-03-03,hit", mapping={})
    assert [problem.code for problem in result.report.problems] == ["desk_missing"]


def test_a_blank_cell_falls_back_on_another_column():
    mapping = {"helpers": {"owner": ["Owner"]}, "fallback": {"desk": "owner"}}
    result = loaded("desk,Owner,occurred_at,activity", "A,B,2026-03-02,fill", ",C,2026-03-02,hit", mapping=mapping)
    assert result.frame["desk"].tolist() == ["A", "C"]


def test_a_column_the_file_lacks_is_made_from_its_fallback():
    mapping = {"helpers": {"made": ["Created"]}, "fallback": {"occurred_at": "made"}, "require": ["occurred_at"]}
    report = loaded("desk,Created,activity", "D,2026-03-02,fill", "D,soon,fill", mapping=mapping).report
    assert report.accepted == 1
    assert [(problem.column, problem.value) for problem in report.problems] == [("Created", "soon")]


WIDE: dict[str, Any] = {
    "name": "assignments",
    "shape": "wide",
    "words": [],
    "columns": {"desk": ["Desk"], "candidate": ["Name"]},
    "helpers": {"status": ["Status"]},
    "stages": [
        {"name": "began", "columns": ["Start"], "give": ["start"]},
        {"name": "ended", "columns": ["End"], "when": {"status": ["Over"]}, "give": ["end"]},
        {
            "columns": ["End"],
            "when": {"status": ["Terminated"]},
            "give": [{"activity": "end", "outcome": "terminated"}],
        },
    ],
    "fallback": {"planned_end": "ended"},
}


def test_a_stage_happens_only_under_its_condition_and_a_column_serves_several():
    lines = ("Desk,Name,Start,End,Status", "D,A,2026-03-02,2026-03-31,Running", "D,B,2026-03-03,2026-03-30,Over")
    result = loaded(*lines, "D,C,2026-03-04,2026-03-29,Terminated", mapping=WIDE)
    found = result.frame[["candidate", "activity", "outcome"]].fillna("").to_numpy().tolist()
    assert found == [
        ["A", "start", ""],
        ["B", "start", ""],
        ["B", "end", ""],
        ["C", "start", ""],
        ["C", "end", "terminated"],
    ]
    uses = {use.header: use.field for use in result.report.columns}
    assert uses["End"] == "end"


def test_the_date_of_a_stage_may_stand_in_for_a_planned_end():
    lines = ("Desk,Name,Start,End,Status", "D,A,2026-03-02,2026-03-31,Running")
    frame = loaded(*lines, mapping=WIDE).frame
    assert frame[["activity", "planned_end"]].to_numpy().tolist() == [["start", Timestamp(2026, 3, 31)]]


def test_a_date_no_stage_wants_is_to_be_mended_and_not_lost():
    report = loaded("Desk,Name,Start,End,Status", "D,A,,2026-03-31,Odd", "D,B,,,", mapping=WIDE).report
    found = [(problem.code, problem.column, problem.value) for problem in report.problems]
    assert found == [("stage_unmet", "Status", "Odd"), ("date_missing", "Start, End", "")]


def test_an_unreadable_date_is_named_once_and_only_where_a_stage_wants_it():
    lines = ("Desk,Name,Start,End,Status", "D,A,2026-03-02,soon,Running", "D,B,2026-03-02,soon,Over")
    alone, stand_in = loaded(*lines, mapping=WIDE | {"fallback": {}}).report, loaded(*lines, mapping=WIDE).report
    assert [(problem.row, problem.column, problem.code) for problem in alone.problems] == [(3, "End", "date_unparsed")]
    assert [problem.row for problem in stand_in.problems] == [2, 3]


LEGS: dict[str, Any] = {
    "helpers": {"entry": ["entry"], "kind": ["kind"], "call": ["call"]},
    "fallback": {"entry": "call"},
    "copies": [
        {
            "reason": "leg of the same call",
            "same": ["entry"],
            "prefer": [{"kind": ["user"], "outcome": "filled"}, {"kind": ["user"]}],
        }
    ],
}
CALLS = (
    "1,,department,2026-03-02 09:00,Line,touch,",
    "2,1,user,2026-03-02 09:01,Desk 02,touch,",
    "3,1,user,2026-03-02 09:02,Desk 01,touch,talked",
    "4,,user,2026-03-02 10:00,Desk 01,touch,",
    ",,user,2026-03-02 11:00,Desk 01,touch,",
    ",,user,2026-03-02 12:00,Desk 01,touch,",
)


@pytest.mark.parametrize("rows", [CALLS, CALLS[::-1]])
def test_of_the_legs_of_a_call_the_preferred_one_stays_whatever_their_order(rows):
    result = loaded("call,entry,kind,occurred_at,desk,activity,outcome", *rows, mapping=LEGS)
    assert sorted(result.frame["occurred_at"].dt.hour) == [9, 10, 11, 12]
    assert sorted(result.frame["desk"]) == ["Desk 01"] * 4
    assert result.report.ignored_rows == {"leg of the same call": 2}
    assert result.report.rows_read == 6


def test_copies_of_equal_standing_leave_one_decided_by_their_content():
    mapping = {"copies": [{"reason": "copy", "same": ["candidate"]}]}
    rows = ("2026-03-03,Desk 02,touch,A", "2026-03-02,Desk 01,touch,A")
    for order in (rows, rows[::-1]):
        result = loaded("occurred_at,desk,activity,candidate", *order, mapping=mapping)
        assert result.frame["desk"].tolist() == ["Desk 01"]


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"fill_down": ["team"]}, '"fill_down" names the column "team"'),
        ({"fallback": {"desk": "nothing"}}, '"fallback" names the column "nothing"'),
        ({"fallback": {"desk": "desk"}}, '"fallback" names the column "desk"'),
        ({"copies": [{"reason": "copy"}]}, '[[copies]] needs same = ["column"]'),
        ({"copies": [{"same": ["desk"]}]}, '"reason" must be a text'),
        ({"copies": [{"reason": "r", "same": ["desk"], "first": []}]}, '"first" in [[copies]] is not a known key'),
        ({"stages": [{"name": "desk", "columns": ["End"], "give": ["end"]}]}, 'the stage name "desk" is taken'),
        ({"day_first": "yes"}, '"day_first" must be true or false'),
    ],
)
def test_a_slip_in_these_is_named(mapping, reason):
    assert reason in refused(mapping)


DATED = {
    "name": "dated",
    "shape": "wide",
    "columns": {"desk": ["desk"], "candidate": ["candidate"]},
    "helpers": {"due": ["due"], "done": ["done"]},
    "stages": [
        {"name": "week", "columns": ["week"], "give": ["timecard"]},
        {"name": "late", "columns": ["week"], "when": {"done": {"after": "due"}}, "give": ["timecard_late"]},
    ],
}


def test_a_stage_may_ask_whether_one_date_is_later_than_another():
    lines = ("desk,candidate,week,due,done", "Desk 01,A,2026-03-08,2026-03-09,2026-03-10", "Desk 01,B,2026-03-08,,x")
    result = load("\n".join([*lines, ""]).encode(), "f.csv", Options(mapping=DATED))
    assert result.frame[["candidate", "activity"]].to_numpy().tolist() == [
        ["A", "timecard"],
        ["A", "timecard_late"],
        ["B", "timecard"],
    ]
    assert result.report.warnings == ('1 cell of "done" not read as a date, and so not compared.',)


def test_dates_are_compared_in_stages_alone_and_with_columns_that_have_headers():
    rule = {"values": ["x"], "when": {"notes": {"after": "outcome"}}, "give": ["note"]}
    assert '"after" in the condition on "notes" is not a known key' in refused({"activities": [rule]})
    stage = {"columns": ["week"], "when": {"done": {"after": "finish"}}, "give": ["timecard"]}
    report = load(b"desk,week\n", "f.csv", Options(mapping=DATED | {"stages": [stage]})).report
    assert '"after" names the column "finish"' in report.refused.reason
