"""Everyone on assignment by the day of the assignment: how much their signs weigh, the first 45 days marked.

A frame holds one row a contractor: ``contractor``, ``day`` (since the start), ``points`` and ``level`` (act, watch or
calm).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd
import plotly.graph_objects as go

from charts.template import LEFT, NEUTRAL, RIGHT, SERIES, SHADE, TEMPLATE

WINDOW = 45
#: Told apart by colour and by shape, as on the cards.
_LOOKS: Mapping[str, tuple[str, str]] = {
    "act": (SERIES[1].color, "triangle-up"),
    "watch": (SERIES[0].color, "circle"),
    "calm": (NEUTRAL, "circle-open"),
}


def care_days_figure(frame: pd.DataFrame) -> go.Figure:
    """A mark for each contractor: to the right the longer on assignment, upwards the more it weighs."""
    # In one go: a figure that is put together piece by piece is checked anew with each.
    traces = [_marks(frame[frame["level"] == level], level) for level in _LOOKS]
    layout = {"template": TEMPLATE, "height": 280, "showlegend": True, "legend": _LEGEND, "shapes": _FIRST_DAYS}
    axes = {
        "xaxis": {
            "title": {"text": "Day of the assignment"},
            "tickvals": _days(frame),
            "range": [-2, _last(frame) + 4],
        },
        "yaxis": {"title": {"text": "Points"}, "range": [-0.4, max(frame["points"].max(), 4) + 0.7]},
    }
    return go.Figure(traces, layout | axes | {"margin": {"l": LEFT, "r": RIGHT, "t": 36, "b": 8}})


def describe_care_days(frame: pd.DataFrame) -> str:
    """The same in words: how many of each level are in the first 45 days, and how many are past them."""
    parts = [f"{name} {_counted(part)}" for name, part in _parts(frame).items()]
    return f"Contractors on assignment. {'; '.join(parts)}."


#: The first days, shaded, and the line at their end.
_FIRST_DAYS = (
    {
        "type": "rect", "x0": 0, "x1": WINDOW, "y0": 0, "y1": 1, "yref": "y domain",
        "fillcolor": SHADE, "line": {"width": 0}, "layer": "below",
    },
    {
        "type": "line", "x0": WINDOW, "x1": WINDOW, "y0": 0, "y1": 1, "yref": "y domain",
        "line": {"width": 1.5, "dash": "dash", "color": NEUTRAL},
    },
)  # fmt: skip
_LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal", "itemclick": False}


def _parts(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    new = frame["day"] <= WINDOW
    return {f"In the first {WINDOW} days:": frame[new], "later:": frame[~new]}


def _counted(part: pd.DataFrame) -> str:
    return ", ".join(f"{int((part['level'] == level).sum())} {level}" for level in _LOOKS)


def _marks(part: pd.DataFrame, level: str) -> go.Scatter:
    color, symbol = _LOOKS[level]
    said = [f"{escape(str(row.contractor))}: {level}, day {row.day}" for row in part.itertuples()]
    return go.Scatter(
        x=part["day"].astype(float).tolist(),
        y=part["points"].astype(float).tolist(),
        mode="markers",
        name=level.capitalize(),
        marker={"color": color, "symbol": symbol, "size": 10, "opacity": 0.85},
        hovertext=said,
        hoverinfo="text",
    )


def _end(frame: pd.DataFrame) -> int:
    return _last(frame) + 4


def _last(frame: pd.DataFrame) -> int:
    return max(int(frame["day"].max()), 2 * WINDOW)


def _days(frame: pd.DataFrame) -> list[int]:
    """Day 45 and 120 by name, and round days after them as far as anybody has come."""
    return [0, WINDOW, *(day for day in (120, 240, 365, 730) if day <= _last(frame))]
