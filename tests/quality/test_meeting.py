"""What the weekly meeting opens with, on firms small enough to count by eye, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from firms import desks, line, weeks_of

from quality import meeting_words as words
from quality.catalogue import RATIOS
from quality.meeting import Card, Meeting, Pace, Point, Thin, how_far, meeting, minimums, too_thin
from quality.monitoring import monitor
from quality.periods import week_of
from quality.review import Review
from quality.stories import Signal
from quality.verdicts import judge
from quality.weekly import Flow

RATIO = "hit_to_interview"
WEEKS = 40
ROSTER = pd.DataFrame(
    {"desk": ["Desk 01"], "team": ["North"], "starts_on": [pd.NaT], "ends_on": [pd.NaT]},
).astype({"starts_on": "datetime64[us]", "ends_on": "datetime64[us]"})


def review_of(flow: Flow, standard: float = 2.0, **volumes: object) -> Review:
    """A review of desks with one ratio, five working days a week."""
    found = weeks_of(flow, **volumes)
    shape = flow.upstream.shape
    standards = {ratio.name: np.full(shape, standard) for ratio in RATIOS}
    return Review(found, judge(found, standards), monitor(found), np.full(shape, 5.0), 1.0)


@pytest.fixture(scope="module")
def firm() -> Meeting:
    """Of ten hits a week: 5 interviews, 2, 7, and 5 until only one from week 31 on. The standard is half."""
    flows = line(WEEKS), line(WEEKS, x=2), line(WEEKS, x=7), line(WEEKS, (30, WEEKS, 1))
    return meeting(review_of(desks(*flows)))


def said_of(cards: tuple[Card, ...]) -> list[tuple[str, list[str]]]:
    return [(card.desk, [point.signal.kind for point in card.points]) for card in cards]


# --- whom to talk to -------------------------------------------------------------------------------------------------


def test_a_slump_comes_before_a_standard_that_is_missed_and_each_ratio_is_told_once(firm: Meeting) -> None:
    assert said_of(firm.talk) == [("Desk 04", ["slump"]), ("Desk 02", ["below_standard"])]
    assert firm.talk[0].points[0].judged is not None
    assert firm.talk[0].points[0].judged.kind == "below_standard"
    assert firm.talk[1].points[0].judged is None


def test_the_other_desks_stand_beside_what_is_said_about_a_standard(firm: Meeting) -> None:
    # Without Desk 02 the last 13 weeks hold 390 hits and 13 x (5 + 7) + 3 x 5 + 10 x 1 = 181 interviews.
    assert firm.talk[1].points[0].others == pytest.approx(390 / 181)
    # Without Desk 04 they hold 13 x (5 + 2 + 7) = 182.
    assert firm.talk[0].points[0].others == pytest.approx(390 / 182)


def test_who_is_better_than_the_standard_and_than_the_others_did_great(firm: Meeting) -> None:
    assert said_of(firm.praise) == [("Desk 03", ["above_standard"])]


def test_better_than_an_easy_standard_is_no_praise_while_behind_the_others() -> None:
    # Everybody else together gets 58 of 80 there, Desk 01 half; 4 : 1 would do.
    flows = line(WEEKS), *[line(WEEKS, n=30, x=27)] * 2, *[line(WEEKS, n=5, x=1)] * 4
    found = review_of(desks(*flows), standard=4.0)
    assert found.judged[RATIO].verdict[0, -1] == "meets"
    assert [card.desk for card in meeting(found).praise] == ["Desk 02", "Desk 03"]


def test_of_a_standard_most_desks_miss_those_behind_the_others_come_first() -> None:
    found = meeting(review_of(desks(line(WEEKS, x=3), line(WEEKS, x=2, n=7), line(WEEKS, x=3), line(WEEKS, x=1))))
    assert found.common == {RATIO: 4}
    assert [card.desk for card in found.talk] == ["Desk 04", "Desk 02", "Desk 01", "Desk 03"]


def test_a_standard_most_desks_miss_is_left_out_where_there_is_more_to_say() -> None:
    calls = np.array([[48, 52] * 20] * 4)
    calls[0, 36:] = 10
    found = meeting(review_of(desks(*[line(WEEKS, x=3)] * 4), recruiting_call=calls))
    assert said_of(found.talk)[0] == ("Desk 01", ["volume_drop"])
    assert said_of(found.talk)[1:] == [(f"Desk 0{number}", ["below_standard"]) for number in (2, 3, 4)]


def test_where_nobody_has_any_result_for_long_nobody_is_behind() -> None:
    once = (0, 1, 1)
    found = meeting(review_of(desks(*[line(WEEKS, once, x=0)] * 3, line(WEEKS, once, x=0, n=20))))
    assert found.common == {RATIO: 4}
    assert [len(card.points) for card in found.talk] == [1, 1, 1, 1]
    assert [card.points[0].others for card in found.talk] == [None] * 4


def test_what_nobody_ever_recorded_is_said_of_nobody() -> None:
    found = meeting(review_of(desks(*[line(WEEKS, x=0)] * 3)))
    assert (found.common, found.talk) == ({}, ())


def test_two_of_two_desks_are_too_few_to_blame_the_standard() -> None:
    found = meeting(review_of(desks(line(WEEKS, x=3), line(WEEKS, x=3))))
    assert found.common == {}
    assert [card.desk for card in found.talk] == ["Desk 01", "Desk 02"]


def test_one_desk_alone_is_compared_with_nobody() -> None:
    (card,) = meeting(review_of(line(WEEKS, x=2))).talk
    assert card.points[0].others is None


def test_a_fall_in_volume_is_worth_a_conversation() -> None:
    calls = np.array([[48, 52] * 20])
    calls[0, 36:] = 10
    found = meeting(review_of(line(WEEKS), recruiting_call=calls))
    assert said_of(found.talk) == [("Desk 01", ["volume_drop"])]
    assert found.talk[0].points[0].others is None


def test_new_is_what_the_last_week_raised(firm: Meeting) -> None:
    assert [firm.is_new(card.points[0]) for card in firm.talk] == [False, False]
    found = meeting(review_of(line(32, (30, 32, 1))))
    assert found.talk[0].points[0].signal.raised_on == found.week.end
    assert found.is_new(found.talk[0].points[0])


def test_a_desk_that_has_gone_quiet_is_not_spoken_of() -> None:
    gone = np.full((1, WEEKS), 10)
    gone[0, -4:] = 0
    silent = replace(line(WEEKS, x=2), upstream=gone, downstream=np.minimum(gone, 2))
    found = meeting(review_of(desks(line(WEEKS), silent), recruiting_call=[[10] * WEEKS, gone[0].tolist()]))
    assert found.desks == ("Desk 01",)
    assert found.talk == ()


def test_two_weeks_are_too_few_to_judge_anybody_by() -> None:
    found = meeting(review_of(line(2, x=3, n=4)))
    assert not found.judged
    assert (found.talk, found.praise) == ((), ())
    assert words.summary(found) == "It is too early to judge the one desk."


# --- the week --------------------------------------------------------------------------------------------------------


def test_the_last_week_stands_beside_the_mean_of_thirteen() -> None:
    send_outs = np.full((1, WEEKS), 8)
    send_outs[0, -1] = 3
    found = meeting(review_of(line(WEEKS), recruiting_call=np.full((1, WEEKS), 10), send_out=send_outs))
    assert found.paces == (Pace("send_out", 3, 8.0), Pace("fill", 0, 0.0))
    assert found.week == week_of(date(2025, 10, 6))


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (Pace("send_out", 3, 8.0), "3 send-outs (5 fewer than usual)"),
        (Pace("send_out", 13, 8.0), "13 send-outs (5 more than usual)"),
        (Pace("send_out", 9, 8.0), "9 send-outs (usually about 8)"),
        (Pace("fill", 1, 0.2), "1 fill (as usual)"),
        (Pace("fill", 1, None), "1 fill"),
    ],
)
def test_what_chance_brings_is_as_usual(pace: Pace, said: str) -> None:
    assert words.pace(pace) == said


# --- minimums --------------------------------------------------------------------------------------------------------


def met(desk: str, measure: str, count: int, minimum: float, is_met: bool | None = None) -> dict[str, object]:
    kept = count >= minimum if is_met is None and minimum else is_met
    return {
        "desk": desk,
        "measure": measure,
        "number": minimum,
        "per": "week",
        "available": 5,
        "minimum": minimum,
        "count": count,
        "met": kept,
    }


def test_those_short_of_most_come_first_and_who_was_away_is_not_counted() -> None:
    rows = [
        met("Desk 01", "hit", 12, 10),
        met("Desk 02", "hit", 6, 10),
        met("Desk 02", "recruiting_call", 80, 100),
        met("Desk 03", "hit", 0, 0),
        met("Desk 04", "hit", 9, 10),
    ]
    found = minimums(pd.DataFrame(rows))
    assert [one.desk for one in found] == ["Desk 02", "Desk 04", "Desk 01", "Desk 03"]
    assert [one.all_met for one in found] == [False, False, True, None]
    assert words.missed(found[0]) == "6 of 10 hits, 80 of 100 recruiting calls"
    assert words.minimums_summary(found) == "1 of 3 desks met all activity minimums"


# --- too young or too thin -------------------------------------------------------------------------------------------


def test_a_young_desk_is_watched_with_its_team_where_the_team_has_a_chart() -> None:
    young = np.array([[0] * 30 + [10] * 10, [10] * WEEKS])
    flow = replace(desks(line(WEEKS), line(WEEKS)), upstream=young, downstream=young // 2)
    review = review_of(flow, recruiting_call=young)
    team = review_of(line(WEEKS))
    named = replace(team, weekly=replace(team.weekly, units=("North",)))
    (thin,) = too_thin(review, named, ROSTER)
    assert thin == Thin("Desk 01", ((RATIO, "young"),), "North", (RATIO,))
    assert words.thin(thin) == "too young for Hit to interview, so its team is watched instead"
    alone = too_thin(review, named)[0]
    assert words.thin(alone) == "too young for Hit to interview, so its activity is watched instead"


def test_reasons_that_differ_are_told_one_by_one() -> None:
    thin = Thin("Desk 01", (("send_out_to_fill", "slow"), ("contract_to_fill", "slow"), (RATIO, "few")), None, ())
    assert words.thin(thin) == (
        "too few a week for Send-out to fill, Contract to fill, so its activity is watched instead; "
        "too few cases for Hit to interview, so its activity is watched instead"
    )


# --- said aloud ------------------------------------------------------------------------------------------------------


def test_the_firm_is_summed_up_in_one_sentence_without_names(firm: Meeting) -> None:
    busy = replace(firm, paces=(Pace("send_out", 3, 8.0), Pace("fill", 0, 1.0)))
    assert words.summary(busy) == (
        "2 of 4 desks deserve a conversation, 1 did great; 3 send-outs (5 fewer than usual) and 0 fills (usually about "
        "1) last week."
    )
    assert words.summary(replace(firm, desks=(), talk=(), praise=())) == "No desk has recorded anything lately."
    calm = replace(firm, talk=(), praise=())
    assert words.summary(calm) == "None of 4 desks deserve a conversation, none did great."
    one = replace(firm, desks=("Desk 04",), talk=firm.talk[:1], praise=())
    assert words.summary(one) == "1 of 1 desk deserves a conversation, none did great."


def test_a_slump_is_told_with_its_standard_and_the_others(firm: Meeting) -> None:
    assert words.said(firm.talk[0].points[0]) == (
        "Hit to interview worsened from 2.0 : 1 to about 10.0 : 1 since early August (100 hits, 10 interviews in 10 "
        "weeks); a steady desk would show this about once in seven years; worth a conversation. The standard is "
        "2.0 : 1: the last 13 weeks (130 hits, 25 interviews) are worse, and that is over 99 % sure. The other desks "
        "together are at 2.1 : 1."
    )


def test_a_missed_standard_says_what_it_should_be_and_since_when(firm: Meeting) -> None:
    assert words.said(firm.talk[1].points[0]) == (
        "Hit to interview is 5.0 : 1 and should be 2.0 : 1 or better (130 hits, 26 interviews in 13 weeks): worse than "
        "the standard since the week of 6 January, and that is over 99 % sure. The other desks together are at 2.2 : 1."
    )


def test_praise_says_what_would_do(firm: Meeting) -> None:
    assert words.said(firm.praise[0].points[0]).startswith(
        "Hit to interview is 1.4 : 1 where 2.0 : 1 would do (130 hits, 91 interviews in 13 weeks): better than the "
        "standard since the week of 13 January, and that is over 99 % sure."
    )


def test_a_ratio_without_any_result_is_not_told_as_a_number() -> None:
    (card,) = meeting(review_of(line(WEEKS, (0, 1, 1), x=0))).talk
    assert words.said(card.points[0]).startswith(
        "Hit to interview is without a single interview and should be 2.0 : 1 or better (130 hits, 0 interviews in 13 "
    )


def test_a_year_is_said_where_it_is_not_this_one() -> None:
    (card,) = meeting(review_of(line(60, x=2))).talk
    assert "worse than the standard since the week of 6 January 2025" in words.said(card.points[0])


def test_the_standard_is_doubted_before_the_desks(firm: Meeting) -> None:
    assert words.common(firm) == ""
    doubted = replace(firm, common={RATIO: 3, "call_to_hit": 2})
    assert words.common(doubted) == (
        "3 of 4 desks are worse than the standard for Hit to interview. 2 of 4 desks are worse than the standard for "
        "Call to hit. When that many are, look at the standard and the market first, and then at the desks behind the "
        "others."
    )


def signal(**known: Any) -> Signal:
    return replace(
        Signal(
            "Desk 01", RATIO, "slump", date(2026, 11, 1), date(2026, 9, 7), True, None, 4.0, 2.0, None, 7.0, 40, 10, 8
        ),
        **known,
    )


def test_how_far_is_the_same_for_half_and_twice_and_endless_for_nothing() -> None:
    assert how_far(signal()) == how_far(signal(observed=1.0)) == 2.0
    assert how_far(signal(observed=None)) == how_far(signal(observed=0.0)) == float("inf")


def test_a_point_is_new_when_its_own_signal_is_and_not_for_what_is_said_beside_it(firm: Meeting) -> None:
    late = signal(kind="below_standard", raised_on=firm.week.end)
    assert not firm.is_new(Point(signal(raised_on=date(2025, 1, 5)), late))
    assert firm.is_new(Point(late))


def test_desks_that_did_nothing_lately_are_named_as_left_out() -> None:
    gone = line(WEEKS)
    gone.upstream[0, 30:] = gone.downstream[0, 30:] = 0
    found = meeting(review_of(desks(line(WEEKS), gone)))
    assert (found.desks, found.silent) == (("Desk 01",), ("Desk 02",))
    nothing = "recorded nothing a ratio counts for 4 weeks and"
    assert words.left_out(found.silent) == f"Desk 02 has {nothing} is left out."
    assert words.left_out(("A", "B", "C")) == f"A, B and C have {nothing} are left out."
    assert words.left_out(("A", "B", "C", "D")) == f"4 desks have {nothing} are left out."
    assert words.left_out(()) == ""


def test_what_is_less_urgent_has_its_reason_in_a_few_words(firm: Meeting) -> None:
    assert [words.in_short(card) for card in firm.talk] == [
        "Hit to interview got worse",
        "Hit to interview below standard",
    ]
    drop = Point(signal(kind="volume_drop", measure="hit"))
    assert words.in_short(Card("Desk 01", (drop, drop))) == "fewer hits, and 1 more"


def test_verdicts_that_were_never_sure_are_nothing_to_talk_about() -> None:
    assert words.unsure(13) == (
        "13 verdicts went from likely to unclear or back. Chance alone does that, so there is nothing to talk about."
    )


def test_counts_are_not_said_twice_where_both_are_of_the_same_weeks() -> None:
    both = {"upstream": 130, "downstream": 25, "weeks": 13}
    judged = signal(kind="below_standard", standard=2.0, probability=0.96, **both)
    assert words.said(Point(signal(why="So it is", **both), judged)) == (
        "So it is. The standard is 2.0 : 1: these weeks are worse, and that is 96 % sure."
    )
