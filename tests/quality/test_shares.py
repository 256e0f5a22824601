from __future__ import annotations

import pytest
from scipy.stats import beta

from quality.shares import overlap, share


def test_a_share_holds_its_counts_and_its_range():
    found = share(3, 10)
    assert (found.count, found.of, found.value) == (3, 10, 0.3)
    assert (found.low, found.high) == pytest.approx(beta.ppf([0.1, 0.9], 3.5, 7.5))
    assert found.words == "30 % (3 of 10), likely 15 to 50 %"


def test_no_case_is_no_share_and_not_zero():
    found = share(0, 0)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert (found.words, found.likely) == ("nothing yet", "")


def test_none_of_some_is_zero_with_a_range():
    found = share(0, 4)
    assert found.value == 0
    assert found.low == 0
    assert found.words.startswith("0 of 4, likely 0 to ")


@pytest.mark.parametrize(
    ("one", "number", "short", "among"),
    [
        ((0, 0), "–", "nothing yet", "nothing yet of the offers"),
        ((2, 9), "2 of 9", "2 of 9", "2 of 9 offers"),
        ((2, 10), "20 %", "20 % (2 of 10)", "20 % (2 of 10) of the offers"),
    ],
)
def test_of_fewer_than_ten_no_percentage_is_said(one, number, short, among):
    found = share(*one)
    assert (found.number, found.short, found.among("offers")) == (number, short, among)


def test_counts_stand_once_on_a_card():
    assert share(2, 9).beside == share(2, 9).likely
    assert share(2, 10).beside == "2 of 10, likely 8 to 39 %"


def test_a_narrow_range_has_a_decimal():
    assert share(2965, 19951).likely == "likely 14.5 to 15.2 %"


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [((1, 100), (50, 100), False), ((50, 100), (1, 100), False), ((5, 10), (6, 10), True), ((0, 0), (1, 100), True)],
)
def test_ranges_that_have_anything_in_common_overlap(one, other, meet):
    assert overlap(share(*one), share(*other)) is meet
