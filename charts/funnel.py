"""Desks on one ratio by how many cases they had: which of them differ by more than chance explains."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.labels import free_places
from charts.template import NAME_LENGTH, NAME_SIZE, NEUTRAL, TEMPLATE, band, plain
from charts.words import Words, value_text
from quality.comparison import PLACES, Comparison
from quality.words import n_to_one

#: In pixels: the room inside the axes for which names are placed, wider than on a phone and narrower than on a desk.
ROOM = (560.0, 290.0)
#: How many times the common ratio the axis reaches; what lies above stands at its edge.
REACH = 3.0
_SYMBOLS = {2: "triangle-up", 1: "triangle-up-open", 0: "circle-open", -1: "triangle-down-open", -2: "triangle-down"}
_COLORS = {2: "#1B9268", 1: "#1B9268", 0: "#2A84C6", -1: "#C8660A", -2: "#C8660A"}


def funnel_figure(compared: Comparison, words: Words) -> go.Figure:
    """A point a unit, the common ratio as a line and, narrowing to the right, the limits of chance around it.

    Units without a single downstream event, or far above, stand at the upper edge.
    """
    top = axis_top(compared)
    figure = go.Figure(layout={"template": TEMPLATE, "height": 420})
    figure.add_traces([_between(compared.lines, top), *_limits(compared.lines, top), _common(compared)])
    points = _named(compared, top)
    for place in PLACES:
        rows = points[points["place"] == place]
        if len(rows):
            figure.add_trace(_points(rows, place, words))
    figure.update_xaxes(title=words.upstream[1].capitalize(), range=[0, _right(compared)], tickformat=",d", nticks=6)
    figure.update_yaxes(range=[0, top], ticksuffix=" : 1", automargin=False)
    figure.update_layout(title=_title(compared, words), margin={"l": 58, "r": 16})
    return figure


def describe_funnel(compared: Comparison, words: Words) -> str:
    """What the figure shows, in words: the common ratio, and who differs by more than chance explains."""
    said = [
        f"{row['unit']} {_value(row, words)}: {PLACES[row['place']]}."
        for row in compared.points.to_dict("records")
        if row["place"]
    ]
    opening = f"{words.title} of {len(compared.points)}, together {n_to_one(compared.common)}, lower is better."
    return " ".join([opening, *(said or ["No difference is more than chance explains."])])


def axis_top(compared: Comparison) -> float:
    """The upper end of the axis in n : 1."""
    highest = compared.points["value"].max()
    most = compared.common * REACH
    return float(most if pd.isna(highest) else min(max(highest * 1.15, compared.common * 1.6), most))


def _right(compared: Comparison) -> float:
    return float(compared.points["upstream"].max()) * 1.12


def _title(compared: Comparison, words: Words) -> dict[str, object]:
    return {
        "text": f"{words.upstream[1].capitalize()} for one {words.downstream[0]}",
        "subtitle": {"text": f"Lower is better; line: all together, {n_to_one(compared.common)}", "font": {"size": 13}},
    }


def _value(row: Mapping[Hashable, Any], words: Words) -> str:
    return value_text(row["upstream"], row["downstream"], row["value"], words)


def _between(lines: pd.DataFrame, top: float) -> go.Scatter:
    """Where nineteen of twenty lie by chance."""
    high, low = (_clipped(lines[name], top) for name in ("near_high", "near_low"))
    return band(lines["upstream"].tolist(), high, low, "19 of 20 by chance")


def _limits(lines: pd.DataFrame, top: float) -> list[go.Scatter]:
    return [
        go.Scatter(
            x=lines["upstream"],
            y=lines[name].astype(float).where(lines[name].astype(float) <= top),
            mode="lines",
            line={"color": NEUTRAL, "width": 1.5, "dash": "6px,4px"},
            hoverinfo="skip",
            name="499 of 500 by chance",
        )
        for name in ("far_low", "far_high")
    ]


def _clipped(values: pd.Series, top: float) -> list[float]:
    return values.astype(float).fillna(top).clip(upper=top).tolist()


def _common(compared: Comparison) -> go.Scatter:
    return go.Scatter(
        x=[0, _right(compared)],
        y=[compared.common] * 2,
        mode="lines",
        line={"color": NEUTRAL, "width": 2},
        hoverinfo="skip",
        name="all together",
    )


def _named(compared: Comparison, top: float) -> pd.DataFrame:
    """The points with ``y``, ``name`` and ``beside``: a name only where it fits, those that differ most first."""
    points = compared.points.assign(y=compared.points["value"].astype(float).fillna(top).clip(upper=top * 0.97))
    first = points.sort_values("place", key=abs, ascending=False, kind="stable")
    right, (width, height) = _right(compared), ROOM
    at = [(width * x / right, height * (1 - y / top)) for x, y in zip(first["upstream"], first["y"], strict=True)]
    names = [plain(unit, NAME_LENGTH) for unit in first["unit"]]
    beside = free_places(at, [unit[:NAME_LENGTH] for unit in first["unit"]], ROOM, int((first["place"] != 0).sum()))
    shown = [name if place else "" for name, place in zip(names, beside, strict=True)]
    return first.assign(name=shown, beside=[place or "top center" for place in beside])


def _points(rows: pd.DataFrame, place: int, words: Words) -> go.Scatter:
    texts = [
        f"<b>{plain(row['unit'])}</b><br>{_value(row, words)}<br>{PLACES[place]}" for row in rows.to_dict("records")
    ]
    return go.Scatter(
        x=rows["upstream"],
        y=rows["y"],
        mode="markers+text",
        marker={"symbol": _SYMBOLS[place], "size": 11, "color": _COLORS[place], "line": {"width": 2}},
        text=rows["name"].tolist(),
        textposition=rows["beside"].tolist(),
        textfont={"size": NAME_SIZE},
        hovertext=texts,
        hoverinfo="text",
        name=PLACES[place],
    )
