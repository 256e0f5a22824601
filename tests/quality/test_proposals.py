"""Standards proposed from what desks did, with the counts they rest on."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.proposals import BEST_WEEKS, Recent, propose_best_fifth, propose_own
from quality.tally import COUNTS
from quality.workdays import Workdays

#: A Sunday: 26 closed weeks begin on Monday 1 June 2026.
AS_OF = date(2026, 11, 29)
MONDAYS = pd.date_range("2026-06-01", periods=BEST_WEEKS, freq="7D")


def counts(**by_desk: dict[str, int]) -> pd.DataFrame:
    """The same counts of a desk on each Monday."""
    rows = [
        {"desk": desk.replace("_", " "), "day": monday, **dict.fromkeys(COUNTS, 0), **own}
        for desk, own in by_desk.items()
        for monday in MONDAYS
    ]
    return pd.DataFrame(rows)


def recent(frame: pd.DataFrame, country: str | None = None, absences: pd.DataFrame | None = None) -> Recent:
    return Recent.of(frame, as_of=AS_OF, workdays=Workdays(country), absences=absences)


def test_an_own_ratio_is_that_of_the_last_thirteen_weeks_with_its_counts():
    frame = counts(Desk_01={"send_out": 6, "fill": 1})
    frame.loc[frame["day"] < MONDAYS[13], "fill"] = 3
    own = propose_own(recent(frame))["send_out_to_fill"]
    assert (own.number, own.per, own.why) == (6.0, None, "78 send-outs, 13 fills in 13 weeks")


def test_too_few_events_make_no_proposal_and_say_so():
    frame = counts(Desk_01={"send_out": 6})
    frame.loc[frame["day"] == MONDAYS[-1], "fill"] = 2
    own = propose_own(recent(frame))["send_out_to_fill"]
    assert (own.number, own.why) == (None, "too few: 78 send-outs, 2 fills in 13 weeks")


def test_a_client_side_ratio_counts_for_the_desk_that_won_the_order():
    frame = counts(Desk_01={"presentation": 4, "send_out": 0, "send_out_by_order": 2})
    assert propose_own(recent(frame))["presentation_to_send_out"].number == 2.0


def test_an_own_minimum_is_reached_in_three_weeks_out_of_four():
    # Of 13 weeks, four with 40 calls and nine with 60: a quarter of the way up lies at 40.
    frame = counts(Desk_01={"recruiting_call": 60})
    frame.loc[frame["day"].isin(MONDAYS[-4:]), "recruiting_call"] = 40
    own = propose_own(recent(frame))["recruiting_call"]
    assert (own.number, own.per) == (8.0, "day")
    assert own.why == "700 recruiting calls on 65 working days"


def test_a_minimum_below_one_a_day_is_a_weekly_one_and_below_one_a_week_none():
    found = propose_own(recent(counts(Desk_01={"send_out": 3, "recruiting_call": 60})))
    assert (found["send_out"].number, found["send_out"].per) == (3.0, "week")
    assert found["contract"].number is None


def test_holidays_and_absences_do_not_lower_a_minimum():
    frame = counts(Desk_01={"recruiting_call": 50})
    week = frame["day"] == MONDAYS[-1]
    frame.loc[week, "recruiting_call"] = 20
    # Thanksgiving and two days away leave two days of the last week, at the usual ten a day.
    away = pd.DataFrame(
        {"desk": ["Desk 01"], "starts_on": [MONDAYS[-1]], "ends_on": [MONDAYS[-1] + pd.Timedelta("1D")]}
    )
    own = propose_own(recent(frame, "US", away))["recruiting_call"]
    assert (own.number, own.per) == (10.0, "day")


def test_desks_that_never_do_something_do_not_lower_the_minimum_of_those_who_do():
    frame = counts(Desk_01={"recruiting_call": 50}, Desk_02={"marketing_call": 25})
    assert propose_own(recent(frame))["recruiting_call"].number == 10.0


def firm(*fills: int, tried: int = 60) -> pd.DataFrame:
    return counts(**{f"Desk_0{number}": {"send_out": tried, "fill": fill} for number, fill in enumerate(fills, 1)})


def test_the_best_fifth_of_five_desks_is_one_and_is_pulled_towards_all():
    best = propose_best_fifth(recent(firm(3, 1, 1, 1, 1, tried=6)))["send_out_to_fill"]
    # 78 of 156 is 2.0 : 1; with 60 cases at the 182 of 780 of all, (78 + 14.0) / (156 + 60) is 2.3 : 1.
    assert best.number == 2.3
    assert best.why == "best 1 of 5 desks; together 4.3 : 1, 780 send-outs, 182 fills in 26 weeks"


def test_the_best_fifth_is_never_worse_than_all_desks_of_late():
    # Each desk had 1 of 6 for thirteen weeks and 2 of 6 since: 3.0 : 1 of late, and 4.0 : 1 over all 26 weeks.
    frame = firm(2, 2, 2, 2, 2, tried=6)
    frame.loc[frame["day"] < MONDAYS[13], "fill"] = 1
    found = recent(frame)
    best, own = (way(found)["send_out_to_fill"] for way in (propose_best_fifth, propose_own))
    assert (best.number, own.number) == (3.0, 3.0)
    assert best.why == ("the best fifth of 26 weeks is behind all desks of late: 390 send-outs, 130 fills in 13 weeks")


def test_the_best_fifth_is_never_worse_than_all_desks_of_the_same_weeks():
    # One desk does nearly everything: the second best of eight lies behind what all do together.
    desks = {f"Desk_0{number}": {"send_out": 2, "fill": 0} for number in range(1, 8)}
    best = propose_best_fifth(recent(counts(Desk_00={"send_out": 60, "fill": 20}, **desks)))["send_out_to_fill"]
    # 1,924 send-outs for 520 fills.
    assert best.number == 3.7
    assert best.why == "best 2 of 8 desks; together 3.7 : 1, 1,924 send-outs, 520 fills in 26 weeks"


def test_desks_that_do_not_record_the_first_step_are_no_part_of_a_ratio():
    found = recent(counts(Desk_01={"recruiting_call": 20, "hit": 4}, Desk_02={"hit": 6}))
    own = propose_own(found)["call_to_hit"]
    assert (own.number, own.why) == (5.0, "260 recruiting calls, 52 hits in 13 weeks")


def test_a_minimum_of_the_best_fifth_is_never_less_than_what_all_do_of_late():
    frame = counts(**{f"Desk_0{number}": {"recruiting_call": 50} for number in range(1, 6)})
    frame.loc[frame["day"] < MONDAYS[13], "recruiting_call"] = 25
    found = recent(frame)
    assert [way(found)["recruiting_call"].number for way in (propose_best_fifth, propose_own)] == [10.0, 10.0]


def test_luck_on_few_cases_does_not_set_the_standard():
    frame = firm(20, 20, 20, 20, 20)
    lucky = pd.DataFrame([{"desk": "Lucky", "day": MONDAYS[-1], **dict.fromkeys(COUNTS, 0), "send_out": 3, "fill": 3}])
    best = propose_best_fifth(recent(pd.concat([frame, lucky], ignore_index=True)))["send_out_to_fill"]
    assert best.number == 3.0


def test_with_fewer_than_five_desks_there_is_no_best_fifth():
    best = propose_best_fifth(recent(firm(30, 10, 10, 10)))
    assert best["send_out_to_fill"].number is None
    assert best["send_out_to_fill"].why.startswith("too few: ")
    assert best["send_out"].number is None


def test_the_best_fifth_of_eight_desks_is_reached_by_the_second_best():
    frame = counts(**{f"Desk_0{number}": {"recruiting_call": 50 + 5 * number} for number in range(8)})
    best = propose_best_fifth(recent(frame))["recruiting_call"]
    assert (best.number, best.per) == (16.0, "day")
    assert best.why == "best 2 of 8 desks in 26 weeks"


def test_more_downstream_than_upstream_is_a_proposal_below_one():
    best = propose_best_fifth(recent(counts(**{f"Desk_0{n}": {"contract": 2, "fill_by_order": 4} for n in range(5)})))
    assert best["contract_to_fill"].number == pytest.approx(0.5, abs=0.05)


def test_only_some_desks_can_be_asked_about_and_nobody_is_an_answer_too():
    both = recent(counts(Desk_01={"send_out": 6, "fill": 1}, Desk_02={"send_out": 6, "fill": 2}))
    assert propose_own(both.only(["Desk 02"]))["send_out_to_fill"].number == 3.0
    nobody = both.only([])
    assert {one.number for way in (propose_own, propose_best_fifth) for one in way(nobody).values()} == {None}


def test_an_empty_log_makes_no_proposals():
    empty = recent(counts(Desk_01={}).iloc[:0])
    assert {one.number for way in (propose_own, propose_best_fifth) for one in way(empty).values()} == {None}
