"""Each row of ratios carries the verdict of the last week its period closed."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from small_logs import frame_of, row

from quality.ratios import ratios
from quality.review import review, with_verdicts
from quality.weekly import gather

#: Fourteen weeks from Monday 3 August 2026 on, the last of them over on 8 November.
FIRST, WEEKS, AS_OF = date(2026, 8, 3), 14, date(2026, 11, 12)


@pytest.fixture(scope="module")
def log():
    """Ten interviews a week and two send-outs: 5 : 1, where 2 : 1 is the standard; a second desk only holds calls."""
    rows = []
    for week in range(WEEKS):
        day = FIRST + timedelta(weeks=week)
        rows += [row(f"{day} {10 + n}:00", "Desk 01", "interview", candidate=f"Sample {week} {n}") for n in range(10)]
        rows += [
            row(
                f"{day + timedelta(days=3)} {10 + n}:00",
                "Desk 01",
                "send_out",
                candidate=f"Sample {week} {n}",
                job="Job",
            )
            for n in range(2)
        ]
        rows.append(row(f"{day} 08:00", "Desk 02", "recruiting_call"))
    return duckdb.connect().from_df(frame_of(rows))


def judged(log, start, end, every=None, as_of=AS_OF):
    frame = ratios(log, as_of=as_of, start=start, end=end, every=every)
    gathered = gather(log, as_of=as_of)
    return with_verdicts(frame, review(gathered) if gathered else None)


def verdict(frame, unit, ratio):
    return frame.loc[(frame["unit"] == unit) & (frame["ratio"] == ratio), "verdict"].tolist()


def test_a_row_carries_the_verdict_as_of_the_end_of_its_period(log):
    frame = judged(log, FIRST, AS_OF)
    assert verdict(frame, "Desk 01", "interview_to_send_out") == ["below"]
    assert verdict(frame, "Desk 01", "call_to_hit") == [None]
    assert verdict(frame, "Desk 02", "interview_to_send_out") == [None]


def test_before_the_first_closed_week_there_is_no_verdict_and_then_the_first_is_unclear(log):
    early = judged(log, FIRST, FIRST + timedelta(days=5))
    assert verdict(early, "Desk 01", "interview_to_send_out") == [None]
    weeks = verdict(judged(log, FIRST, AS_OF, "week"), "Desk 01", "interview_to_send_out")
    assert len(weeks) == WEEKS + 1
    assert weeks[-1] == weeks[-2] == "below"


def test_without_a_closed_week_no_row_has_a_verdict(log):
    day = FIRST + timedelta(days=2)
    frame = judged(log, FIRST, day, as_of=day)
    assert len(frame) == 14
    assert frame["verdict"].tolist() == [None] * 14


def test_no_other_column_changes(log):
    plain = ratios(log, as_of=AS_OF, start=FIRST, end=AS_OF)
    frame = judged(log, FIRST, AS_OF)
    assert frame.columns.tolist() == plain.columns.tolist()
    assert frame.drop(columns="verdict").equals(plain.drop(columns="verdict"))
