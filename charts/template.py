"""One look for all figures, readable on a light and on a dark page.

Colours are middle tones of nearly the same lightness: each has at least 3.5 : 1 contrast on white and on the dark page.
They are never alone: every series also has its own dash and marker, and carries its name at its end. Fonts, text and
grid colours are left to the page's theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class Series:
    """How one unit is drawn wherever it appears."""

    color: str
    dash: str
    marker: str
    glyph: str


SERIES: tuple[Series, ...] = (
    Series("#2A84C6", "solid", "circle", "●"),
    Series("#C8660A", "dash", "square", "■"),
    Series("#1B9268", "dot", "diamond", "◆"),
    Series("#C2619F", "dashdot", "star", "★"),
    Series("#A07E00", "longdash", "cross", "✚"),
)

#: Up to so many lines each has its markers also where a step is a week; more of them are lines alone,
#: that many pixels wide.
FEW_LINES, CROWDED = 2, 1.25
#: In pixels: a marker among many lines, for a value between two gaps.
LONE = 5
NEUTRAL = "#7F7F7F"
SHADE = "rgba(127, 127, 127, 0.22)"
MOST_LABELS = 5
NAME_LENGTH, NAME_SIZE = 12, 12

#: In pixels. Both figures leave the same room on either side, so that a period stands above itself.
LEFT, RIGHT = 58, 16

TEMPLATE = go.layout.Template(
    layout={
        "colorway": [series.color for series in SERIES],
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.3,
        "margin": {"t": 76, "b": 8},
        "xaxis": {"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True, "ticks": ""},
        "yaxis": {"zeroline": False, "fixedrange": True, "rangemode": "tozero", "nticks": 6},
        "font": {"size": 14},
    }
)


def styles(units: list[str]) -> dict[str, Series]:
    """Unit -> its look, by its place in the list; ValueError for more units than can be told apart."""
    if len(units) > len(SERIES):
        raise ValueError(f"at most {len(SERIES)} series can be told apart, not {len(units)}")
    return dict(zip(units, SERIES, strict=False))


def sides(units: list[str]) -> dict[str, int]:
    """The margins left and right; one unit needs no name beside its line."""
    longest = max(len(unit[:NAME_LENGTH]) for unit in units)
    return {"l": LEFT, "r": 24 + 8 * longest if len(units) > 1 else RIGHT}


def said_ratios(frame: pd.DataFrame) -> pd.Series:
    """The values that are ratios: zero means that nothing upstream was recorded, which is no ratio to draw."""
    return frame["value"].astype(float).where(frame["upstream"] > 0)


def plain(name: str, length: int | None = None) -> str:
    """A name from a file as literal text: Plotly reads a few tags, so they are escaped, and cut at ``length``."""
    shown = name if length is None or len(name) <= length else name[: length - 1] + "…"
    return escape(shown, quote=False)


def short_label(period: str, start: pd.Timestamp) -> str:
    """``16 Nov``, ``Nov`` or ``Q4`` for a week, a month or a quarter by its name."""
    if "-W" in period:
        return f"{start.day} {start:%b}"
    return period[-2:] if "-Q" in period else f"{start:%b}"


def long_label(period: str, start: pd.Timestamp) -> str:
    """The period as a person says it: ``week of 16 Nov 2026``, ``November 2026``, ``Q4 2026``."""
    if "-W" in period:
        return f"week of {start.day} {start:%b %Y}"
    return f"{period[-2:]} {start:%Y}" if "-Q" in period else f"{start:%B %Y}"


def periods_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The periods in order, one row each: ``period``, ``period_start``, ``closed`` and the place ``x`` on the axis."""
    periods = frame[["period", "period_start", "closed"]].drop_duplicates("period").sort_values("period_start")
    return periods.assign(x=range(len(periods)))


def is_crowded(frame: pd.DataFrame) -> bool:
    """Whether so many lines of weeks lie over each other that markers would hide them."""
    return frame["unit"].nunique() > FEW_LINES and bool(frame["period"].str.contains("-W").any())


def thin_out(figure: go.Figure) -> None:
    """Thin lines, and markers only where a value stands between two gaps and would not be seen."""
    for trace in figure.select_traces({"mode": "lines+markers"}):
        known = pd.Series(trace.y, dtype=float).notna()
        beside = known.shift(1, fill_value=False) | known.shift(-1, fill_value=False)
        trace.update(line_width=CROWDED, marker_line_width=0, marker_size=[0 if near else LONE for near in beside])


def period_axis(periods: pd.DataFrame) -> dict[str, object]:
    """The shared x axis: equal steps, few enough labels for a phone, the year where it begins."""
    every = -(-len(periods) // MOST_LABELS)
    shown = periods.iloc[(len(periods) - 1) % every :: every]
    new_year = shown["period_start"].dt.year.diff().ne(0)
    texts = [
        short_label(period, start) + (f"<br>{start:%Y}" if new else "")
        for period, start, new in zip(shown["period"], shown["period_start"], new_year, strict=True)
    ]
    return {"tickvals": shown["x"].tolist(), "ticktext": texts, "range": [-0.5, len(periods) - 0.5], "tickangle": 0}


def band(x: Sequence[Any], high: Sequence[Any], low: Sequence[Any], name: str) -> go.Scatter:
    """A shaded area between two lines over the same places; it says nothing when pointed at."""
    return go.Scatter(
        x=[*x, *reversed(x)],
        y=[*high, *reversed(low)],
        fill="toself",
        fillcolor=SHADE,
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
        name=name,
    )
