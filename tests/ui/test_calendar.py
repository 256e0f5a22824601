from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from icalendar import Calendar

from quality.call_sheet import Line, Reason
from ui.calendar import to_ics

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOSTILE = "Sam\"; \\n, O'Hara\r\nEND:VCALENDAR\r\nX-BAD:1\x00"


def reason(due, rule="debrief_client", **more):
    usual = {
        "why": "Send-out on Fri 20 Nov 2026: the debrief is due.",
        "late": "",
        "is_late": False,
        "later": False,
        "desk": "Desk 01",
        "client": "Example Hospital",
        "job": "Welder",
        "trigger_id": "t1",
    }
    return Reason(rule=rule, due_at=pd.Timestamp(due), **usual | more)


def line(*reasons, who="Avery Sample"):
    return Line(0, "candidate", who, "today", None, reasons)


def entries(made):
    return Calendar.from_ical(made).walk("VEVENT")


def test_an_entry_lies_on_the_day_it_is_due_the_whole_day():
    [entry] = entries(to_ics([line(reason("2026-11-25 23:59:59"))], {}, NOW))
    assert entry["DTSTART"].dt == date(2026, 11, 25)
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert str(entry["SUMMARY"]) == "Avery Sample: Debrief client"
    assert entry["DTSTAMP"].dt == NOW


def test_what_is_late_stands_on_today():
    [entry] = entries(to_ics([line(reason("2026-11-02 23:59:59"))], {}, NOW))
    assert entry["DTSTART"].dt == date(2026, 11, 23)


def test_the_text_says_why_where_whose_and_what_is_known_of_the_person():
    about = {("candidate", "Avery Sample"): "Said last: Liked the team. 555 0100"}
    [entry] = entries(to_ics([line(reason("2026-11-25"))], about, NOW))
    assert str(entry["DESCRIPTION"]).splitlines() == [
        "Send-out on Fri 20 Nov 2026: the debrief is due. Welder, Example Hospital, Desk 01",
        "Said last: Liked the team. 555 0100",
    ]


def test_all_that_is_due_on_a_day_is_one_entry_with_every_reason():
    reasons = [reason("2026-11-23", "close_loop", why="Told why."), reason("2026-11-02"), reason("2026-11-10")]
    [entry] = entries(to_ics([line(*reasons)], {}, NOW))
    assert str(entry["SUMMARY"]) == "Avery Sample: Close the loop and 2 more"
    assert str(entry["DESCRIPTION"]).splitlines() == [
        "Told why. Welder, Example Hospital, Desk 01",
        "Send-out on Fri 20 Nov 2026: the debrief is due. Welder, Example Hospital, Desk 01",
    ]


def test_what_is_due_at_a_time_ends_at_that_time_of_wherever_it_is_read():
    first, second = reason("2026-11-23 11:00", "prep_candidate"), reason("2026-11-23 15:00", "prep_client")
    made = to_ics([line(second, first, reason("2026-11-02"))], {}, NOW)
    [entry] = entries(made)
    assert b"DTSTART:20261123T103000\r\nDTEND:20261123T110000\r\n" in made
    assert "DURATION" not in entry
    assert entry["DTEND"].dt.tzinfo is None


def test_a_time_that_has_passed_or_was_not_noted_is_a_day():
    for due in ("2026-11-23 09:00", "2026-11-24 00:00", "2026-11-20 15:00"):
        [entry] = entries(to_ics([line(reason(due, "prep_candidate"))], {}, NOW))
        assert entry["DTSTART"].params["VALUE"] == "DATE"


def test_two_people_without_a_name_are_two_entries():
    nobody = [line(reason("2026-11-25", trigger_id=name), who=None) for name in ("t1", "t2")]
    assert len({entry["UID"] for entry in entries(to_ics(nobody, {}, NOW))}) == 2


def test_each_day_is_an_entry_and_keeps_its_id_from_day_to_day():
    both = line(reason("2026-11-02"), reason("2026-11-25", "weekly_promise"))
    today, tomorrow = (entries(to_ics([both], {}, now)) for now in (NOW, NOW.replace(day=24)))
    assert [entry["UID"] for entry in today] == [entry["UID"] for entry in tomorrow]
    assert len({entry["UID"] for entry in today}) == 2
    assert [entry["DTSTART"].dt.day for entry in tomorrow] == [24, 25]


def test_two_fridays_of_one_order_are_two_entries():
    fridays = line(reason("2026-11-27", "friday_update"), reason("2026-12-04", "friday_update"))
    assert len({entry["UID"] for entry in entries(to_ics([fridays], {}, NOW))}) == 2


@pytest.mark.parametrize("text", [HOSTILE, "é" * 300, "=HYPERLINK(1)"])
def test_names_and_notes_are_text_whatever_they_hold(text):
    made = to_ics([line(reason("2026-11-25", client=text, why=text), who=text)], {("candidate", text): text}, NOW)
    [entry] = entries(made)
    assert str(entry["SUMMARY"]).startswith(text[:4])
    assert "X-BAD" not in entry
    assert made.count(b"END:VCALENDAR\r\n") == 1


def test_lines_are_folded_and_end_as_the_standard_wants():
    made = to_ics([line(reason("2026-11-25", why="Große Übung, " * 60))], {}, NOW)
    assert made.startswith(b"BEGIN:VCALENDAR\r\n")
    assert made.count(b"\n") == made.count(b"\r\n")
    assert max(len(one) for one in made.split(b"\r\n")) <= 75
    assert b"VERSION:2.0\r\n" in made


def test_no_lines_are_a_calendar_without_entries():
    assert entries(to_ics([], {}, NOW)) == []


def test_somebody_without_a_name_is_said_so():
    [entry] = entries(to_ics([line(reason("2026-11-25"), who=None)], {}, NOW))
    assert str(entry["SUMMARY"]) == "(no name): Debrief client"
