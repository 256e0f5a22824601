"""The command ``owed``, from a file to what is owed, for scripts and for people."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli import app

HEAD = "occurred_at,desk,activity,candidate,client,job"
#: A Monday; Avery is answered on the Wednesday, Blake on the Friday, Casey never, Drew has until tomorrow.
LINES = (
    "2026-11-02 09:00,Desk 01,resume_received,Avery Sample,,",
    "2026-11-04 17:00,Desk 01,recruiting_call,Avery Sample,,",
    "2026-11-02 10:00,Desk 02,resume_received,Blake Sample,,",
    "2026-11-06 10:00,Desk 01,recruiting_call,Blake Sample,,",
    "2026-11-02 11:00,Desk 02,resume_received,Casey Sample,Example Works,Order 1",
    "2026-11-10 11:00,Desk 02,resume_received,Drew Sample,,",
)
AS_OF = "2026-11-11"
ROW = [
    "rule", "desk", "party", "who", "client", "job", "triggered_at", "due_at", "fulfilled_at", "status", "why",
    "last_contact_at",
]  # fmt: skip


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A history of four résumés."""
    place = tmp_path_factory.mktemp("firm")
    (place / "log.csv").write_text("\n".join([HEAD, *LINES]), encoding="utf-8")
    assert run("import", place / "log.csv", "--store", place / "store").exit_code == 0
    return place / "store"


def found(store, *words: object) -> dict:
    done = run("owed", "--as-of", AS_OF, "--store", store, "--json", *words)
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_json_has_the_promised_shape_and_nothing_else(store):
    document = found(store)
    assert list(document) == ["as_of", "rows", "summary"]
    assert document["as_of"] == AS_OF
    assert all(list(row) == ROW for row in document["rows"])
    assert document["summary"] == [
        {"desk": "Desk 01", "rule": "acknowledge_resume", "kept": 1, "late": 0, "open": 0, "overdue": 0, "waived": 0},
        {"desk": "Desk 02", "rule": "acknowledge_resume", "kept": 0, "late": 1, "open": 1, "overdue": 1, "waived": 0},
    ]


def test_a_row_says_who_is_owed_what_since_when(store):
    rows = {row["who"]: row for row in found(store)["rows"]}
    assert rows["Casey Sample"] == {
        "rule": "acknowledge_resume",
        "desk": "Desk 02",
        "party": "candidate",
        "who": "Casey Sample",
        "client": "Example Works",
        "job": "Order 1",
        "triggered_at": "2026-11-02T11:00:00",
        "due_at": "2026-11-04T23:59:59",
        "fulfilled_at": None,
        "status": "overdue",
        "why": "Résumé received on Mon 2 Nov 2026: a word that it arrived was due by Wed 4 Nov 2026 "
        "and is not on record.",
        "last_contact_at": None,
    }
    assert rows["Blake Sample"]["fulfilled_at"] == "2026-11-06T10:00:00"
    assert rows["Avery Sample"]["client"] is None


def test_as_of_an_earlier_day_gives_what_was_known_and_due_then(store):
    rows = {row["who"]: row["status"] for row in found(store, "--as-of", "2026-11-03")["rows"]}
    assert rows == {"Avery Sample": "open", "Blake Sample": "open", "Casey Sample": "open"}


def test_known_on_a_day_before_the_import_nothing_is_owed(store):
    assert found(store, "--known-on", "2020-01-01")["rows"] == []


def test_a_window_holds_what_is_due_on_its_days(store):
    rows = found(store, "--from", "2026-11-05", "--to", "2026-11-12")["rows"]
    assert [row["who"] for row in rows] == ["Drew Sample"]


def test_people_read_what_has_to_be_done_and_the_counts_apart(store):
    done = run("owed", "--as-of", AS_OF, "--store", store)
    assert done.stdout.splitlines() == [
        "Desk 02  overdue  Casey Sample: Résumé received on Mon 2 Nov 2026: a word that it arrived was due by "
        "Wed 4 Nov 2026 and is not on record.",
        "Desk 02  open  Drew Sample: Résumé received on Tue 10 Nov 2026: a word that it arrived is due by "
        "Thu 12 Nov 2026.",
    ]
    assert done.stderr == "4 obligations: 1 kept, 1 late, 1 open, 1 overdue.\n"


def test_an_empty_history_owes_nothing_and_says_what_to_do(tmp_path):
    done = run("owed", "--store", tmp_path / "empty", "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["rows"], document["summary"]) == (0, [], [])
    assert "Import a file first" in done.stderr


@pytest.mark.parametrize("words", [("--from", "2026-11-12", "--to", "2026-11-01"), ("--to", "soon"), ("--desk",)])
def test_a_question_that_cannot_be_is_wrong_usage(store, words):
    assert run("owed", "--store", store, *words).exit_code == 2
