from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import stored
from screens import said

from quality.rule_changes import KEY, RuleChange
from quality.shares import share
from ui import downloads, touch, touch_data

PAGE = "follow_up/touch"
TODAY = date(2026, 11, 23)
HOSTILE = "![x](http://127.0.0.1/x.png) =1+1 $a$"

HEAD = "occurred_at,desk,activity,candidate,job,outcome,channel,party"
#: Desk 01 keeps two of three touches, Desk 02 none of one; one more is due today, one next week.
TOUCHES = """2026-10-01 09:00,Desk 01,start,Avery Sample,Job 1,,,
2026-10-10 09:00,Desk 01,touch,Avery Sample,Job 1,,call,candidate
2026-10-20 09:00,Desk 01,touch,Avery Sample,Job 1,,call,candidate
2026-11-02 09:00,Desk 02,offer_accepted,Blake Sample,Job 2,,,
2026-11-16 09:00,Desk 01,offer_accepted,Casey Sample,Job 3,,,
2026-11-18 09:00,Desk 02,start,Drew Sample,Job 4,,,
"""
ROSTER = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\n"


def store(rows, head=HEAD, roster=ROSTER):
    files = {"log.csv": f"{head}\n{rows}", "teams.csv": roster}
    stored.store(files)


@pytest.fixture
def firm(history):
    store(TOUCHES)
    return history


def behind(at, phase, desk=None):
    at.get_by_key("touch_phase").set_value(phase)
    return at.get_by_key("touch_of").set_value(desk).run()


def table(at, column):
    return next(one.value for one in at.dataframe if column in one.value)


def test_the_share_stands_on_top_with_its_counts_its_range_and_its_days(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    text = said(at).replace("\u00a0", " ")
    assert "2 of 4 touches were kept in time" in text
    assert f"Touches that fell due 25 Aug to 22 Nov 2026; {share(2, 4).likely}." in text


def test_every_phase_has_a_card_and_the_visits_are_said_to_be_off(firm, open_page):
    at = open_page(PAGE)
    cards = {metric.label: metric.value for metric in at.metric}
    assert cards == {"Accepted to start": "0 of 1", "Start to day 120": "2 of 3", "Rest of the contract": "–"}
    text = said(at).replace("\u00a0", " ")
    assert f"In time, {share(2, 3).likely}. Due every 14 days." in text
    assert "Due every 30 days. None fell due." in text
    assert "**On-site thanks**: Switched off." in text


def test_the_visits_have_a_card_once_they_are_switched_on(firm, open_page):
    firm.save_setting(KEY, [RuleChange("onsite_thanks", date(2026, 1, 1)).stored()])
    at = open_page(PAGE)
    assert "On-site thanks" in [metric.label for metric in at.metric]
    assert "Switched off" not in said(at)


def test_a_phase_that_was_switched_off_keeps_what_fell_due(firm, open_page):
    change = RuleChange("touch_120", date(2026, 11, 1), on=False)
    firm.save_setting(KEY, [change.stored()])
    at = open_page(PAGE)
    cards = {metric.label: metric.value for metric in at.metric}
    assert cards["Start to day 120"] == "2 of 2"
    assert f"In time, {share(2, 2).likely}. Switched off." in said(at).replace("\u00a0", " ")


def test_every_desk_has_a_line_with_counts_and_range(firm, open_page):
    lines = table(open_page(PAGE), "Start to day 120").set_index("Desk")
    low, high = share(2, 3).likely.removeprefix("likely "), share(0, 1).likely.removeprefix("likely ")
    assert lines.loc["Desk 01", "Start to day 120"] == f"2 of 3 · {low}"
    assert lines.loc["Desk 02"].tolist() == [f"0 of 1 · {high}", "none due"]
    assert lines.index.tolist() == ["All of them", "Desk 01", "Desk 02"]


def test_a_number_opens_its_touches(firm, open_page):
    at = behind(open_page(PAGE), "touch_120", "Desk 01")
    rows = table(at, "Result")
    assert rows[["Who", "Result"]].to_numpy().tolist() == [
        ["Avery Sample", "in time"],
        ["Avery Sample", "in time"],
        ["Avery Sample", "not made"],
    ]
    assert share(2, 3).words in said(at).replace("\u00a0", " ")
    at = behind(at, "touch_120", "Desk 02")
    assert "None fell due." in said(at)
    at = behind(at, "touch_to_start")
    assert table(at, "Result")["Who"].tolist() == ["Blake Sample"]


@pytest.mark.parametrize(
    ("clicked", "phase", "desk"),
    [((1, "Start to day 120"), "touch_120", "Desk 01"), ((0, "Accepted to start"), "touch_to_start", None)],
)
def test_a_click_in_the_table_fills_both_boxes(monkeypatch, clicked, phase, desk):
    state = {"touch table": {"selection": {"cells": [clicked]}}}
    monkeypatch.setattr(touch.st, "session_state", state)
    touch._take_click(["All of them", "Desk 01"])
    assert (state["touch_phase"], state["touch_of"]) == (phase, desk)


def test_a_click_on_a_name_opens_nothing(monkeypatch):
    state = {"touch table": {"selection": {"cells": [(1, "Desk")]}}}
    monkeypatch.setattr(touch.st, "session_state", state)
    touch._take_click(["All of them", "Desk 01"])
    assert list(state) == ["touch table"]


def test_a_link_opens_the_touches_of_a_number(firm, app, open_page):
    app.query_params["touch_phase"], app.query_params["touch_of"] = "Start to day 120", "Desk 01"
    at = open_page(PAGE)
    assert len(table(at, "Result")) == 3


def test_who_is_next_stands_below_the_latest_first(firm, open_page):
    at = open_page(PAGE)
    rows = table(at, "Days late")
    assert rows["Who"].tolist() == ["Avery Sample", "Blake Sample", "Casey Sample", "Drew Sample"]
    assert rows["Days late"].astype(object).where(rows["Days late"].notna(), None).tolist() == [20, 14, None, None]
    assert "4 touches to make, 2 of them late" in said(at)
    assert [link.proto.label for link in at.get("page_link")] == ["Follow-up rules", "Owed"]


def test_a_desk_or_a_team_cuts_everything_down(firm, app, open_page):
    app.query_params["desk"] = "Desk 02"
    at = open_page(PAGE)
    assert "0 of 1 touches" in said(at).replace("\u00a0", " ")
    assert table(at, "Days late")["Who"].tolist() == ["Blake Sample", "Drew Sample"]
    link = at.get("page_link")[-1]
    assert link.proto.query_string == "desk=Desk+02"
    at.multiselect(key="desk").set_value([]).run()
    at.selectbox(key="team").set_value("North").run()
    assert table(at, "Days late")["Who"].tolist() == ["Avery Sample", "Casey Sample"]


def test_without_touches_the_page_says_what_an_export_needs(filled, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "*offer_accepted* and *start*" in at.info[0].value
    assert "No touch is waiting." in said(at)
    assert [metric.value for metric in at.metric] == ["–"] * 3


def test_names_out_of_files_are_shown_as_they_are(history, open_page):
    store(
        f'2026-10-01 09:00,"{HOSTILE}",start,"{HOSTILE}",Job 1,,,\n', roster=f'desk,team,from,to\n"{HOSTILE}",North,,\n'
    )
    at = behind(open_page(PAGE), "touch_120", HOSTILE)
    assert not at.exception
    assert "![x](" not in said(at)
    rows = table(at, "Result")
    assert rows["Who"].tolist() == [HOSTILE]
    written = downloads.to_csv(pd.DataFrame({"Who": ["=1+1"]}), downloads.Sheet("t", "T")).decode("utf-8-sig")
    assert "'=1+1" in written


# --- fall-offs -------------------------------------------------------------------------------------------------------


def lives(touched, missed, left=()):
    """Starts of 2 March 2026, kept in touch or not; those named in ``left`` quit on 20 April."""
    rows = ""
    for name in (*touched, *missed):
        rows += f"2026-03-02 09:00,Desk 01,start,{name},Job {name},,,\n"
    for name in touched:
        rows += "".join(f"2026-03-{day} 09:00,Desk 01,touch,{name},,,call,candidate\n" for day in (10, 20))
    for name in left:
        rows += f"2026-04-20 17:00,Desk 01,end,{name},Job {name},quit,,\n"
    return rows


def leavers(open_page, app):
    app.query_params["touch_section"] = "Fall-offs"
    return open_page(PAGE)


def test_both_groups_stand_side_by_side_with_what_it_does_not_show(history, app, open_page):
    good, bad = [f"Good {n}" for n in range(12)], [f"Other {n}" for n in range(12)]
    store(lives(good, bad, [good[0], *bad[:4]]))
    at = leavers(open_page, app)
    assert not at.exception
    text = said(at).replace("\u00a0", " ")
    assert "Ended early: 8 % (1 of 12) of the touched, 33 % (4 of 12) of the others" in text
    assert "does not show that touching prevented it" in text
    assert "not a target:\n\n- Assignments that end because the contractor quits: 5 % (median of 422 firms)" in text
    assert "Assignments that started 25 Aug 2025 to 24 Aug 2026" in text
    lines = table(at, "Group")
    assert lines[["Group", "Assignments", "Ended early", "Share"]].to_numpy().tolist() == [
        ["Touched", 12, 1, "8 %"],
        ["Not touched", 12, 4, "33 %"],
    ]


def test_few_assignments_are_not_compared(history, app, open_page):
    store(lives(["Good"], ["Other"], ["Other"]))
    assert "These are too few to compare." in said(leavers(open_page, app))


def test_a_group_opens_its_assignments(history, app, open_page):
    store(lives(["Good"], ["Other"], ["Other"]) + "2026-10-05 09:00,Desk 02,start,Late,Job 9,,,\n")
    at = leavers(open_page, app)
    at.get_by_key("touch_group").set_value("missed").run()
    rows = table(at, "Touches due")
    assert rows[["Who", "How", "Early end", "Touches due", "In time"]].to_numpy().tolist() == [
        ["Other", "quit", True, 1, 0]
    ]
    at.get_by_key("touch_group").set_value("open").run()
    assert table(at, "Touches due")["Who"].tolist() == ["Late"]


def test_only_assignments_that_are_too_young_are_not_compared(history, app, open_page):
    store("2026-10-05 09:00,Desk 02,start,Late,Job 9,,,\n")
    at = leavers(open_page, app)
    assert "No assignment can be compared yet" in said(at)
    assert table(at, "Group")["Group"].tolist() == ["Touched", "Not touched", "Too early to say"]


def test_without_assignments_the_page_says_what_an_export_needs(filled, app, open_page):
    at = leavers(open_page, app)
    assert not at.exception
    assert "*start* and *end*" in at.info[0].value


def test_the_days_of_the_guarantee_are_those_of_the_firm(history, app, open_page):
    history.save_setting("guarantee_days", 45)
    store(lives(["Good"], ["Other"], ["Other"]))
    at = leavers(open_page, app)
    assert "guarantee of 45 days" in said(at)
    assert touch_data.span() == (date(2025, 10, 9), date(2026, 10, 8))
    assert table(at, "Group")["Ended early"].tolist() == [0, 0]
