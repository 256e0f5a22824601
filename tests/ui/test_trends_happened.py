"""Trends of a desk that got worse, with what was changed and the days off beside it."""

from __future__ import annotations

import base64
import json
from datetime import date

import numpy as np
import pytest
from slumping_firm import DESKS, FELL_ON, TODAY, store_firm

from store import History
from ui import happened
from ui.spans import Filters

CHANGED_ON = date(2026, 10, 21)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """The firm, stored once: the pages only read it."""
    folder = tmp_path_factory.mktemp("firm") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOUCHLINE_STORE", str(folder))
        patch.setenv("TOUCHLINE_TODAY", TODAY.isoformat())
        store_firm()
    history, level = History(folder), {"level": "team", "made_on": CHANGED_ON}
    history.save_adjustment("New call script", made_on=CHANGED_ON, level="desk", name="Desk 01", measure="call_to_hit")
    history.save_adjustment("Coaching each Monday", name="North", measure="hit", **level)
    history.save_adjustment("For the others", name="South", **level)
    history.save_adjustment("Something about fills", made_on=CHANGED_ON, measure="send_out_to_fill")
    history.save_setting("holidays", {"country": "US", "subdivision": None})
    return folder


@pytest.fixture
def firm(stored, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_STORE", str(stored))
    monkeypatch.setenv("TOUCHLINE_TODAY", TODAY.isoformat())


@pytest.fixture
def weeks(firm, app, open_page):
    """The page on the weeks of the desk that got worse."""
    app.query_params["step"], app.query_params["lines_desk"] = "Week", "Desk 01"
    return open_page("ratios/trends")


def figures(at):
    return [json.loads(chart.proto.spec)["data"] for chart in at.get("plotly_chart")]


def numbers(values):
    """The numbers of a figure, which travel as bytes where they came in one block."""
    if isinstance(values, list):
        return values
    return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()


def named(at, name, figure=0):
    return [trace for trace in figures(at)[figure] if trace.get("name") == name]


def test_the_slump_is_marked_in_the_week_that_raised_it_and_told(weeks):
    assert not weeks.exception
    (mark,) = named(weeks, "raised")
    fell = next(place for place, week in enumerate(named(weeks, "Desk 01")[0]["hovertext"]) if _week(FELL_ON) in week)
    assert fell < min(numbers(mark["x"])) <= fell + 5
    assert set(mark["marker"]["symbol"]) == {"triangle-down"}
    assert any("worsened" in text for text in mark["hovertext"])


def _week(monday):
    return f"week of {monday.day} {monday:%b %Y}"


def test_what_was_changed_for_the_desk_or_its_team_and_days_off_stand_below(weeks):
    (changed,), (holiday,) = named(weeks, "something was changed"), named(weeks, "a public holiday")
    assert changed["hovertext"] == ["21 Oct, Desk 01: New call script<br>21 Oct, North: Coaching each Monday"]
    assert any("Labor Day" in text for text in holiday["hovertext"])


def test_hits_have_their_usual_count_its_limits_and_the_week_they_fell_away(weeks):
    usual = [trace for trace in named(weeks, "usual", 1) if trace["yaxis"] == "y2"]
    assert max(numbers(usual[0]["y"])) == pytest.approx(12, rel=0.1)
    assert [trace["yaxis"] for trace in named(weeks, "limit of the usual", 1)].count("y2") == 2
    (raised,) = [trace for trace in named(weeks, "raised", 1) if trace["yaxis"] == "y2"]
    assert raised["marker"]["symbol"] == ["triangle-down"]


def test_the_week_that_runs_is_there_and_marked_as_running(weeks):
    first = weeks.dataframe[0].value.iloc[0]
    assert first["Period"] == "week of 23 Nov 2026 (running)"
    assert first["Ratio and counts"] == "no hits yet (5)"
    assert "Hollow" not in " ".join(element.value for element in weeks.markdown)


def test_every_verdict_of_the_table_has_its_counts_and_weeks(weeks):
    shown = weeks.dataframe[0].value.set_index("Period")["Verdict then"]
    assert shown["week of 16 Nov 2026"] == "▼ below · 518 / 52 in 13 weeks"


def test_what_happened_opens_as_a_table_the_latest_first(weeks):
    box = next(box for box in weeks.expander if box.label.startswith("What happened"))
    assert len(weeks.dataframe) == 1
    weeks.session_state["happened"] = True
    weeks.run()
    told = weeks.dataframe[0].value
    assert f"({len(told)})" in box.label
    assert {"New call script", "Coaching each Monday"} <= set(told["Story"])
    assert "Something about fills" not in set(told["Story"])
    assert told["When"].is_monotonic_decreasing
    assert {"▼ a signal: worse", "✱ something was changed", "| a public holiday"} <= set(told["What"])


def test_longer_steps_and_several_desks_have_no_usual_counts_and_months_no_days_off(weeks):
    weeks.multiselect(key="lines_desk").set_value(list(DESKS)).run()
    assert not named(weeks, "usual", 1)
    assert {"▲", "▼"} & set("".join(element.value for element in weeks.markdown))
    weeks.segmented_control(key="step").set_value("Month").run()
    assert not named(weeks, "a public holiday")
    assert named(weeks, "something was changed")


def test_the_whole_company_shows_what_was_changed_for_everybody_only(weeks):
    weeks.selectbox(key="trend").set_value("send_out_to_fill").run()
    weeks.segmented_control(key="by").set_value("Company").run()
    assert not weeks.exception
    (changed,) = named(weeks, "something was changed")
    assert changed["hovertext"] == ["21 Oct, everybody: Something about fills"]


@pytest.mark.parametrize(
    ("ratio", "view", "sides"),
    [
        ("call_to_hit", "activity", {"upstream", "downstream"}),
        ("call_to_hit", "cohort", set()),
        ("contract_to_fill", "activity", set()),
    ],
)
def test_usual_counts_are_those_of_activities_that_were_done_often_enough(firm, ratio, view, sides):
    asked = Filters(TODAY, date(2026, 6, 1), TODAY, "Custom dates", view)
    found = happened.usual(ratio, ["Desk 01"], "desk", "week", asked)
    assert set(found["side"]) == sides
    assert found["week"].between("2026-06-01", "2026-11-22").all()


def test_usual_counts_are_unknown_for_a_desk_that_is_not_there(firm):
    asked = Filters(TODAY, date(2026, 6, 1), TODAY, "Custom dates", "activity")
    assert happened.usual("call_to_hit", ["Nobody"], "desk", "week", asked).empty
