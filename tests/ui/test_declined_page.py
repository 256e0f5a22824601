from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import stored
from screens import said

from quality.rule_changes import KEY, RuleChange
from quality.shares import share
from ui import clock, declined

PAGE = "follow_up/declined"
TODAY = date(2026, 11, 23)
HOSTILE = "![x](http://127.0.0.1/x.png) =1+1 $a$"

HEAD = "occurred_at,desk,activity,candidate,client,job,outcome,notes"
#: Four declined and two accepted in the last 12 months, one declined before.
LOG = """2026-03-02 09:00,Desk 01,offer_declined,Avery Sample,Example Labs,Job 1,pay,Example Bakery pays more
2026-03-03 09:00,Desk 01,contact_consent,Avery Sample,,,,
2026-11-02 09:00,Desk 01,offer_declined,Blake Sample,Example Labs,Job 2,distance,
2026-11-03 09:00,Desk 01,contact_consent,Blake Sample,,,,
2026-04-02 09:00,Desk 02,offer_declined,Casey Sample,Example Labs,Job 3,,
2026-06-02 09:00,Desk 01,interview,Casey Sample,,Job 4,,
2026-05-02 09:00,Desk 02,offer_declined,Drew Sample,Example Labs,Job 3,pay,
2026-05-03 09:00,Desk 02,do_not_contact,Drew Sample,,,,
2026-05-04 09:00,Desk 02,offer_accepted,Ellis Sample,Example Labs,Job 3,,
2026-05-04 09:00,Desk 01,offer_accepted,Frankie Sample,Example Labs,Job 5,,
2025-03-03 09:00,Desk 01,offer_declined,Gray Sample,Example Labs,Job 6,other_offer,
2025-03-04 09:00,Desk 01,contact_consent,Gray Sample,,,,
2025-09-04 09:00,Desk 01,recruiting_call,Gray Sample,,,not_interested,
"""
ROSTER = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n"


def store(rows):
    files = {"log.csv": f"{HEAD}\n{rows}", "teams.csv": ROSTER}
    stored.store(files)


@pytest.fixture
def firm(history):
    store(LOG)
    return history


def text(at):
    return said(at).replace("\u00a0", " ")


def table(at, column):
    return next((one.value for one in at.dataframe if column in one.value), None)


def plainly(frame):
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()


def test_the_share_has_its_counts_its_range_its_days_and_published_figures_beside_it(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "4 of 6 offers answered were declined" in text(at)
    assert f"{share(4, 6).likely.capitalize()}. 24 Nov 2025 to 23 Nov 2026" in text(at)
    assert "Published by others, not a target:" in text(at)
    assert "commercial staffing: 12 % in 2017, 21 % in 2021 (SIA 2021; answers to a survey)" in text(at)


def test_who_may_be_called_and_who_came_back_stand_in_cards(firm, open_page):
    at = open_page(PAGE)
    assert {one.label: one.value for one in at.metric} == {
        "We may call again": "2",
        "Not asked": "1",
        "Left alone": "1",
        "Back with us": "1",
    }
    assert f"1 of 4 offers, {share(1, 4).likely}." in text(at)


def test_the_chart_says_every_reason_and_the_missing_one(firm, open_page):
    at = open_page(PAGE)
    [chart] = at.get("plotly_chart")
    assert chart.proto.alt == (
        "Why offers were declined: pay, 2 offers; distance, 1 offer; no reason on record, 1 offer."
    )


@pytest.mark.parametrize(
    ("window", "offers"),
    [("Last 12 months", 4), ("Last 90 days", 1), ("All", 5)],
)
def test_the_time_can_be_chosen(firm, open_page, window, offers):
    at = open_page(PAGE)
    at.get_by_key("declined_in").set_value(window).run()
    assert not at.exception
    assert len(table(at, "Consent")) == offers


def test_without_accepted_offers_there_is_no_share(firm, open_page):
    at = open_page(PAGE)
    at.get_by_key("declined_in").set_value("Last 90 days").run()
    assert "1 offer declined; without accepted ones on record there is no share" in text(at)


def test_whom_to_call_holds_whoever_agreed_whenever_they_declined(firm, open_page):
    at = open_page(PAGE)
    rows = table(at, "Days late")
    assert plainly(rows[["Who", "What", "Due by", "Days late", "Why", "The other offer"]]) == [
        ["Avery Sample", "Six-month call", pd.Timestamp("2026-09-28"), 56, "pay", "Example Bakery pays more"],
        ["Gray Sample", "Eighteen-month invitation", pd.Timestamp("2026-10-14"), 40, "another offer", None],
    ]
    assert "2 contacts are due now or within 7 days, 2 of them late, whenever the offer was declined." in text(at)
    assert "Coming up" not in text(at)
    assert "Without consent nothing is ever due" in text(at)


def test_what_is_due_later_stands_apart_from_what_is_due_now(history, open_page):
    later = "2026-05-20 09:00,Desk 01,offer_declined,Harper Sample,Example Labs,Job 7,pay,\n"
    agreed = "2026-05-21 09:00,Desk 01,contact_consent,Harper Sample,,,,\n"
    store(LOG + later + agreed)
    at = open_page(PAGE)
    assert not at.exception
    assert "2 contacts are due now or within 7 days" in text(at)
    assert "1 contact is due later and can be made already." in text(at)
    [coming] = [one.value for one in at.dataframe if "Due by" in one.value and "Days late" not in one.value]
    assert coming[["Who", "Due by"]].to_numpy().tolist() == [["Harper Sample", pd.Timestamp("2026-12-16")]]
    assert table(at, "Days late")["Who"].tolist() == ["Avery Sample", "Gray Sample"]


def test_the_card_says_of_which_time_it_is(firm, open_page):
    at = open_page(PAGE)
    assert "They agreed to be contacted, of those who declined in the last 12 months." in text(at)
    at.get_by_key("declined_in").set_value("All").run()
    assert "They agreed to be contacted, of all offers declined." in text(at)
    assert {one.label: one.value for one in at.metric}["We may call again"] == "3"


def test_every_offer_says_what_is_due_after_it(firm, open_page):
    at = open_page(PAGE)
    at.get_by_key("declined_in").set_value("All").run()
    columns = ["Who", "Consent", "Six-month call", "Eighteen-month invitation", "Back with"]
    assert plainly(table(at, "Consent")[columns]) == [
        ["Blake Sample", "agreed", "from 1 Apr 2027 on", "from 16 Mar 2028 on", None],
        ["Do not contact", "left alone", "not due", "not due", None],
        ["Casey Sample", "not asked", "not due", "not due", "Interview"],
        ["Avery Sample", "agreed", "late, was due by 28 Sep 2026", "from 15 Jul 2027 on", None],
        ["Gray Sample", "agreed", "done 4 Sep 2025", "late, was due by 14 Oct 2026", None],
    ]


@pytest.mark.parametrize(
    ("why", "came", "who"),
    [
        ("pay", "Everybody", ["Do not contact", "Avery Sample"]),
        ("no reason on record", "Everybody", ["Casey Sample"]),
        ("Every reason", "Agreed", ["Blake Sample", "Avery Sample"]),
        ("Every reason", "Not asked", ["Casey Sample"]),
        ("Every reason", "Left alone", ["Do not contact"]),
        ("Every reason", "Back with us", ["Casey Sample"]),
        ("distance", "Left alone", None),
    ],
)
def test_every_number_opens_its_offers(firm, open_page, why, came, who):
    at = open_page(PAGE)
    at.get_by_key("why").set_value(why)
    at.get_by_key("came_of_it").set_value(came).run()
    assert not at.exception
    rows = table(at, "Consent")
    assert (None if rows is None else rows["Who"].tolist()) == who
    assert ("No offer fits both boxes above." in text(at)) is (who is None)


def test_whoever_is_answered_to_be_left_alone_is_no_longer_called(firm, open_page):
    about = {"rule": "declined_6_months", "trigger_id": "x", "party": "candidate", "answered_by": "Desk 01"}
    wishes = [{**about, "who": name, "answer": "do_not_contact"} for name in ("Avery Sample", "Gray Sample")]
    firm.save_answers(wishes, clock.now())
    at = open_page(PAGE)
    assert "Nobody is to be called or invited now." in text(at)
    assert {one.label: one.value for one in at.metric}["Left alone"] == "2"


def test_a_rule_that_is_off_owes_nothing(firm, open_page):
    changes = [RuleChange(name, date(2020, 1, 1), on=False) for name in ("declined_6_months", "declined_18_months")]
    firm.save_setting(KEY, [change.stored() for change in changes])
    at = open_page(PAGE)
    assert "Nobody is to be called or invited now." in text(at)
    assert set(table(at, "Consent")["Six-month call"]) == {"not due"}


def test_a_team_or_a_desk_cuts_everything_down(firm, app, open_page):
    app.query_params["desk"] = "Desk 02"
    at = open_page(PAGE)
    assert "2 of 3 offers" in text(at)
    assert table(at, "Consent")["Who"].tolist() == ["Do not contact", "Casey Sample"]
    assert "Nobody is to be called or invited now." in text(at)
    at.multiselect(key="desk").set_value([]).run()
    at.selectbox(key="team").set_value("North").run()
    assert table(at, "Consent")["Who"].tolist() == ["Blake Sample", "Avery Sample"]


def test_both_tables_can_be_downloaded(firm, open_page):
    at = open_page(PAGE)
    assert [button.label for button in at.get("download_button")] == ["CSV", "Excel"] * 2


def test_without_declined_offers_the_page_says_what_an_export_needs(filled, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "*offer_declined*" in at.info[0].value
    assert not at.dataframe


def test_a_time_without_answers_still_shows_whom_to_call(history, open_page):
    store("".join(line + "\n" for line in LOG.splitlines() if "Gray" in line))
    at = open_page(PAGE)
    assert not at.exception
    assert "No offer was answered in this time" in text(at)
    assert table(at, "Days late")["Who"].tolist() == ["Gray Sample"]


def test_what_stands_in_files_is_shown_as_text(history, open_page):
    store(f'2026-11-02 09:00,Desk 01,offer_declined,"{HOSTILE}",Example Labs,Job 2,"{HOSTILE}","{HOSTILE}"\n')
    at = open_page(PAGE)
    assert not at.exception
    assert "![x](" not in said(at)
    rows = table(at, "Consent")
    assert plainly(rows[["Who", "Why", "The other offer"]]) == [[HOSTILE] * 3]


def test_windows_end_today():
    day = pd.Timestamp("2026-11-23 09:00")
    found = pd.DataFrame({"declined_at": [day, day - pd.Timedelta(days=89), day - pd.Timedelta(days=90)]})
    assert len(declined.of_window(found, "declined_at", "All")) == 3
