"""What a reason says of the note behind it: a ticket's topic, the first words of a complaint or a survey comment."""

from __future__ import annotations

import pytest

from quality.care import care
from quality.care_words import LONGEST, first_words
from tests.quality.care_log import AS_OF, quiet, told
from tests.quality.small_logs import frame_of


def reasons(engine, *rows):
    """The reasons of somebody about whom nothing else is known."""
    (one,) = care(engine(frame_of([*quiet(), *rows])), as_of=AS_OF).to_dict("records")
    return one["reasons"]


def test_a_survey_says_what_was_written_with_it(engine):
    poor = told("2026-11-03", "survey", score=4, notes="Too many nights.")
    assert reasons(engine, poor) == ("Survey of 3 Nov: 4 of 10, “Too many nights”",)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"activity": "complaint"}, "Complaint by the contractor on 5 Nov: “Pay was wrong again”"),
        ({"activity": "complaint", "party": "client"}, "Complaint by the client on 5 Nov: “Pay was wrong again”"),
        ({"activity": "social_complaint"}, "Complaint in public on 5 Nov: “Pay was wrong again”"),
    ],
)
def test_a_complaint_says_what_it_was_about(engine, more, said):
    assert reasons(engine, told("2026-11-05", notes="Pay was wrong again", **more)) == (said,)


def test_of_several_complaints_the_last_is_quoted(engine):
    first, last = told("2026-11-05", "complaint", notes="Parking"), told("2026-11-12", "complaint", notes="Nights")
    said = "2 complaints by the contractor in 60 days, the last on 12 Nov"
    assert reasons(engine, first, last) == (f"{said}: “Nights”",)
    assert reasons(engine, first, {**last, "notes": None}) == (said,)


def test_a_ticket_says_its_topic(engine):
    old = told("2026-11-10", "ticket_opened", ref="T1", notes="Badge does not open the gate")
    other = told("2026-11-12", "ticket_opened", ref="T2", notes="Payslip")
    assert reasons(engine, old, other) == ("Ticket T1 (“Badge does not open the gate”) open for 13 days, and 1 more",)
    assert reasons(engine, {**other, "ref": None}) == ("Ticket without a number (“Payslip”) open for 11 days",)
    assert reasons(engine, {**other, "notes": None}) == ("Ticket T2 open for 11 days",)


def test_what_is_noted_with_late_timecards_is_not_quoted(engine):
    late = [told(f"2026-11-{day}", "timecard_late", notes="Chased by mail") for day in (12, 19)]
    assert reasons(engine, *late) == ("2 late timecards in 30 days, the last on 19 Nov",)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (None, ""),
        ("  . ", ""),
        ("Nights,", "“Nights”"),
        ("Two\nlines \t apart", "“Two lines apart”"),
        ("Red \x1b[31mtext\u202e here", "“Red [31mtext here”"),
        ("word " * 12, f"“{'word ' * 11}word”"),
        ("word " * 13, f"“{'word ' * 11}word…”"),
        ("x" * 61, f"“{'x' * 60}…”"),
        ("Paid late; " + "x" * 60, "“Paid late…”"),
    ],
)
def test_a_note_is_cut_between_two_words_and_holds_nothing_that_does_not_print(note, said):
    assert first_words(note) == said
    assert len(first_words(note)) <= LONGEST + 3
