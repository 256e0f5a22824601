"""The parts of the scoreboard: the sentence, the cards, the tables, and the panel with the rows behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.words import counts_text, standard_text, value_text, zero_text
from quality.catalogue import BY_NAME, RATIOS
from quality.words import interval_in_words, n_to_one
from ui import cells, data, downloads, marks, menu, named, standings, text, wishes
from ui.spans import Filters

GROUPS: dict[str, data.Unit] = {"Desk": "desk", "Team": "team", "Company": "company"}
SIDES = {
    "Candidate side": tuple(ratio.name for ratio in RATIOS if ratio.side == "candidate"),
    "Client side": tuple(ratio.name for ratio in RATIOS if ratio.side == "client"),
}
#: Text colours of the theme beside the words, since a table's cells take colours as they are.
COLORS: dict[str, dict[marks.Tone, str]] = {
    "light": {"bad": "color: #94201A", "good": "color: #075C40", "unsure": "color: #65706A"},
    "dark": {"bad": "color: #F6A9A2", "good": "color: #80D6B7", "unsure": "color: #9AA6A0"},
}
#: For a letter of 16 pixels: the height of a row by what stands beside a ratio, over four letters so that its cells
#: break their text into lines, and the width of a column that holds a verdict above its counts.
LETTER_SIZE, ROW_HEIGHTS, CELL_WIDTH = 16, {"Both counts": 65, "Likely range": 86}, 172
#: Pixels of a letter, and the least and most of a pinned name: a phone keeps room for a ratio beside it.
LETTER, NAMES = 8, (110, 210)
#: Title of a ratio -> the tone of each unit's cell, none where it is neutral.
Tones = Mapping[str, Sequence[marks.Tone | None]]
CREDIT = "Send-outs and fills count here for the desk that won the order, where one is known."


READS = "6 : 1 reads *six of the first for one of the second*, so **lower is better**."
#: Every ratio this near its standard, as a share of it, and so many of them at least: one sentence says so.
NEAR, FEWEST_AT = 0.15, 3
AT_STANDARD = (
    "The company as a whole stands right at its standards, as it does where these are its own average. Who is better "
    "and who is worse is told by the desks."
)


@dataclass(frozen=True, slots=True)
class Picked:
    """The number whose rows are wanted: a ratio, and of whom; ``unit`` is None for everybody's."""

    ratio: str
    unit: str | None

    @property
    def side(self) -> str:
        return next(side for side, names in SIDES.items() if self.ratio in names)


def sentence(company: pd.DataFrame, view: str) -> str:
    """What the company's numbers mean, in one sentence."""
    if view == "cohort":
        return f"{standings.NO_VERDICTS} {READS}"
    if at_standard(company):
        return f"{AT_STANDARD} {READS}"
    tones = [cells.mark(row).tone for row in company.to_dict("records")]
    said = (
        f"Of the company's {len(tones)} ratios {tones.count('good')} meet their standard or likely do, "
        f"{tones.count('bad')} are below or likely are, {tones.count('unsure')} cannot be told yet"
    )
    return f"{said}. {READS}"


def at_standard(company: pd.DataFrame) -> bool:
    """Whether every ratio that is judged lies at its standard, as it does where that is the company's own average."""
    judged = company[company["verdict"].notna() & (company["upstream"] > 0)]
    off = (judged["value"].astype(float) / judged["standard"].astype(float) - 1).abs()
    return len(judged) >= FEWEST_AT and bool((judged["verdict"].eq("unclear") & (off <= NEAR)).all())


def cards(company: pd.DataFrame, view: str) -> None:
    """The company's seven ratios against their standards; below the desks, which are what the meeting is about."""
    st.subheader("The whole company", anchor=False)
    rows, at = {row["ratio"]: row for row in company.to_dict("records")}, at_standard(company)
    with st.grid(4, min_column_width=150):
        for name in BY_NAME:
            _card(rows[name], view, at)


def _card(row: cells.Row, view: str, at: bool) -> None:
    """The value as a metric; its words stand below it, since a metric cuts off what does not fit its width."""
    ratio = BY_NAME[row["ratio"]]
    words = cells.words_of(ratio, view)
    known = zero_text(row["upstream"], row["downstream"], words) is None
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.markdown(f"**{ratio.title}**")
        st.metric(ratio.title, n_to_one(row["value"]) if known else "none yet", label_visibility="collapsed")
        rests_on = standings.grounds(row, cells.words_of(ratio, "activity"))
        st.markdown(text.unbroken(_judged(row, view, at)), help=f"{ratio.sentence} {rests_on}".rstrip())
        counts = counts_text(row["upstream"], row["downstream"], words)
        likely = interval_in_words(row["low"], row["high"]) if row["upstream"] else ""
        st.markdown(f":small[{'; '.join(filter(None, (counts, likely)))}]")


def _judged(row: cells.Row, view: str, at: bool) -> str:
    """The words of a card: the verdict and where the number lies, only the latter where all lie at their standard."""
    against = f"standard {standard_text(row['standard'])}"
    if view == "cohort":
        return against
    if at and cells.mark(row) is not marks.NO_VERDICT:
        return f"at its {against}"
    period = f"in this period {cells.standing(row)}" if cells.is_apart(row) else cells.standing(row)
    return f"**{cells.verdict_text(row)}**; {period}"


def ask_group() -> data.Unit:
    """Whom the lines of the tables stand for."""
    title = st.segmented_control(
        "A line for each", list(GROUPS), default="Desk", required=True, key="by", bind="query-params"
    )
    return GROUPS[title or "Desk"]


def ask_beside() -> str:
    """What stands beside a ratio in its cell: a key of ``cells.BESIDE``."""
    names = list(cells.BESIDE)
    chosen = st.segmented_control(
        "Beside each ratio", names, default=names[0], required=True, key="beside", bind="query-params"
    )
    return chosen or names[0]


def ask_ratio() -> str | None:
    """The ratio to look behind; a click in a table fills this box and the next."""
    return st.selectbox(
        "Look behind a ratio",
        list(BY_NAME),
        index=None,
        placeholder="Choose, or click a number",
        format_func=lambda name: BY_NAME[name].title,
        key="behind",
        bind="query-params",
        on_change=_forget_clicks,
    )


def ask_unit(units: list[str], unit_title: str) -> str | None:
    """Whose value of the ratio to look behind; None for everybody's."""
    return st.selectbox(
        f"of a {unit_title.lower()}",
        units,
        index=None,
        placeholder="All of them",
        key="of",
        bind="query-params",
        on_change=_forget_clicks,
    )


def tables(frame: pd.DataFrame, unit_title: str, view: str, beside: str) -> dict[str, DeltaGenerator]:
    """One table a side, standards first; returns the place below each."""
    return {
        side: _section(side, cells.table(frame, names, unit_title, view, beside), cells.tones(frame, names), beside)
        for side, names in SIDES.items()
    }


def _section(side: str, shown: pd.DataFrame, tones: Tones, beside: str) -> DeltaGenerator:
    st.subheader(side, anchor=False)
    if side == "Client side":
        st.markdown(CREDIT)
    names, *ratios = shown.columns
    scale = (st.get_option("theme.baseFontSize") or LETTER_SIZE) / LETTER_SIZE
    width = round(CELL_WIDTH * scale)
    columns = {names: pinned(shown[names])} | {name: st.column_config.TextColumn(width=width) for name in ratios}
    st.dataframe(
        shown.style.apply(_styles, axis=None, tones=tones),
        hide_index=True,
        height="content",
        row_height=round(ROW_HEIGHTS[beside] * scale),
        column_config=columns,
        key=_table_key(side),
        on_select=partial(_take_click, side, shown[names].tolist()),
        selection_mode="single-cell",
        alt=f"{side}: ratios by {names.lower()} against the standard in the first line",
    )
    return st.container()


def fills(frame: pd.DataFrame, unit_title: str) -> None:
    """Fills gross and net of those that fell off; nothing in the cohort view, which follows cases instead."""
    rows = cells.fills_table(frame, unit_title)
    if rows.empty:
        return
    st.subheader("Fills, gross and net", anchor=False)
    st.markdown(
        "A fill falls off where it ends within the guarantee: quit, ended by the client or never started. "
        "The ratios above count fills gross."
    )
    columns = {
        unit_title: pinned(rows[unit_title]),
        "Share": st.column_config.NumberColumn(format="%.0f %%", help="Fell off, of all fills"),
    }
    alt = f"Fills by {unit_title.lower()}, how many fell off, and what is left"
    st.dataframe(
        rows, hide_index=True, height="content", width="content", column_config=columns, placeholder="", alt=alt
    )


def pinned(names: pd.Series, title: str | None = None) -> Any:
    """The column of names: wide enough for the longest and the title, within reason, there while the rest scrolls."""
    longest = LETTER * max([*names.str.len().dropna().astype(int), len(str(title or names.name or ""))]) + 20
    return st.column_config.TextColumn(title, pinned=True, width=min(max(longest, NAMES[0]), NAMES[1]))


def _styles(shown: pd.DataFrame, tones: Tones) -> pd.DataFrame:
    """The standards bold, every verdict in its colour; for the whole table at once, since cell by cell is slow."""
    colors = COLORS[st.context.theme.type or "light"]
    plain: list[marks.Tone | None] = [None] * (len(shown) - 1)
    looks = {name: [colors[tone] if tone else "" for tone in tones.get(name, plain)] for name in map(str, shown)}
    return pd.DataFrame({name: ["font-weight: bold", *own] for name, own in looks.items()}, index=shown.index)


def _table_key(side: str) -> str:
    return f"table {side}"


def _take_click(side: str, units: list[str]) -> None:
    """Puts a clicked cell into the two boxes; the line of the standards means everybody."""
    clicked = st.session_state[_table_key(side)]["selection"]["cells"]
    titles = {BY_NAME[name].title: name for name in SIDES[side]}
    if clicked and clicked[0][1] in titles:
        row, title = clicked[0]
        st.session_state["behind"] = titles[title]
        st.session_state["of"] = units[row] if row else None


def _forget_clicks() -> None:
    """A choice made in the boxes takes the mark off the cell that was clicked before."""
    for side in SIDES:
        st.session_state[_table_key(side)] = {"selection": {"rows": [], "columns": [], "cells": []}}


def panel(picked: Picked, frame: pd.DataFrame, chosen: Filters, by: data.Unit) -> None:
    """What lies behind the picked number: everybody's value of a ratio, or one value with its rows."""
    rows = frame[frame["ratio"] == picked.ratio]
    with st.container(border=True):
        if picked.unit is None:
            _list(rows, picked, chosen, by)
        else:
            _evidence(picked, rows[rows["unit"] == picked.unit].to_dict("records")[0], chosen, by)
        _definition(picked)


def _definition(picked: Picked) -> None:
    ratio = BY_NAME[picked.ratio]
    st.markdown(
        f"{ratio.sentence} Counted as {ratio.formula}, definition of {text.day(ratio.changed_on)}. "
        "*Likely between*: with counts like these the true ratio lies there in four cases of five (80 %)."
    )


def _list(rows: pd.DataFrame, picked: Picked, chosen: Filters, by: data.Unit) -> None:
    """One ratio of everybody with its range: the form that fits a phone."""
    st.markdown(f"**{BY_NAME[picked.ratio].title}**, {text.days(chosen.start, chosen.end)}")
    st.dataframe(
        cells.ranges(rows, by.capitalize(), chosen.view),
        hide_index=True,
        height="content",
        alt=f"{BY_NAME[picked.ratio].title} of everybody, with counts and 80 % range",
    )


def _evidence(picked: Picked, row: cells.Row, chosen: Filters, by: data.Unit) -> None:
    """One value in words, and the rows that make it."""
    ratio = BY_NAME[picked.ratio]
    words = cells.words_of(ratio, chosen.view)
    behind = wishes.nameless(data.evidence(chosen, picked.ratio, row["unit"], by))
    st.markdown(f"**{ratio.title}, {text.plain(row['unit'])}**, {text.days(chosen.start, chosen.end)}")
    facts = (
        f"**{value_text(row['upstream'], row['downstream'], row['value'], words)}**",
        cells.standing(row) if chosen.view == "activity" else "",
        interval_in_words(row["low"], row["high"]),
    )
    st.markdown(" · ".join(filter(None, facts)))
    st.markdown(standings.grounds(row, cells.words_of(ratio, "activity")))
    st.markdown(cells.reconciled(behind, row, words))
    columns = {name: st.column_config.DateColumn(format="D MMM YYYY") for name in ("Began on", "Got there on")}
    key = f"behind-{picked.ratio}-{row['unit']}-{by}-{chosen.start}-{chosen.end}-{chosen.view}"
    named.table(cells.evidence(behind, words), key, f"Rows behind {ratio.title}", config=columns)
    downloads.buttons(behind, downloads.Sheet(f"rows-{picked.ratio}", f"Rows behind {ratio.title}"), chosen)
    if by == "desk":
        icon = menu.BY_URL["desk"].icon
        st.page_link(menu.file("desk"), label="Open the desk", icon=icon, query_params={"who": row["unit"]})
