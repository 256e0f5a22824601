"""The ratios of small logs: values and intervals, empty logs, first and last days, on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from counted import ASKED, AVERY, BLAKE, line, total
from firms import for_everybody
from scipy import stats

from quality.evidence import rows_behind
from quality.ratios import COLUMNS, ratios
from quality.rules import Rules
from quality.tally import COUNTS, tally
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row


def test_a_zero_denominator_has_no_value_and_no_upper_bound(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-05", "Desk 01", "send_out", **AVERY)]))
    one = line(log, "send_out_to_fill")
    assert (one["upstream"], one["downstream"], one["value"], one["high"]) == (1, 0, None, None)
    assert one["low"] > 0


def test_nothing_at_all_has_no_value_and_no_interval(engine: Engine) -> None:
    one = line(engine(frame_of([row("2026-01-05", "Desk 01", "touch")])), "contract_to_fill")
    assert [one[name] for name in ("upstream", "downstream", "value", "low", "high")] == [0, 0, None, None, None]


def test_a_ratio_below_one_to_one_has_a_finite_interval(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "send_out", **AVERY),
                row("2026-01-06", "Desk 01", "fill", **AVERY),
                row("2026-01-06", "Desk 01", "fill", **BLAKE),
            ]
        )
    )
    one = line(log, "send_out_to_fill")
    assert one["value"] == 0.5
    assert 0 < one["low"] < 0.5 < one["high"] < 10


def test_on_the_candidate_side_the_interval_is_that_of_a_share(engine: Engine) -> None:
    """3 fills of 14 send-outs: shares of 0.10553 and 0.37778 (statsmodels and R), turned over."""
    people = [{**AVERY, "candidate": f"Sample {number}"} for number in range(14)]
    sent = [row("2026-01-05", "Desk 01", "send_out", **one) for one in people]
    log = engine(frame_of([*sent, *(row("2026-01-09", "Desk 01", "fill", **one) for one in people[:3])]))
    one = line(log, "send_out_to_fill")
    assert one["low"] == pytest.approx(1 / 0.37777980387655247)
    assert one["high"] == pytest.approx(1 / 0.10553223878570783)


def test_on_the_client_side_the_interval_is_that_of_two_counts(engine: Engine) -> None:
    """2 orders and 1 fill: the 10 % and 90 % points of the odds of a Beta(2.5, 1.5) share."""
    orders = [row("2026-01-05", "Desk 01", "contract", client="Example Works", job=f"Order {n}") for n in (1, 2)]
    one = line(engine(frame_of([*orders, row("2026-01-09", "Desk 01", "fill", **AVERY)])), "contract_to_fill")
    share = stats.betaprime(2.5, 1.5)
    assert (one["low"], one["high"]) == pytest.approx((share.ppf(0.1), share.ppf(0.9)))


def test_an_empty_log_has_no_units_and_so_no_rows(engine: Engine) -> None:
    for view in ("activity", "cohort"):
        for by in ("desk", "team", "company"):
            found = ratios(engine(frame_of([])), view=view, by=by, every="week", **ASKED)
            assert list(found.columns) == list(COLUMNS)
            assert found.empty


def test_an_empty_log_has_an_empty_tally(engine: Engine) -> None:
    found = tally(engine(frame_of([])), **ASKED)
    assert list(found.columns) == ["desk", "day", *COUNTS]
    assert found.empty


def test_every_desk_of_the_log_has_all_seven_ratios_in_every_period(engine: Engine) -> None:
    log = engine(frame_of([row("2025-06-01", "Desk 07", "touch"), row("2026-01-05", "Desk 01", "interview")]))
    found = ratios(log, every="month", **ASKED)
    assert found.groupby(["unit", "period"])["ratio"].nunique().tolist() == [7] * 6
    assert found["period"].unique().tolist() == ["2026-01", "2026-02", "2026-03"]


def test_a_desk_that_only_appears_later_is_not_there_yet(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-05", "Desk 01", "interview"), row("2026-05-05", "Desk 02", "interview")]))
    assert ratios(log, **{**ASKED, "as_of": date(2026, 4, 1)})["unit"].unique().tolist() == ["Desk 01"]


def test_the_last_moment_of_the_last_day_belongs_to_the_period(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-03-31T23:59:59", "Desk 01", "interview"),
                row("2026-04-01T00:00:00", "Desk 01", "interview"),
            ]
        )
    )
    assert total(log, "interview") == 1


def test_standards_of_the_firm_stand_beside_the_ratio(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-05", "Desk 01", "interview")]))
    own = Rules(standards=for_everybody({"send_out_to_fill": 4.5}))
    assert line(log, "send_out_to_fill", rules=own)["standard"] == 4.5
    assert line(log, "contract_to_fill", rules=own)["standard"] == 4.0


def test_a_period_that_ends_before_it_starts_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="before it starts"):
        ratios(engine(frame_of([])), as_of=date(2026, 1, 1), start=date(2026, 2, 1), end=date(2026, 1, 1))


def test_the_newest_rows_are_shown_when_there_is_a_limit(engine: Engine) -> None:
    days = ["2026-01-05", "2026-01-07", "2026-01-06"]
    log = engine(frame_of(row(day, "Desk 01", "interview") for day in days))
    behind = rows_behind(log, ratio="interview_to_send_out", unit="Desk 01", limit=2, **ASKED)
    assert [str(day.date()) for day in behind["occurred_at"]] == ["2026-01-06", "2026-01-07"]
