"""How long something lasts, against other implementations and against what must hold for any cases."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.intervals import thinning_interval
from quality.survival import CAUSES, CURVE, cumulative_incidence, kaplan_meier, lasting

ORACLES = Path(__file__).parent / "oracles"
#: Numbers of R; the files say how they were found.
GEHAN = json.loads((ORACLES / "kaplan_meier.json").read_text(encoding="utf-8"))["groups"]
SEND_OUTS = json.loads((ORACLES / "aalen_johansen.json").read_text(encoding="utf-8"))
STATUS = {0: None, 1: "filled", 2: "lost"}

CASES = st.lists(st.tuples(st.integers(0, 12), st.sampled_from([None, "quit", "terminated", "completed"])), min_size=1)


def incidence_on(found, cause, day):
    own = found[(found["cause"] == cause) & (found["day"] <= day)]
    return own["incidence"].iloc[-1] if len(own) else 0.0


# --- other implementations -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", GEHAN, ids=lambda group: group["group"])
def test_the_curve_of_the_remission_times_is_the_published_one(group):
    found = kaplan_meier(group["weeks"], group["relapsed"], level=0.95)
    assert found["day"].tolist() == group["time"]
    assert found["at_risk"].tolist() == group["n_risk"]
    assert found["events"].tolist() == group["n_event"]
    assert found["survival"].tolist() == pytest.approx(group["surv"], abs=1e-12)
    known = np.array(group["surv"]) > 0
    for name, expected in (("low", "lower_loglog"), ("high", "upper_loglog")):
        limits = [value for value, is_known in zip(group[expected], known, strict=True) if is_known]
        assert found.loc[known, name].tolist() == pytest.approx(limits, abs=1e-9)
        assert found.loc[~known, name].isna().all()


@pytest.mark.parametrize("cause", ["filled", "lost"])
def test_the_shares_of_competing_causes_are_those_of_two_r_packages(cause):
    found = cumulative_incidence(SEND_OUTS["days"], [STATUS[one] for one in SEND_OUTS["status"]])
    shares = [incidence_on(found, cause, day) for day in SEND_OUTS["times"]]
    assert shares == pytest.approx(SEND_OUTS[f"cif_{cause}"], abs=1e-12)


def test_what_is_still_open_of_the_send_outs_is_the_curve_of_all_causes():
    curve = kaplan_meier(SEND_OUTS["days"], np.array(SEND_OUTS["status"]) > 0)
    shares = [curve.loc[curve["day"] <= day, "survival"].iloc[-1] for day in SEND_OUTS["times"]]
    assert shares == pytest.approx(SEND_OUTS["still_open"], abs=1e-12)


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_four_cases_by_hand():
    found = kaplan_meier([1, 2, 2, 3], [True, False, True, True])
    assert tuple(found.columns) == CURVE
    assert found[["day", "survival", "at_risk", "events"]].to_numpy().tolist() == [
        [1, 0.75, 4, 1],
        [2, 0.5, 3, 1],
        [3, 0, 1, 1],
    ]


def test_one_day_of_the_curve():
    days, ended = [10, 20, 20, 30], [True, False, False, False]
    curve = kaplan_meier(days, ended)
    on = lasting(curve, days, 15)
    assert [on["survival"], on["at_risk"], on["events"]] == [0.75, 3, 1]
    assert [on["low"], on["high"]] == curve.loc[0, ["low", "high"]].tolist()


def test_before_anything_ended_the_lower_limit_is_that_of_none_among_those_who_lasted():
    curve = kaplan_meier([10, 20, 30], [False, False, True])
    on = lasting(curve, [10, 20, 30], 15)
    assert on.tolist() == [1.0, float(thinning_interval(2, 2)[0]), 1.0, 2, 0]


def test_beyond_what_anybody_was_seen_nothing_is_known():
    curve = kaplan_meier([10, 20], [True, False])
    assert lasting(curve, [10, 20], 21).tolist() == [None, None, None, 0, 1]
    assert lasting(kaplan_meier([5], [False]), [5], 6).tolist() == [None, None, None, 0, 0]


def test_where_all_have_ended_nobody_lasts_ever_after():
    on = lasting(kaplan_meier([10, 20], [True, True]), [10, 20], 45)
    assert [on["survival"], on["at_risk"], on["events"]] == [0.0, 0, 2]


def test_without_cases_or_without_an_end_there_is_no_step():
    assert kaplan_meier([], []).empty
    assert kaplan_meier([3, 4], [False, False]).empty
    assert tuple(cumulative_incidence([3, 4], [None, None]).columns) == CAUSES
    assert cumulative_incidence([], []).empty


def test_an_end_on_the_first_day_counts():
    found = kaplan_meier([0, 5], [True, False])
    assert found[["day", "survival", "at_risk"]].to_numpy().tolist() == [[0, 0.5, 2]]


# --- for any cases ---------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_the_curve_only_falls_and_its_limits_hold_it(cases):
    found = kaplan_meier([day for day, _ in cases], [cause is not None for _, cause in cases])
    survival = found["survival"].to_numpy()
    assert (np.diff(survival) < 0).all()
    assert ((survival >= 0) & (survival < 1)).all()
    known = found.dropna()
    assert (known["low"] <= known["survival"]).all()
    assert (known["survival"] <= known["high"]).all()
    assert known[["low", "high"]].to_numpy().min(initial=1) >= 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1))
def test_without_open_cases_the_curve_is_the_plain_share(days):
    found = kaplan_meier(days, [True] * len(days))
    for day, survival in found[["day", "survival"]].to_numpy():
        assert survival == pytest.approx(sum(one > day for one in days) / len(days), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_the_causes_and_those_who_last_add_up_to_one(cases):
    days, causes = [day for day, _ in cases], [cause for _, cause in cases]
    found = cumulative_incidence(days, causes)
    curve = kaplan_meier(days, [cause is not None for cause in causes])
    sums = found.groupby("day")["incidence"].sum().to_numpy() + curve["survival"].to_numpy()
    assert sums == pytest.approx(np.ones(len(curve)), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_a_single_cause_has_the_curve_and_the_variance_of_greenwood(cases):
    days, causes = [day for day, _ in cases], [cause and "over" for _, cause in cases]
    found = cumulative_incidence(days, causes)
    curve = kaplan_meier(days, [cause is not None for cause in causes])
    assert found["incidence"].tolist() == pytest.approx((1 - curve["survival"]).tolist(), abs=1e-12)
    greenwood = np.cumsum(curve["events"] / (curve["at_risk"] * (curve["at_risk"] - curve["events"]).clip(lower=0.5)))
    share, error = found["incidence"], curve["survival"] * np.sqrt(greenwood)
    spread = 1.2815515655446004 * error / (share * np.log(share.where(share < 1)))
    inside = share < 1 - 1e-9
    assert found.loc[inside, "low"].tolist() == pytest.approx((share ** np.exp(-spread))[inside].tolist(), abs=1e-9)
    assert found.loc[inside, "high"].tolist() == pytest.approx((share ** np.exp(spread))[inside].tolist(), abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["quit", "completed"])), min_size=1))
def test_without_open_cases_a_cause_has_the_limits_of_a_plain_share(cases):
    days, causes = [day for day, _ in cases], [cause for _, cause in cases]
    found = cumulative_incidence(days, causes)
    for row in found[(found["incidence"] > 0) & (found["incidence"] < 1 - 1e-9)].itertuples():
        share = sum(day <= row.day and cause == row.cause for day, cause in cases) / len(cases)
        error = np.sqrt(share * (1 - share) / len(cases))
        spread = 1.2815515655446004 * error / (share * np.log(share))
        assert row.incidence == pytest.approx(share, abs=1e-12)
        assert [row.low, row.high] == pytest.approx([share ** np.exp(-spread), share ** np.exp(spread)], abs=1e-9)
