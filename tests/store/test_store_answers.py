"""Answers to what is owed come back as they were said, and stay in the history when they are taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from test_store_processes import start

from store import History, StoreError
from store.database import MIGRATIONS

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def answer(**more):
    usual = {
        "rule": "close_loop",
        "trigger_id": "row 1",
        "party": "candidate",
        "who": "Avery Sample",
        "desk": "Desk 01",
        "answer": "elsewhere",
        "answered_by": "Desk 01",
    }
    return usual | more


def test_an_answer_comes_back_as_it_was_said(history):
    history.save_answers([answer(note="  by letter ", due_on=pd.Timestamp(2026, 3, 6, 23, 59, 59))], now=NOW)
    [line] = history.answers().to_dict("records")
    assert line == answer(
        answer_id=1, note="by letter", due_on=pd.Timestamp(2026, 3, 6), answered_at=pd.Timestamp(2026, 3, 2, 10, 30)
    )


def test_no_answers_are_an_empty_frame_of_the_same_columns(history):
    empty = history.answers()
    history.save_answers([answer(due_on=date(2026, 3, 6))], now=NOW)
    assert empty.empty
    assert empty.dtypes.to_dict() == history.answers().dtypes.to_dict()


def test_the_moment_is_the_local_time_of_whoever_answered(history):
    late = datetime(2026, 3, 2, 23, 30, tzinfo=timezone(-timedelta(hours=6)))
    history.save_answers([answer()], now=late)
    assert history.answers()["answered_at"].tolist() == [pd.Timestamp(2026, 3, 2, 23, 30)]
    assert len(history.answers(known_on=date(2026, 3, 2))) == 1
    with pytest.raises(ValueError, match="time zone"):
        history.save_answers([answer(trigger_id="row 2")], now=NOW.replace(tzinfo=None))


def test_several_answers_are_kept_all_or_none(history):
    with pytest.raises(StoreError) as refused:
        history.save_answers([answer(), answer(answer="never mind")])
    assert (refused.value.code, "'never mind' is no answer" in refused.value.reason) == ("bad_value", True)
    assert history.answers().empty
    history.save_answers([answer(), answer(trigger_id="row 2"), answer(answer="cleared", trigger_id="")])
    assert history.answers()["answer_id"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({"rule": " "}, "which rule"),
        ({"answered_by": None}, "Nobody said it"),
        ({"trigger_id": float("nan")}, "what it answers"),
        ({"answer": "do_not_contact", "who": None}, "names nobody"),
        ({"answer": "cleared", "party": ""}, "names nobody"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(history, more, cause):
    with pytest.raises(StoreError) as refused:
        history.save_answers([answer(**more)])
    assert cause in refused.value.reason
    assert history.answers().empty


def test_what_stands_already_is_not_said_twice_so_that_it_can_be_taken_back(history):
    history.save_answers([answer(), answer()], now=NOW)
    version = history.version()
    history.save_answers([answer(answered_by="Desk 02")], now=NOW + timedelta(hours=1))
    assert history.version() == version
    assert history.answers()[["answer_id", "answered_by"]].to_numpy().tolist() == [[1, "Desk 01"]]
    history.remove_answers([1])
    assert history.answers().empty
    history.save_answers([answer(answered_by="Desk 02")])
    assert history.answers()["answered_by"].tolist() == ["Desk 02"]


def test_another_answer_to_the_same_stands_beside_the_first(history):
    history.save_answers([answer()], now=NOW)
    history.save_answers([answer(answer="not_needed")], now=NOW)
    assert history.answers()["answer"].tolist() == ["elsewhere", "not_needed"]


def test_fridays_of_one_rule_and_trigger_are_told_apart(history):
    history.save_answers([answer(rule="friday_update", due_on=date(2026, 3, day)) for day in (6, 13, 13)])
    assert history.answers()["due_on"].tolist() == [pd.Timestamp(2026, 3, 6), pd.Timestamp(2026, 3, 13)]


def test_a_person_is_left_alone_once_whatever_it_was_said_to(history):
    wish = {"answer": "do_not_contact"}
    history.save_answers([answer(**wish), answer(**wish, trigger_id="row 2", rule="touch_120")])
    history.save_answers([answer(**wish, party="client")])
    assert history.answers()["party"].tolist() == ["candidate", "client"]


def test_several_are_taken_back_at_once_and_those_that_stand_are_counted(history):
    history.save_answers([answer(trigger_id=f"row {number}") for number in range(3)])
    facts = history.version_of_facts()
    assert history.remove_answers([1, 3, 99]) == 2
    assert history.answers()["answer_id"].tolist() == [2]
    assert history.version_of_facts() == facts
    version = history.version()
    assert history.remove_answers([1, 3]) == 0
    assert history.remove_answers([]) == 0
    assert history.version() == version


def test_an_answer_is_taken_back_only_once(history):
    history.save_answers([answer()])
    history.remove_answers([1])
    assert [history.remove_answers([unknown]) for unknown in (1, 99)] == [0, 0]


def test_as_known_on_a_day_is_what_had_been_said_and_not_taken_back_by_its_end(history):
    history.save_answers([answer()], now=NOW)
    history.save_answers([answer(trigger_id="row 2")], now=NOW + timedelta(days=2))
    history.remove_answers([1], now=NOW + timedelta(days=3))
    known = {day: history.answers(known_on=date(2026, 3, day))["answer_id"].tolist() for day in range(1, 7)}
    assert known == {1: [], 2: [1], 3: [1], 4: [1, 2], 5: [2], 6: [2]}


def test_an_answer_follows_the_present_name_of_its_desk(history):
    history.save_answers([answer(desk="D. One")])
    history.save_alias("D. One", "Desk 01")
    assert history.answers()["desk"].tolist() == ["Desk 01"]


def test_everything_said_or_taken_back_changes_the_version(history):
    versions = [history.version()]
    history.save_answers([answer()])
    versions.append(history.version())
    history.remove_answers([1])
    versions.append(history.version())
    assert len(set(versions)) == 3


def test_answers_leave_the_version_of_the_facts_as_it_is(history):
    facts = history.version_of_facts()
    history.save_answers([answer(), answer(trigger_id="row 2")])
    history.save_answers([answer()])
    history.remove_answers([1])
    assert history.version_of_facts() == facts
    history.save_setting("contacts", True)
    assert history.version_of_facts() != facts


def test_text_that_looks_like_sql_is_kept_as_text(history):
    hostile = "x'); DROP TABLE answers; --"
    history.save_answers([answer(who=hostile, note=hostile)])
    assert history.answers()[["who", "note"]].to_numpy().tolist() == [[hostile, hostile]]


def test_two_processes_that_answer_at_once_lose_nothing_and_repeat_nothing(tmp_path):
    writers = [start(tmp_path, "answers", name) for name in ("first", "second")]
    assert [writer.wait() for writer in writers] == [0, 0]
    found = History(tmp_path).answers()
    assert sorted(found["trigger_id"]) == sorted(
        [f"{name} {number}" for name in ("first", "second") for number in range(20)]
        + [f"shared {number}" for number in range(20)]
    )


def test_a_history_of_an_earlier_schema_gets_a_place_for_answers(tmp_path):
    with closing(sqlite3.connect(tmp_path / "touchline.sqlite", isolation_level=None)) as connection:
        for script in MIGRATIONS[:3]:
            connection.executescript(script.replace(":identity", "'first'"))
        connection.execute("PRAGMA user_version = 3")
    history = History(tmp_path)
    history.save_answers([answer()], now=NOW)
    assert len(history.answers()) == 1
