"""The page Care where no file holds contacts, where they stopped, and what it says of what comes up on Owed."""

from __future__ import annotations

import pytest
import stored
from screens import said

from quality.care_silence import LOAD
from ui import care, care_data, care_files, contractor_counts

PAGE = "contractors/care"
HEAD = "occurred_at,desk,activity,party,candidate,client,job,score,planned_end"
#: Nobody was in contact with either of them; Blake gave 4 of 10.
PLACED = f"""{HEAD}
2026-05-07 09:00,Desk 01,start,,Avery Sample,Example Works,Welder,,2027-02-01
2026-05-07 09:00,Desk 01,start,,Blake Sample,Example Works,Welder,,2027-02-01
2026-11-17 09:00,Desk 01,survey,candidate,Blake Sample,Example Works,Welder,4,
"""
TOUCHED = "{},Desk 01,touch,candidate,Avery Sample,Example Works,Welder,,\n"
NEVER = "No file holds contacts of the past year with contractors on assignment, so silence is not judged."


def store(more=""):
    stored.store({"log.csv": PLACED + more})


def card(at, name):
    return next(one.value for one in at.markdown if one.value.startswith(f"**{name}**")).replace("\\", "")


def infos(at):
    return [one.value.replace("\\", "") for one in at.info]


@pytest.fixture
def at(history, open_page):
    store()
    page = open_page(PAGE)
    return page.segmented_control(key="level").set_value("All").run()


def test_without_contacts_silence_is_no_sign_and_that_is_said_once(at):
    assert not at.exception
    assert infos(at) == [f"{NEVER} {LOAD}"]
    assert "2 contractors on assignment: 1 act, 0 watch, 1 calm." in said(at)
    assert care.BY_POINTS in said(at)
    assert care.ORDER not in said(at)
    for name in ("Avery Sample", "Blake Sample"):
        assert "**Last contact:** not recorded" in card(at, name)
        assert "No contact" not in card(at, name)
        assert "nobody has spoken" not in card(at, name)
    assert "No sign of trouble." in card(at, "Avery Sample")


def test_this_week_counts_the_same_people(at):
    assert contractor_counts.said()[0] == "1 of 2 contractors on assignment needs a call now, 0 to be watched"
    assert [who for who, _ in contractor_counts.first()] == ["Blake Sample"]


def test_the_list_to_take_away_says_it_too(at, monkeypatch):
    told = []
    monkeypatch.setattr(care_files.downloads, "buttons", lambda _shown, sheet: told.extend(sheet.about))
    care_files.buttons(care_data.people(), "All")
    assert told[-1] == NEVER


def test_contacts_that_stopped_are_told_with_their_day(history, open_page):
    store(TOUCHED.format("2026-08-20 09:00"))
    at = open_page(PAGE).segmented_control(key="level").set_value("All").run()
    [told] = infos(at)
    assert told.startswith("The last contact on record with a contractor on assignment is of 20 Aug 2026, 95 days ago")
    assert "**Last contact:** 20 Aug 2026 (Touch), 95 days ago]" in card(at, "Avery Sample")
    assert "**Last contact:** none on record]" in card(at, "Blake Sample")


def test_one_recent_contact_with_anybody_makes_silence_a_sign_again(history, open_page):
    store(TOUCHED.format("2026-11-20 09:00"))
    at = open_page(PAGE)
    assert infos(at) == []
    told = card(at, "Blake Sample")
    assert "No contact since the start 200 days ago." in told
    assert "**Last contact:** none on record; **nobody has spoken to them since the latest sign**" in told


# --- what comes up on Owed -------------------------------------------------------------------------------------------


def test_what_is_not_due_yet_comes_up_on_owed_and_is_not_to_be_answered_now(history, open_page):
    """The next touch of Blake, met on 28 October, is due on Friday; the call is asked for by the survey."""
    store(TOUCHED.format("2026-10-28 09:00").replace("Avery", "Blake") + TOUCHED.format("2026-11-20 09:00"))
    at = open_page(PAGE)
    due = "**Next due:** **call now**, for the signs above; by the programme the next touch, by Friday"
    assert due in card(at, "Blake Sample")
    labels = [one.label for one in at.button if "Owed" in one.label]
    assert labels == ["Coming up on Owed"]
    button = next(one for one in at.button if one.label == "Coming up on Owed")
    opened = button.click().run()
    assert [one.value for one in opened.title] == ["Owed"]
    assert opened.segmented_control(key="part").value == "Coming up"
