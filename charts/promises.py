"""How promises were kept week by week: bars of what was kept, late and overdue, with the share kept above each.

A frame holds one row a week, the earliest first: ``week`` (its Monday), ``kept``, ``late`` and ``overdue`` (counts of
what fell due in it).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from charts.template import LEFT, NEUTRAL, RIGHT, SERIES, TEMPLATE
from quality.kept import FATES

#: Told apart by colour and by pattern.
_LOOKS: Mapping[str, tuple[str, str]] = {
    "kept": (SERIES[2].color, ""),
    "late": (SERIES[1].color, "/"),
    "overdue": (NEUTRAL, "x"),
}
_LABELS = 4


def promises_figure(frame: pd.DataFrame) -> go.Figure:
    """Stacked bars, a bar a week; the number above is the share kept in per cent. Columns: see the module."""
    figure = go.Figure(layout={"template": TEMPLATE, "height": 320, "barmode": "stack"})
    figure.add_traces([_bars(frame, fate) for fate in FATES])
    figure.add_trace(_shares(frame))
    figure.update_xaxes(**_axis(frame))
    figure.update_yaxes(range=[0, 1.15 * max(_due(frame).max(), 1)], tickformat=",d")
    figure.update_layout(margin={"l": LEFT, "r": RIGHT, "t": 44, "b": 8}, legend=_LEGEND, showlegend=True)
    return figure


def describe_promises(frame: pd.DataFrame) -> str:
    """The same in words: the first and the last week with anything due, and the best and the worst between."""
    known = frame[_due(frame) > 0]
    if known.empty:
        return "Nothing fell due in these weeks."
    share = known["kept"] / _due(known)
    named = {"First": known.index[0], "last": known.index[-1], "best": share.idxmax(), "worst": share.idxmin()}
    said = "; ".join(f"{name} {_said(frame.loc[at])}" for name, at in named.items())
    return f"Promises kept in time, by the week they fell due. {said}."


_LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal", "itemclick": False}


def _due(frame: pd.DataFrame) -> pd.Series:
    return frame[list(FATES)].sum(axis="columns")


def _bars(frame: pd.DataFrame, fate: str) -> go.Bar:
    color, shape = _LOOKS[fate]
    return go.Bar(
        x=list(range(len(frame))),
        y=frame[fate].tolist(),
        name=fate.capitalize(),
        marker={"color": color, "pattern": {"shape": shape, "size": 6, "solidity": 0.35}},
        hovertext=[_said(row) for _, row in frame.iterrows()],
        hoverinfo="text",
    )


def _shares(frame: pd.DataFrame) -> go.Scatter:
    due = _due(frame)
    shown = [f"{100 * kept / all_:.0f}" if all_ else "" for kept, all_ in zip(frame["kept"], due, strict=True)]
    return go.Scatter(
        x=list(range(len(frame))),
        y=due.tolist(),
        text=shown,
        mode="text",
        textposition="top center",
        textfont={"size": 12},
        hoverinfo="skip",
        showlegend=False,
        name="share kept",
    )


def _axis(frame: pd.DataFrame) -> dict[str, object]:
    places = list(range(len(frame)))[:: -(-len(frame) // _LABELS) or 1]
    weeks = [frame["week"].iloc[place] for place in places]
    return {"tickvals": places, "ticktext": [f"{week.day} {week:%b}" for week in weeks], "tickangle": 0}


def _said(row: pd.Series) -> str:
    kept, late, overdue = (int(row[fate]) for fate in FATES)
    due, week = kept + late + overdue, row["week"]
    share = f", {100 * kept / due:.0f} % kept" if due else ""
    return f"week of {week.day} {week:%b %Y}: {kept:,} kept, {late:,} late, {overdue:,} overdue{share}"
