"""What is told of contractors hangs neither on the order of the rows nor on the year they were written in."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from quality import fall_offs, handoffs, hours, redeployment, referrals, retention, support
from quality.assignments import assignments
from quality.back_test import back_test
from quality.care import care
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import obligations
from sample_data import Plan, generate

END = date(2026, 11, 15)
#: Whole weeks, so that weekends stay weekends.
YEARS = timedelta(weeks=3 * 52)
#: Words and names that hold a date, and so move with it.
TOLD = ["reasons", "context", "sentence", "cohort"]


@pytest.fixture(scope="module")
def firm():
    found = generate(Plan(end=END, desks=4, weeks=40))
    return found.log, found.roster


def everything(log, roster, as_of: date) -> dict[str, pd.DataFrame]:
    """What the pages of contractors show, each as a frame."""
    runs = assignments(log, as_of=as_of, roster=roster)
    tickets = support.with_clients(support.tickets(log, as_of=as_of, rules=RULES), runs.rows).rows
    tested = back_test(log, as_of=as_of, rows=runs.rows, roster=roster)
    return {
        "assignments": runs.rows,
        "questions": runs.questions,
        "care": care(log, as_of=as_of, rows=runs.rows, roster=roster),
        "tickets": tickets,
        "hand-offs": called_for(log, roster, as_of, tickets),
        "curve": retention.curve(retention.watched(runs.rows, as_of)),
        "by reason": retention.incidence(retention.watched(runs.rows, as_of)),
        "placed again": redeployment.freed(runs.rows),
        "referrals": referrals.referrals(log, as_of=as_of),
        "hours": hours.weeks(log, runs.rows, as_of=as_of, contracted=40),
        "fall-offs": fall_offs.fills(log, as_of=as_of),
        "back-test": tested.rows,
        "levels": pd.DataFrame([repr(tested.lead), *map(repr, tested.followed)]),
    }


def called_for(log, roster, as_of: date, tickets: pd.DataFrame) -> pd.DataFrame:
    rule, made = BY_NAME[handoffs.RULE], handoffs.moves(log, as_of=as_of, roster=roster)
    starts = handoffs.to_care(obligations(log, as_of=as_of, rules=[rule], roster=roster), made)
    parts = [
        starts,
        handoffs.account_to_care(starts, made, log, as_of=as_of),
        handoffs.to_support(tickets, made, as_of=as_of, roster=roster),
        handoffs.back_to_care(tickets, made, rule, as_of=as_of, roster=roster),
    ]
    return pd.concat(parts, ignore_index=True)


def moved(frame: pd.DataFrame, by: timedelta) -> pd.DataFrame:
    """Every date of a frame so much later."""
    return frame.assign(**{name: frame[name] + by for name in frame.select_dtypes("datetime")})


@pytest.fixture(scope="module")
def told(firm):
    found = everything(*firm, END)
    assert all(len(frame) for frame in found.values())
    return found


def test_the_order_of_the_rows_does_not_matter(firm, told):
    log, roster = firm
    again = everything(log.sample(frac=1, random_state=7), roster, END)
    for name, frame in told.items():
        pd.testing.assert_frame_equal(again[name], frame, obj=name)


def test_three_years_later_everything_is_told_the_same(firm, told):
    log, roster = firm
    later = everything(moved(log, YEARS), moved(roster, YEARS), END + YEARS)
    for name, frame in told.items():
        without = frame.columns.intersection(TOLD)
        pd.testing.assert_frame_equal(
            moved(later[name], -YEARS).drop(columns=without), frame.drop(columns=without), obj=name
        )
