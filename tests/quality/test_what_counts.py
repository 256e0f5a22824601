"""Small worked examples of what counts, each to be followed by eye, on both engines."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from counted import ASKED, AVERY, BLAKE, counts, line, total

from quality.rules import Rules
from quality.tally import tally
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row


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
