"""The order of the scoreboard's lines, the sentence above them, and the table as it is handed out."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from charts.words import Words, counts_text
from quality.catalogue import BY_NAME
from quality.comparison import comparison
from quality.review import Review
from quality.signals import BAD
from quality.words import count_in_words
from ui import cells, data, judgement, marks, text
from ui.spans import Filters

TALK, BY_UNIT = "talk", "name"
ORDERS = {TALK: "Worth a conversation first", BY_UNIT: "By name"} | {
    name: f"Best first: {ratio.title}" for name, ratio in BY_NAME.items()
}
#: Kind of signal -> how urgent it is, the smaller the more.
_WEIGHTS: dict[str, int] = {kind: place for place, kind in enumerate(BAD)}

#: What a verdict rests on: column of `quality.verdicts` -> column beside the verdict.
GROUNDS = {name: f"verdict_{name}" for name in ("upstream", "downstream", "open", "weeks", "probability")}
COUNTS = [name for name in GROUNDS.values() if name != "verdict_probability"]

VERDICTS_REST_ON = (
    "Verdicts rest on the last 13 closed weeks up to the end of the period, on up to 52 where counts are few: where "
    "these are not the weeks of the chosen period, the verdict names them. The numbers are those of the period. "
    "A verdict on fills follows the send-outs of its weeks, so a fill of an earlier send-out is not in it."
)
NO_VERDICTS = (
    "Standards are agreed for counts of activity, so verdicts stand in the activity view only; this view follows what "
    "began in the period until something came of it."
)


def rests_on(view: str) -> str:
    """What verdicts rest on, or why there are none."""
    return NO_VERDICTS if view == "cohort" else VERDICTS_REST_ON


def ask_order() -> str:
    """The order of the lines: a key of ORDERS."""
    return st.selectbox(
        "Order of the lines", list(ORDERS), format_func=ORDERS.__getitem__, key="order", bind="query-params"
    )


def ordered(frame: pd.DataFrame, order: str, signals: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``quality.ratios`` with their units in the order chosen (a key of ORDERS)."""
    places = {unit: at for at, unit in enumerate(_units(frame, order, signals))}
    return frame.sort_values("unit", key=lambda units: units.map(places), kind="stable", ignore_index=True)


def _units(frame: pd.DataFrame, order: str, signals: pd.DataFrame) -> list[str]:
    names = sorted(frame["unit"].unique())
    if order in BY_NAME:
        compared = comparison(frame, order)
        fair = [] if compared is None else compared.points["unit"].tolist()
        return [*fair, *(name for name in names if name not in fair)]
    if order == BY_UNIT:
        return names
    bad, likely = bad_signals(signals), Counter(frame.loc[frame["verdict"] == "likely_below", "unit"])
    return sorted(names, key=lambda name: (*_urgency(bad.get(name, [])), -likely[name], name))


def _urgency(kinds: list[str]) -> tuple[int, int]:
    """The most urgent kind of active signal first, then how many there are."""
    return min((_WEIGHTS[kind] for kind in kinds), default=len(BAD)), -len(kinds)


def bad_signals(signals: pd.DataFrame) -> dict[str, list[str]]:
    """Unit -> the kinds of its active signals that deserve a conversation."""
    if signals.empty:
        return {}
    active = signals[signals["active"] & signals["kind"].isin(BAD)]
    return {str(unit): kinds.tolist() for unit, kinds in active.groupby("desk")["kind"]}


def sentence(frame: pd.DataFrame, signals: pd.DataFrame) -> str:
    """Who deserves a conversation and for what, at most three of them, safe for markdown."""
    bad = bad_signals(signals)
    names = [name for name in _units(frame, TALK, signals) if name in bad]
    if not names:
        return "No signal asks for a conversation at the moment."
    said = [f"**{text.plain(name)}** ({_kinds(bad[name])})" for name in names]
    return f"Worth a conversation: {text.listed(said)}."


def _kinds(kinds: list[str]) -> str:
    counted = sorted(Counter(kinds).items(), key=lambda pair: _WEIGHTS[pair[0]])
    return ", ".join(f"{marks.signal(kind).words}{f' in {many}' if many > 1 else ''}" for kind, many in counted)


def caption(frame: pd.DataFrame, order: str) -> str:
    """What the order means, in words."""
    if order == TALK:
        return "First those whose own ratio got worse, then those who do less, then those below their standard."
    if order not in BY_NAME:
        return ""
    compared, ratio = comparison(frame, order), BY_NAME[order]
    if compared is None:
        return "Too few have this ratio to be compared."
    worth = count_in_words(round(compared.worth), ratio.upstream_words)
    return (
        f"Best first on {ratio.title}, and fair to few cases: everybody gets {worth} more at the ratio of all together "
        "before they are compared, so that 2 of 4 does not beat 40 of 100."
    )


def of_period(chosen: Filters, by: data.Unit) -> pd.DataFrame:
    """The rows of ``quality.ratios`` of the chosen period, each with its verdict and what that rests on."""
    return with_grounds(judgement.ratio_frame(chosen, by), judgement.verdicts(by, chosen.end))


def with_grounds(frame: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The rows with what each verdict rests on: the columns of GROUNDS, missing where there is no verdict."""
    if verdicts.empty:
        return frame.assign(**{name: pd.Series(pd.NA, index=frame.index) for name in GROUNDS.values()})
    kept = verdicts[["unit", "ratio", *GROUNDS]].rename(columns=GROUNDS)
    joined = frame.merge(kept, on=["unit", "ratio"], how="left")
    for name in GROUNDS.values():
        joined[name] = joined[name].where(joined["verdict"].notna())
    return joined


def with_grounds_then(rows: pd.DataFrame, ratio: str, found: Review | None) -> pd.DataFrame:
    """The rows of one ratio with what each verdict rested on when its period ended: the columns of GROUNDS."""
    empty = {name: pd.Series(pd.NA, index=rows.index, dtype="Float64") for name in GROUNDS.values()}
    if found is None:
        return rows.assign(**empty)
    judged, units = found.judged[ratio], pd.Index(found.weekly.units)
    held = rows[rows["verdict"].notna()]
    at = units.get_indexer(pd.Index(held["unit"])), [found.week(day.date()) for day in held["period_end"]]
    known = {"upstream": judged.upstream, "downstream": judged.x, "open": judged.open, "weeks": judged.weeks}
    told = {GROUNDS[name]: pd.Series(counts[at], index=held.index).round() for name, counts in known.items()}
    chances = {GROUNDS["probability"]: pd.Series(judged.probability[at], index=held.index)}
    return rows.assign(**empty | told | chances)


def grounds_briefly(row: cells.Row) -> str:
    """A verdict with its counts and weeks for a cell: ``▽ likely below · 42 / 6 in 13 weeks``."""
    if pd.isna(row["verdict"]):
        return str(marks.NO_VERDICT)
    counts = f"{int(row['verdict_upstream']):,} / {int(row['verdict_downstream']):,}"
    return f"{marks.verdict(row['verdict'])} · {counts} in {text.count(int(row['verdict_weeks']), 'week')}"


def handed_out(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows ``with_grounds`` as people read them: the verdict and how sure it is in words, its counts and weeks."""
    words, chances = frame["verdict"], frame["verdict_probability"]
    said = [None if pd.isna(word) else marks.verdict(word).words for word in words]
    sure = [marks.sure(word, chance) or None for word, chance in zip(words, chances, strict=True)]
    counts = {name: frame[name].astype("Int64") for name in COUNTS}
    told = {"verdict": pd.Series(said, dtype=object), "verdict_how_sure": pd.Series(sure, dtype=object)}
    return frame.drop(columns=["verdict_probability", "there"], errors="ignore").assign(**counts, **told)


def grounds(row: cells.Row, words: Words) -> str:
    """One verdict with all it rests on, as a sentence; nothing where there is none."""
    if pd.isna(row["verdict"]):
        return ""
    still = f", {int(row['verdict_open']):,} still open" if row["verdict_open"] else ""
    counts = counts_text(int(row["verdict_upstream"]), int(row["verdict_downstream"]), words)
    return (
        f"**{marks.verdict(row['verdict'])}**: {marks.sure(row['verdict'], row['verdict_probability'])}, from {counts}"
        f"{still} in {text.count(int(row['verdict_weeks']), 'closed week')}."
    )
