"""What came of a change, as it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from changes import AT, MADE, RATIO, active, follow, steps, weeks_of

from quality.adjustment_words import chance, how_sure, likely, numbers, sentence, verdict
from quality.compared import Figures
from quality.weekly import Weekly


def test_a_change_is_one_sentence_with_its_counts() -> None:
    better = weeks_of([[3] * AT + [0] + [4] * 10, [9] * 25], [[1] * AT + [0] + [3] * 10, [3] * 25])
    [found] = follow(better)
    assert sentence(found, found.effects[0]) == (
        "Hit to interview went from 3.0 : 1 (39 / 13) to 1.3 : 1 (40 / 30) since: clearly better (over 99 in 100); "
        "the other desks 3.0 : 1 to 3.0 : 1, no clear change; Desk 01 gained on them (over 99 in 100)"
    )


def test_an_activity_is_said_per_day_and_as_more_or_less() -> None:
    [found] = follow(active(steps(20, 10)), {"measure": "interview"})
    assert sentence(found, found.effects[0]) == (
        "Interviews went from 4.0 a day (260 in 65 working days) to 2.0 a day (130 in 65 working days) since: "
        "clearly less (over 99 in 100)"
    )


@pytest.mark.parametrize(
    ("weekly", "line", "said"),
    [
        (weeks_of([10] * 17, [2] * 17), {}, "Hit to interview: too early; 3 weeks count from 12 May 2025 on"),
        (
            weeks_of(steps(10, 1, AT + 5), steps(2, 0, AT + 5)),
            {},
            "Hit to interview: too early; 4 hits, 0 interviews came due so far, and 8 hits are needed",
        ),
        (weeks_of([10] * 30, [2] * 30), {"made_on": date(2025, 8, 4)}, "Hit to interview: planned for 4 Aug 2025"),
        (
            weeks_of([10] * 30, [2] * 30),
            {"made_on": date(2024, 8, 4)},
            "Hit to interview: nothing is known of Desk 01 in the 13 weeks before to compare with",
        ),
        (weeks_of([10] * 30, [2] * 30), {"name": "X"}, "Hit to interview: nothing is recorded of X"),
        (
            weeks_of([0] * 13 + [1] * 17, [0] * 30),
            {},
            "Hit to interview: too little in the 13 weeks before to compare with (1 hit, 0 interviews)",
        ),
        (
            weeks_of([10] * 14 + [0] * 16, [2] * 14 + [0] * 16),
            {},
            "Hit to interview: too little in the 13 weeks since (0 hits, 0 interviews)",
        ),
    ],
)
def test_why_nothing_is_said_is_said(weekly: Weekly, line: dict, said: str) -> None:
    [found] = follow(weekly, line)
    assert sentence(found, found.effects[0]) == said


def test_a_word_and_its_chance_agree() -> None:
    assert [verdict(p) for p in (0.96, 0.95, 0.81, 0.80, 0.21, 0.20, 0.06, 0.05)] == [
        *("better", "likely_better", "likely_better", "unclear", "unclear"),
        *("likely_worse", "likely_worse", "worse"),
    ]
    assert how_sure(RATIO, 0.949) == "probably better (9 in 10)"
    assert how_sure(RATIO, 0.79) == "no clear change (7 in 10 that it is better)"
    assert how_sure("interview", 0.25) == "no clear change (7 in 10 that it is less)"
    assert how_sure("interview", 0.03) == "clearly less (97 in 100)"
    assert [chance(p) for p in (0.5, 0.8, 0.955, 0.999)] == ["5 in 10", "8 in 10", "95 in 100", "over 99 in 100"]


def test_numbers_without_a_result_are_words() -> None:
    none = Figures(MADE, MADE, 13, 14, 0, None, 4.2, None, 14, 0)
    assert numbers("send_out_to_fill", none) == "no fills (14 / 0)"
    assert likely(none) == "4.2 or more"
    assert likely(replace(none, high=9.0)) == "4.2 to 9.0"
    assert likely(replace(none, low=None)) == ""
