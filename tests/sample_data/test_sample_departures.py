"""Early leavers with and without signals, cases, hand-offs, hours, wishes, notes: what was put in is there."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.purpose_words import Purpose
from sample_data.remarks import CHECK_INS, OTHER_OFFERS
from sample_data.truth_departures import departures_truth

CASE = ["candidate", "job"]


def of(log: pd.DataFrame, activity: str) -> pd.DataFrame:
    return log[log["activity"] == activity]


@pytest.fixture(scope="module")
def told(sample):
    return sample.truth["departures"]


@pytest.fixture(scope="module")
def leavers(told):
    return pd.DataFrame(told["leavers"])


def test_the_leavers_are_those_who_quit_or_were_let_go_after_a_start_on_record(sample, leavers):
    ends = of(sample.log, "end")
    early = ends[ends["outcome"].isin(["quit", "terminated"])].merge(of(sample.log, "start")[CASE], on=CASE)
    assert len(leavers) == len(early) == 47
    assert set(map(tuple, leavers[CASE].to_numpy())) == set(map(tuple, early[CASE].to_numpy()))


def test_every_signal_of_a_leaver_is_in_the_log_and_came_before_they_left(sample, leavers):
    rows = set(
        zip(sample.log["candidate"], sample.log["activity"], sample.log["occurred_at"].dt.date.astype(str), strict=True)
    )
    signals = [(one.candidate, *signal, one.left_on) for one in leavers.itertuples() for signal in one.signals]
    assert len(signals) > 60
    for candidate, activity, on, left_on in signals:
        assert (candidate, activity, on) in rows
        assert on < left_on


def test_most_leavers_were_to_be_seen_coming_and_some_were_not(leavers):
    warned = leavers["signals"].map(len) > 0
    assert (int(warned.sum()), int((~warned).sum())) == (38, 9)


def test_people_with_a_signal_left_several_times_as_often_and_most_of_them_stayed(told):
    within_30, within_60 = told["mondays"]["30"], told["mondays"]["60"]
    assert (within_30["with"], within_30["without"]) == ([70, 564], [37, 2325])
    assert (within_60["with"], within_60["without"]) == ([68, 504], [64, 2112])
    assert within_30["lift"] == pytest.approx((70 / 564) / (37 / 2325))
    assert within_60["lift"] == pytest.approx((68 / 504) / (64 / 2112))


def moments(rows):
    frame = pd.DataFrame(rows, columns=["occurred_at", "activity", *CASE, "outcome", "score", "ref"])
    return frame.astype({"occurred_at": "datetime64[us]", "score": "float64"})


def test_mondays_are_counted_as_one_would_by_hand():
    """Avery starts on Monday 5 January, says so on the 14th and leaves on the 22nd; Blake stays and says nothing.

    On the Mondays 12, 19 and 26 January: Avery without a signal, then with one, both left within 30 days; Blake three
    times without, and nobody left.
    """
    log = moments(
        [
            ("2026-01-05 08:30", "start", "Avery Sample", "Welder 1", None, None, None),
            ("2026-01-05 08:30", "start", "Blake Sample", "Welder 2", None, None, None),
            ("2026-01-14 10:00", "survey", "Avery Sample", "Welder 1", None, 3, None),
            ("2026-01-14 10:00", "survey", "Blake Sample", "Welder 2", None, 7, None),
            ("2026-01-22 17:00", "end", "Avery Sample", "Welder 1", "quit", None, None),
        ]
    )
    found = departures_truth(log, date(2026, 2, 28))
    assert found["mondays"]["30"] == {"with": [1, 1], "without": [1, 4], "lift": 4.0}
    assert found["leavers"] == [
        {
            "candidate": "Avery Sample",
            "job": "Welder 1",
            "started_on": "2026-01-05",
            "left_on": "2026-01-22",
            "signals": [["survey", "2026-01-14"]],
        }
    ]


def test_a_case_is_a_signal_until_it_is_solved():
    log = moments(
        [
            ("2026-01-05 08:30", "start", "Avery Sample", "Welder 1", None, None, None),
            ("2026-01-05 08:30", "start", "Blake Sample", "Welder 2", None, None, None),
            ("2026-01-07 10:00", "ticket_opened", "Avery Sample", "Welder 1", "experience", None, "T1"),
            ("2026-01-07 10:00", "ticket_opened", "Blake Sample", "Welder 2", "experience", None, "T2"),
            ("2026-01-09 10:00", "ticket_resolved", "Avery Sample", "Welder 1", None, None, "T1"),
            ("2026-01-22 17:00", "end", "Avery Sample", "Welder 1", "quit", None, None),
            ("2026-01-22 17:00", "end", "Blake Sample", "Welder 2", "terminated", None, None),
        ]
    )
    found = departures_truth(log, date(2026, 2, 28))
    assert [one["signals"] for one in found["leavers"]] == [[], [["ticket_opened", "2026-01-07"]]]
    assert (found["mondays"]["30"]["with"], found["mondays"]["30"]["without"]) == ([2, 2], [2, 2])


def test_without_assignments_there_is_no_lift():
    found = departures_truth(moments([]), date(2026, 2, 28))
    nobody = {"with": [0, 0], "without": [0, 0], "lift": None}
    assert (found["leavers"], found["mondays"]) == ([], {"30": nobody, "60": nobody})


def test_some_declined_offers_name_the_other_offer_and_some_have_no_reason(sample):
    declined = of(sample.log, "offer_declined")
    assert int(declined["outcome"].isna().sum()) == 6
    named = declined[declined["notes"].notna()]
    assert len(named) == 30
    assert all(note in OTHER_OFFERS[reason] for reason, note in zip(named["outcome"], named["notes"], strict=True))


def test_people_who_want_to_be_left_alone_have_nothing_on_record_afterwards(sample):
    wishes = of(sample.log, "do_not_contact")
    last = sample.log.groupby("candidate")["occurred_at"].max()
    assert len(wishes) == 56
    assert (wishes["candidate"].map(last) == wishes["occurred_at"]).mean() > 0.9
    later = wishes[wishes["candidate"].map(last) > wishes["occurred_at"]]["candidate"]
    assert not sample.log.loc[sample.log["candidate"].isin(later), "activity"].isin(["start", "fill"]).any()


def test_some_contacts_say_no_more_than_that_somebody_checked_in(sample):
    notes = sample.log[sample.log["notes"].isin(CHECK_INS)]
    assert set(notes["activity"]) == {"touch", "recruiting_call", "marketing_call"}
    assert all(Purpose().phrase_in(note) for note in CHECK_INS)
    assert 0.01 < len(notes) / sample.log["activity"].isin(set(notes["activity"])).sum() < 0.04


def test_some_clients_have_one_topic_again_and_again_and_some_people_several_cases(sample):
    cases = of(sample.log, "ticket_opened")
    assert cases["ref"].is_unique
    assert cases["notes"].notna().all()
    assert (cases.groupby(["client", "notes"]).size() >= 3).sum() >= 5
    assert (cases.groupby("candidate").size() >= 2).sum() >= 10


def test_cases_go_from_care_to_support_and_back_and_account_managers_introduce_care(sample):
    handed = of(sample.log, "handoff")
    counts = handed.groupby(["party", "assignee"]).size().to_dict()
    assert set(counts) == {
        ("candidate", "Care Desk Demo"),
        ("candidate", "Support Desk Demo"),
        ("client", "Care Desk Demo"),
    }
    assert min(counts.values()) > 50
    assert handed.loc[handed["party"] == "client", "candidate"].isna().all()
    assert handed.loc[handed["assignee"] == "Support Desk Demo", "ref"].notna().all()


def test_some_assignments_have_shorter_weeks_and_some_longer_ones(sample):
    weeks = of(sample.log, "timecard").groupby(CASE)["quantity"].agg(["mean", "size"])
    settled = weeks.loc[weeks["size"] >= 4, "mean"]
    assert (settled < 34).sum() >= 5
    assert (settled > 44).sum() >= 5
    assert settled.between(34, 44).mean() > 0.7


def test_people_are_named_by_contractors_and_by_clients(sample):
    assert of(sample.log, "referral")["party"].value_counts().to_dict().keys() == {"candidate", "client"}
