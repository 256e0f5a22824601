"""Step 4: how dates are written, and whose time they tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from loaders.inspection import DateSeen, Inspection
from ui import data, text
from ui.wizard import answers

OURS, UTC = "The firm's own time", "UTC"


def ask(file_id: str, seen: Inspection, headers: Iterable[str]) -> dict[str, Any]:
    """``day_first`` and ``zone`` of the decisions, as they stand now; ``headers`` are the columns in use."""
    st.markdown("#### 4. How dates are written")
    used = set(headers)
    dates = [date for date in seen.dates if date.header in used]
    if not dates:
        st.markdown("Say above which column tells when it happened.")
        return {}
    for date in dates:
        st.markdown(_sentence(date))
    for date in dates:
        _show_readings(date)
    order = _ask_order(file_id, seen)
    zone = _ask_zone(file_id, seen)
    if zone or any(date.utc for date in dates):
        ask_firm_zone(file_id)
    return {"day_first": order, "zone": zone}


def _sentence(date: DateSeen) -> str:
    name = f"**{text.plain(date.header)}**"
    if date.ambiguous:
        return f"{name}: day and month cannot be told apart. Say which comes first."
    return f"{name}: {text.plain(date.read_as, 200)}."


def _ask_order(file_id: str, seen: Inspection) -> bool | None:
    now = next(label for label, first in answers.ORDERS.items() if first == seen.decisions.day_first)
    said = st.segmented_control(
        "Dates are written",
        list(answers.ORDERS),
        default=now,
        required=True,
        key=answers.key(file_id, "order"),
        wrap=True,
    )
    return answers.ORDERS[said or answers.DECIDE]


def _ask_zone(file_id: str, seen: Inspection) -> str | None:
    if all(date.utc for date in seen.dates):
        return seen.decisions.zone
    said = st.segmented_control(
        "Times are in",
        [OURS, UTC],
        default=UTC if seen.decisions.zone == UTC else OURS,
        required=True,
        key=answers.key(file_id, "zone"),
    )
    return UTC if said == UTC else None


def _show_readings(date: DateSeen) -> None:
    if not date.ambiguous or not date.readings:
        return
    st.dataframe(
        pd.DataFrame(date.readings, columns=["In the file", "If the month comes first", "If the day comes first"]),
        hide_index=True,
        alt=f"Rows of {date.header} read both ways",
    )


def ask_firm_zone(file_id: str) -> None:
    """The firm's time zone, which times in UTC are brought to; kept as a setting once somebody agrees."""
    stored = data.settings().get("time_zone")
    zones = sorted(available_timezones())
    now = stored or st.context.timezone
    with st.container(horizontal=True, vertical_alignment="bottom"):
        said = st.selectbox(
            "The firm is in the time zone",
            zones,
            index=zones.index(now) if now in zones else None,
            key=answers.key(file_id, "firm-zone"),
            width=300,
        )
        if said and said != stored and st.button("Keep this time zone", key=answers.key(file_id, "keep-zone")):
            data.history().save_setting("time_zone", said)
            st.rerun()
    if said != stored:
        st.markdown("Times written in UTC stay as they are until you keep a time zone.")
