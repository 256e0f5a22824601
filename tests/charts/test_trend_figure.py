from __future__ import annotations

import math

import pandas as pd
import pytest

from charts import describe_trend, trend_figure
from charts.trend import axis_top, beyond, spread


def named(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def test_a_month_without_a_fill_is_a_gap_and_not_zero(frame, words):
    line = named(trend_figure(frame, words), "Desk 01")[0]
    assert line.y[0] == 4.0
    assert math.isnan(line.y[1])
    assert not line.connectgaps


def test_a_fill_without_a_send_out_is_no_ratio_of_zero(frame, words):
    odd = frame.assign(upstream=[12, 5, 0, 6], value=[4.0, None, 0.0, 6.0])
    assert math.isnan(named(trend_figure(odd, words), "Desk 01")[0].y[2])
    assert "2 without a ratio" in describe_trend(odd, words)


def test_the_period_that_still_runs_is_hollow_behind_a_dotted_line(frame, words):
    closed, running = named(trend_figure(frame, words), "Desk 01")
    assert list(closed.x) == [0, 1, 2]
    assert list(running.x) == [2, 3]
    assert list(running.marker.symbol) == ["circle", "circle-open"]
    assert running.line.dash != closed.line.dash


def test_the_band_stops_where_there_is_no_value(frame, words):
    bands = named(trend_figure(frame, words), "80 % range")
    assert [list(band.x) for band in bands] == [[0, 0], [2, 3, 3, 2]]
    assert list(bands[0].y) == [6.0, 3.0]


def test_a_range_without_an_upper_end_reaches_the_edge_of_the_chart(frame, words):
    assert named(trend_figure(frame, words), "80 % range")[1].y[1] == axis_top(frame)


def test_several_desks_have_no_band_but_their_own_dash_marker_and_name(two_desks, words):
    figure = trend_figure(two_desks, words)
    first, second = named(figure, "Desk 01")[0], named(figure, "Desk 02")[0]
    assert not named(figure, "80 % range")
    assert first.line.dash != second.line.dash
    assert set(first.marker.symbol) != set(second.marker.symbol)
    assert {"● Desk 01", "■ Desk 02"} <= {note.text for note in figure.layout.annotations}


def test_the_standard_is_a_line_across_the_chart_and_named_above_it(frame, words):
    figure = trend_figure(frame, words)
    line = named(figure, "minimum standard")[0]
    assert set(line.y) == {6.0}
    assert (line.x[0], line.x[-1]) == (-0.5, 3.5)
    assert figure.layout.title.text == "Send-outs for one fill"
    assert figure.layout.title.subtitle.text == "Lower is better; dashed: the standard, 6 : 1"


def test_a_ratio_without_a_standard_has_no_standard_line(frame, words):
    figure = trend_figure(frame.assign(standard=math.nan), words)
    assert not named(figure, "minimum standard")
    assert figure.layout.title.subtitle.text == "Lower is better; no standard"


def test_hover_text_has_both_counts_the_range_and_the_standard(frame, words):
    assert named(trend_figure(frame, words), "Desk 01")[0].hovertext[0] == (
        "<b>Desk 01</b>, August 2026<br>4.0 : 1 · 12 send-outs, 3 fills<br>likely between 3.0 and 6.0<br>within 6 : 1"
    )


def test_an_extreme_month_is_marked_at_the_edge_instead_of_flattening_the_rest(frame, words):
    wild = frame.assign(value=[4.0, None, 90.0, 6.0])
    marks = named(trend_figure(wild, words), "Desk 01, above the axis")[0]
    assert axis_top(wild) < 30
    assert list(marks.text) == ["90.0 : 1"]
    assert beyond(wild)["period"].tolist() == ["2026-10"]
    assert "Above the axis: Desk 01 October 2026 90.0 : 1." in describe_trend(wild, words)


def test_an_ordinary_spread_fits_the_axis(frame):
    assert axis_top(frame) > 7.0
    assert beyond(frame).empty


def test_names_are_literal_text_in_the_figure(frame, words):
    figure = trend_figure(frame.assign(unit="<a href='http://127.0.0.1/x'>b</a>"), words)
    assert figure.data[2].name == "&lt;a href='http://127.0.0.1/x'&gt;b&lt;/a&gt;"


def test_more_desks_than_can_be_told_apart_are_refused(frame, words):
    crowd = pd.concat([frame.assign(unit=f"Desk {number}") for number in range(6)])
    with pytest.raises(ValueError, match="at most 5"):
        trend_figure(crowd, words)


def test_labels_that_would_lie_on_each_other_move_apart_and_stay_inside():
    assert spread([1.0, 1.1, 5.0], gap=0.5, top=10) == [1.0, 1.5, 5.0]
    assert spread([9.8, 9.9], gap=0.5, top=10) == pytest.approx([9.5, 10])


def test_nothing_recorded_at_all_still_gives_axes(frame, words):
    empty = frame.assign(value=None, low=None, high=None, upstream=0, downstream=0)
    assert list(trend_figure(empty, words).layout.yaxis.range) == [0, axis_top(empty)]
    assert "Desk 01: no ratio in any period." in describe_trend(empty, words)


def test_the_alt_text_tells_what_the_chart_shows(frame, words):
    assert describe_trend(frame, words) == (
        "Send-out to fill, August 2026 to November 2026, lower is better; minimum standard 6 : 1. "
        "Desk 01: 6.0 : 1 · 6 send-outs, 1 fill (November 2026, still running; at least 3.0); "
        "within the standard in 2 of 3 periods, 1 without a ratio."
    )


def test_a_month_of_few_cases_is_a_small_pale_point_and_says_so(frame, words):
    line = named(trend_figure(frame, words), "Desk 01")[0]
    assert list(line.marker.size) == [9, 5, 9]
    assert list(line.marker.opacity) == [1.0, 0.55, 1.0]
    assert "few cases, so chance decides" in line.hovertext[1]
    assert "few cases" not in line.hovertext[0]


def test_the_more_periods_the_smaller_their_points(words):
    starts = pd.date_range("2025-12-01", periods=52, freq="7D")
    year = pd.DataFrame(
        {
            "unit": "Desk 01",
            "period": [f"{day.isocalendar().year}-W{day.isocalendar().week:02}" for day in starts],
            "period_start": starts,
            "upstream": 12,
            "downstream": 3,
            "value": 4.0,
            "low": 3.0,
            "high": 6.0,
            "standard": 6.0,
            "closed": True,
        }
    )
    assert set(named(trend_figure(year, words), "Desk 01")[0].marker.size) == {7}


def test_weeks_of_more_than_two_desks_are_thin_lines_with_a_marker_only_between_two_gaps(frame, words):
    weeks = frame.assign(period=["2026-W40", "2026-W41", "2026-W42", "2026-W43"], closed=True)
    three = pd.concat([weeks.assign(unit=f"Desk 0{number}") for number in (1, 2, 3)])
    line = named(trend_figure(three, words), "Desk 02")[0]
    assert list(line.marker.size) == [5, 0, 0, 0]
    assert line.line.width < 2
    two = named(trend_figure(three[three["unit"] != "Desk 03"], words), "Desk 02")[0]
    assert min(two.marker.size) > 0


def test_a_standard_that_changes_is_a_step_in_the_line(frame, words):
    changed = frame.assign(standard=[6.0, 6.0, 5.0, 5.0])
    line = named(trend_figure(changed, words), "minimum standard")[0]
    assert list(line.y) == [6.0, 6.0, 6.0, 5.0, 5.0, 5.0]
    assert line.line.shape == "hvh"
    assert trend_figure(changed, words).layout.title.subtitle.text == "Lower is better; dashed: the standard, 5 : 1"


def test_desks_with_standards_of_their_own_have_a_line_each_in_their_colour(two_desks, words):
    apart = two_desks.assign(standard=two_desks["unit"].map({"Desk 01": 6.0, "Desk 02": 4.5}))
    figure = trend_figure(apart, words)
    first, second = named(figure, "minimum standard")
    assert (set(first.y), set(second.y)) == ({6.0}, {4.5})
    assert first.line.color == named(figure, "Desk 01")[0].line.color
    assert second.line.color == named(figure, "Desk 02")[0].line.color
    assert figure.layout.title.subtitle.text == "Lower is better; dashed: the standard, 4.5 to 6 : 1"
    assert "minimum standard 4.5 to 6 : 1." in describe_trend(apart, words)


def test_numbers_at_the_edge_that_would_lie_on_each_other_are_left_to_the_table(frame, words):
    long = pd.concat([frame.assign(period_start=frame["period_start"] + pd.DateOffset(months=4 * n)) for n in range(3)])
    long = long.assign(period=[f"{day:%Y-%m}" for day in long["period_start"]], closed=True, value=4.0)
    long.loc[long["period"].isin(["2026-09", "2026-10", "2027-06"]), "value"] = 90.0
    marks = named(trend_figure(long, words), "Desk 01, above the axis")[0]
    assert list(marks.text) == ["", "90.0 : 1", "90.0 : 1"]
    assert len(marks.hovertext) == 3
