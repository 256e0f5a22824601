from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from charts.words import Words
from ui import trends
from ui.spans import Filters

FIRST = date(2025, 10, 1)
WORDS = Words("Send-out to fill", ("send-out", "send-outs"), ("fill", "fills"))


def chosen(start=date(2026, 8, 24), end=date(2026, 11, 22), as_of=date(2026, 11, 23)):
    return Filters(as_of, start, end, "Last 13 weeks", "activity")


@pytest.mark.parametrize(
    ("step", "back", "start", "end"),
    [
        ("week", "The chosen period", date(2026, 8, 24), date(2026, 11, 22)),
        ("month", "The chosen period", date(2026, 8, 1), date(2026, 11, 23)),
        ("quarter", "The chosen period", date(2026, 7, 1), date(2026, 11, 23)),
        ("month", "A year", date(2025, 11, 1), date(2026, 11, 23)),
        ("month", "Two years", date(2025, 10, 1), date(2026, 11, 23)),
    ],
)
def test_a_chart_has_whole_steps_up_to_today_and_none_before_the_first_row(step, back, start, end):
    asked = trends.widened(chosen(), step, back, FIRST)
    assert (asked.start, asked.end) == (start, end)


def test_a_past_period_ends_with_its_whole_last_month():
    asked = trends.widened(chosen(date(2026, 5, 1), date(2026, 5, 10)), "month", "The chosen period", FIRST)
    assert (asked.start, asked.end) == (date(2026, 5, 1), date(2026, 5, 31))


def frame(counts):
    starts = pd.date_range("2026-09-01", periods=len(counts), freq="MS")
    return pd.DataFrame(
        {
            "unit": "Desk 01",
            "ratio": "send_out_to_fill",
            "period": [f"{start:%Y-%m}" for start in starts],
            "period_start": starts,
            "upstream": 0,
            "downstream": counts,
            "open": pd.array([pd.NA] * len(counts), dtype="Int64"),
        }
    )


def test_a_step_is_closed_once_its_last_day_is_over():
    months = trends.lines(frame([1, 1, 1]), "send_out_to_fill", ["Desk 01"], "month", date(2026, 10, 31))
    assert months["closed"].tolist() == [True, True, False]


def test_lines_keep_the_order_they_were_chosen_in():
    both = pd.concat([frame([1]), frame([1]).assign(unit="Desk 02")])
    rows = trends.lines(both, "send_out_to_fill", ["Desk 02", "Desk 01"], "month", date(2026, 12, 1))
    assert rows["unit"].tolist() == ["Desk 02", "Desk 01"]


@pytest.mark.parametrize(
    ("counts", "said"), [([0, 0, 9], "no fills"), ([1, 1, 9], "1 fill,"), ([2, 4, 9], "4 fills,"), ([5, 5, 0], None)]
)
def test_few_counts_are_said_from_the_middle_of_the_closed_steps(counts, said):
    hint = trends.hint(frame(counts).assign(closed=True), WORDS, "month")
    assert hint is None if said is None else f"holds {said}" in hint
