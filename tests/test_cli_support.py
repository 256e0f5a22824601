"""The command ``support``, from a file to tickets, for scripts and for people."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, time

import pytest
from commanding import document_of, history_of, run

from quality.rule_changes import KEY, RuleChange
from store import History

HEAD = "occurred_at,desk,activity,party,candidate,client,job,outcome,ref,assignee,notes"
#: Two tickets of Avery, one of Blake that waits since Friday, one of Drew that is overdue; T9 was never opened.
LINES = (
    "2026-11-02 09:00,Desk 01,ticket_opened,candidate,Avery Sample,Example Works,Welder,experience,T1,Support,Payslip",
    "2026-11-02 19:00,Desk 01,ticket_resolved,candidate,Avery Sample,Example Works,Welder,,T1,Support,",
    "2026-11-03 09:00,Desk 01,ticket_opened,candidate,Avery Sample,Example Works,Welder,experience,T2,Support,payslip.",
    "2026-11-06 09:00,Desk 01,ticket_resolved,candidate,Avery Sample,Example Works,Welder,,T2,Support,",
    "2026-11-20 09:00,Desk 02,ticket_opened,candidate,Blake Sample,Example Labs,Nurse,adoption,T3,,Hours",
    "2026-11-16 09:00,Desk 02,ticket_opened,candidate,Drew Sample,Example Labs,Nurse,,T4,,",
    "2026-11-17 09:00,Desk 02,ticket_resolved,candidate,Drew Sample,Example Labs,Nurse,,T9,,",
)
AS_OF = "2026-11-23"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A history of four tickets."""
    return history_of(tmp_path_factory.mktemp("firm"), HEAD, LINES)


@pytest.fixture
def own(store, tmp_path):
    """A copy of that history, to be written to."""
    return shutil.copytree(store, tmp_path / "own")


def found(store, *words: object) -> dict:
    return document_of("support", store, "--as-of", AS_OF, *words)


def states(document: dict) -> dict[str, str]:
    return {row["ref"]: row["state"] for row in document["tickets"]}


def test_the_json_has_the_promised_shape_and_nothing_else(store):
    document = found(store)
    assert list(document) == ["as_of", "kinds", "topics", "tickets"]
    assert document["as_of"] == AS_OF
    assert document["kinds"] == [
        {"kind": "experience", "open": 0, "overdue": 0, "resolved": 2, "median_hours": 41.0},
        {"kind": "adoption", "open": 1, "overdue": 0, "resolved": 0, "median_hours": None},
        {"kind": "not_said", "open": 0, "overdue": 1, "resolved": 0, "median_hours": None},
    ]
    assert document["topics"][0] == {
        "topic": "Payslip",
        "tickets": 2,
        "open": 0,
        "overdue": 0,
        "resolved": 2,
        "median_hours": 41.0,
        "clients": 1,
        "contractors": 1,
    }
    assert [one["topic"] for one in document["topics"]] == ["Payslip", "Hours", "Topic not said"]


def test_a_ticket_says_whose_it_is_since_when_and_how_it_stands(store):
    tickets = {row["ref"]: row for row in found(store)["tickets"]}
    assert tickets["T4"] == {
        "ref": "T4",
        "kind": "not_said",
        "topic": "Topic not said",
        "state": "overdue",
        "candidate": "Drew Sample",
        "client": "Example Labs",
        "job": "Nurse",
        "desk": "Desk 02",
        "owner": None,
        "opened_at": "2026-11-16T09:00:00",
        "due_at": "2026-11-18T23:59:59",
        "resolved_at": None,
        "hours": 183.0,
        "reopened": False,
    }
    assert tickets["T1"]["resolved_at"] == "2026-11-02T19:00:00"


def test_people_read_what_waits_and_the_questions_and_counts_apart(store):
    done = run("support", "--as-of", AS_OF, "--store", store)
    assert done.stdout.splitlines() == [
        "Desk 02  overdue  T4, Drew Sample, Example Labs, Topic not said, due 2026-11-18",
        "Desk 02  waiting, in time  T3, Blake Sample, Example Labs, Hours, due 2026-11-24",
    ]
    assert done.stderr.splitlines() == [
        "Question: Ticket T9 is resolved, and nothing says that it was opened: it is in no number.",
        "4 tickets. Experience: 0 waiting, 0 of them overdue, 2 resolved. "
        "Adoption: 1 waiting, 0 of them overdue, 0 resolved. Kind not said: 1 waiting, 1 of them overdue, 0 resolved.",
        "By topic. Payslip: 0 waiting, 0 of them overdue, 2 resolved. Hours: 1 waiting, 0 of them overdue, 0 resolved. "
        "Topic not said: 1 waiting, 1 of them overdue, 0 resolved.",
    ]


def test_a_ticket_of_somebody_whose_assignment_is_over_is_marked(tmp_path):
    ended = (
        "2026-10-05 09:00,Desk 02,start,,Drew Sample,Example Labs,Nurse,,,,",
        "2026-11-18 17:00,Desk 02,end,,Drew Sample,Example Labs,Nurse,quit,,,",
        "2026-10-05 09:00,Desk 02,start,,Blake Sample,Example Labs,Nurse,,,,",
    )
    done = run("support", "--as-of", AS_OF, "--store", history_of(tmp_path, HEAD, (*LINES, *ended)))
    drew, blake = done.stdout.splitlines()
    assert drew.endswith("due 2026-11-18, assignment over")
    assert blake.endswith("due 2026-11-24")


def test_of_many_topics_those_with_the_most_tickets_are_told(tmp_path):
    line = "2026-11-20 09:00,Desk 01,ticket_opened,candidate,Avery Sample,Example Works,,,T{0},,Topic {0:02d}"
    lines = [line.format(number) for number in range(1, 24)]
    done = run("support", "--as-of", AS_OF, "--store", history_of(tmp_path, HEAD, lines))
    *_, kinds, told = done.stderr.splitlines()
    assert kinds == "23 tickets. Kind not said: 23 waiting, 0 of them overdue, 0 resolved."
    assert told.startswith("By topic. Topic 01: 1 waiting")
    assert "Topic 20: 1 waiting" in told
    assert told.endswith("3 more topics: see --json.")


def test_as_of_an_earlier_day_gives_what_was_known_then(store):
    assert states(found(store, "--as-of", "2026-11-03")) == {"T1": "resolved", "T2": "open"}
    assert found(store, "--known-on", "2020-01-01")["tickets"] == []


def test_the_rule_in_force_and_what_was_answered_count(own):
    rows = History(own).log().filter("ref = 'T4'").project("activity_id").fetchall()
    told = {"rule": "ticket_answered", "trigger_id": rows[0][0], "party": "candidate", "who": "Drew Sample"}
    answer = told | {"answer": "elsewhere", "answered_by": "Desk 02"}
    History(own).save_setting(KEY, [RuleChange("ticket_answered", date(2026, 11, 19), number=1).stored()])
    assert states(found(own)) == {"T1": "resolved", "T2": "resolved", "T4": "overdue", "T3": "open"}
    History(own).save_answers([answer], now=datetime.combine(date(2026, 11, 20), time(9), UTC))
    assert states(found(own))["T4"] == "waived"
    due = {row["ref"]: row["due_at"] for row in found(own)["tickets"]}
    assert due["T3"] == "2026-11-23T23:59:59"


def test_nobody_who_wants_to_be_left_alone_is_named(own, tmp_path):
    (tmp_path / "wish.csv").write_text(
        "occurred_at,desk,activity,candidate\n2026-11-21 09:00,Desk 02,do_not_contact,Blake Sample\n", encoding="utf-8"
    )
    assert run("import", tmp_path / "wish.csv", "--store", own).exit_code == 0
    done = run("support", "--as-of", AS_OF, "--store", own, "--json")
    assert "Blake" not in done.stdout
    assert [one["open"] for one in json.loads(done.stdout)["kinds"]] == [0, 1, 0]
    before = run("support", "--as-of", "2026-11-20", "--store", own, "--json").stdout
    assert "Do not contact" in before
    assert "Blake" not in before


def test_a_stored_change_that_cannot_be_is_told_and_ignored(own):
    History(own).save_setting(KEY, [{"rule": "ticket_answered"}])
    done = run("support", "--as-of", AS_OF, "--store", own, "--json")
    assert len(json.loads(done.stdout)["tickets"]) == 4
    assert "A stored change of a rule is ignored" in done.stderr


def test_an_empty_history_has_no_ticket_and_says_what_to_do(tmp_path):
    done = run("support", "--store", tmp_path / "empty", "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["tickets"], document["topics"]) == (0, [], [])
    assert [one["open"] for one in document["kinds"]] == [0, 0, 0]
    assert "Import a file first" in done.stderr


@pytest.mark.parametrize("words", [("--as-of", "soon"), ("--desk",)])
def test_a_question_that_cannot_be_is_wrong_usage(store, words):
    assert run("support", "--store", store, *words).exit_code == 2
