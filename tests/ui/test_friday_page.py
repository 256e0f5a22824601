from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from follow_up_log import LOG, cards, plainly, store
from streamlit.testing.v1 import AppTest

from quality.blitz_calls import by_week
from ui import blitz, blitz_data, blitz_weeks, clock, downloads, owed_data
from ui.owed_answers import NAME

PAGE = "follow_up/friday"
HOSTILE = "![x](http://127.0.0.1/x.png) =1+1 $a$"


@pytest.fixture
def firm(history):
    """The small firm on Monday 23 November 2026."""
    store()
    return history


@pytest.fixture
def named(app):
    """Somebody who has already said who answers."""
    app.session_state[NAME] = "Kit Sample"
    return app


def box(at: AppTest, who: str):
    return next(one for one in at.checkbox if one.key.endswith(who))


def test_the_calls_of_the_week_with_how_long_they_take(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "2 calls to make by Friday, 27 Nov 2026" in plainly(at)
    assert "1 candidate and 1 at clients are left, about 4 minutes at 2 minutes a call." in plainly(at)
    assert cards(at) == ["Avery Sample", "Casey Example"]


def test_each_card_says_what_was_said_last_where_they_stand_and_what_to_say(firm, open_page):
    at = open_page(PAGE)
    avery = next(element.value for element in at.markdown if "**Avery Sample**" in element.value).replace("\\", "")
    assert "silent 10 days" in avery
    assert "**Stands:** presented at Example Works for Welder, Tue 10 Nov" in avery
    assert "**Said last:** “Wants early shifts” (Touch, 13 Nov 2026, Desk 01)" in avery
    assert "**Next:** the client's word on the presentation" in avery
    assert "**Say:** No decision yet. Next: the client's word on the presentation. I will call you again by" in avery
    casey = next(element.value for element in at.markdown if "**Casey Example**" in element.value).replace("\\", "")
    assert "**Stands:** Welder: 1 presented, 2 rejected" in casey
    assert "**Say:** News since Thu 12 Nov: 1 rejected. Next: your word on the presentation." in casey


def test_who_will_be_silent_by_friday_is_shown_where_that_is_wanted(firm, open_page):
    at = open_page(PAGE)
    soon = at.toggle(key="soon")
    assert soon.label == "Also the 1 candidate who will be silent for 7 days by Friday"
    soon.set_value(True).run()
    assert "3 calls to make" in plainly(at)
    assert {one.split(":")[0] for one in at.selectbox(key="sitting").options} == {"Desk 01", "Desk 02"}


def test_the_list_can_be_cut_down_to_one_side_one_team_and_one_sitting(firm, app, open_page):
    at = open_page(PAGE)
    at.segmented_control(key="whom").set_value("Clients").run()
    assert cards(at) == ["Casey Example"]
    at.segmented_control(key="whom").set_value("Everybody")
    at.toggle(key="soon").set_value(True).run()
    at.selectbox(key="sitting").set_value(("Desk 02", 1)).run()
    assert cards(at) == ["Blake Sample"]
    at.selectbox(key="team").set_value("North").run()
    assert cards(at) == ["Avery Sample", "Casey Example"]


def test_somebody_is_ticked_off_and_the_tick_taken_back(firm, named, open_page):
    at = open_page(PAGE)
    box(at, "Avery Sample").check().run()
    assert not at.exception
    [kept] = firm.answers().to_dict("records")
    told = {name: kept[name] for name in ("rule", "answer", "party", "who", "desk", "answered_by", "due_on")}
    assert told == {
        "rule": "friday_blitz",
        "answer": "cleared",
        "party": "candidate",
        "who": "Avery Sample",
        "desk": "Desk 01",
        "answered_by": "Kit Sample",
        "due_on": pd.Timestamp("2026-11-27"),
    }
    assert box(at, "Avery Sample").value
    assert box(at, "Avery Sample").label == "Called by Kit Sample"
    assert "1 call to make" in plainly(at)
    assert "1 of 2 are done." in plainly(at)
    box(at, "Avery Sample").uncheck().run()
    assert firm.answers().empty
    assert not box(at, "Avery Sample").value
    assert "2 calls to make" in plainly(at)


def test_a_tick_without_a_name_asks_for_it_first(firm, open_page):
    at = open_page(PAGE)
    box(at, "Avery Sample").check().run()
    assert firm.answers().empty
    assert not box(at, "Avery Sample").value
    at.text_input(key="who_answers").set_value("Kit Sample")
    at.button(key="keep_answer").click().run()
    assert firm.answers()["answered_by"].tolist() == ["Kit Sample"]


def test_only_who_is_left_hides_who_was_ticked(firm, named, open_page):
    at = open_page(PAGE)
    box(at, "Avery Sample").check().run()
    at.toggle(key="left").set_value(True).run()
    assert cards(at) == ["Casey Example"]
    box(at, "Casey Example").check().run()
    assert "No call is left for Friday, 27 Nov 2026" in plainly(at)
    assert "Nobody is left here." in plainly(at)


def test_the_rows_of_a_person_open(firm, open_page):
    at = open_page(PAGE)
    next(one for one in at.button if one.key.endswith("Avery Sample")).click().run()
    assert not at.exception
    table = at.dataframe[-1].value
    assert table["What"].tolist() == ["Touch", "Presentation"]
    assert table["Notes"].tolist()[0] == "Wants early shifts"


def test_the_whole_list_can_be_taken_away(firm):
    found = blitz_data.calls()
    taken = blitz.table(found)
    assert taken["Who"].tolist() == ["Avery Sample", "Casey Example", "Blake Sample"]
    assert taken["Say"].tolist()[0].startswith("No decision yet. Next: the client's word on the presentation.")
    assert b"Avery Sample" in downloads.to_csv(taken, downloads.Sheet("x", "x"))


def test_on_the_friday_a_contact_clears_by_itself(firm, monkeypatch, open_page):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-20")
    at = open_page(PAGE)
    at.selectbox(key="sitting").set_value(("Desk 02", 1)).run()
    assert cards(at) == ["Drew Sample"]
    assert "✓ spoken to on Friday at 15:00" in plainly(at)
    assert [one.key for one in at.checkbox] == []


def test_when_the_friday_is_over_its_list_is_only_looked_at(firm, monkeypatch, open_page):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-21")
    at = open_page(PAGE)
    assert "Friday, 20 Nov 2026, is over: 1 of 3 calls reached somebody" in plainly(at)
    assert len(at.checkbox) == 0


def test_the_share_reached_by_friday_evening_week_by_week(firm, app, open_page):
    app.query_params["show"] = "Week by week"
    at = open_page(PAGE)
    assert not at.exception
    shown = plainly(at)
    assert "2 of 4 heard from us in the week of Friday, 20 Nov 2026" in shown
    assert "Before Friday: 1 of 4" in shown
    assert "Of those still waiting on Friday morning, reached that day: 1 of 3, likely" in shown
    assert all(said in shown for said in blitz_weeks.DEFINITIONS)
    at.selectbox(key="friday").set_value(date(2026, 11, 20)).run()
    people = at.dataframe[0].value
    assert people[["Who", "Reached"]].to_numpy().tolist() == [
        ["Avery Sample", "no"],
        ["Casey Example", "no"],
        ["Drew Sample", "spoken to"],
    ]


def test_the_share_is_that_of_the_chosen_team(firm, app, open_page):
    app.query_params["show"], app.query_params["team"] = "Week by week", "South"
    assert "reached that day: 1 of 1" in plainly(open_page(PAGE))


def test_orders_that_may_be_open_no_more_stand_apart(firm, app, open_page):
    app.query_params["show"] = "Still open?"
    at = open_page(PAGE)
    assert "1 order without anything for 90 days" in plainly(at)
    assert "Planner · Example Labs · Gray Example · Desk 02. Nothing since" in plainly(at).replace("**", "")


def test_a_history_without_candidates_and_orders_says_which_rows_are_needed(history, app, open_page):
    store("occurred_at,desk,activity\n2026-11-17 09:00,Desk 01,marketing_call\n")
    at = open_page(PAGE)
    assert "Nobody has to be called by Friday, 27 Nov 2026. For the list an export needs rows" in plainly(at)
    app.query_params["show"] = "Week by week"
    assert "There was no list on any of the last 13 Fridays." in plainly(app.run())
    app.query_params["show"] = "Still open?"
    assert "Every open order had some activity within 90 days." in plainly(app.run())


def test_names_and_notes_are_never_markup(history, open_page):
    store(LOG.replace("Avery Sample", HOSTILE).replace("Wants early shifts", HOSTILE))
    at = open_page(PAGE)
    assert not at.exception
    assert not [element.value for element in at.markdown if "![x]" in element.value or "$a$" in element.value]


def test_what_is_not_needed_is_said_so_and_is_no_call_that_was_made(firm, open_page):
    order = blitz_data.calls().query("who == 'Casey Example'").iloc[0]
    contract = owed_data.owed(date(2026, 11, 23)).query("rule == 'friday_update' and who == 'Casey Example'").iloc[-1]
    told = {"rule": "friday_update", "trigger_id": contract["trigger_id"], "due_on": order["friday"]}
    firm.save_answers([{**told, "answer": "not_needed", "answered_by": "Kit Sample"}], clock.now())
    at = open_page(PAGE)
    casey = next(element.value for element in at.markdown if "**Casey Example**" in element.value)
    assert "not needed" in casey
    assert "done" not in casey
    assert "1 call to make by Friday" in plainly(at)
    assert "1 is not needed." in plainly(at)
    assert [one.key for one in at.checkbox if one.key.endswith("Casey Example")] == []


def test_the_weeks_and_the_orders_are_tables_to_take_away(firm):
    weeks = by_week(blitz_data.reached(), blitz_data.fridays())
    last = blitz_weeks.table(weeks).iloc[-1]
    names = ["Friday", "Due a word", "Heard before Friday", "On the list", "Reached on Friday"]
    assert last[names].tolist() == [pd.Timestamp("2026-11-20"), 4, 1, 3, 1]
    assert last[["Heard by Friday evening", "Reached, of the list"]].round(3).tolist() == [0.5, 0.333]
