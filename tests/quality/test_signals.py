"""Signals of every kind on small firms, and what is no signal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from firms import desks, flow_of, for_everybody, line, weeks_of
from numpy.typing import NDArray

from quality.monitoring import monitor
from quality.signals import BAD, COLUMNS, GOOD, quiet_weeks, signals, volume
from quality.verdicts import judge
from quality.weekly import Weekly

RATIO = "hit_to_interview"
#: Standards that nobody is surely below or surely better than.
NO_STANDARD = {RATIO: 2.0}
ALWAYS = date(2025, 1, 1)


def raised(weekly: Weekly, since: date = ALWAYS, *, as_raised: bool = False, **standards: float) -> pd.DataFrame:
    mondays = [monday.date() for monday in weekly.weeks]
    table = for_everybody(standards or NO_STANDARD).table(weekly.units, "desk", mondays, None)
    return signals(weekly, judge(weekly, table), monitor(weekly), 5.0 * weekly.seen, since=since, as_raised=as_raised)


def kinds(frame: pd.DataFrame) -> set[tuple[str, str, str]]:
    return set(zip(frame["desk"], frame["measure"], frame["kind"], strict=True))


def only(frame: pd.DataFrame, kind: str) -> dict[str, object]:
    (found,) = frame[frame["kind"] == kind].astype(object).to_dict("records")
    return found


def calling(*changes: tuple[int, int, int], weeks: int = 40, desks: int = 1) -> NDArray[np.int64]:
    """38 and 42 calls a week in turn; the first desk another number in weeks (first, end)."""
    calls = np.tile([38, 42], (desks, weeks // 2))
    for first, end, number in changes:
        calls[0, first:end] = number
    return calls


def firm_that(calls: NDArray[np.int64], measure: str = "recruiting_call") -> Weekly:
    """A firm that does one thing and nothing else."""
    return weeks_of(desks(*[line(calls.shape[1], n=0, x=0)] * len(calls)), **{measure: calls})


def test_a_quiet_firm_has_no_signals_but_their_columns() -> None:
    found = raised(weeks_of(desks(line(60), line(60, n=12, x=6)), recruiting_call=calling(weeks=60, desks=2)))
    assert list(found.columns) == list(COLUMNS)
    assert found.empty


def test_a_slump_tells_from_what_to_what_since_when_and_how_often_chance_would_say_so() -> None:
    """5 of 10 a week, from the 31st week on 1 of 10; raised in the second of them."""
    found = only(raised(weeks_of(line(40, (30, 40, 1)))), "slump")
    assert (found["desk"], found["measure"], found["active"]) == ("Desk 01", RATIO, True)
    assert (found["since"], found["raised_on"]) == (date(2025, 8, 4), date(2025, 8, 17))
    assert (found["observed"], found["baseline"], found["once_in_years"]) == (10.0, pytest.approx(2.0), 7.0)
    assert (found["upstream"], found["downstream"], found["weeks"]) == (100, 10, 10)
    assert pd.isna(found["standard"])
    assert pd.isna(found["probability"])


def test_a_surge_is_the_other_way_round() -> None:
    found = only(raised(weeks_of(line(40, (30, 40, 9)))), "surge")
    assert found["since"] == date(2025, 8, 4)
    assert found["observed"] == pytest.approx(100 / 90)


def test_a_slump_without_any_result_has_no_observed_ratio() -> None:
    found = only(raised(weeks_of(line(40, (30, 40, 0)))), "slump")
    assert pd.isna(found["observed"])
    assert (found["upstream"], found["downstream"]) == (100, 0)


def test_being_surely_below_the_standard_is_told_with_its_counts_and_how_sure() -> None:
    """2 of 10 against 2 : 1: surely below from the first week on, which holds eight cases or more."""
    found = only(raised(weeks_of(line(20, x=2))), "below_standard")
    assert (found["since"], found["raised_on"], found["active"]) == (date(2025, 1, 6), date(2025, 1, 12), True)
    assert (found["standard"], found["observed"]) == (2.0, 5.0)
    assert (found["upstream"], found["downstream"], found["weeks"]) == (130, 26, 13)
    assert found["probability"] > 0.999


def test_being_surely_better_is_told_with_the_chance_of_being_better() -> None:
    found = only(raised(weeks_of(line(20, x=8))), "above_standard")
    assert found["probability"] > 0.999
    assert found["observed"] == 1.25


def test_a_standard_that_half_the_desks_meet_is_no_distinction_but_missing_it_is_news() -> None:
    two_of_three, one_of_three = desks(line(20, x=8), line(20, x=8), line(20, x=2)), desks(line(20, x=8), line(20))
    assert kinds(raised(weeks_of(two_of_three))) == {("Desk 03", RATIO, "below_standard")}
    assert kinds(raised(weeks_of(desks(one_of_three, line(20))))) == {("Desk 01", RATIO, "above_standard")}
    assert kinds(raised(weeks_of(one_of_three))) == {("Desk 01", RATIO, "above_standard")}


def test_a_standard_met_again_was_missed_until_then() -> None:
    found = only(raised(weeks_of(line(40, (0, 20, 2), (20, 40, 6)))), "below_standard")
    assert not found["active"]
    assert found["since"] == date(2025, 1, 6)


def test_half_the_volume_is_a_drop_told_per_full_week() -> None:
    """From the 33rd week on 20 calls instead of 38 and 42: the first such week is outside the limits."""
    found = only(raised(firm_that(calling((32, 40, 20)))), "volume_drop")
    assert (found["measure"], found["active"]) == ("recruiting_call", True)
    assert (found["since"], found["raised_on"]) == (date(2025, 8, 18), date(2025, 8, 24))
    assert (found["observed"], found["baseline"]) == (pytest.approx(20), pytest.approx(40))
    assert (found["downstream"], found["weeks"]) == (160, 8)
    assert pd.isna(found["upstream"])


def test_three_quarters_more_is_a_rise_once_three_weeks_in_a_row_are_above_the_usual() -> None:
    found = only(raised(firm_that(calling((33, 40, 70)))), "volume_rise")
    assert (found["since"], found["raised_on"]) == (date(2025, 8, 25), date(2025, 9, 14))
    assert (found["downstream"], found["weeks"]) == (490, 7)


def test_a_volume_that_came_back_is_told_as_over() -> None:
    found = only(raised(firm_that(calling((32, 36, 20), weeks=50))), "volume_drop")
    assert not found["active"]
    assert 4 <= found["weeks"] < 9


def test_two_drops_with_usual_weeks_between_them_are_told_as_the_later_one() -> None:
    found = only(raised(firm_that(calling((30, 32, 10), (46, 48, 10), weeks=60))), "volume_drop")
    assert found["raised_on"] == date(2025, 11, 30)


def test_too_thin_a_volume_has_no_chart() -> None:
    """Fills at two a week: weeks of none and of four are nothing to speak of."""
    fills = np.tile([1, 3], (1, 20))
    fills[0, 32:] = 0
    busy = weeks_of(line(40, n=0, x=0), fill=fills, recruiting_call=calling())
    assert raised(busy).empty
    assert not volume(busy, "fill", 5.0 * busy.seen).limits.known.any()


def test_weeks_in_which_the_whole_firm_is_quiet_say_nothing_about_one_desk() -> None:
    everybody, one = calling(desks=4, weeks=44), calling((38, 40, 8), desks=4, weeks=44)
    everybody[:, 38:40] = 8
    assert raised(firm_that(everybody)).empty
    assert kinds(raised(firm_that(one))) == {("Desk 01", "recruiting_call", "volume_drop")}
    quiet = quiet_weeks(firm_that(everybody), "recruiting_call", np.full((4, 44), 5.0))
    assert (np.unique(quiet.nonzero()[1]).tolist(), quiet[:, 38:40].all()) == ([38, 39], True)


def test_what_is_missing_some_weeks_after_a_holiday_says_nothing_either() -> None:
    """Everybody calls as ever, and holds a third of the interviews."""
    few, calls = calling(desks=4, weeks=44), 5 * calling(desks=4, weeks=44)
    few[:, 38:40] = 13
    weekly = weeks_of(desks(*[line(44, n=0, x=0)] * 4), recruiting_call=calls, interview=few)
    assert raised(weekly).empty
    days = np.full((4, 44), 5.0)
    assert quiet_weeks(weekly, "interview", days)[:, 38:40].all()
    assert not quiet_weeks(weekly, "recruiting_call", days).any()


def test_one_desk_away_or_at_half_does_not_make_the_week_of_the_others_quiet() -> None:
    for calls in (0, 20):
        weekly = firm_that(calling((38, 44, calls), desks=4, weeks=44))
        assert not quiet_weeks(weekly, "recruiting_call", np.full((4, 44), 5.0)).any()


def test_of_three_desks_two_do_not_tell_that_the_firm_was_quiet() -> None:
    both = calling(desks=3, weeks=44)
    both[:, 38:40] = 8
    assert len(raised(firm_that(both))) == 3


def test_a_week_of_two_working_days_is_held_against_two_days() -> None:
    weekly = firm_that(calling((38, 39, 16)))
    days = np.full((1, 40), 5.0)
    days[0, 38] = 2
    assert volume(weekly, "recruiting_call", days).paces[0, 38] == 8
    assert not volume(weekly, "recruiting_call", days).fired.drop.any()
    assert volume(weekly, "recruiting_call", np.full((1, 40), 5.0)).fired.drop[0, 38]


def test_a_week_away_is_no_drop() -> None:
    assert raised(firm_that(calling((36, 38, 0)))).empty


def test_only_the_last_year_and_a_half_makes_a_chart_of_volumes() -> None:
    """A usual of 80 that is older than that is forgotten."""
    calls = np.concatenate([2 * calling(weeks=40), calling(weeks=78)], axis=1)
    weekly = firm_that(calls)
    found = volume(weekly, "recruiting_call", 5.0 * weekly.seen)
    assert found.paces.shape == (1, 78)
    assert found.limits.mean[0] == pytest.approx(8)
    assert raised(weekly).empty


def test_what_has_come_back_is_listed_for_as_long_as_is_asked_and_what_lasts_always() -> None:
    passed, lasting = weeks_of(line(60, (30, 36, 1))), weeks_of(line(60, (30, 60, 1)))
    since = date(2026, 1, 1)
    assert kinds(raised(passed)) >= {("Desk 01", RATIO, "slump")}
    assert raised(passed, since).empty
    assert ("Desk 01", RATIO, "slump") in kinds(raised(lasting, since))


def test_a_desk_that_has_done_nothing_for_a_month_is_no_news() -> None:
    gone = line(40, (24, 34, 1))
    gone.upstream[0, 36:] = gone.downstream[0, 36:] = 0
    assert raised(weeks_of(gone)).empty
    gone.upstream[0, 36] = 1
    assert not raised(weeks_of(gone)).empty


def test_every_time_that_a_ratio_changed_is_listed() -> None:
    found = raised(weeks_of(line(78, (30, 36, 1), (55, 61, 1))))
    assert found["since"][found["kind"] == "slump"].tolist() == [date(2026, 1, 26), date(2025, 8, 4)]


def test_a_change_is_told_by_the_counts_there_are_even_where_the_step_takes_time() -> None:
    """Half of ten two weeks later, none from week 31 on: raised by what came due, told by the plain counts."""
    got = np.full((1, 40), 5)
    got[0, 30:] = 1
    found = only(raised(weeks_of(flow_of(RATIO, np.full((1, 40), 10), got, [0, 0, 1]))), "slump")
    assert (found["upstream"], found["downstream"], found["weeks"], found["observed"]) == (100, 10, 10, 10.0)


def test_counts_that_would_hide_a_change_are_not_told() -> None:
    """Half of ten two weeks later; from week 31 on one, and only two begin, so that 14 : 10 looks like no change."""
    began, got = np.full((1, 34), 10), np.full((1, 34), 5)
    began[0, 30:], got[0, 30:] = 2, 1
    found = only(raised(weeks_of(flow_of(RATIO, began, got, [0, 0, 1]))), "slump")
    assert pd.isna(found["upstream"])
    assert (found["downstream"], found["weeks"], found["observed"]) == (4, 4, (10 + 10 + 2 + 2) / 4)
    assert "(4 interviews in 4 weeks, allowing for the time this step takes)" in str(found["why"])


def test_what_holds_may_be_told_as_it_stood_when_raised_and_later_weeks_change_nothing() -> None:
    slump, call_drop = line(60, (50, 60, 1)), calling((54, 60, 20), weeks=60)
    whole = raised(weeks_of(slump, recruiting_call=call_drop), as_raised=True)
    told = {row["kind"]: row for row in whole[whole["active"]].to_dict("records")}
    assert set(told) == {"slump", "below_standard", "volume_drop"}
    for row in told.values():
        weeks = (row["raised_on"] - date(2025, 1, 5)).days // 7
        then = weeks_of(line(weeks, (50, weeks, 1)), recruiting_call=call_drop[:, :weeks])
        assert only(raised(then), row["kind"])["downstream"] == row["downstream"]
        assert only(raised(then), row["kind"])["observed"] == pytest.approx(row["observed"])


def test_a_signal_that_holds_quotes_the_standard_of_the_week_that_raised_it() -> None:
    weekly = weeks_of(line(60, (40, 60, 2)))
    table = {name: np.full((1, 60), 2.0) for name in weekly.flows}
    table[RATIO][0, 55:] = 2.5
    asked = (weekly, judge(weekly, table), monitor(weekly), 5.0 * weekly.seen)
    now, then = (only(signals(*asked, since=ALWAYS, as_raised=back), "below_standard") for back in (False, True))
    assert (now["standard"], then["standard"]) == (2.5, 2.0)
    assert now["raised_on"] == then["raised_on"]
    assert then["observed"] < now["observed"] == 5.0
    assert then["probability"] < now["probability"]


def test_the_latest_comes_first() -> None:
    found = raised(weeks_of(desks(line(60, (30, 60, 1)), line(60, (40, 60, 1)))))
    assert found["raised_on"].is_monotonic_decreasing
    assert found["desk"].iloc[-1] == "Desk 01"


def test_a_kind_deserves_either_a_conversation_or_praise() -> None:
    assert set(BAD) | set(GOOD) == {
        "slump",
        "surge",
        "below_standard",
        "above_standard",
        "volume_drop",
        "volume_rise",
    }
    assert not set(BAD) & set(GOOD)


def test_fewer_accepted_false_alerts_are_told_as_rarer_ones() -> None:
    weekly = weeks_of(line(60, (40, 60, 1)))
    watched, days = monitor(weekly, 0.5), 5.0 * weekly.seen
    found = signals(weekly, {}, watched, days, since=ALWAYS, false_alerts=0.5)
    assert only(found, "slump")["once_in_years"] == 14.0


def test_a_signal_keeps_the_day_it_was_raised_on_as_weeks_go_by() -> None:
    late, early = weeks_of(line(60, (30, 60, 1))), weeks_of(line(34, (30, 34, 1)))
    then, now = (only(raised(weekly), "slump") for weekly in (early, late))
    assert (then["raised_on"], then["since"], then["baseline"]) == (now["raised_on"], now["since"], now["baseline"])


def test_names_and_order_of_the_desks_change_nothing() -> None:
    one, other = line(60, (40, 60, 1)), line(60, n=12, x=6)
    straight = raised(weeks_of(desks(one, other)))
    turned = raised(replace(weeks_of(desks(other, one)), units=("Desk 02", "Desk 01")))
    assert not straight.empty
    assert straight.equals(turned)
