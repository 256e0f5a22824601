"""Why they leave, on the page Retention: the reasons of all ends by desk and client, day by day, and fall-offs."""

from __future__ import annotations

import pytest
from contractor_log import choose, lines, table
from follow_up_log import plainly, store
from retention_log import LOG, line

from quality.shares import share

PAGE, LEAVE = "contractors/retention", "Why they leave"


@pytest.fixture
def firm(history):
    store(LOG)
    return history


@pytest.fixture
def leaving(open_page):
    """Opens the section."""
    return lambda: open_page(PAGE).get_by_key("retention_section").set_value(LEAVE).run()


def test_quits_and_terminations_stand_beside_the_published_figures(firm, leaving):
    at = leaving()
    assert not at.exception
    assert "The contractor quit 2 of 4 assignments that ended" in plainly(at)
    assert {one.label: one.value.replace("\u00a0", " ") for one in at.metric} == {
        "Quit": "2 of 4",
        "Ended by the client": "1 of 4",
        "Never started": "0 of 4",
    }
    assert "the contractor quits: 5 % (median of 422 firms)" in plainly(at)
    assert "the client ends early: 4 % (median of 422 firms)" in plainly(at)


def test_the_reasons_of_all_ends_open_their_rows(firm, leaving):
    at = leaving()
    assert lines(table(at, "ends-"), "How it ended", "Assignments") == [
        ["Quit", 2],
        ["Ended by the client", 1],
        ["Completed", 1],
    ]
    assert table(at, "ends-").loc[0, "Share"] == f"2 of 4, {share(2, 4).likely.removeprefix('likely ')}"
    assert "All 4 that ended in this time count" in plainly(at)
    at = choose(at, "ends-", 0, "Assignments")
    assert "**quit**: 2 rows" in plainly(at)


def test_the_reasons_can_be_told_desk_by_desk(firm, leaving):
    at = leaving()
    at.get_by_key("ends_by").set_value("desk").run()
    assert not at.exception
    shown = table(at, "ends-")
    assert list(shown.columns) == ["Desk", "Ended", "Quit", "Ended by the client", "Completed"]
    assert shown.to_numpy().tolist() == [["All of them", 4, 2, 1, 1], ["Desk 01", 3, 1, 1, 1], ["Desk 02", 1, 1, 0, 0]]
    at = choose(at, "ends-", 2, "Quit")
    assert "**Desk 02, quit**: 1 row" in plainly(at)
    assert lines(at.dataframe[1].value, "Who", "How") == [["Lane Sample 91", "quit"]]
    at = choose(at, "ends-", 1, "Ended")
    assert len(at.dataframe[1].value) == 3


def test_the_reasons_can_be_told_client_by_client_those_with_few_ends_in_one_line(history, leaving):
    gone = [
        ("Avery Sample 70", "Example Bakery"),
        ("Blake Sample 71", "Example Works"),
        ("Casey Sample 72", "Example Works"),
    ]
    rows = [line("2026-08-03 09:00", "Desk 01", "start", *one) for one in gone]
    rows += [line("2026-08-20 17:00", "Desk 01", "end", *one, outcome="quit") for one in gone]
    store("\n".join([LOG + rows[0], *rows[1:], ""]))
    at = leaving()
    at.get_by_key("ends_by").set_value("client").run()
    assert table(at, "ends-").to_numpy().tolist() == [
        ["All of them", 7, 5, 1, 1],
        ["Example Works", 5, 3, 1, 1],
        ["2 others, under 5 each", 2, 2, 0, 0],
    ]
    at = choose(at, "ends-", 2, "Quit")
    assert sorted(at.dataframe[1].value["Client"]) == ["Example Bakery", "Example Labs"]


def test_the_reasons_compete_day_by_day(firm, leaving):
    at = leaving()
    assert (
        at.get("plotly_chart")[0].proto.alt
        == "Ended by day 88, by reason: quit, 7 %; ended by the client, 8 %; completed, 8 %."
    )
    shown = table(at, "incidence-")
    assert list(shown.columns) == ["Reason", "By day 45"]
    assert shown["By day 45"].str.split(" · ").str[0].tolist() == ["7 % (1)", "0 % (0)", "0 % (0)"]
    at = choose(at, "incidence-", 0, "By day 45")
    assert "**quit, by day 45**: 1 row" in plainly(at)


def test_fall_offs_count_fills_whose_guarantee_is_over(firm, leaving):
    at = leaving()
    told = f"{share(1, 2).words} of the fills whose guarantee of 90 days is over fell off: the assignment ended early"
    assert f"{told} within these days." in plainly(at).replace("*", "")
    assert lines(table(at, "fall-offs-"), "Desk", "Fills", "Guarantee over", "Fell off") == [
        ["All of them", 3, 2, 1],
        ["Desk 01", 2, 2, 1],
        ["Desk 02", 1, 0, 0],
    ]
    assert table(at, "fall-offs-").loc[2, "Rate"] == "nothing yet"
    at = choose(at, "fall-offs-", 0, "Fell off")
    assert lines(at.dataframe[-1].value, "Who", "Fell off") == [["Person 00", True]]
    at = choose(at, "fall-offs-", 0, "Fills")
    assert len(at.dataframe[-1].value) == 3


def test_ends_without_a_reason_are_counted_and_not_drawn(history, leaving):
    store(LOG.replace("quit", "").replace("terminated", "").replace("completed", ""))
    at = leaving()
    assert not at.exception
    assert lines(table(at, "ends-"), "How it ended", "Assignments") == [["Other or no reason", 4]]
    assert "of a known reason, so nothing is drawn." in plainly(at)
