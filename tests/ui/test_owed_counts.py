"""How many are owed a word, on This week and on Desk: the same numbers as on Owed, and the way there."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pandas as pd
import pytest
import stored
from screens import said

from quality.call_sheet import in_parts
from ui import owed_counts, owed_data

TODAY = date(2026, 11, 23)
HEAD = "occurred_at,desk,activity,party,candidate,job,outcome,notes"
#: Résumés without an answer: long ago at Desk 01, late at both desks, due today at Desk 02, and one answered in time.
LINES = (
    "2026-09-01 09:00,Desk 01,resume_received,candidate,Avery Sample,,,",
    "2026-11-16 09:00,Desk 01,resume_received,candidate,Blake Sample,,,",
    "2026-11-16 09:00,Desk 02,resume_received,candidate,Blake Sample,,,",
    "2026-11-17 09:00,Desk 02,resume_received,candidate,Casey Sample,,,",
    "2026-11-19 09:00,Desk 02,resume_received,candidate,Drew Sample,,,",
    "2026-11-10 09:00,Desk 02,resume_received,candidate,Ellis Sample,,,",
    "2026-11-11 09:00,Desk 02,touch,candidate,Ellis Sample,,,Told when we call again",
)


@pytest.fixture
def firm(history):
    text = "\n".join([HEAD, *LINES])
    stored.store({"log.csv": text})
    return history


def links(at):
    return [(one.label, one.proto.page, parse_qs(one.proto.query_string)) for one in at.page_link]


def test_a_person_whom_two_desks_owe_a_word_is_one_person_of_the_firm(firm):
    assert owed_counts.counts(None) == {"today": 3, "coming": 0, "long": 1, "late": 2}
    assert owed_counts.counts(("Desk 01",)) == {"today": 1, "coming": 0, "long": 1, "late": 1}
    assert owed_counts.counts(("Desk 02",)) == {"today": 3, "coming": 0, "long": 0, "late": 2}


def test_the_desks_with_the_most_people_come_first_as_their_own_sheets_count_them(firm):
    assert owed_counts.busiest() == {"Desk 02": 3, "Desk 01": 1}
    for desk, people in owed_counts.busiest().items():
        assert in_parts(owed_data.sheet((desk,)))["today"] == people


def test_the_sentence_has_the_counts_and_how_promises_are_kept(firm):
    row = owed_data.promises(None).iloc[0]
    assert (row["kept"], row["due"]) == (1, 5)
    assert owed_counts.sentence(None) == (
        "3 people to call today, 2 of them late; 1 more has waited for over 30 days. Done in time, of what fell due in "
        "90 days:\u00a01 of 5, likely 6 to 48\u00a0%."
    )


def test_this_week_says_who_is_owed_a_word_and_opens_the_sheet_of_a_desk(firm, open_page):
    at = open_page("meeting/this_week")
    assert not at.exception
    assert "Owed today" in [one.value for one in at.subheader]
    assert owed_counts.sentence(None) in said(at)
    assert ("Desk 02\\: 3", "owed", {"desk": ["Desk 02"]}) in links(at)
    at.query_params["desk"] = "Desk 02"
    at = at.switch_page("../pages/follow_up/owed.py").run()
    assert not at.exception
    assert at.multiselect(key="desk").value == ["Desk 02"]


def test_the_page_of_a_desk_says_whom_it_owes_a_word(firm, open_page):
    at = open_page("ratios/desk")
    assert not at.exception
    assert f"**Owed:** {owed_counts.sentence(('Desk 01',))}" in said(at)
    assert ("Call sheet", "owed", {"desk": ["Desk 01"]}) in links(at)
    at.selectbox(key="who").set_value("Desk 02").run()
    assert f"**Owed:** {owed_counts.sentence(('Desk 02',))}" in said(at)


def test_where_nobody_is_owed_anything_that_is_said_without_a_share(history, open_page):
    lines = f"{HEAD}\n2026-11-16 09:00,Desk 01,hit,candidate,Avery Sample,,,"
    stored.store({"log.csv": lines})
    assert owed_counts.sentence(None) == "Nobody is waiting for a word today."
    at = open_page("meeting/this_week")
    assert not at.exception
    assert "Nobody is waiting for a word today." in said(at)


def test_what_is_left_of_a_person_is_counted_once_whatever_is_owed(firm):
    sheet = owed_data.sheet(None)
    late = sheet[(sheet["part"] == "today") & (sheet["due_at"] < pd.Timestamp(TODAY))]
    assert late["who"].nunique() == owed_counts.counts(None)["late"]
