from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import stored
from screens import said

from quality.shares import share
from ui import clock, data, downloads, owed_data, touch_data

PAGE = "follow_up/touch"
TODAY = date(2026, 11, 23)
LOG = """occurred_at,desk,activity,candidate,client,contact,party,channel
2026-11-20 09:00,Desk 01,touch,Lately,,,candidate,auto
2026-03-02 09:00,Desk 01,touch,Silent,,,candidate,call
2026-03-02 09:00,Desk 02,touch,=1+1,,,candidate,call
2026-03-02 09:00,Desk 02,resume_received,Waiting,,,candidate,
2026-03-02 09:00,Desk 01,touch,Quiet,,,candidate,call
2026-03-03 09:00,Desk 01,do_not_contact,Quiet,,,candidate,
2026-03-04 09:00,Desk 01,touch,,Example Labs,Silent,client,call
"""


@pytest.fixture
def firm(history):
    stored.store({"log.csv": LOG})
    return history


@pytest.fixture
def section(app, open_page):
    """Opens the section of the database touch."""

    def go():
        app.query_params["touch_section"] = "Database touch"
        return open_page(PAGE)

    return go


def written(desks=None, group="mailing"):
    return touch_data.every_person(desks, group)()


def test_coverage_stands_for_each_party_with_its_counts(firm, section):
    at = section()
    assert not at.exception
    assert [(one.label, one.value) for one in at.metric] == [
        ("Candidates, touched in the last 60 days", "1 of 4"),
        ("Client contacts, touched in the last 60 days", "0 of 1"),
    ]
    text = said(at).replace("\u00a0", " ")
    likely = share(1, 4).likely.capitalize()
    assert f"{likely}. 3 silent for 60 days or more. 1 of them wait for a call that is owed." in text
    assert "1 person wants to be left alone." in text


def test_the_list_holds_the_silent_and_nobody_else(firm, section):
    at = section()
    assert at.dataframe[0].value["Who"].tolist() == ["=1+1", "Silent", "Silent"]
    assert at.dataframe[0].value["Party"].tolist() == ["Candidate", "Candidate", "Client contact"]
    assert [button.label for button in at.get("download_button")] == ["CSV"]


@pytest.mark.parametrize(("group", "who"), [("touched", "Lately"), ("waiting", "Waiting"), ("alone", "Quiet")])
def test_every_other_number_opens_its_people(firm, section, group, who):
    at = section()
    at.get_by_key("people").set_value(group).run()
    assert at.dataframe[0].value["Who"].tolist() == [who]
    assert "email" not in written(group=group)


def test_nobody_on_the_list_is_owed_a_call_and_nobody_of_it_gets_onto_owed(firm):
    waiting = owed_data.to_do(owed_data.owed(TODAY), TODAY)
    assert waiting["who"].tolist() == ["Waiting"]
    assert set(written()["person"]).isdisjoint(waiting["who"])


def test_who_waits_until_an_interview_of_today_is_back_on_the_list_after_it(firm, monkeypatch):
    booked = "2026-11-23 15:00,Desk 01,send_out,Silent,Example Labs,no_show"
    log = f"occurred_at,desk,activity,candidate,client,outcome\n{booked}\n"
    stored.store({"more.csv": log})
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T09:00")
    assert sorted(written(group="waiting")["person"]) == ["Silent", "Waiting"]
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T16:00")
    assert written(group="waiting")["person"].tolist() == ["Waiting"]


def test_the_file_is_a_list_for_other_programs(firm):
    held = downloads.to_csv(written(), downloads.Sheet("people-mailing", "People")).decode("utf-8-sig").splitlines()
    assert held == [
        "person,party,last_contact",
        "'=1+1,candidate,2026-03-02",
        "Silent,candidate,2026-03-02",
        "Silent,client,2026-03-04",
    ]


def keep(history):
    points = pd.DataFrame(
        [
            ("Silent", "candidate", "email", "silent@example.com", "log"),
            ("Silent", "candidate", "phone", "555-0100", "log"),
            ("=1+1", None, "email", "either@example.com", "log"),
        ],
        columns=["person", "party", "kind", "value", "source"],
    )
    history.save_contacts(points)


def test_addresses_are_in_the_file_where_the_firm_keeps_them(firm, section):
    keep(firm)
    firm.save_setting("contacts", True)
    found = written().set_index(["person", "party"])["email"]
    assert found["Silent", "candidate"] == "silent@example.com"
    assert found["=1+1", "candidate"] == "either@example.com"
    assert pd.isna(found["Silent", "client"])
    assert "e-mail address where one is kept" in said(section())


def test_addresses_stay_out_once_the_firm_no_longer_keeps_them(firm, section):
    keep(firm)
    firm.save_setting("contacts", False)
    assert "email" not in written()
    assert "switched on under People" in said(section())


def test_whoever_is_answered_to_be_left_alone_leaves_the_list(firm):
    owed = {"rule": "acknowledge_resume", "party": "candidate", "who": "Silent", "answered_by": "Desk 01"}
    firm.save_answers([{**owed, "trigger_id": "x", "answer": "do_not_contact"}], clock.now())
    assert written()[["person", "party"]].to_numpy().tolist() == [["=1+1", "candidate"], ["Silent", "client"]]
    assert touch_data.database(None)[0].groups["alone"] == 2


def test_people_of_a_desk_are_those_it_named(firm, app, section):
    app.query_params["desk"] = "Desk 02"
    at = section()
    assert at.dataframe[0].value["Who"].tolist() == ["=1+1"]
    assert "named in any row of Desk 02" in said(at)


def test_a_long_list_is_shown_in_part_and_the_file_holds_all(history, section):
    rows = "".join(f"2026-03-02 09:00,Desk 01,touch,Sample {n},candidate,call\n" for n in range(250))
    log = f"occurred_at,desk,activity,candidate,party,channel\n{rows}"
    stored.store({"log.csv": log})
    at = section()
    assert len(at.dataframe[0].value) == 200
    assert "the file holds all 250" in said(at)
    assert len(written()) == 250


def test_without_people_the_page_says_what_an_export_needs(history, section):
    log = "occurred_at,desk,activity\n2026-03-02 09:00,Desk 01,marketing_call\n"
    stored.store({"log.csv": log})
    at = section()
    assert not at.exception
    assert "name a candidate, or a contact" in at.info[0].value


def test_everybody_touched_leaves_nobody_to_write_to(history, section):
    log = "occurred_at,desk,activity,candidate,party\n2026-11-20 09:00,Desk 01,touch,Lately,candidate\n"
    stored.store({"log.csv": log})
    at = section()
    assert "Nobody is on the list for a mailing." in said(at)
    assert not at.get("download_button")
    assert data.desks() == ["Desk 01"]
