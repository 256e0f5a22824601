from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from small_logs import frame_of, row

from quality.last_words import Known, known

TODAY = date(2026, 11, 23)
AVERY, CLIENT = ("candidate", "Avery Sample"), ("client", "Quinn Example")


@pytest.fixture
def log():
    avery, quinn = {"candidate": "Avery Sample"}, {"contact": "Quinn Example", "client": "Example Hospital"}
    return frame_of(
        [
            row("2026-11-02 09:00", "Desk 01", "interview", notes="Good fit for days", **avery),
            row(
                "2026-11-05 09:00",
                "Desk 02",
                "debrief",
                notes="Liked the team",
                party="candidate",
                job="Welder",
                **avery,
                **quinn,
            ),
            row(
                "2026-11-06 09:00", "Desk 01", "debrief", notes="Wants a second talk", party="client", **avery, **quinn
            ),
            row("2026-11-09 09:00", "Desk 01", "recruiting_call", **avery),  # nothing noted
            row("2026-11-10 09:00", "Desk 01", "call_attempt", notes="No answer", **avery),
            row("2026-11-10 10:00", "Desk 01", "touch", channel="auto", party="candidate", notes="Newsletter", **avery),
            row(
                "2026-11-11 09:00",
                "Desk 01",
                "discovery",
                party="candidate",
                outcome="next_move",
                notes="Days",
                **avery,
            ),
            row(
                "2026-11-12 09:00",
                "Desk 01",
                "discovery",
                party="candidate",
                outcome="next_move",
                notes="Nights",
                **avery,
            ),
            row(
                "2026-11-12 09:30",
                "Desk 01",
                "discovery",
                party="candidate",
                outcome="time_frame",
                notes="March",
                **avery,
            ),
            row("2026-11-24 10:00", "Desk 01", "send_out", job="Welder", **avery, **quinn),
            row("2026-11-26 10:00", "Desk 01", "interview", **avery),
            row("2026-11-08 09:00", "Desk 01", "marketing_call", client="Example Hospital", notes="Call in spring"),
            row("2026-11-22 09:00", "Desk 01", "recruiting_call", candidate="Blake Sample", notes="Not asked for"),
        ]
    )


def test_the_last_note_of_a_contact_with_the_person_is_told(engine, log):
    last = known(engine(log), [AVERY], TODAY)[AVERY].last
    assert (last.text, last.title, last.desk) == ("Liked the team", "Debrief", "Desk 02")
    assert last.at == pd.Timestamp("2026-11-05 09:00")
    assert last.place == "Welder, Example Hospital"


def test_what_was_said_to_the_client_is_not_said_to_the_candidate(engine, log):
    assert known(engine(log), [CLIENT], TODAY)[CLIENT].last.text == "Wants a second talk"


def test_the_last_answer_to_each_question_is_told(engine, log):
    assert known(engine(log), [AVERY], TODAY)[AVERY].cares == (("next_move", "Nights"), ("time_frame", "March"))


def test_the_next_thing_booked_is_told_to_everybody_it_names(engine, log):
    found = known(engine(log), [AVERY, CLIENT], TODAY)
    assert {found[person].ahead.at for person in (AVERY, CLIENT)} == {pd.Timestamp("2026-11-24 10:00")}
    assert found[AVERY].ahead.title == "Send-out"


def test_a_client_without_a_contact_is_known_by_its_own_name(engine, log):
    hospital = ("client", "Example Hospital")
    assert known(engine(log), [hospital], TODAY)[hospital].last.text == "Call in spring"


def test_the_day_that_is_asked_for_cuts_what_is_known(engine, log):
    found = known(engine(log), [AVERY], date(2026, 11, 3))[AVERY]
    assert (found.last.text, found.cares) == ("Good fit for days", ())
    assert found.ahead.at == pd.Timestamp("2026-11-05 09:00")


def test_only_those_who_are_asked_for_come_back(engine, log):
    assert set(known(engine(log), [AVERY, ("candidate", "Nobody Sample")], TODAY)) == {AVERY}
    assert known(engine(log), [], TODAY) == {}
    assert Known() == Known(None, (), None)


def test_a_name_is_text_and_never_part_of_a_question(engine):
    hostile = "O'Hara\"; DROP TABLE log; --"
    log = frame_of([row("2026-11-02 09:00", "Desk 01", "interview", candidate=hostile, notes="Fine")])
    assert known(engine(log), [("candidate", hostile)], TODAY)["candidate", hostile].last.text == "Fine"


def test_a_contact_is_told_nothing_of_a_candidate_who_wants_to_be_left_alone(log):
    one = known(log, [CLIENT], TODAY)[CLIENT]
    assert (one.last.text, one.ahead.activity) == ("Wants a second talk", "send_out")
    assert known(log, [CLIENT], TODAY, alone=frozenset({AVERY})) == {}


def test_a_note_that_names_somebody_who_wants_to_be_left_alone_is_passed_over(log):
    quiet = frozenset({("candidate", "Casey Sample"), ("client", "Drew Example")})
    more = frame_of(
        [
            row("2026-11-16 09:00", "Desk 01", "interview", notes="A friend of casey sample", candidate="Avery Sample"),
            row("2026-11-16 10:00", "Desk 01", "note", notes="Met Example, Drew", candidate="Avery Sample"),
            row("2026-11-24 00:30", "Desk 01", "interview", notes="With Drew Example", candidate="Avery Sample"),
        ]
    )
    told = known(pd.concat([log, more]), [AVERY], TODAY, alone=quiet)[AVERY]
    assert told.last.text == "Liked the team"
    assert told.ahead.text == "With Do not contact"
