"""The section of the scoreboard that compares everybody on one ratio: a funnel, its words and its numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import describe_funnel, funnel_figure
from charts.words import Words, value_text
from quality.catalogue import BY_NAME
from quality.comparison import PLACES, Comparison, comparison
from quality.words import n_to_one
from ui import cells, data, downloads, text
from ui.spans import Filters

CONFIG = {"displayModeBar": False, "scrollZoom": False}
READING = (
    "Further to the right: more cases, so less room for chance. In the shaded part nineteen of twenty would lie if all "
    "were equally good; beyond the dashed lines one in five hundred. ▲ and ▼ lie outside: better, worse."
)


def section(frame: pd.DataFrame, chosen: Filters, by: data.Unit) -> None:
    """The box to choose a ratio, and the comparison; ``frame`` has the columns of ``quality.ratios``."""
    st.subheader("Who differs by more than chance", anchor=False)
    ratio = st.selectbox(
        "Compare on",
        list(BY_NAME),
        index=3,
        format_func=lambda name: BY_NAME[name].title,
        key="compare",
        bind="query-params",
    )
    compared = comparison(frame, ratio)
    if compared is None:
        st.markdown(f"It takes three {by}s with this ratio to compare them." if by != "company" else ALONE)
        return
    words = cells.words_of(BY_NAME[ratio], chosen.view)
    st.markdown(sentence(compared))
    alt = describe_funnel(compared, words)
    st.plotly_chart(_drawn(compared, words), alt=alt, config=CONFIG, key="funnel")
    st.markdown(READING)
    with st.expander("The numbers of this chart"):
        shown = table(compared, words, by)
        st.dataframe(shown, hide_index=True, height="content", alt=f"{words.title} compared, the best first")
        downloads.buttons(shown, downloads.Sheet(f"compared-{ratio}", f"{words.title} compared"), chosen)


ALONE = "The company has nobody to be compared with; choose desks or teams above."


# Kept as an object that is only read: unpickling a figure for each visit costs more than drawing it.
@st.cache_resource(max_entries=50, show_spinner=False)
def _drawn(compared: Comparison, words: Words) -> Any:
    # A few dozen points, so every one of them is part of the key.
    return funnel_figure(compared, words)


def sentence(compared: Comparison) -> str:
    """Who differs and how, safe for markdown."""
    said = [f"{_names(compared, (2, 1))} better", f"{_names(compared, (-2, -1))} worse"]
    found = [part for part in said if not part.startswith(" ")]
    if not found:
        return "Nobody differs from all together by more than chance explains."
    return (
        f"By more than chance explains: {'; '.join(found)}. All together: {text.unbroken(n_to_one(compared.common))}."
    )


def _names(compared: Comparison, places: tuple[int, ...]) -> str:
    units = compared.points.loc[compared.points["place"].isin(places), "unit"]
    return text.listed([text.plain(unit) for unit in units], 5)


def table(compared: Comparison, words: Words, by: data.Unit) -> pd.DataFrame:
    """The best first: unit, ratio with both counts, how it compares, and the ratio it is ordered by."""
    rows = compared.points.to_dict("records")
    said = [
        {
            by.capitalize(): row["unit"],
            "Ratio and counts": value_text(row["upstream"], row["downstream"], row["value"], words),
            "Differs from all together by": PLACES[row["place"]],
            "Compared as": n_to_one(row["fair"]),
        }
        for row in rows
    ]
    return pd.DataFrame(said)
