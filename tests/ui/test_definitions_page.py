from __future__ import annotations

from datetime import date

import pytest
from one_standard import save_standard
from tiny_firm import store_firm

from quality.catalogue import RATIOS
from quality.published import PUBLISHED
from quality.vocabulary import ACTIVITIES
from ui.marks import SIGNALS

PAGE = "data/definitions"


@pytest.fixture
def firm(history):
    store_firm()
    return history


def said(at):
    return [element.value for element in at.markdown]


def test_every_ratio_has_its_card_with_sentence_and_facts(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
    assert [heading.value for heading in at.subheader] == [ratio.title for ratio in RATIOS]
    assert {ratio.sentence for ratio in RATIOS} <= set(said(at))
    facts = at.table[3].value.iloc[:, 0]
    assert facts["Formula"] == "send-outs / fills, written n : 1; lower is better"
    assert facts["Minimum standard"] == "6 : 1, a starting value"
    assert facts["Cohort view"].endswith("by candidate and job, else candidate and client, and followed for 60 days")
    assert "definition of 23 Nov 2026" in facts["Source"]


def test_a_link_jumps_to_one_ratio(firm, app, open_page):
    app.query_params["define"] = "Contract to fill"
    at = open_page(PAGE)
    assert [heading.value for heading in at.subheader] == ["Contract to fill"]
    assert at.table[0].value.iloc[:, 0]["Counts for"] == "the desk that won the order, where one is known"


def test_published_figures_stand_beside_a_ratio_marked_as_no_target(firm, app, open_page):
    app.query_params["define"] = "Contract to fill"
    line = next(line for line in said(open_page(PAGE)) if line.startswith("Published by others, not a target"))
    assert "3 : 1 or better (Petra 2004; a trainer's rule of thumb)" in line


def test_all_published_figures_are_listed_with_kind_and_source(firm, app, open_page):
    app.query_params["section"] = "Published figures"
    at = open_page(PAGE)
    assert len(at.table[0].value) == len(PUBLISHED)
    assert any("None of these is a target" in line for line in said(at))


def test_all_activities_are_listed(firm, app, open_page):
    app.query_params["section"] = "Activities"
    assert open_page(PAGE).dataframe[0].value["In files"].tolist() == list(ACTIVITIES)


def test_the_rules_in_force_are_said(firm, app, open_page):
    app.query_params["section"] = "What counts"
    at = open_page(PAGE)
    assert any("outcome is *interested*" in line and "90 days" in line for line in said(at))
    assert "Fall-off" in at.table[0].value.index


def test_a_card_says_whose_standard_it_is_and_the_page_leads_to_them(firm, open_page):
    save_standard(firm, "send_out_to_fill", 3.5, effective_from=date(2026, 11, 16))
    at = open_page(PAGE)
    facts = at.table[3].value.iloc[:, 0]
    assert facts["Minimum standard"] == "3.5 : 1"
    assert [link.label for link in at.get("page_link")] == ["Set the minimum standards"]


def test_every_kind_of_signal_is_explained(firm, app, open_page):
    app.query_params["section"] = "Signals"
    assert open_page(PAGE).table[0].value["Signal"].tolist() == [str(mark) for mark in SIGNALS.values()]


@pytest.mark.parametrize(("chosen", "a_year"), [("Twice a year", 2.0), ("Once in two years", 0.5)])
def test_how_many_false_alarms_are_accepted_is_the_firms_choice(firm, app, open_page, chosen, a_year):
    app.query_params["section"] = "Signals"
    at = open_page(PAGE)
    assert at.segmented_control(key="false_alerts").value == "Once a year"
    at.segmented_control(key="false_alerts").set_value(chosen).run()
    assert not at.exception
    assert firm.settings()["false_alerts"] == a_year
    assert at.segmented_control(key="false_alerts").value == chosen
