"""The page Retention: how long contractors stay, desk by desk, client by client, quarter by quarter."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from contractor_log import NOTHING, choose, lines, table
from follow_up_log import plainly, store
from retention_log import ALONE, HEAD, LOG, line

from quality.retention import few
from quality.shares import share

PAGE = "contractors/retention"
#: Of two that start at Example Labs late both leave within days.
LEAVING = "\n".join(
    [
        *(line("2026-11-03 09:00", "Desk 02", "start", f"Gray Sample 8{one}", "Example Labs") for one in (1, 2)),
        *(
            line("2026-11-09 17:00", "Desk 02", "end", f"Gray Sample 8{one}", "Example Labs", outcome="quit")
            for one in (1, 2)
        ),
        "",
    ]
)
LEAVE, NEXT, ASK = "Why they leave", "What comes next", "Questions"


@pytest.fixture
def firm(history):
    store(LOG)
    return history


def section(at, name):
    return at.get_by_key("retention_section").set_value(name).run()


def chart(at):
    [found] = at.get("plotly_chart")
    return found.proto.alt


# --- how long they stay ----------------------------------------------------------------------------------------------


def test_the_share_of_day_45_leads_and_both_days_say_how_many_were_seen(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert "93 % of assignments reach day 45 without an early end" in plainly(at)
    assert "14 assignments started in the last 12 months; 2 of them ended early so far." in plainly(at)
    assert [one.value.replace("\u00a0", " ") for one in at.metric] == ["93 %", "–"]
    assert "12 of 14 were followed to day 45; 1 had ended early by then." in plainly(at)
    assert "9 of 14 were followed to day 120; 2 had ended early by then. Below 10 nothing is said." in plainly(at)


def test_who_never_started_is_told_beside_the_curve(history, open_page):
    old = line("2025-10-19 09:00", "Desk 01", "end", "Person 51", outcome="never_started")
    store("\n".join([LOG + line("2026-10-19 09:00", "Desk 01", "end", "Person 50", outcome="never_started"), old, ""]))
    at = open_page(PAGE)
    assert f"1 more never started, {share(1, 15).words}, and is in no curve." in plainly(at)
    assert "An early end is one after the start by quitting or by the client." in plainly(at)
    at.get_by_key("retention_in").set_value("All").run()
    assert f"2 more never started, {share(2, 16).words}, and are in no curve." in plainly(at)


def test_a_no_show_with_a_first_day_on_record_is_beside_the_curve_too(history, open_page):
    came = line("2026-10-12 09:00", "Desk 01", "start", "Person 50", planned_end="2026-12-18")
    store("\n".join([LOG + came, line("2026-10-12 09:00", "Desk 01", "end", "Person 50", outcome="never_started"), ""]))
    told = plainly(at := open_page(PAGE))
    assert "14 assignments started in the last 12 months; 2 of them ended early so far." in told
    assert f"1 more never started, {share(1, 15).words}, and is in no curve." in told
    assert "12 of 14 were followed to day 45; 1 had ended early by then." in told
    ends = table(section(at, LEAVE), "ends-")
    assert lines(ends, "How it ended", "Assignments") == [
        ["Quit", 2],
        ["Ended by the client", 1],
        ["Never started", 1],
        ["Completed", 1],
    ]


def test_each_number_of_early_ends_says_what_is_in_and_how_the_others_differ(firm, open_page):
    at = open_page(PAGE)
    boxes = [one for one in at.expander if one.label == "How this is counted"]
    stays = " ".join(words.value for box in boxes for words in box.markdown)
    assert "So these early ends are of assignments that started in this time, never started left out." in stays
    at = section(at, LEAVE)
    ends, _, fills = (next(words.value for words in box.markdown) for box in at.expander)
    assert ends.startswith("All assignments that ended in this time, whenever they started, with those that never")
    assert "They are those filled in this time, and who never started fell off too." in fills


def test_the_curve_is_told_in_words(firm, open_page):
    at = open_page(PAGE)
    assert chart(at) == (
        "Assignments without an early end since the start. All of them: 85 % without an early end by day 105."
    )


def test_other_curves_can_be_drawn_beside_it(firm, open_page):
    at = open_page(PAGE)
    beside = at.multiselect(key="retention_beside_desk")
    assert beside.options == ["Desk 01"]
    beside.set_value(["Desk 01"]).run()
    assert not at.exception
    assert "Desk 01: 83 % without an early end by day 88" in chart(at)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("Desk", ["All of them", "Desk 01", "Desk 02"]),
        ("Client", ["All of them", "Example Works", "Example Labs"]),
        ("Quarter of the start", ["All of them", "2026 Q2", "2026 Q3", "2026 Q4"]),
    ],
)
def test_the_table_tells_desks_clients_or_quarters_apart(firm, open_page, by, names):
    at = open_page(PAGE)
    at.get_by_key("retention_by").set_value(by).run()
    assert not at.exception
    shown = table(at, "retention-")
    assert shown[by].tolist() == names
    assert shown.loc[0, ["Started", "Ended early", "Day 120"]].tolist() == [14, 2, "9 followed, too few"]
    assert shown.loc[0, "Day 45"].startswith("93 %, ")
    assert shown.loc[0, "Early so far"] == f"14 %, {share(2, 14).likely.removeprefix('likely ')}"
    # Of fewer than ten no percentage is said, so that one of two is not half of them.
    few = next(line for line in shown.to_dict("records") if line["Started"] < 10)
    begun = f"{few['Ended early']} of {few['Started']}, "
    assert few["Early so far"].startswith(begun)


def test_clients_say_in_which_order_they_stand(history, open_page):
    store(LOG)
    at = open_page(PAGE)
    at.get_by_key("retention_by").set_value("Client").run()
    assert "The 1 client with 10 followed to day 45 first, the worst at the top." in plainly(at)
    at.selectbox(key="team").set_value("South").run()
    assert "No client has had 5 assignments or a second early end, so there is nothing to rank yet." in plainly(at)
    store(
        LOG + line("2026-11-10 17:00", "Desk 02", "end", "Person 02", "Example Labs", outcome="quit") + "\n" + LEAVING
    )
    at.run()
    assert "No client has 10 assignments followed to day 45, so look at the early ends so far" in plainly(at)


def test_clients_with_few_assignments_are_one_line_that_opens_them(history, open_page):
    few = [
        ("Avery Sample 70", "Example Bakery"),
        ("Blake Sample 71", "Example Dairy"),
        ("Casey Sample 72", "Example Dairy"),
    ]
    rows = [line("2026-08-03 09:00", "Desk 01", "start", *one) for one in few]
    rows.append(line("2026-08-20 17:00", "Desk 01", "end", *few[0], outcome="quit"))
    store("\n".join([LOG + rows[0], *rows[1:], ""]))
    at = open_page(PAGE)
    at.get_by_key("retention_by").set_value("Client").run()
    shown = table(at, "retention-")
    assert lines(shown, "Client", "Started", "Ended early") == [
        ["All of them", 17, 3],
        ["Example Works", 12, 2],
        ["3 others, under 5 each", 5, 1],
    ]
    at = choose(at, "retention-", 2, "Ended early")
    assert lines(at.dataframe[-1].value, "Who", "Client") == [["Avery Sample 70", "Example Bakery"]]
    at = choose(at, "retention-", 2, "Started")
    assert len(at.dataframe[-1].value) == 5


def test_where_no_client_can_be_ranked_it_says_how_many_had_an_early_end(history, open_page):
    late = [("Avery Sample 70", "Example Bakery"), ("Blake Sample 71", "Example Dairy")]
    rows = [line("2026-08-03 09:00", "Desk 01", "start", *one) for one in late]
    store("\n".join([HEAD, *rows, line("2026-08-20 17:00", "Desk 01", "end", *late[0], outcome="quit"), ""]))
    at = open_page(PAGE)
    at.get_by_key("retention_by").set_value("Client").run()
    assert "so there is nothing to rank yet; 1 had one." in plainly(at)
    assert table(at, "retention-")["Client"].tolist() == ["All of them", "2 clients, under 5 each"]


def test_clients_with_two_early_ends_have_their_name_however_few_they_are():
    early = pd.Series([True, True, False])
    groups = {
        name: pd.DataFrame({"early": early.head(size)}) for name, size in (("A", 1), ("B", 2), ("C", 1), ("D", 3))
    }
    assert few(groups) == ("A", "C")


TURNED = {"2026-01-12": (20, 1), "2026-07-06": (20, 9), "2026-11-02": (3, 1)}


def quarters(starts):
    """So many starts on a day, and how many of them quit on day 20."""
    rows = [HEAD]
    for at, (day, (many, early)) in enumerate(starts.items()):
        left = (date.fromisoformat(day) + timedelta(days=15)).isoformat()
        names = [f"Person {at}{number:02d}" for number in range(many)]
        rows += [line(f"{day} 09:00", "Desk 01", "start", name) for name in names]
        rows += [line(f"{left} 17:00", "Desk 01", "end", name, outcome="quit") for name in names[:early]]
    return "\n".join([*rows, ""])


def test_the_last_two_quarters_that_are_over_are_compared_and_the_one_that_runs_is_so_far(history, open_page):
    store(quarters(TURNED))
    told = plainly(open_page(PAGE))
    said = "Day 45 is reached by 55 % of those that started in 2026 Q3 (likely 40 to 68 %), and by 95 % of those that "
    assert said in told
    assert "2026 Q1 (likely 83 to 99 %): a clear difference. 2026 Q4 so far: 1 of 3 ended early by day 45; 0" in told
    assert "0 followed that long, too few to compare." in told


def test_quarters_that_hardly_differ_are_told_as_that_and_the_running_one_by_its_share(history, open_page):
    store(quarters({"2026-04-13": (20, 1), "2026-07-06": (20, 2), "2026-10-05": (20, 4)}))
    told = plainly(open_page(PAGE))
    assert ": no clear difference. 2026 Q4 so far: 80 % (likely 65 to 89 %)." in told


def test_before_the_first_start_of_a_quarter_nothing_is_said_of_it(history, open_page):
    store(quarters({"2026-04-13": (20, 1), "2026-07-06": (20, 2)}))
    assert "2026 Q4 so far" not in plainly(open_page(PAGE))


def test_how_it_is_counted_stands_in_a_closed_box(firm, open_page):
    [box] = [one for one in open_page(PAGE).expander if one.label == "How this is counted"]
    assert not box.proto.expanded
    assert "An early end is one after the start" in " ".join(one.value for one in box.markdown)


def test_every_number_opens_its_assignments(firm, open_page):
    at = choose(open_page(PAGE), "retention-", 0, "Ended early")
    assert not at.exception
    assert "**All of them, ended early**: 2 rows" in plainly(at)
    rows = at.dataframe[-1].value
    assert lines(rows, "Who", "How", "Days") == [["Person 01", "ended by the client", 50], ["Person 00", "quit", 10]]
    at = choose(at, "retention-", 1, "Day 45")
    assert lines(at.dataframe[-1].value, "Who") == [["Person 00"]]
    at = choose(at, "retention-", 2, "Started")
    assert lines(at.dataframe[-1].value, "Who", "How") == [
        ["Kit Sample 90", "still there"],
        ["Person 02", "still there"],
    ]


def test_who_wants_to_be_left_alone_is_not_named(history, open_page):
    store(LOG + ALONE)
    at = choose(open_page(PAGE), "retention-", 0, "Ended early")
    assert lines(at.dataframe[-1].value, "Who", "Job") == [["Person 01", "Job 01"], ["Do not contact", None]]


def test_a_team_or_a_desk_can_be_chosen(firm, open_page):
    at = open_page(PAGE)
    at.selectbox(key="team").set_value("South").run()
    assert "2 assignments started in the last 12 months" in plainly(at)
    assert "Too few assignments were followed to day 45 to say how many last" in plainly(at)
    assert "No curve is drawn: fewer than 10 assignments started." in plainly(at)
    assert at.multiselect(key="retention_beside_desk").disabled


def test_the_period_can_be_chosen(history, open_page):
    store(LOG.replace("2026-05-04", "2025-05-05").replace("2026-05-14", "2025-05-15"))
    at = open_page(PAGE)
    assert "2 assignments started in the last 12 months" in plainly(at)
    at.get_by_key("retention_in").set_value("All").run()
    assert "14 assignments started; " in plainly(at)
    at.get_by_key("retention_in").set_value("Last 24 months").run()
    assert "14 assignments started in the last 24 months" in plainly(at)


# --- without rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("How long they stay", ["*start*", "*end*"]),
        (LEAVE, ["*end*", "*quit*", "*fill*"]),
        (NEXT, ["*planned_end*", "*start*"]),
        (ASK, ["Nothing is to be asked"]),
    ],
)
def test_a_history_without_contractors_says_what_an_export_needs(history, open_page, name, needed):
    store(NOTHING)
    at = section(open_page(PAGE), name)
    assert not at.exception
    assert [word for word in needed if word not in plainly(at)] == []
