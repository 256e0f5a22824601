"""The command ``plan``, from a file to the numbers of a day."""

from __future__ import annotations

import json
from datetime import date

import pytest
from commanding import history_of, run

from commands import plan
from store import History

#: Per activity how many Desk 01 has, all of it in September 2026.
COUNTS = {"recruiting_call": 2400, "hit": 240, "interview": 96, "send_out": 42, "fill": 9}


def lines(activity: str, number: int) -> list[str]:
    return [
        f"2026-09-{1 + n % 28:02d} {8 + n % 9:02d}:{n % 60:02d},Desk 01,{activity},Person {n},Job 1,"
        for n in range(number)
    ]


@pytest.fixture
def store(tmp_path):
    """A history of one desk with the counts of the worked example."""
    rows = [line for activity, number in COUNTS.items() for line in lines(activity, number)]
    return history_of(tmp_path, "occurred_at,desk,activity,candidate,job,outcome", rows)


def asked(store, *words):
    return run("plan", "--desk", "Desk 01", "--as-of", "2026-11-22", "--store", store, *words)


def test_the_json_holds_every_activity_at_three_certainties(store):
    done = asked(store, "--fills", 3, "--per", "month", "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert {name: found[name] for name in ("desk", "fills", "per", "working_days_left")} == {
        "desk": "Desk 01",
        "fills": 3,
        "per": "month",
        "working_days_left": 6,
    }
    calls = [row for row in found["needed"] if row["activity"] == "recruiting_call"]
    assert calls == [
        {"activity": "recruiting_call", "probability": level, "total": total, "per_day": total / 6}
        for level, total in ((0.5, 714), (0.8, 1240), (0.95, 2029))
    ]
    assert [row["activity"] for row in found["needed"][::3]] == ["recruiting_call", "hit", "interview", "send_out"]


def test_without_a_day_it_is_the_end_of_yesterday_as_on_the_page(store, monkeypatch):
    """On Monday 23 November that is Sunday: Monday is still among the six working days left."""
    monkeypatch.setattr(plan, "today", lambda: date(2026, 11, 23))
    done = run("plan", "--desk", "Desk 01", "--fills", 3, "--per", "month", "--store", store, "--json")
    assert json.loads(done.stdout)["working_days_left"] == 6
    assert done.stdout == asked(store, "--fills", 3, "--per", "month", "--json").stdout


def test_the_help_says_until_when_it_counts():
    assert "end of yesterday" in " ".join(run("plan", "--help").stdout.split())


def test_the_plan_is_said_in_words(store):
    done = asked(store, "--fills", 3, "--per", "month")
    assert done.stdout.splitlines()[0] == (
        "Desk 01: 3 fills in November 2026; 0 fills so far, so 3 to go, with 6 working days left."
    )
    assert "with 80 % certainty: 207 recruiting calls a day" in done.stdout
    assert "from 42 send-outs, 9 fills in 52 weeks" not in done.stdout


def test_fills_of_the_period_count_towards_the_goal(store):
    done = run(
        "plan", "--desk", "Desk 01", "--fills", 9, "--per", "month", "--as-of", "2026-09-27", "--store", store, "--json"
    )
    assert {row["total"] for row in json.loads(done.stdout)["needed"]} == {0}


def test_public_holidays_of_the_firm_are_no_working_days(store):
    History(store).save_setting("holidays", {"country": "US", "subdivision": None})
    assert json.loads(asked(store, "--fills", 3, "--per", "month", "--json").stdout)["working_days_left"] == 5


def test_a_name_that_nobody_has_is_wrong_usage(store):
    done = run("plan", "--desk", "Desk 1", "--fills", 3, "--per", "month", "--as-of", "2026-11-22", "--store", store)
    assert done.exit_code == 2
    assert "Desk 01" in done.output


@pytest.mark.parametrize("words", [("--fills", 0, "--per", "month"), ("--fills", 3, "--per", "year"), ("--fills", 3)])
def test_a_goal_that_cannot_be_is_wrong_usage(store, words):
    assert asked(store, *words).exit_code == 2


def test_an_empty_history_needs_nothing_and_says_what_to_do(tmp_path):
    done = asked(tmp_path / "empty", "--fills", 3, "--per", "week", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["needed"] == []
    assert "Import a file first" in done.stderr
