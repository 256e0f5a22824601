"""The command ``care``: who is at risk and why, what ends soon, which hand-offs are missing; for scripts and people."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import pytest
from commanding import document_of, history_of, run

from quality import rule_changes
from quality.care_ahead import NEXT
from quality.care_signals import KEY
from store import History

HEAD = "occurred_at,desk,activity,party,candidate,client,job,score,planned_end,outcome,notes,assignee"
#: Avery gave 4 of 10 on day 19; Blake ends in 18 days and nobody spoke to him; Casey asked to be left alone; Drew left.
LINES = (
    "2026-11-04 09:00,Desk 01,start,,Avery Sample,Example Works,Order 1,,2027-02-01,",
    "2026-11-05 09:00,Desk 01,handoff,,Avery Sample,Example Works,Order 1,,,,,Care Desk",
    "2026-11-17 09:00,Desk 01,survey,candidate,Avery Sample,Example Works,Order 1,4,,,Too many nights.",
    "2026-11-18 09:00,Desk 01,touch,candidate,Avery Sample,Example Works,Order 1,,,",
    "2026-06-01 09:00,Desk 02,start,,Blake Sample,Example Labs,Order 2,,2026-12-11,",
    "2026-10-05 09:00,Desk 02,touch,candidate,Blake Sample,Example Labs,Order 2,,,",
    "2026-06-01 09:00,Desk 02,start,,Casey Sample,Example Labs,Order 3,,2026-12-11,",
    "2026-11-17 09:00,Desk 02,survey,candidate,Casey Sample,Example Labs,Order 3,1,,",
    "2026-11-18 09:00,Desk 02,do_not_contact,candidate,Casey Sample,Example Labs,Order 3,,,",
    "2026-06-01 09:00,Desk 02,start,,Drew Sample,Example Labs,Order 4,,2026-12-11,",
    "2026-09-01 09:00,Desk 02,end,,Drew Sample,Example Labs,Order 4,,,quit",
)
AS_OF = "2026-11-23"
AT_RISK = [
    {
        "contractor": "Avery Sample",
        "client": "Example Works",
        "desk": "Desk 01",
        "started_on": "2026-11-04",
        "day": 19,
        "level": "act",
        "reasons": ["Survey of 17 Nov: 4 of 10, “Too many nights”"],
        "context": ["Day 19 of the first 45"],
        "weight": 5.0,
        "last_contact_on": "2026-11-18",
        "next_due": {"rule": "touch_120", "due_on": "2026-12-02"},
        "care_owner": "Care Desk",
        "support_owner": None,
    },
    {
        "contractor": "Blake Sample",
        "client": "Example Labs",
        "desk": "Desk 02",
        "started_on": "2026-06-01",
        "day": 175,
        "level": "watch",
        "reasons": ["No contact for 49 days"],
        "context": ["Planned end in 18 days", "No referral yet"],
        "weight": 3.5,
        "last_contact_on": "2026-10-05",
        "next_due": {"rule": "redeploy_45", "due_on": "2026-10-27"},
        "care_owner": None,
        "support_owner": None,
    },
]
#: Two days of the talk about what is next, on which no hand-off is on record yet.
DAYS = ("2026-10-30", "2026-10-27")
ENDING = {"contractor": "Blake Sample", "client": "Example Labs", "desk": "Desk 02", "planned_end": "2026-12-11"}
MISSING = {"contractor": "Blake Sample", "client": "Example Labs", "desk": "Desk 02", "started_on": "2026-06-01"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return history_of(tmp_path_factory.mktemp("firm"), HEAD, LINES)


@pytest.fixture
def own(store, tmp_path):
    """A copy of that history, to be written to."""
    return shutil.copytree(store, tmp_path / "own")


def found(store, *words: object) -> dict:
    return document_of("care", store, "--as-of", AS_OF, *words)


def test_the_document_has_exactly_this_shape(store):
    assert found(store) == {
        "as_of": AS_OF,
        "at_risk": AT_RISK,
        "ending": [{**ENDING, "days_left": 18, "spoken": False}],
        "handoffs_missing": [MISSING],
    }


def test_where_the_firm_owes_no_contact_nothing_is_due_next(own):
    off = [{"rule": name, "from": "2026-01-01", "on": False} for name in NEXT]
    History(own).save_setting(rule_changes.KEY, off)
    assert [line["next_due"] for line in found(own)["at_risk"]] == [None, None]


def test_a_word_about_what_is_next_is_spoken(store):
    late, early = (json.loads(run("care", "--as-of", day, "--store", store, "--json").stdout)["ending"] for day in DAYS)
    assert late[0]["spoken"] is False
    assert [line["contractor"] for line in early] == ["Blake Sample"]


def test_nothing_is_told_of_who_asked_to_be_left_alone_of_no_day_before_that_either(store):
    assert "Casey" not in json.dumps(found(store))
    assert "Casey" not in json.dumps(found(store, "--as-of", "2026-11-17"))


def test_an_answer_leaves_somebody_alone_too(own):
    answer = {"rule": "touch_120", "trigger_id": "x", "party": "candidate", "who": "Avery Sample", "desk": "Desk 01"}
    said = {**answer, "answer": "do_not_contact", "answered_by": "Desk 02"}
    History(own).save_answers([said], datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert "Avery" not in json.dumps(found(own))


def test_the_weights_of_the_firm_hold(own):
    History(own).save_setting(KEY, {"changed_on": "2026-11-20", "watch": 5, "act": 5})
    assert [line["contractor"] for line in found(own)["at_risk"]] == ["Avery Sample"]


def test_a_stored_weight_that_cannot_be_is_said_and_ignored(own):
    History(own).save_setting(KEY, {"changed_on": "2026-11-20", "watch": 9})
    done = run("care", "--as-of", AS_OF, "--store", own, "--json")
    assert done.stderr == "A stored change is ignored: The levels: a stored number cannot be.\n"
    assert json.loads(done.stdout)["at_risk"] == AT_RISK


def test_people_get_a_line_each_and_a_summary(store):
    done = run("care", "--as-of", AS_OF, "--store", store)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Desk 01  act  Avery Sample, Example Works: "
        "Survey of 17 Nov: 4 of 10, “Too many nights”; Day 19 of the first 45.",
        "Desk 02  watch  Blake Sample, Example Labs: No contact for 49 days; Planned end in 18 days; No referral yet.",
    ]
    assert done.stderr == (
        "3 people on assignment: 1 act, 1 watch, 0 calm, 1 not to be contacted. "
        "Ending within 45 days: 1; in contact near the date: 0 in time, 0 late, 1 overdue; "
        "besides, 1 not to be contacted. "
        "Hand-offs from recruiting to care missing: 1, of everyone on assignment, whenever they started (the page "
        "Hand-offs lists starts of the last 26 weeks).\n"
    )


@pytest.mark.parametrize("assignee", [None, "Support Desk"])
def test_where_no_hand_off_to_care_is_on_record_the_document_follows_the_rule_and_the_command_says_so(
    tmp_path, assignee
):
    kept = [line for line in LINES if ",handoff," not in line]
    support = f"2026-11-05 09:00,Desk 01,handoff,candidate,Avery Sample,Example Works,Order 1,,,,,{assignee}"
    store = history_of(tmp_path, HEAD, kept + [support] * bool(assignee))
    done = run("care", "--as-of", AS_OF, "--store", store, "--json")
    assert MISSING in json.loads(done.stdout)["handoffs_missing"]
    told = run("care", "--as-of", AS_OF, "--store", store).stderr
    assert done.stderr == told.splitlines(keepends=True)[0]
    assert "Hand-offs are not recorded: no file holds any to care, so nobody can tell which are missing" in told
    assert "missing: " not in told


def test_an_empty_history_gives_empty_lists_and_says_what_to_do(tmp_path):
    done = run("care", "--as-of", AS_OF, "--store", tmp_path / "new", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"as_of": AS_OF, "at_risk": [], "ending": [], "handoffs_missing": []}
    assert "Import a file first" in done.stderr
