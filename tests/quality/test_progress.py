"""Yesterday and this week so far against the minimums."""

from __future__ import annotations

from datetime import date

from tallies import counts

from quality.progress import progress

WEEK = counts(
    ("Desk 01", "2026-11-15", {"recruiting_call": 99}),
    ("Desk 01", "2026-11-16", {"recruiting_call": 12}),
    ("Desk 01", "2026-11-17", {"recruiting_call": 9, "send_out": 1}),
    ("Desk 01", "2026-11-18", {"recruiting_call": 50}),
    ("Desk 02", "2026-11-17", {"recruiting_call": 70}),
)
TUESDAY = date(2026, 11, 17)
MONDAY = date(2026, 11, 16)
DAYS = [MONDAY, TUESDAY]


def against(minimums, worked=DAYS):
    """Desk 01 on Tuesday, with the same minimums on both days of its week."""
    return progress(dict.fromkeys(DAYS, minimums), WEEK, "Desk 01", worked, TUESDAY)


def test_a_day_and_its_week_so_far_are_held_against_the_minimums():
    calls, send_outs = against({"recruiting_call": 10.5, "send_out": 0.4})
    assert (calls.day, calls.day_wanted, calls.day_met) == (9, 10.5, False)
    assert (calls.week, calls.week_wanted, calls.week_met) == (21, 21.0, True)
    assert (send_outs.day, send_outs.day_met, send_outs.week_met) == (1, None, None)


def test_between_two_whole_numbers_the_lower_one_will_do():
    (calls,) = against({"recruiting_call": 9.6})
    assert calls.day_met is True


def test_nothing_is_wanted_of_a_desk_that_is_away():
    (calls,) = against({"recruiting_call": 10}, worked=[MONDAY])
    assert (calls.day, calls.day_wanted, calls.day_met) == (9, 0, None)
    assert (calls.week, calls.week_wanted, calls.days) == (21, 10, 1)


def test_days_before_a_minimum_was_in_force_are_not_judged():
    held = {MONDAY: {"send_out": 1.0}, TUESDAY: {"recruiting_call": 10.0}}
    (calls,) = progress(held, WEEK, "Desk 01", DAYS, TUESDAY)
    assert (calls.activity, calls.week, calls.week_wanted, calls.days) == ("recruiting_call", 9, 10, 1)
    assert progress({MONDAY: {"send_out": 1.0}, TUESDAY: {}}, WEEK, "Desk 01", DAYS, TUESDAY) == ()


def test_every_day_is_held_against_the_number_that_stood_on_it():
    held = {MONDAY: {"recruiting_call": 12.0}, TUESDAY: {"recruiting_call": 20.0}}
    (calls,) = progress(held, WEEK, "Desk 01", DAYS, TUESDAY)
    assert (calls.day_wanted, calls.week, calls.week_wanted) == (20, 21, 32)
