"""How much happened: the two counts of a ratio, each on its own scale."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.template import TEMPLATE, Series, long_label, period_axis, periods_of, plain, styles
from charts.words import Words
from quality.words import count_in_words

ROWS = ((1, "upstream"), (2, "downstream"))


def volume_figure(frame: pd.DataFrame, words: Words) -> go.Figure:
    """Two rows of bars on the x axis of the trend: upstream above, downstream below; paler while a period still runs.

    Columns: see the package.
    """
    titles = (words.upstream[1].capitalize(), words.downstream[1].capitalize())
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.16, subplot_titles=titles)
    rows = frame.merge(periods_of(frame)[["period", "x"]], on="period").sort_values("x")
    for unit, style in styles(list(dict.fromkeys(frame["unit"]))).items():
        own = rows[rows["unit"] == unit]
        for place, column in ROWS:
            figure.add_trace(_bars(own, column, style, words), row=place, col=1)
    figure.update_layout(template=TEMPLATE, height=360, barmode="group")
    figure.update_annotations(x=0, xanchor="left", font={"size": 14})
    figure.update_xaxes(**period_axis(periods_of(frame)))
    figure.update_yaxes(nticks=4, tickformat=",d")
    return figure


def _bars(rows: pd.DataFrame, column: str, style: Series, words: Words) -> go.Bar:
    texts = [
        f"<b>{plain(row['unit'])}</b>, {long_label(row['period'], row['period_start'])}"
        f"{'' if row['closed'] else ' (still running)'}<br>{count_in_words(row[column], getattr(words, column))}"
        for _, row in rows.iterrows()
    ]
    return go.Bar(
        x=rows["x"],
        y=rows[column].astype(int),
        name=plain(rows["unit"].iloc[0]),
        marker={
            "color": style.color,
            "opacity": [1.0 if closed else 0.45 for closed in rows["closed"]],
            "pattern": {"shape": style.pattern, "fillmode": "overlay", "size": 6},
        },
        hovertext=texts,
        hoverinfo="text",
    )
