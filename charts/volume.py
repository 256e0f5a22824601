"""How much happened: the two counts of a ratio, each on its own scale."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.notes import LOOKS, wrapped
from charts.template import (
    NEUTRAL,
    TEMPLATE,
    Series,
    is_crowded,
    long_label,
    period_axis,
    periods_of,
    plain,
    sides,
    styles,
    thin_out,
)
from charts.words import Words
from quality.words import count_in_words

#: Up to this count every whole number gets its mark.
FEW = 4

ROWS = ((1, "upstream"), (2, "downstream"))


def volume_figure(frame: pd.DataFrame, words: Words, usual: pd.DataFrame | None = None) -> go.Figure:
    """Two rows on the x axis of the trend, upstream above downstream: bars for one unit, lines for several.

    What still runs is paler or hollow. ``usual`` has what is usual for the one unit drawn, as lines over its bars:
    ``side`` (upstream or downstream), ``period``, ``mean``, ``lower``, ``upper`` (counts) and, where a signal was
    raised in that period, ``text`` (its story), ``kind`` (bad or good) and ``day``. Columns of the frame: see the
    package.
    """
    titles = (words.upstream[1].capitalize(), words.downstream[1].capitalize())
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.16, subplot_titles=titles)
    rows = frame.merge(periods_of(frame)[["period", "x"]], on="period").sort_values("x")
    looks = styles(list(dict.fromkeys(frame["unit"])))
    draw = _bars if len(looks) == 1 else _line
    for unit, style in looks.items():
        own = rows[rows["unit"] == unit]
        for place, column in ROWS:
            figure.add_trace(draw(own, column, style, words), row=place, col=1)
    if is_crowded(frame):
        thin_out(figure)
    if usual is not None and len(usual):
        _add_usual(figure, usual.merge(rows[["period", "x", "upstream", "downstream"]], on="period").sort_values("x"))
    figure.update_layout(template=TEMPLATE, height=340, margin={"t": 28, **sides(list(looks))})
    figure.update_annotations(x=0, xanchor="left", font={"size": 14})
    figure.update_xaxes(**period_axis(periods_of(frame)))
    figure.update_yaxes(nticks=4, tickformat=",d", automargin=False)
    for place, column in ROWS:
        figure.update_yaxes(_whole_steps(_highest(frame, column, usual)), row=place)
    return figure


def _highest(frame: pd.DataFrame, column: str, usual: pd.DataFrame | None) -> int:
    counts = int(frame[column].max())
    limits = [] if usual is None else usual.loc[usual["side"] == column, "upper"].dropna().tolist()
    return int(max([counts, *limits]))


def _add_usual(figure: go.Figure, usual: pd.DataFrame) -> None:
    """The usual count as a line, its limits dashed, and a mark where a signal was raised."""
    for place, column in ROWS:
        own = usual[usual["side"] == column]
        if own.empty:
            continue
        for name in ("mean", "lower", "upper"):
            figure.add_trace(_limit(own, name), row=place, col=1)
        raised = own[own["text"].notna()]
        if len(raised):
            figure.add_trace(_raised(raised, column), row=place, col=1)


def _limit(own: pd.DataFrame, name: str) -> go.Scatter:
    dash = "solid" if name == "mean" else "6px,4px"
    return go.Scatter(
        x=own["x"],
        y=own[name],
        mode="lines",
        line={"color": NEUTRAL, "width": 1.5, "dash": dash, "shape": "hvh"},
        hoverinfo="skip",
        name="usual" if name == "mean" else "limit of the usual",
    )


def _raised(own: pd.DataFrame, column: str) -> go.Scatter:
    return go.Scatter(
        x=own["x"],
        y=own[column].astype(float) + 0.1 * float(own["upper"].max()),
        mode="markers",
        marker={"symbol": [LOOKS[kind].symbol for kind in own["kind"]], "size": 12, "color": NEUTRAL},
        hovertext=[wrapped(text) for text in own["text"]],
        hoverinfo="text",
        name="raised",
    )


def _whole_steps(highest: int) -> dict[str, object]:
    """An axis for counts: no marks between whole numbers."""
    return {"range": [0, 1.1 * max(highest, 1)], "dtick": 1 if highest <= FEW else None}


def _bars(rows: pd.DataFrame, column: str, style: Series, words: Words) -> go.Bar:
    opacity = [1.0 if closed else 0.45 for closed in rows["closed"]]
    return go.Bar(**_shared(rows, column, words), marker={"color": style.color, "opacity": opacity})


def _line(rows: pd.DataFrame, column: str, style: Series, words: Words) -> go.Scatter:
    symbols = [f"{style.marker}{'' if closed else '-open'}" for closed in rows["closed"]]
    return go.Scatter(
        **_shared(rows, column, words),
        mode="lines+markers",
        line={"color": style.color, "width": 2, "dash": style.dash},
        marker={"color": style.color, "symbol": symbols, "size": 7},
    )


def _shared(rows: pd.DataFrame, column: str, words: Words) -> dict[str, object]:
    """What bars and lines have in common: places, counts, name and hover texts."""
    texts = [
        f"<b>{plain(row['unit'])}</b>, {long_label(row['period'], row['period_start'])}"
        f"{'' if row['closed'] else ' (still running)'}<br>{count_in_words(row[column], getattr(words, column))}"
        for _, row in rows.iterrows()
    ]
    name = plain(rows["unit"].iloc[0])
    counts = rows[column].astype(float).where(rows["there"])
    return {"x": rows["x"], "y": counts, "name": name, "hovertext": texts, "hoverinfo": "text"}
