"""Closed weeks as arrays: what is counted in which week, what came due, and the cases that are followed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from firms import flow_of
from small_logs import frame_of, row

from quality.weekly import FEWEST_LINKS, Cases, Weekly, gather, lag_shares, spread, weekly

AS_OF = date(2026, 3, 1)  # a Sunday: the week from Monday 23 February is closed


def calls(*days: str, desk: str = "Desk 01") -> list[dict]:
    return [row(f"{day}T10:00", desk, "recruiting_call", candidate=f"C {desk} {day}") for day in days]


def weeks_of(rows: list[dict], engine=lambda frame: frame, as_of: date = AS_OF, **more) -> Weekly:
    gathered = gather(engine(frame_of(rows)), as_of=as_of)
    assert gathered is not None
    return weekly(gathered, **more)


def test_a_log_that_starts_mid_week_begins_with_the_monday_of_that_week(engine) -> None:
    found = weeks_of(calls("2026-02-12", "2026-02-16", "2026-02-22", "2026-02-23"), engine)
    assert found.weeks.strftime("%d %b").tolist() == ["09 Feb", "16 Feb", "23 Feb"]
    assert found.units == ("Desk 01",)
    assert found.volumes["recruiting_call"].tolist() == [[1, 2, 1]]


def test_a_week_that_is_not_over_is_not_counted() -> None:
    rows = calls("2026-02-12", "2026-02-16", "2026-02-28")
    assert weeks_of(rows, as_of=date(2026, 2, 28)).volumes["recruiting_call"].tolist() == [[1, 1]]


@pytest.mark.parametrize("rows", [[], calls("2026-02-25"), calls("2026-04-01")])
def test_before_a_week_with_data_is_closed_there_is_nothing(rows: list[dict], engine) -> None:
    assert gather(engine(frame_of(rows)), as_of=date(2026, 2, 27)) is None


def test_the_order_of_the_rows_changes_nothing(engine) -> None:
    rows = whole_chain()
    one, other = (weeks_of(order, engine) for order in (rows, rows[::-1]))
    assert {name: flow.downstream.tolist() for name, flow in one.flows.items()} == {
        name: flow.downstream.tolist() for name, flow in other.flows.items()
    }
    assert one.flows["send_out_to_fill"].lag.tolist() == other.flows["send_out_to_fill"].lag.tolist()


def whole_chain(cases: int = FEWEST_LINKS, weeks: int = 2) -> list[dict]:
    """Send-outs on Monday 6 October 2025, each filled so many weeks later, and one of each that got nowhere."""
    rows = []
    for number in range(cases):
        key = {"candidate": f"C {number}", "job": f"J {number}"}
        rows.append(row(f"2025-10-06T10:{number:02d}", "Desk 01", "send_out", f"s {number:03d}", **key))
        filled = pd.Timestamp("2025-10-06") + pd.Timedelta(weeks=weeks, hours=9, minutes=number)
        rows.append(row(filled.isoformat(), "Desk 01", "fill", f"f {number:03d}", **key))
    return [*rows, row("2025-10-07T10:00", "Desk 01", "send_out", "s nowhere", candidate="C none", job="J none")]


def test_cases_are_followed_from_their_week_to_the_week_of_the_fill(engine) -> None:
    flow = weeks_of(whole_chain(), engine).flows["send_out_to_fill"]
    assert flow.upstream[0, :4].tolist() == [FEWEST_LINKS + 1, 0, 0, 0]
    assert flow.downstream[0, :4].tolist() == [0, 0, FEWEST_LINKS, 0]
    assert flow.lag.tolist() == [0, 0, 1]
    assert flow.cases is not None
    assert flow.cases.started[0, :4].tolist() == [FEWEST_LINKS + 1, 0, 0, 0]
    assert flow.cases.got[0, 0].tolist() == [0, 0, FEWEST_LINKS]


def test_with_too_few_links_each_week_stands_for_itself() -> None:
    flow = weeks_of(whole_chain(FEWEST_LINKS - 1)).flows["send_out_to_fill"]
    assert flow.lag.tolist() == [1.0]
    assert flow.cases is None


def test_a_log_without_candidates_and_jobs_is_counted_and_nothing_is_followed(engine) -> None:
    rows = [{**one, "candidate": None, "job": None} for one in whole_chain()]
    flow = weeks_of(rows, engine).flows["send_out_to_fill"]
    assert flow.cases is None
    assert flow.lag.tolist() == [1.0]
    assert (flow.upstream.sum(), flow.downstream.sum()) == (FEWEST_LINKS + 1, FEWEST_LINKS)


def test_the_company_and_a_team_add_up_their_desks() -> None:
    rows = [*calls("2026-02-16", "2026-02-23"), *calls("2026-02-17", desk="Desk 02"), *calls("2026-02-18", desk="Z")]
    roster = pd.DataFrame({"desk": ["Desk 01", "Desk 02"], "team": "North", "starts_on": pd.NaT, "ends_on": pd.NaT})
    assert weeks_of(rows, by="company").volumes["recruiting_call"].tolist() == [[3, 1]]
    team = weeks_of(rows, by="team", roster=roster)
    assert dict(zip(team.units, team.volumes["recruiting_call"].tolist(), strict=True)) == {
        "(no team)": [1, 0],
        "North": [2, 1],
    }


def test_a_unit_is_seen_from_its_first_to_its_last_busy_week() -> None:
    rows = [*calls("2026-02-02", "2026-02-16"), *calls("2026-02-09", "2026-02-23", desk="Desk 02")]
    found = weeks_of(rows)
    assert found.busy.tolist() == [[True, False, True, False], [False, True, False, True]]
    assert found.seen.tolist() == [[True, True, True, False], [False, True, True, True]]


def test_counts_are_spread_over_the_weeks_after_them() -> None:
    assert spread(np.array([[8, 4, 0]]), np.array([0.5, 0.25, 0.25])).tolist() == [[4.0, 4.0, 3.0]]
    assert spread(np.array([[8]]), np.array([0.5, 0.5])).tolist() == [[4.0]]


def test_what_comes_due_is_the_upstream_of_the_weeks_before() -> None:
    late = flow_of("send_out_to_fill", [[0, 0, 0, 8, 0, 0]], [[0] * 6], lag=[0.0, 0.5, 0.5])
    assert late.due.tolist() == [[0, 0, 0, 0, 4, 4]]
    assert late.reached_by.tolist() == [0, 0.5, 1]


def test_a_desk_at_work_when_the_log_begins_owes_its_first_weeks_to_the_time_before() -> None:
    steady = flow_of("send_out_to_fill", [[8, 8, 8, 8]], [[0] * 4], lag=[0.5, 0.3, 0.2])
    joined = flow_of("send_out_to_fill", [[0, 0, 0, 8]], [[0] * 4], lag=[0.5, 0.3, 0.2])
    assert steady.due[0].tolist() == pytest.approx([8, 8, 8, 8])
    assert joined.due[0].tolist() == [0, 0, 0, 4]


def test_open_cases_by_age_and_those_that_arrived() -> None:
    cases = Cases(np.array([[5, 3, 0]]), np.array([[[1, 2, 0], [0, 1, 0], [0, 0, 0]]]))
    assert cases.waiting(2).tolist() == [[[4, 0], [3, 2], [0, 2]]]
    assert cases.arrived.tolist() == [[1, 2, 1]]


def test_shares_of_the_steps_by_the_weeks_they_took() -> None:
    lags = pd.DataFrame({"lag": [0, 2], "units": [15, 5], "ratio": "call_to_hit"})
    assert lag_shares(lags, "call_to_hit").tolist() == [0.75, 0, 0.25]
    assert lag_shares(lags.assign(units=[14, 5]), "call_to_hit").tolist() == [1.0]
    with pytest.raises(KeyError):
        lag_shares(lags, "no such ratio")
