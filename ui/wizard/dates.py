"""Step 4: how dates are written, and whose time they tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from loaders.inspection import DateSeen, Inspection
from ui import data, text
from ui.wizard import answers

#: So many values are read both ways on screen.
_SHOWN = 3
#: Title -> width in pixels: together they fit the box on a phone, where one must choose between the last two.
_READINGS = {"In the file": 96, "Month first": 98, "Day first": 96}
OURS, UTC = "The firm's own time", "UTC"


def ask(file_id: str, seen: Inspection, headers: Iterable[str]) -> dict[str, Any]:
    """``day_first`` and ``zone`` of the decisions, as they stand now; ``headers`` are the columns in use."""
    st.markdown("#### 4. How dates are written")
    used = set(headers)
    dates = [date for date in seen.dates if date.header in used]
    if not dates:
        st.markdown("Say above which column tells when it happened.")
        return {}
    _say_how_read([date for date in dates if not date.ambiguous])
    _show_both([date for date in dates if date.ambiguous])
    order = _ask_order(file_id, seen, dates)
    zone = _ask_zone(file_id, seen, dates)
    if zone or any(date.utc for date in dates):
        ask_firm_zone(file_id)
    return {"day_first": order, "zone": zone}


def _say_how_read(dates: Sequence[DateSeen]) -> None:
    """One sentence for all columns that are written the same way."""
    for read_as in dict.fromkeys(date.read_as for date in dates):
        how = text.plain(read_as, 200) or "nothing in it can be read as a date"
        st.markdown(f"{_names(date for date in dates if date.read_as == read_as)}: {how}.")


def _show_both(dates: Sequence[DateSeen]) -> None:
    """Columns whose day and month cannot be told apart, with a few values of theirs read both ways."""
    if not dates:
        return
    st.markdown(f"{_names(dates)}: day and month cannot be told apart. Say which comes first.")
    # The time of day reads the same either way, and a phone has no room for it.
    days = ((value, *(one.partition(",")[0] for one in both)) for date in dates for value, *both in date.readings)
    readings = list(dict.fromkeys(days))[:_SHOWN]
    if readings:
        st.dataframe(
            pd.DataFrame(readings, columns=list(_READINGS)),
            hide_index=True,
            width="content",
            column_config={title: st.column_config.TextColumn(width=width) for title, width in _READINGS.items()},
            alt="Dates of the file read both ways",
        )


def _names(dates: Iterable[DateSeen]) -> str:
    return text.listed([f"**{text.plain(date.header)}**" for date in dates], 6)


def _ask_order(file_id: str, seen: Inspection, dates: Sequence[DateSeen]) -> bool | None:
    """Asked where it cannot be told, and where it was said before, so that it can be taken back."""
    said_before = answers.said(file_id, "order") or seen.decisions.day_first is not None
    if not (said_before or any(date.ambiguous for date in dates)):
        return None
    said = st.segmented_control(
        "Dates are written",
        list(answers.ORDERS),
        default=next((label for label, first in answers.ORDERS.items() if first == seen.decisions.day_first), None),
        key=answers.key(file_id, "order"),
        wrap=True,
    )
    return answers.ORDERS.get(said or "")


def _ask_zone(file_id: str, seen: Inspection, dates: Sequence[DateSeen]) -> str | None:
    """Asked where there are times that do not say it themselves."""
    if not any(date.timed and not date.utc for date in dates):
        return seen.decisions.zone
    said = st.segmented_control(
        "Times are in",
        [OURS, UTC],
        default=UTC if seen.decisions.zone == UTC else OURS,
        required=True,
        key=answers.key(file_id, "zone"),
    )
    return UTC if said == UTC else None


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
