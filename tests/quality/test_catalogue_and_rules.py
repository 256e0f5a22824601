"""The catalogue is complete, readable and what the published chain says; rules refuse what cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from quality.catalogue import BY_NAME, DEFINITIONS_CHANGED, MEASURES, RATIOS
from quality.rules import Rules
from quality.vocabulary import ACTIVITIES, LOG_COLUMNS

CHAIN = {
    "call_to_hit": ("candidate", "recruiting_call", "hit", 14, 5),
    "hit_to_interview": ("candidate", "hit", "interview", 30, 2),
    "interview_to_send_out": ("candidate", "interview", "send_out", 60, 2),
    "send_out_to_fill": ("candidate", "send_out", "fill", 60, 6),
    "marketing_call_to_contract": ("client", "marketing_call", "contract", 90, 15),
    "presentation_to_send_out": ("client", "presentation", "send_out", 30, 3),
    "contract_to_fill": ("client", "contract", "fill", 90, 4),
}


def test_the_seven_ratios_are_those_of_the_chain_in_its_order() -> None:
    held = {
        ratio.name: (ratio.side, ratio.upstream, ratio.downstream, ratio.horizon_days, ratio.standard)
        for ratio in RATIOS
    }
    assert list(held.items()) == list(CHAIN.items())
    assert list(BY_NAME) == list(CHAIN)


def test_every_ratio_says_what_it_is_where_it_comes_from_and_since_when() -> None:
    for ratio in RATIOS:
        assert ratio.sentence.endswith(".")
        assert ratio.source
        assert ratio.better == "lower"
        assert ratio.minimum_n == 8
        assert ratio.changed_on <= DEFINITIONS_CHANGED


def test_a_formula_names_both_counts_in_the_plural() -> None:
    assert BY_NAME["send_out_to_fill"].formula == "send-outs / fills"


def test_measures_and_keys_use_the_words_and_columns_of_the_log() -> None:
    for measure in MEASURES.values():
        assert {rows.activity for rows in measure.rows} <= set(ACTIVITIES)
        assert measure.sentence.endswith(".")
    for ratio in RATIOS:
        assert {column for key in ratio.keys for column in key} <= set(LOG_COLUMNS)
        assert {ratio.upstream, ratio.downstream} <= set(MEASURES)


def test_rules_start_with_the_catalogues_values_and_take_the_firms() -> None:
    rules = Rules(horizons={"call_to_hit": 21}, guarantee_days=60)
    assert (rules.horizon("call_to_hit"), rules.guarantee_days) == (21, 60)
    assert (rules.horizon("contract_to_fill"), rules.hit_outcomes) == (90, ("interested",))


def test_rules_cannot_be_changed_from_outside() -> None:
    horizons = {"call_to_hit": 7}
    rules = Rules(horizons=horizons)
    horizons["call_to_hit"] = 99
    assert rules.horizon("call_to_hit") == 7
    with pytest.raises(AttributeError):
        rules.guarantee_days = 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"hit_outcomes": ("keen",)}, "unknown call outcome keen"),
        ({"horizons": {"fills": 5}}, "unknown ratio fills"),
        ({"guarantee_days": -1}, "from 0 up"),
        ({"horizons": {"call_to_hit": -1}}, "from 0 up"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_the_reason(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Rules(**wrong)
