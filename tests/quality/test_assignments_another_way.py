"""Random logs: the assignments are those that another way finds, and no row is lost."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.assignments import assignments
from tests.quality.assignments_by_hand import LETTERS, story
from tests.quality.small_logs import frame_of, row

AS_OF = date(2030, 1, 1)
PLANS = (-5, 20, 90, None)
OUTCOMES = ("completed", "quit", "never_started", None)


@st.composite
def lives(draw):
    """Rows of some candidates on some jobs, more than a month apart within each."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        at = datetime.fromisoformat("2022-01-03 09:00")
        for activity in draw(st.lists(st.sampled_from(list(LETTERS)), min_size=1, max_size=8)):
            at += timedelta(days=draw(st.integers(31, 60)), hours=draw(st.integers(0, 3)))
            ahead = draw(st.sampled_from(PLANS))
            plan = None if ahead is None else datetime.combine(at.date(), datetime.min.time()) + timedelta(days=ahead)
            rows.append(
                row(
                    at.isoformat(),
                    "Desk 01",
                    activity,
                    candidate=f"Candidate {number % 2}",
                    client="Example Works",
                    job=f"Job {number // 2}",
                    planned_end=plan if activity != "end" else None,
                    outcome=draw(st.sampled_from(OUTCOMES)) if activity == "end" else None,
                    activity_id=f"row {len(rows):03d}",
                )
            )
    return rows


def by_hand(rows):
    threads = defaultdict(list)
    for one in rows:
        threads[one["candidate"], one["job"]].append(one)
    found = [part for own in threads.values() for part in story(own)]
    return sorted(found, key=lambda one: one["assignment"])


@settings(max_examples=12, deadline=None)
@given(lives())
def test_another_way_finds_the_same_assignments(rows):
    found = assignments(frame_of(rows), as_of=AS_OF)
    expected = by_hand(rows)
    names = [name for name in expected[0] if name != "second_starts"]
    held = found.rows.sort_values("assignment")[names].astype(object)
    assert held.where(held.notna(), None).to_dict("records") == [
        {name: one[name] for name in names} for one in expected
    ]
    asked = found.questions["kind"].value_counts()
    assert asked.get("second_start", 0) == sum(one["second_starts"] for one in expected)


@settings(max_examples=12, deadline=None)
@given(lives())
def test_every_start_is_a_start_of_an_assignment_or_asked_about(rows):
    found = assignments(frame_of(rows), as_of=AS_OF)
    asked = found.questions["kind"].value_counts()
    starts = sum(one["activity"] == "start" for one in rows)
    no_shows = found.rows[found.rows["state"] == "never_started"]
    assert no_shows[["started_on", "day"]].isna().all().all()
    kept = found.rows["started_on"].notna().sum() + asked.get("no_show_after_days", 0)
    assert kept + asked.get("second_start", 0) == starts


@settings(max_examples=12, deadline=None)
@given(lives())
def test_every_end_ends_an_assignment_or_is_asked_about(rows):
    found = assignments(frame_of(rows), as_of=AS_OF)
    asked = found.questions["kind"].value_counts()
    ends = sum(one["activity"] == "end" for one in rows)
    counted = found.rows["ended_on"].notna().sum() + asked.get("extended_after_end", 0) + asked.get("second_end", 0)
    assert counted == ends
    assert found.questions["assignment"].isin(found.rows["assignment"]).all()


def test_the_order_of_the_rows_in_the_log_does_not_matter():
    rows = [
        row("2026-03-02 09:00", "Desk 01", "start", candidate=f"Candidate {one}", job="Job", activity_id=f"start {one}")
        for one in range(5)
    ]
    rows += [
        row("2026-03-09 09:00", "Desk 01", "end", candidate=f"Candidate {one}", job="Job", activity_id=f"end {one}")
        for one in range(3)
    ]
    one, other = (assignments(frame_of(some), as_of=AS_OF) for some in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(one.rows, other.rows)
    pd.testing.assert_frame_equal(one.questions, other.questions)
