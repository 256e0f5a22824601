"""Small worked examples of the cohort view: who is followed, for how long, and what counts as getting there."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd

from quality.cohort import day_number
from quality.evidence import rows_behind
from quality.ratios import ratios
from quality.rules import Rules
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

ASKED = {"as_of": date(2026, 12, 31), "start": date(2026, 1, 1), "end": date(2026, 3, 31), "view": "cohort"}
AVERY = {"candidate": "Avery Sample", "client": "Example Works", "job": "Order 1"}
CALLED = {"client": "Example Works", "contact": "Casey Example"}


def followed(log: Any, ratio: str, unit: str = "Desk 01", **asked: Any) -> tuple[int, int, int]:
    """Decided, reached and still open."""
    found = ratios(log, **{**ASKED, **asked})
    one = found[(found["ratio"] == ratio) & (found["unit"] == unit)]
    return tuple(int(number) for number in one[["upstream", "downstream", "open"]].sum())


def test_five_calls_to_one_contact_before_one_order_are_one_case_that_got_there(engine: Engine) -> None:
    calls = [row(f"2026-01-0{day}", "Desk 01", "marketing_call", **CALLED) for day in range(1, 6)]
    log = engine(frame_of([*calls, row("2026-01-20", "Desk 01", "contract", **CALLED)]))
    assert followed(log, "marketing_call_to_contract") == (1, 1, 0)


def test_an_order_without_a_contact_belongs_to_calls_of_the_same_client(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "marketing_call", **CALLED),
                row("2026-01-05", "Desk 02", "marketing_call", client="Example Works"),
                row("2026-01-20", "Desk 03", "contract", client="Example Works"),
            ]
        )
    )
    assert followed(log, "marketing_call_to_contract", "Desk 01") == (1, 1, 0)
    assert followed(log, "marketing_call_to_contract", "Desk 02") == (1, 1, 0)


def test_an_order_of_another_contact_at_the_same_client_does_not_belong_to_the_call(engine: Engine) -> None:
    other = {**CALLED, "contact": "Drew Example"}
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "marketing_call", **CALLED),
                row("2026-01-20", "Desk 01", "contract", **other),
            ]
        )
    )
    assert followed(log, "marketing_call_to_contract") == (1, 0, 0)


def test_a_case_is_open_until_its_horizon_has_passed_even_when_it_got_there_already(engine: Engine) -> None:
    log = engine(
        frame_of([row("2026-01-05", "Desk 01", "send_out", **AVERY), row("2026-01-09", "Desk 01", "fill", **AVERY)])
    )
    assert followed(log, "send_out_to_fill", as_of=date(2026, 3, 5)) == (0, 0, 1)
    assert followed(log, "send_out_to_fill", as_of=date(2026, 3, 6)) == (1, 1, 0)


def test_open_cases_never_count_as_failed(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-05", "Desk 01", "send_out", **AVERY)]))
    assert followed(log, "send_out_to_fill", as_of=date(2026, 1, 31)) == (0, 0, 1)


def test_the_last_day_of_the_horizon_counts_and_the_next_does_not(engine: Engine) -> None:
    sent = row("2026-01-05", "Desk 01", "send_out", **AVERY)
    last, late = (
        engine(frame_of([sent, row(day, "Desk 01", "fill", **AVERY)])) for day in ("2026-03-06", "2026-03-07")
    )
    assert followed(last, "send_out_to_fill") == (1, 1, 0)
    assert followed(late, "send_out_to_fill") == (1, 0, 0)


def test_a_longer_horizon_of_the_firm_is_used(engine: Engine) -> None:
    log = engine(
        frame_of([row("2026-01-05", "Desk 01", "send_out", **AVERY), row("2026-03-07", "Desk 01", "fill", **AVERY)])
    )
    assert followed(log, "send_out_to_fill", rules=Rules(horizons={"send_out_to_fill": 61})) == (1, 1, 0)


def test_the_same_day_counts_whatever_the_hour_and_the_day_before_never(engine: Engine) -> None:
    called = row("2026-01-05T15:00", "Desk 01", "recruiting_call", candidate="Avery Sample")
    same, before = (
        engine(frame_of([called, row(when, "Desk 01", "hit", candidate="Avery Sample")]))
        for when in ("2026-01-05T09:00", "2026-01-04T16:00")
    )
    assert followed(same, "call_to_hit") == (1, 1, 0)
    assert followed(before, "call_to_hit") == (1, 0, 0)


def test_a_fill_by_another_desk_is_still_a_success_of_the_order(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "contract", client="Example Works", job="Order 1"),
                row("2026-01-09", "Desk 02", "fill", **AVERY),
            ]
        )
    )
    assert followed(log, "contract_to_fill") == (1, 1, 0)


def test_somebody_met_in_two_months_is_followed_once_in_each(engine: Engine) -> None:
    days = ["2026-01-05", "2026-01-20", "2026-02-03"]
    log = engine(frame_of(row(day, "Desk 01", "interview", candidate="Avery Sample") for day in days))
    assert followed(log, "interview_to_send_out") == (1, 0, 0)
    assert followed(log, "interview_to_send_out", every="month") == (2, 0, 0)


def test_rows_that_do_not_say_who_are_nobody_to_follow(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "recruiting_call"),
                row("2026-01-05", "Desk 01", "send_out", candidate="Avery Sample"),
                row("2026-01-05", "Desk 01", "contract", client="Example Works"),
            ]
        )
    )
    for ratio in ("call_to_hit", "send_out_to_fill", "contract_to_fill"):
        assert followed(log, ratio) == (0, 0, 0)


def test_an_order_and_a_client_of_one_name_are_two_cases(engine: Engine) -> None:
    at_order = {"candidate": "Avery Sample", "client": "Example Works", "job": "Example 1"}
    at_client = {"candidate": "Avery Sample", "client": "Example 1"}
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "presentation", **at_order),
                row("2026-01-06", "Desk 01", "presentation", **at_client),
            ]
        )
    )
    assert followed(log, "presentation_to_send_out") == (2, 0, 0)


def test_a_fill_without_an_order_belongs_to_the_send_out_at_the_same_client(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "send_out", **AVERY),
                row("2026-01-09", "Desk 01", "fill", candidate="Avery Sample", client="Example Works"),
            ]
        )
    )
    assert followed(log, "send_out_to_fill") == (1, 1, 0)


def test_a_fill_belongs_to_the_send_out_for_the_job_at_the_same_client(engine: Engine) -> None:
    """Two firms look for an accountant; the fill names one of them, a send-out that names none may be either."""
    job = {"candidate": "Avery Sample", "job": "Accountant"}
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "send_out", client="Example Works", **job),
                row("2026-01-06", "Desk 01", "send_out", client="Sample Foods", **job),
                row("2026-01-20", "Desk 01", "fill", client="sample foods", **job),
            ]
        )
    )
    assert followed(log, "send_out_to_fill") == (2, 1, 0)


def test_orders_of_one_name_at_two_clients_are_two(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "contract", client="Example Works", job="Accountant"),
                row("2026-01-05", "Desk 01", "contract", client="Sample Foods", job="Accountant"),
                row("2026-01-20", "Desk 01", "fill", candidate="Avery Sample", client="Sample Foods", job="Accountant"),
            ]
        )
    )
    assert followed(log, "contract_to_fill") == (2, 1, 0)


def test_each_case_is_shown_with_both_days_and_what_came_of_it(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05T10:00", "Desk 01", "send_out", **AVERY),
                row("2026-01-09", "Desk 01", "fill", **AVERY),
                row("2026-01-06", "Desk 01", "send_out", **{**AVERY, "candidate": "Blake Sample"}),
                row("2026-03-20", "Desk 01", "send_out", **{**AVERY, "candidate": "Cleo Sample"}),
            ]
        )
    )
    cases = rows_behind(log, ratio="send_out_to_fill", unit="Desk 01", **{**ASKED, "as_of": date(2026, 4, 1)})
    assert list(cases["candidate"]) == ["Avery Sample", "Blake Sample", "Cleo Sample"]
    assert list(cases["status"]) == ["reached", "not reached", "open"]
    assert list(cases["started_on"].dt.day) == [5, 6, 20]
    assert cases["next_on"].tolist()[0] == pd.Timestamp("2026-01-09")
    assert cases["next_on"].isna().tolist() == [False, True, True]


def test_the_interval_of_a_cohort_never_goes_below_one_to_one(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "contract", client="Example Works", job="Order 1"),
                row("2026-01-09", "Desk 01", "fill", **AVERY),
            ]
        )
    )
    found = ratios(log, **ASKED).set_index("ratio").loc["contract_to_fill"]
    assert (found["value"], found["low"]) == (1.0, 1.0)


def test_the_number_of_a_day_is_the_calendars_own(engine: Engine) -> None:

    days = ["1999-12-31", "2000-02-29", "2024-02-29", "2024-12-31", "2026-01-05", "2100-03-01"]
    log = nw.from_native(engine(frame_of(row(day, "Desk 01", "touch") for day in days))).lazy()
    numbered = log.with_columns(number=day_number(nw.col("occurred_at"))).sort("occurred_at").collect("pandas")
    assert numbered["number"].to_list() == [date.fromisoformat(day).toordinal() for day in days]
