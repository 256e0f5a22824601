"""The command ``owed``, from a file to what is owed, for scripts and for people."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, time, timedelta

import pytest
from commanding import document_of, history_of, run

from quality.rule_changes import KEY, RuleChange
from store import History

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
#: What is said of the days that nobody chose.
ABOUT = (
    "These are the last 90 days, today and what is still to come, and all that is older and still owed. How promises "
    "were kept, as the pages count it, is of what fell due in the 90 days up to yesterday:"
)
ROW = [
    "rule", "desk", "party", "who", "client", "job", "triggered_at", "due_at", "fulfilled_at", "status", "why",
    "last_contact_at",
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A history of four résumés."""
    return history_of(tmp_path_factory.mktemp("firm"), HEAD, LINES)


def found(store, *words: object) -> dict:
    return document_of("owed", store, "--as-of", AS_OF, *words)


@pytest.fixture
def own(store, tmp_path):
    """A copy of that history, to be written to."""
    return shutil.copytree(store, tmp_path / "own")


def statuses(store, *words: object) -> dict[str, str]:
    return {row["who"]: row["status"] for row in found(store, *words)["rows"]}


def answer(store, who: str, said: str = "elsewhere", on: date = date(2026, 11, 9)) -> None:
    """Desk 02 answered what is owed to somebody."""
    rows = History(store).log().filter(f"candidate = '{who}'").project("activity_id").fetchall()
    told = {"rule": "acknowledge_resume", "trigger_id": rows[0][0], "party": "candidate", "who": who, "answer": said}
    History(store).save_answers([told | {"answered_by": "Desk 02"}], now=datetime.combine(on, time(9), UTC))


def change(store, *held: RuleChange) -> None:
    History(store).save_setting(KEY, [one.stored() for one in held])


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
    assert done.stderr == f"4 obligations: 1 kept, 1 late, 1 open, 1 overdue.\n{ABOUT} 1 of 3 kept.\n"


def test_an_empty_history_owes_nothing_and_says_what_to_do(tmp_path):
    done = run("owed", "--store", tmp_path / "empty", "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["rows"], document["summary"]) == (0, [], [])
    assert "Import a file first" in done.stderr


@pytest.mark.parametrize("words", [("--from", "2026-11-12", "--to", "2026-11-01"), ("--to", "soon"), ("--desk",)])
def test_a_question_that_cannot_be_is_wrong_usage(store, words):
    assert run("owed", "--store", store, *words).exit_code == 2


def test_what_was_answered_is_waived_and_no_longer_to_be_done(own):
    answer(own, "Casey Sample")
    document = found(own)
    assert list(document["rows"][0]) == ROW
    assert document["summary"][1] | {"overdue": 0, "waived": 1} == document["summary"][1]
    [casey] = [row for row in document["rows"] if row["who"] == "Casey Sample"]
    assert (casey["status"], casey["fulfilled_at"]) == ("waived", None)
    assert casey["why"].endswith("and is not on record. Done elsewhere: Desk 02, Mon 9 Nov 2026.")
    done = run("owed", "--as-of", AS_OF, "--store", own)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["Desk 02  open  Drew Sample"]
    assert done.stderr == f"4 obligations: 1 kept, 1 late, 1 open, 1 waived.\n{ABOUT} 1 of 2 kept.\n"


def test_who_is_left_alone_is_owed_nothing_and_what_was_kept_stays_kept(own):
    answer(own, "Casey Sample", "do_not_contact")
    answer(own, "Avery Sample", "do_not_contact")
    held = [(row["who"], row["status"]) for row in found(own)["rows"]]
    assert sorted(held) == [
        ("Blake Sample", "late"),
        ("Do not contact", "kept"),
        ("Do not contact", "waived"),
        ("Drew Sample", "open"),
    ]


def test_an_answer_counts_from_the_day_it_was_given(own):
    answer(own, "Casey Sample")
    assert statuses(own, "--as-of", "2026-11-08")["Casey Sample"] == "overdue"
    assert statuses(own, "--as-of", "2026-11-09")["Casey Sample"] == "waived"


def test_known_on_a_day_before_the_answer_it_is_still_owed(own):
    imported_on = datetime.now(UTC).astimezone().date() + timedelta(days=1)
    answer(own, "Casey Sample", on=date(2099, 11, 9))
    late = ("--as-of", "2099-12-01")
    assert statuses(own, *late)["Casey Sample"] == "waived"
    assert statuses(own, *late, "--known-on", imported_on)["Casey Sample"] == "overdue"
    assert statuses(own, *late, "--known-on", "2099-11-09")["Casey Sample"] == "waived"


def test_an_answer_that_was_taken_back_counts_no_longer(own):
    answer(own, "Casey Sample")
    History(own).remove_answers([1])
    assert statuses(own)["Casey Sample"] == "overdue"


def test_a_changed_rule_holds_for_what_was_triggered_from_its_day_on(own):
    change(own, RuleChange("acknowledge_resume", date(2026, 11, 10), number=4))
    due = {row["who"]: row["due_at"] for row in found(own)["rows"]}
    assert (due["Casey Sample"], due["Drew Sample"]) == ("2026-11-04T23:59:59", "2026-11-16T23:59:59")


def test_a_rule_that_was_switched_off_owes_nothing_and_keeps_its_history(own):
    change(own, RuleChange("acknowledge_resume", date(2026, 11, 9), on=False))
    assert statuses(own) == {"Avery Sample": "kept", "Blake Sample": "late", "Casey Sample": "overdue"}
    done = run("owed", "--as-of", AS_OF, "--store", own)
    assert done.stdout == ""


def test_a_stored_change_that_cannot_be_is_told_and_ignored(own):
    change(own, RuleChange("acknowledge_resume", date(2026, 11, 2), number=0))
    done = run("owed", "--as-of", AS_OF, "--store", own, "--json")
    assert [row["status"] for row in json.loads(done.stdout)["rows"]] == ["kept", "late", "overdue", "open"]
    assert "A stored change of a rule is ignored: 0 business days cannot be" in done.stderr


def test_a_desk_known_by_two_names_owes_under_one(own):
    assert {row["desk"] for row in found(own)["rows"]} == {"Desk 01", "Desk 02"}
    History(own).save_alias("Desk 02", "Desk 01")
    assert {row["desk"] for row in found(own)["rows"]} == {"Desk 01"}


def test_days_that_were_chosen_are_not_explained(store):
    done = run("owed", "--as-of", AS_OF, "--store", store, "--from", "2026-11-01")
    assert "up to yesterday" not in done.stderr


def test_who_wants_to_be_left_alone_is_counted_and_not_named(own):
    before = found(own)["summary"]
    answer(own, "Avery Sample", "do_not_contact")
    document = found(own)
    assert document["summary"] == before
    (row,) = (row for row in document["rows"] if row["status"] == "kept")
    assert (row["who"], row["job"]) == ("Do not contact", None)
    assert "Avery" not in json.dumps(document)
