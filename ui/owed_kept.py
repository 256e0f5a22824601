"""How promises were kept: the share with its range, week by week, by desk and by rule, and the rows behind a number."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.promises import describe_promises, promises_figure
from quality.kept import DEFINITION, FATES, By
from quality.obligation_rules import BY_NAME
from ui import downloads, named, owed_data, text
from ui.downloads import Sheet
from ui.whose import Whose

CONFIG = {"displayModeBar": False}
GROUPS: dict[str, By] = {"Desk": "desk", "Rule": "rule"}
_DAY = st.column_config.DateColumn(format="D MMM YYYY")


def show(chosen: Whose) -> None:
    """The share kept, the weeks, and a table whose numbers open their rows."""
    st.subheader("How promises were kept", anchor=False)
    whole = owed_data.promises(chosen.asked).to_dict("records")[0]
    if not whole["due"]:
        st.markdown(f"Nothing fell due yet. {DEFINITION}")
        return
    st.markdown(f"**{_share(whole)}** {DEFINITION}")
    weeks = owed_data.weeks(chosen.asked)
    st.plotly_chart(promises_figure(weeks), alt=describe_promises(weeks), config=CONFIG, key="promises")
    st.markdown(":small[Bars: what fell due in a week. Above each: how many of a hundred were kept.]")
    _table(chosen)


def _share(row: dict[Any, Any]) -> str:
    kept, late, overdue = (int(row[fate]) for fate in FATES)
    low, high = 100 * row["low"], 100 * row["high"]
    return (
        f"{100 * row['value']:.0f} % kept in time, likely {low:.0f} to {high:.0f} %: {kept:,} of {int(row['due']):,}; "
        f"{late:,} were late, {overdue:,} are overdue."
    ).replace(" %", "\u00a0%")


def _table(chosen: Whose) -> None:
    title = st.segmented_control(
        "A line for each", list(GROUPS), default="Desk", required=True, key="kept_by", bind="query-params"
    )
    by = GROUPS[title or "Desk"]
    found = owed_data.promises(chosen.asked, by)
    key = f"kept-{by}-{chosen.words}"
    picked = st.dataframe(
        listed(found, by),
        hide_index=True,
        height="content",
        key=key,
        on_select="rerun",
        selection_mode="single-cell",
        column_config={"Kept of all": st.column_config.NumberColumn(format="%.0f %%", help=DEFINITION)},
        alt=f"Promises by {by}: kept, late, overdue, the share kept and its likely range",
    )
    st.markdown(
        ":small[Choose a number to see the rows behind it. Likely: in four cases of five the true share lies there.]"
    )
    downloads.buttons(listed(found, by), Sheet(f"promises-by-{by}", f"Promises kept by {by}", (DEFINITION,)))
    if cells := picked["selection"]["cells"]:
        _behind(chosen, by, found, cells[0])


def listed(found: pd.DataFrame, by: By) -> pd.DataFrame:
    """The table as people read it: names, counts, the share kept in per cent and its range."""
    names = [BY_NAME[unit].title if by == "rule" else unit for unit in found["unit"]]
    ranges = [f"{100 * low:.0f} to {100 * high:.0f} %" for low, high in zip(found["low"], found["high"], strict=True)]
    counts = {fate.capitalize(): found[fate] for fate in FATES}
    return pd.DataFrame({by.capitalize(): names, "Kept of all": 100 * found["value"], "Likely": ranges, **counts})


def _behind(chosen: Whose, by: By, found: pd.DataFrame, cell: tuple[int, str]) -> None:
    """The obligations that one number counts; the other columns open all of the line."""
    at, column = cell
    unit = str(found["unit"].iloc[at])
    fates = (column.lower(),) if column.lower() in FATES else FATES
    rows = owed_data.behind(chosen.asked, by, unit, fates)
    name = BY_NAME[unit].title if by == "rule" else unit
    many = text.count(len(rows), "row")
    cut = f", the latest {owed_data.MOST_ROWS:,} shown" if len(rows) > owed_data.MOST_ROWS else ""
    st.markdown(f"**{text.plain(name)}, {text.listed(fates)}**: {many}{cut}")
    shown = evidence(rows)
    columns, key = {"Due": _DAY, "Triggered": _DAY, "Done": _DAY}, f"promises-{chosen.words}-{by}-{unit}-{fates}"
    parties = {"Who": rows["party"]}
    named.table(shown.head(owed_data.MOST_ROWS), key, f"The obligations behind {name}", parties, columns)
    downloads.buttons(shown, Sheet("promises-rows", f"Promises of {name}", (DEFINITION,)))


def evidence(rows: pd.DataFrame) -> pd.DataFrame:
    """Obligations as people read them."""
    columns = {
        "due_at": "Due", "status": "Status", "who": "Who", "why": "Why", "triggered_at": "Triggered",
        "fulfilled_at": "Done", "desk": "Desk", "client": "Client", "job": "Job",
    }  # fmt: skip
    return rows[list(columns)].rename(columns=columns)
