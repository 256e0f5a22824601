from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import stored
from contractor_log import ALONE, LOG, NOTHING, choose, lines, table
from follow_up_log import cards, plainly, store

from quality.rule_changes import KEY, RuleChange
from ui import handoffs, handoffs_data

PAGE = "contractors/handoffs"
HEAD = LOG.splitlines()[0]
#: The order of Drew and Eden was won by Desk 01, which handed Drew over; Avery went to support and came back.
MORE = """2026-09-01 09:00,Desk 01,contract,client,,Example Labs,Nurse,,,,,
2026-11-03 09:00,Desk 01,handoff,candidate,Drew Sample,Example Labs,Nurse,,,Care Desk,,
2026-11-02 10:00,Care Desk,handoff,candidate,Avery Sample,Example Works,Welder,,T1,Support Desk,,
2026-11-05 10:00,Support Desk,handoff,candidate,Avery Sample,Example Works,Welder,,,Care Desk,,
"""


@pytest.fixture
def firm(history):
    store(LOG)
    return history


def metrics(at) -> dict[str, str]:
    return {one.label: one.value for one in at.metric}


def test_who_is_missing_now_and_what_can_no_longer_be_made(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert cards(at) == ["Drew Sample"]
    assert "2 hand-offs are missing now" not in plainly(at)
    assert "1 hand-off is missing now, of starts and tickets in the last 26 weeks" in plainly(at)
    assert "1 more was never made before the assignment ended or the ticket was resolved." in plainly(at)
    assert "Of a start a hand-off to care counts from 30 days before it on, and none that support makes" in plainly(at)
    assert "in all" not in plainly(at)
    assert "**Drew Sample** :orange-badge[:material/schedule: 14 days late] Example Labs · Nurse" in plainly(at)
    assert "Not handed to care since the start on 2 Nov 2026: Desk 02 hands over" in plainly(at)


def test_what_is_missing_of_one_person_stands_together(history, open_page):
    rows = [
        "2026-09-01 09:00,Desk 01,contract,client,,Example Labs,Nurse,,,,,",
        "2026-10-01 09:00,Desk 01,contract,client,,Example Labs,Fitter,,,,,",
        "2026-10-05 08:00,Desk 02,start,,Gray Sample,Example Labs,Fitter,,,,,",
        "2026-10-06 08:00,Desk 01,handoff,client,,Example Labs,Fitter,,,Care Desk,,",
    ]
    store(LOG + "\n".join(rows) + "\n")
    at = open_page(PAGE)
    assert "3 hand-offs are missing now" in plainly(at)
    assert cards(at) == ["Drew Sample", "Gray Sample"]
    drew = next(one.value for one in at.markdown if one.value.startswith("**Drew Sample**"))
    assert "Not handed to care since the start on 2 Nov 2026: Desk 02 hands over" in drew
    assert "Not handed to care by the account manager since the start on 2 Nov 2026: Desk 01 hands over" in drew


def test_who_is_late_for_the_longest_stands_last_as_the_badges_say(history, open_page):
    rows = [
        "2026-09-01 09:00,Desk 01,contract,client,,Example Labs,Nurse,,,,,",
        # Drew had a ticket long ago that nobody of support took.
        "2026-09-14 08:00,Desk 02,ticket_opened,candidate,Drew Sample,Example Labs,Nurse,adoption,T8,,Lockers,",
        "2026-10-05 08:00,Desk 02,start,,Gray Sample,Example Labs,Fitter,,,,,",
        "2026-11-09 08:00,Desk 02,start,,Hayden Sample,Example Labs,Fitter,,,,,",
    ]
    store(LOG + "\n".join(rows) + "\n")
    at = open_page(PAGE)
    said = [one.value for one in at.markdown if one.value.startswith("**") and "late]" in one.value]
    assert [one.split(" Sample** ")[0].strip("*") for one in said] == ["Hayden", "Gray", "Drew"]
    assert [one.split("schedule: ")[1].split("]")[0] for one in said] == ["7 days late", "6 weeks late", "9 weeks late"]
    assert said[2].index("Ticket of 14 Sep 2026") < said[2].index("Not handed to care since the start on 2 Nov 2026")
    assert "The least late come first: the earlier a hand-off comes, the more it still helps." in plainly(at)


OLDER = "2026-05-20 08:00,Desk 02,start,,{0} Sample,Example Labs,Fitter,,,,,\n"
ENDED = "2026-11-10 08:00,Desk 02,end,,Hayden Sample,Example Labs,Fitter,completed,,,,\n"


def test_older_starts_that_still_run_are_counted_and_listed_apart(history, open_page):
    store(LOG + OLDER.format("Gray") + OLDER.format("Hayden") + ENDED)
    at = open_page(PAGE)
    assert cards(at) == ["Drew Sample"]
    said = "From recruiting to care 2 are missing in all: 1 of these, and 1 from longer ago whose assignment still runs"
    assert said in plainly(at)
    [box] = [one for one in at.expander if one.label == "1 from longer ago"]
    assert lines(box.dataframe[0].value, "Who", "Owed by") == [["Gray Sample", "Desk 02"]]
    at.selectbox(key="team").set_value("North").run()
    assert "in all" not in plainly(at)


def test_with_older_ones_alone_it_says_so(history, open_page):
    kept = "2026-11-02 09:00,Desk 02,handoff,candidate,Drew Sample,Example Labs,Nurse,,,Care Desk,,\n"
    store(LOG + kept + OLDER.format("Gray"))
    at = open_page(PAGE)
    assert "No hand-off of what was called for in the last 26 weeks is missing now." in plainly(at)
    assert "From recruiting to care 1 is missing in all: 0 of these, and 1 from longer ago" in plainly(at)


def test_where_no_hand_off_to_care_is_on_record_older_starts_are_not_called_missing(history, open_page):
    store("\n".join([HEAD, OLDER.format("Gray"), NOTHING.splitlines()[1] + ",,,,,,,,,"]))
    assert "Gray" not in plainly(open_page(PAGE))


def test_a_desk_that_has_left_is_said_with_who_could_do_it_instead(history, app, open_page):
    won = "2026-09-01 09:00,Desk 09,contract,client,,Example Labs,Nurse,,,,,\n"
    made = "2026-10-06 08:00,Desk 09,handoff,client,,Example Works,,,,Care Desk,,\n"
    both = "2026-08-01 09:00,Desk 09,contract,client,,Example Works,Welder,,,,,\n"
    store(LOG + won + both + made)
    roster = "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,\nDesk 09,South,,2026-10-31\n"
    stored.store({"teams.csv": roster})
    at = open_page(PAGE)
    said = "**Desk 09 has left** (31 Oct 2026). Desk 02 made the start and could hand over."
    [drew] = [one.value for one in at.markdown if one.value.startswith("**Drew Sample**")]
    assert f"Desk 09 hands over. {said}" in drew
    assert drew.count("has left") == 1
    found = handoffs_data.due()
    rows = handoffs.listed(found[(found["route"] == "account_to_care") & (found["who"] == "Drew Sample")])
    assert lines(rows, "Owed by", "Left", "Could hand over") == [["Desk 09", pd.Timestamp("2026-10-31"), "Desk 02"]]


def test_nobody_is_named_instead_where_the_desk_of_the_start_has_left_itself(history, open_page):
    store(LOG)
    stored.store({"teams.csv": "desk,team,from,to\nDesk 01,North,,\nDesk 02,South,,2026-11-20\n"})
    at = open_page(PAGE)
    [drew] = [one.value for one in at.markdown if one.value.startswith("**Drew Sample**")]
    assert "Desk 02 hands over. **Desk 02 has left** (20 Nov 2026).]" in drew
    assert "could hand over" not in drew
    assert "Could hand over" not in handoffs.listed(handoffs_data.due())


def test_each_route_has_its_share_or_says_what_an_export_needs(firm, app, open_page):
    app.query_params["show"] = "In time"
    at = open_page(PAGE)
    assert not at.exception
    assert metrics(at) == {
        "Recruiting to care": "1 of 4",
        "Account manager to care": "–",
        "Support has the ticket": "3 of 3",
        "Support back to care": "–",
    }
    said = plainly(at)
    assert "Likely 8 to 57 %." in said
    assert "Nothing was called for. An export needs contracts of the account manager who won the order" in said
    assert "Nothing was called for. An export needs hand-offs to support, and hand-offs back to care." in said
    assert "Counted: each ticket, at the desk where it came in: support had it by the day it was due," in said
    assert "In time is within 5 business days (rule “Hand-off to care”)" in said


def test_all_four_routes_are_told_where_they_are_on_record(history, app, open_page):
    store(LOG + MORE)
    app.query_params["show"] = "In time"
    at = open_page(PAGE)
    assert metrics(at) == {
        "Recruiting to care": "2 of 4",
        "Account manager to care": "1 of 2",
        "Support has the ticket": "3 of 3",
        "Support back to care": "1 of 1",
    }
    at.segmented_control(key="route").set_value("account_to_care").run()
    assert lines(table(at, "account_to_care"), "Desk", "In time, of all", "In time", "Missing") == [
        ["All of them", "1 of 2", 1, 1],
        ["Desk 01", "1 of 2", 1, 1],
    ]


def test_a_number_opens_its_hand_offs(firm, app, open_page):
    app.query_params["show"] = "In time"
    at = open_page(PAGE)
    assert lines(table(at, "to_care"), "Desk", "In time, of all", "In time", "Late", "Missing") == [
        ["All of them", "1 of 4", 1, 1, 2],
        ["Desk 01", "1 of 2", 1, 1, 0],
        ["Desk 02", "0 of 2", 0, 0, 2],
    ]
    at = choose(at, "to_care", 2, "Missing")
    assert lines(at.dataframe[1].value, "Who", "Result", "Owed by", "Made by") == [
        ["Drew Sample", "Missing", "Desk 02", None],
        ["Eden Sample", "Missing", "Desk 02", None],
    ]
    at = choose(at, "to_care", 0, "In time, of all")
    assert len(at.dataframe[1].value) == 4


def test_every_hand_off_on_record_opens_too(firm, app, open_page):
    app.query_params["show"] = "In time"
    at = open_page(PAGE)
    assert "Every hand-off on record in the last 26 weeks" in plainly(at)
    assert lines(table(at, "moves"), "From", "To", "Hand-offs") == [["Role not on record", "Care", 2]]
    at = choose(at, "moves", 0, "Hand-offs")
    assert lines(at.dataframe[-1].value, "Who", "From", "To") == [
        ["Blake Sample", "Desk 01", "Care Desk"],
        ["Avery Sample", "Desk 01", "Care Desk"],
    ]


NO_HANDOFFS = "\n".join(line for line in LOG.splitlines() if ",handoff," not in line) + "\n"


@pytest.mark.parametrize("shown", ["Missing now", "In time"])
def test_where_no_hand_off_is_on_record_there_is_no_verdict_and_it_says_what_an_export_needs(
    history, app, open_page, shown
):
    store(NO_HANDOFFS)
    app.query_params["show"] = shown
    at = open_page(PAGE)
    assert [one.value for one in at.info] == [handoffs.NOT_RECORDED]
    assert "Hand-offs are not recorded: no file holds any" in plainly(at)
    assert "An export needs rows of the activity handoff: who handed over is the desk" in plainly(at)
    assert not at.success
    assert not at.metric
    assert cards(at) == []


def test_of_a_route_that_is_not_recorded_nothing_is_called_missing(history, app, open_page):
    """T4 of Drew is with support at once, the start of nobody is handed to care."""
    back = "2026-11-05 10:00,Support Desk,handoff,candidate,Avery Sample,Example Works,Welder,,T1,Care Desk,,\n"
    store(NO_HANDOFFS + back)
    at = open_page(PAGE)
    assert [one.value for one in at.success] == ["No hand-off that is recorded is missing now."]
    said = "Not recorded: Recruiting to care (an export needs starts that name the contractor"
    assert said in plainly(at)
    assert "Support has the ticket (an export" not in plainly(at)
    app.query_params["show"] = "In time"
    at = app.run()
    assert "Not recorded, though 4 were called for. An export needs starts that name the contractor" in plainly(at)
    assert metrics(at)["Recruiting to care"] == "–"


def test_where_nothing_that_was_called_for_is_recorded_there_is_no_tick(history, open_page):
    client = "2026-11-05 10:00,Desk 01,handoff,client,,Example Works,Welder,,,Care Desk,,\n"
    store("\n".join(line for line in NO_HANDOFFS.splitlines() if ",ticket_" not in line) + "\n" + client)
    at = open_page(PAGE)
    assert not at.success
    assert cards(at) == []
    [said] = [one.value for one in at.info]
    assert said.startswith("Nobody can tell what is missing. Not recorded: Recruiting to care (an export needs starts")


def test_an_assignment_that_is_over_is_missing_no_more_on_any_route(history, open_page):
    """Gray's order was won by Desk 01 and Gray, with support since 2 Nov, is due back: he left on 16 Nov."""
    rows = [
        "2026-09-01 09:00,Desk 01,contract,client,,Example Labs,Fitter,,,,,",
        "2026-10-05 08:00,Desk 02,start,,Gray Sample,Example Labs,Fitter,,,,,",
        "2026-10-06 08:00,Desk 02,handoff,candidate,Gray Sample,Example Labs,Fitter,,,Care Desk,,",
        "2026-11-02 09:00,Care Desk,ticket_opened,candidate,Gray Sample,Example Labs,Fitter,adoption,T8,Care Desk,,",
        "2026-11-02 10:00,Care Desk,handoff,candidate,Gray Sample,Example Labs,Fitter,,T8,Support Desk,,",
        "2026-11-03 09:00,Care Desk,ticket_resolved,candidate,Gray Sample,Example Labs,Fitter,,T8,Support Desk,,",
        # So that both routes are recorded.
        MORE.splitlines()[2],
        MORE.splitlines()[3],
        "2026-10-08 08:00,Desk 01,handoff,client,,Example Labs,Nurse,,,Care Desk,,",
        "2026-09-01 09:00,Desk 01,contract,client,,Example Labs,Nurse,,,,,",
    ]
    ended = "2026-11-16 17:00,Desk 02,end,,Gray Sample,Example Labs,Fitter,completed,,,,"
    store(LOG + "\n".join(rows) + "\n")
    found = handoffs_data.missing(handoffs_data.due())
    gray = found[found["who"] == "Gray Sample"]
    assert lines(gray, "route", "over") == [["account_to_care", False], ["back_to_care", False]]
    assert "3 hand-offs are missing now" in plainly(open_page(PAGE))
    store(f"{HEAD}\n{ended}\n")
    at = open_page(PAGE)
    assert cards(at) == ["Drew Sample"]
    assert "1 hand-off is missing now" in plainly(at)
    assert "3 more were never made before the assignment ended or the ticket was resolved." in plainly(at)


def test_what_is_called_off_has_a_column_of_its_own(history, app, open_page):
    answered = [
        "2026-11-02 09:00,Desk 02,ticket_opened,candidate,Drew Sample,Example Labs,Nurse,adoption,T8,Care Desk,,",
        "2026-11-02 10:16,Desk 02,ticket_resolved,candidate,Drew Sample,Example Labs,Nurse,,T8,Care Desk,,",
    ]
    store(LOG + "\n".join(answered) + "\n")
    app.query_params["show"] = "In time"
    at = open_page(PAGE)
    assert metrics(at)["Support has the ticket"] == "3 of 3"
    at.segmented_control(key="route").set_value("to_support").run()
    rows = lines(table(at, "to_support"), "Desk", "In time, of all", "Called off")
    assert rows == [["All of them", "3 of 3", 1], ["Desk 01", "3 of 3", 0], ["Desk 02", "nothing yet", 1]]


def test_a_desk_that_never_hands_over_is_measured_by_what_others_record(firm, app, open_page):
    app.query_params["show"] = "In time"
    at = open_page(PAGE)
    at.selectbox(key="team").set_value("South").run()
    assert metrics(at)["Recruiting to care"] == "0 of 2"
    assert "Likely 0 to 45 %." in plainly(at)


def test_the_list_has_pages(history, open_page):
    line = "2026-{0} 08:00,Desk 01,start,,Person {1},Example Works,Welder,,,,,"
    days = [f"10-{day:02d}" for day in range(1, 13)]
    done = "2026-10-02 09:00,Desk 01,handoff,candidate,Person 1001,Example Works,Welder,,,Care Desk,,"
    store("\n".join([HEAD, *(line.format(day, day.replace("-", "")) for day in days), done]))
    at = open_page(PAGE)
    assert cards(at) == [f"Person 10{day:02d}" for day in range(12, 2, -1)]
    at.pagination[0].set_value(2).run()
    assert cards(at) == ["Person 1002"]
    at.selectbox(key="team").set_value("North").run()
    assert cards(at)[0] == "Person 1012"


def test_with_the_rule_changed_the_time_is_another(firm):
    firm.save_setting(KEY, [RuleChange("handoff_to_care", date(2026, 1, 1), number=20).stored()])
    assert "within 20 business days" in handoffs.definition()
    found = handoffs_data.due()
    starts = found[found["route"] == "to_care"]
    assert dict(zip(starts["who"], starts["status"], strict=True)) == {
        "Avery Sample": "kept",
        "Blake Sample": "kept",
        "Eden Sample": "overdue",
        "Drew Sample": "open",
    }


def test_nobody_who_wants_to_be_left_alone_is_named(history, app, open_page):
    store(LOG + ALONE.replace("Avery", "Drew"))
    assert "Drew" not in plainly(open_page(PAGE))
    app.query_params["show"] = "In time"
    at = choose(app.run(), "to_care", 0, "Late")
    assert "Drew" not in plainly(at) + "".join(str(one.value.to_numpy().tolist()) for one in at.dataframe)


def test_a_history_without_contractors_says_which_rows_are_needed(history, open_page):
    store(NOTHING)
    said = plainly(open_page(PAGE))
    assert "No start, ticket or hand-off is on record. An export needs rows of the activity start" in said


def test_names_are_never_markup(history, app, open_page):
    store(LOG.replace("Drew Sample", "![x](http://127.0.0.1/x.png) $a$").replace("Desk 02", "*Desk 02*"))
    for shown in ("Missing now", "In time"):
        app.query_params["show"] = shown
        at = open_page(PAGE)
        assert not at.exception
        assert not [one.value for one in at.markdown if "![x]" in one.value or "*Desk" in one.value.replace("\\*", "")]
