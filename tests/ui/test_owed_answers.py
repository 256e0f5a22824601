from __future__ import annotations

import pandas as pd
import pytest
from owed_firm import LOG, store_firm
from screens import said

from quality.answers import WORDS
from ui import owed_data
from ui.owed_answers import BACK, LEFT_ALONE

PAGE = "follow_up/owed"
ANSWER = {"rule": "do_what_you_said", "trigger_id": "t1", "answer": "elsewhere", "party": "candidate"}
WAITS = pd.DataFrame([ANSWER | {"who": "Casey Sample", "due_on": pd.NaT, "desk": "Desk 01"}]), "Casey Sample"


@pytest.fixture
def morning(monkeypatch):
    """Nine o'clock: the interview of 15:00 is ahead."""
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T09:00")


@pytest.fixture
def at(history, morning, open_page):
    """The page with the name of who answers filled in."""
    store_firm()
    opened = open_page(PAGE)
    opened.session_state["answered_by"] = "Jo Sample"
    return opened


def menu(at, name):
    return next(one for one in at.menu_button if one.key.endswith(f"-{name}"))


def given(history):
    return history.answers()[["rule", "who", "answer", "answered_by", "desk"]].to_numpy().tolist()


def tick(at, *rows):
    """The page with lines of the table of answers ticked."""
    key = next(one.key for one in at.dataframe if one.key.startswith("answers-"))
    at.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return at.run()


def waiting():
    return owed_data.sheet(None)["who"].tolist()


def button(at, label):
    return next(one for one in at.button if one.label == label)


@pytest.mark.parametrize("answer", ["elsewhere", "not_needed"])
def test_an_answer_takes_a_person_off_the_list_with_who_and_when(history, at, answer):
    menu(at, "Casey Sample").click(answer).run()
    assert not at.exception
    assert given(history) == [["do_what_you_said", "Casey Sample", answer, "Jo Sample", "Desk 01"]]
    assert history.answers()["answered_at"].iloc[0].date() == pd.Timestamp("2026-11-23").date()
    assert "Casey Sample" not in waiting()
    assert at.toast[0].value == f"Casey Sample\\: {WORDS[answer].lower()}. {BACK}"


def test_do_not_contact_is_asked_about_first_and_leaves_the_whole_person_alone(history, at):
    menu(at, "Avery Sample").click("do_not_contact").run()
    assert given(history) == []
    assert "**Avery Sample\\: do not contact**" in said(at)
    assert LEFT_ALONE in said(at)
    assert "who_answers" not in [one.key for one in at.text_input]
    button(at, "Keep the answer").click().run()
    assert not at.exception
    assert len(given(history)) == 1
    assert "Avery Sample" not in waiting()


def test_what_is_due_later_stays_owed(history, at):
    menu(at, "Avery Sample").click("elsewhere").run()
    assert [row[0] for row in given(history)] == ["close_loop"]
    left = owed_data.sheet(None).set_index("who").loc["Avery Sample"]
    assert (left["rule"], left["part"]) == ("weekly_promise", "coming")
    at.segmented_control(key="part").set_value("Coming up").run()
    menu(at, "Avery Sample").click("elsewhere").run()
    assert "Avery Sample" not in waiting()


def test_some_of_the_reasons_can_be_answered_alone(history, at):
    menu(at, "Avery Sample").click("some").run()
    next(box for box in at.checkbox if box.label.startswith("Close the loop")).check()
    at.radio(key="which-answer").set_value("not_needed")
    button(at, "Save").click().run()
    assert not at.exception
    assert [row[0] for row in given(history)] == ["close_loop"]
    assert owed_data.sheet(None).set_index("who").loc["Avery Sample", "rule"] == "weekly_promise"


def test_saving_without_a_tick_answers_nothing(history, at):
    menu(at, "Avery Sample").click("some").run()
    button(at, "Save").click()
    menu(at, "Avery Sample").click("some").run()  # in a browser the dialog stays open by itself
    assert not at.exception
    assert given(history) == []
    assert [one.value for one in at.error] == ["Nothing was saved yet: tick at least one line."]


def test_some_of_the_reasons_are_said_as_their_cards_say_them(history, morning, open_page):
    rows = (
        "2026-11-23 15:00,Desk 02,send_out,candidate,Drew Sample,Example Bakery,Planner,,,,",
        "2026-11-02 09:00,Desk 02,rejected,candidate,Drew Sample,Example Mill,Miller,not_qualified,,,",
    )
    store_firm("\n".join([LOG.splitlines()[0], *rows]))
    at = open_page(PAGE)
    menu(at, "Drew Sample").click("some").run()
    told = [box.label.replace("\\", "") for box in at.checkbox if box.key.startswith("which-")]
    prep = "Send-out on Mon 23 Nov 2026: the preparation of the candidate is due by Mon 23 Nov 2026 at 15:00."
    assert told[0] == f"Prep candidate: {prep}"
    assert any(one.endswith("feedback with a reason was due by Thu 5 Nov 2026 and is not on record.") for one in told)


def test_only_somebody_with_several_reasons_is_asked_which(at):
    assert "Only some of these…" in menu(at, "Avery Sample").options
    assert "Only some of these…" not in menu(at, "Casey Sample").options


def test_without_a_name_it_is_asked_for_once_and_the_answer_is_kept_then(history, morning, open_page):
    store_firm()
    at = open_page(PAGE)
    menu(at, "Casey Sample").click("elsewhere").run()
    assert given(history) == []
    assert "**Casey Sample\\: done elsewhere**" in said(at)
    at.text_input(key="who_answers").set_value("  Jo Sample ")
    button(at, "Keep the answer").click().run()
    assert not at.exception
    assert [row[3] for row in given(history)] == ["Jo Sample"]
    menu(at, "Drew Sample").click("not_needed").run()
    assert {row[3] for row in given(history)} == {"Jo Sample"}


def test_an_empty_name_keeps_nothing(history, open_page):
    store_firm()
    at = open_page(PAGE)
    menu(at, "Casey Sample").click("elsewhere").run()
    at.text_input(key="who_answers").set_value("   ")
    button(at, "Keep the answer").click()
    at.session_state["answer_waits"] = WAITS  # in a browser the dialog stays open by itself
    at.run()
    assert not at.exception
    assert given(history) == []
    assert [one.value for one in at.error] == ["Nothing was kept yet: your name is missing."]
    at.text_input(key="who_answers").set_value("Jo Sample")
    button(at, "Keep the answer").click().run()
    assert [row[3] for row in given(history)] == ["Jo Sample"]


def test_one_answer_can_be_given_to_a_whole_list(history, at):
    at.segmented_control(key="part").set_value("Long overdue").run()
    assert "Answer for all 2 people on this list" in [one.label for one in at.expander]
    button(at, "Not needed, all 2").click().run()
    assert sorted(row[2] for row in given(history)) == ["not_needed", "not_needed"]
    assert owed_data.sheet(None)["part"].tolist().count("long") == 0


def test_answers_are_listed_and_can_be_taken_back(history, at):
    menu(at, "Casey Sample").click("elsewhere").run()
    menu(at, "Drew Sample").click("do_not_contact").run()
    button(at, "Keep the answer").click().run()
    listed = at.dataframe[0]
    assert list(listed.value) == ["For", "Answer", "To what", "When", "Who answered"]
    assert listed.value["To what"].tolist() == ["The whole person", "Do what you said, Desk 01"]
    assert listed.value["For"].tolist() == ["Drew Sample", "Casey Sample"]
    assert listed.value["Answer"].tolist() == ["Do not contact", "Done elsewhere"]
    assert button(at, "Take back the ticked answers").disabled
    tick(at, 1)
    button(at, "Take back 1 answer").click().run()
    assert not at.exception
    assert "Casey Sample" in waiting()
    assert "Drew Sample" not in waiting()


def test_an_answer_that_somebody_else_took_back_is_said(history, at):
    menu(at, "Casey Sample").click("elsewhere").run()
    tick(at, 0)
    history.remove_answers([1])
    button(at, "Take back 1 answer").click().run()
    assert "1 were taken back already" in at.toast[0].value


def test_the_name_can_be_changed_beside_the_answers(history, at):
    menu(at, "Casey Sample").click("elsewhere").run()
    at.text_input(key="answered_by").set_value("Kim Sample").run()
    menu(at, "Drew Sample").click("elsewhere").run()
    assert {row[3] for row in given(history)} == {"Jo Sample", "Kim Sample"}


def test_there_is_no_list_of_answers_before_one_was_given(at):
    assert "Answers given" not in said(at)
    assert not [one for one in at.expander if one.label.startswith("Answers given")]
