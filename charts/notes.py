"""What happened beside the numbers: signals where they were raised, adjustments and public holidays.

A note has the columns ``unit`` (empty: for everybody), ``day`` (a timestamp), ``kind`` (a key of LOOKS) and ``text``.
Notes outside the periods of a figure are not drawn.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.template import NEUTRAL, Series, plain, said_ratios

COLUMNS = ("unit", "day", "kind", "text")
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Look:
    """The marker of a kind of note, the same shape as a letter, and what it stands for."""

    symbol: str
    glyph: str
    words: str


LOOKS: Mapping[str, Look] = {
    "bad": Look("triangle-down", "▼", "a signal: worse"),
    "good": Look("triangle-up", "▲", "a signal: better"),
    "adjustment": Look("asterisk-open", "✱", "something was changed"),
    "holiday": Look("line-ns", "|", "a public holiday"),
}
ON_THE_LINE = ("bad", "good")
BELOW = ("adjustment", "holiday")


def placed(notes: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """The notes within the periods, with the place ``x`` of the period each falls in; see `template.periods_of`."""
    x = periods["period_start"].searchsorted(notes["day"], side="right") - 1
    within = notes["day"] < _after(periods)
    return notes.assign(x=x)[(x >= 0) & within]


def _after(periods: pd.DataFrame) -> pd.Timestamp:
    """The first day after the last period, which is as long as the longest of them."""
    last = periods["period_start"].iloc[-1]
    step = {"W": pd.DateOffset(days=7), "Q": pd.DateOffset(months=3)}
    return last + step.get(periods["period"].iloc[-1][5:6], pd.DateOffset(months=1))


def raised_traces(notes: pd.DataFrame, rows: pd.DataFrame, looks: Mapping[str, Series], top: float) -> list[go.Scatter]:
    """Signals above the value of their unit and period, in the middle where it has none; hover texts tell the story."""
    found = notes[notes["kind"].isin(ON_THE_LINE) & notes["unit"].isin(list(looks))]
    values = rows.assign(y=said_ratios(rows))[["unit", "x", "y"]]
    at = found.merge(values, on=["unit", "x"], how="left")
    at = at.assign(y=(at["y"].fillna(top / 2) + top * 0.08).clip(upper=top * 0.95))
    return [_marks(at[at["unit"] == unit], look.color) for unit, look in looks.items() if unit in set(at["unit"])]


def _marks(rows: pd.DataFrame, color: str) -> go.Scatter:
    return go.Scatter(
        x=rows["x"],
        y=rows["y"],
        mode="markers",
        marker={
            "symbol": [LOOKS[kind].symbol for kind in rows["kind"]],
            "size": 14,
            "color": color,
            "line": {"width": 2, "color": NEUTRAL},
        },
        hovertext=[f"<b>{plain(row['unit'])}</b><br>{wrapped(row['text'])}" for row in rows.to_dict("records")],
        hoverinfo="text",
        name="raised",
    )


def below_traces(notes: pd.DataFrame, top: float) -> list[go.Scatter]:
    """Adjustments and holidays on the lower edge, one mark a period and kind with all their texts."""
    found = notes[notes["kind"].isin(BELOW)]
    told = found.assign(text=[wrapped(_line(row)) for row in found.to_dict("records")])
    return [_below(kind, told[told["kind"] == kind], top) for kind in BELOW if (told["kind"] == kind).any()]


def _line(note: Mapping[Hashable, Any]) -> str:
    """One note in the hover box of a period: ``4 May, Desk 01: New call script``."""
    whose = f", {note['unit'] or EVERYBODY}" if note["kind"] == "adjustment" else ""
    return f"{note['day'].day} {note['day']:%b}{whose}: {note['text']}"


def _below(kind: str, rows: pd.DataFrame, top: float) -> go.Scatter:
    texts = rows.groupby("x")["text"].agg("<br>".join)
    return go.Scatter(
        x=texts.index,
        y=[top * 0.035] * len(texts),
        mode="markers",
        marker={"symbol": LOOKS[kind].symbol, "size": 11, "color": NEUTRAL, "line": {"width": 2, "color": NEUTRAL}},
        hovertext=texts.tolist(),
        hoverinfo="text",
        name=LOOKS[kind].words,
    )


def wrapped(text: str, width: int = 46) -> str:
    """A text as literal lines for a hover box, which does not break lines by itself."""
    lines, line = [], ""
    for word in plain(text).split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])


def legend(notes: pd.DataFrame) -> str:
    """What the marks stand for that are drawn: ``▼ a signal: worse, ✱ something was changed``."""
    kinds = [kind for kind in LOOKS if (notes["kind"] == kind).any()]
    return ", ".join(f"{LOOKS[kind].glyph} {LOOKS[kind].words}" for kind in kinds)


def describe_notes(notes: pd.DataFrame) -> str:
    """The notes as sentences for people who do not see the figure; without the holidays, which everybody knows."""
    told = notes[notes["kind"] != "holiday"].sort_values("day")
    return " ".join(_told(row["unit"], row["day"], row["kind"], row["text"]) for row in told.to_dict("records"))


def _told(unit: str, day: pd.Timestamp, kind: str, text: str) -> str:
    return f"{LOOKS[kind].words.capitalize()}, {unit or EVERYBODY}, {day.day} {day:%b %Y}: {text.rstrip('.')}."
