"""The command ``retention``, for scripts and for people."""

from __future__ import annotations

import json

import pytest
from commanding import history_of, run

from quality.shares import share

HEAD = "occurred_at,desk,activity,candidate,client,job,outcome"
#: Two leave, on day 10 and day 60, one is completed on day 50, one runs, one never starts, one ends without a start.
LINES = (
    "2026-03-02 09:00,Desk 01,start,Avery Sample,Example Works,Order 1,",
    "2026-03-12 17:00,Desk 01,end,Avery Sample,Example Works,Order 1,quit",
    "2026-03-02 09:00,Desk 01,start,Blake Sample,Example Works,Order 2,",
    "2026-05-01 17:00,Desk 01,end,Blake Sample,Example Works,Order 2,terminated",
    "2026-03-02 09:00,Desk 01,start,Casey Sample,Example Works,Order 3,",
    "2026-04-21 17:00,Desk 01,end,Casey Sample,Example Works,Order 3,completed",
    "2026-03-02 09:00,Desk 01,start,Drew Sample,Example Works,Order 4,",
    "2026-03-02 09:00,Desk 01,end,Ellis Sample,Example Works,Order 5,never_started",
    "2026-03-02 09:00,Desk 01,end,Frankie Sample,Example Works,Order 6,quit",
)
ENDED = ("2 quit", "1 ended by the client", "1 never started")
STEP = ["day", "survival", "low", "high", "at_risk", "events"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return history_of(tmp_path_factory.mktemp("firm"), HEAD, LINES)


def found(store, as_of="2026-06-30"):
    done = run("retention", "--as-of", as_of, "--store", store, "--json")
    assert done.exit_code == 0
    return json.loads(done.stdout)


def test_the_document_has_the_agreed_form(store):
    told = found(store)
    assert list(told) == ["as_of", "curve", "day_45", "day_120", "ended_early"]
    assert told["as_of"] == "2026-06-30"
    assert all(list(step) == STEP for step in told["curve"])
    assert told["ended_early"] == {"quit": 2, "terminated": 1, "never_started": 1}


def test_the_curve_holds_every_day_with_an_early_end_and_those_marked(store):
    told = found(store)
    rows = [[step[name] for name in ("day", "survival", "at_risk", "events")] for step in told["curve"]]
    assert rows == [[10, 0.75, 4, 1], [45, 0.75, 3, 0], [60, 0.375, 2, 1], [120, 0.375, 1, 0]]
    assert (told["day_45"], told["day_120"]) == (0.75, 0.375)
    assert told["curve"][0]["low"] < 0.75 < told["curve"][0]["high"]


def test_a_day_nobody_reached_is_null(store):
    told = found(store, "2026-03-20")
    assert (told["day_45"], told["day_120"]) == (None, None)
    assert [step["day"] for step in told["curve"]] == [10]


def test_without_any_assignment_the_document_is_empty_of_numbers(store):
    told = found(store, "2026-01-01")
    assert told == {
        "as_of": "2026-01-01",
        "curve": [],
        "day_45": None,
        "day_120": None,
        "ended_early": {"quit": 0, "terminated": 0, "never_started": 0},
    }


def test_people_get_sentences_and_are_told_what_is_open(store):
    done = run("retention", "--as-of", "2026-06-30", "--store", store)
    first, second, *rest = done.stdout.splitlines()
    few = "too few were followed to say how many last"
    assert first == f"Day 45: {few} (3 of 4 were followed to day 45, 1 had ended early by then; it takes 10)"
    assert second == f"Day 120: {few} (1 of 4 were followed to day 120, 2 had ended early by then; it takes 10)"
    assert rest == [
        f"1 more never started, {share(1, 5).words}, and is in no curve.",
        *(f"{one}, of 5 assignments that ended from 2026-03-02 to 2026-05-01" for one in ENDED),
    ]
    assert "1 assignment without a start on record: in no curve." in done.stderr
    assert "1 question about assignments" in done.stderr


def test_a_day_nobody_reached_is_said(store):
    done = run("retention", "--as-of", "2026-03-20", "--store", store)
    assert "Day 120: no assignment was followed so long." in done.stdout
    assert "2 quit, of 3 assignments that ended from 2026-03-02 to 2026-03-12" in done.stdout


def test_where_nothing_ended_that_is_said(store):
    done = run("retention", "--as-of", "2026-01-01", "--store", store)
    assert "0 quit, of 0 assignments that ended\n" in done.stdout


def test_a_no_show_with_a_first_day_on_record_never_started_and_enough_are_said_with_their_share(tmp_path):
    """Ten run, two quit on day 30, one has a first day and never came: 10 of 12 last, none of 13."""
    rows = [f"2026-03-02 09:00,Desk 01,start,Candidate {one:02d},Example Works,Order {one}," for one in range(13)]
    rows += [f"2026-04-01 17:00,Desk 01,end,Candidate {one:02d},Example Works,Order {one},quit" for one in range(2)]
    rows.append("2026-03-02 17:00,Desk 01,end,Candidate 12,Example Works,Order 12,never_started")
    store = history_of(tmp_path, HEAD, rows)
    first, second, beside, *rest = run("retention", "--as-of", "2026-06-28", "--store", store).stdout.splitlines()
    assert first.startswith("Day 45: 83 % without an early end, likely ")
    assert first.endswith("(10 of 12 were followed to day 45, 2 had ended early by then)")
    assert second.startswith("Day 120: no assignment was followed so long.")
    assert beside == f"1 more never started, {share(1, 13).words}, and is in no curve."
    assert [line.split(",")[0] for line in rest] == ["2 quit", "0 ended by the client", "1 never started"]
    told = found(store, "2026-06-28")
    assert told["day_45"] == pytest.approx(10 / 12)
    assert [step["at_risk"] for step in told["curve"]] == [12, 10]
