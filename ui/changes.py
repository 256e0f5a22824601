"""What storing an import did to numbers that were known before: which desks, months and ratios, from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from quality.catalogue import BY_NAME
from quality.restated import compare
from ui import clock, data, downloads, text
from ui.downloads import Sheet
from ui.spans import Filters

#: How far back is compared.
_REACH = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class Known:
    """The ratios of every desk and month of the last year, up to the last day anything was known of."""

    asked: Filters
    frame: pd.DataFrame


def known_now() -> Known | None:
    """What is known now, to be compared later; None in a history without activity."""
    last = data.last_day(clock.today())
    if last is None:
        return None
    asked = Filters(last, last - _REACH, last, "", "activity")
    return Known(asked, data.ratio_frame(asked, every="month"))


def since(known: Known | None) -> pd.DataFrame:
    """The numbers that differ now: Desk, Month, Ratio, Before and After, both counts in each."""
    frame = compare(known.frame, data.ratio_frame(known.asked, every="month")) if known else pd.DataFrame()
    rows = [
        (row["unit"], row["period"], BY_NAME[row["ratio"]].title, _counts(row, "from"), _counts(row, "to"))
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["Desk", "Month", "Ratio", "Before", "After"])


def _counts(row: Mapping[Any, Any], when: str) -> str:
    both = [row[f"{name}_{when}"] for name in ("upstream", "downstream")]
    return " / ".join("0" if pd.isna(count) else f"{int(count):,}" for count in both)


def show(changed: pd.DataFrame) -> None:
    """What changed in the past, said and as a table; nothing where the past stayed as it was."""
    if not changed.empty:
        st.markdown(sentence(changed))
        table(changed)


def sentence(changed: pd.DataFrame) -> str:
    """How many numbers of the past changed, and why numbers do."""
    numbers = text.count(len(changed), "number")
    return f"**{numbers} of the past changed**, because newer files say more, or something else, about earlier days."


def table(changed: pd.DataFrame) -> None:
    """The changed numbers, to look at and to take away."""
    st.dataframe(
        changed,
        hide_index=True,
        height="content" if len(changed) < 8 else 320,
        alt="Numbers of the past that changed: desk, month, ratio, both counts before and after",
    )
    downloads.buttons(changed, Sheet("changed-numbers", "Numbers of the past that changed"))
