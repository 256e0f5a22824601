from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from quality.declined import NO_REASON, accepted, decline_share, declined, due_after, reasons
from quality.obligation_rules import BY_NAME
from quality.obligations import obligations
from quality.rules import Rules
from quality.shares import share
from tests.quality.small_logs import frame_of, row

AS_OF = date(2026, 11, 23)
SIX = BY_NAME["declined_6_months"]


def at(when, activity, candidate="Avery Sample", desk="Desk 01", **more):
    return row(when, desk, activity, candidate=candidate, **{"party": "candidate"} | more)


def no(when, candidate="Avery Sample", **more):
    return at(when, "offer_declined", candidate, **{"client": "Example Labs", "job": "Job 1"} | more)


def asked(rows, engine=lambda frame: frame, as_of=AS_OF, **more):
    return declined(engine(frame_of(rows)), as_of=as_of, **more)


def told(found, *names):
    held = found[list(names)].astype(object)
    return held.where(held.notna(), None).to_numpy().tolist()


# --- the offer -------------------------------------------------------------------------------------------------------


def test_an_offer_holds_its_reason_and_the_other_offer(engine):
    rows = [
        no("2026-03-02 09:00", outcome="pay", notes="Example Bakery pays more"),
        no("2026-04-02 09:00", "Blake Sample"),
        no("2026-05-02 09:00", "Casey Sample", outcome="  ", notes=""),
    ]
    assert told(asked(rows, engine), "candidate", "reason", "other_offer") == [
        ["Casey Sample", None, None],
        ["Blake Sample", None, None],
        ["Avery Sample", "pay", "Example Bakery pays more"],
    ]


def test_an_offer_told_twice_counts_once_with_what_either_row_says(engine):
    rows = [
        no("2026-03-02 09:00", activity_id="first"),
        no("2026-03-04 09:00", outcome="distance", notes="Too far", client="example labs"),
        no("2026-03-05 09:00", outcome="pay"),
        no("2026-03-05 09:00", job="Job 2"),
        no("2026-03-06 09:00", client="Example Dairy"),
    ]
    found = asked(rows, engine).sort_values("declined_at")
    assert told(found, "job", "client", "reason", "other_offer") == [
        ["Job 1", "Example Labs", "distance", "Too far"],
        ["Job 2", "Example Labs", None, None],
        ["Job 1", "Example Dairy", None, None],
    ]
    assert found["trigger_id"].iloc[0] == "first"


def test_offers_that_name_no_candidate_stand_alone(engine):
    rows = [no("2026-03-02 09:00", None), no("2026-03-03 09:00", None)]
    found = asked(rows, engine)
    assert told(found, "candidate", "consent", "back_at") == [[None, "not asked", None]] * 2


def test_reasons_are_counted_and_a_missing_one_is_never_guessed():
    said = {"a": "x", "b": None, "c": "y", "d": None, "e": "y", "f": None}
    rows = [no("2026-03-02 09:00", name, outcome=why) for name, why in said.items()]
    counts = reasons(asked(rows))
    assert counts.to_numpy().tolist() == [["y", 2], ["x", 1], [NO_REASON, 3]]


def test_the_share_is_of_the_offers_answered(engine):
    rows = [
        no("2026-03-02 09:00"),
        at("2026-03-02 09:00", "offer_accepted", "Blake Sample", job="Job 2"),
        at("2026-03-03 09:00", "offer_accepted", "Blake Sample", job="Job 2"),
        at("2026-03-04 09:00", "offer_accepted", "Blake Sample", job="Job 3"),
        at("2026-03-04 09:00", "offer_extended", "Casey Sample", job="Job 3"),
    ]
    said_yes = accepted(engine(frame_of(rows)), as_of=AS_OF)
    assert told(said_yes, "candidate", "job") == [["Blake Sample", "Job 2"], ["Blake Sample", "Job 3"]]
    assert decline_share(1, len(said_yes)) == share(1, 3)


def test_without_accepted_offers_there_is_no_share():
    assert decline_share(4, 0) is None
    assert decline_share(0, 0) is None
    assert decline_share(0, 4) == share(0, 4)


# --- consent ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "consent"),
    [
        ([], "not asked"),
        (["contact_consent"], "agreed"),
        (["do_not_contact"], "left alone"),
        (["contact_consent", "do_not_contact"], "left alone"),
        (["do_not_contact", "contact_consent"], "agreed"),
    ],
)
def test_the_last_wish_counts(engine, wishes, consent):
    rows = [no("2026-03-02 09:00")]
    rows += [at(f"2026-04-0{day} 09:00", wish) for day, wish in enumerate(wishes, 1)]
    assert asked(rows, engine)["consent"].tolist() == [consent]


def test_a_wish_before_the_offer_counts_too_and_that_of_others_does_not():
    rows = [
        at("2026-01-02 09:00", "contact_consent"),
        no("2026-03-02 09:00"),
        no("2026-03-02 09:00", "Blake Sample"),
        at("2026-03-03 09:00", "contact_consent", "Casey Sample"),
        at("2026-03-03 09:00", "do_not_contact", "Avery Sample", party="client", contact="Taylor Example"),
    ]
    assert sorted(told(asked(rows), "candidate", "consent")) == [
        ["Avery Sample", "agreed"],
        ["Blake Sample", "not asked"],
    ]


def test_whoever_somebody_answered_for_is_left_alone():
    rows = [at("2026-01-02 09:00", "contact_consent"), no("2026-03-02 09:00")]
    assert asked(rows, left_alone=["Avery Sample"])["consent"].tolist() == ["left alone"]


def test_a_wish_of_tomorrow_is_not_known_today(engine):
    rows = [no("2026-03-02 09:00"), at("2026-03-04 09:00", "contact_consent")]
    assert asked(rows, engine, as_of=date(2026, 3, 3))["consent"].tolist() == ["not asked"]
    assert asked(rows, engine, as_of=date(2026, 3, 4))["consent"].tolist() == ["agreed"]


# --- back with us ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("activity", "more", "back"),
    [
        ("hit", {}, "Hit"),
        ("recruiting_call", {"outcome": "interested"}, "Hit"),
        ("recruiting_call", {"outcome": "not_interested"}, None),
        ("interview", {}, "Interview"),
        ("send_out", {"outcome": "held"}, "Send-out"),
        ("send_out", {"outcome": "cancelled"}, None),
        ("offer_accepted", {}, "Offer accepted"),
        ("fill", {}, "Fill"),
        ("start", {}, "Start"),
        ("touch", {}, None),
        ("offer_extended", {}, None),
        ("resume_received", {}, None),
    ],
)
def test_a_later_step_brings_somebody_back(engine, activity, more, back):
    rows = [no("2026-03-02 09:00"), at("2026-06-02 09:00", activity, desk="Desk 02", **more)]
    [[who, at_, with_]] = told(asked(rows, engine), "back_by", "back_at", "back_with")
    assert with_ == back
    assert (who, at_) == (("Desk 02", pd.Timestamp("2026-06-02 09:00")) if back else (None, None))


def test_the_first_step_on_a_later_day_counts(engine):
    rows = [
        at("2026-03-01 09:00", "interview"),
        no("2026-03-02 09:00"),
        at("2026-03-02 15:00", "send_out", job="Job 2"),
        at("2026-05-02 09:00", "interview"),
        at("2026-04-02 09:00", "hit"),
    ]
    assert told(asked(rows, engine), "back_with", "back_at") == [["Hit", pd.Timestamp("2026-04-02 09:00")]]


def test_the_steps_of_others_bring_nobody_back():
    rows = [no("2026-03-02 09:00"), at("2026-05-02 09:00", "interview", "Blake Sample")]
    assert told(asked(rows), "back_at") == [[None]]


def test_the_hit_rule_of_the_firm_holds():
    rows = [no("2026-03-02 09:00"), at("2026-06-02 09:00", "recruiting_call", outcome="call_back")]
    assert told(asked(rows), "back_with") == [[None]]
    assert told(asked(rows, rules=Rules(hit_outcomes=("call_back",))), "back_with") == [["Hit"]]


def test_a_log_without_declined_offers_has_none(engine):
    found = asked([at("2026-03-02 09:00", "interview")], engine)
    assert found.empty
    assert reasons(found).empty


# --- what is due after -----------------------------------------------------------------------------------------------


def after(rows, rule=SIX, as_of=AS_OF, **more):
    log = frame_of(rows)
    found = declined(log, as_of=as_of, **more)
    nurturing = obligations(log, as_of=as_of, start=date(1900, 1, 1), rules=[rule])
    return told(due_after(found, nurturing, rule, as_of), "state", "on")


YES = at("2026-01-02 09:00", "contact_consent")


@pytest.mark.parametrize(
    ("declined_on", "more", "state", "on"),
    [
        ("2026-11-02", [], "ahead", "2027-04-01"),  # 150 days on
        ("2026-06-01", [], "open", "2026-12-28"),  # 210 days on
        ("2026-03-02", [], "overdue", "2026-09-28"),
        ("2026-03-02", ["2026-08-03"], "kept", "2026-08-03"),
        ("2026-03-02", ["2026-10-05"], "late", "2026-10-05"),
        ("2026-03-02", ["2026-03-20"], "overdue", "2026-09-28"),  # too early to be that call
    ],
)
def test_the_call_after_six_months_is_due_with_consent(declined_on, more, state, on):
    rows = [YES, no(f"{declined_on} 09:00"), *(at(f"{day} 09:00", "touch") for day in more)]
    assert after(rows) == [[state, pd.Timestamp(on)]]


@pytest.mark.parametrize("declined_on", ["2026-11-02", "2026-06-01", "2026-03-02", "2024-01-02"])
@pytest.mark.parametrize("wish", [None, "do_not_contact"])
@pytest.mark.parametrize("name", ["declined_6_months", "declined_18_months"])
def test_without_consent_nothing_is_ever_due(declined_on, wish, name):
    rows = [no(f"{declined_on} 09:00")] + ([YES, at("2026-11-03 09:00", wish)] if wish else [])
    assert after(rows, BY_NAME[name]) == [["none", None]]


def test_whoever_was_answered_to_be_left_alone_is_never_called():
    assert after([YES, no("2026-03-02 09:00")], left_alone=["Avery Sample"]) == [["none", None]]


def test_a_rule_that_is_off_owes_nothing():
    assert after([YES, no("2026-11-02 09:00")], replace(SIX, on=False)) == [["none", None]]


def test_the_invitation_needs_a_lunch_or_a_meeting():
    rule = BY_NAME["declined_18_months"]
    offer = [at("2024-01-02 09:00", "contact_consent"), no("2025-03-03 09:00")]
    call = at("2026-08-03 09:00", "touch", channel="call")
    lunch = at("2026-08-10 09:00", "touch", channel="lunch")
    assert after([*offer, call], rule) == [["overdue", pd.Timestamp("2026-10-14")]]
    assert after([*offer, call, lunch], rule) == [["kept", pd.Timestamp("2026-08-10")]]


def test_each_offer_has_its_own_call():
    rows = [YES, no("2026-11-02 09:00"), no("2026-03-02 09:00", job="Job 2")]
    assert after(rows) == [["ahead", pd.Timestamp("2027-04-01")], ["overdue", pd.Timestamp("2026-09-28")]]
