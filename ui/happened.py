"""What the trends show beside the numbers: signals, adjustments, public holidays, and what volumes are usual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from charts.notes import COLUMNS, EVERYBODY, LOOKS
from quality.catalogue import BY_NAME, Ratio
from quality.periods import week_of
from quality.signals import BAD
from ui import data, downloads, judgement
from ui.data import Place, Unit, cached
from ui.spans import Filters

#: Pixels: rows so high that a story goes on in the next line, and columns that fit a narrow window.
WRAPPING, WIDTHS = 86, {"What": 150, "For": 110, "Story": 380}
#: No usual counts: the columns of them.
NONE = pd.DataFrame(columns=["unit", "side", "week", "period", "mean", "lower", "upper", "day", "kind", "text"])


def notes(ratio: str, units: Sequence[str], by: Unit, start: date, end: date, every: data.Every) -> pd.DataFrame:
    """Signals of the ratio, adjustments that may bear on it, holidays where a step is a week: see `charts.notes`."""
    found = [*_signals(ratio, units, by), *_adjustments(BY_NAME[ratio], units, by, start, end)]
    if every == "week":
        found += [("", day, "holiday", name) for day, name in judgement.workdays().names(start, end).items()]
    rows = pd.DataFrame(found, columns=list(COLUMNS))
    dated = rows.assign(day=pd.to_datetime(rows["day"]).astype("datetime64[us]"))
    return dated[dated["day"].between(pd.Timestamp(start), pd.Timestamp(end))].reset_index(drop=True)


def _signals(ratio: str, units: Sequence[str], by: Unit) -> list[tuple[str, date, str, str]]:
    raised = judgement.raised(by)
    if raised.empty:
        return []
    own = raised[(raised["measure"] == ratio) & raised["desk"].isin(list(units))]
    return [(row["desk"], row["raised_on"], _tone(row["kind"]), row["why"]) for row in own.to_dict("records")]


def _adjustments(
    ratio: Ratio, units: Sequence[str], by: Unit, start: date, end: date
) -> list[tuple[str, date, str, str]]:
    """Those for everybody, for a unit, or for the team of a desk, about this ratio, its two activities or anything."""
    kept = _journal(data.here())
    about = kept["measure"].isin(["", ratio.name, ratio.upstream, ratio.downstream])
    rows = kept[about].to_dict("records")
    return [
        (row["name"], row["made_on"].date(), "adjustment", row["what"])
        for row in rows
        if _concerns(row["level"], row["name"], units, by, start, end)
    ]


def _concerns(level: str, name: str, units: Sequence[str], by: Unit, start: date, end: date) -> bool:
    if level == "company" or level == by:
        return level == "company" or name in units
    return level == "team" and by == "desk" and bool(set(units) & set(data.desks_of(name, start, end)))


@cached("1MB")
def _journal(place: Place) -> pd.DataFrame:
    return data.at(place).adjustments()


def usual(ratio: str, units: Sequence[str], by: Unit, every: data.Every, asked: Filters) -> pd.DataFrame:
    """What is usual for the one unit drawn, week by week: see `charts.volume`.

    Empty for several units, for longer steps, and in the cohort view, which counts other things.
    """
    review = judgement.reviewed(by) if every == "week" and asked.view == "activity" and len(units) == 1 else None
    if review is None or units[0] not in review.weekly.units:
        return NONE
    parts = [_usual(review, side, measure, units[0], by) for side, measure in _measures(BY_NAME[ratio])]
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["week"].between(pd.Timestamp(asked.start), pd.Timestamp(asked.end))].reset_index(drop=True)


def _measures(ratio: Ratio) -> list[tuple[str, str]]:
    """The sides whose counts are those of the charts of volumes: what counts by order has none."""
    pairs = [("upstream", ratio.upstream), ("downstream", ratio.downstream)]
    return pairs[:1] if ratio.by_order else pairs


def _usual(review: judgement.Review, side: str, measure: str, unit: str, by: Unit) -> pd.DataFrame:
    at, chart, raised = review.weekly.units.index(unit), judgement.volume(measure, by), judgement.raised(by)
    if chart is None or not chart.limits.known[at]:
        return NONE
    weeks = review.weekly.weeks[-chart.paces.shape[1] :]
    days = review.days[at, -len(weeks) :]
    limits = {name: float(getattr(chart.limits, name)[at]) * days for name in ("mean", "lower", "upper")}
    names = [week_of(monday.date()).name for monday in weeks]
    frame = pd.DataFrame({"unit": unit, "side": side, "week": weeks, "period": names, **limits})
    own = raised[(raised["desk"] == unit) & (raised["measure"] == measure)]
    told = own.assign(
        period=[week_of(day).name for day in own["raised_on"]],
        day=pd.to_datetime(own["raised_on"]).astype("datetime64[us]"),
        kind=[_tone(kind) for kind in own["kind"]],
    ).rename(columns={"why": "text"})
    return frame.merge(told[["period", "day", "kind", "text"]].drop_duplicates("period"), on="period", how="left")


def _tone(kind: str) -> str:
    return "bad" if kind in BAD else "good"


def listed(notes: pd.DataFrame, usual: pd.DataFrame) -> pd.DataFrame:
    """The notes, with the signals of the volumes, as a table, the latest first: When, What, For, Story."""
    both = pd.concat([notes, usual.loc[usual["text"].notna(), list(COLUMNS)]])
    rows = both.sort_values("day", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "When": rows["day"],
            "What": [f"{LOOKS[kind].glyph} {LOOKS[kind].words}" for kind in rows["kind"]],
            "For": rows["unit"].replace("", EVERYBODY),
            "Story": rows["text"],
        }
    )


def show(shown: pd.DataFrame) -> None:
    """What is ``listed``, below the charts and closed until it is asked for; nothing without a line."""
    if shown.empty:
        return
    title = f"What happened in this time ({len(shown):,})"
    box = st.expander(title, icon=":material/history:", key="happened", on_change="rerun")
    if not box.open:
        return
    texts = {name: st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()}
    columns = {"When": st.column_config.DateColumn(format="D MMM YYYY", width=110), **texts}
    with box:
        alt = "Signals, adjustments and holidays"
        st.dataframe(shown, hide_index=True, row_height=WRAPPING, column_config=columns, alt=alt)
        downloads.buttons(shown, downloads.Sheet("what-happened", "Signals, adjustments and holidays"))
