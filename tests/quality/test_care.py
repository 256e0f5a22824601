"""Who needs a call first, and why: every sign, every context, levels, words and who is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pandas as pd
import pytest

from quality.care import COLUMNS, care
from quality.care_signals import FLAGGED, LEVELS, SHIPPED, Weights
from tests.quality.care_log import AS_OF, AVERY, BLAKE, quiet, started, told, touched
from tests.quality.small_logs import frame_of


def people(engine, rows, as_of=AS_OF, **asked):
    return care(engine(frame_of(rows)), as_of=as_of, **asked)


def one(engine, rows, **asked):
    """The only contractor."""
    (found,) = people(engine, rows, **asked).to_dict("records")
    return found


def reasons(engine, *more, **asked):
    """Level and reasons of somebody about whom nothing else is known."""
    found = one(engine, [*quiet(), *more], **asked)
    return found["level"], found["reasons"]


def test_who_shows_no_sign_is_calm_and_has_no_reasons(engine):
    found = one(engine, quiet())
    assert (found["level"], found["points"], found["reasons"], found["context"]) == ("calm", 0.0, (), ())
    assert (found["day"], found["silent"], found["last_contact"]) == (112, 3, pd.Timestamp(2026, 11, 20))
    assert not found["alone"]


def test_the_columns_are_there_where_nobody_is_on_assignment(engine):
    found = people(engine, [touched("2026-11-20")])
    assert found.empty
    assert tuple(found.columns) == COLUMNS


@pytest.mark.parametrize(("score", "level"), [(10, "calm"), (7, "calm"), (6, "watch"), (5, "watch"), (4, "act")])
def test_the_last_survey_counts_by_its_score(engine, score, level):
    said = (f"Survey of 3 Nov: {score} of 10",) if level != "calm" else ()
    assert reasons(engine, told("2026-11-03", "survey", score=score)) == (level, said)


def test_a_better_survey_answers_a_poor_one(engine):
    poor, better = told("2026-11-03", "survey", score=2), told("2026-11-10", "survey", score=9)
    assert reasons(engine, poor, better) == ("calm", ())


def test_a_survey_is_forgotten_after_sixty_days(engine):
    assert reasons(engine, told("2026-09-24", "survey", score=5)) == ("watch", ("Survey of 24 Sep: 5 of 10",))
    assert reasons(engine, told("2026-09-23", "survey", score=5)) == ("calm", ())


def test_a_survey_of_the_client_and_one_without_a_score_say_nothing(engine):
    of_client, empty = told("2026-11-03", "survey", score=1, party="client"), told("2026-11-04", "survey")
    assert reasons(engine, of_client, empty) == ("calm", ())


def test_complaints_are_told_by_whom_they_come_from(engine):
    own, about = told("2026-11-05", "complaint"), told("2026-11-06", "complaint", party="client")
    assert reasons(engine, own) == ("watch", ("Complaint by the contractor on 5 Nov",))
    assert reasons(engine, about) == ("watch", ("Complaint by the client on 6 Nov",))
    assert reasons(engine, own, about)[0] == "act"


def test_several_complaints_are_counted_and_weigh_as_one(engine):
    level, said = reasons(engine, told("2026-11-05", "complaint"), told("2026-11-12", "complaint"))
    assert (level, said) == ("watch", ("2 complaints by the contractor in 60 days, the last on 12 Nov",))


def test_a_complaint_in_public_asks_for_action(engine):
    assert reasons(engine, told("2026-11-05", "social_complaint")) == ("act", ("Complaint in public on 5 Nov",))


def test_two_late_timecards_in_thirty_days_are_a_sign_and_one_is_none(engine):
    first, second = told("2026-10-24", "timecard_late"), told("2026-11-20", "timecard_late")
    assert reasons(engine, first, second) == ("watch", ("2 late timecards in 30 days, the last on 20 Nov",))
    assert reasons(engine, second) == ("calm", ())
    assert reasons(engine, told("2026-10-23", "timecard_late"), second) == ("calm", ())


def test_two_late_timecards_of_one_day_count_once(engine):
    both = told("2026-11-20 09:00", "timecard_late"), told("2026-11-20 15:00", "timecard_late")
    assert reasons(engine, *both) == ("calm", ())
    assert reasons(engine, *both, told("2026-11-19", "timecard_late"))[1] == (
        "2 late timecards in 30 days, the last on 20 Nov",
    )


def test_a_ticket_is_a_sign_from_the_fifth_day_until_it_is_resolved(engine):
    opened = told("2026-11-14", "ticket_opened", ref="T12")
    assert reasons(engine, opened) == ("watch", ("Ticket T12 open for 9 days",))
    assert reasons(engine, told("2026-11-19", "ticket_opened", ref="T12")) == ("calm", ())
    assert reasons(engine, told("2026-11-18", "ticket_opened", ref="T12"))[0] == "watch"
    assert reasons(engine, opened, told("2026-11-23", "ticket_resolved", ref="T12")) == ("calm", ())


def test_the_oldest_of_several_tickets_is_named(engine):
    old, older = told("2026-11-12", "ticket_opened", ref="T2"), told("2026-11-10", "ticket_opened", ref="T1")
    young = told("2026-11-22", "ticket_opened", ref="T3")
    assert reasons(engine, old, older, young) == ("watch", ("Ticket T1 open for 13 days, and 1 more",))


def test_a_ticket_waits_for_an_answer_wherever_the_contractor_works_by_now(engine):
    earlier = told("2026-07-01", "ticket_opened", ref="T9", client="Example Dairy", job="Packer")
    assert reasons(engine, earlier) == ("watch", ("Ticket T9 open for 145 days",))
    assert reasons(engine, earlier, told("2026-07-03", "ticket_resolved", ref="T9")) == ("calm", ())


def test_a_ticket_without_a_number_is_told_so(engine):
    said = reasons(engine, told("2026-11-14", "ticket_opened"))
    assert said == ("watch", ("Ticket without a number open for 9 days",))


def test_a_ticket_settled_by_an_answer_is_no_sign_from_then_on(engine):
    rows = [*quiet(), told("2026-11-14", "ticket_opened", ref="T12", activity_id="ticket")]
    settled = answers("not_needed", rule="ticket_answered", trigger_id="ticket")
    assert one(engine, rows, answers=settled)["level"] == "calm"
    assert one(engine, rows, answers=settled.assign(answered_at=pd.Timestamp(2026, 11, 24)))["level"] == "watch"


def test_silence_is_counted_from_the_last_contact_and_weighs_more_after_five_weeks(engine):
    def after(day):
        rows = [started("2026-08-03"), told("2026-09-01", "referral"), touched(day)]
        found = one(engine, rows)
        return found["level"], found["points"], found["reasons"]

    assert after("2026-11-03") == ("calm", 0.0, ())
    assert after("2026-11-02") == ("calm", 1.0, ("No contact for 21 days",))
    assert after("2026-10-19") == ("watch", 2.0, ("No contact for 35 days",))


def test_silence_begins_at_the_start_for_whom_nobody_met_since(engine):
    rows = [touched("2026-09-01"), started("2026-10-05"), told("2026-10-05", "referral"), *quiet(BLAKE)]
    found, _ = people(engine, rows).to_dict("records")
    assert found["reasons"] == ("No contact since the start 49 days ago",)
    assert (found["silent"], found["last_contact"]) == (49, pd.Timestamp(2026, 9, 1))
    assert people(engine, rows[1:])["reasons"].iloc[0] == found["reasons"]


def test_attempts_and_automatic_mail_and_talks_with_the_client_end_no_silence(engine):
    rows = [started("2026-08-03"), touched("2026-09-01")]
    vain = [
        told("2026-11-20", "call_attempt"),
        told("2026-11-20", "touch", channel="auto"),
        touched("2026-11-20", party="client"),
    ]
    assert one(engine, [*rows, *vain])["silent"] == 83


@pytest.mark.parametrize(
    ("rows", "context"),
    [
        ([started("2026-10-09"), touched("2026-11-20")], ("Day 45 of the first 45", "No referral yet")),
        ([started("2026-11-11"), touched("2026-11-20")], ("Day 12 of the first 45",)),
        ([*quiet()[:1], touched("2026-11-20")], ("No referral yet",)),
        ([started("2026-08-03", planned_end="2026-12-11"), *quiet()[1:]], ("Planned end in 18 days",)),
        ([started("2026-08-03", planned_end="2026-11-23"), *quiet()[1:]], ("Planned end today",)),
        ([started("2026-08-03", planned_end="2026-11-20"), *quiet()[1:]], ("Planned end passed on 20 Nov",)),
        ([started("2026-08-03", planned_end="2026-12-24"), *quiet()[1:]], ()),
    ],
)
def test_a_context_is_told_and_raises_nobody(engine, rows, context):
    found = one(engine, [{**line, "planned_end": pd.Timestamp(line.get("planned_end"))} for line in rows])
    assert (found["context"], found["points"], found["level"], found["reasons"]) == (context, 0.0, "calm", ())


def test_a_context_weighs_on_top_of_a_sign(engine):
    rows = [started("2026-10-20"), touched("2026-11-02")]
    found = one(engine, rows)
    assert (found["level"], found["points"]) == ("watch", 2.0)
    assert (found["reasons"], found["context"]) == (("No contact for 21 days",), ("Day 34 of the first 45",))


def test_an_extension_moves_the_planned_end(engine):
    begun = started("2026-08-03", planned_end=pd.Timestamp(2026, 12, 1))
    longer = told("2026-11-10", "extension", planned_end=pd.Timestamp(2027, 3, 1))
    found = one(engine, [begun, *quiet()[1:], longer])
    assert (found["planned_end"], found["days_left"], found["context"]) == (pd.Timestamp(2027, 3, 1), 98, ())


def test_rows_of_another_job_or_client_belong_elsewhere(engine):
    elsewhere = [
        told("2026-11-03", "survey", score=2, job="Job 2"),
        told("2026-11-03", "complaint", client="Example Labs"),
    ]
    assert reasons(engine, *elsewhere) == ("calm", ())
    nowhere = told("2026-11-03", "survey", score=2, job=None, client=None)
    assert reasons(engine, nowhere)[0] == "act"
    assert reasons(engine, told("2026-11-03", "survey", score=2, client="EXAMPLE WORKS"))[0] == "act"


def test_what_lies_before_the_assignment_or_after_the_day_does_not_count(engine):
    before = told("2026-10-10", "survey", score=2)
    rows = [before, started("2026-10-12"), touched("2026-11-20"), told("2026-11-24", "complaint")]
    assert one(engine, rows)["reasons"] == ()


def test_only_who_is_on_assignment_that_day_is_listed(engine):
    rows = [*quiet(), *quiet(BLAKE), told("2026-11-10", "end", BLAKE, outcome="completed")]
    assert people(engine, rows)["contractor"].tolist() == [AVERY]
    assert people(engine, rows, as_of=date(2026, 11, 9))["contractor"].tolist() == [AVERY, BLAKE]


def test_who_is_on_assignment_by_an_extension_alone_has_no_day(engine):
    found = one(engine, [told("2026-10-01", "extension"), touched("2026-10-05")])
    assert pd.isna(found["day"])
    assert pd.isna(found["started_on"])
    assert (found["silent"], found["reasons"]) == (49, ("No contact for 49 days",))


def test_the_heaviest_stands_first_and_the_left_alone_last(engine):
    rows = [
        *quiet("Calm Sample"),
        *quiet("Watch Sample"),
        told("2026-11-05", "complaint", "Watch Sample"),
        *quiet("Alone Sample"),
        told("2026-11-05", "do_not_contact", "Alone Sample"),
        *quiet("Act Sample"),
        told("2026-11-05", "social_complaint", "Act Sample"),
    ]
    found = people(engine, rows)
    assert found["contractor"].tolist() == ["Act Sample", "Watch Sample", "Calm Sample", "Alone Sample"]


def test_of_one_weight_who_was_not_met_for_longest_stands_first(engine):
    rows = [started("2026-08-03"), touched("2026-10-10"), started("2026-08-03", BLAKE), touched("2026-10-01", BLAKE)]
    assert people(engine, rows)["contractor"].tolist() == [BLAKE, AVERY]


# --- who is left alone -----------------------------------------------------------------------------------------------

TOLD_OF_NOBODY = ("level", "points", "day", "days_left", "silent", "started_on", "planned_end", "last_contact")


def answers(answer, **fields):
    """One answer of 20 November."""
    held = {"rule": "touch_120", "trigger_id": "x", "party": "candidate", "who": AVERY, "desk": "Desk 01", "note": ""}
    at = {"answered_by": "Desk 02", "answered_at": pd.Timestamp(2026, 11, 20, 9), "due_on": pd.NaT, "answer_id": 1}
    return pd.DataFrame([{**held, **at, "answer": answer, **fields}]).astype({"due_on": "datetime64[us]"})


def assert_only_the_fact(found):
    assert found["alone"]
    assert found["contractor"] == AVERY
    assert [name for name in TOLD_OF_NOBODY if pd.notna(found[name])] == []
    assert (found["reasons"], found["context"]) == ((), ())
    assert pd.isna(found["care_owner"])
    assert pd.isna(found["support_owner"])


def test_of_who_asked_to_be_left_alone_only_that_is_told(engine):
    rows = [*quiet(), told("2026-11-03", "survey", score=1), told("2026-11-05", "do_not_contact")]
    assert_only_the_fact(one(engine, rows))


def test_the_same_for_an_answer_from_its_day_on(engine):
    rows = [*quiet(), told("2026-11-03", "survey", score=1)]
    said = answers("do_not_contact")
    assert_only_the_fact(one(engine, rows, answers=said))
    assert one(engine, rows, answers=said, as_of=date(2026, 11, 19))["level"] == "act"


def test_an_answer_for_a_client_of_the_same_name_is_not_the_contractors(engine):
    assert not one(engine, quiet(), answers=answers("do_not_contact", party="client"))["alone"]


def test_who_agreed_to_contact_again_is_told_of_again(engine):
    rows = [*quiet(), told("2026-11-05", "do_not_contact"), told("2026-11-10", "contact_consent")]
    assert one(engine, rows)["level"] == "calm"


# --- weights ---------------------------------------------------------------------------------------------------------


def with_sign(name, **changes):
    signs = tuple(replace(sign, **changes) if sign.name == name else sign for sign in SHIPPED.signs)
    return replace(SHIPPED, signs=signs)


def test_a_sign_without_points_is_off(engine):
    rows = [*quiet(), told("2026-11-05", "complaint")]
    assert one(engine, rows, weights=with_sign("complaint", points=0))["reasons"] == ()


def test_limits_and_days_are_those_of_the_weights(engine):
    rows = [*quiet(), told("2026-09-01", "complaint")]
    assert one(engine, rows)["reasons"] == ()
    found = one(engine, rows, weights=with_sign("complaint", days=90, points=4.0))
    assert (found["level"], found["reasons"]) == ("act", ("Complaint by the contractor on 1 Sep",))


def test_levels_begin_where_the_weights_say(engine):
    rows = [*quiet(), told("2026-11-05", "complaint")]
    assert one(engine, rows, weights=replace(SHIPPED, watch=2.5))["level"] == "calm"
    assert one(engine, rows, weights=replace(SHIPPED, act=2.0))["level"] == "act"


# --- many logs -------------------------------------------------------------------------------------------------------

KINDS = (
    "survey", "complaint", "social_complaint", "timecard_late", "ticket_opened", "ticket_resolved", "touch", "referral",
    "do_not_contact", "contact_consent", "extension", "end", "start",
)  # fmt: skip


def drawn(seed):
    """A log drawn at random: ten people, whatever can happen to them over a quarter."""
    random = Random(seed)
    rows = []
    for number in range(10):
        who = f"{number} Sample"
        rows.append(started((AS_OF - timedelta(days=random.randrange(1, 200))).isoformat(), who))
        for _ in range(random.randrange(12)):
            kind, back = random.choice(KINDS), random.randrange(90)
            fields = {"score": float(random.randrange(11)), "ref": f"T{random.randrange(4)}"}
            party = random.choice(["candidate", "client"])
            rows.append(told((AS_OF - timedelta(days=back)).isoformat(), kind, who, party=party, **fields))
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_every_flag_has_a_reason_and_nothing_is_told_of_the_left_alone(seed):
    weights = Weights(SHIPPED.signs, watch=0.5 + seed % 4, act=4.0)
    found = care(frame_of(drawn(seed)), as_of=AS_OF, weights=weights)
    assert len(found)
    for line in found.to_dict("records"):
        if line["alone"]:
            assert (line["reasons"], line["context"]) == ((), ())
            assert pd.isna(line["level"])
            continue
        assert line["level"] in LEVELS
        assert line["reasons"] or line["level"] not in FLAGGED
        assert bool(line["points"]) == bool(line["reasons"])
        assert all(said and "nan" not in said.lower() and "NaT" not in said for said in line["reasons"])


@pytest.mark.parametrize("seed", range(3))
def test_every_engine_says_the_same(engine, seed):
    log = frame_of(drawn(seed))
    pd.testing.assert_frame_equal(care(engine(log), as_of=AS_OF), care(log, as_of=AS_OF), check_dtype=False)
