"""What came of a change: which weeks count, and when it is too early to say anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from changes import AT, MADE, RATIO, effect_of, follow, steps, weeks_of
from firms import Work, firm, flow_of

from quality.adjustment_words import due, sentence
from quality.catalogue import BY_NAME, MEASURES, RATIOS
from quality.verdicts import judge
from quality.weekly import Cases

# --- which weeks count -----------------------------------------------------------------------------------------------


def test_before_are_13_weeks_since_up_to_13_and_the_week_itself_is_in_neither() -> None:
    found = effect_of(weeks_of(steps(10, 20, 40, own_week=500), steps(2, 10, 40, own_week=500)))
    assert found.status == "judged"
    before, after = found.before, found.after
    assert before
    assert after
    assert (before.start, before.end, before.weeks) == (date(2025, 1, 13), date(2025, 4, 13), 13)
    assert (before.per, before.count, before.value) == (130, 26, 5.0)
    assert (after.start, after.end, after.weeks) == (date(2025, 4, 21), date(2025, 7, 20), 13)
    assert (after.per, after.count, after.value) == (260, 130, 2.0)
    assert found.better == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("day", [date(2025, 4, 14), date(2025, 4, 20)])
def test_any_day_of_a_week_is_the_same_change(day: date) -> None:
    weekly = weeks_of(steps(10, 20), steps(2, 10))
    assert effect_of(weekly, made_on=day) == effect_of(weekly)


def test_the_counts_before_are_those_of_the_verdict_of_that_week() -> None:
    weekly = firm(5, weeks=60)
    standards = {ratio.name: np.full((40, 60), ratio.standard) for ratio in RATIOS}
    judged = judge(weekly, standards)["interview_to_send_out"]
    made = weekly.weeks[30].date()
    found = effect_of(weekly, measure="interview_to_send_out", made_on=made)
    assert judged.weeks[0, 29] == 13
    assert found.before
    assert (found.before.due_per, found.before.due_count) == (round(judged.n[0, 29]), judged.x[0, 29])


def test_a_ratio_is_held_against_what_came_due() -> None:
    late = replace(flow_of(RATIO, [steps(8, 8)], [steps(2, 4)]), lag=np.array([0.0, 1.0]))
    busy = weeks_of(steps(8, 8, own_week=8), steps(2, 4), hit_to_interview=late)
    found = effect_of(busy)
    assert found.before
    assert (found.before.per, found.before.count) == (8 * 13, 2 * 13)


def test_the_counts_that_are_shown_are_those_of_the_rows_and_what_came_due_is_said_apart() -> None:
    late = replace(flow_of(RATIO, [steps(8, 12, own_week=8)], [steps(2, 4)]), lag=np.array([0.0, 1.0]))
    [found] = follow(weeks_of(steps(8, 12, own_week=8), steps(2, 4), hit_to_interview=late))
    [effect] = found.effects
    assert effect.before
    assert effect.after
    assert (effect.before.per, effect.before.count, effect.before.value) == (8 * 13, 2 * 13, 4.0)
    assert (effect.after.per, effect.after.count, effect.after.value) == (12 * 13, 4 * 13, 3.0)
    assert (effect.after.due_per, effect.after.due_count) == (12 * 12 + 8, 4 * 13)
    assert "from 4.0 : 1 (104 / 26) to 3.0 : 1 (156 / 52) since" in sentence(found, effect)
    assert due(effect) == (
        "Judged is what came due in these weeks, some of it begun earlier: 104 / 26 before, 152 / 52 since."
    )


def test_where_everything_comes_due_at_once_nothing_is_said_apart() -> None:
    assert due(effect_of(weeks_of(steps(8, 8), steps(2, 4)))) == ""


def test_only_send_outs_whose_time_is_up_count() -> None:
    started = np.full((1, 24), 4)
    got = np.zeros((1, 24, 3), dtype=int)
    got[0, :-2, 2] = 1
    lag = np.array([0.0, 0.0, 1.0])
    flow = flow_of("send_out_to_fill", started, started * 0, lag, Cases(started, got))
    found = effect_of(weeks_of([4] * 24, [0] * 24, send_out_to_fill=flow), measure="send_out_to_fill")
    assert found.after
    assert (found.after.weeks, found.after.due_per, found.after.due_count) == (7, 28, 7)
    assert found.after.end == date(2025, 6, 8)
    assert found.status == "judged"
    assert found.judged_from == date(2025, 5, 26)


# --- when nothing is said --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "status"), [(AT, "early"), (AT + 1, "early"), (AT + 3, "early"), (AT + 4, "judged")]
)
def test_it_is_too_early_until_three_weeks_are_over(length: int, status: str) -> None:
    weekly = weeks_of(([10] * AT + [10] * 20)[:length], ([2] * 40)[:length])
    late = replace(weekly, as_of=max(weekly.as_of, MADE))
    found = effect_of(late)
    assert (found.status, found.judged_from) == (status, date(2025, 5, 12))
    assert (found.better is not None) == (status == "judged")


def test_it_is_too_early_while_fewer_than_eight_came_due() -> None:
    assert effect_of(weeks_of(steps(10, 1, AT + 8), steps(2, 0, AT + 8))).status == "short"
    assert effect_of(weeks_of(steps(10, 1, AT + 9), steps(2, 0, AT + 9))).status == "judged"


def test_thirteen_weeks_with_fewer_than_eight_are_too_few_for_good() -> None:
    rare = [10] * AT + [0] + [0, 1] * 8
    found = effect_of(weeks_of(rare, [0] * len(rare)))
    assert found.status == "few"
    assert found.after
    assert found.after.per == 6


def test_too_little_before_is_never_judged() -> None:
    found = effect_of(weeks_of([0] * 10 + [1] * 4 + [10] * 20, [0] * 34))
    assert found.status == "few_before"


def test_a_change_before_the_log_begins_has_nothing_to_compare_with() -> None:
    weekly = weeks_of([10] * 30, [2] * 30)
    for day in (date(2025, 1, 6), date(2024, 12, 2), date(1999, 1, 1)):
        assert effect_of(weekly, made_on=day).status == "no_before"


def test_a_change_to_come_waits() -> None:
    weekly = weeks_of([10] * 30, [2] * 30)
    for day in (date(2025, 8, 4), date(2031, 1, 1)):
        assert effect_of(weekly, made_on=day).status == "future"


def test_a_desk_nobody_knows_and_a_desk_that_left_are_said() -> None:
    weekly = weeks_of([[10] * 30] * 2, [[2] * 30] * 2)
    assert effect_of(weekly, name="Nobody").status == "unrecorded"
    gone = np.ones((2, 30), dtype=int)
    gone[0, AT + 1 :] = 0
    left = replace(weekly, volumes=dict.fromkeys(MEASURES, gone))
    assert effect_of(left).status == "silent"


def test_an_unknown_measure_is_not_followed_and_no_measure_means_all_ratios() -> None:
    weekly = weeks_of(steps(10, 20), steps(2, 10))
    unknown, everything = follow(weekly, {"measure": "no such"}, {"measure": ""})
    assert unknown.effects == ()
    assert [effect.measure for effect in everything.effects] == list(BY_NAME)
    assert [effect.status for effect in everything.effects] == ["few_before", "judged", *["few_before"] * 5]


# --- on simulated firms ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_on_steady_desks_few_changes_are_said_to_have_done_anything_and_doublings_are_found() -> None:
    line = {"measure": "interview_to_send_out", "made_on": date(2025, 10, 6)}
    steady = {"interview_to_send_out": Work(10, 1 / 4, (0.5, 0.3, 0.2))}
    doubled = {"interview_to_send_out": replace(steady["interview_to_send_out"], changed=2.0, at=39)}
    chances = {}
    for name, work in {"steady": steady, "doubled": doubled}.items():
        weekly = firm(11, work, desks=150)
        found = follow(weekly, *({**line, "name": desk} for desk in weekly.units))
        chances[name] = np.array([one.effects[0].better for one in found])
    assert 0.01 < np.mean(chances["steady"] > 0.95) < 0.1
    assert 0.01 < np.mean(chances["steady"] < 0.05) < 0.1
    assert 0.44 < np.mean(chances["steady"]) < 0.56
    assert np.mean(chances["doubled"] > 0.95) > 0.9
