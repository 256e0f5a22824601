from __future__ import annotations

import pytest
from contractor_log import ALONE, LOG, NOTHING, choose, lines, table
from follow_up_log import cards, plainly, store

from quality.obligation_rules import BY_NAME
from quality.rule_changes import KEY, RuleChange
from quality.support_counts import NOBODY
from ui import opened, support, support_asked, support_counts, support_data
from ui.owed_answers import NAME

PAGE = "contractors/support"
HOSTILE = "![x](http://127.0.0.1/x.png) =1+1 $a$"


@pytest.fixture
def firm(history):
    store(LOG)
    return history


def card(at, name: str) -> str:
    return next(one.value for one in at.markdown if one.value.startswith(f"**{name}**")).replace("\\", "")


def test_the_tickets_that_wait_stand_with_what_is_overdue_first(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "2 tickets wait, 1 overdue" in plainly(at)
    assert "Of the last 52 weeks 1 of 3 were resolved in time, likely" in plainly(at)
    assert "Left out: 1 not due yet." in plainly(at)
    assert "It is due 2 business days after it came in (rule “Ticket answered”)." in plainly(at)
    assert cards(at) == ["Avery Sample", "Drew Sample"]
    avery = card(at, "Avery Sample")
    assert ":orange-badge[:material/schedule: 5 days late] Payslip · Example Works · Desk 01" in avery
    assert "**Ticket:** T2, experience, came in on 16 Nov 2026" in avery
    assert "**Has it:** Support Desk" in avery
    assert "**Care:** Care Desk" in avery
    assert "**Said last:** “Wants earlier shifts” (Touch, 17 Nov 2026, Desk 01)" in avery
    drew = card(at, "Drew Sample")
    assert ":blue-badge[due tomorrow] Hours" in drew
    assert "**Has it:** nobody on record" in drew
    assert "**Care:** not handed to care on record" in drew


def test_whose_assignment_is_over_stands_apart_at_the_end(history, open_page):
    store(LOG + "2026-11-18 09:00,Desk 02,ticket_opened,candidate,Eden Sample,Example Labs,,experience,T8,,Payslip,\n")
    at = open_page(PAGE)
    assert not at.exception
    assert cards(at) == ["Avery Sample", "Drew Sample", "Eden Sample"]
    assert "1 ticket of people whose assignment is over" in [one.value for one in at.subheader]
    said = plainly(at)
    assert (
        "Overdue the longest at the top, then those in time. People whose assignment is over stand apart at the end."
        in said
    )
    assert "Experience: what makes the contractor's life easier or harder. Adoption: how contractor and" in said


def test_a_ticket_says_who_handed_it_on_since_it_came_in(history, open_page):
    line = "2026-11-{} 09:00,{},handoff,candidate,Avery Sample,Example Works,Welder,,{},{},,\n"
    store(LOG + line.format(18, "Care Desk", "T2", "Support Desk") + line.format(19, "Care Desk", "T1", "Other Desk"))
    assert "**Has it:** Support Desk, from Care Desk on 18 Nov 2026" in card(open_page(PAGE), "Avery Sample")


def test_whoever_it_was_handed_to_last_has_the_ticket(history, open_page):
    back = "2026-11-19 09:00,Support Desk,handoff,candidate,Avery Sample,Example Works,Welder,,T2,Care Desk,,\n"
    store(LOG + back + "2026-11-19 09:00,Desk 01,ticket_opened,candidate,Blake Sample,,,,T5,Support Desk,Badge,\n")
    at = open_page(PAGE)
    assert "**Has it:** Care Desk, from Support Desk on 19 Nov 2026" in card(at, "Avery Sample")
    assert at.selectbox(key="ticket_owner").options == [
        support_asked.EVERY,
        "Care Desk",
        "Support Desk",
        NOBODY,
    ]


def test_the_list_can_be_cut_down_to_a_kind_an_owner_and_a_team(firm, open_page):
    # Another ticket, so that there are two owners.
    store(LOG + "2026-11-19 09:00,Desk 01,ticket_opened,candidate,Blake Sample,,,adoption,T5,Other Desk,Badge,\n")
    at = open_page(PAGE)
    assert at.selectbox(key="ticket_kind").options == ["All of them", "Experience", "Adoption"]
    at.selectbox(key="ticket_kind").set_value("adoption").run()
    assert cards(at) == ["Blake Sample", "Drew Sample"]
    assert "2 tickets wait, 0 overdue" in plainly(at)
    at.selectbox(key="ticket_kind").set_value(support_asked.EVERY).run()
    at.selectbox(key="ticket_owner").set_value("Other Desk").run()
    assert cards(at) == ["Blake Sample"]
    assert "1 ticket waits, 0 overdue" in plainly(at)
    at.selectbox(key="ticket_owner").set_value(support_asked.EVERY).run()
    at.selectbox(key="team").set_value("South").run()
    assert cards(at) == ["Drew Sample"]
    assert "1 ticket waits, 0 overdue" in plainly(at)


def test_a_ticket_is_answered_and_waits_no_longer(firm, app, open_page):
    app.session_state[NAME] = "Kit Sample"
    at = open_page(PAGE)
    menu = next(one for one in at.get("menu_button") if one.key.endswith("Avery Sample"))
    menu.set_value("elsewhere").run()
    assert not at.exception
    assert firm.answers()[["rule", "who", "answer"]].to_numpy().tolist() == [
        ["ticket_answered", "Avery Sample", "elsewhere"]
    ]
    assert cards(at) == ["Drew Sample"]


def test_everything_about_a_person_is_one_link_away(firm, open_page):
    links = [one.proto.label.replace("\\", "") for one in open_page(PAGE).get("page_link")]
    assert links[:2] == ["Everything on record"] * 2


def test_many_tickets_have_pages(history, open_page):
    head = LOG.splitlines()[0]
    line = "2026-11-{0:02d} 09:00,Desk 01,ticket_opened,candidate,Person {0:02d},,,,T{0},,,"
    store("\n".join([head, *(line.format(day) for day in range(1, 19))]))
    at = open_page(PAGE)
    assert cards(at) == [f"Person {day:02d}" for day in range(1, 16)]
    at.pagination[0].set_value(2).run()
    assert cards(at) == ["Person 16", "Person 17", "Person 18"]


def test_the_ticket_that_came_in_last_can_stand_first(firm, open_page):
    at = open_page(PAGE)
    at.segmented_control(key="tickets_top").set_value("Came in last").run()
    assert cards(at) == ["Drew Sample", "Avery Sample"]
    assert "The ticket that came in last at the top. People whose assignment is over" in plainly(at)


def test_the_numbers_by_kind_and_topic_open_their_tickets(firm, app, open_page):
    app.query_params["show"] = "Numbers"
    at = open_page(PAGE)
    assert not at.exception
    shown = ("Overdue", "Waiting", "Tickets", "Resolved", "Half within", "9 of 10 within")
    assert [*table(at, "kinds")] == ["Kind", *shown]
    assert lines(table(at, "kinds"), "Kind", *shown) == [
        ["Experience", 1, 1, 3, 2, "3.0 days, 0.4 or more", "not yet: 67 % are"],
        ["Adoption", 0, 1, 1, 0, "not yet: 0 % are", "not yet: 0 % are"],
    ]
    people = ("Clients", "Contractors")
    assert [*table(at, "topics")] == ["Topic", *shown[:3], *shown[-2:], *people]
    assert lines(table(at, "topics"), "Topic", "Tickets", *people) == [
        ["Payslip", 2, 1, 1],
        ["Badge", 1, 1, 1],
        ["Hours", 1, 1, 1],
    ]
    at = choose(at, "kinds", 0, "Resolved")
    assert lines(at.dataframe[1].value, "Who", "Ticket", "Open for") == [
        ["Blake Sample", "T3", "3.0 days"],
        ["Avery Sample", "T1", "10 hours"],
    ]
    assert "Experience, resolved: 2 rows" in plainly(at).replace("**", "")
    at = choose(at, "topics", 0, "Tickets")
    assert any(lines(one.value, "Ticket") == [["T2"], ["T1"]] for one in at.dataframe if "Ticket" in one.value)


def test_the_numbers_by_who_has_a_ticket_now_open_their_tickets(history, app, open_page):
    store(LOG + "2026-11-19 09:00,Support Desk,handoff,candidate,Avery Sample,Example Works,Welder,,T2,Care Desk,,\n")
    app.query_params["show"] = "Numbers"
    at = open_page(PAGE)
    assert lines(table(at, "owners"), "Who has it", "Overdue", "Waiting", "Tickets") == [
        ["(nobody on record)", 0, 1, 1],
        ["Care Desk", 1, 1, 1],
        ["Support Desk", 0, 0, 2],
    ]
    at = choose(at, "owners", 1, "Overdue")
    assert "Care Desk, overdue: 1 row" in plainly(at).replace("**", "")


def test_what_is_resolved_counts_for_whoever_resolved_it_though_it_was_handed_back_afterwards(history, app, open_page):
    store(LOG + "2026-11-09 09:00,Support Desk,handoff,candidate,Avery Sample,Example Works,Welder,,T1,Care Desk,,\n")
    app.query_params["show"] = "Numbers"
    at = open_page(PAGE)
    # T1 in 10 hours and T3 in 72, while T2 has waited for more than 7 days: half of the three within 3 days.
    assert lines(table(at, "owners"), "Who has it", "Waiting", "Resolved", "Half within") == [
        ["Support Desk", 1, 2, "3.0 days, 0.4 or more"],
        [NOBODY, 1, 0, "not yet: 0 % are"],
    ]
    assert "counts, with its time, for whoever had it when it was resolved" in plainly(at)
    at = choose(at, "owners", 0, "Resolved")
    assert any(lines(one.value, "With") == [["Support Desk"]] * 2 for one in at.dataframe if "With" in one.value)


def test_topics_that_come_back_and_contractors_with_several_open_their_tickets(firm, app, open_page):
    app.query_params["show"] = "Numbers"
    at = open_page(PAGE)
    assert lines(table(at, "clients"), "Client", "Topic", "Tickets", "Contractors") == [
        ["Example Works", "Payslip", 2, 1]
    ]
    assert lines(table(at, "who"), "Contractor", "Tickets", "Topics") == [["Avery Sample", 2, "Payslip"]]
    at = choose(at, "clients", 0, "Overdue")
    assert "Example Works, Payslip, overdue: 1 row" in plainly(at).replace("**", "")
    at = choose(at, "who", 0, "Contractor")
    assert "Avery Sample: 2 rows" in plainly(at).replace("**", "")


def test_a_client_in_capitals_is_the_same_client(history, app, open_page):
    store(
        LOG.replace(
            "Avery Sample,Example Works,Welder,experience,T1", "Avery Sample,EXAMPLE works,Welder,experience,T1"
        )
    )
    app.query_params["show"] = "Numbers"
    assert lines(table(open_page(PAGE), "clients"), "Client", "Topic", "Tickets") == [["Example Works", "Payslip", 2]]


def test_the_period_counts_the_tickets_that_came_in_within_it_and_no_older_one_that_waits(history, app, open_page):
    old = "2025-{2}-05 09:00,Desk 01,ticket_{1},candidate,Gray Sample,,,adoption,{0},,,\n"
    half = "2026-05-05 09:00,Desk 01,ticket_opened,candidate,Gray Sample,,,adoption,T8,,Badge,\n"
    store(LOG + old.format("T6", "opened", "02") + old.format("T6", "resolved", "03") + half)
    store(LOG.splitlines()[0] + "\n" + old.format("T7", "opened", "01"))
    app.query_params["show"] = "Numbers"
    at = open_page(PAGE)
    numbers = ("Tickets", "Waiting", "Overdue", "Resolved")
    assert lines(table(at, "kinds"), "Kind", *numbers) == [["Experience", 3, 1, 1, 2], ["Adoption", 2, 2, 1, 0]]
    assert table(at, "topics")["Tickets"].sum() == 5
    assert "1 older ticket still waits: in “Waiting”, in no number here." in plainly(at)
    at.segmented_control(key="came_in").set_value("Last 13 weeks").run()
    assert lines(table(at, "kinds"), "Kind", *numbers) == [["Experience", 3, 1, 1, 2], ["Adoption", 1, 1, 0, 0]]
    assert table(at, "topics")["Tickets"].sum() == 4
    assert "2 older tickets still wait: in “Waiting”, in no number here." in plainly(at)
    at.segmented_control(key="came_in").set_value("Everything").run()
    assert lines(table(at, "kinds"), "Kind", *numbers) == [["Experience", 3, 1, 1, 2], ["Adoption", 4, 3, 2, 1]]
    assert "older ticket" not in plainly(at)


def test_what_the_rows_leave_unclear_is_asked(firm, open_page):
    at = open_page(PAGE)
    [asked] = [one for one in at.expander if one.label.startswith("Questions")]
    assert asked.label == "Questions about 1 row"
    assert lines(asked.dataframe[0].value, "Question", "Who") == [
        ["Ticket T9 is resolved, and nothing says that it was opened: it is in no number.", "Drew Sample"]
    ]


def test_nobody_who_wants_to_be_left_alone_is_named(history, app, open_page):
    store(LOG + ALONE)
    at = open_page(PAGE)
    assert cards(at) == ["Do not contact", "Drew Sample"]
    assert [one.key.rpartition("-")[2] for one in at.get("menu_button")] == ["Drew Sample"]
    app.query_params["show"] = "Numbers"
    at = app.run()
    assert table(at, "kinds")["Tickets"].tolist() == [3, 1]
    assert "No contractor had two." in plainly(at)
    assert "2 tickets of people who want to be left alone: not listed by name." in plainly(at)
    at = choose(at, "kinds", 0, "Tickets")
    assert "Avery" not in plainly(at) + "".join(str(one.value.to_numpy().tolist()) for one in at.dataframe)


def test_where_nothing_waits_that_is_said(history, open_page):
    store("\n".join(line for line in LOG.splitlines() if ",T2," not in line and ",T4," not in line))
    at = open_page(PAGE)
    assert "No ticket waits." in plainly(at)
    assert cards(at) == []


def test_a_history_without_tickets_says_which_rows_are_needed(history, open_page):
    store(NOTHING)
    said = plainly(open_page(PAGE))
    assert "No ticket is on record. An export of support cases needs rows of the activity ticket_opened" in said


def test_the_rule_is_told_as_it_is_today(firm, open_page):
    store(LOG)
    firm.save_setting(KEY, [RuleChange(BY_NAME["ticket_answered"].name, support.clock.today(), number=1).stored()])
    assert "It is due 1 business day after it came in" in plainly(open_page(PAGE))
    firm.save_setting(KEY, [RuleChange("ticket_answered", support.clock.today(), on=False).stored()])
    assert support.definition().endswith("The rule that says when is switched off (rule “Ticket answered”).")


def test_names_and_notes_are_never_markup(history, app, open_page):
    store(LOG.replace("Avery Sample", HOSTILE).replace("payslip", HOSTILE).replace("Wants earlier shifts", HOSTILE))
    for shown in ("Waiting", "Numbers", "All tickets"):
        app.query_params["show"] = shown
        at = open_page(PAGE)
        assert not at.exception
        assert not [one.value for one in at.markdown if "![x]" in one.value or "$a$" in one.value]


def test_everything_can_be_taken_away(firm):
    taken = support.listed(support_data.tickets().rows)
    assert lines(taken, "Who", "Ticket", "State", "Topic", "Care")[0] == [
        "Avery Sample",
        "T1",
        "Resolved",
        "Payslip",
        "Care Desk",
    ]


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.4, "under 1 hour"), (1.2, "1 hour"), (5.2, "5 hours"), (47.9, "48 hours"), (48.0, "2.0 days"), (None, None)],
)
def test_hours_are_said_in_days_from_two_on(hours, said):
    assert support.lasted(hours) == said


@pytest.mark.parametrize(
    ("median", "low", "high", "said"),
    [
        (88.8, 69.6, 120.0, "3.7 days, 2.9 to 5.0"),
        (52.0, 12.0, 96.0, "2.2 days, 0.5 to 4.0"),
        (20.0, 10.0, 60.0, "20 hours, 10 to 60"),
        (20.0, 10.0, None, "20 hours, 10 or more"),
        (20.0, None, None, "20 hours"),
        (None, 10.0, None, "not yet: 25 % are"),
    ],
)
def test_half_is_told_with_its_likely_range_in_one_unit(median, low, high, said):
    row = {"median_hours": median, "median_low": low, "median_high": high, "tickets": 4, "resolved": 1}
    assert support_counts.half_within(row) == said


def test_a_choice_outside_the_table_opens_nothing(firm, app, open_page):
    app.query_params["show"] = "Numbers"
    at = choose(open_page(PAGE), "kinds", 7, "Tickets")
    assert not at.exception
    assert opened.HINT in plainly(at)
