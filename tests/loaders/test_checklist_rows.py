"""What a loader of agencies' exports must stand, points 8 to 13: dates, copies, unknown values, notes and names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pandas import Timestamp
from small_exports import HEADER, loaded, own

from quality.people import suggestions


def moments(*values: str, **options: Any) -> list[Timestamp]:
    result = loaded(own(*(f'"{value}",D,fill' for value in values)), **options)
    return result.frame["occurred_at"].tolist()


# 8. Dates.


def test_08_one_format_a_column_whatever_the_order_of_its_rows():
    expected = [Timestamp(2026, 4, 3), Timestamp(2026, 4, 25)]
    assert moments("03/04/2026", "25/04/2026") == expected
    assert moments("25/04/2026", "03/04/2026") == expected[::-1]


def test_08_a_cell_in_another_format_is_to_be_mended_and_not_read_the_other_way():
    report = loaded(own("03/25/2026,D,fill", "03/26/2026,D,fill", "27/03/2026,D,fill")).report
    assert [(problem.row, problem.code) for problem in report.problems] == [(4, "date_unparsed")]


def test_08_an_order_nobody_can_tell_is_asked_for():
    assert loaded(own("03/04/2026,D,fill")).report.refused.code == "date_order_ambiguous"
    assert moments("03/04/2026", day_first=True) == [Timestamp(2026, 4, 3)]
    assert moments("03/04/2026", day_first=False) == [Timestamp(2026, 3, 4)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("46022.65625", Timestamp(2025, 12, 31, 15, 45)),
        ("46022", Timestamp(2025, 12, 31)),
        ("1767195900000", Timestamp(2025, 12, 31, 15, 45)),
        ("1767195900", Timestamp(2025, 12, 31, 15, 45)),
        ("12-31-25 (03:45 PM)", Timestamp(2025, 12, 31, 15, 45)),
        ("Wed 12/31/2025 3:45 PM", Timestamp(2025, 12, 31, 15, 45)),
        ("2025-12-31T15:45:00", Timestamp(2025, 12, 31, 15, 45)),
        ("31 Dec 2025 15:45", Timestamp(2025, 12, 31, 15, 45)),
    ],
)
def test_08_every_usual_writing_is_one_moment(text, moment):
    assert moments(text) == [moment]


@pytest.mark.parametrize(
    "word", ["1000-01-01", "1000-01-01 00:00:00", "1900-01-01", "9999-12-31", "01/01/1900", "TBD", "tbd"]
)
def test_08_days_and_words_for_no_date_are_missing(word):
    result = loaded(own(f"2026-03-31,D,fill,{word}", "2026-03-02,D,fill,03/31/2026", header=f"{HEADER},due_on"))
    assert result.report.problems == ()
    assert result.frame["due_on"].notna().tolist() == [False, True]


@pytest.mark.parametrize("text", ["2005-01-01 00:00:00", "01-01-05 (12:00 AM)", "01-01-2005"])
def test_08_opencats_writes_2005_where_it_knows_no_date(text):
    lines = ("Date,First Name,Last Name,Regarding,Activity,Notes,Entered By", f"{text},A,S,General,Call,,Desk 01")
    report = loaded("\n".join([*lines, "03-25-26 (09:05 AM),A,S,General,Call,,Desk 01", ""])).report
    assert report.layout == "opencats_activities"
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "date_missing")]


def test_08_a_day_in_2005_counts_in_any_other_file():
    assert moments("2005-01-01") == [Timestamp(2005, 1, 1)]


def test_08_days_ahead_are_kept_and_counted_as_scheduled():
    result = loaded(own("2026-03-02,D,fill", "2026-04-02,D,send_out"), today=date(2026, 3, 9))
    assert result.frame["occurred_at"].tolist() == [Timestamp(2026, 3, 2), Timestamp(2026, 4, 2)]
    scheduled = "1 row after 2026-03-09: scheduled, counted once the day has come; the furthest is 2026-04-02."
    assert result.report.warnings == (scheduled,)


# 9. Time zones.


def test_09_the_local_wall_time_decides_the_day():
    assert moments("2026-03-02T23:30:00-06:00", time_zone="America/Chicago") == [Timestamp(2026, 3, 2, 23, 30)]
    assert moments("2026-03-03T05:30:00Z", time_zone="America/Chicago") == [Timestamp(2026, 3, 2, 23, 30)]


def test_09_of_aircalls_two_times_the_local_one_is_used():
    header = (
        "line,date (TZ offset incl.),time (TZ offset incl.),datetime (UTC),direction,answered,user,duration (in call)"
    )
    row = "Main,2026-03-02,23:30:00,2026-03-03 05:30,outbound,Yes,Desk 01,300"
    result = loaded(own(row, header=header), time_zone="America/Chicago")
    assert result.report.layout == "aircall_calls"
    assert result.frame["occurred_at"].tolist() == [Timestamp(2026, 3, 2, 23, 30)]


def test_09_greenhouse_is_in_utc():
    header = "id,application_id,new_status,new_stage_id,updated_at,recruiter_id"
    result = loaded(own("1,77,hired,5,2026-03-03 05:30:00,9", header=header), time_zone="America/Chicago")
    assert result.report.layout == "greenhouse_application_history"
    assert result.frame["occurred_at"].tolist() == [Timestamp(2026, 3, 2, 23, 30)]


# 10. Copies.


def test_10_exact_repeats_count_once_and_the_count_is_shown():
    report = loaded(own("2026-03-02 09:00,D,fill", "2026-03-02 09:00,D,fill")).report
    assert (report.accepted, report.duplicate_rows) == (1, {"same content in the same minute": 1})


def test_10_child_appointments_are_copies():
    header = "Appointment ID,Type,Date Begin,Owner,Candidate,Job Order,Parent Appointment"
    rows = ("1,Interview,2026-03-02 09:00,Desk 01,A,Welder,", "2,Interview,2026-03-02 09:00,Desk 01,A,Welder,1")
    report = loaded(own(*rows, header=header)).report
    assert report.layout == "bullhorn_appointments"
    assert (report.accepted, report.ignored_rows) == (1, {"copy of an appointment for another invitee": 1})


def test_10_legs_of_a_call_are_one_call_of_the_person_who_answered():
    header = "date_started,call_id,target_kind,category,date_connected,entry_point_call_id,name,talk_duration"
    rows = (
        "2026-03-02 09:00:00,1,user,incoming,,7,Desk 01,0",
        "2026-03-02 09:00:00,2,user,incoming,2026-03-02 09:00:20,7,Desk 02,3.5",
    )
    result = loaded(own(*rows, header=header))
    assert result.report.layout == "dialpad_calls"
    assert result.frame["desk"].tolist() == ["Desk 02"]
    assert result.report.ignored_rows == {"leg of the same call": 1}


def test_10_activities_copied_to_the_company_are_one():
    header = "Date/Time,Username,Activity Type,Activity Text,Result"
    report = loaded(own(*["3/25/2026 9:05 AM,Desk 01,Recruit Call,talked,Connected"] * 2, header=header)).report
    assert report.layout == "pcrecruiter_activities"
    assert (report.accepted, report.duplicate) == (1, 1)


# 11. Unknown values.


def test_11_unknown_values_are_listed_with_their_counts_and_in_no_number():
    result = loaded(own("2026-03-02,D,fill", *["2026-03-02,D,odd word"] * 2, "2026-03-02,D,Sendout"))
    assert result.report.unmapped_values == {"odd word": 2, "Sendout": 1}
    assert result.frame["activity"].tolist() == ["fill"]


def test_11_the_share_of_rows_with_an_unknown_value_is_said():
    report = loaded(own("2026-03-02,D,fill", *["2026-03-02,D,odd word"] * 3)).report
    assert "3 of 4 rows (75%) hold a value no activity is known for and are in no number." in report.warnings
    assert not loaded(own("2026-03-02,D,fill")).report.warnings


# 12. Notes.


def test_12_notes_are_stripped_of_tags_and_entities():
    note = '"<p>Status: <span style=""color: #ff6c00;"">Submitted</span></p> A &amp; B &quot;so&quot;<br>end"'
    result = loaded(own(f"2026-03-02,D,fill,{note}", header=f"{HEADER},notes"))
    assert result.frame["notes"].tolist() == ['Status: Submitted A & B "so" end']


def test_12_nothing_is_computed_from_notes():
    result = loaded(own("2026-03-02,D,call_attempt,answered: Outbound call.", header=f"{HEADER},notes"))
    assert result.frame[["activity", "outcome"]].fillna("").to_numpy().tolist() == [["call_attempt", ""]]


def test_12_but_through_a_pattern_that_a_layout_declares():
    header = "Date,Assigned,Subject,Type,Call Result,Comments"
    rows = (
        "3/25/2026,Desk 01,answered: Outbound call.,Call,,",
        "3/26/2026,Desk 01,missed: Outbound call.,Call,,",
        "3/27/2026,Desk 01,Call,Call,,missed: Outbound call.",
    )
    result = loaded(own(*rows, header=header))
    assert result.report.layout == "salesforce_tasks"
    assert result.frame["activity"].tolist() == ["conversation", "call_attempt", "conversation"]


# 13. Names.


def test_13_two_spellings_of_a_name_are_proposed_and_never_merged():
    frame = loaded(own("2026-03-02,Zoë Sample,fill", "2026-03-03,zoe sample,fill")).frame
    assert frame["desk"].tolist() == ["Zoë Sample", "zoe sample"]
    pairs = [{pair.first, pair.second} for pair in suggestions(frame["desk"])]
    assert pairs == [{"Zoë Sample", "zoe sample"}]
