"""Small worked examples of which desk and team an activity counts for, on both engines."""

from __future__ import annotations

from datetime import date

import pandas as pd
from counted import ASKED, AVERY, counts, line

from quality.ratios import ratios
from quality.rules import Rules
from quality.teams import NO_TEAM
from tests.quality.conftest import Engine
from tests.quality.small_logs import frame_of, row

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
