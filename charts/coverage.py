"""Which desk has rows in which week: a map of desks by weeks.

Frames hold one row a desk and week as `quality.health.coverage` gives them: ``desk``, ``week`` (its Monday), ``rows``
and ``gap``. A week that is not in the frame was not expected and stays empty.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.template import NAME_SIZE, TEMPLATE, long_label, period_axis, plain
from quality.periods import week_of
from quality.words import count_in_words

#: One hue from faint to full: it stands on a light and on a dark page, and needs no second colour to be read.
_SHADES = [[0, "rgba(42, 132, 198, 0.16)"], [1, "rgba(42, 132, 198, 1)"]]
#: A gap is told by its shape; the colour is only the other end of the palette.
_GAP_COLOR, _GAP_MARKER = "#C8660A", "x-thin"
_NAME, _LINE, _AROUND = 16, 24, 140
_ROWS = ("row", "rows")


def coverage_figure(frame: pd.DataFrame) -> go.Figure:
    """A cell for every desk and expected week, the fuller the more rows against the desk's own usual week; × is a gap.

    Desks stand in the order of the frame from top to bottom. Columns: see above.
    """
    desks, weeks = list(dict.fromkeys(frame["desk"])), _weeks(frame)
    figure = go.Figure(layout={"template": TEMPLATE, "height": _AROUND + _LINE * len(desks)})
    figure.add_trace(_cells(frame, desks, weeks))
    figure.add_trace(_gaps(frame, desks, weeks))
    figure.update_xaxes(**period_axis(weeks.reset_index()), constrain="domain")
    figure.update_yaxes(
        tickvals=list(range(len(desks))),
        ticktext=[plain(desk, _NAME) for desk in desks],
        range=[len(desks) - 0.5, -0.5],
        rangemode="normal",
        showgrid=False,
        automargin=True,
        tickfont={"size": NAME_SIZE},
    )
    figure.update_layout(title=_TITLE, margin={"l": 8, "r": 8, "t": 74, "b": 8})
    return figure


_TITLE = {
    "text": "Rows per desk and week",
    "subtitle": {"text": "Fuller: nearer to the desk's usual week; ×: nothing", "font": {"size": 13}},
}


def _weeks(frame: pd.DataFrame) -> pd.DataFrame:
    """All weeks from the first to the last, by their Monday: period (``2026-W45``), closed and place ``x``."""
    mondays = pd.date_range(frame["week"].min(), frame["week"].max(), freq="7D", name="period_start")
    names = [week_of(monday.date()).name for monday in mondays]
    return pd.DataFrame({"period": names, "closed": True, "x": range(len(names))}, index=mondays)


def usual(frame: pd.DataFrame) -> pd.Series:
    """Each desk's usual week: the median of its weeks with rows, by desk; missing for a desk without any."""
    return frame["rows"].where(frame["rows"] > 0).groupby(frame["desk"]).median()


def _cells(frame: pd.DataFrame, desks: list[str], weeks: pd.DataFrame) -> go.Heatmap:
    share = frame["rows"] / frame["desk"].map(usual(frame))
    drawn = frame.assign(share=share.where(~frame["gap"]), said=[_hover(row) for row in frame.to_dict("records")])
    grid = {
        name: drawn.pivot_table(index="desk", columns="week", values=name, aggfunc="first")
        .reindex(index=desks, columns=weeks.index)
        .astype(object)
        for name in ("share", "said")
    }
    texts = grid["said"].where(grid["said"].notna(), "not expected")
    return go.Heatmap(
        z=grid["share"].where(grid["share"].notna(), None).to_numpy(),
        x=weeks["x"].to_numpy(),
        y=list(range(len(desks))),
        hovertext=texts.to_numpy(),
        hoverinfo="text",
        hoverongaps=False,
        colorscale=_SHADES,
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=0.6,
        ygap=3,
    )


def _gaps(frame: pd.DataFrame, desks: list[str], weeks: pd.DataFrame) -> go.Scatter:
    empty = frame[frame["gap"]]
    return go.Scatter(
        x=weeks["x"].reindex(empty["week"]).to_numpy(),
        y=[desks.index(desk) for desk in empty["desk"]],
        mode="markers",
        marker={"symbol": _GAP_MARKER, "size": 7, "color": _GAP_COLOR, "line": {"width": 2, "color": _GAP_COLOR}},
        hovertext=[_hover(row) for row in empty.to_dict("records")],
        hoverinfo="text",
        name="nothing",
    )


def _hover(row: dict) -> str:
    said = "nothing, though rows are expected" if row["gap"] else count_in_words(row["rows"], _ROWS)
    return f"<b>{plain(row['desk'])}</b>, {_week(row['week'])}<br>{said}"


def _week(monday: pd.Timestamp) -> str:
    return long_label(week_of(monday.date()).name, monday)


def describe_coverage(frame: pd.DataFrame) -> str:
    """What the map shows, in words: from when to when, how many desks, and each desk's weeks without a row."""
    first, last, desks = _week(frame["week"].min()), _week(frame["week"].max()), frame["desk"].nunique()
    opening = f"Rows per desk and week, {first} to {last}, {count_in_words(desks, ('desk', 'desks'))}."
    empty = frame[frame["gap"]].groupby("desk", sort=False).size()
    said = [f"{desk}: {count_in_words(weeks, ('week', 'weeks'))} without a row." for desk, weeks in empty.items()]
    return " ".join((opening, *(said or ["No week without a row."])))
