"""Every verdict, signal and minimum has a shape and words of its own."""

from __future__ import annotations

import pytest

from quality.judgement import VERDICTS
from quality.signals import BAD, GOOD
from ui import marks


def test_every_verdict_has_a_shape_and_words_of_its_own():
    shown = [marks.verdict(word) for word in (*VERDICTS, None)]
    assert [str(mark) for mark in shown] == [
        "▼ below",
        "▽ likely below",
        "○ unclear",
        "△ likely meets",
        "▲ meets",
        "– no verdict",
    ]
    assert len({mark.shape for mark in shown}) == 6


def test_bad_signals_point_down_and_good_ones_up():
    assert {marks.signal(kind).shape for kind in BAD} == {"▼"}
    assert {marks.signal(kind).shape for kind in GOOD} == {"▲"}
    assert set(marks.SIGNALS) == {*BAD, *GOOD}


def test_a_minimum_is_met_short_or_nobody_was_there():
    assert [str(marks.minimum(met)) for met in (True, False, None)] == ["✓ met", "▽ short", "– away"]


@pytest.mark.parametrize(
    ("word", "probability", "said"),
    [
        ("below", 0.962, "96 % sure that it is below"),
        ("below", 0.9999, "over 99 % sure that it is below"),
        ("likely_below", 0.84, "84 % sure that it is below"),
        ("unclear", 0.55, "could be either: 55 % for below"),
        ("unclear", 0.001, "could be either: under 1 % for below"),
        ("likely_meets", 0.15, "85 % sure that it meets"),
        ("meets", 0.002, "over 99 % sure that it meets"),
        (None, 0.5, ""),
        ("below", None, ""),
    ],
)
def test_how_sure_a_verdict_is_stands_in_words(word, probability, said):
    assert marks.sure(word, probability) == said
