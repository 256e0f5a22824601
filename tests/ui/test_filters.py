"""The shared filters: what they are at first, what each control changes, and that links bring them back."""

from __future__ import annotations

from datetime import date

import pytest
from screens import said


@pytest.fixture
def app(app):
    """The entry script, opened on the scoreboard."""
    return app.switch_page("../pages/ratios/scoreboard.py")


def chosen(at):
    assert not at.exception
    return at.session_state["filters"]


def test_at_first_it_is_the_last_thirteen_weeks_of_everybody(filled, app):
    asked = chosen(app.run())
    assert (asked.as_of, asked.start, asked.end) == (date(2026, 11, 23), date(2026, 8, 24), date(2026, 11, 22))
    assert (asked.period, asked.view, asked.team, asked.desks) == ("Last 13 weeks", "activity", None, ())


def test_the_line_below_the_title_says_what_the_data_and_the_filters_are(filled, app):
    words = said(app.run())
    assert "Data to 20 Oct 2026, 2 desks, 1 import" in words
    assert "**Last 13 weeks**, 24 Aug to 22 Nov 2026 · Activity view · all desks" in words


def test_another_period_changes_the_days(filled, app):
    asked = chosen(app.run().selectbox(key="period").select("Last month").run())
    assert (asked.start, asked.end) == (date(2026, 10, 1), date(2026, 10, 31))


def test_custom_dates_are_taken_in_either_order(filled, app):
    at = app.run().selectbox(key="period").select("Custom dates").run()
    at.date_input(key="from").set_value(date(2026, 10, 31))
    at.date_input(key="to").set_value(date(2026, 10, 1))
    asked = chosen(at.run())
    assert (asked.start, asked.end) == (date(2026, 10, 1), date(2026, 10, 31))


def test_the_cohort_view_can_be_chosen(filled, app):
    at = app.run()
    at.segmented_control(key="view").set_value("Cohort")
    assert chosen(at.run()).view == "cohort"


def test_a_team_narrows_the_desks_to_choose_from(filled, app):
    at = app.run().selectbox(key="team").select("North").run()
    assert chosen(at).team == "North"
    assert at.multiselect(key="desk").options == ["Desk 01"]


def test_desks_can_be_chosen(filled, app):
    at = app.run().multiselect(key="desk").select("Desk 02").run()
    assert chosen(at).desks == ("Desk 02",)


def test_without_a_roster_there_is_no_team_to_choose(history, filled, app):
    history.save_roster(history.roster().iloc[:0])
    at = app.run()
    assert [box.key for box in at.selectbox if box.key == "team"] == []
    assert chosen(at).team is None


def test_a_link_opens_exactly_its_view(filled, app):
    for name, value in {"period": "Custom dates", "from": "2026-10-01", "to": "2026-10-31", "view": "Cohort"}.items():
        app.query_params[name] = value
    app.query_params["desk"] = ["Desk 01"]
    asked = chosen(app.run())
    assert (asked.start, asked.end, asked.view) == (date(2026, 10, 1), date(2026, 10, 31), "cohort")
    assert asked.desks == ("Desk 01",)


def test_a_link_with_unknown_values_opens_the_usual_view(filled, app):
    app.query_params["period"] = "Last 1000 years"
    app.query_params["desk"] = ["Nobody"]
    app.query_params["from"] = "soon"
    asked = chosen(app.run())
    assert (asked.period, asked.desks) == ("Last 13 weeks", ())


def test_filters_stay_when_the_page_changes(filled, open_page, app):
    app.run().selectbox(key="period").select("Last month").run()
    assert chosen(open_page("ratios/trends")).period == "Last month"


def test_pages_without_numbers_show_no_filters(filled, open_page):
    for name in ("data/upload", "data/imports", "data/people", "data/definitions"):
        assert [box.key for box in open_page(name).selectbox if box.key == "period"] == []


def test_a_period_without_activity_offers_the_last_weeks_that_have_some(filled, app):
    at = app.run().selectbox(key="period").select("Last week").run()
    assert "No activity is stored for 16 Nov to 22 Nov 2026, all desks." in said(at)
    button = at.button(key="show_last_weeks")
    assert button.label == "Show the 13 weeks to 20 Oct 2026"
    asked = chosen(button.click().run())
    assert (asked.period, asked.start, asked.end) == ("Custom dates", date(2026, 7, 27), date(2026, 10, 20))
    assert "No activity is stored" not in said(at)


def test_a_desk_without_activity_in_the_period_is_offered_its_own_last_weeks(filled, app):
    at = app.run().multiselect(key="desk").select("Desk 02").run()
    assert "No activity is stored for 24 Aug to 22 Nov 2026, Desk 02." in said(at)
    assert at.button(key="show_last_weeks").label == "Show the 13 weeks to 3 Mar 2026"


def test_a_desk_of_another_team_is_let_go_when_the_team_changes(filled, app):
    at = app.run().multiselect(key="desk").select("Desk 02").run()
    assert chosen(at.selectbox(key="team").select("North").run()).desks == ()
