"""Why offers were declined: a bar for each reason.

The frame holds one row a reason, the most frequent first: ``reason`` (plain text out of a file) and ``offers``.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.template import NAME_SIZE, NEUTRAL, SERIES, TEMPLATE, plain
from quality.words import count_in_words

#: In pixels: a bar with the room around it, and what stands around the bars.
_BAR, _AROUND = 34, 24
#: Letters of a reason.
_NAME = 22
_OFFERS = ("offer", "offers")


def reasons_figure(frame: pd.DataFrame, unknown: str) -> go.Figure:
    """A bar a reason with its number at the end, in the order of the frame; ``unknown`` is no reason, and grey."""
    figure = go.Figure(layout={"template": TEMPLATE, "height": _AROUND + _BAR * len(frame)})
    colors = [NEUTRAL if reason == unknown else SERIES[0].color for reason in frame["reason"]]
    figure.add_trace(
        go.Bar(
            x=frame["offers"],
            y=list(range(len(frame))),
            orientation="h",
            marker={"color": colors},
            text=[f"{offers:,}" for offers in frame["offers"]],
            textposition="outside",
            cliponaxis=False,
            hovertext=[_said(row) for row in frame.to_dict("records")],
            hoverinfo="text",
        )
    )
    names = [plain(reason, _NAME) for reason in frame["reason"]]
    figure.update_xaxes(visible=False, range=[0, float(frame["offers"].max()) * 1.15])
    figure.update_yaxes(
        tickvals=list(range(len(frame))),
        ticktext=names,
        range=[len(frame) - 0.5, -0.5],
        rangemode="normal",
        showgrid=False,
        automargin=True,
        tickfont={"size": NAME_SIZE},
    )
    figure.update_layout(margin={"l": 8, "r": 24, "t": 8, "b": 8})
    return figure


def describe_reasons(frame: pd.DataFrame) -> str:
    """The same in words: every reason with its number."""
    return f"Why offers were declined: {'; '.join(_plainly(row) for row in frame.to_dict('records'))}."


def _said(row: dict) -> str:
    return f"<b>{plain(row['reason'])}</b><br>{count_in_words(row['offers'], _OFFERS)}"


def _plainly(row: dict) -> str:
    return f"{row['reason']}, {count_in_words(row['offers'], _OFFERS)}"
