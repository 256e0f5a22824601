from __future__ import annotations

import pandas as pd
import pytest

from charts.survival import describe_reasons, describe_survival, reasons_figure, survival_figure

COLUMNS = ["day", "survival", "low", "high", "at_risk", "events"]
CURVE = pd.DataFrame(
    [
        [0, 1.0, 1.0, 1.0, 20, 0],
        [10, 0.9, 0.8, 0.95, 20, 2],
        [50, 0.8, None, None, 15, 1],
        [60, 0.8, None, None, 12, 0],
    ],
    columns=COLUMNS,
)
STEPS = pd.DataFrame(
    [["quit", 10, 0.1, 0.05, 0.2, 20], ["quit", 50, 0.2, 0.1, 0.3, 15], ["terminated", 50, 0.05, None, None, 15]],
    columns=["cause", "day", "incidence", "low", "high", "at_risk"],
)
NAMES = {"terminated": "let go", "quit": "quit", "converted": "converted"}


def lines(figure):
    return [trace for trace in figure.data if trace.fill is None]


def test_the_curve_steps_down_with_its_range_as_a_shade():
    figure = survival_figure({"All": CURVE}, (45, 120))
    [line] = lines(figure)
    assert line.line.shape == "hv"
    assert list(line.x) == [0, 10, 50, 60]
    assert list(line.y) == [1.0, 0.9, 0.8, 0.8]
    [shade] = [trace for trace in figure.data if trace.fill == "toself"]
    assert list(shade.x) == [0, 10, 10, 10, 10, 0]
    assert list(shade.y) == [1.0, 1.0, 0.95, 0.8, 1.0, 1.0]
    assert figure.layout.showlegend is False


def test_only_days_that_are_drawn_are_marked():
    figure = survival_figure({"All": CURVE}, (45, 120))
    assert [note.text for note in figure.layout.annotations] == ["day 45"]
    assert [shape.x0 for shape in figure.layout.shapes] == [45]


def test_pointing_at_a_step_tells_its_range_and_how_many_were_seen():
    [line] = lines(survival_figure({"All": CURVE}, ()))
    assert line.hovertext[1] == "All, day 10: 90 %, likely 80 to 95 %; 20 seen so long"
    assert line.hovertext[2] == "All, day 50: 80 %; 15 seen so long"


def test_several_curves_differ_in_colour_and_dash_and_are_named():
    figure = survival_figure({"All": CURVE, "Desk <b>01</b>": CURVE}, (45,))
    one, other = lines(figure)
    assert one.line.color != other.line.color
    assert one.line.dash != other.line.dash
    assert other.name == "Desk &lt;b&gt;01&lt;/b&gt;"
    assert figure.layout.showlegend is True


def test_the_curves_are_told_in_words():
    assert describe_survival({"All": CURVE, "Desk 01": CURVE.head(2)}) == (
        "Assignments without an early end since the start. All: 80 % without an early end by day 60; "
        "Desk 01: 90 % without an early end by day 10."
    )


def test_reasons_rise_from_nothing_in_the_order_of_their_names():
    figure = reasons_figure(STEPS, NAMES, (45,))
    assert [line.name for line in lines(figure)] == ["let go", "quit"]
    assert list(lines(figure)[1].y) == [0.0, 0.1, 0.2]
    assert figure.layout.yaxis.range == pytest.approx((0, 0.23))
    assert describe_reasons(STEPS, NAMES) == "Ended by day 50, by reason: let go, 5 %; quit, 20 %."


@pytest.mark.parametrize(("survival", "floor"), [(0.6, 0.5), (0.55, 0.0), (0.2, 0.0)])
def test_the_axis_begins_at_half_only_where_every_curve_stays_well_above(survival, floor):
    low = CURVE.assign(survival=[1.0, 0.9, survival, survival], low=None)
    figure = survival_figure({"All": CURVE, "Desk 01": low}, ())
    assert figure.layout.yaxis.range[0] == floor
