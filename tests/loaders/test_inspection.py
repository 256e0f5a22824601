"""What a file looks like before anything is decided."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import awkward
from loaders import Options, RawFile, load, read_raw
from loaders.inspection import Inspection, grouped, inspect
from loaders.tallies import HEAD, Tally
from loaders.words import value_key

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in FILES.glob("*.expected.json"))

UNKNOWN = """Wann,Wer,Was,Ergebniss,Talent Name,Recruter,Telefon Number
03/04/2026 09:40,Desk 01,Recruter Call,No Answer,Avery Sample,Casey Desk,555 0100
03/04/2026 09:50,Desk 01,CV Sent,,Avery Sample,Casey Desk,555 0101
04/05/2026 10:50,Desk 02,Sendout,blue,Blake Sample,Jo Desk,
04/05/2026 11:50,Desk 02,cv sent,yes,Blake Sample,Jo Desk,
06/07/2026 11:50,Desk 01,CV  SENT,,Avery Sample,Jo Desk,
06/07/2026 11:50,Desk 01,Huh,,Avery Sample,Casey Desk,
"""


def seen(text: str, vocabulary: str | None = None, **options: object) -> Inspection:
    return inspect(read_raw(text.encode(), "x.csv"), Options(**options), vocabulary)


def fields(found: Inspection) -> dict[str, tuple[str | None, str]]:
    return {column.header: (column.field, column.how) for column in found.columns}


def test_columns_are_suggested_by_words_by_likeness_and_by_what_they_hold():
    assert fields(seen(UNKNOWN)) == {
        "Wann": ("occurred_at", "content"),
        "Wer": (None, "unused"),
        "Was": ("activity", "content"),
        "Ergebniss": ("outcome", "similar"),
        "Talent Name": ("candidate", "similar"),
        "Recruter": ("desk", "similar"),
        "Telefon Number": (None, "unused"),
    }


@pytest.mark.parametrize(
    ("who", "desk"), [("Who", "Who"), ("Who,Typed in by", "Who")], ids=["alone", "beside a typist"]
)
def test_four_names_in_very_many_rows_are_the_firms_own_people(who: str, desk: str):
    """Nobody calls four candidates forty times; whom they spoke to is in the column of many names."""
    names = ("Avery Demo", "Blake Demo", "Casey Demo", "Drew Demo")
    typist = ",Pat Demo" if "," in who else ""
    rows = [
        f"2026-10-{1 + n % 28:02},{names[n % 4]}{typist},{first} {last},Interview"
        for n, (first, last) in enumerate(
            (f, g) for f in ("Finley", "Gray", "Harper", "Indigo", "Jules") for g in LASTS
        )
    ]
    found = fields(seen("\n".join([f"Date,{who},About,What", *rows])))
    assert (found[desk][0], found["About"][0]) == ("desk", "candidate")


LASTS = ("Sample", "Example", "Placeholder", "Testperson", "Mockup", "Pretend", "Fable", "Invented")

TRACKER = """Logged,Typed in by,Boss,Who we spoke to,Kind of contact,What came of it
03/04/2026,Pat Desk,Alex Demo,Avery Sample,Rang them,keen
05/04/2026,Pat Desk,Alex Demo,Blake Sample,Rang them,no reply
06/04/2026,Lee Desk,Alex Demo,Casey Sample,Chat in office,
07/04/2026,Lee Desk,Kim Demo,Drew Sample,Rang them,voicemail
"""


def test_what_the_cells_are_like_goes_before_what_a_header_resembles():
    assert fields(seen(TRACKER)) == {
        "Logged": ("occurred_at", "similar"),
        "Typed in by": ("desk", "synonym"),
        "Boss": (None, "unused"),
        "Who we spoke to": ("candidate", "content"),
        "Kind of contact": ("activity", "content"),
        "What came of it": ("outcome", "content"),
    }
    words = {one.value: one.meaning for one in seen(TRACKER).outcomes}
    assert words == {"keen": "interested", "no reply": "nobody", "voicemail": "nobody"}


TOTALS = """When we did it,Who logged it,Helper,What happened,Person,Remark,Order
2026-11-03 09:00,Avery Desk,Kim Office,Tried,Sam Sample,VM,
2026-11-03 10:00,Avery Desk,Kim Office,Rang,Sam Sample,keen,Job 1
2026-11-04 10:00,Avery Desk,Kim Office,Rang,Lou Sample,not for me,Job 1
2026-11-04 11:00,Avery Desk,Kim Office,CV to Example Works,Sam Sample,,Total
2026-11-05 11:00,Blake Desk,Lee Office,Got the job,Sam Sample,,Job 1
2026-11-06 13:00,Blake Desk,Lee Office,New order,{},,Job 2
When we did it,Who logged it,Helper,What happened,Person,Remark,Order
Total,,,6,,,
Printed on 7 Nov,,,,,,
"""


def test_totals_notices_and_repeated_headers_are_no_values_no_samples_and_no_gaps():
    found = seen(TOTALS.format(""))
    assert {one.value: one.rows for one in found.values} == {
        "Rang": 2,
        "CV to Example Works": 1,
        "Got the job": 1,
        "New order": 1,
        "Tried": 1,
    }
    desk, job = found.columns[1], found.columns[-1]
    assert (desk.samples, desk.filled, desk.gaps) == (("Avery Desk", "Blake Desk"), 6, 0)
    assert job.samples == ("Job 1", "Job 2", "Total")
    assert found.columns[0].filled == 6


def test_a_column_of_persons_holds_candidates_or_either_side_where_rows_about_the_client_name_one_too():
    assert fields(seen(TOTALS.format("")))["Person"] == ("candidate", "content")
    assert fields(seen(TOTALS.format("Robin Buyer")))["Person"] == ("person", "content")


def test_who_logged_it_goes_before_a_column_of_other_people_of_the_firm():
    found = seen(TOTALS.format(""))
    assert found.decisions.columns["desk"] == ("Who logged it",)


def test_remarks_that_are_outcomes_are_suggested_as_outcomes():
    found = seen(TOTALS.format(""))
    assert fields(found)["Remark"] == ("outcome", "content")
    assert {one.value: one.meaning for one in found.outcomes} == {
        "VM": "nobody",
        "keen": "interested",
        "not for me": "not_interested",
    }


def test_one_known_outcome_is_enough_under_a_header_that_asks_how_it_went():
    rows = "".join(
        f"2026-03-0{day},Desk 01,Call,{word}\n" for day, word in enumerate(("so so", "hm", "well", "keen"), 1)
    )
    assert fields(seen(f"When,Recruiter,Type,How it went\n{rows}"))["How it went"] == ("outcome", "content")
    assert fields(seen(f"When,Recruiter,Type,Scribble\n{rows}"))["Scribble"] == (None, "unused")


PHONE_LOG = """Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration
Voice Outgoing,555-0101,Avery Sample,04/13/2026,9:05 AM,Phone Call,Call connected,,0:03:10
Voice Outgoing,555-0102,Blake Sample,04/13/2026,9:25 AM,VoIP Call,Accepted,,0:01:10
Voice Incoming,555-0103,Casey Sample,04/14/2026,9:45 AM,Phone Call,No Answer,,0:00:10
Voice Incoming,555-0104,Drew Sample,04/14/2026,9:55 AM,VoIP Call,Missed,,0:00:00
"""


def test_of_a_known_export_without_a_desk_only_the_desk_is_asked():
    found = seen(PHONE_LOG)
    assert found.base == "ringcentral_calls"
    assert "desk" not in found.decisions.columns
    assert found.people == ()
    assert found.decisions.values == {
        "Accepted": "call",
        "Call connected": "call",
        "Missed": "call_attempt",
        "No Answer": "call_attempt",
    }


def test_a_header_of_another_field_never_gets_the_credit():
    rows = "".join(f"0{day}/04/2026,Voice Outgoing,Example Works,Fill\n" for day in range(1, 9))
    found = seen(f"Date,Medium,Sundry,Activity Type\n{rows}")
    assert found.decisions.columns == {"occurred_at": ("Date",), "activity": ("Activity Type",), "channel": ("Medium",)}
    rows = "".join(f"0{day}/04/2026,Avery Sample,Example Works,Fill\n" for day in range(1, 9))
    assert seen(f"Date,Clients,Sundry,Activity Type\n{rows}").people == ()


def test_a_column_headed_by_what_was_done_holds_activities_even_where_its_words_are_outcomes_too():
    told = seen(
        "Entered,By,Firm,What we did\n2026-03-02,Pat Desk,Example Works,Talked\n2026-03-03,Pat Desk,,Our chat\n"
    )
    found = fields(told)
    assert found["What we did"] == ("activity", "content")
    assert found["Firm"] == ("client", "synonym")


def test_a_column_shows_its_three_commonest_values_and_how_many_cells_are_filled():
    what = seen(UNKNOWN).columns[2]
    assert what.samples == ("CV  SENT", "CV Sent", "Huh")
    assert what.filled == 6
    assert seen(UNKNOWN).columns[3].filled == 3


def test_a_column_of_personal_data_shows_no_samples_and_is_never_suggested():
    column = seen("When,Recruiter,Type,Mobile,SSN\n2026-03-02,Desk 01,Call,555 0100,000-00-0000\n").columns[3:]
    assert [(one.samples, one.field, one.how, one.personal) for one in column] == [((), None, "dropped", True)] * 2


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


DIARY = """On,Handled by,Entered by,What we did,Guest,Where,How it ended
{rows}"""


def diary(*outcomes: str) -> Inspection:
    """Meetings at the client, one an outcome, each with somebody else; two desks, one of whom is typed in by office."""
    rows = (
        f"{n + 13:02}/09/2026,Desk 0{n % 2 + 1},Office A,Met at client,Sample {chr(65 + n)}xy Demo,Firm,{word}\n"
        for n, word in enumerate(outcomes)
    )
    return seen(DIARY.format(rows="".join(rows)))


def test_who_handled_it_goes_before_who_entered_it_and_both_could_get_the_credit():
    found = diary(*["fine"] * 8)
    assert found.decisions.columns["desk"] == ("Handled by",)
    assert found.people == ("Handled by", "Entered by")


def test_a_column_of_very_many_people_holds_candidates():
    assert fields(diary(*["fine"] * 8))["Guest"] == ("candidate", "content")


def test_an_outcome_tells_what_it_stands_beside():
    beside = {one.value: one.beside for one in diary("fine", "fine", "ill on the day").outcomes}
    assert beside == {"fine": ("Met at client",), "ill on the day": ("Met at client",)}


def test_a_column_of_days_has_no_times_and_one_with_times_has():
    assert [date.timed for date in diary("fine").dates] == [False]
    assert [date.timed for date in seen("Date,Desk,Type\n2026-03-02 09:30,Desk 01,fill\n").dates] == [True]


BRANCH = """Date of contact,Input by,Consultant initials,Nature,Person spoken to,What happened next
02 Sep 2026,PX,AB,Ph out,Avery Sample,up for it
03 Sep 2026,PX,AB,CV2C,Blake Sample,
04 Sep 2026,QY,CD,Ph out,Casey Sample,passed
05 Sep 2026,QY,CD,No answer,Drew Sample,
"""


def test_a_column_headed_like_the_people_of_the_firm_goes_before_who_put_it_in():
    found = seen(BRANCH)
    assert fields(found)["Consultant initials"] == ("desk", "similar")
    assert fields(found)["Input by"] == (None, "unused")
    assert set(found.people) == {"Consultant initials", "Input by"}


def test_a_header_that_asks_what_came_next_is_that_of_outcomes():
    assert fields(seen(BRANCH))["What happened next"] == ("outcome", "content")
    assert fields(seen(BRANCH))["Nature"] == ("activity", "similar")


SHEET = """When,Who,What we did,About,Put down as
2026-09-02,Desk 01,Rang candidate,Avery Sample,no joy
2026-09-03,Desk 01,Rang candidate,Blake Sample,chatted
2026-09-04,Desk 02,Rang candidate,Casey Sample,voicemail
2026-09-05,Desk 02,Rang candidate,Drew Sample,chatted
"""


def test_a_column_that_says_nobody_was_reached_holds_outcomes_whatever_it_is_called():
    found = seen(SHEET)
    assert fields(found)["Put down as"] == ("outcome", "content")
    assert found.decisions.outcomes == {"chatted": "other", "no joy": "nobody", "voicemail": "nobody"}


def test_a_column_of_ways_to_reach_somebody_holds_no_outcomes():
    assert fields(seen(SHEET.replace("no joy", "e-mail").replace("voicemail", "e-mail")))["Put down as"][0] is None


def of_file(name: str) -> Inspection:
    return inspect(read_raw(FILES / name, name), Options())


def test_of_real_dates_only_what_stands_there_as_text_is_read_and_asked_about():
    read = of_file("dates_as_text_among_real_dates.xlsx").dates[0]
    told = "real dates; what stands there as text is read as month/day/year, such as 03/25/2026"
    assert (read.read_as, read.ambiguous) == (told, False)
    both = of_file("dates_as_text_that_read_both_ways.xlsx").dates[0]
    assert (both.ambiguous, both.readings) == (True, (("10/1/2026", "1 Oct 2026", "10 Jan 2026"),))


def test_a_heading_within_the_table_leaves_no_blank_cells_and_is_no_value():
    headed = SHEET.replace("2026-09-04", "OCTOBER,,,,\n2026-09-04")
    assert [column.gaps for column in seen(headed).columns] == [0] * 5
