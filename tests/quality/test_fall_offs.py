"""Fills that fell off, and those that may still do so."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.fall_offs import COLUMNS, fills, rate
from quality.rules import Rules
from quality.shares import share
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 6, 30)


def at(when, activity, candidate="Avery Sample", **more):
    return row(
        f"2026-{when} 09:00", "Desk 01", activity, candidate=candidate, client="Example Works", job="Job 1", **more
    )


def told(rows, engine=lambda frame: frame, **more):
    found = fills(engine(frame_of(rows)), as_of=AS_OF, **more)
    assert tuple(found.columns) == COLUMNS
    held = found[["candidate", "filled_on", "started_on", "fell_off", "decided"]].astype(object)
    held = held.where(held.notna(), None)
    return [[f"{one:%m-%d}" if isinstance(one, pd.Timestamp) else one for one in line] for line in held.to_numpy()]


def test_the_guarantee_runs_from_the_start_without_one_from_the_fill(engine):
    rows = [
        at("03-02", "fill"),
        at("03-31", "start"),
        at("04-02", "fill", "Blake Sample"),
        at("04-01", "fill", "Casey Sample"),
        at("03-02", "fill", "Drew Sample"),
        at("03-09", "start", "Drew Sample"),
        at("06-07", "end", "Drew Sample", outcome="quit"),
        at("03-02", "fill", "Ellis Sample"),
        at("03-09", "start", "Ellis Sample"),
        at("06-08", "end", "Ellis Sample", outcome="quit"),
    ]
    assert sorted(told(rows, engine)) == [
        ["Avery Sample", "03-02", "03-31", False, True],
        ["Blake Sample", "04-02", None, False, False],
        ["Casey Sample", "04-01", None, False, False],
        ["Drew Sample", "03-02", "03-09", True, True],
        ["Ellis Sample", "03-02", "03-09", False, True],
    ]


def test_a_shorter_guarantee_decides_sooner_and_forgives_more():
    rows = [at("03-02", "fill"), at("03-09", "start"), at("04-09", "end", outcome="quit"), at("05-29", "fill", "Blake")]
    found = fills(frame_of(rows), as_of=AS_OF, rules=Rules(guarantee_days=30))
    assert found[["fell_off", "decided"]].to_numpy().tolist() == [[False, True], [False, True]]
    assert rate(found) == share(0, 2)
    assert rate(fills(frame_of(rows), as_of=AS_OF)) == share(1, 1)


@pytest.mark.parametrize("rows", [[], [at("06-02", "start")]])
def test_without_a_fill_there_is_no_rate(engine, rows):
    found = fills(engine(frame_of(rows)), as_of=AS_OF)
    assert (len(found), rate(found).words) == (0, "nothing yet")


def test_who_never_started_fell_off_with_a_first_day_on_record_and_without_one(engine):
    rows = [
        at("03-02", "fill"),
        at("03-09", "start"),
        at("03-09", "end", outcome="never_started"),
        at("03-03", "fill", "Blake Sample"),
        at("03-09", "end", "Blake Sample", outcome="never_started"),
    ]
    found = fills(engine(frame_of(rows)), as_of=AS_OF)
    assert found[["candidate", "fell_off", "decided"]].to_numpy().tolist() == [
        ["Avery Sample", True, True],
        ["Blake Sample", True, True],
    ]
    assert rate(found) == share(2, 2)


def test_a_fill_told_twice_is_one(engine):
    rows = [at("03-02", "fill"), at("03-04", "fill")]
    assert told(rows, engine) == [["Avery Sample", "03-02", None, False, True]]
