"""The plan of a desk as it reads, and which stage can still move the period."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from small_logs import frame_of, row
from tallies import AS_OF, CHAIN, WORKING, whole_plan

from quality.goals import period_ahead
from quality.plan import LEVELS, Step, blend, targets
from quality.plan_words import (
    aim_in_words,
    basis,
    certainty,
    later_in_words,
    pace,
    period_in_words,
    plan_in_words,
    reach_in_words,
    remark,
)
from quality.reach import lags, reach

# --- how it reads ---


def test_a_plan_is_said_by_the_day_or_by_the_week_or_in_all():
    likely = {one.activity: one for one in targets([CHAIN], 3, {}, 21) if one.probability == 0.8}
    often, seldom = likely["recruiting_call"], likely["send_out"]
    assert pace(often, 21) == "60 recruiting calls a day"
    assert pace(seldom, 21) == "5 send-outs a week"
    assert pace(replace(seldom, per_day=seldom.total / 5), 5) == "21 send-outs in all"
    assert pace(replace(seldom, total=None, per_day=None), 21) == "send-outs: out of reach"


def test_certainties_and_periods_are_said_in_words():
    assert [certainty(level) for level in LEVELS] == [
        "with an even chance",
        "with 80 % certainty",
        "with 95 % certainty",
    ]
    said = [period_in_words(per, period_ahead(per, AS_OF, WORKING)[0]) for per in ("week", "month", "quarter")]
    assert said == ["the week of 23 November 2026", "November 2026", "the quarter from October to December 2026"]


def test_every_ratio_is_said_with_its_counts_and_whose_they_are():
    assert basis(CHAIN[0]) == "Call to hit 10.0 : 1, from 2,400 recruiting calls, 240 hits in 26 weeks"
    thin = blend(Step("send_out", "fill", 2, 20), (30, 100), 60, "team")
    assert basis(thin) == (
        "Send-out to fill 4.0 : 1, from 20 send-outs, 2 fills in 26 weeks, which is thin: it counts 25 %, "
        "the rest of the team (100 send-outs, 30 fills) 75 %"
    )
    assert basis(blend(Step("send_out", "fill", 0, 0), (30, 100), 60, "firm")) == (
        "Send-out to fill 3.3 : 1, none of its own, so that of the rest of the firm (100 send-outs, 30 fills)"
    )
    assert basis(Step("send_out", "fill", 0, 0)) == "Send-out to fill: nothing is known yet"


# --- which stage can still move the period ---


def taken(ratio: str, *days: int) -> pd.DataFrame:
    return pd.DataFrame({"ratio": ratio, "days": days, "units": 20})


def test_the_share_that_comes_in_time_is_averaged_over_the_days_left():
    """Half the fills come after 1 day, half after 3: of 4 days left the last is too late for both."""
    found = pd.concat([taken("send_out_to_fill", 1, 3), taken("interview_to_send_out", 2)])
    assert reach(found, 4)["send_out"] == pytest.approx((1 + 0.5 + 0.5 + 0) / 4)
    assert reach(found, 4)["interview"] == pytest.approx((0.5 + 0 + 0 + 0) / 4)
    assert reach(found, 0)["send_out"] == 0


def test_how_long_steps_take_is_unknown_with_few_cases():
    few = taken("send_out_to_fill", 1).assign(units=19)
    assert reach(few, 4)["send_out"] is None


def test_days_between_steps_come_from_the_log_and_only_from_cases_whose_time_is_over():
    known = {"desk": "Desk 01", "job": "Job 1"}
    log = frame_of(
        [
            row("2026-08-03 09:00", activity="send_out", candidate="Avery Sample", **known),
            row("2026-08-13 17:00", activity="fill", candidate="Avery Sample", **known),
            row("2026-08-04 09:00", activity="send_out", candidate="Blake Sample", **known),
            row("2026-11-02 09:00", activity="send_out", candidate="Casey Sample", **known),
            row("2026-11-04 09:00", activity="fill", candidate="Casey Sample", **known),
        ]
    )
    found = lags(log, as_of=AS_OF)
    assert found.query("ratio == 'send_out_to_fill'")[["days", "units"]].to_numpy().tolist() == [[10, 1]]


def test_stages_are_said_in_groups():
    shares = {"recruiting_call": 0.02, "hit": 0.05, "interview": 0.2, "send_out": 0.71, "contract": None}
    assert reach_in_words(shares, "month") == [
        "Still serve this month: send-outs (7 of 10 of the fills they lead to come in time).",
        "Partly serve this month, the rest the next: interviews (2 of 10 of the fills they lead to come in time).",
        "Made from now on, these serve the next month or a later one: recruiting calls, hits.",
        "Too few cases on record to say how long they take: contracts.",
    ]


def test_the_headline_names_only_what_still_serves_the_period_and_the_rest_serves_another():
    shares = {"recruiting_call": 0.0, "hit": 0.01, "interview": 0.2, "send_out": 0.71}
    found = whole_plan()
    send_outs = next(one for one in found.targets if (one.activity, one.probability) == ("send_out", 0.8))
    assert aim_in_words(found, shares) == (
        f"To fill 12 in November 2026 with 80 % certainty, Desk 01 needs {pace(send_outs, 6)}."
    )
    assert later_in_words(found, shares) == (
        "Of what is done from now on, interviews serve this month only in part; "
        "recruiting calls and hits serve the next month or a later one."
    )


def test_where_nothing_serves_the_period_any_more_the_headline_asks_for_nothing():
    shares = dict.fromkeys(("recruiting_call", "hit", "interview"), 0.0) | {"send_out": 0.16}
    assert aim_in_words(whole_plan("week"), shares) == (
        "To fill 12 in the week of 23 November 2026 with 80 % certainty, Desk 01 depends on what is already under way."
    )
    assert later_in_words(whole_plan("week"), shares) == (
        "Of what is done from now on, send-outs serve this week only in part; "
        "recruiting calls, hits and interviews serve the next week or a later one."
    )


def test_what_is_not_known_is_not_ruled_out():
    assert "207 recruiting calls a day, 21 hits a day, " in aim_in_words(whole_plan(), {})
    assert later_in_words(whole_plan(), {}) == ""


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.71, "mostly in time for this month"),
        (0.2, "only partly in time for this month"),
        (0.01, "serve the next month or a later one"),
        (None, ""),
    ],
)
def test_every_activity_says_which_period_it_serves(share, said):
    assert remark(share, "month") == said


def test_the_lines_of_the_command_say_it_too():
    assert "  Made from now on, these serve the next month or a later one: hits." in plan_in_words(
        whole_plan(), {"hit": 0.0}
    )
