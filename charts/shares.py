"""A share day by day or week by week, each with its range: how many of so many.

A frame holds one row a point, oldest first: ``day``, ``count``, ``of``, ``share``, ``low`` and ``high`` (0 to 1,
missing where ``of`` is 0: there was nothing to count, which is no zero).
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.template import NEUTRAL, SERIES, TEMPLATE

HEIGHT = 190
_MARGIN = {"l": 46, "r": 28, "t": 10, "b": 26}
_LINE = SERIES[0].color
#: Labels on the axis, at most.
_LABELS = 4


def share_figure(frame: pd.DataFrame) -> go.Figure:
    """The share of each point with its 80 % range as a whisker; a gap where there was nothing. Columns: above."""
    figure = go.Figure(layout={"template": TEMPLATE, "height": HEIGHT, "margin": _MARGIN})
    figure.add_trace(_points(frame))
    figure.update_xaxes(**_axis(frame))
    top = min(1.0, 1.1 * highest) if pd.notna(highest := frame["high"].max()) else 1.0
    figure.update_yaxes(range=[0, top], dtick=_step(top), tickformat=".0%", automargin=False)
    return figure


def _step(top: float) -> float:
    """A step that gives an axis two to five lines."""
    return next(step for step in (0.25, 0.1, 0.05, 0.01) if 2 * step <= top or step == 0.01)


def describe_share(frame: pd.DataFrame, name: str) -> str:
    """The same in words: the first and the last share with their counts, and how many points have none."""
    known = frame[frame["of"] > 0]
    if known.empty:
        return f"{name}: nothing to count in any of the {len(frame)} weeks."
    first, last = (_said(row) for row in (known.iloc[0], known.iloc[-1]))
    empty = len(frame) - len(known)
    gaps = f" {empty} of {len(frame)} have nothing to count." if empty else ""
    return f"{name}, from {first} to {last}.{gaps}"


def _said(row: Any) -> str:
    return f"{100 * row['share']:.0f} % ({row['count']:,} of {row['of']:,}) on {_day(row['day'])}"


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"


def _hover(row: dict[Any, Any]) -> str:
    return f"{_day(row['day'])}: {100 * row['share']:.0f} %, {row['count']:,} of {row['of']:,}" if row["of"] else ""


def _points(frame: pd.DataFrame) -> go.Scatter:
    share = frame["share"].astype(float)
    return go.Scatter(
        x=frame["day"],
        y=share,
        mode="lines+markers",
        connectgaps=False,
        line={"color": _LINE, "width": 2},
        marker={"color": _LINE, "size": 7},
        error_y={
            "symmetric": False,
            "array": (frame["high"] - share).clip(lower=0),
            "arrayminus": (share - frame["low"]).clip(lower=0),
            "color": NEUTRAL,
            "thickness": 1.2,
            "width": 3,
        },
        hovertext=[_hover(row) for row in frame.to_dict("records")],
        hoverinfo="text",
    )


def _axis(frame: pd.DataFrame) -> dict[str, object]:
    every = -(-len(frame) // _LABELS)
    days = list(frame["day"].iloc[(len(frame) - 1) % every :: every]) if every else []
    return {
        "tickvals": days,
        "ticktext": [f"{day.day} {day:%b}" for day in days],
        "tickangle": 0,
        "automargin": False,
        "showgrid": False,
    }
