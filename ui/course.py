"""The section of the scoreboard with a small line for everybody: how fills, send-outs or a ratio went week by week."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from quality.catalogue import BY_NAME, MEASURES
from quality.review import Review
from quality.words import count_in_words, n_to_one
from ui import data, scoreboard

WEEKS = 26
VOLUMES = ("send_out", "fill")
TITLES = {name: MEASURES[name].plural.capitalize() for name in VOLUMES} | {
    name: ratio.title for name, ratio in BY_NAME.items()
}
LINE_WIDTH = 200


def section(review: Review | None, units: list[str], by: data.Unit) -> None:
    """The box to choose what to follow, and a line for each unit; nothing before a week is closed."""
    if review is None:
        return
    st.subheader("How the last weeks went", anchor=False)
    name = st.selectbox("Follow", list(TITLES), format_func=TITLES.__getitem__, key="course", bind="query-params")
    found = lines(review, name, units)
    st.markdown(_reading(name, len(review.weekly.weeks)))
    columns = {
        "unit": scoreboard.pinned(found["unit"], by.capitalize()),
        "line": st.column_config.LineChartColumn("Week by week", width=LINE_WIDTH, y_min=0),
        "now": st.column_config.TextColumn("Now", width=230),
        "before": st.column_config.TextColumn("Before", width=230),
    }
    alt = f"{TITLES[name]} week by week"
    st.dataframe(found, hide_index=True, height="content", width="content", column_config=columns, alt=alt)


def _reading(name: str, weeks: int) -> str:
    shown = min(weeks, WEEKS)
    if name in VOLUMES:
        return (
            f"Counts of the last {shown} closed weeks, each line as high as its own best week. Now: the last 13 "
            "weeks, before: the 13 before these."
        )
    return (
        f"The ratio as it stood in each of the last {shown} closed weeks, over 13 weeks or more; lower is better. "
        "Now: at the end of the last one, before: 13 weeks earlier. Weeks without a ratio are left out."
    )


def lines(review: Review, name: str, units: list[str]) -> pd.DataFrame:
    """One row a unit: unit, line (numbers, the oldest first), now and before in words; ``name`` is a key of TITLES."""
    places = {unit: at for at, unit in enumerate(review.weekly.units)}
    say = _volume if name in VOLUMES else _ratio
    rows = [{"unit": unit, **say(review, name, places[unit])} for unit in units if unit in places]
    return pd.DataFrame(rows, columns=["unit", "line", "now", "before"])


def _volume(review: Review, name: str, unit: int) -> dict[str, object]:
    counts, words = review.weekly.volumes[name][unit], (MEASURES[name].singular, MEASURES[name].plural)
    now, before = counts[-13:], counts[-26:-13]
    return {
        "line": counts[-WEEKS:].tolist(),
        "now": count_in_words(now.sum(), words),
        "before": count_in_words(before.sum(), words) if len(before) == 13 else "",
    }


def _ratio(review: Review, name: str, unit: int) -> dict[str, object]:
    one = review.judged[name]
    upstream, downstream = one.upstream[unit], one.x[unit]
    known = (upstream > 0) & (downstream > 0)
    values = np.divide(upstream, downstream, out=np.zeros_like(upstream, dtype=float), where=known)
    said = [_said(*pair) for pair in zip(values, upstream, downstream, strict=True)]
    return {
        "line": values[-WEEKS:][known[-WEEKS:]].round(2).tolist(),
        "now": said[-1],
        "before": said[-14] if len(said) > 13 else "",
    }


def _said(value: float, upstream: float, downstream: float) -> str:
    return (
        f"{n_to_one(value)} · {upstream:,.0f} / {downstream:,.0f}"
        if value
        else f"no ratio · {upstream:,.0f} / {downstream:,.0f}"
    )
