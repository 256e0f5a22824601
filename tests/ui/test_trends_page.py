from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest
from tiny_firm import HOSTILE, store_firm

from charts.words import Words
from ui import text, trends

PAGE = "ratios/trends"
WORDS = Words("Send-out to fill", ("send-out", "send-outs"), ("fill", "fills"))


@pytest.fixture
def firm(history):
    store_firm()
    return history


@pytest.fixture
def fills(firm, app):
    """The page asked for send-out to fill."""
    app.query_params["trend"] = "Send-out to fill"


def numbers(at):
    return at.dataframe[0].value


def figures(at):
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def test_the_table_under_the_charts_has_every_month_of_the_desk(fills, app, open_page):
    app.query_params["lines_desk"] = "Desk 01"
    at = open_page(PAGE)
    assert not at.exception
    shown = numbers(at).set_index("Period")["Ratio and counts"]
    assert shown.index[0] == "November 2026 (running)"
    assert shown.index[-1] == "March 2026"
    assert shown["September 2026"] == "no fills yet (12)"
    assert shown["October 2026"] == "3 fills, no send-outs"


def test_both_charts_have_a_description_in_words(fills, app, open_page):
    app.query_params["lines_desk"] = "Desk 01"
    ratio, volume = open_page(PAGE).get("plotly_chart")
    assert ratio.proto.alt.startswith("Send-out to fill, March 2026 to November 2026, lower is better")
    assert volume.proto.alt.endswith("Desk 01: 12 send-outs, 3 fills.")


def test_steps_come_from_the_address(fills, app, open_page):
    app.query_params["step"] = "Quarter"
    app.query_params["lines_desk"] = "Desk 01"
    shown = numbers(open_page(PAGE)).set_index("Period")["Ratio and counts"]
    assert shown["Q3 2026"] == "no fills yet (12)"
    assert shown["Q4 2026 (running)"] == "3 fills, no send-outs"


def test_the_whole_company_needs_no_choice_and_has_a_ratio_in_words(fills, app, open_page):
    app.query_params["step"] = "Quarter"
    at = open_page(PAGE)
    at.segmented_control(key="by").set_value("Company").run()
    assert [box.key for box in at.multiselect] == ["desk"]
    shown = numbers(at).set_index("Period")["Ratio and counts"]
    assert shown["Q4 2026 (running)"] == "3.5 : 1 · 14 send-outs, 4 fills"


def test_up_to_five_desks_are_drawn_with_their_names(fills, app, open_page):
    at = open_page(PAGE)
    at.multiselect(key="lines_desk").set_value(["Desk 01", "Desk 02"]).run()
    assert {trace["name"] for trace in figures(at)[0]["data"]} >= {"Desk 01", "Desk 02"}
    assert numbers(at)["Desk"].unique().tolist() == ["Desk 01", "Desk 02"]


def test_the_desks_of_the_shared_filter_are_the_ones_drawn(fills, app, open_page):
    app.query_params["desk"] = "Desk 02"
    at = open_page(PAGE)
    assert at.multiselect(key="lines_desk").value == ["Desk 02"]


def test_the_busiest_desk_is_drawn_first_and_silent_ones_are_not_offered(fills, app, open_page):
    app.query_params["back"] = "The chosen period"
    box = open_page(PAGE).multiselect(key="lines_desk")
    assert box.value == ["Desk 01"]
    assert box.options == [HOSTILE, "Desk 01", "Desk 02"]


def test_without_any_desk_the_page_says_what_to_do(fills, open_page):
    at = open_page(PAGE)
    at.multiselect(key="lines_desk").set_value([]).run()
    assert [note.value for note in at.info] == ["Choose at least one desk above to draw its line."]
    assert not at.get("plotly_chart")


def test_few_counts_are_explained_with_a_way_out(fills, open_page):
    at = open_page(PAGE)
    assert "A typical month here holds no fills, so the line jumps by chance." in at.info[0].value


def test_a_desk_is_there_from_its_first_to_its_last_row_of_any_kind():
    days = pd.date_range("2026-08-01", periods=4, freq="MS")
    calls = pd.DataFrame({"ratio": "call_to_hit", "period_start": days, "upstream": [0, 3, 0, 0], "downstream": 0})
    fills = calls.assign(ratio="send_out_to_fill", upstream=0)
    frame = pd.concat([calls, fills.assign(downstream=[0, 0, 1, 0])]).assign(
        unit="Desk 01", open=pd.NA, period=[f"{day:%Y-%m}" for day in days] * 2, value=pd.NA, standard=6.0
    )
    shown = trends.lines(frame, "call_to_hit", ["Desk 01"], "month", date(2026, 11, 23))
    assert shown["there"].tolist() == [False, True, True, False]


def test_weeks_of_many_desks_are_sent_to_months():
    rows = pd.DataFrame({"unit": ["Desk 01", "Desk 02", "Desk 03"], "closed": True, "downstream": 9})
    assert trends.hint(rows, WORDS, "week") == trends.MONTHS
    assert trends.hint(rows, WORDS, "month") is None
    assert trends.hint(rows.head(2), WORDS, "week") is None


def test_the_chart_reaches_back_as_far_as_it_is_told_but_not_before_the_first_row(fills, app, open_page):
    app.query_params["back"] = "The chosen period"
    at = open_page(PAGE)
    assert numbers(at)["Period"].iloc[-1] == "August 2026"
    at.selectbox(key="back").set_value("Two years").run()
    assert numbers(at)["Period"].iloc[-1] == "March 2026"


def test_a_hostile_name_is_text_in_the_chart_and_on_the_page(fills, app, open_page):
    app.query_params["lines_desk"] = HOSTILE
    app.query_params["step"] = "Quarter"
    at = open_page(PAGE)
    assert not at.exception
    markdown = [element.value for element in at.markdown]
    assert not [line for line in markdown if "![x]" in line]
    assert any(text.plain(HOSTILE) in line for line in markdown)
    assert HOSTILE in {trace.get("name") for trace in figures(at)[0]["data"]}
