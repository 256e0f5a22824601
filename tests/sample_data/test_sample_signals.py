"""What is staged in the sample is what the signals say of it, and what only looks like a slump is none."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from quality.review import Review, review
from quality.weekly import gather
from sample_data import Plan, generate

END = date(2026, 11, 15)


@pytest.fixture(scope="module")
def found(sample) -> Review:
    gathered = gather(sample.log, as_of=END, roster=sample.roster)
    assert gathered is not None
    return review(gathered, roster=sample.roster)


@pytest.fixture(scope="module")
def raised(found) -> pd.DataFrame:
    return found.signals(date.min)


def slumps(raised: pd.DataFrame) -> pd.DataFrame:
    return raised[raised["kind"] == "slump"].set_index(["desk", "measure"])


def test_the_first_slump_is_raised_while_it_lasts_and_is_over_at_the_end(sample, raised):
    one = slumps(raised).loc[(sample.truth["slumps"][0]["desk"], "call_to_hit")]
    assert (one["raised_on"], one["since"], one["active"]) == (date(2026, 4, 26), date(2026, 4, 6), False)
    assert one["raised_on"] <= date.fromisoformat(sample.truth["slumps"][0]["to"])
    assert one["baseline"] == pytest.approx(5.21, abs=0.01)
    assert one["observed"] == pytest.approx(10.26, abs=0.01)


def test_the_second_slump_is_raised_while_it_lasts_and_still_holds(sample, raised):
    one = slumps(raised).loc[(sample.truth["slumps"][1]["desk"], "interview_to_send_out")].iloc[0]
    assert (one["raised_on"], one["since"], one["active"]) == (date(2026, 11, 1), date(2026, 9, 7), True)
    assert one["observed"] == pytest.approx(6.67, abs=0.01)


def test_nobody_else_is_said_to_slump_much_oftener_than_the_budget_says(sample, raised):
    """Ten desks that are watched for about eight months: seven false ones would be usual."""
    staged = {(slump["desk"], slump["ratio"]) for slump in sample.truth["slumps"]}
    others = [desk for desk, measure in slumps(raised).index if (desk, measure) not in staged]
    assert len(others) <= 7


def test_the_star_is_surely_better_than_the_standard_of_calls_and_of_fills(sample, raised):
    of_the_star = raised[(raised["desk"] == sample.truth["star"]) & raised["active"]]
    praised = set(of_the_star.loc[of_the_star["kind"] == "above_standard", "measure"])
    assert praised >= {"call_to_hit", "send_out_to_fill"}
    assert not (of_the_star["kind"] == "slump").any()


def test_the_joiner_and_the_leaver_are_not_said_to_slump_and_nothing_of_them_fell(sample, raised):
    for desk in (sample.truth["joiner"]["desk"], sample.truth["leaver"]["desk"]):
        assert not raised.loc[raised["desk"] == desk, "kind"].isin(["slump", "volume_drop"]).any()


@pytest.mark.slow
def test_in_a_sample_that_watches_the_turn_of_the_year_the_dip_is_nobodys_slump_and_nobodys_fall():
    """A year and a half until March, so that every desk has its usual before the dip; the joiner is watched by then."""
    longer = generate(Plan(end=date(2026, 3, 1), weeks=78))
    gathered = gather(longer.log, as_of=longer.plan.end, roster=longer.roster)
    assert gathered is not None
    raised = review(gathered, roster=longer.roster).signals(date.min)
    bad = raised[raised["kind"].isin(["slump", "volume_drop"])]
    dip = longer.truth["holiday_dips"][-1]
    assert dip == {"from": "2025-12-20", "to": "2026-01-03"}
    assert not bad["raised_on"].between(date.fromisoformat(dip["from"]), date(2026, 1, 11)).any()
    assert longer.truth["joiner"]["desk"] not in set(bad["desk"])
    assert {(slump["desk"], slump["ratio"]) for slump in longer.truth["slumps"]} <= set(slumps(raised).index)


def test_every_desk_that_works_is_told_what_watches_each_of_its_ratios(found):
    """A chart of its own, or the reason why it has none."""
    charts = {(chart.unit, chart.ratio) for chart in found.watched.charts if chart.direction == "low"}
    missing = {(one.unit, one.ratio) for one in found.watched.unwatched}
    assert not charts & missing
    assert len(charts | missing) == len(found.weekly.units) * len(found.weekly.flows)
