"""What the trends show beside the numbers: signals, adjustments, public holidays, and what volumes are usual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from charts.notes import COLUMNS, LOOKS
from quality.catalogue import BY_NAME, Ratio
from quality.periods import week_of
from quality.signals import BAD
from ui import data, downloads, judgement
from ui.data import Place, Unit, cached

VOLUME_KINDS = ("volume_drop", "volume_rise")
SIDES = ("upstream", "downstream")


def notes(ratio: str, units: Sequence[str], by: Unit, start: date, end: date, every: data.Every) -> pd.DataFrame:
    """Signals of the ratio, adjustments that may bear on it, holidays where a step is a week: see `charts.notes`."""
    found = [*_signals(ratio, units, by, start), *_adjustments(BY_NAME[ratio], units, by, start, end)]
    if every == "week":
        found += [("", day, "holiday", name) for day, name in judgement.workdays().names(start, end).items()]
    rows = pd.DataFrame(found, columns=list(COLUMNS))
    return rows.assign(day=pd.to_datetime(rows["day"]).astype("datetime64[us]"))


def _signals(ratio: str, units: Sequence[str], by: Unit, start: date) -> list[tuple[str, date, str, str]]:
    raised = judgement.signals(by, start)
    if raised.empty:
        return []
    own = raised[(raised["measure"] == ratio) & raised["desk"].isin(list(units))]
    return [
        (row["desk"], row["raised_on"], "bad" if row["kind"] in BAD else "good", row["why"])
        for row in own.to_dict("records")
    ]


def _adjustments(
    ratio: Ratio, units: Sequence[str], by: Unit, start: date, end: date
) -> list[tuple[str, date, str, str]]:
    """Those for everybody, for a unit, or for the team of a desk, about this ratio, its two activities or anything."""
    kept = _journal(data.here())
    about = kept["measure"].isin(["", ratio.name, ratio.upstream, ratio.downstream])
    within = kept["made_on"].between(pd.Timestamp(start), pd.Timestamp(end))
    rows = kept[about & within].to_dict("records")
    return [
        (row["name"], row["made_on"].date(), "adjustment", _what(row["what"], row["name"]))
        for row in rows
        if _concerns(row["level"], row["name"], units, by, start, end)
    ]


def _what(what: str, name: str) -> str:
    return f"{what} ({name or 'everybody'})"


def _concerns(level: str, name: str, units: Sequence[str], by: Unit, start: date, end: date) -> bool:
    if level == "company" or level == by:
        return level == "company" or name in units
    return level == "team" and by == "desk" and bool(set(units) & set(data.desks_of(name, start, end)))


@cached("1MB")
def _journal(place: Place) -> pd.DataFrame:
    return data.at(place).adjustments()


def usual(ratio: str, units: Sequence[str], by: Unit, every: data.Every) -> pd.DataFrame:
    """What is usual for the one unit drawn, week by week: see `charts.volume`; empty for several or longer steps."""
    review = judgement.reviewed(by) if every == "week" and len(units) == 1 else None
    if review is None or units[0] not in review.weekly.units:
        return pd.DataFrame()
    raised = judgement.signals(by)
    parts = [_usual(review, side, measure, units[0], raised) for side, measure in _measures(BY_NAME[ratio])]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _measures(ratio: Ratio) -> list[tuple[str, str]]:
    """The sides whose counts are those of the charts of volumes: what counts by order has none."""
    pairs = [("upstream", ratio.upstream), ("downstream", ratio.downstream)]
    return pairs[:1] if ratio.by_order else pairs


def _usual(review: judgement.Review, side: str, measure: str, unit: str, raised: pd.DataFrame) -> pd.DataFrame:
    at, chart = review.weekly.units.index(unit), review.volume(measure)
    if not chart.limits.known[at]:
        return pd.DataFrame()
    weeks = review.weekly.weeks[-chart.paces.shape[1] :]
    days = review.days[at, -len(weeks) :]
    frame = pd.DataFrame({"side": side, "period": [week_of(monday.date()).name for monday in weeks]})
    for name in ("mean", "lower", "upper"):
        frame[name] = float(getattr(chart.limits, name)[at]) * days
    own = raised[(raised["desk"] == unit) & (raised["measure"] == measure)] if len(raised) else raised
    told = {week_of(row["raised_on"]).name: row for row in own.to_dict("records")}
    frame["raised"] = [told[name]["why"] if name in told else None for name in frame["period"]]
    frame["kind"] = [_tone(told[name]["kind"]) if name in told else None for name in frame["period"]]
    return frame


def _tone(kind: str) -> str:
    return "bad" if kind in BAD else "good"


def listed(found: pd.DataFrame) -> pd.DataFrame:
    """The notes as a table, the latest first: When, What, For, Story."""
    rows = found.sort_values("day", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "When": rows["day"],
            "What": [f"{LOOKS[kind].glyph} {LOOKS[kind].words}" for kind in rows["kind"]],
            "For": rows["unit"].replace("", "everybody"),
            "Story": rows["text"],
        }
    )


def show(found: pd.DataFrame) -> None:
    """The notes below the charts, closed until they are asked for; nothing without any."""
    if found.empty:
        return
    with st.expander(f"What happened in this time ({len(found):,})", icon=":material/history:"):
        shown = listed(found)
        columns = {"When": st.column_config.DateColumn(format="D MMM YYYY")}
        st.dataframe(shown, hide_index=True, column_config=columns, alt="Signals, adjustments and holidays")
        downloads.buttons(shown, downloads.Sheet("what-happened", "Signals, adjustments and holidays"))
