"""The back-test of care finds in the sample firm what was put into it, and does not claim to see everybody coming."""

from __future__ import annotations

import pandas as pd
import pytest

from quality.back_test import BackTest, back_test
from quality.care_signals import FLAGGED
from quality.shares import share


@pytest.fixture(scope="module")
def found(sample, plan) -> BackTest:
    return back_test(sample.log, as_of=plan.end)


@pytest.mark.parametrize("horizon", [30, 60])
def test_how_much_oftener_people_with_signals_left_lies_in_the_range_that_is_found(sample, found, horizon):
    (one,) = (one for one in found.followed if one.horizon == horizon)
    put_in = sample.truth["departures"]["mondays"][str(horizon)]["lift"]
    assert put_in > 4
    held = [part for level, part in one.levels if level in FLAGGED]
    flagged = share(sum(part.count for part in held), sum(part.of for part in held))
    assert flagged.low / one.calm.high <= put_in <= flagged.high / one.calm.low
    assert "times as often as calm" in one.said_of("act")


def test_some_left_early_without_a_signal_and_stood_on_no_level_that_warns(sample, found):
    leavers = pd.DataFrame(sample.truth["departures"]["leavers"])
    silent = leavers[leavers["signals"].map(len) == 0]
    looked_at = found.rows[found.rows["left_30"].fillna(False)]
    same = looked_at.merge(silent, left_on=["contractor", "job"], right_on=["candidate", "job"])
    assert len(same) >= 2
    assert not same["level"].isin(FLAGGED).any()


def test_the_warning_counts_no_more_than_had_signals_and_leaves_some_unseen(sample, found):
    leavers = pd.DataFrame(sample.truth["departures"]["leavers"])
    signalled = int((leavers["signals"].map(len) > 0).sum())
    assert found.lead.left <= len(leavers)
    assert found.lead.left / 2 < found.lead.flagged < found.lead.left
    assert found.lead.flagged <= signalled
