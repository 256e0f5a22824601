"""Small worked examples of what counts and for whom, each to be followed by eye, on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from scipy import stats

from quality.evidence import rows_behind
from quality.ratios import COLUMNS, ratios, records
from quality.rules import Rules
from quality.standards import Standards
from quality.tally import COUNTS, tally
from quality.teams import NO_TEAM
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

FIRST_QUARTER = {"start": date(2026, 1, 1), "end": date(2026, 3, 31)}
ASKED = {"as_of": date(2026, 12, 31), **FIRST_QUARTER}

AVERY = {"candidate": "Avery Sample", "client": "Example Works", "job": "Order 1"}
BLAKE = {**AVERY, "candidate": "Blake Sample"}


def counts(log: Any, ratio: str, unit: str = "Desk 01", **asked: Any) -> tuple[int, int]:
    """Upstream and downstream of one ratio of one unit."""
    one = line(log, ratio, unit, **asked)
    return one["upstream"], one["downstream"]


def line(log: Any, ratio: str, unit: str = "Desk 01", **asked: Any) -> dict[str, Any]:
    frame = ratios(log, **{**ASKED, **asked})
    (one,) = records(frame[(frame["ratio"] == ratio) & (frame["unit"] == unit)])
    return one


def total(log: Any, measure: str, **asked: Any) -> int:
    return int(tally(log, **{**ASKED, **asked})[measure].sum())


def test_a_second_interview_with_the_client_does_not_add_a_send_out(engine: Engine) -> None:
    log = engine(
        frame_of([row("2026-01-05", "Desk 01", "send_out", **AVERY), row("2026-01-12", "Desk 01", "send_out", **AVERY)])
    )
    assert total(log, "send_out") == 1


def test_the_same_candidate_at_another_order_is_another_send_out(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "send_out", **AVERY),
                row("2026-01-12", "Desk 01", "send_out", **{**AVERY, "job": "Order 2"}),
            ]
        )
    )
    assert total(log, "send_out") == 2


def test_a_send_out_counts_as_held_unless_its_outcome_says_otherwise(engine: Engine) -> None:
    outcomes = (None, "held", "not keen", "cancelled", "no_show", "rescheduled")
    rows = [
        row("2026-01-05", "Desk 01", "send_out", outcome=outcome, **{**AVERY, "job": f"Order {n}"})
        for n, outcome in enumerate(outcomes)
    ]
    assert total(engine(frame_of(rows)), "send_out") == 3


def test_an_own_interview_that_did_not_take_place_does_not_count(engine: Engine) -> None:
    outcomes = (None, "held", "strong", "cancelled", "no_show", "rescheduled")
    rows = [
        row("2026-01-05", "Desk 01", "interview", outcome=outcome, candidate=f"Avery {outcome}") for outcome in outcomes
    ]
    assert total(engine(frame_of(rows)), "interview") == 3


def test_a_fill_whose_own_outcome_says_that_nobody_started_fell_off(engine: Engine) -> None:
    outcomes = (None, "never_started", "signed", "quit")
    rows = [
        row("2026-01-05", "Desk 01", "fill", outcome=outcome, **{**AVERY, "job": f"Order {n}"})
        for n, outcome in enumerate(outcomes)
    ]
    log = engine(frame_of(rows))
    assert (total(log, "fill"), total(log, "fell_off")) == (4, 2)


def test_a_send_out_cancelled_and_then_held_counts_once_on_the_day_it_was_held(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "send_out", outcome="cancelled", **AVERY),
                row("2026-01-12", "Desk 01", "send_out", outcome="held", **AVERY),
                row("2026-01-19", "Desk 01", "send_out", **AVERY),
            ]
        )
    )
    found = tally(log, **ASKED)
    days = found.loc[found["send_out"] > 0, "day"]
    assert list(days) == [pd.Timestamp("2026-01-12")]


def test_a_no_show_and_a_rescheduled_send_out_do_not_count(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "send_out", outcome="no_show", **AVERY),
                row("2026-01-06", "Desk 01", "send_out", outcome="rescheduled", **BLAKE),
            ]
        )
    )
    assert total(log, "send_out") == 0


def test_a_scheduled_send_out_counts_only_when_its_day_has_come(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-12T16:00", "Desk 01", "send_out", **AVERY)]))
    assert total(log, "send_out", as_of=date(2026, 1, 11)) == 0
    assert total(log, "send_out", as_of=date(2026, 1, 12)) == 1


def test_a_first_send_out_before_the_period_is_not_counted_again_inside_it(engine: Engine) -> None:
    log = engine(
        frame_of([row("2025-12-30", "Desk 01", "send_out", **AVERY), row("2026-01-12", "Desk 01", "send_out", **AVERY)])
    )
    assert counts(log, "send_out_to_fill") == (0, 0)


def test_two_candidates_placed_on_one_order_are_two_fills(engine: Engine) -> None:
    log = engine(
        frame_of([row("2026-01-05", "Desk 01", "fill", **AVERY), row("2026-01-05", "Desk 01", "fill", **BLAKE)])
    )
    assert total(log, "fill") == 2


def test_fills_of_people_nobody_named_are_never_taken_for_one_person(engine: Engine) -> None:
    nobody = {"client": "Example Works", "job": "Order 1"}
    log = engine(
        frame_of([row("2026-01-05", "Desk 01", "fill", **nobody), row("2026-01-06", "Desk 01", "fill", **nobody)])
    )
    assert total(log, "fill") == 2


def test_a_person_called_like_the_id_of_a_row_is_not_that_row(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "fill", "Avery Sample", client="Example Works", job="Order 1"),
                row("2026-01-06", "Desk 01", "fill", **AVERY),
            ]
        )
    )
    assert total(log, "fill") == 2


def test_without_an_order_the_client_tells_send_outs_apart(engine: Engine) -> None:
    seen = [("2026-01-05", "Example Works"), ("2026-01-06", "Example Works"), ("2026-01-07", "Sample Foundry")]
    log = engine(
        frame_of(row(day, "Desk 01", "send_out", candidate="Avery Sample", client=client) for day, client in seen)
    )
    assert total(log, "send_out") == 2


def test_every_call_and_every_interview_counts(engine: Engine) -> None:
    log = engine(
        frame_of(
            row("2026-01-05T09:00", "Desk 01", name, candidate="Avery Sample")
            for name in ("recruiting_call", "recruiting_call", "interview", "interview", "call_attempt", "conversation")
        )
    )
    assert (total(log, "recruiting_call"), total(log, "interview")) == (2, 2)


def test_a_hit_is_a_recorded_hit_or_a_call_with_an_outcome_of_the_firms_rule(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "hit", candidate="Avery Sample"),
                row("2026-01-05", "Desk 01", "recruiting_call", outcome="interested"),
                row("2026-01-05", "Desk 01", "recruiting_call", outcome="call_back"),
                row("2026-01-05", "Desk 01", "recruiting_call"),
            ]
        )
    )
    assert counts(log, "call_to_hit") == (3, 2)
    assert counts(log, "call_to_hit", rules=Rules(hit_outcomes=("interested", "call_back"))) == (3, 3)
    assert counts(log, "call_to_hit", rules=Rules(hit_outcomes=())) == (3, 1)


SPLIT_DESK = [
    row("2026-01-02", "Desk 02", "contract", client="Example Works", job="Order 1"),
    row("2026-01-03", "Desk 01", "contract", client="Example Works", job="Order 1"),
    row("2026-01-05", "Desk 01", "send_out", **AVERY),
    row("2026-01-09", "Desk 01", "fill", **AVERY),
]


def test_on_the_client_side_the_desk_that_won_the_order_first_gets_the_credit(engine: Engine) -> None:
    log = engine(frame_of(SPLIT_DESK))
    assert counts(log, "contract_to_fill", "Desk 01") == (1, 0)
    assert counts(log, "contract_to_fill", "Desk 02") == (1, 1)
    assert counts(log, "presentation_to_send_out", "Desk 02") == (0, 1)


def test_a_job_name_that_two_clients_use_is_two_jobs(engine: Engine) -> None:
    """Both firms call a job V1: the fill at the second one counts for the desk that won it there."""
    rows = [
        row("2026-01-05", "Desk 01", "contract", client="Example Works", job="V1"),
        row("2026-01-06", "Desk 02", "contract", client="Sample Foods", job="V1"),
        row("2026-01-20", "Desk 01", "fill", candidate="Avery Sample", client="Sample Foods", job="V1"),
        row("2026-01-21", "Desk 03", "fill", candidate="Blake Sample", client="Demo Freight", job="V1"),
    ]
    frame = engine(frame_of(rows))
    fills = {desk: line(frame, "contract_to_fill", desk)["downstream"] for desk in ("Desk 01", "Desk 02", "Desk 03")}
    assert fills == {"Desk 01": 0, "Desk 02": 1, "Desk 03": 1}


def test_one_person_at_two_clients_for_jobs_of_one_name_counts_twice(engine: Engine) -> None:
    """A CV that went to two firms counts twice; a second row at one of them, or one that names none, adds none."""
    places = ["Example Works", "Sample Foods", "EXAMPLE WORKS", None]
    rows = [
        row(f"2026-01-0{day}", "Desk 01", "presentation", candidate="Avery Sample", client=client, job="Accountant")
        for day, client in enumerate(places, 5)
    ]
    found = line(engine(frame_of(rows)), "presentation_to_send_out", "Desk 01")
    assert found["upstream"] == 2


def test_an_order_of_another_client_is_another_order(engine: Engine) -> None:
    """Only one firm has an order for a welder; a send-out to another firm's welder is not its."""
    rows = [
        row("2026-01-05", "Desk 01", "contract", client="Example Works", job="Welder"),
        row("2026-01-20", "Desk 02", "fill", candidate="Avery Sample", client="Sample Foods", job="Welder"),
        row("2026-01-21", "Desk 02", "fill", candidate="Blake Sample", client="EXAMPLE WORKS", job="Welder"),
        row("2026-01-22", "Desk 02", "fill", candidate="Casey Sample", job="Welder"),
    ]
    frame = engine(frame_of(rows))
    fills = {desk: line(frame, "contract_to_fill", desk)["downstream"] for desk in ("Desk 01", "Desk 02")}
    assert fills == {"Desk 01": 2, "Desk 02": 1}


def test_an_order_without_a_client_is_known_by_its_name(engine: Engine) -> None:
    rows = [
        row("2026-01-05", "Desk 01", "contract", job="Order 7"),
        row("2026-01-20", "Desk 02", "fill", candidate="Avery Sample", client="Example Works", job="Order 7"),
    ]
    assert line(engine(frame_of(rows)), "contract_to_fill", "Desk 01")["downstream"] == 1


def test_on_the_candidate_side_the_desk_that_did_the_work_gets_the_credit(engine: Engine) -> None:
    log = engine(frame_of(SPLIT_DESK))
    assert counts(log, "send_out_to_fill", "Desk 01") == (1, 1)
    assert counts(log, "send_out_to_fill", "Desk 02") == (0, 0)


def test_a_firm_can_give_every_desk_its_own_send_outs_and_fills(engine: Engine) -> None:
    log = engine(frame_of(SPLIT_DESK))
    own = Rules(credit_orders=False)
    assert counts(log, "contract_to_fill", "Desk 01", rules=own) == (1, 1)
    assert counts(log, "contract_to_fill", "Desk 02", rules=own) == (1, 0)


@pytest.mark.parametrize(
    ("ended", "outcome", "fell_off"),
    [
        ("2026-02-21", "quit", 1),  # 40 days after the start
        ("2026-07-31", "quit", 0),  # 200 days after the start
        ("2026-04-12", "terminated", 1),  # the 90th day
        ("2026-04-13", "terminated", 0),  # the 91st
        ("2026-01-10", "never_started", 1),  # after the fill, before the start
        ("2026-02-21", "completed", 0),
        ("2026-01-04", "quit", 0),  # before the fill: an earlier assignment
    ],
)
def test_a_fill_falls_off_when_it_ends_early_inside_the_guarantee(
    engine: Engine, ended: str, outcome: str, fell_off: int
) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "fill", **AVERY),
                row("2026-01-12", "Desk 01", "start", **AVERY),
                row(ended, "Desk 01", "end", outcome=outcome, **AVERY),
            ]
        )
    )
    one = line(log, "send_out_to_fill")
    assert (one["downstream"], one["fell_off"]) == (1, fell_off)


def test_without_a_start_the_guarantee_runs_from_the_fill(engine: Engine) -> None:
    fill = row("2026-01-05", "Desk 01", "fill", **AVERY)
    inside, outside = (
        engine(frame_of([fill, row(day, "Desk 01", "end", outcome="quit", **AVERY)]))
        for day in ("2026-04-05", "2026-04-06")
    )
    assert (total(inside, "fell_off"), total(outside, "fell_off")) == (1, 0)


def test_a_fall_off_that_has_not_happened_yet_is_not_known(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "fill", **AVERY),
                row("2026-02-21", "Desk 01", "end", outcome="quit", **AVERY),
            ]
        )
    )
    assert total(log, "fell_off", as_of=date(2026, 2, 20)) == 0
    assert total(log, "fell_off", as_of=date(2026, 2, 21)) == 1


def test_a_shorter_guarantee_leaves_fewer_fall_offs(engine: Engine) -> None:
    log = engine(
        frame_of(
            [
                row("2026-01-05", "Desk 01", "fill", **AVERY),
                row("2026-02-21", "Desk 01", "end", outcome="quit", **AVERY),
            ]
        )
    )
    assert total(log, "fell_off", rules=Rules(guarantee_days=46)) == 0
    assert total(log, "fell_off", rules=Rules(guarantee_days=47)) == 1


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


def test_an_activity_counts_for_the_team_its_desk_was_in_on_that_day(engine: Engine) -> None:
    roster = pd.DataFrame(
        {
            "desk": ["Desk 01", "Desk 01"],
            "team": ["North", "South"],
            "starts_on": pd.to_datetime(["2026-01-01", "2026-02-01"]),
            "ends_on": pd.to_datetime(["2026-01-31", None]),
        }
    )
    days = ["2026-01-31", "2026-02-01", "2026-02-02", "2025-12-31"]
    log = engine(frame_of(row(day, "Desk 01", "interview") for day in days))
    found = ratios(log, **{**ASKED, "start": date(2025, 12, 1)}, by="team", roster=roster)
    held = found[found["ratio"] == "interview_to_send_out"].set_index("unit")["upstream"].to_dict()
    assert held == {NO_TEAM: 1, "North": 1, "South": 2}


def test_standards_of_the_firm_stand_beside_the_ratio(engine: Engine) -> None:
    log = engine(frame_of([row("2026-01-05", "Desk 01", "interview")]))
    own = Rules(standards=Standards.everywhere({"send_out_to_fill": 4.5}))
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
