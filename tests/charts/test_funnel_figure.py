"""Desks compared on one ratio: ten times a tenth, and one that is far better."""

from __future__ import annotations

import pandas as pd
import pytest

from charts import describe_funnel, funnel_figure
from charts.funnel import axis_top
from charts.words import Words
from quality.comparison import PLACES, comparison

CALLS = Words("Call to hit", ("call", "calls"), ("hit", "hits"))


def rows(*counts: tuple[str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(counts, columns=["unit", "upstream", "downstream"]).assign(ratio="call_to_hit")
    return frame.assign(value=frame["upstream"] / frame["downstream"].where(frame["downstream"] > 0))


@pytest.fixture
def compared():
    usual = [(f"Desk {number:02}", 200, 20) for number in range(1, 6)]
    return comparison(rows(*usual, ("Desk 06", 200, 60), ("Desk 07", 20, 0)), "call_to_hit")


def named(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def points(figure):
    return [trace for trace in figure.data if trace.name in PLACES.values()]


def test_every_desk_is_a_point_at_its_cases_and_its_ratio(compared):
    drawn = {
        hover.split("<")[1][2:]: (x, y)
        for trace in points(funnel_figure(compared, CALLS))
        for hover, x, y in zip(trace.hovertext, trace.x, trace.y, strict=True)
    }
    assert len(drawn) == 7
    assert drawn["Desk 01"] == (200, 10.0)
    assert drawn["Desk 06"][0] == 200


def test_a_desk_that_chance_does_not_explain_has_a_shape_of_its_own(compared):
    (best,) = named(funnel_figure(compared, CALLS), PLACES[2])
    assert best.marker.symbol == "triangle-up"
    assert list(best.text) == ["Desk 06"]
    assert best.hovertext[0].endswith("much better than chance explains")


def test_a_desk_without_a_single_success_stands_at_the_upper_edge(compared):
    figure = funnel_figure(compared, CALLS)
    (y,) = [y for trace in points(figure) for x, y in zip(trace.x, trace.y, strict=True) if x == 20]
    assert y == pytest.approx(0.97 * axis_top(compared))
    assert y < figure.layout.yaxis.range[1]


def test_the_limits_narrow_to_the_right_around_the_common_ratio(compared):
    figure = funnel_figure(compared, CALLS)
    (common,), (band,) = named(figure, "all together"), named(figure, "19 of 20 by chance")
    upper, lower = band.y[: len(band.y) // 2], band.y[: len(band.y) // 2 - 1 : -1]
    assert list(common.y) == [compared.common] * 2
    assert lower[0] < lower[-1] < compared.common < upper[-1] < upper[0]
    assert named(figure, "499 of 500 by chance")[0].y[-1] < lower[-1]


def test_no_two_names_stand_in_the_same_place(compared):
    shown = [name for trace in points(funnel_figure(compared, CALLS)) for name in trace.text if name]
    assert 2 <= len(shown) < 7


def test_names_are_literal_text():
    compared = comparison(rows(("<b>x</b>", 200, 60), ("Desk 01", 200, 20), ("Desk 02", 210, 20)), "call_to_hit")
    drawn = [name for trace in points(funnel_figure(compared, CALLS)) for name in (*trace.text, *trace.hovertext)]
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn
    assert not [name for name in drawn if "<b>x</b>" in name]


def test_the_alt_text_names_who_differs_and_by_how_much(compared):
    assert describe_funnel(compared, CALLS) == (
        "Call to hit of 7, together 7.6 : 1, lower is better. "
        "Desk 06 3.3 : 1 · 200 calls, 60 hits: much better than chance explains."
    )


def test_the_alt_text_says_where_nobody_differs():
    compared = comparison(rows(("Desk 01", 50, 5), ("Desk 02", 60, 6), ("Desk 03", 40, 5)), "call_to_hit")
    assert describe_funnel(compared, CALLS).endswith("No difference is more than chance explains.")


def test_fewer_than_three_are_not_compared():
    assert comparison(rows(("Desk 01", 50, 5), ("Desk 02", 60, 6)), "call_to_hit") is None
