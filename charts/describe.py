"""What a figure shows, said in words for people who do not see it; made from the same frame as the figure."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from charts.notes import describe_notes, placed
from charts.template import long_label, periods_of, said_ratios
from charts.trend import beyond, last_standards
from charts.words import Words, counts_text, is_over, value_text
from quality.words import interval_in_words, n_to_one


def describe_trend(frame: pd.DataFrame, words: Words, notes: pd.DataFrame | None = None) -> str:
    """What and when, the standard, each unit's latest value and how often it was within, what lies above the axis.

    Then the notes: see `charts.notes`. Columns: see the package. Plain text: names are said as they are.
    """
    opening = f"{words.title}, {_span(frame)}, lower is better; minimum standard {last_standards(frame)}."
    told = "" if notes is None else describe_notes(placed(notes, periods_of(frame)))
    return " ".join(filter(None, (opening, *_each(frame, _latest, words), *_beyond(frame), told)))


def describe_volume(frame: pd.DataFrame, words: Words, usual: pd.DataFrame | None = None) -> str:
    """What and when, each unit's two totals, then the signals. Columns: see the package and `charts.volume`."""
    opening = f"{words.upstream[1].capitalize()} and {words.downstream[1]}, {_span(frame)}."
    told = "" if usual is None else describe_notes(usual[usual["text"].notna()])
    return " ".join(filter(None, (opening, *_each(frame, _totals, words), told)))


def _span(frame: pd.DataFrame) -> str:
    labels = [long_label(row["period"], row["period_start"]) for row in periods_of(frame).to_dict("records")]
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def _each(frame: pd.DataFrame, say: Callable[[pd.DataFrame, Words], str], words: Words) -> list[str]:
    return [say(rows.sort_values("period_start"), words) for _, rows in frame.groupby("unit", sort=False)]


def _latest(rows: pd.DataFrame, words: Words) -> str:
    unit, known = rows["unit"].iloc[0], rows[said_ratios(rows).notna()]
    if known.empty:
        return f"{unit}: no ratio in any period."
    last = known.iloc[-1]
    running = "" if last["closed"] else ", still running"
    said = value_text(last["upstream"], last["downstream"], last["value"], words)
    when = f"{long_label(last['period'], last['period_start'])}{running}"
    return f"{unit}: {said} ({when}; {interval_in_words(last['low'], last['high'])}){_tally(rows, known)}."


def _tally(rows: pd.DataFrame, known: pd.DataFrame) -> str:
    over = [is_over(value, standard) for value, standard in zip(known["value"], known["standard"], strict=True)]
    gaps = len(rows) - len(known)
    within = "" if None in over else f"; within the standard in {over.count(False)} of {len(known)} periods"
    return within + (f", {gaps} without a ratio" if gaps else "")


def _beyond(frame: pd.DataFrame) -> list[str]:
    said = [
        f"{row['unit']} {long_label(row['period'], row['period_start'])} {n_to_one(row['value'])}"
        for row in beyond(frame).to_dict("records")
    ]
    return [f"Above the axis: {'; '.join(said)}."] if said else []


def _totals(rows: pd.DataFrame, words: Words) -> str:
    return f"{rows['unit'].iloc[0]}: {counts_text(int(rows['upstream'].sum()), int(rows['downstream'].sum()), words)}."
