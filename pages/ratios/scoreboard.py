"""Every desk's seven ratios against the minimum standards, and the rows behind each number."""

from __future__ import annotations

import streamlit as st

from ui import cells, data, downloads, filters, scoreboard, text

chosen = filters.current()
st.markdown(filters.sentence(chosen))
filters.require_activity(chosen)

company = data.ratio_frame(chosen, by="company")
st.markdown(scoreboard.sentence(company))

group, ratio, whose = st.columns([1.1, 1, 1])
with group:
    by = scoreboard.ask_group()
    beside = scoreboard.ask_beside()
frame = data.ratio_frame(chosen, by)
silent = cells.silent(frame)
shown = frame[~frame["unit"].isin(silent)]
with ratio:
    behind = scoreboard.ask_ratio()
with whose:
    of = scoreboard.ask_unit(sorted(shown["unit"].unique()), by.capitalize())
st.markdown(cells.LEGENDS[beside])
places = scoreboard.tables(shown, by.capitalize(), chosen.view, beside)
if behind:
    picked = scoreboard.Picked(behind, of)
    with places[picked.side]:
        scoreboard.panel(picked, shown, chosen, by)
scoreboard.cards(company, chosen.view)
scoreboard.fills(shown, by.capitalize())

if silent:
    st.markdown(f"Nothing recorded in this period: {text.plain(text.listed(silent, 8), 400)}.")
downloads.buttons(shown, downloads.Sheet("scoreboard", "Seven ratios against the minimum standards"), chosen)
