"""A ratio over time against its minimum standard."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.notes import below_traces, placed, raised_traces
from charts.template import (
    NAME_LENGTH,
    NAME_SIZE,
    NEUTRAL,
    SHADE,
    TEMPLATE,
    Series,
    is_crowded,
    long_label,
    period_axis,
    periods_of,
    plain,
    said_ratios,
    sides,
    styles,
    thin_out,
)
from charts.words import NO_STANDARD, Words, against_text, standards_text, value_text
from quality.judgement import FEWEST_CASES
from quality.words import interval_in_words, n_to_one

#: A ratio of fewer upstream events than this says next to nothing: its point is small and pale.
THIN, THIN_SIZE, PALE = FEWEST_CASES, 5, 0.55
#: Up to so many periods a point is that large, above it smaller, so that they do not lie on each other.
SIZES = {30: 9, 60: 7}
SMALLEST = 5
#: The numbers at the upper edge stand at least this share of the chart apart.
APART = 0.2
#: A value this many times above what is usual would flatten everything else: it is marked at the edge instead.
FAR = 2.5


def trend_figure(frame: pd.DataFrame, words: Words, notes: pd.DataFrame | None = None) -> go.Figure:
    """A line a unit, the standard as a dashed line, the 80 % range as a band where one unit is drawn, and the notes.

    A period without a value is a gap and never zero. A period that still runs is a hollow marker behind a dotted line,
    one of few cases a small pale one. Values far above the rest are marked at the upper edge with their number.
    Columns: see the package, those of the notes: see `charts.notes`.
    """
    units = list(dict.fromkeys(frame["unit"]))
    rows = frame.merge(periods_of(frame)[["period", "x"]], on="period").sort_values("x")
    top = axis_top(frame)
    figure = go.Figure(layout={"template": TEMPLATE, "height": 380})
    if len(units) == 1:
        figure.add_traces(_band(rows, top))
    for unit, style in styles(units).items():
        figure.add_traces(_unit_traces(rows[rows["unit"] == unit], unit, style, words, top))
    if is_crowded(frame):
        thin_out(figure)
    _add_standard(figure, rows)
    if notes is not None and len(notes):
        at = placed(notes, periods_of(frame))
        figure.add_traces([*raised_traces(at, rows, styles(units), top), *below_traces(at, top)])
    if len(units) > 1:
        _add_names(figure, rows, styles(units), top)
    figure.update_xaxes(**period_axis(periods_of(frame)))
    figure.update_yaxes(range=[0, top], ticksuffix=" : 1", automargin=False)
    figure.update_layout(title=_title(rows, words), margin=sides(units))
    return figure


def _title(rows: pd.DataFrame, words: Words) -> dict[str, object]:
    """What is drawn, which way is better, and the standard of the last period."""
    standard = last_standards(rows)
    named = f"dashed: the standard, {standard}" if standard != NO_STANDARD else NO_STANDARD
    return {
        "text": f"{words.upstream[1].capitalize()} for one {words.downstream[0]}",
        "subtitle": {"text": f"Lower is better; {named}", "font": {"size": 13}},
    }


def last_standards(frame: pd.DataFrame) -> str:
    """The standards of the last period in words, as a range where they differ: ``5 to 6 : 1``."""
    last = frame.loc[frame["period_start"] == frame["period_start"].max(), "standard"].astype(float)
    return standards_text(last.min(), last.max())


def axis_top(frame: pd.DataFrame) -> float:
    """The upper end of the axis in n : 1: everything fits unless a value lies far above what is usual."""
    values = said_ratios(frame).dropna()
    standard = frame["standard"].dropna().astype(float).max()
    usual = max([values.median() * 1.5 if len(values) else 0.0, 0.0 if pd.isna(standard) else standard, 0.5])
    highest = max([*values, usual])
    return float(usual * FAR if highest > usual * FAR else highest * 1.12)


def beyond(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose value lies above the axis and is marked at its edge."""
    return frame[said_ratios(frame) > axis_top(frame)]


def hover_text(row: pd.Series, words: Words) -> str:
    """Everything that is known about one point, in words and lines."""
    running = "" if row["closed"] else " (still running)"
    lines = (
        f"<b>{plain(row['unit'])}</b>, {long_label(row['period'], row['period_start'])}{running}",
        value_text(row["upstream"], row["downstream"], row["value"], words),
        interval_in_words(row["low"], row["high"]),
        against_text(row["value"], row["standard"]),
        "few cases, so chance decides" if 0 < row["upstream"] < THIN else "",
    )
    return "<br>".join(filter(None, lines))


def _band(rows: pd.DataFrame, top: float) -> list[go.Scatter]:
    """The 80 % range, one closed shape for every run of periods that have one; open above: up to the edge."""
    known = rows[said_ratios(rows).notna()].dropna(subset=["low"])
    runs = known.groupby(known["x"].diff().ne(1).cumsum())
    return [_band_piece(run, top) for _, run in runs]


def _band_piece(run: pd.DataFrame, top: float) -> go.Scatter:
    x, low = run["x"].tolist(), run["low"].astype(float).tolist()
    high = run["high"].astype(float).fillna(top).clip(upper=top).tolist()
    return go.Scatter(
        x=x + x[::-1],
        y=high + low[::-1],
        fill="toself",
        fillcolor=SHADE,
        mode="lines",
        line={"color": SHADE, "width": 6 if len(x) == 1 else 1},
        hoverinfo="skip",
        name="80 % range",
    )


def _unit_traces(rows: pd.DataFrame, unit: str, style: Series, words: Words, top: float) -> list[go.Scatter]:
    traces = [_line(rows[rows["closed"]], unit, style, words, hollow=False)]
    open_from = rows.index[~rows["closed"]]
    if len(open_from):
        tail = rows.loc[rows["x"] >= rows.loc[open_from, "x"].min() - 1]
        traces.append(_line(tail, unit, style, words, hollow=True))
    high = rows[said_ratios(rows) > top]
    return [*traces, _edge_marks(high, unit, style, words, top, rows["x"].max())] if len(high) else traces


def _line(rows: pd.DataFrame, unit: str, style: Series, words: Words, *, hollow: bool) -> go.Scatter:
    """The closed periods as a line; or, hollow, the last closed one and those that still run."""
    symbols = [f"{style.marker}{'' if closed else '-open'}" for closed in rows["closed"]]
    thin, size = rows["upstream"] < THIN, _size(rows["x"].max())
    return go.Scatter(
        x=rows["x"],
        y=said_ratios(rows),
        name=plain(unit),
        mode="lines+markers",
        connectgaps=False,
        line={"color": style.color, "width": 1.5 if hollow else 2.5, "dash": "1px,4px" if hollow else style.dash},
        marker={
            "symbol": symbols,
            "size": [min(THIN_SIZE, size) if few else size for few in thin],
            "opacity": [PALE if few else 1.0 for few in thin],
            "line": {"width": 2, "color": style.color},
            "color": style.color,
        },
        hovertext=[hover_text(row, words) for _, row in rows.iterrows()],
        hoverinfo="text",
    )


def _size(last: float) -> int:
    """In pixels, by the place of the last period."""
    return next((size for most, size in SIZES.items() if last < most), SMALLEST)


def _edge_marks(rows: pd.DataFrame, unit: str, style: Series, words: Words, top: float, last: float) -> go.Scatter:
    return go.Scatter(
        x=rows["x"],
        y=[top * 0.97] * len(rows),
        name=f"{plain(unit)}, above the axis",
        mode="markers+text",
        marker={"symbol": "arrow-up", "size": 11, "color": style.color},
        text=_apart(rows, last),
        textposition="middle right",
        hovertext=[hover_text(row, words) for _, row in rows.iterrows()],
        hoverinfo="text",
    )


def _apart(rows: pd.DataFrame, last: float) -> list[str]:
    """The numbers to the right of the marks, without those that would lie on the next mark."""
    nexts = [*rows["x"].iloc[1:], float("inf")]
    return [
        n_to_one(value) if following - x >= APART * last else ""
        for x, following, value in zip(rows["x"], nexts, rows["value"], strict=True)
    ]


def _add_standard(figure: go.Figure, rows: pd.DataFrame) -> None:
    """The standard as a stepped dashed line, since it may change on a day; one for each unit where they differ."""
    agreed = rows.groupby("x")["standard"].nunique().max() <= 1
    looks = {None: NEUTRAL} if agreed else {unit: look.color for unit, look in styles(_units(rows)).items()}
    for unit, color in looks.items():
        own = rows.drop_duplicates("x") if unit is None else rows[rows["unit"] == unit]
        figure.add_traces(_standard(own.dropna(subset=["standard"]), color))


def _units(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(rows["unit"]))


def _standard(steps: pd.DataFrame, color: str) -> list[go.Scatter]:
    if steps.empty:
        return []
    line = go.Scatter(
        x=[steps["x"].iloc[0] - 0.5, *steps["x"], steps["x"].iloc[-1] + 0.5],
        y=[steps["standard"].iloc[0], *steps["standard"], steps["standard"].iloc[-1]],
        mode="lines",
        line={"color": color, "width": 2, "dash": "6px,4px", "shape": "hvh"},
        name="minimum standard",
        hoverinfo="skip",
    )
    return [line]


def _add_names(figure: go.Figure, rows: pd.DataFrame, looks: dict[str, Series], top: float) -> None:
    """The name of each unit beside its last value, moved apart where two would lie on each other."""
    last = rows[said_ratios(rows).notna()].groupby("unit", sort=False).tail(1)
    last = last.assign(at=said_ratios(last).clip(upper=top * 0.97)).sort_values("at")
    for unit, y in zip(last["unit"], spread(last["at"].tolist(), top * 0.07, top), strict=True):
        look = looks[unit]
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            y=y,
            text=f"{look.glyph} {plain(unit, NAME_LENGTH)}",
            font={"color": look.color, "size": NAME_SIZE},
            showarrow=False,
        )


def spread(sorted_at: list[float], gap: float, top: float) -> list[float]:
    """The same places, at least ``gap`` apart and not above ``top``: pushed up one by one, then back down."""
    raised = list(sorted_at[:1])
    for place in sorted_at[1:]:
        raised.append(max(place, raised[-1] + gap))
    for index in range(len(raised) - 1, -1, -1):
        limit = top if index == len(raised) - 1 else raised[index + 1] - gap
        raised[index] = min(raised[index], limit)
    return raised
