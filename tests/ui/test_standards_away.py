"""Absences and holidays, and the minimums of the last week."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import pytest
from one_standard import save_standard
from screens import said
from standards_pages import PAGE, buttons, edit, opened_section
from tiny_firm import HOSTILE, store_firm

from loaders import Options, load
from ui import intake


@pytest.fixture
def firm(history):
    store_firm()
    return history


@pytest.fixture
def at(firm, open_page):
    return open_page(PAGE)


@pytest.fixture
def section(firm, app, open_page):
    return partial(opened_section, app, open_page)


# --- Absences and holidays -------------------------------------------------------------------------------------------


def test_a_country_and_its_part_are_saved_when_chosen(firm, section):
    at = section("Absences and holidays")
    assert "Every Monday to Friday counts as a working day." in said(at)
    at.selectbox(key="holidays_country").set_value("DE").run()
    assert not at.exception
    assert firm.settings()["holidays"] == {"country": "DE", "subdivision": None}
    at.selectbox(key="holidays_subdivision_DE").set_value("BY").run()
    assert firm.settings()["holidays"] == {"country": "DE", "subdivision": "BY"}
    assert any("Fri 25 Dec 2026: Christmas Day" in text.value for text in at.text)
    at.selectbox(key="holidays_country").set_value("").run()
    assert firm.settings()["holidays"] is None


def test_absences_are_typed_in_saved_and_shown_again(firm, section):
    at = section("Absences and holidays")
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": "2026-11-16", "reason": "vacation"}])
    at.button(key="save_absences").click().run()
    assert not at.exception
    assert "Absences saved." in said(at)
    [line] = at.data_editor[0].value.to_dict("records")
    assert (line["desk"], line["ends_on"], line["reason"]) == ("Desk 01", date(2026, 11, 16), "vacation")
    edit(at, 0, deleted_rows=[0])
    at.button(key="save_absences").click().run()
    assert firm.absences().empty


def test_an_absence_that_cannot_be_is_refused_and_what_was_typed_stays(firm, section):
    at = section("Absences and holidays")
    typed = [{"desk": "Desk 01", "starts_on": "2026-11-16", "ends_on": "2026-11-15"}]
    edit(at, 0, added_rows=typed)
    at.button(key="save_absences").click().run()
    told = said(at).replace("\\", "")
    assert "1 line of the absences cannot be used: line 1 (Desk 01) ends before it starts." in told
    assert "Code: bad_value" in told
    assert firm.absences().empty
    assert at.session_state[at.data_editor[0].key]["added_rows"] == typed


@pytest.mark.parametrize("day", ["61118-02-02", "+061118-02-02T00:00:00.000Z", "2126-11-18"])
def test_a_year_that_cannot_be_is_a_message_and_not_the_end_of_the_page(firm, section, day):
    at = section("Absences and holidays")
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": day}])
    for _ in range(2):
        at.button(key="save_absences").click().run()
        assert not at.exception
        assert "line 1 (Desk 01) has a day that is not between 2000-01-01 and 2099-12-31." in said(at).replace("\\", "")
    assert at.session_state[at.data_editor[0].key]["added_rows"][0]["starts_on"] == day
    assert firm.absences().empty


def test_unsaved_absences_are_kept_while_another_section_is_looked_at(firm, section):
    firm.save_absences(pd.DataFrame([("Desk 02", "2026-11-02")], columns=["desk", "starts_on"]))
    at = section("Absences and holidays")
    assert "Not saved yet." not in said(at)
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": "2026-11-16"}])
    assert "Not saved yet." in said(at)
    at.segmented_control(key="standards_section").set_value("Last week").run()
    at.segmented_control(key="standards_section").set_value("Absences and holidays").run()
    assert not at.exception
    assert at.data_editor[0].value["desk"].tolist() == ["Desk 02", "Desk 01"]
    edit(at, 0, edited_rows={1: {"reason": "training"}})
    at.button(key="save_absences").click().run()
    assert "Not saved yet." not in said(at)
    assert firm.absences()[["desk", "reason"]].to_numpy().tolist() == [["Desk 01", "training"], ["Desk 02", ""]]


def test_unsaved_absences_can_be_discarded(firm, section):
    at = section("Absences and holidays")
    edit(at, 0, added_rows=[{"desk": "Desk 01", "starts_on": "2026-11-16"}])
    assert not at.button(key="save_absences").disabled
    at.button(key="discard_absences").click().run()
    assert not at.exception
    assert at.button(key="save_absences").disabled
    assert at.data_editor[0].value.empty
    assert "discard_absences" not in buttons(at)


# --- Last week -------------------------------------------------------------------------------------------------------


def test_the_last_week_says_first_that_no_minimum_was_set(section):
    at = section("Last week")
    assert not at.exception
    assert "No activity minimum holds for any desk yet." in said(at)


def test_minimums_of_the_last_week_are_due_for_the_days_a_desk_was_there(firm, section):
    # In the week of 16 November nobody did anything; Desk 01 was away for all of it, Desk 02 for two days.
    save_standard(firm, "send_out", 5, per="week", effective_from=date(2026, 1, 1))
    save_standard(firm, "send_out", 1, per="day", level="desk", name="Desk 02", effective_from=date(2026, 1, 1))
    days = [("Desk 01", "2026-11-16", "2026-11-20"), ("Desk 02", "2026-11-17", "2026-11-18")]
    firm.save_absences(pd.DataFrame(days, columns=["desk", "starts_on", "ends_on"]))
    at = section("Last week")
    assert not at.exception
    shown = at.dataframe[0].value.set_index("Desk")
    assert shown.loc["Desk 01", ["Met", "Due", "Days there"]].tolist() == ["– away", 0.0, 0]
    assert shown.loc["Desk 02", ["Met", "Due", "Minimum", "Days there"]].tolist() == ["▽ short", 3.0, "1 a day", 3]
    assert shown.loc[HOSTILE, ["Met", "Due", "Done"]].tolist() == ["▽ short", 5.0, 0]
    assert "0 of 2 activity minimums met in the last closed week, 16 Nov to 22 Nov 2026." in said(at)


def test_a_met_minimum_is_said_in_a_word_and_a_shape(firm, section, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-09")
    save_standard(firm, "send_out", 4, per="week", effective_from=date(2026, 1, 1))
    at = section("Last week")
    assert at.dataframe[0].value.set_index("Desk").loc["Desk 02", ["Met", "Done"]].tolist() == ["✓ met", 4]


def test_a_firm_without_teams_is_told_where_to_add_them(history, open_page):
    log = "occurred_at,desk,activity,candidate\n2026-11-17 10:00,Desk 01,send_out,Avery Sample\n"
    intake.store_loaded([load(log.encode(), "log.csv", Options())])
    at = open_page(PAGE)
    at.segmented_control(key="standards_level").set_value("Team").run()
    assert not at.exception
    assert "Add teams and desks on People" in said(at)
