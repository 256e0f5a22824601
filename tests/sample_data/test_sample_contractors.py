"""Who is placed again, hand-offs and names in referrals: what was put in is what the dashboard finds."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from quality import handoffs, redeployment, referrals, support
from quality.assignments import assignments
from quality.obligation_rules import BY_NAME, RULES
from quality.obligations import obligations
from sample_data import Plan, generate
from sample_data.truth_contractors import contractors_truth

END = date(2026, 11, 15)
CASE = ["candidate", "job"]


def of(log: pd.DataFrame, activity: str) -> pd.DataFrame:
    return log[log["activity"] == activity]


@pytest.fixture(scope="module")
def told(sample):
    return sample.truth["contractors"]


@pytest.fixture(scope="module")
def runs(sample):
    return assignments(sample.log, as_of=END, roster=sample.roster)


@pytest.fixture(scope="module")
def made(sample):
    return handoffs.moves(sample.log, as_of=END, roster=sample.roster)


@pytest.fixture(scope="module")
def called_for(sample, runs, made):
    """Every hand-off that was called for, by route, as the page counts it."""
    log, rule = sample.log, BY_NAME[handoffs.RULE]
    owed = obligations(log, as_of=END, start=sample.plan.start, end=date(2027, 1, 1), rules=[rule])
    starts = handoffs.to_care(owed, made)
    tickets = support.tickets(log, as_of=END, rules=RULES).rows
    return {
        "to_care": starts,
        "account_to_care": handoffs.account_to_care(starts, made, log, as_of=END),
        "to_support": handoffs.to_support(tickets, made, as_of=END, roster=sample.roster),
        "back_to_care": handoffs.back_to_care(tickets, made, rule, as_of=END, roster=sample.roster),
    }


# --- placed again ----------------------------------------------------------------------------------------------------


def test_some_contractors_are_placed_again_and_the_dashboard_finds_as_many(told, runs):
    assert told["placed_again"] == {"7": [9, 198], "30": [29, 190], "90": [57, 158]}
    free = redeployment.freed(runs.rows)
    # The last day of the sample is over.
    found = {str(days): redeployment.placed_again(free, days, END + timedelta(days=1)) for days in redeployment.WINDOWS}
    assert {days: [one.count, one.of] for days, one in found.items()} == told["placed_again"]


def test_whoever_is_placed_again_keeps_to_the_trade_and_works_in_one_place_at_a_time(runs):
    again = redeployment.freed(runs.rows).dropna(subset="next_on")
    later = runs.rows.set_index(["candidate", "started_on"])["job"]
    jobs = [later.loc[[(row.candidate, row.next_on)]].iloc[0] for row in again.itertuples()]
    trades = pd.DataFrame({"before": again["job"].str[:-5].tolist(), "after": [job[:-5] for job in jobs]})
    assert (trades["before"] == trades["after"]).mean() > 0.9
    overlapping = runs.questions[runs.questions["kind"] == "overlap"]["candidate"]
    assert len(overlapping) == 7


def test_whoever_is_placed_again_was_called_and_sent_out_before_the_second_start(sample, runs):
    again = redeployment.freed(runs.rows).dropna(subset="next_on")
    # Of those who start in the first weeks, what came before lies before the first day.
    again = again[again["next_on"] > "2025-12-31"]
    assert len(again) > 50
    sent = of(sample.log, "send_out")
    for row in again.itertuples():
        mine = sent[(sent["candidate"] == row.candidate) & (sent["occurred_at"] < row.next_on)]
        assert not mine.empty, row.candidate


# --- hand-offs -------------------------------------------------------------------------------------------------------


def test_hand_offs_in_time_late_and_missing_are_those_that_were_put_in(told):
    assert told["handoffs"] == {
        "to_care": {"in_time": 162, "late": 30, "missing": 59, "waiting": 3},
        "account_to_care": {"in_time": 12, "late": 7, "missing": 9, "waiting": 0},
        "to_support": {"in_time": 112, "late": 7, "missing": 4, "waiting": 2},
        "back_to_care": {"in_time": 69, "late": 11, "missing": 14, "waiting": 0},
    }


@pytest.mark.parametrize("route", handoffs.ROUTES)
def test_the_dashboard_finds_the_hand_offs_of_every_route(told, called_for, route):
    # Whom support still has, or gave back with the case unsolved, is not called for back.
    rows = called_for[route].dropna(subset="due_at")
    results = {"in_time": "kept", "late": "late", "missing": "overdue", "waiting": "open"}
    assert {name: int((rows["status"] == status).sum()) for name, status in results.items()} == told["handoffs"][route]


def test_contractors_change_hands_between_all_sides(made):
    sides = set(zip(made["from_side"], made["to_side"], strict=True))
    assert sides == {
        ("recruiting", "care"),
        ("recruiting", "support"),
        ("accounts", "care"),
        ("accounts", "support"),
        ("care", "support"),
        ("support", "care"),
    }


def test_no_case_is_handed_to_support_once_it_is_solved(sample):
    solved = of(sample.log, "ticket_resolved").groupby("ref")["occurred_at"].min()
    handed = of(sample.log, "handoff")
    to_support = handed[handed["assignee"] == "Support Desk Demo"]
    assert not (to_support["occurred_at"] >= to_support["ref"].map(solved)).any()


def test_care_calls_whom_it_was_handed_and_nobody_before(sample):
    handed = of(sample.log, "handoff")
    first = handed[handed["assignee"] == "Care Desk Demo"].groupby("candidate")["occurred_at"].min()
    calls = sample.log[(sample.log["desk"] == "Care Desk Demo") & (sample.log["activity"] != "handoff")]
    assert set(calls["activity"]) == {"touch"}
    assert len(calls) > 500
    assert (calls["candidate"].map(first) < calls["occurred_at"]).all()


# --- cases -----------------------------------------------------------------------------------------------------------


def test_about_one_open_case_in_five_is_overdue_and_the_dashboard_counts_as_many(sample, told):
    rows = support.tickets(sample.log, as_of=END, rules=RULES).rows
    assert rows["state"].value_counts().to_dict() == told["tickets"] == {"resolved": 114, "open": 10, "overdue": 2}


@pytest.mark.parametrize("end", [date(2026, 11, 22), date(2026, 11, 29)])
def test_in_other_weeks_too_most_cases_that_wait_came_in_lately(end):
    log = generate(Plan(end=end)).log
    rows = support.tickets(log, as_of=end, rules=RULES).rows
    counts = rows["state"].value_counts()
    assert counts["open"] >= 9
    assert 0.1 <= counts["overdue"] / (counts["open"] + counts["overdue"]) <= 0.3


def test_cases_of_people_who_left_early_were_not_solved_while_they_were_there(sample):
    solved = of(sample.log, "ticket_resolved").groupby("ref")["occurred_at"].min()
    slow = of(sample.log, "ticket_opened").assign(solved=lambda rows: rows["ref"].map(solved))
    ends = of(sample.log, "end")
    left = ends[ends["outcome"].isin(["quit", "terminated"])].set_index(CASE)["occurred_at"]
    met = slow.join(left.rename("left_at"), on=CASE).dropna(subset=["left_at", "solved"])
    late = met[met["solved"] - met["occurred_at"] > pd.Timedelta(days=31)]
    assert len(late) >= 5
    assert (late["solved"] > late["left_at"]).all()


# --- referrals -------------------------------------------------------------------------------------------------------


def test_most_referrals_name_somebody_who_is_called_for_the_first_time_afterwards(sample, told):
    found = referrals.referrals(sample.log, as_of=END)
    assert (len(found), int(found["named"].notna().sum())) == (told["referrals"]["rows"], told["referrals"]["named"])
    assert (len(found), int(found["named"].notna().sum())) == (61, 45)
    first = sample.log.groupby("candidate")["occurred_at"].min()
    known = found.dropna(subset="named")
    assert (known["named"].map(first) > known["at"]).all()
    assert known["named"].is_unique


def test_of_those_named_some_become_candidates_and_some_are_placed(sample):
    became = referrals.referrals(sample.log, as_of=END)["became"].value_counts().to_dict()
    assert became == {"candidate": 24, "not_yet": 17, "not_named": 16, "placed": 4}


def test_referrals_of_every_contractor_are_those_that_were_put_in(sample, told, runs):
    found = referrals.referrals(sample.log, as_of=END)
    counted = referrals.counted(found[found["party"] == "candidate"], runs.rows, "candidate")
    referring = counted[counted["referrals"] > 0].set_index("unit")["referrals"].to_dict()
    assert referring == told["referrals"]["contractors"]
    assert sum(referring.values()) == 49


# --- counted by hand -------------------------------------------------------------------------------------------------


def moments(rows):
    columns = ["occurred_at", "activity", "desk", *CASE, "party", "assignee", "outcome", "ref", "notes"]
    return pd.DataFrame(rows, columns=columns).astype({"occurred_at": "datetime64[us]"})


def row(when, activity, desk="Alex Demo", who="Avery Sample", job="Welder 1", to=None, ref=None, outcome=None):
    return (when, activity, desk, who, job, "candidate", to, outcome, ref, None)


CARE, SUPPORT = "Care Desk Demo", "Support Desk Demo"


def test_placed_again_is_counted_as_one_would_by_hand():
    """Avery is free on 2 March and starts on the 9th, seven days later; Blake is free on the 2nd, starts on the 10th;
    Cary was converted; Drew's second job began while the first ran."""
    log = moments(
        [
            row("2026-03-02 17:00", "end", outcome="completed"),
            row("2026-03-09 08:00", "start", job="Welder 2"),
            row("2026-03-02 17:00", "end", who="Blake Sample", job="Nurse 1", outcome="quit"),
            row("2026-03-10 08:00", "start", who="Blake Sample", job="Nurse 2"),
            row("2026-03-02 17:00", "end", who="Cary Sample", job="Nurse 3", outcome="converted"),
            row("2026-02-27 08:00", "start", who="Drew Sample", job="Nurse 5"),
            row("2026-03-02 17:00", "end", who="Drew Sample", job="Nurse 4", outcome="completed"),
        ]
    )
    found = contractors_truth(log, date(2026, 4, 1))["placed_again"]
    assert found == {"7": [1, 2], "30": [2, 2], "90": [0, 0]}


def test_hand_offs_are_counted_as_one_would_by_hand():
    """Avery starts on Monday 2 March: due by Monday the 9th, handed over that day. Blake's comes a day late.

    The order of Avery's job is Blair's, whose hand-off is missing. Avery's case is with care first, and with support
    on Thursday the 19th, due by Wednesday the 18th; it is solved on the 20th and Avery is back on Friday the 27th.
    """
    log = moments(
        [
            row("2026-02-02 08:00", "contract", desk="Blair Demo", who=None),
            row("2026-03-02 08:00", "start"),
            row("2026-03-09 17:00", "handoff", to=CARE),
            row("2026-03-02 08:00", "start", who="Blake Sample", job="Nurse 1"),
            row("2026-03-10 09:00", "handoff", who="Blake Sample", job="Nurse 1", to=CARE),
            row("2026-03-16 09:00", "ticket_opened", to=CARE, ref="T1"),
            row("2026-03-19 09:00", "handoff", desk=CARE, to=SUPPORT, ref="T1"),
            row("2026-03-20 09:00", "ticket_resolved", to=SUPPORT, ref="T1"),
            row("2026-03-27 09:00", "handoff", desk=SUPPORT, to=CARE, ref="T1"),
        ]
    )
    nothing = {"in_time": 0, "late": 0, "missing": 0, "waiting": 0}
    assert contractors_truth(log, date(2026, 4, 1))["handoffs"] == {
        "to_care": nothing | {"in_time": 1, "late": 1},
        "account_to_care": nothing | {"missing": 1},
        "to_support": nothing | {"late": 1},
        "back_to_care": nothing | {"in_time": 1},
    }


def test_a_case_is_in_time_until_the_end_of_its_second_business_day():
    """T1 of Friday 6 March is due on Tuesday the 10th, T2 of Monday the 9th on Wednesday; T3 is solved."""
    log = moments(
        [
            row("2026-03-06 09:00", "ticket_opened", ref="T1"),
            row("2026-03-09 09:00", "ticket_opened", ref="T2"),
            row("2026-03-02 09:00", "ticket_opened", ref="T3"),
            row("2026-03-09 10:00", "ticket_resolved", ref="T3"),
        ]
    )
    on = {day: contractors_truth(log, date(2026, 3, day))["tickets"] for day in (10, 11)}
    assert on[10] == {"resolved": 1, "open": 2, "overdue": 0}
    assert on[11] == {"resolved": 1, "open": 1, "overdue": 1}


def test_a_firm_without_assignments_has_nothing_to_count():
    truth = generate(Plan(end=END, desks=1, weeks=1, rows=5)).truth["contractors"]
    assert truth["placed_again"] == {"7": [0, 0], "30": [0, 0], "90": [0, 0]}
    assert truth["referrals"] == {"rows": 0, "named": 0, "contractors": {}}
    assert {sum(route.values()) for route in truth["handoffs"].values()} == {0}
