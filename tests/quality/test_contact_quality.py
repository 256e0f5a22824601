"""The shares of Quality of contact, counted by eye on small logs, the same on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
from small_logs import frame_of, row

from quality.contact_measures import Question
from quality.contact_quality import by_week, left_out, rows_behind, shares
from quality.intervals import thinning_interval

ASKED = Question(date(2026, 11, 23), date(2026, 8, 24), date(2026, 11, 22))
AVERY, BLAKE, CASEY = "Avery Sample", "Blake Sample", "Casey Sample"
NOEL, WORKS = "Noel Example", "Example Metal Works"


def call(when="2026-11-02T09:00", desk="Desk 01", notes=None, candidate=AVERY, **fields):
    return row(when, desk, "recruiting_call", notes=notes, candidate=candidate, **fields)


def touch(notes=None, when="2026-11-03T09:00", desk="Desk 01", **fields):
    return row(when, desk, "touch", notes=notes, **{"candidate": AVERY, "channel": "call", **fields})


def asked_him(question, when="2026-01-05T09:00", candidate=AVERY, **fields):
    return row(when, "Desk 09", "discovery", party="candidate", outcome=question, candidate=candidate, **fields)


def counts(found, measure):
    """Desk (None: all together) -> held and of."""
    own = found[found["measure"] == measure]
    desks = own["desk"].astype(object).where(own["desk"].notna(), None)
    return {desk: pair for desk, *pair in zip(desks, own["held"], own["of"], strict=True)}


# --- notes -----------------------------------------------------------------------------------------------------------


def log_of(engine, *rows):
    return engine(frame_of(rows))


def test_conversations_with_notes_are_counted_by_desk_and_together(engine):
    noted = row("2026-11-04T09:00", "Desk 02", "interview", notes="Good with people", candidate=BLAKE)
    attempt = row("2026-11-04T09:00", "Desk 02", "call_attempt", candidate=BLAKE)
    of_other_weeks = [call("2026-08-23T09:00", notes="Before"), call("2026-11-23T09:00", notes="After")]
    log = log_of(engine, call(notes="Wants days only"), call(notes=" . "), call(), noted, attempt, *of_other_weeks)
    found = shares(log, ASKED)
    assert counts(found, "notes") == {None: [2, 4], "Desk 01": [1, 3], "Desk 02": [1, 1]}


def test_a_share_has_its_eighty_per_cent_range(engine):
    log = log_of(engine, call(notes="Wants days only"), call(), call())
    one = shares(log, ASKED).iloc[0]
    low, high = thinning_interval(1, 3)
    assert (one["value"], one["low"], one["high"]) == (1 / 3, float(low), float(high))


def test_where_nothing_can_be_counted_no_share_is_zero(engine):
    found = shares(log_of(engine, row("2026-11-02T09:00", "Desk 01", "fill", candidate=AVERY)), ASKED)
    assert found["of"].tolist() == [0] * 10
    assert found["desk"].isna().all()
    assert found[["value", "low", "high"]].isna().all().all()


def test_an_activity_of_which_a_source_never_holds_a_note_is_left_out(engine):
    phone = [call(source="phone"), call(source="phone", desk="Desk 02")]
    prep = row("2026-11-02T09:00", "Desk 01", "prep", candidate=AVERY, party="candidate")
    log = log_of(engine, *phone, prep, call(notes="Wants days only"), call())
    assert counts(shares(log, ASKED), "notes") == {None: [1, 2], "Desk 01": [1, 2]}
    gone = left_out(log, ASKED)
    assert gone.to_numpy().tolist() == [["phone", "recruiting_call", 2], ["test", "prep", 1]]


def test_a_note_of_another_year_shows_that_the_source_can_hold_notes(engine):
    log = log_of(engine, call("2025-01-02T09:00", notes="Long ago"), call())
    assert counts(shares(log, ASKED), "notes") == {None: [0, 1], "Desk 01": [0, 1]}
    assert left_out(log, ASKED).empty


# --- reasons ---------------------------------------------------------------------------------------------------------


def test_a_touch_that_only_checks_in_and_one_without_a_note_have_no_reason(engine):
    automatic = touch("Sent the salary guide", channel="auto")
    notes = ["Sent the salary guide", "Just checking in", "Called", None]
    log = log_of(engine, *map(touch, notes), automatic)
    found = shares(log, ASKED)
    assert counts(found, "reason") == {None: [1, 4], "Desk 01": [1, 4]}
    assert found.loc[found["measure"] == "reason", "checks_in"].tolist() == [2, 2]
    assert counts(found, "notes") == {None: [0, 0]}


def test_the_rows_of_touches_say_which_phrase_made_them_mere_check_ins(engine):
    notes = ["Sent the salary guide", "Just checking in", "Called", None]
    log = log_of(engine, *[touch(note, f"2026-11-03T09:0{at}") for at, note in enumerate(notes)])
    rows = rows_behind(log, ASKED, "reason", limit=10)
    assert rows["held"].tolist() == [False, False, False, True]
    assert rows["phrase"].astype(object).where(rows["phrase"].notna(), None).tolist() == [
        None,
        None,
        "just checking in",
        None,
    ]
    assert len(rows_behind(log, ASKED, "reason", lacking=True, limit=10)) == 3


def test_rows_are_the_newest_up_to_the_limit(engine):
    log = log_of(engine, *[call(f"2026-11-0{day}T09:00", notes=f"Day {day}") for day in (2, 3, 4)])
    assert rows_behind(log, ASKED, "notes", limit=2)["notes"].tolist() == ["Day 4", "Day 3"]


def test_weeks_without_anything_have_a_row_and_no_share(engine):
    log = log_of(engine, call("2026-08-24T09:00", notes="First"), call("2026-08-30T09:00"), call("2026-11-22T09:00"))
    weeks = by_week(log, ASKED, "notes")
    assert len(weeks) == 13
    assert weeks.iloc[0][["week", "held", "of", "value"]].tolist() == [pd.Timestamp("2026-08-24"), 1, 2, 0.5]
    assert weeks.iloc[1:12]["of"].sum() == 0
    assert weeks.iloc[1:12]["value"].isna().all()
    assert weeks.iloc[12][["held", "of", "value"]].tolist() == [0, 1, 0.0]


def test_only_the_desks_asked_for_are_counted(engine):
    log = log_of(engine, call(notes="Wants days only"), call(desk="Desk 02"), call(desk="Desk 03", candidate=BLAKE))
    found = shares(log, replace(ASKED, desks=("Desk 01", "Desk 02")))
    assert counts(found, "notes") == {None: [1, 2], "Desk 01": [1, 1], "Desk 02": [0, 1]}
    assert counts(found, "next_move") == {None: [0, 1], "Desk 01": [0, 1], "Desk 02": [0, 1]}


# --- people ----------------------------------------------------------------------------------------------------------


def test_a_candidate_of_two_desks_is_one_of_each_and_one_of_all(engine):
    answers = [asked_him("next_move"), asked_him("would_change"), asked_him("time_frame"), asked_him("next_move")]
    log = log_of(engine, call(), call(), call(desk="Desk 02"), call(candidate=BLAKE), *answers)
    found = shares(log, ASKED)
    assert counts(found, "next_move") == {None: [1, 2], "Desk 01": [1, 2], "Desk 02": [1, 1]}
    assert counts(found, "candidate_all") == {None: [1, 2], "Desk 01": [1, 2], "Desk 02": [1, 1]}


def test_all_three_are_on_record_only_where_each_of_them_is(engine):
    log = log_of(engine, call(), asked_him("next_move"), asked_him("time_frame"), asked_him("solutions"))
    found = shares(log, ASKED)
    assert counts(found, "time_frame") == {None: [1, 1], "Desk 01": [1, 1]}
    assert counts(found, "would_change") == {None: [0, 1], "Desk 01": [0, 1]}
    assert counts(found, "candidate_all") == {None: [0, 1], "Desk 01": [0, 1]}


def test_an_answer_after_the_day_that_is_asked_for_is_not_on_record(engine):
    log = log_of(engine, call(), asked_him("next_move", "2026-11-24T09:00"))
    assert counts(shares(log, ASKED), "next_move") == {None: [0, 1], "Desk 01": [0, 1]}


def test_a_candidate_in_a_running_process_counts_though_nobody_spoke_with_them(engine):
    sent = row("2026-11-10T09:00", "Desk 03", "presentation", candidate=CASEY, job="Welder", client=WORKS)
    over = row("2026-11-10T09:00", "Desk 03", "presentation", candidate=BLAKE, job="Welder", client=WORKS)
    out = row("2026-11-12T09:00", "Desk 03", "rejected", candidate=BLAKE, job="Welder", client=WORKS)
    log = log_of(engine, call(), sent, over, out)
    assert counts(shares(log, ASKED), "next_move") == {None: [0, 2], "Desk 01": [0, 1], "Desk 03": [0, 1]}
    active = replace(ASKED, active_only=True)
    assert counts(shares(log, active), "next_move") == {None: [0, 1], "Desk 03": [0, 1]}
    assert rows_behind(log, active, "next_move", limit=10)["who"].tolist() == [CASEY]


def client_call(**fields):
    return row("2026-11-02T10:00", "Desk 01", "marketing_call", **{"contact": NOEL, "client": WORKS, **fields})


def test_what_a_client_said_counts_for_who_said_it(engine):
    told = row("2026-02-02T10:00", "Desk 02", "discovery", outcome="challenge", party="client", contact=NOEL)
    log = log_of(engine, client_call(), client_call(contact="Robin Example"), told)
    assert counts(shares(log, ASKED), "challenge") == {None: [1, 2], "Desk 01": [1, 2]}


def test_what_was_noted_of_a_company_counts_for_everybody_there(engine):
    told = row("2026-02-02T10:00", "Desk 02", "discovery", outcome="challenge", party="client", client=WORKS)
    other = client_call(contact="Robin Example", client="Example Dairy")
    log = log_of(engine, client_call(), other, client_call(contact=None), told)
    assert counts(shares(log, ASKED), "challenge") == {None: [2, 3], "Desk 01": [2, 3]}
    lacking = rows_behind(log, ASKED, "challenge", lacking=True, limit=10)
    assert lacking[["who", "client"]].to_numpy().tolist() == [["Robin Example", "Example Dairy"]]


def test_a_client_with_an_open_order_counts_while_anything_happens_on_it(engine):
    order = {"client": WORKS, "contact": NOEL}
    won = row("2026-05-04T10:00", "Desk 04", "contract", job="Welder", **order)
    quiet = row("2026-05-04T10:00", "Desk 04", "contract", job="Fitter", client="Example Dairy")
    closed = row("2026-05-04T10:00", "Desk 04", "contract", job="Nurse", client="Example Hospital")
    end = row("2026-10-04T10:00", "Desk 04", "contract_closed", job="Nurse", client="Example Hospital")
    sent = row("2026-10-20T10:00", "Desk 04", "presentation", job="Welder", candidate=AVERY, client=WORKS)
    log = log_of(engine, won, quiet, closed, end, sent)
    assert counts(shares(log, ASKED), "solutions") == {None: [0, 1], "Desk 04": [0, 1]}
    assert rows_behind(log, ASKED, "solutions", limit=10)["who"].tolist() == [NOEL]


def test_order_of_rows_and_strangers_change_nothing(engine):
    rows = [call(notes="Wants days only"), call(), touch("Just checking in"), asked_him("next_move"), client_call()]
    numbered = [{**one, "activity_id": f"row {at}"} for at, one in enumerate(rows)]
    stranger = row("2026-11-02T09:00", "Desk 07", "fill", "row x", candidate=CASEY, job="Nurse")
    straight = shares(log_of(engine, *numbered), ASKED)
    turned = shares(log_of(engine, stranger, *numbered[::-1]), ASKED)
    pd.testing.assert_frame_equal(straight, turned)
