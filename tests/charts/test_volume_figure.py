from __future__ import annotations

import math

import pandas as pd
import pytest

from charts import describe_volume, trend_figure, volume_figure
from charts.template import period_axis, periods_of


def test_each_count_has_its_own_row_on_the_axis_of_the_trend(frame, words):
    figure = volume_figure(frame, words)
    upstream, downstream = figure.data
    assert list(upstream.y) == [12, 5, 14, 6]
    assert list(downstream.y) == [3, 0, 2, 1]
    assert (upstream.yaxis, downstream.yaxis) == ("y", "y2")
    assert figure.layout.xaxis2.ticktext == trend_figure(frame, words).layout.xaxis.ticktext


def test_a_period_that_still_runs_is_paler_and_says_so(frame, words):
    bars = volume_figure(frame, words).data[1]
    assert list(bars.marker.opacity) == [1.0, 1.0, 1.0, 0.45]
    assert bars.hovertext[3] == "<b>Desk 01</b>, November 2026 (still running)<br>1 fill"


def test_small_counts_are_marked_in_whole_numbers(frame, words):
    axes = volume_figure(frame, words).layout
    assert (axes.yaxis.dtick, axes.yaxis2.dtick) == (None, 1)
    assert list(volume_figure(frame.assign(downstream=0), words).layout.yaxis2.range) == [0, 1.1]


def test_several_desks_are_lines_that_differ_by_dash_and_marker(two_desks, words):
    lines = volume_figure(two_desks, words).data
    assert {line.type for line in lines} == {"scatter"}
    assert len({line.line.dash for line in lines}) == 2
    assert list(lines[0].marker.symbol)[-2:] == ["circle", "circle-open"]


def test_nothing_is_a_gap_and_not_zero_where_a_desk_was_not_there(two_desks, words):
    late = two_desks.assign(upstream=[0, 5, 14, 6, *[8] * 4], there=[False, *[True] * 7])
    calls = volume_figure(late, words).data[0]
    assert math.isnan(calls.y[0])
    assert list(calls.y[1:]) == [5, 14, 6]
    bars = volume_figure(late[late["unit"] == "Desk 01"], words).data[0]
    assert math.isnan(bars.y[0])


def test_both_figures_leave_the_same_room_at_the_sides(frame, two_desks, words):
    assert sides(trend_figure(frame, words)) == sides(volume_figure(frame, words))
    assert sides(trend_figure(two_desks, words)) == sides(volume_figure(two_desks, words))


def sides(figure):
    return figure.layout.margin.l, figure.layout.margin.r, figure.layout.yaxis.automargin


def test_the_alt_text_has_the_totals(two_desks, words):
    assert describe_volume(two_desks, words) == (
        "Send-outs and fills, August 2026 to November 2026. "
        "Desk 01: 37 send-outs, 6 fills. Desk 02: 32 send-outs, 8 fills."
    )


def test_a_year_of_weeks_keeps_few_labels_and_ends_with_the_last():
    starts = pd.date_range("2025-12-01", periods=52, freq="7D")
    names = [f"{start.isocalendar().year}-W{start.isocalendar().week:02}" for start in starts]
    axis = period_axis(periods_of(pd.DataFrame({"period": names, "period_start": starts, "closed": True})))
    assert len(axis["tickvals"]) == 5
    assert axis["tickvals"][-1] == 51
    assert axis["ticktext"][-1] == "23 Nov"
    assert axis["ticktext"][:2] == ["19 Jan<br>2026", "6 Apr"]


def test_quarters_are_labelled_by_number():
    frame = pd.DataFrame({"period": ["2026-Q3"], "period_start": [pd.Timestamp("2026-07-01")], "closed": [True]})
    assert period_axis(periods_of(frame))["ticktext"] == ["Q3<br>2026"]


@pytest.fixture
def usual() -> pd.DataFrame:
    """Ten send-outs a month were usual, four to sixteen by chance; in October more were a signal."""
    months = [f"2026-{month:02}" for month in range(8, 12)]
    none = [None] * 4
    frame = pd.DataFrame({"unit": "Desk 01", "side": "upstream", "period": months, "mean": 10.0, "lower": 4.0})
    told = frame.assign(upper=16.0, day=pd.to_datetime(["2026-10-31"] * 4), kind=none, text=none)
    told.loc[2, ["kind", "text"]] = ["good", "More send-outs than usual."]
    return told


def named(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def test_what_is_usual_is_a_line_between_its_limits_over_the_bars_of_its_side(frame, words, usual):
    figure = volume_figure(frame, words, usual)
    above = [trace for trace in figure.data if trace.yaxis == "y" and trace.type == "scatter" and len(trace.x)]
    assert [trace.y[0] for trace in above[:3]] == [10.0, 4.0, 16.0]
    assert [trace.line.dash for trace in above[:3]] == ["solid", "6px,4px", "6px,4px"]
    assert figure.layout.yaxis.range[1] > 16


def test_a_signal_of_the_volume_stands_above_its_bar_with_its_story(frame, words, usual):
    (mark,) = named(volume_figure(frame, words, usual), "raised")
    assert (list(mark.x), mark.marker.symbol) == ([2], ("triangle-up",))
    assert mark.y[0] > 14
    assert mark.hovertext == ("More send-outs than usual.",)


def test_the_side_without_usual_counts_keeps_its_bars_alone(frame, words, usual):
    drawn = [trace for trace in volume_figure(frame, words, usual).data if trace.yaxis == "y2"]
    assert [trace.type for trace in drawn] == ["bar"]


def test_the_alt_text_tells_the_signals_of_the_volume(frame, words, usual):
    assert describe_volume(frame, words, usual).endswith(
        "A signal: better, Desk 01, 31 Oct 2026: More send-outs than usual."
    )
    assert describe_volume(frame, words, usual.head(0)) == describe_volume(frame, words)
