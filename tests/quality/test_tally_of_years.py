"""One tally of years serves every shorter question of the same day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from hypothesis import given

from quality.periods import last_closed_weeks
from quality.tally import cut, tally
from quality.weekly import MOST_WEEKS, gather, tallied, tallied_from
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row
from tests.quality.test_ratios_against_a_slow_count import LOGS, MANY, QUESTIONS

AS_OF = date(2026, 3, 4)


@MANY
@given(rows=LOGS, asked=QUESTIONS)
def test_what_is_cut_out_of_it_is_the_tally_of_those_days(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date]
) -> None:
    log, as_of = engine(frame_of(rows)), asked["as_of"]
    pd.testing.assert_frame_equal(cut(tallied(log, as_of=as_of), asked["start"], asked["end"]), tally(log, **asked))


@MANY
@given(rows=LOGS, asked=QUESTIONS)
def test_what_is_gathered_holds_it(engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date]) -> None:
    log, as_of = engine(frame_of(rows)), asked["as_of"]
    found = gather(log, as_of=as_of)
    if found is not None:
        pd.testing.assert_frame_equal(found.tally, tallied(log, as_of=as_of))
        closed = last_closed_weeks(as_of, MOST_WEEKS)
        pd.testing.assert_frame_equal(found.counts, cut(found.tally, closed.start, closed.end))


def test_it_begins_with_the_oldest_closed_week_and_ends_today(engine: Engine) -> None:
    first = tallied_from(AS_OF)
    days = [first, date.fromordinal(first.toordinal() - 1), AS_OF, date(2026, 3, 5)]
    log = engine(frame_of(row(day.isoformat(), "Desk 01", "recruiting_call") for day in days))
    assert (date(2026, 3, 2) - first).days == 7 * MOST_WEEKS
    assert tallied(log, as_of=AS_OF)["day"].dt.date.tolist() == [first, AS_OF]
