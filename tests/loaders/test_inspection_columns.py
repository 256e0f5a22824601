"""Which column of a file holds what, by its words, by likeness and by its cells."""

from __future__ import annotations

import pytest
from looked_at import FILES, UNKNOWN, fields, seen

from loaders import Options, read_raw
from loaders.inspection import Inspection, inspect


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
