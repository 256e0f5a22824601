"""Tickets counted by kind, topic, client and contractor, and the time they take with those that still wait."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from quality.intervals import LEVEL
from quality.support_counts import (
    NOBODY,
    by_kind,
    by_owner,
    by_topic,
    contractors,
    half_range,
    hours_until,
    in_time,
    is_over,
    left_out,
    repeats,
    to_do,
)
from quality.survival import kaplan_meier

#: Numbers of R; the file says how they were found.
GEHAN = json.loads((Path(__file__).parent / "oracles" / "kaplan_meier.json").read_text(encoding="utf-8"))["groups"]


def ticket(number: int, state: str = "resolved", hours: float = 10.0, **more: Any) -> dict[str, Any]:
    told = {
        "ticket": f"row {number}",
        "kind": "experience",
        "topic": "Payslip",
        "state": state,
        "late": state == "overdue",
        "candidate": f"Person {number}",
        "client": "Example Works",
        "opened_at": pd.Timestamp(2026, 11, number),
        "due_at": pd.Timestamp(2026, 11, number + 2),
        "hours": hours,
    }
    return told | more


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[*ticket(1)])


def until(rows: pd.DataFrame, part: float) -> float | None:
    """Of all these tickets together."""
    found = hours_until(rows.assign(unit="all"), part, "unit")
    return None if found.empty else float(found["all"])


def test_each_kind_has_a_row_with_its_counts_and_median() -> None:
    found = by_kind(
        frame(
            ticket(1, hours=10),
            ticket(2, hours=20),
            ticket(3, hours=60),
            ticket(4, "open", 5, kind="adoption"),
            ticket(5, "overdue", 80, kind="adoption"),
            ticket(6, "waived", 80, kind="adoption"),
        )
    )
    told = found.astype(object).where(found.notna(), None).to_numpy().tolist()
    assert told == [
        ["experience", 3, 0, 0, 3, 0, 20.0, 10.0, None, 60.0],
        ["adoption", 3, 1, 1, 0, 1, None, None, None, None],
        ["not_said", 0, 0, 0, 0, 0, None, None, None, None],
    ]


def test_the_median_is_the_ordinary_one_where_everything_is_resolved() -> None:
    rows = frame(*(ticket(at + 1, hours=hours) for at, hours in enumerate([1, 5, 7, 20])))
    assert until(rows, 0.5) == 6.0


def test_what_still_waits_makes_the_median_longer_and_is_not_left_out() -> None:
    # Of three, one is resolved after 10 hours (2 of 3 wait), one after 20 (1 of 3), one waits for 100.
    rows = frame(ticket(1, hours=10), ticket(2, hours=20), ticket(3, "overdue", 100))
    assert until(rows, 0.5) == 20.0
    assert until(rows, 0.9) is None
    assert until(frame(ticket(1, hours=10), ticket(2, "open", 30), ticket(3, "open", 40)), 0.5) is None


def test_a_ticket_that_has_waited_for_less_says_nothing_of_longer_times() -> None:
    # After 2 hours one of three is no longer watched; at 10 hours 1 of 2 is resolved, at 30 the last.
    rows = frame(ticket(1, "open", 2), ticket(2, hours=10), ticket(3, hours=30))
    assert until(rows, 0.5) == 20.0
    assert until(rows, 0.9) == 30.0


def likely(rows: pd.DataFrame, level: float = LEVEL) -> list[float | None]:
    """The range of half of all these tickets together."""
    found = half_range(rows.assign(unit="all"), "unit", level).reindex(["all"]).astype(object)
    return found.where(found.notna(), None).to_numpy().tolist()[0]


def test_the_range_of_half_is_where_the_limits_of_the_curve_come_down_to_one_half() -> None:
    # Five are resolved after 10 to 50 hours, so that .8, .6, .4 and .2 still wait. With z = 1.2816 and Greenwood's sum
    # 1/20 = .05 the lower limit at 10 hours is .8 ** exp(1.2816 * .2236 / .2231) = .447, below one half at once. The
    # sum is .3 at 30 hours and .8 at 40, so the upper limit is .4 ** exp(-1.2816 * .5477 / .9163) = .653, and then
    # .2 ** exp(-1.2816 * .8944 / 1.6094) = .454.
    five = [ticket(at, hours=10.0 * at) for at in range(1, 6)]
    assert until(frame(*five), 0.5) == 30.0
    assert likely(frame(*five)) == [10.0, 40.0]
    # Of four the upper limit is .537 at 30 hours, and nothing is known of it where nobody waits any more.
    assert likely(frame(*five[:4])) == [10.0, None]
    # One more that still waits makes it longer: the lower limit is .518 at 10 hours and .364 at 20, the upper one .571
    # at 40 and .394 at 50.
    assert likely(frame(*five, ticket(6, "overdue", 200))) == [20.0, 50.0]


def test_one_resolution_has_no_range() -> None:
    assert likely(frame(ticket(1))) == [None, None]


@pytest.mark.parametrize("group", GEHAN, ids=lambda group: group["group"])
def test_the_range_of_half_of_the_remission_times_is_that_of_the_limits_of_another_implementation(group: Any) -> None:
    cases = zip(group["weeks"], group["relapsed"], strict=True)
    rows = frame(*(ticket(1, "resolved" if over else "open", float(weeks)) for weeks, over in cases))
    limits = [zip(group["time"], group[name], strict=True) for name in ("lower_loglog", "upper_loglog")]
    expected = [next((time for time, at in steps if at is not None and at <= 0.5), None) for steps in limits]
    assert likely(rows, 0.95) == expected


def slowly(rows: pd.DataFrame, part: float) -> float | None:
    """The same from the curve of those that still wait."""
    curve = kaplan_meier(rows["hours"], rows["state"] == "resolved")
    reached = curve[curve["survival"] <= 1 - part + 1e-9]
    if reached.empty:
        return None
    is_exact = reached["survival"].iloc[0] > 1 - part - 1e-9
    return float(reached["day"].iloc[: 2 if is_exact else 1].mean())


@pytest.mark.parametrize("seed", range(20))
def test_the_times_agree_with_a_slow_count(seed: int) -> None:
    chance = np.random.default_rng(seed)
    number = int(chance.integers(1, 40))
    hours, states = chance.integers(0, 60, number), chance.choice(["resolved", "open"], number, p=[0.7, 0.3])
    rows = frame(*(ticket(1, state, float(hour)) for state, hour in zip(states, hours, strict=True)))
    for part in (0.5, 0.9):
        assert until(rows, part) == pytest.approx(slowly(rows, part))
    curve = kaplan_meier(rows["hours"], rows["state"] == "resolved")
    ends = [curve.loc[curve[name] <= 0.5, "day"] for name in ("low", "high")]
    assert likely(rows) == [float(one.iloc[0]) if len(one) else None for one in ends]
    done = rows[rows["state"] == "resolved"]
    assert until(done, 0.5) == pytest.approx(float(done["hours"].median()) if len(done) else None)


def test_topics_come_by_number_of_tickets_with_how_many_clients_and_contractors() -> None:
    found = by_topic(
        frame(
            ticket(1, topic="Badge"),
            ticket(2),
            ticket(3, client="Example Labs", candidate="Person 2"),
            ticket(4, "open", topic="Apps", client=None, candidate=None),
        )
    )
    assert found[["topic", "tickets", "clients", "contractors"]].to_numpy().tolist() == [
        ["Payslip", 2, 2, 1],
        ["Apps", 1, 0, 0],
        ["Badge", 1, 1, 1],
    ]


def test_a_topic_comes_back_where_a_client_has_two_of_it() -> None:
    rows = frame(ticket(1), ticket(2, "overdue"), ticket(3, topic="Badge"), ticket(4, client="Example Labs"))
    [one] = repeats(rows).to_dict("records")
    assert (one["client"], one["topic"], one["tickets"], one["overdue"], one["resolved"]) == (
        "Example Works",
        "Payslip",
        2,
        1,
        1,
    )
    assert (one["contractors"], one["last"]) == (2, pd.Timestamp("2026-11-02"))


def test_contractors_with_several_tickets_come_with_their_topics() -> None:
    rows = frame(ticket(1), ticket(2, topic="Badge", candidate="Person 1"), ticket(3), ticket(4, candidate=None))
    [one] = contractors(rows).to_dict("records")
    assert (one["candidate"], one["tickets"], one["topics"]) == ("Person 1", 2, "Payslip, Badge")


def test_in_time_counts_what_was_resolved_or_is_overdue() -> None:
    rows = frame(ticket(1), ticket(2, late=True), ticket(3, "overdue"), ticket(4, "open"), ticket(5, due_at=pd.NaT))
    found = in_time(rows)
    assert (found.count, found.of) == (1, 3)


def test_what_no_rate_counts_is_told() -> None:
    rows = frame(ticket(1), ticket(2, "overdue"), ticket(3, "open"), ticket(4, "waived"), ticket(5, "waived"))
    assert left_out(rows) == {"not due yet": 1, "settled by an answer": 2}
    assert left_out(frame(ticket(1))) == {}


def test_who_has_the_most_tickets_that_wait_comes_first() -> None:
    states = {"Desk A": ["resolved"] * 3, "Desk B": ["open", "overdue"], None: ["overdue", "waived", "resolved"]}
    told = [(owner, state) for owner, own in states.items() for state in own]
    rows = frame(*(ticket(number, state) for number, (_, state) in enumerate(told, 1)))
    found = by_owner(rows.assign(owner=[owner for owner, _ in told]))
    names = ["owner", "tickets", "open", "overdue", "resolved"]
    assert found[names].to_numpy().tolist() == [
        ["Desk B", 2, 1, 1, 0],
        [NOBODY, 3, 0, 1, 1],
        ["Desk A", 3, 0, 0, 3],
    ]


def test_what_is_overdue_the_longest_stands_first_then_what_is_due_next_and_last_what_has_no_due_day() -> None:
    late = [ticket(2, "overdue"), ticket(6, "overdue")]
    rows = frame(ticket(9, "open"), ticket(8, "open"), ticket(1, "open", due_at=pd.NaT), *late, ticket(4))
    assert to_do(rows)["ticket"].tolist() == ["row 2", "row 6", "row 8", "row 9", "row 1"]


def test_an_assignment_is_over_where_one_ended_and_none_runs_or_is_agreed() -> None:
    states = {"Person 1": "running", "Person 2": "ended", "Person 3": "accepted", "Person 4": "never_started"}
    held = pd.DataFrame([*states.items(), ("Person 1", "ended"), ("Person 3", "ended")], columns=["candidate", "state"])
    rows = frame(*(ticket(number) for number in range(1, 6)), ticket(6, candidate=None))
    assert is_over(rows, held).tolist() == [False, True, False, False, False, False]


@pytest.mark.parametrize("count", [by_topic, repeats, contractors, to_do])
def test_no_ticket_is_no_row(count: Any) -> None:
    assert count(frame()).empty
    assert by_kind(frame())["tickets"].tolist() == [0, 0, 0]
