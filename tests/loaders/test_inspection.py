"""What a file looks like before anything is decided: its values, dates, header, sheet and shape."""

from __future__ import annotations

import json
from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from looked_at import FILES, UNKNOWN, fields, seen

import awkward
from loaders import Options, RawFile, load, read_raw
from loaders.inspection import Inspection, grouped, inspect
from loaders.tallies import HEAD, Tally
from loaders.words import value_key

NAMES = sorted(path.name.removesuffix(".expected.json") for path in FILES.glob("*.expected.json"))


def test_a_column_shows_its_three_commonest_values_and_how_many_cells_are_filled():
    what = seen(UNKNOWN).columns[2]
    assert what.samples == ("CV  SENT", "CV Sent", "Huh")
    assert what.filled == 6
    assert seen(UNKNOWN).columns[3].filled == 3


def test_a_column_of_personal_data_shows_no_samples_and_is_never_suggested():
    column = seen("When,Recruiter,Type,Mobile,SSN\n2026-03-02,Desk 01,Call,555 0100,000-00-0000\n").columns[3:]
    assert [(one.samples, one.field, one.how) for one in column] == [((), None, "dropped")] * 2


def test_contact_data_a_firm_keeps_is_said_to_be_kept_apart():
    found = fields(seen("When,Recruiter,Type,Mobile,SSN\n2026-03-02,Desk 01,Call,555 0100,000\n", contacts=True))
    assert (found["Mobile"], found["SSN"]) == ((None, "contact"), (None, "dropped"))


def test_values_in_another_writing_are_one_value_counted_together():
    found = {one.value: (one.rows, one.meaning, one.why) for one in seen(UNKNOWN).values}
    assert found == {
        "CV  SENT": (3, "presentation", "word"),
        "Huh": (1, "", ""),
        "Recruter Call": (1, "recruiting_call", "similar"),
        "Sendout": (1, "", ""),
    }


def test_a_word_of_two_meanings_says_why_it_is_open():
    hints = {one.value: one.hint for one in seen(UNKNOWN).values}
    assert "presentation" in hints["Sendout"]
    assert hints["Huh"] == ""


def test_a_vocabulary_proposes_its_own_meanings():
    text = "When,Recruiter,Type\n2026-03-02,Desk 01,Contact Calls\n"
    assert [(one.meaning, one.why) for one in seen(text).values] == [("marketing_call", "word")]
    assert [(one.meaning, one.why) for one in seen(text, "bond_adapt").values] == [("marketing_call", "vocabulary")]


def test_outcomes_say_who_was_reached():
    found = seen(UNKNOWN, columns={"outcome": "Ergebniss"}).outcomes
    assert {one.value: one.meaning for one in found} == {"No Answer": "nobody", "blue": "", "yes": "interested"}


def test_people_who_could_get_the_credit_are_named():
    text = (
        "When,Recruiter,Candidate Owner,Type,Account\n"
        "2026-03-02,Casey Desk,Jo Desk,Call,Example Metal Works\n"
        "2026-03-03,Casey Desk,Jo Desk,Call,Example Metal Works\n"
    )
    assert seen(text).people == ("Recruiter", "Candidate Owner")


def test_dates_that_can_be_read_both_ways_are_shown_both_ways():
    (date,) = seen(UNKNOWN).dates
    assert (date.header, date.field, date.ambiguous, date.read_as, date.utc) == ("Wann", "occurred_at", True, "", False)
    assert date.readings == (
        ("03/04/2026 09:40", "4 Mar 2026, 09:40", "3 Apr 2026, 09:40"),
        ("03/04/2026 09:50", "4 Mar 2026, 09:50", "3 Apr 2026, 09:50"),
        ("04/05/2026 10:50", "5 Apr 2026, 10:50", "4 May 2026, 10:50"),
    )


def test_an_order_that_was_said_or_that_another_column_lends_is_not_asked_again():
    (date,) = seen(UNKNOWN, day_first=True).dates
    assert (date.ambiguous, date.readings, date.read_as[:14]) == (False, (), "day/month/year")
    text = "When,Recruiter,Type,Due Date\n03/04/2026,Desk 01,Call,04/25/2026\n"
    assert [(one.field, one.ambiguous, one.read_as[:14]) for one in seen(text).dates] == [
        ("occurred_at", False, "month/day/year"),
        ("due_on", False, "month/day/year"),
    ]


def test_dates_in_utc_say_so():
    text = "When,Recruiter,Type\n2026-03-02T09:00:00Z,Desk 01,Call\n"
    assert seen(text).dates[0].utc
    assert not seen(text.replace("Z", "")).dates[0].utc
    assert seen(text.replace("2026-03-02T09:00:00Z", "1774396800000")).dates[0].utc


def test_date_and_time_in_two_columns_are_one_date():
    text = "Date,Time,Recruiter,Type\n2026-03-02,09:00,Desk 01,Call\n"
    found = seen(text)
    assert found.decisions.columns["occurred_at"] == ("Date", "Time")
    assert [(one.header, one.read_as[:4]) for one in found.dates] == [("Date + Time", "year")]


def test_the_header_row_and_the_sheet_that_were_said_are_looked_at():
    text = "Weekly list,,\nWhen,Recruiter,Type\n2026-03-02,Desk 01,Call\n"
    found = seen(text)
    assert (found.header_row, found.top[0][0]) == (2, "Weekly list")
    assert [column.header for column in seen(text, header_row=1).columns] == ["Weekly list", "(column 2)", "(column 3)"]
    raw = read_raw(awkward.five_sheets(), "x.xlsx")
    assert inspect(raw, Options()).sheet == "Log"
    other = inspect(raw, Options(sheet="Pivot 1"))
    assert (other.sheet, other.sheets["Pivot 1"]) == ("Pivot 1", 3)
    assert [column.header for column in other.columns] == ["Region", "Total"]


def test_columns_that_were_said_steer_the_values():
    found = seen(UNKNOWN, columns={"activity": "Wer"})
    assert [one.value for one in found.values] == ["Desk 01", "Desk 02"]
    assert fields(found)["Wer"] == ("activity", "chosen")


def test_a_known_export_is_the_base_and_its_words_come_from_the_layout():
    raw = read_raw(FILES / "bullhorn.csv", "bullhorn.csv")
    found = inspect(raw, Options())
    assert (found.base, found.candidates[0].layout) == ("bullhorn_notes", "bullhorn_notes")
    assert {one.why for one in found.values if one.meaning} == {"layout"}


def test_a_wide_file_gets_a_date_for_every_stage_its_headers_name():
    text = (
        "Wer,Bewerber,Phone screening on,Date of 1st interview,Sonst\n"
        "Desk 01,Avery Sample,2026-03-02,2026-03-09,2026-03-10\nDesk 01,Blake Sample,2026-03-02,,\n"
    )
    found = seen(text)
    assert found.shape == found.decisions.shape == "wide"
    assert fields(found)["Phone screening on"] == ("date:interview", "similar")
    assert fields(found)["Date of 1st interview"] == ("date:send_out", "similar")
    assert fields(found)["Sonst"] == (None, "unused")
    assert found.values == ()


def test_a_tie_shows_both_layouts():
    raw = read_raw(FILES / "layouts_that_tie.csv", "x.csv")
    found = inspect(raw, Options(desk="Desk 01"))
    scores = [one.score for one in found.candidates[:2]]
    assert len({one.layout for one in found.candidates}) >= 2
    assert scores[0] == scores[1]


#: Files that hold no table at all.
UNREADABLE = ("empty_file", "not_a_table", "unclosed_quote")


def expected_of(name: str) -> dict:
    return json.loads((FILES / f"{name}.expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [name for name in NAMES if expected_of(name)["refused"] not in UNREADABLE])
def test_a_file_that_can_be_read_can_be_inspected(name):
    found = inspect(read_raw(FILES / name, name), Options(**expected_of(name).get("options", {})))
    assert sum(found.sheets.values()) > 0
    assert len({column.header for column in found.columns}) == len(found.columns)
    assert {one.field for one in found.dates} - {""} <= set(found.decisions.columns)


def test_nothing_known_about_a_file_leaves_everything_open():
    found = inspect(read_raw(b"a,b\n1,2\n", "x.csv"), Options(sheet="Nowhere", layout="nobody", header_row=9))
    assert (found.header_row, found.columns, found.values, found.dates) == (None, (), (), ())
    assert found.decisions.columns == {}


@given(st.lists(st.sampled_from(["", "Call", "call", "CALL ", "Email", "e-mail", "x"]), max_size=40))
def test_values_are_counted_as_a_slow_count_would(values):
    slow = Counter(value_key(value) for value in values if value)
    found = grouped(Tally(pa.array(values, pa.large_string())))
    assert {value_key(value): rows for value, rows in found} == dict(slow)
    assert [rows for _, rows in found] == sorted(slow.values(), reverse=True)
    spelled = Counter(value for value in values if value)
    for value, _ in found:
        same = [count for other, count in spelled.items() if value_key(other) == value_key(value)]
        assert spelled[value] == max(same)


@given(st.lists(st.text(alphabet="ab ", max_size=2), max_size=40), st.integers(1, 5))
def test_samples_are_the_commonest_values_whatever_the_order_of_rows(values, most):
    counts = Counter(value for value in values if value)
    slow = tuple(value for value, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most])
    for order in (values, values[::-1]):
        tally = Tally(pa.array(order, pa.large_string()))
        assert (tally.samples(most), tally.distinct, tally.filled) == (slow, len(counts), sum(counts.values()))


def test_a_long_column_of_different_values_is_sampled_from_its_beginning():
    column = pa.array([f"note {number:06}" for number in range(HEAD + 10)], pa.large_string())
    assert Tally(column).samples(1) == ("note 000000",)
    assert Tally(column).many
    assert not Tally(column.slice(0, HEAD)).many


def test_a_file_that_was_read_is_loaded_without_reading_it_again():
    raw = read_raw(UNKNOWN.encode(), "x.csv")
    options = Options(day_first=False, columns={"occurred_at": "Wann", "desk": "Wer", "activity": "Was"})
    found, expected = load(raw, "x.csv", options), load(UNKNOWN.encode(), "x.csv", options)
    assert isinstance(raw, RawFile)
    assert found.report == expected.report
    assert found.frame.equals(expected.frame)


BOTH_WAYS = """Who,Minder,Kind,Day,Interview,Placed on,Oddment
Avery Sample,Pat Desk,Call,01.03.2026,05.03.2026,12.03.2026,20.03.2026
Blake Sample,Pat Desk,Call,02.03.2026,06.03.2026,,
"""


def shaped(text: str, shape: str) -> Inspection:
    return inspect(read_raw(text.encode(), "x.csv"), Options(), shape=shape)


def test_the_shape_asked_for_proposes_its_own_columns():
    assert seen(BOTH_WAYS).decisions.columns["occurred_at"] == ("Day",)
    wide = shaped(BOTH_WAYS, "wide")
    assert (wide.shape, wide.decisions.shape, wide.base, wide.values) == ("wide", "wide", None, ())
    assert dict(wide.decisions.stages()) == {"interview": "Interview", "fill": "Placed on"}
    assert {"occurred_at", "activity"}.isdisjoint(wide.decisions.columns)
    assert {date.header for date in wide.dates} == {"Day", "Interview", "Placed on", "Oddment"}


def test_the_shape_that_was_seen_anyway_changes_nothing_when_asked_for():
    assert shaped(BOTH_WAYS, "activity") == seen(BOTH_WAYS)
    tracker = "Who,Interview,Placed on\nAvery Sample,2026-03-05,2026-03-12\n"
    assert seen(tracker).shape == "wide"
    assert shaped(tracker, "wide") == seen(tracker)


def test_a_file_with_a_date_per_stage_can_be_looked_at_as_one_of_activities():
    tracker = "Who,Kind,Interview,Placed on\nAvery Sample,Blub,2026-03-05,2026-03-12\nAvery Sample,Blub,2026-03-06,\n"
    found = shaped(tracker, "activity")
    assert found.shape == "activity"
    assert found.decisions.columns["occurred_at"] == ("Interview",)
    assert not [*found.decisions.stages()]
