from __future__ import annotations

import pytest

from quality.catalogue import BY_NAME
from quality.published import KINDS, PUBLISHED, published_for


def test_every_figure_names_its_kind_and_its_source():
    assert all(figure.kind in KINDS and figure.source and figure.value and figure.about for figure in PUBLISHED)


def test_figures_belong_to_ratios_of_the_catalogue():
    assert {name for figure in PUBLISHED for name in figure.ratios} == set(BY_NAME)


def test_the_counted_chain_multiplies_out_to_its_own_counts():
    counted = [figure.value for figure in PUBLISHED if (figure.source, figure.year) == ("ERE", 2014)]
    assert [value.split(" : ")[0] for value in counted] == ["9.0", "20.4", "5.24"]
    divided = [300_982 / 33_523, 33_523 / 1_640, 1_640 / 313]
    assert divided == pytest.approx([9.0, 20.4, 5.24], abs=0.05)


def test_a_ratio_finds_its_context_and_an_unknown_name_finds_none():
    assert [figure.source for figure in published_for("contract_to_fill")] == ["Petra", "RecruiterU"]
    assert published_for("no_such_ratio") == ()


def test_what_has_no_source_says_so():
    assert [figure.about for figure in PUBLISHED if figure.kind == "untraceable"] == [
        "Contractors who leave within 45 days"
    ]
