from __future__ import annotations

import pytest

from charts.words import against_text, short_text, standard_text, value_text


def test_a_ratio_says_both_counts_in_words(words):
    assert value_text(42, 7, 6.0, words) == "6.0 : 1 · 42 send-outs, 7 fills"


def test_one_of_a_kind_is_singular(words):
    assert value_text(1, 1, 1.0, words) == "1.0 : 1 · 1 send-out, 1 fill"


def test_a_cell_says_the_ratio_and_its_two_counts(words):
    assert short_text(1204, 7, 172.0, words) == "172.0 : 1 · 1,204 / 7"


@pytest.mark.parametrize(
    ("upstream", "downstream", "said"),
    [(14, 0, "no fills yet (14)"), (0, 3, "3 fills, no send-outs"), (0, 0, "nothing recorded")],
)
def test_a_zero_is_a_sentence(words, upstream, downstream, said):
    assert short_text(upstream, downstream, None, words) == said
    assert value_text(upstream, downstream, None, words) == said


def test_the_side_of_the_standard_follows_what_is_shown():
    assert against_text(6.04, 6) == "within 6 : 1"
    assert against_text(6.06, 6) == "over 6 : 1"
    assert against_text(None, 6) == against_text(6.0, None) == against_text(0.0, 6) == ""


def test_a_standard_keeps_the_decimals_it_was_given():
    assert (standard_text(6.0), standard_text(2.5), standard_text(None)) == ("6 : 1", "2.5 : 1", "no standard")
