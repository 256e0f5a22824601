"""Small figures that stand beside words: one ratio of one desk, and the pace of one activity.

A frame of ratios holds one row a week, oldest first: ``week`` (its Monday), ``upstream``, ``downstream``, ``weeks``
(how many the ratio was judged on), ``value`` and ``standard`` (n of ``n : 1``, value missing where there is none) and
``kind``, that of the signal raised then, else missing. A frame of paces: ``week``, ``value`` (a full week; missing
where the desk was away), ``mean``, ``lower``, ``upper`` and ``fired`` (a word where the week stands out, else missing).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.template import NEUTRAL, SERIES, TEMPLATE, band
from charts.words import Words, standard_text, value_text
from quality.words import n_to_one

HEIGHT, PACE_HEIGHT = 112, 240
#: Room left and right, in pixels: the numbers of the axis, and half a label.
_MARGIN = {"l": 30, "r": 32, "t": 6, "b": 24}
_LINE = SERIES[0].color
#: A signal is told by its shape: one that points down is worse, one that points up is better.
_SIGNALS: Mapping[str, tuple[str, str]] = {
    "slump": ("triangle-down", "got worse"),
    "below_standard": ("triangle-down", "below standard"),
    "surge": ("triangle-up", "got better"),
    "above_standard": ("triangle-up", "better than standard"),
}
_RAISED = SERIES[1].color
#: A value further above the usual than this is drawn at the edge.
_FAR = 2.5


def small_figure(frame: pd.DataFrame, words: Words) -> go.Figure:
    """The ratio week by week over its dashed standard, with a triangle in each week that raised a signal.

    A gap is a week without a ratio. Columns: see the module.
    """
    top = _top(frame)
    figure = go.Figure(layout={"template": TEMPLATE, "height": HEIGHT, "margin": _MARGIN})
    figure.add_trace(_standard(frame))
    figure.add_trace(_ratio(frame, words, top))
    figure.add_trace(_raised(frame, words, top))
    figure.update_xaxes(**_ends(frame))
    figure.update_yaxes(range=[0, top], nticks=3, tickfont={"size": 11}, automargin=False)
    return figure


def describe_small(frame: pd.DataFrame, words: Words) -> str:
    """The same in words: the first and the last ratio, the standard, the weeks with a signal."""
    known = frame.dropna(subset=["value"])
    if known.empty:
        return f"{words.title}: no ratio in any of the {len(frame)} weeks."
    first, last = known.iloc[0], known.iloc[-1]
    raised = frame.dropna(subset=["kind"])
    marks = [f"{_SIGNALS[kind][1]} in the week of {_day(week)}" for kind, week in _pairs(raised)]
    told = f" Signals: {'; '.join(marks)}." if marks else ""
    return (
        f"{words.title}, from {n_to_one(first['value'])} in the week of {_day(first['week'])} to "
        f"{n_to_one(last['value'])} in the week of {_day(last['week'])}; minimum standard "
        f"{standard_text(last['standard'])}, lower is better.{told}"
    )


def pace_figure(frame: pd.DataFrame, words: tuple[str, str]) -> go.Figure:
    """An activity per full week over its usual, with the band of ordinary weeks; squares stand out. Columns: above."""
    figure = go.Figure(layout={"template": TEMPLATE, "height": PACE_HEIGHT, "margin": _MARGIN | {"l": 38}})
    figure.add_traces([_band(frame), _usual(frame), _pace(frame, words), _standing_out(frame, words)])
    figure.update_xaxes(**_ends(frame))
    figure.update_yaxes(rangemode="tozero", nticks=4, automargin=False)
    return figure


def describe_pace(frame: pd.DataFrame, words: tuple[str, str]) -> str:
    """The same in words: the usual, what ordinary weeks lie between, the last week, how many stood out."""
    if frame.empty:
        return f"{words[1].capitalize()}: too few weeks for a chart."
    last = frame.dropna(subset=["value"]).iloc[-1]
    return (
        f"{words[1].capitalize()} a full week: usually {last['mean']:.0f}, an ordinary week between "
        f"{last['lower']:.0f} and {last['upper']:.0f}; {last['value']:.0f} in the week of {_day(last['week'])}; "
        f"{int(frame['fired'].notna().sum())} of {len(frame)} weeks stood out."
    )


def _pairs(raised: pd.DataFrame) -> list[tuple[Any, Any]]:
    return list(zip(raised["kind"], raised["week"], strict=True))


def _day(week: pd.Timestamp) -> str:
    return f"{week.day} {week:%b %Y}"


def _top(frame: pd.DataFrame) -> float:
    values, standard = frame["value"].dropna(), float(frame["standard"].max())
    usual = max([standard, *([float(values.median())] if len(values) else [])])
    return min(max([standard, *values]) * 1.15, usual * _FAR)


def _ends(frame: pd.DataFrame) -> dict[str, object]:
    """An axis that names its first and its last week."""
    weeks = [frame["week"].iloc[0], frame["week"].iloc[-1]]
    return {
        "tickvals": weeks,
        "ticktext": [f"{week.day} {week:%b %y}" for week in weeks],
        "ticklabelposition": "outside",
        "tickfont": {"size": 11},
        "tickangle": 0,
        "automargin": False,
        "range": [weeks[0] - pd.Timedelta(days=10), weeks[1] + pd.Timedelta(days=10)],
    }


def _hover(row: dict[Any, Any], words: Words) -> str:
    said = value_text(row["upstream"], row["downstream"], row["value"], words)
    over = f"{row['weeks']} weeks to {_day(row['week'] + pd.Timedelta(days=6))}"
    signal = "" if pd.isna(row["kind"]) else f"<br><b>{_SIGNALS[row['kind']][1]}</b>"
    return f"{said}<br>{over}; standard {standard_text(row['standard'])}{signal}"


def _ratio(frame: pd.DataFrame, words: Words, top: float) -> go.Scatter:
    return go.Scatter(
        x=frame["week"],
        y=frame["value"].clip(upper=top),
        mode="lines+markers",
        connectgaps=False,
        line={"color": _LINE, "width": 2.5},
        marker={"color": _LINE, "size": _sizes(frame["value"])},
        hovertext=[_hover(row, words) for row in frame.to_dict("records")],
        hoverinfo="text",
        name=words.title,
    )


def _sizes(values: pd.Series) -> list[int]:
    """A dot for each week that has no neighbour to draw a line to."""
    known = values.notna()
    alone = known & ~known.shift(fill_value=False) & ~known.shift(-1, fill_value=False)
    return [6 if dot else 0 for dot in alone]


def _standard(frame: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=frame["week"],
        y=frame["standard"],
        mode="lines",
        line={"color": NEUTRAL, "width": 1.5, "dash": "5px,4px", "shape": "hv"},
        hoverinfo="skip",
        name="minimum standard",
    )


def _raised(frame: pd.DataFrame, words: Words, top: float) -> go.Scatter:
    rows = frame.dropna(subset=["kind"])
    return go.Scatter(
        x=rows["week"],
        y=rows["value"].fillna(top).clip(upper=top * 0.94),
        mode="markers",
        marker={"symbol": [_SIGNALS[kind][0] for kind in rows["kind"]], "size": 11, "color": _RAISED},
        hovertext=[_hover(row, words) for row in rows.to_dict("records")],
        hoverinfo="text",
        name="signal",
    )


def _band(frame: pd.DataFrame) -> go.Scatter:
    return band(list(frame["week"]), list(frame["upper"]), list(frame["lower"]), "ordinary weeks")


def _usual(frame: pd.DataFrame) -> go.Scatter:
    line = {"color": NEUTRAL, "width": 1.5, "dash": "5px,4px"}
    return go.Scatter(x=frame["week"], y=frame["mean"], mode="lines", line=line, hoverinfo="skip", name="usual")


def _said(frame: pd.DataFrame, words: tuple[str, str]) -> list[str]:
    return [
        f"week of {_day(week)}: {value:.1f} {words[1]} a full week" if pd.notna(value) else ""
        for week, value in zip(frame["week"], frame["value"], strict=True)
    ]


def _pace(frame: pd.DataFrame, words: tuple[str, str]) -> go.Scatter:
    return go.Scatter(
        x=frame["week"],
        y=frame["value"],
        mode="lines+markers",
        line={"color": _LINE, "width": 2},
        marker={"size": 5, "color": _LINE},
        hovertext=_said(frame, words),
        hoverinfo="text",
        name=words[1],
    )


def _standing_out(frame: pd.DataFrame, words: tuple[str, str]) -> go.Scatter:
    rows = frame.dropna(subset=["fired"])
    return go.Scatter(
        x=rows["week"],
        y=rows["value"],
        mode="markers",
        marker={"symbol": "square", "size": 9, "color": _RAISED},
        hovertext=_said(rows, words),
        hoverinfo="text",
        name="stands out",
    )
