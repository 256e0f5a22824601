"""Cases found among numbers in memory are those of the cohort view, on logs made at random and in the corners."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_logs import frame_of, row

from quality import cohort, links
from quality.catalogue import BY_NAME, RATIOS, Ratio
from quality.events import visible
from quality.rules import Rules
from tests.quality.conftest import Engine
from tests.quality.test_ratios_against_a_slow_count import LOGS, MANY, QUESTIONS

EVER = date(2000, 1, 1)
RULES = Rules(hit_outcomes=("interested", "not_interested"), horizons={"call_to_hit": 3})
COLUMNS = ["desk", "day", "next_day"]


def one_way(log: Any, ratio: Ratio, asked: dict[str, date], weekly: bool, since: date = EVER) -> pd.DataFrame:
    held = links.hold(visible(log, asked["as_of"]), since, RULES)
    found = links.cases(held, ratio, asked["start"], asked["end"], weekly=weekly)
    return in_order(found.astype({"desk": "str"}))


def other_way(log: Any, ratio: Ratio, asked: dict[str, date], weekly: bool) -> pd.DataFrame:
    frame, every = visible(log, asked["as_of"]), "week" if weekly else None
    found = cohort.cases(frame, ratio, asked["start"], asked["end"], every, RULES)
    return in_order(found.select(*COLUMNS).collect("pandas").to_native())


def in_order(found: pd.DataFrame) -> pd.DataFrame:
    days = dict.fromkeys(["day", "next_day"], "datetime64[us]")
    return found[COLUMNS].astype({"desk": "str", **days}).sort_values(COLUMNS, ignore_index=True)


@MANY
@given(rows=LOGS, asked=QUESTIONS, weekly=st.booleans(), loud=st.sets(st.integers(0, 59)))
def test_they_are_those_of_the_cohort_view(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], weekly: bool, loud: set[int]
) -> None:
    for number in loud & set(range(len(rows))):
        rows[number]["client"] = "EXAMPLE WORKS"
    log = engine(frame_of(rows))
    for ratio in RATIOS:
        pd.testing.assert_frame_equal(one_way(log, ratio, asked, weekly), other_way(log, ratio, asked, weekly))


@MANY
@given(rows=LOGS, asked=QUESTIONS, weekly=st.booleans())
def test_rows_before_the_first_case_are_not_needed(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], weekly: bool
) -> None:
    log = engine(frame_of(rows))
    for ratio in RATIOS:
        found = one_way(log, ratio, asked, weekly, since=asked["start"])
        pd.testing.assert_frame_equal(found, other_way(log, ratio, asked, weekly))


ASKED = {"as_of": date(2026, 12, 31), "start": date(2026, 1, 1), "end": date(2026, 3, 31)}
AVERY = {"candidate": "Avery Sample", "job": "Welder"}


@pytest.mark.parametrize(
    ("client", "filled"), [("example works", [True]), ("Example Bakery", [False]), (None, [False])]
)
def test_a_fill_is_at_its_client_in_capitals_or_not_else_at_the_one_others_of_its_key_name(
    engine: Engine, client: str | None, filled: list[bool]
) -> None:
    rows = [
        row("2026-01-05", "Desk 01", "send_out", client="Example Works", **AVERY),
        row("2026-01-07", "Desk 01", "fill", client="Example Bakery", **AVERY),
        row("2026-01-08", "Desk 01", "fill", client=client, **AVERY),
    ]
    found = one_way(engine(frame_of(rows)), BY_NAME["send_out_to_fill"], ASKED, weekly=True)
    assert found["next_day"].eq("2026-01-08").tolist() == filled


def test_a_unit_counts_once_a_week_or_once_ever(engine: Engine) -> None:
    days = [date(2026, 1, 5) + timedelta(days=number) for number in (0, 2, 6, 7)]
    log = engine(frame_of(row(day.isoformat(), "Desk 01", "hit", candidate="Avery Sample") for day in days))
    begun = [one_way(log, BY_NAME["hit_to_interview"], ASKED, weekly)["day"].tolist() for weekly in (True, False)]
    assert begun == [[pd.Timestamp("2026-01-05"), pd.Timestamp("2026-01-12")], [pd.Timestamp("2026-01-05")]]


def test_without_rows_there_are_no_cases(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-05", "Desk 01", "touch")]))
    for ratio in RATIOS:
        assert one_way(log, ratio, ASKED, weekly=True).empty
