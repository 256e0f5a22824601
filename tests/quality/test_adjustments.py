"""What came of a change: which weeks count, when it is too early, who is compared, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from firms import Work, firm, flow_of, held

from quality.adjustment_words import chance, due, how_sure, likely, numbers, sentence, verdict
from quality.adjustments import Effect, Followed, followed
from quality.catalogue import BY_NAME, MEASURES, RATIOS
from quality.compared import Figures
from quality.verdicts import judge
from quality.weekly import Cases, Flow, Weekly

RATIO = "hit_to_interview"
#: Weeks begin on Monday 6 January 2025; the change is made on the Wednesday of the 15th.
MADE = date(2025, 4, 16)
AT = 14


def weeks_of(upstream: object, downstream: object, ratio: str = RATIO, **more: Flow) -> Weekly:
    """A firm whose desks are at work every week and do nothing but this ratio, units x weeks."""
    first, second = np.atleast_2d(np.array(upstream)), np.atleast_2d(np.array(downstream))
    nothing = np.zeros_like(first)
    flows = {one.name: flow_of(one.name, nothing, nothing) for one in RATIOS}
    flows |= {ratio: flow_of(ratio, first, second)} | more
    return held(flows, dict.fromkeys(MEASURES, np.ones_like(first)))


def steps(before: int, since: int, length: int = 30, own_week: int = 0, at: int = AT) -> list[int]:
    """A number for each week before, another for each since."""
    return [before] * at + [own_week] + [since] * (length - at - 1)


def journal(*lines: dict) -> pd.DataFrame:
    usual = {"made_on": MADE, "level": "desk", "name": "Desk 01", "measure": RATIO, "kind": "coaching", "what": "x"}
    rows = [{"adjustment_id": number, **usual, **line} for number, line in enumerate(lines, 1)]
    frame = pd.DataFrame(rows)
    return frame.assign(made_on=pd.to_datetime(frame["made_on"]).astype("datetime64[us]"))


def follow(weekly: Weekly, *lines: dict, days: object = 5.0, roster: pd.DataFrame | None = None) -> list[Followed]:
    """In the order of the lines."""
    worked = np.broadcast_to(np.array(days, dtype=float), weekly.seen.shape) * weekly.seen
    found = followed(journal(*(lines or ({},))), weekly, worked, roster)
    return sorted(found, key=lambda one: one.entry.number)


def effect_of(weekly: Weekly, **line: object) -> Effect:
    return follow(weekly, line)[0].effects[0]


def teams(**of: str) -> pd.DataFrame:
    """Desks by number: ``d1="North"``."""
    return pd.DataFrame(
        [
            {"desk": f"Desk 0{name[1:]}", "team": team, "starts_on": pd.NaT, "ends_on": pd.NaT}
            for name, team in of.items()
        ]
    )


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


# --- who is compared -------------------------------------------------------------------------------------------------

FOUR = weeks_of([steps(10, 20)] * 4, [steps(2, 10), steps(2, 4), steps(3, 6), steps(5, 10)])


def test_a_desk_is_compared_with_the_rest_of_its_team() -> None:
    [found] = follow(FOUR, {}, roster=teams(d1="North", d2="North", d3="South", d4="South"))
    others = found.effects[0].others
    assert others
    assert (others.team, others.desks) == ("North", 1)
    assert (others.before.per, others.before.count, others.after.per, others.after.count) == (130, 26, 260, 52)
    assert others.better == pytest.approx(0.5, abs=0.03)
    assert others.more
    assert others.more > 0.99


@pytest.mark.parametrize("roster", [None, teams(d2="North"), teams(d1="Alone", d2="North")])
def test_without_team_mates_a_desk_is_compared_with_the_company(roster: pd.DataFrame | None) -> None:
    [found] = follow(FOUR, {}, roster=roster)
    others = found.effects[0].others
    assert others
    assert (others.team, others.desks, others.before.count) == ("", 3, 26 + 39 + 65)


def test_a_team_is_compared_with_the_other_desks_and_the_company_with_nobody() -> None:
    roster = teams(d1="North", d2="North", d3="South", d4="South")
    team, company = follow(FOUR, {"level": "team", "name": "North"}, {"level": "company", "name": ""}, roster=roster)
    own, others = team.effects[0].before, team.effects[0].others
    assert own
    assert others
    assert (own.per, own.count) == (260, 52)
    assert (others.team, others.desks, others.before.count) == ("", 2, 39 + 65)
    whole = company.effects[0]
    assert whole.before
    assert whole.before.count == 26 + 26 + 39 + 65
    assert whole.others is None


def test_a_desk_that_was_not_there_throughout_is_not_compared_with() -> None:
    there = np.ones((4, 30), dtype=int)
    there[3, AT:] = 0
    [found] = follow(replace(FOUR, volumes=dict.fromkeys(MEASURES, there)), {})
    others = found.effects[0].others
    assert others
    assert (others.desks, others.before.count) == (2, 26 + 39)


def test_others_with_too_little_are_shown_and_not_judged() -> None:
    thin = weeks_of([steps(10, 20), [0] * 30], [steps(2, 10), [0] * 30])
    others = follow(thin)[0].effects[0].others
    assert others
    assert (others.desks, others.better, others.more) == (1, None, None)


def test_other_changes_of_the_same_weeks_are_named() -> None:
    lines = (
        {},
        {"level": "team", "name": "North", "made_on": date(2025, 1, 13)},
        {"level": "company", "name": "", "measure": "", "made_on": date(2025, 7, 20)},
        {"name": "Desk 02", "measure": "interview"},
        {"name": "Desk 03"},
        {"measure": "call_to_hit"},
        {"made_on": date(2025, 1, 12)},
        {"made_on": date(2025, 7, 21)},
    )
    found = follow(FOUR, *lines, roster=teams(d1="North", d2="North", d3="South", d4="South"))[0]
    assert sorted(entry.number for entry in found.near) == [2, 3]
    assert [entry.number for entry in found.elsewhere] == [4]


# --- activities ------------------------------------------------------------------------------------------------------


def active(*volumes: list[int]) -> Weekly:
    weekly = weeks_of([[1] * 30] * len(volumes), [[0] * 30] * len(volumes))
    return replace(weekly, volumes={**weekly.volumes, "interview": np.array(volumes)})


def test_an_activity_is_counted_per_working_day() -> None:
    found = effect_of(active(steps(10, 20, own_week=90), steps(10, 10)), measure="interview")
    before, after, others = found.before, found.after, found.others
    assert before
    assert after
    assert others
    assert (before.per, before.count, before.value) == (65, 130, 2.0)
    assert (after.per, after.count, after.value) == (65, 260, 4.0)
    assert found.better == pytest.approx(1, abs=1e-6)
    assert (others.before.value, others.after.value) == (2.0, 2.0)


def test_weeks_of_absence_do_not_lower_a_pace() -> None:
    days = np.full((1, 30), 5.0)
    volume = steps(10, 10, own_week=10)
    days[0, 20:24], volume[20:24] = 0, [0] * 4
    [found] = follow(active(volume), {"measure": "interview"}, days=days)
    after = found.effects[0].after
    assert after
    assert (after.per, after.count, after.value) == (45, 90, 2.0)


def test_an_activity_that_never_occurs_is_not_judged() -> None:
    assert effect_of(active([0] * 30), measure="interview").status == "few_before"
    assert effect_of(active(steps(10, 0)), measure="interview").status == "judged"


# --- in words --------------------------------------------------------------------------------------------------------


def test_a_change_is_one_sentence_with_its_counts() -> None:
    better = weeks_of([[3] * AT + [0] + [4] * 10, [9] * 25], [[1] * AT + [0] + [3] * 10, [3] * 25])
    [found] = follow(better)
    assert sentence(found, found.effects[0]) == (
        "Hit to interview went from 3.0 : 1 (39 / 13) to 1.3 : 1 (40 / 30) since: clearly better (over 99 in 100); "
        "the other desks 3.0 : 1 to 3.0 : 1, no clear change; Desk 01 gained on them (over 99 in 100)"
    )


def test_an_activity_is_said_per_day_and_as_more_or_less() -> None:
    [found] = follow(active(steps(20, 10)), {"measure": "interview"})
    assert sentence(found, found.effects[0]) == (
        "Interviews went from 4.0 a day (260 in 65 working days) to 2.0 a day (130 in 65 working days) since: "
        "clearly less (over 99 in 100)"
    )


@pytest.mark.parametrize(
    ("weekly", "line", "said"),
    [
        (weeks_of([10] * 17, [2] * 17), {}, "Hit to interview: too early; 3 weeks count from 12 May 2025 on"),
        (
            weeks_of(steps(10, 1, AT + 5), steps(2, 0, AT + 5)),
            {},
            "Hit to interview: too early; 4 hits, 0 interviews came due so far, and 8 hits are needed",
        ),
        (weeks_of([10] * 30, [2] * 30), {"made_on": date(2025, 8, 4)}, "Hit to interview: planned for 4 Aug 2025"),
        (
            weeks_of([10] * 30, [2] * 30),
            {"made_on": date(2024, 8, 4)},
            "Hit to interview: nothing is known of Desk 01 in the 13 weeks before to compare with",
        ),
        (weeks_of([10] * 30, [2] * 30), {"name": "X"}, "Hit to interview: nothing is recorded of X"),
        (
            weeks_of([0] * 13 + [1] * 17, [0] * 30),
            {},
            "Hit to interview: too little in the 13 weeks before to compare with (1 hit, 0 interviews)",
        ),
        (
            weeks_of([10] * 14 + [0] * 16, [2] * 14 + [0] * 16),
            {},
            "Hit to interview: too little in the 13 weeks since (0 hits, 0 interviews)",
        ),
    ],
)
def test_why_nothing_is_said_is_said(weekly: Weekly, line: dict, said: str) -> None:
    [found] = follow(weekly, line)
    assert sentence(found, found.effects[0]) == said


def test_a_word_and_its_chance_agree() -> None:
    assert [verdict(p) for p in (0.96, 0.95, 0.81, 0.80, 0.21, 0.20, 0.06, 0.05)] == [
        *("better", "likely_better", "likely_better", "unclear", "unclear"),
        *("likely_worse", "likely_worse", "worse"),
    ]
    assert how_sure(RATIO, 0.949) == "probably better (9 in 10)"
    assert how_sure(RATIO, 0.79) == "no clear change (7 in 10 that it is better)"
    assert how_sure("interview", 0.25) == "no clear change (7 in 10 that it is less)"
    assert how_sure("interview", 0.03) == "clearly less (97 in 100)"
    assert [chance(p) for p in (0.5, 0.8, 0.955, 0.999)] == ["5 in 10", "8 in 10", "95 in 100", "over 99 in 100"]


def test_numbers_without_a_result_are_words() -> None:
    none = Figures(MADE, MADE, 13, 14, 0, None, 4.2, None, 14, 0)
    assert numbers("send_out_to_fill", none) == "no fills (14 / 0)"
    assert likely(none) == "4.2 or more"
    assert likely(replace(none, high=9.0)) == "4.2 to 9.0"
    assert likely(replace(none, low=None)) == ""


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
