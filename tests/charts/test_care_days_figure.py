from __future__ import annotations

import pandas as pd

from charts.care_days import WINDOW, care_days_figure, describe_care_days

FRAME = pd.DataFrame(
    {
        "contractor": ["Avery <b>Sample</b>", "Blake Sample", "Casey Sample", "Drew Sample"],
        "day": [19, 175, 45, 3],
        "points": [5.0, 2.5, 0.0, 0.0],
        "level": ["act", "watch", "calm", "calm"],
    }
)


def test_every_contractor_is_one_mark_at_the_day_and_the_points():
    marks = {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in care_days_figure(FRAME).data}
    assert marks == {"Act": [(19, 5)], "Watch": [(175, 2.5)], "Calm": [(45, 0), (3, 0)]}


def test_levels_are_told_apart_by_shape_and_by_colour():
    traces = care_days_figure(FRAME).data
    assert len({trace.marker.symbol for trace in traces}) == 3
    assert len({trace.marker.color for trace in traces}) == 3


def test_the_first_45_days_are_marked():
    figure = care_days_figure(FRAME)
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(0, WINDOW), (WINDOW, WINDOW)]
    assert list(figure.layout.xaxis.tickvals) == [0, 45, 120]


def test_the_axes_hold_all_of_them():
    layout = care_days_figure(FRAME).layout
    assert layout.xaxis.range[1] > 175
    assert layout.yaxis.range[1] > 5
    assert care_days_figure(FRAME.tail(1)).layout.xaxis.range[1] > 2 * WINDOW


def test_names_are_text_only():
    assert care_days_figure(FRAME).data[0].hovertext == ("Avery &lt;b&gt;Sample&lt;/b&gt;: act, day 19",)


def test_the_same_in_words():
    assert describe_care_days(FRAME) == (
        "Contractors on assignment. In the first 45 days: 1 act, 0 watch, 2 calm; later: 0 act, 1 watch, 0 calm."
    )
