from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from owed_firm import LOG, store_firm
from screens import said

from quality.call_sheet import PARTS
from quality.obligations import obligations
from ui import owed_counts, owed_data

PAGE = "follow_up/owed"
HEAD = LOG.splitlines()[0]


@pytest.fixture
def firm(history, monkeypatch):
    """The firm at nine in the morning: the interview of 15:00 is ahead."""
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T09:00")
    store_firm()
    return history


def cards(at):
    """The people on the page, in order: the first words of each card."""
    return [one.value.split("** ")[0].strip("*") for one in at.markdown if "-badge[" in one.value]


def heading(at):
    """What the list is, without the signs that keep names from being markup."""
    return at.subheader[0].value.replace("\\", "")


def card(at, name):
    return next(one.value for one in at.markdown if one.value.startswith(f"**{name}**"))


def test_the_people_of_today_stand_in_order_of_urgency(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert cards(at) == ["Drew Sample", "Example Bakery", "Casey Sample", "Avery Sample"]
    assert heading(at) == "4 people wait for a word today, 2 of them late"
    assert "Besides, 1 comes up within 7 days and 2 have waited for more than 30 days." in said(at)
    assert PARTS[0].order in said(at)


@pytest.mark.parametrize(
    ("part", "head", "besides"),
    [
        ("Coming up", "1 person comes up within 7 days", "4 wait for a word today and 2 have waited for more than 30"),
        ("Long overdue", "2 people have waited for more than 30 days", "4 wait for a word today and 1 comes up within"),
    ],
)
def test_the_heading_is_about_the_part_that_is_shown(firm, open_page, part, head, besides):
    at = open_page(PAGE)
    at.segmented_control(key="part").set_value(part).run()
    assert heading(at) == head
    assert besides in said(at)


def test_the_heading_says_the_reason_whose_list_it_is_and_the_name(firm, open_page):
    at = open_page(PAGE)
    at.selectbox(key="rule").set_value("Close the loop").run()
    at.multiselect(key="desk").set_value(["Desk 01"]).run()
    at.text_input(key="find").set_value("sam").run()
    assert heading(at) == (
        "1 person waits for a word today by reason “Close the loop”, 1 of them late (Desk 01; “sam” in the name)"
    )
    assert "Whoever is rejected is told why within 3 business days." in said(at)
    assert "its sentence stands below" in at.selectbox(key="rule").help


def test_a_person_is_found_by_a_part_of_the_name(firm, open_page):
    at = open_page(PAGE)
    at.text_input(key="find").set_value(" AVERY s").run()
    assert cards(at) == ["Avery Sample"]
    at.text_input(key="find").set_value("a.*y").run()
    assert cards(at) == []
    assert [one.value for one in at.info] == ["No name on this list holds “a\\.\\*y”."]
    at.text_input(key="find").set_value("").run()
    assert len(cards(at)) == 4


def test_what_had_to_be_done_before_a_moment_leaves_the_list_with_it(firm, open_page, monkeypatch):
    assert "Drew Sample" in cards(open_page(PAGE))
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T14:59")
    assert "Drew Sample" in cards(open_page(PAGE))
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T15:00")
    at = open_page(PAGE)
    assert cards(at) == ["Casey Sample", "Avery Sample"]
    assert "Prep candidate" not in at.selectbox(key="rule").options
    assert owed_counts.counts(None)["today"] == 2
    assert owed_counts.busiest() == {"Desk 01": 2}


def test_an_interview_without_a_time_is_prepared_all_day(history, open_page, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T17:30")
    store_firm(f"{HEAD}\n2026-11-23,Desk 02,send_out,candidate,Drew Sample,Example Bakery,Planner,,,,\n")
    at = open_page(PAGE)
    assert cards(at) == ["Drew Sample", "Example Bakery"]
    assert ":blue-badge[due today]" in card(at, "Drew Sample")


def test_a_second_badge_says_what_is_later_than_the_most_urgent(history, open_page, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_TODAY", "2026-11-23T09:00")
    rows = (
        "2026-11-23 15:00,Desk 02,send_out,candidate,Drew Sample,Example Bakery,Planner,,,,",
        "2026-11-02 09:00,Desk 02,rejected,candidate,Drew Sample,Example Mill,Miller,not_qualified,,,",
    )
    store_firm("\n".join([HEAD, *rows]))
    told = card(open_page(PAGE), "Drew Sample")
    assert ":blue-badge[today at 15\\:00] :orange-badge[also 18 days late]" in told


def test_missed_fridays_are_counted_on_the_card_of_who_is_owed_the_next(history, open_page):
    store_firm(f"{HEAD}\n2026-10-28 09:00,Desk 02,contract,client,,Example Bakery,Planner,,,,\n")
    assert "**Missed:** no news on 4 Fridays since 30 Oct 2026" in card(open_page(PAGE), "Example Bakery")
    assert owed_data.missed_fridays(("Desk 01",)) == {}


def test_a_card_says_why_how_late_what_was_said_and_what_they_care_about(firm, open_page):
    told = card(open_page(PAGE), "Avery Sample")
    assert ":orange-badge[4 days late]" in told
    assert "candidate · Welder, Example Hospital" in told
    assert "Rejected on Mon 16 Nov 2026\\: feedback with a reason\\." in told
    assert "Also: the next contact, by Wednesday" in told
    assert "**Said last:** “Good fit for days” (Interview, 17 Nov 2026, Desk 02)" in told
    assert "in contact on 18 Nov 2026, nothing noted" in told
    assert "**Cares about:** What matters in the next move: Days" in told


def test_something_due_at_a_moment_of_today_says_when(firm, open_page):
    assert "badge[today at 15\\:00]" in card(open_page(PAGE), "Drew Sample")


def test_a_person_of_two_desks_stands_once_and_opens_both(firm, open_page):
    at = open_page(PAGE)
    assert cards(at).count("Avery Sample") == 1
    assert "Desk 01" in [link.label for link in at.get("page_link")]
    assert "Desk 02" in [link.label for link in at.get("page_link")]


def test_the_parts_of_the_list(firm, open_page):
    at = open_page(PAGE)
    at.segmented_control(key="part").set_value("Coming up").run()
    assert cards(at) == ["Ellis Sample"]
    assert "by Wednesday" in card(at, "Ellis Sample")
    at.segmented_control(key="part").set_value("Long overdue").run()
    assert cards(at)[1] == "Blake Sample"
    assert "37 weeks late" in card(at, "Blake Sample")


def test_a_name_out_of_a_file_is_text(firm, open_page):
    at = open_page(PAGE)
    at.segmented_control(key="part").set_value("Long overdue").run()
    shown = cards(at)[0]
    assert "![x]" not in shown
    assert "<b>" not in shown
    assert ":red[" not in shown
    assert "Ray" in shown


def test_a_reason_cuts_the_list_down(firm, open_page):
    at = open_page(PAGE)
    assert at.selectbox(key="rule").options[0] == "Every reason"
    at.selectbox(key="rule").set_value("Close the loop").run()
    assert cards(at) == ["Avery Sample"]
    assert "Also:" not in card(at, "Avery Sample")


def test_a_desk_sees_its_own_list(firm, open_page):
    at = open_page(PAGE)
    at.multiselect(key="desk").set_value(["Desk 01"]).run()
    assert cards(at) == ["Casey Sample", "Avery Sample"]
    assert heading(at) == "2 people wait for a word today, 2 of them late (Desk 01)"


def test_a_team_sees_the_list_of_its_desks(firm, open_page):
    at = open_page(PAGE)
    at.selectbox(key="team").set_value("South").run()
    assert cards(at) == ["Drew Sample", "Example Bakery"]
    assert at.multiselect(key="desk").options == ["Desk 02"]


def test_a_link_opens_exactly_this_list(firm, app):
    for name, value in {"desk": "Desk 02", "part": "Long overdue", "rule": "Acknowledge résumé"}.items():
        app.query_params[name] = value
    at = app.switch_page(f"../pages/{PAGE}.py").run()
    assert len(cards(at)) == 2


def test_an_empty_part_says_so(firm, open_page):
    at = open_page(PAGE)
    at.multiselect(key="desk").set_value(["Desk 01"]).run()
    at.segmented_control(key="part").set_value("Long overdue").run()
    assert [one.value for one in at.success] == ["Nothing is more than 30 days late."]


def test_what_is_on_record_of_a_person_opens(firm, open_page):
    at = open_page(PAGE)
    next(one for one in at.button if one.label == "Rows").click().run()
    assert not at.exception
    assert "Send-out" in at.dataframe[-1].value.to_string()


def test_how_to_reach_somebody_is_told_where_the_firm_keeps_it(firm, open_page):
    points = [
        ("Avery Sample", "candidate", "phone", "555 0100", "test"),
        ("Avery Sample", None, "email", "avery@example.com", "test"),
        ("Avery Sample", "client", "phone", "555 0199", "test"),
    ]
    firm.save_contacts(pd.DataFrame(points, columns=["person", "party", "kind", "value", "source"]))
    told = card(open_page(PAGE), "Avery Sample")
    assert "555 0100" in told
    assert "example\\.com" in told
    assert "555 0199" not in told


def test_many_people_are_shown_a_page_at_a_time(history, open_page):
    rows = [f"2026-11-16 09:{n:02d},Desk 01,resume_received,candidate,Person {n:03d},,,,,," for n in range(60)]
    store_firm("\n".join([HEAD, *rows]))
    at = open_page(PAGE)
    assert len(cards(at)) == 25
    assert cards(at)[0] == "Person 000"
    at.pagination[0].set_value(3).run()
    assert len(cards(at)) == 10
    assert cards(at)[-1] == "Person 059"


def test_an_empty_firm_has_no_list(history, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert cards(at) == []


def test_the_rules_in_force_decide_what_is_owed(firm, open_page):
    off = {"rule": "close_loop", "from": "2026-01-01", "on": False, "number": None, "activities": None}
    firm.save_setting("follow_up_rules", [off | {"saved_at": "2026-01-01", "undone_at": ""}])
    assert cards(open_page(PAGE)) == ["Drew Sample", "Example Bakery", "Casey Sample", "Avery Sample"][:3]


def test_ten_thousand_obligations_of_one_desk_are_one_page(filled, afresh, open_page, monkeypatch):
    found = obligations(filled.log(), as_of=date(2026, 11, 23)).iloc[:0]
    monkeypatch.setattr(owed_data, "obligations", lambda *_, **__: ten_thousand(found))
    at = open_page(PAGE)
    assert not at.exception
    assert len(cards(at)) == 25
    assert "10,000 people wait for a word today" in said(at)
    assert len(at.menu_button) == 25
    at.pagination[0].set_value(400).run()
    assert cards(at)[-1] == "Person 9999"


def ten_thousand(empty):
    due = pd.Timestamp("2026-11-20 23:59:59")
    rows = pd.DataFrame(
        {
            "rule": "close_loop",
            "desk": "Desk 01",
            "party": "candidate",
            "who": [f"Person {number}" for number in range(10_000)],
            "triggered_at": due - timedelta(days=3),
            "due_at": due,
            "status": "overdue",
            "why": "Rejected on Tue 17 Nov 2026: feedback with a reason was due by Fri 20 Nov 2026.",
            "trigger_id": [f"t{number}" for number in range(10_000)],
        }
    )
    return rows.reindex(columns=empty.columns).astype(empty.dtypes.to_dict())


def test_rules_of_whose_keeping_no_file_holds_a_row_are_named(firm, open_page):
    at = open_page(PAGE)
    every = "Prep candidate” (1), “Debrief candidate” (1), “Prep client” (1), “Debrief client” (1), “Close the loop"
    assert f"so they stay on the list: “{every}” (1). Load the rows that do" in said(at)
    rows = (f"2026-11-01 09:00,Desk 01,{name},candidate,Gray Sample,,,,,," for name in ("prep", "debrief"))
    store_firm("\n".join([HEAD, *rows]))
    assert "so they stay on the list: “Close the loop” (1). Load the rows that do" in said(at.run())
