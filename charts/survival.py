"""How many assignments last, day by day since the start, and what ended the others.

A curve holds one row a step, the first day first: ``day``, ``survival``, ``low``, ``high`` (0 to 1; the limits may be
missing), ``at_risk`` (seen that long) and ``events``. A frame of reasons: ``cause``, ``day``, ``incidence``, ``low``,
``high``, ``at_risk``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.template import LEFT, NEUTRAL, RIGHT, SERIES, TEMPLATE, Series, band, plain

HEIGHT = 340
_LEGEND = {"orientation": "h", "x": 0, "y": 1.1, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False}
_LONGEST = 28


def survival_figure(curves: Mapping[str, pd.DataFrame], marked: Sequence[int]) -> go.Figure:
    """Steps down from 100 %, a line a name; the first has its range as a shade. Dotted lines stand on marked days.

    At most five curves, none of them empty. Columns: see the module.
    """
    figure = _figure(len(curves) > 1)
    looks = zip(curves.items(), SERIES, strict=False)
    figure.add_trace(_range(next(iter(curves.values()))))
    figure.add_traces([_curve(name, frame, look) for (name, frame), look in looks])
    _mark(figure, marked, max(int(frame["day"].max()) for frame in curves.values()))
    floor = _floor(curves)
    figure.update_yaxes(range=[floor, 1.01], tickformat=".0%", dtick=0.1 if floor else 0.25)
    return figure


def _floor(curves: Mapping[str, pd.DataFrame]) -> float:
    """Half where nothing that is drawn comes near it, so that steps can be told apart, else 0."""
    lowest = min(float(frame[["survival", "low"]].min().min()) for frame in curves.values())
    return 0.5 if lowest > 0.55 else 0.0


def describe_survival(curves: Mapping[str, pd.DataFrame]) -> str:
    """The same in words: how far each curve is known and where it stands then."""
    said = [
        f"{name}: {_percent(frame['survival'].iloc[-1])} without an early end by day {frame['day'].iloc[-1]}"
        for name, frame in curves.items()
    ]
    return f"Assignments without an early end since the start. {'; '.join(said)}."


def reasons_figure(steps: pd.DataFrame, names: Mapping[str, str], marked: Sequence[int]) -> go.Figure:
    """The share ended by each reason since the start, a line a reason in the order of the names; at most five."""
    figure = _figure(legend=True)
    shown = [reason for reason in names if reason in set(steps["cause"])]
    for reason, look in zip(shown, SERIES, strict=False):
        figure.add_trace(_reason(names[reason], steps[steps["cause"] == reason], look))
    _mark(figure, marked, int(steps["day"].max()))
    figure.update_yaxes(range=[0, 1.15 * float(steps["incidence"].max())], tickformat=".0%", nticks=5)
    return figure


def describe_reasons(steps: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The same in words: each share on the last day that is drawn."""
    last = steps.drop_duplicates("cause", keep="last").set_index("cause")["incidence"]
    said = [f"{names[reason]}, {_percent(last[reason])}" for reason in names if reason in last.index]
    return f"Ended by day {steps['day'].max()}, by reason: {'; '.join(said)}."


def _figure(legend: bool) -> go.Figure:
    figure = go.Figure(layout={"template": TEMPLATE, "height": HEIGHT, "showlegend": legend, "legend": _LEGEND})
    figure.update_layout(margin={"l": LEFT, "r": RIGHT, "t": 84 if legend else 36, "b": 44})
    figure.update_xaxes(title={"text": "days since the start", "font": {"size": 12}, "standoff": 6}, automargin=False)
    return figure


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _hover(row: dict[Any, Any], share: str, name: str) -> str:
    limits = (row["low"], row["high"])
    likely = "" if any(map(pd.isna, limits)) else f", likely {100 * limits[0]:.0f} to {100 * limits[1]:.0f} %"
    return f"{plain(name, _LONGEST)}, day {row['day']}: {_percent(row[share])}{likely}; {row['at_risk']:,} seen so long"


def _line(name: str, frame: pd.DataFrame, share: str, look: Series) -> go.Scatter:
    return go.Scatter(
        x=frame["day"],
        y=frame[share],
        mode="lines",
        line={"color": look.color, "dash": look.dash, "width": 2.5, "shape": "hv"},
        hovertext=[_hover(row, share, name) for row in frame.to_dict("records")],
        hoverinfo="text",
        name=plain(name, _LONGEST),
    )


def _curve(name: str, frame: pd.DataFrame, look: Series) -> go.Scatter:
    return _line(name, frame, "survival", look)


def _reason(name: str, steps: pd.DataFrame, look: Series) -> go.Scatter:
    first = pd.DataFrame([{"day": 0, "incidence": 0.0, "at_risk": int(steps["at_risk"].max())}])
    return _line(name, pd.concat([first, steps], ignore_index=True), "incidence", look)


def _range(frame: pd.DataFrame) -> go.Scatter:
    known = frame.dropna(subset=["low", "high"])
    days, low, high = (_stairs(known, name) for name in ("day", "low", "high"))
    return band(days[1:], high[:-1], low[:-1], "likely range").update(showlegend=False)


def _stairs(frame: pd.DataFrame, name: str) -> list[float]:
    """Every value twice: a level lasts until the next day."""
    return [value for value in frame[name] for _ in range(2)]


def _mark(figure: go.Figure, marked: Sequence[int], last: int) -> None:
    for day in marked:
        if day <= last:
            figure.add_vline(x=day, line={"color": NEUTRAL, "width": 1.2, "dash": "dot"})
            figure.add_annotation(x=day, y=1, yref="paper", yanchor="bottom", text=f"day {day}", showarrow=False)
