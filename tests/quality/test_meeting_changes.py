"""What two reviews say of the week between them."""

from __future__ import annotations

import numpy as np
import pytest
from firms import desks, line, weeks_of

from quality import meeting_words as words
from quality.catalogue import RATIOS
from quality.meeting_changes import Changes, Moved, changes
from quality.monitoring import monitor
from quality.review import Review
from quality.verdicts import judge
from quality.weekly import Flow

RATIO = "hit_to_interview"


def review_of(flow: Flow, *own: float) -> Review:
    """A review of desks with one ratio; ``own`` are the standards of the first desks, those of all others are 2 : 1."""
    found, shape = weeks_of(flow), flow.upstream.shape
    standards = {ratio.name: np.full(shape, 2.0) for ratio in RATIOS}
    for desk, number in enumerate(own):
        standards[RATIO][desk] = number
    return Review(found, judge(found, standards), monitor(found), np.full(shape, 5.0), 1.0)


def test_what_was_not_said_a_week_ago_is_new_and_what_is_no_more_is_over() -> None:
    before, now = review_of(line(31, (30, 31, 1))), review_of(line(32, (30, 32, 1)))
    assert [one.kind for one in changes(before, now).new] == ["slump"]
    assert changes(before, now).over == ()
    assert [one.kind for one in changes(now, before).over] == ["slump"]
    assert changes(now, now) == Changes((), (), 0, (), 1)


def test_verdicts_that_were_never_sure_are_counted_where_they_moved() -> None:
    # 10 of 20 can be either, 12 of 30 is likely below, 3 of 10 three times surely below.
    unclear, likely, sure = review_of(line(2)), review_of(line(3, x=4)), review_of(line(3, x=3))
    assert changes(unclear, likely).moved == 1
    assert changes(unclear, unclear).moved == 0
    assert changes(unclear, sure).moved == 0


def test_a_standard_that_moved_is_told_with_the_desks_it_holds_for() -> None:
    firm = desks(line(20, x=4), line(20, x=4), line(20, x=4))
    before, now = review_of(firm), review_of(firm, 1.5)
    found = changes(before, now)
    assert found.standards == (Moved(RATIO, 2.0, pytest.approx(1.5), ("Desk 01",)),)
    assert [(one.desk, one.kind) for one in found.over] == []
    assert words.standard_moved(found.standards[0], found.desks) == (
        "Hit to interview: 1.5 : 1 instead of 2.0 : 1, for Desk 01"
    )
    everybody = changes(before, review_of(firm, 1.5, 1.5, 1.5))
    assert words.standard_moved(everybody.standards[0], everybody.desks).endswith(", for every desk")


def test_a_verdict_of_a_standard_that_moved_is_new_by_the_standard_alone() -> None:
    firm = desks(line(20), line(20))
    found = changes(review_of(firm), review_of(firm, 1.25))
    (new,) = found.new
    assert (new.desk, new.kind, found.by_standard(new)) == ("Desk 01", "below_standard", True)
    worse = changes(review_of(firm), review_of(desks(line(21, x=2), line(21)), 2.0))
    assert [worse.by_standard(one) for one in worse.new if one.kind == "below_standard"] == [False]
