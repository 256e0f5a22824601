"""What counts once, counted in memory, is what the engine's own windows and joins say, on logs made at random."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.catalogue import MEASURES
from quality.events import credited, firsts, one_if, visible, within
from quality.links import hold
from quality.once import ONCE, counts_once
from quality.rules import Rules
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row
from tests.quality.test_ratios_against_a_slow_count import LOGS, MANY, QUESTIONS

WHO = ["desk", "owner", "day"]
COUNTS = [*ONCE, "fell_off"]
ASKED = {"as_of": date(2026, 12, 31), "start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def in_memory(log: Any, asked: dict[str, date], rules: Rules) -> pd.DataFrame:
    held = hold(visible(log, asked["as_of"]), None, rules)
    return in_order(counts_once(held, asked["start"], asked["end"]))


def by_the_engine(log: Any, asked: dict[str, date], rules: Rules) -> pd.DataFrame:
    frame = visible(log, asked["as_of"])
    rows = firsts(frame, [MEASURES[name] for name in ONCE], rules).filter(within("day", asked["start"], asked["end"]))
    marked = credited(rows, frame, rules).with_columns(**{name: one_if(nw.col("activity") == name) for name in ONCE})
    return in_order(marked.group_by(WHO).agg(nw.col(*COUNTS).sum()).collect("pandas").to_native())


def in_order(found: pd.DataFrame) -> pd.DataFrame:
    types = {"desk": "str", "owner": "str", "day": "datetime64[us]", **dict.fromkeys(COUNTS, "int64")}
    return found[[*WHO, *COUNTS]].astype(types).sort_values(WHO, ignore_index=True)


@MANY
@given(rows=LOGS, asked=QUESTIONS, days=st.sampled_from([0, 30, 90]), orders=st.booleans())
def test_it_is_what_the_engine_says(
    engine: Engine, rows: list[dict[str, Any]], asked: dict[str, date], days: int, orders: bool
) -> None:
    log, rules = engine(frame_of(rows)), Rules(guarantee_days=days, credit_orders=orders)
    pd.testing.assert_frame_equal(in_memory(log, asked, rules), by_the_engine(log, asked, rules))


AVERY = {"candidate": "Avery Sample", "job": "Welder", "client": "Example Works"}


@pytest.mark.parametrize(("ended", "fell_off"), [("2026-04-05", 1), ("2026-04-06", 0)])
def test_the_guarantee_of_a_fill_runs_from_its_start(engine: Engine, ended: str, fell_off: int) -> None:
    rows = [
        row("2026-01-02", "Desk 02", "contract", job="Welder", client="EXAMPLE WORKS"),
        row("2026-01-03", "Desk 01", "fill", **AVERY),
        row("2026-01-05", "Desk 01", "start", **AVERY),
        row(ended, "Desk 01", "end", outcome="quit", **AVERY),
    ]
    found = in_memory(engine(frame_of(rows)), ASKED, Rules())
    assert found[["desk", "owner", "fill", "fell_off"]].to_numpy().tolist() == [["Desk 01", "Desk 02", 1, fell_off]]


def test_rows_of_nobody_never_fall_off(engine: Engine) -> None:
    rows = [
        row("2026-01-03", "Desk 01", name, job="Welder", outcome=said)
        for name, said in (("fill", None), ("end", "quit"))
    ]
    assert in_memory(engine(frame_of(rows)), ASKED, Rules())["fell_off"].tolist() == [0]


def test_without_rows_there_are_no_counts(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-05", "Desk 01", "touch")]))
    assert in_memory(log, ASKED, Rules()).empty
