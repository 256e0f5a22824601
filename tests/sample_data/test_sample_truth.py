"""The golden numbers of the sample, its chain against the published one, and what is staged in it."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from sample_data import Plan, generate
from sample_data.days import dips
from sample_data.truth import counted

MEASURES = (
    "contract",
    "fill",
    "fill_credited",
    "hit",
    "interview",
    "marketing_call",
    "presentation",
    "recruiting_call",
    "send_out",
    "send_out_credited",
)
COMPANY = (1005, 264, 264, 5306, 2668, 14857, 4064, 25856, 1236, 1236)
DESKS = {
    "Alex Demo": (112, 22, 20, 524, 240, 1451, 433, 2481, 123, 120),
    "Blair Demo": (94, 24, 25, 497, 275, 1536, 406, 2580, 137, 132),
    "Casey Demo": (124, 51, 43, 683, 316, 1337, 478, 2373, 140, 137),
    "Drew Demo": (64, 22, 26, 323, 177, 967, 288, 1621, 100, 97),
    "Ellis Demo": (105, 24, 26, 476, 247, 1357, 382, 2446, 116, 119),
    "Frankie Demo": (66, 12, 15, 371, 174, 1196, 217, 2075, 58, 64),
    "Gray Demo": (88, 27, 24, 499, 276, 1437, 425, 2481, 125, 115),
    "Harper Demo": (69, 14, 14, 379, 172, 1155, 284, 1992, 86, 96),
    "Indigo Demo": (96, 23, 22, 468, 237, 1248, 345, 2194, 117, 119),
    "Jules Demo": (80, 20, 21, 376, 205, 1238, 274, 2118, 86, 94),
    "Kit Demo": (43, 7, 8, 242, 107, 711, 146, 1263, 42, 38),
    "Lane Demo": (64, 18, 20, 468, 242, 1224, 386, 2232, 106, 105),
}
RATIOS = {
    "call_to_hit": 25856 / 5306,
    "hit_to_interview": 5306 / 2668,
    "interview_to_send_out": 2668 / 1236,
    "send_out_to_fill": 1236 / 264,
    "marketing_call_to_contract": 14857 / 1005,
    "presentation_to_send_out": 4064 / 1236,
    "contract_to_fill": 1005 / 264,
}
#: Published, or following from what is: README.md of the sample data names the sources.
PUBLISHED = {
    "call_to_hit": 5,
    "hit_to_interview": 2,
    "interview_to_send_out": 2,
    "send_out_to_fill": 5.24,
    "marketing_call_to_contract": 15,
    "presentation_to_send_out": 3,
    "contract_to_fill": 4,
}


def within(rows: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    return rows[rows["occurred_at"].between(first, pd.Timestamp(last) + pd.Timedelta(days=1), inclusive="left")]


def rate(rows: pd.DataFrame, upstream: str, downstream: str) -> float:
    return (rows["measure"] == downstream).sum() / (rows["measure"] == upstream).sum()


@pytest.fixture(scope="module")
def rows(sample):
    return counted(sample.log, sample.plan.end)


def test_the_counts_of_the_company_are_the_golden_ones(sample):
    assert sample.truth["company"] == dict(zip(MEASURES, COMPANY, strict=True))
    assert sample.truth["rows"] == len(sample.log) == 164947


@pytest.mark.parametrize("desk", DESKS)
def test_the_counts_of_each_desk_are_the_golden_ones(sample, desk):
    assert sample.truth["counts"][desk] == dict(zip(MEASURES, DESKS[desk], strict=True))
    assert set(sample.truth["counts"]) == set(DESKS)


def test_the_ratios_of_the_company_divide_the_golden_counts(sample):
    assert sample.truth["company_ratios"] == pytest.approx(RATIOS)


@pytest.mark.parametrize("ratio", PUBLISHED)
def test_the_chain_lies_within_fifteen_percent_of_the_published_one(sample, ratio):
    assert sample.truth["company_ratios"][ratio] == pytest.approx(PUBLISHED[ratio], rel=0.15)


def test_about_twenty_connects_make_a_send_out(sample):
    company = sample.truth["company"]
    assert company["recruiting_call"] / company["send_out"] == pytest.approx(20.4, rel=0.05)


def test_two_attempts_go_with_every_connect(sample):
    kinds = sample.truth["activities"]
    assert kinds["call_attempt"] / (kinds["recruiting_call"] + kinds["marketing_call"]) == pytest.approx(2, rel=0.02)


def test_a_large_firm_comes_close_to_the_chain_it_is_generated_by():
    truth = generate(Plan(end=date(2026, 11, 15), desks=24, weeks=52, rows=400_000)).truth
    assert truth["company_ratios"] == pytest.approx(truth["chain"], rel=0.1)
    assert truth["chain"] == pytest.approx(PUBLISHED, rel=0.05)


def test_the_first_slump_is_a_fall_of_hits_and_of_nothing_else(sample, rows):
    slump = sample.truth["slumps"][0]
    assert (slump["desk"], slump["ratio"], slump["from"], slump["to"]) == (
        "Frankie Demo",
        "call_to_hit",
        "2026-03-09",
        "2026-05-17",
    )
    mine = rows[rows["desk"] == slump["desk"]]
    during = within(mine, slump["from"], slump["to"])
    other = mine.drop(during.index)
    assert rate(during, "recruiting_call", "hit") == pytest.approx(slump["rate_during"], abs=0.02)
    assert rate(other, "recruiting_call", "hit") == pytest.approx(slump["rate_before"], abs=0.02)
    assert rate(during, "hit", "interview") == pytest.approx(0.5, abs=0.05)


def test_the_second_slump_is_a_fall_of_send_outs_that_lasts_until_the_end(sample, rows):
    slump = sample.truth["slumps"][1]
    assert (slump["desk"], slump["ratio"], slump["from"], slump["to"]) == (
        "Indigo Demo",
        "interview_to_send_out",
        "2026-09-07",
        "2026-11-15",
    )
    mine = rows[rows["desk"] == slump["desk"]]
    during = within(mine, slump["from"], slump["to"])
    assert rate(during, "interview", "send_out") == pytest.approx(slump["rate_during"], abs=0.06)
    assert rate(mine.drop(during.index), "interview", "send_out") == pytest.approx(slump["rate_before"], abs=0.08)
    assert rate(during, "recruiting_call", "hit") == pytest.approx(0.2, abs=0.03)


def test_nobody_else_slumps_while_a_slump_lasts(sample, rows):
    slump = sample.truth["slumps"][0]
    others = within(rows[rows["desk"] != slump["desk"]], slump["from"], slump["to"])
    assert rate(others, "recruiting_call", "hit") == pytest.approx(0.2, abs=0.02)


def test_the_star_needs_the_fewest_calls_a_hit_and_makes_the_most_fills(sample):
    counts = pd.DataFrame(sample.truth["counts"]).T
    assert sample.truth["star"] == "Casey Demo"
    assert (counts["recruiting_call"] / counts["hit"]).idxmin() == "Casey Demo"
    assert (counts["send_out"] / counts["fill"]).idxmin() == "Casey Demo"
    assert counts["fill"].idxmax() == "Casey Demo"


def test_the_joiner_does_nothing_before_and_the_leaver_nothing_after_their_day(sample):
    joiner, leaver = sample.truth["joiner"], sample.truth["leaver"]
    assert joiner == {"desk": "Kit Demo", "from": "2026-04-20"}
    assert leaver == {"desk": "Drew Demo", "to": "2026-07-31"}
    days = sample.log.groupby("desk")["occurred_at"].agg(["min", "max"]).apply(lambda column: column.dt.date)
    days = days.drop(["Care Desk Demo", "Support Desk Demo"])
    assert str(days.loc["Kit Demo", "min"]) == "2026-04-20"
    assert str(days.loc["Drew Demo", "max"]) == "2026-07-31"
    assert days.drop("Kit Demo")["min"].max() <= date(2025, 9, 23)
    assert days.drop("Drew Demo")["max"].min() >= date(2026, 11, 13)


def test_the_holiday_dip_is_less_work_at_the_usual_rates(sample, rows):
    (dip,) = sample.truth["holiday_dips"]
    assert dip == {"from": "2025-12-20", "to": "2026-01-03"}
    quiet = within(rows, dip["from"], dip["to"])
    before = within(rows, "2025-12-06", "2025-12-19")
    calls = [(part["measure"] == "recruiting_call").sum() for part in (quiet, before)]
    assert calls[0] < 0.3 * calls[1]
    assert rate(quiet, "recruiting_call", "hit") == pytest.approx(0.2, abs=0.04)


@pytest.mark.parametrize(
    ("end", "weeks", "found"),
    [
        (date(2026, 11, 15), 60, [(date(2025, 12, 20), date(2026, 1, 3))]),
        (date(2026, 11, 15), 40, []),
        (date(2026, 12, 20), 8, [(date(2026, 12, 20), date(2027, 1, 3))]),
        (date(2027, 1, 3), 104, [(date(2025, 12, 20), date(2026, 1, 3)), (date(2026, 12, 20), date(2027, 1, 3))]),
    ],
)
def test_every_turn_of_the_year_within_the_span_has_its_dip(end, weeks, found):
    plan = Plan(end=end, weeks=weeks)
    assert [dip for dip in dips(plan) if dip[1] >= plan.start] == found


def test_some_orders_are_won_by_one_desk_and_filled_by_another(sample):
    assert sample.truth["split_fills"] == 29


def test_a_few_send_outs_are_booked_ahead_and_nothing_else_is(sample):
    ahead = sample.log[sample.log["occurred_at"] >= "2026-11-16"]
    assert len(ahead) == sample.truth["scheduled_after_end"] == 23
    assert set(ahead["activity"]) == {"send_out"}
    assert ahead["outcome"].isna().all()


def test_the_truth_can_be_written_as_json_without_a_number_that_is_none(sample):
    assert json.loads(json.dumps(sample.truth, allow_nan=False)) == sample.truth


def test_a_plan_too_small_for_a_role_leaves_it_out():
    truth = generate(Plan(end=date(2026, 11, 15), desks=3, weeks=10)).truth
    assert truth["star"] == "Casey Demo"
    assert (truth["slumps"], truth["joiner"], truth["leaver"]) == ([], None, None)
