"""The sections below the people of the page Care: what the signs weigh, and what the levels were worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
import stored
from screens import said

from quality.care_moves import Moves
from quality.care_signals import BY_NAME, KEY, SHIPPED, SIGNS
from quality.shares import share
from ui import care_back_test, care_data, care_weights

PAGE = "contractors/care"
TODAY = date(2026, 11, 23)
HEAD = "occurred_at,desk,activity,party,candidate,client,job,score,outcome"
#: Avery gave 6 of 10 and is on watch. Blake complained in public 62 days ago and quit 50 days ago; Casey stays.
PEOPLE = """{0},Desk 01,start,,Avery Sample,Example Works,Welder,,
{60},Desk 01,survey,candidate,Avery Sample,Example Works,Welder,6,
{0},Desk 01,start,,Blake Sample,Example Works,Welder,,
{38},Desk 01,social_complaint,candidate,Blake Sample,Example Works,Welder,,
{50},Desk 01,end,,Blake Sample,Example Works,Welder,,quit
{0},Desk 01,start,,Casey Sample,Example Works,Welder,,
"""


def moments():
    """Day of the assignment -> the moment of it, a hundred days ago and later."""
    return [f"{TODAY - timedelta(days=100 - day)} 09:00" for day in range(101)]


def store():
    names = ("Avery Sample", "Blake Sample", "Casey Sample")
    days = {"Blake Sample": range(1, 50, 12)}
    touches = "".join(
        f"{moments()[day]},Desk 01,touch,candidate,{name},Example Works,Welder,,\n"
        for name in names
        for day in days.get(name, range(1, 101, 12))
    )
    body = f"{HEAD}\n{PEOPLE.format(*moments())}{touches}"
    stored.store({"log.csv": body})


@pytest.fixture
def firm(history):
    store()
    return history


@pytest.fixture
def at(firm, open_page):
    return open_page(PAGE)


def plainly(at):
    return said(at).replace("\\", "").replace("\u00a0", " ")


# --- what the signs weigh --------------------------------------------------------------------------------------------


@pytest.fixture
def opened(at):
    """The page with the weights open."""
    at.session_state["care_weights"] = True
    return at.run()


def row(name):
    return [sign.name for sign in SIGNS].index(name)


def edit(at, **lines):
    """Types into the table of signs: name of a sign -> its cells."""
    edits = {"edited_rows": {row(name): cells for name, cells in lines.items()}, "added_rows": [], "deleted_rows": []}
    at.session_state[at.data_editor[0].key] = edits
    return at.run()


def points(at, key):
    return next(one for one in at.number_input if one.key.startswith(f"care_{key}-"))


def test_the_signs_are_shown_with_their_points_as_shipped(opened):
    assert not opened.exception
    assert "Weights as shipped. Points of all signs add up." in plainly(opened)
    assert care_weights.CONTACT in said(opened)
    table = opened.data_editor[0].value
    assert table["Sign"].tolist() == [sign.title for sign in SIGNS]
    assert table["Points"].tolist() == [sign.points for sign in SIGNS]
    assert table["What it says"].tolist() == [sign.in_words for sign in SIGNS]
    assert (points(opened, "watch").value, points(opened, "act").value) == (2.0, 4.0)
    assert opened.button(key="care_save").disabled
    assert "care_shipped" not in {button.key for button in opened.button}


def test_a_changed_sign_is_saved_with_its_day_and_holds_at_once(opened, firm):
    edit(opened, poor_survey={"Points": 4.0, "Limit": 7, "Days back": 90})
    opened.button(key="care_save").click().run()
    assert not opened.exception
    assert firm.settings()[KEY] == {
        "changed_on": "2026-11-23",
        "watch": 2.0,
        "act": 4.0,
        "signs": {"poor_survey": {"points": 4.0, "limit": 7.0, "days": 90}},
    }
    assert "1 act" in plainly(opened)
    assert "Weights as changed on 23 Nov 2026." in plainly(opened)
    assert [toast.value for toast in opened.toast] == ["Saved, from today on."]


def test_levels_are_changed(opened, firm):
    points(opened, "watch").set_value(2.5).run()
    opened.button(key="care_save").click().run()
    assert firm.settings()[KEY]["watch"] == 2.5
    points(opened, "act").set_value(3.0).run()
    opened.button(key="care_save").click().run()
    assert firm.settings()[KEY]["act"] == 3.0


def test_before_saving_it_is_said_who_would_change_level(opened, firm):
    assert "If saved" not in said(opened)
    points(opened, "act").set_value(2.0).run()
    assert "**If saved**, in the whole firm: act 0 → 1, watch 1 → 0, calm 1 → 1." in plainly(opened)
    assert "1 contractor changes level:\n\n- watch → act: Avery Sample" in plainly(opened)
    assert KEY not in firm.settings()


def test_the_levels_told_before_saving_are_those_of_the_list_after_it(opened):
    edit(opened, poor_survey={"Points": 0.0})
    assert "act 0 → 0, watch 1 → 0, calm 1 → 2." in plainly(opened)
    assert "- watch → calm: Avery Sample" in plainly(opened)
    opened.button(key="care_save").click().run()
    assert "0 act, 0 watch, 2 calm" in plainly(opened)


def test_a_change_that_moves_nobody_says_so(opened):
    edit(opened, very_poor_survey={"Points": 5.0})
    assert "act 0 → 0, watch 1 → 1, calm 1 → 1.\n\nNobody changes level." in plainly(opened)


def test_of_many_who_would_change_level_ten_are_named(opened, monkeypatch):
    people = pd.DataFrame({"contractor": [f"Person {n:02}" for n in range(12)], "was": "calm", "becomes": "watch"})
    found = Moves({"act": (0, 0), "watch": (1, 13), "calm": (12, 0)}, people)
    monkeypatch.setattr(care_data, "moves", lambda _asked: found)
    points(opened, "act").set_value(3.0).run()
    assert "12 contractors change level:" in plainly(opened)
    assert "Person 08, Person 09\n- and 2 more" in plainly(opened)


def test_who_would_change_level_by_the_shipped_weights_is_said_too(firm, open_page):
    care_data.save(replace(SHIPPED, watch=1.0, act=2.0))
    at = open_page(PAGE)
    at.session_state["care_weights"] = True
    at.run()
    assert "**Put back as shipped**, in the whole firm: act 1 → 0, watch 0 → 1, calm 1 → 1." in plainly(at)
    assert "- act → watch: Avery Sample" in plainly(at)


def test_what_cannot_be_is_refused_with_the_reason(opened, firm):
    points(opened, "watch").set_value(5.0).run()
    assert "Watch takes more than 0 points, and act at least as many as watch" in plainly(opened)
    assert opened.button(key="care_save").disabled
    points(opened, "watch").set_value(2.0).run()
    edit(opened, poor_survey={"Limit": 11})
    assert "Poor survey takes a limit from 0 to 10" in plainly(opened)
    assert opened.button(key="care_save").disabled
    assert KEY not in firm.settings()


def test_an_emptied_cell_stays_as_it_was(opened):
    edit(opened, poor_survey={"Points": None, "Limit": None, "Days back": None})
    assert opened.button(key="care_save").disabled


def test_the_shipped_weights_are_put_back(firm, open_page):
    care_data.save(replace(SHIPPED, watch=1.0))
    at = open_page(PAGE)
    at.session_state["care_weights"] = True
    at.run()
    at.button(key="care_shipped").click().run()
    assert not at.exception
    assert firm.settings()[KEY] == {}
    assert "Weights as shipped." in plainly(at)
    assert [toast.value for toast in at.toast] == ["The signs weigh what they did as shipped."]


def test_typing_the_shipped_numbers_again_leaves_nothing_changed(firm):
    care_data.save(replace(SHIPPED, watch=1.0))
    care_data.save(replace(care_data.weights(), watch=2.0))
    assert care_data.weights() == SHIPPED
    assert firm.settings()[KEY] == {}


def test_a_stored_weight_that_cannot_be_is_said(firm, open_page):
    firm.save_setting(KEY, {"changed_on": "2026-11-20", "signs": {"silence": {"points": -1}}})
    at = open_page(PAGE)
    assert "A stored change is ignored. Silence: a stored number cannot be." in said(at).replace("\\", "")


def test_the_table_leaves_days_empty_where_nothing_is_counted_back():
    table = care_weights.table(SHIPPED).set_index("Sign")
    assert table["Days back"].isna().sum() == sum(sign.days is None for sign in SIGNS)
    assert table.loc[BY_NAME["late_timecards"].title, ["Points", "Limit", "Days back"]].tolist() == [2.0, 2.0, 30]


# --- what the levels were worth --------------------------------------------------------------------------------------


def levels(at):
    return next(one for one in at.dataframe if "Level" in one.value)


def choose(at, line, column):
    at.session_state["back_test"] = {"selection": {"rows": [], "columns": [], "cells": [(line, column)]}}
    return at.run()


def test_the_shares_stand_by_level_with_counts_and_range(at):
    table = levels(at).value.set_index("Level")
    assert table.loc["Act", "Left early within 30 days"] == share(1, 1).words
    assert table.loc["Watch"].str.split(",").str[0].tolist() == ["0 of 1", "nothing yet"]
    assert table.loc["Calm"].str.split(",").str[0].tolist() == ["0 of 6", "0 of 2"]


def test_too_few_leavers_and_the_warning_are_said_in_words(at):
    told = said(at)
    assert "**Too few left early to compare**: 1 within 30 days, 1 within 60 days; it takes 10" in told
    assert "**Warning**: 1 of 1 who left early were on act or watch in the 60 days before" in told
    assert care_back_test.HOW in told


def test_each_level_is_told_in_a_line_and_the_rest_stands_in_a_closed_box(at):
    likely = share(1, 1).likely
    assert f"**Act**: 1 of 1 within 30 days ({likely}); 1 of 1 within 60 days ({likely})" in said(at)
    box = next(one for one in at.expander if "How this was counted" in one.label)
    assert not box.proto.expanded
    assert care_back_test.HOW in "".join(one.value for one in box.markdown)
    assert len(box.dataframe) == 1


def test_a_number_opens_the_rows_behind_it(at):
    choose(at, 0, "Left early within 60 days")
    assert not at.exception
    assert "**Act, left early within 60 days**: 1 row on 1 day" in said(at)
    rows = at.dataframe[-1].value
    assert rows[["Contractor", "Left early", "Why"]].to_numpy().tolist() == [
        ["Blake Sample", "yes", "Complaint in public on 22 Sep"]
    ]
    choose(at, 2, "Left early within 30 days")
    assert "**Calm, left early within 30 days**: 6 rows on 3 days" in said(at)
    assert len(at.dataframe[-1].value) == 6


def test_the_level_itself_opens_those_of_the_shorter_horizon(at):
    choose(at, 0, "Level")
    assert "**Act, left early within 30 days**: 1 row" in said(at)


def test_both_tables_can_be_taken_away(at):
    choose(at, 0, "Level")
    keys = {one.key for one in at.get("download_button")}
    assert {"download-care-back-test.csv", "download-care-back-test-rows.xlsx"} <= keys
