"""The parts of the trends: which ratio, in which steps, of whom, how far back, and what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from charts import describe_trend, describe_volume, trend_figure, volume_figure
from charts.notes import legend as notes_legend
from charts.template import FEW_LINES, SERIES, long_label, said_ratios
from charts.trend import THIN as FEW_CASES
from charts.trend import beyond
from charts.words import Words, against_text, standard_text, value_text
from quality.catalogue import BY_NAME
from quality.periods import DAY, PERIOD_OF
from quality.words import n_to_one
from ui import cells, data, standings, text
from ui.spans import Filters

STEPS: dict[str, data.Every] = {"Week": "week", "Month": "month", "Quarter": "quarter"}
BACK = {"The chosen period": 0, "Half a year": 182, "A year": 364, "Two years": 728}
MOST = len(SERIES)

#: No tool bar and no zoom: the figures are small and the table below has the numbers.
CONFIG = {"displayModeBar": False, "scrollZoom": False}

LONGER: dict[data.Every, str] = {
    "week": "Months or quarters say more.",
    "month": "Quarters, or a whole team, say more.",
    "quarter": "A team or the company says more.",
}

#: Pixels: the height of a row from which cells break their text into lines, and columns that fit a narrow window.
WRAPPING = 65
WIDTHS = {"Period": 150, "Ratio and counts": 190, "Standard": 80, "80 % range": 100, "Verdict then": 190}
MONTHS = "Week by week so many lines cross each other all the time. Months show who goes where."

#: A typical period with fewer downstream events than this says little about one desk.
THIN = 5


def ask_ratio() -> str:
    """The ratio to draw, by its name in the catalogue."""
    return st.selectbox("Ratio", list(BY_NAME), format_func=_title, key="trend", bind="query-params")


def _title(name: str) -> str:
    return BY_NAME[name].title


def ask_step() -> data.Every:
    """The length of one step."""
    title = st.segmented_control(
        "Step",
        list(STEPS),
        default="Month",
        required=True,
        key="step",
        bind="query-params",
        help="A desk has few send-outs and fewer fills in a week, so months say more than weeks do.",
    )
    return STEPS[title or "Month"]


def ask_back() -> str:
    """How far before the end of the chosen period the chart begins: a key of BACK."""
    return st.selectbox("How far back", list(BACK), index=2, key="back", bind="query-params")


def widened(chosen: Filters, step: data.Every, back: str, first: date) -> Filters:
    """The chosen period, reaching back that far (a key of BACK) but not before ``first``, and cut to whole steps.

    A part of a month would look like a bad month. The last step is whole too, or ends today while it still runs; one
    that has just begun is part of it where the chart reaches back by itself.
    """
    days = BACK[back]
    back_to = chosen.end - timedelta(days=days) if days else chosen.start
    start = min(max(min(back_to, chosen.start), first), chosen.end)
    begun = PERIOD_OF[step](chosen.end + DAY)
    last = begun if days and begun.start <= chosen.as_of <= begun.end else PERIOD_OF[step](chosen.end)
    end = min(last.end, max(chosen.as_of, chosen.end))
    return replace(chosen, period=back if days else chosen.period, start=PERIOD_OF[step](start).start, end=end)


def first_day(chosen: Filters) -> date:
    """The first day of the history, where no chart can begin earlier."""
    span = data.span()
    return span[0] if span else chosen.start


def ask_units(counts: pd.Series, by: data.Unit, ready: tuple[str, ...]) -> list[str]:
    """Whom to draw, five at most: those of the filters, else the busiest; the company needs no choice.

    ``counts``: how much each unit has recorded, by name.
    """
    units = sorted(counts.index)
    if by == "company" or not units:
        return units
    picked = st.multiselect(
        f"{by.capitalize()}s in the chart, up to {MOST}",
        units,
        default=[unit for unit in ready if unit in units][:MOST] or [str(counts.idxmax())],
        max_selections=MOST,
        key=f"lines_{by}",
        bind="query-params",
    )
    return [unit for unit in picked if unit in units][:MOST]


def recorded(frame: pd.DataFrame) -> pd.Series:
    """How much each unit has recorded in the span of the chart, without those that have nothing."""
    sums = frame.assign(all=frame["upstream"] + frame["downstream"]).groupby("unit")["all"].sum()
    return sums[sums > 0]


def lines(frame: pd.DataFrame, ratio: str, units: list[str], step: data.Every, as_of: date) -> pd.DataFrame:
    """The rows of one ratio and of the picked units, in their order, with ``closed`` and ``there`` (see `charts`)."""
    rows = frame.assign(there=_there(frame))[(frame["ratio"] == ratio) & frame["unit"].isin(units)]
    ends = pd.to_datetime([PERIOD_OF[step](start.date()).end for start in pd.to_datetime(rows["period_start"])])
    order = rows["unit"].map(units.index)
    marked = rows.assign(
        closed=ends <= pd.Timestamp(as_of), period_start=pd.to_datetime(rows["period_start"]), order=order
    )
    return marked.sort_values(["order", "period_start"]).drop(columns="order").reset_index(drop=True)


def _there(rows: pd.DataFrame) -> pd.Series:
    """Whether a step lies between the first and the last one in which its unit has anything at all: no data is no zero.

    A unit without anything is there all the time.
    """
    held = rows[rows["upstream"] + rows["downstream"] + rows["open"].fillna(0) > 0].groupby("unit")["period_start"]
    first, last = (rows["unit"].map(days) for days in (held.min(), held.max()))
    return first.isna() | rows["period_start"].between(first, last)


def hint(rows: pd.DataFrame, words: Words, step: data.Every) -> str | None:
    """What to do where the counts of a step are too few, or None."""
    closed = rows.loc[rows["closed"], "downstream"]
    typical = int(closed.median()) if len(closed) else 0
    if typical >= THIN:
        return MONTHS if step == "week" and rows["unit"].nunique() > FEW_LINES else None
    return (
        f"A typical {step} here holds {typical or 'no'} {words.downstream[typical != 1]}, so the line jumps by chance. "
        f"{LONGER[step]}"
    )


USUAL = (
    "Grey line: what was usual in the first half year, for as many working days; dashed: how far a week strays from it "
    "by chance."
)


def legend(rows: pd.DataFrame, notes: pd.DataFrame) -> str:
    """How to read the chart, said once below it."""
    one, said = len(rows["unit"].unique()) == 1, said_ratios(rows).notna()
    parts = (
        "Shaded: the 80 % range, where the true ratio lies in four cases of five." if one else "",
        "A gap: no ratio, because one count is zero." if not said.all() else "",
        "Hollow and dotted: still running." if (said & ~rows["closed"]).any() else "",
        "Arrow: far above the rest, with its number." if len(beyond(rows)) else "",
        f"Small and pale: fewer than {FEW_CASES} cases." if rows["upstream"].between(1, FEW_CASES - 1).any() else "",
        f"{shapes}." if (shapes := notes_legend(notes)) else "",
    )
    return " ".join(part for part in parts if part)


def sentence(rows: pd.DataFrame) -> str:
    """Where everybody stood in the last step that is over, in words and safe for markdown."""
    closed = rows[rows["closed"]]
    last = closed[closed["period_start"] == closed["period_start"].max()]
    if last.empty:
        return "No step is over yet, so there is nothing to compare."
    said = [f"{text.plain(row['unit'])} {_standing(row)}" for row in last.to_dict("records")]
    when = long_label(last["period"].iloc[0], last["period_start"].iloc[0])
    return text.unbroken(f"**{when[0].upper()}{when[1:]}:** {'; '.join(said)}.")


def _standing(row: cells.Row) -> str:
    against = against_text(row["value"], row["standard"])
    return f"{n_to_one(row['value'])}, {against}" if against else "had no ratio"


def charts(rows: pd.DataFrame, words: Words, notes: pd.DataFrame, usual: pd.DataFrame) -> None:
    """The ratio over its volumes, each with its description; notes and usual counts as `charts` has them."""
    trend, volume = _drawn(rows, words, notes, usual)
    st.plotly_chart(trend.figure, alt=trend.alt, config=CONFIG, key="trend_chart")
    st.markdown(legend(rows, notes))
    st.plotly_chart(volume.figure, alt=volume.alt, config=CONFIG, key="volume_chart")
    if len(usual):
        shapes = notes_legend(usual)
        st.markdown(f"{USUAL} {shapes}." if shapes else USUAL)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its description."""

    figure: Any
    alt: str


# Kept as objects that are only read: a figure that is unpickled for each visit costs more than all that is drawn in it.
@st.cache_resource(max_entries=50, show_spinner=False)
def _drawn(rows: pd.DataFrame, words: Words, notes: pd.DataFrame, usual: pd.DataFrame) -> tuple[Drawn, Drawn]:
    # A few hundred rows at most, so every one of them is part of the key.
    return (
        Drawn(trend_figure(rows, words, notes), describe_trend(rows, words, notes)),
        Drawn(volume_figure(rows, words, usual), describe_volume(rows, words, usual)),
    )


def table(rows: pd.DataFrame, words: Words, by: data.Unit) -> pd.DataFrame:
    """The data of both charts as text, the latest step first; without names where only one is drawn."""
    said = [
        {
            "Period": long_label(row["period"], row["period_start"]) + ("" if row["closed"] else " (running)"),
            by.capitalize(): row["unit"],
            "Ratio and counts": value_text(row["upstream"], row["downstream"], row["value"], words),
            "Standard": standard_text(row["standard"]),
            "80 % range": "" if pd.isna(row["low"]) else cells.short_range(row["low"], row["high"]),
            "Verdict then": standings.grounds_briefly(row),
        }
        for row in rows.sort_values("period_start", ascending=False, kind="stable").to_dict("records")
    ]
    shown = pd.DataFrame(said)
    return shown if len(rows["unit"].unique()) > 1 else shown.drop(columns=by.capitalize())


def numbers(shown: pd.DataFrame) -> None:
    """The ``table``, in which long cells go on in the next line."""
    st.dataframe(
        shown,
        hide_index=True,
        row_height=WRAPPING,
        column_config={name: st.column_config.TextColumn(width=WIDTHS.get(name, 100)) for name in map(str, shown)},
        alt="The numbers of both charts, latest first",
    )


def words_of(ratio: str, view: str) -> Words:
    return cells.words_of(BY_NAME[ratio], view)
