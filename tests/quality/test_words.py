"""How ratios read."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from quality.words import count_in_words, interval_in_words, left_out_in_words, n_to_one, ratio_in_words


def said(upstream: int, downstream: int, still_open: object = pd.NA, ratio: str = "send_out_to_fill") -> str:
    value = upstream / downstream if downstream else pd.NA
    return ratio_in_words(
        SimpleNamespace(ratio=ratio, upstream=upstream, downstream=downstream, value=value, open=still_open)
    )


@pytest.mark.parametrize(
    ("upstream", "downstream", "words"),
    [
        (42, 7, "6.0 : 1, 42 send-outs, 7 fills"),
        (1, 1, "1.0 : 1, 1 send-out, 1 fill"),
        (1, 3, "0.3 : 1, 1 send-out, 3 fills"),
        (14, 0, "no fills yet (14 send-outs)"),
        (1, 0, "no fills yet (1 send-out)"),
        (0, 3, "3 fills, no send-outs recorded in this period"),
        (0, 0, "no send-outs and no fills in this period"),
        (12000, 7, "1,714.3 : 1, 12,000 send-outs, 7 fills"),
    ],
)
def test_a_ratio_says_its_two_counts_and_a_zero_in_words(upstream: int, downstream: int, words: str) -> None:
    assert said(upstream, downstream) == words


@pytest.mark.parametrize(
    ("decided", "reached", "still_open", "words"),
    [
        (12, 3, 0, "4.0 : 1, 12 orders, 3 with a fill in time"),
        (12, 3, 2, "4.0 : 1, 12 orders, 3 with a fill in time, 2 orders still open"),
        (1, 0, 1, "no fills in time (1 order), 1 order still open"),
        (0, 0, 2, "2 orders still open"),
        (0, 0, 0, "no orders to follow in this period"),
    ],
)
def test_a_cohort_says_whom_it_followed_and_who_is_still_open(
    decided: int, reached: int, still_open: int, words: str
) -> None:
    assert said(decided, reached, still_open, "contract_to_fill") == words


def test_an_interview_takes_an_an() -> None:
    assert said(4, 2, 0, "hit_to_interview") == "2.0 : 1, 4 candidates, 2 with an interview in time"


def test_an_interval_reads_as_a_likely_range() -> None:
    assert interval_in_words(4.12, 9.81) == "likely between 4.1 and 9.8"
    assert interval_in_words(4.12, pd.NA) == "at least 4.1"
    assert interval_in_words(pd.NA, pd.NA) == ""


def test_a_value_has_one_decimal_and_a_missing_one_a_dash() -> None:
    assert n_to_one(6) == "6.0 : 1"
    assert n_to_one(pd.NA) == "–"
    assert count_in_words(1, ("fill", "fills")) == "1 fill"


@pytest.mark.parametrize(
    ("rows", "read", "words"),
    [
        (0, 120, ""),
        (37, 1200, "37 of 1,200 rows (3.1 %) are in no number: a value is unknown or a cell is to be mended"),
        (1, 5000, "1 of 5,000 rows (0.1 %) are in no number: a value is unknown or a cell is to be mended"),
    ],
)
def test_rows_in_no_number_are_said_with_their_share(rows, read, words):
    assert left_out_in_words(rows, read) == words
