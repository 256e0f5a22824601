"""Every desk's seven ratios with their verdicts, what is worth a conversation first, and the rows behind a number."""

from __future__ import annotations

import streamlit as st

from ui import cells, comparing, course, downloads, filters, judgement, scoreboard, standings, text, week_minimums

chosen = filters.current()
st.markdown(filters.sentence(chosen))
filters.require_activity(chosen)

company = standings.of_period(chosen, "company")
st.markdown(scoreboard.sentence(company, chosen.view))

lines, inside, sorting = st.columns(3)
with lines:
    by = scoreboard.ask_group()
with inside:
    beside = scoreboard.ask_beside()
with sorting:
    order = standings.ask_order()
frame, signals = standings.of_period(chosen, by), judgement.signals(by)
silent = cells.silent(frame)
shown = standings.ordered(frame[~frame["unit"].isin(silent)], order, signals)
st.markdown(standings.sentence(shown, signals))
st.markdown(standings.caption(shown, order))
ratio, whose = st.columns(2)
with ratio:
    behind = scoreboard.ask_ratio()
with whose:
    of = scoreboard.ask_unit(sorted(shown["unit"].unique()), by.capitalize())
places = scoreboard.tables(shown, by.capitalize(), chosen.view, beside)
if behind:
    picked = scoreboard.Picked(behind, of)
    with places[picked.side]:
        scoreboard.panel(picked, shown, chosen, by)
with st.expander("How to read a cell", icon=":material/help:"):
    st.markdown(cells.legend(beside, chosen.view))
    st.markdown(standings.rests_on(chosen.view))
if silent:
    st.markdown(f"Nothing recorded in this period: {text.plain(text.listed(silent, 8), 400)}.")
downloads.buttons(
    standings.handed_out(shown),
    downloads.Sheet("scoreboard", "Seven ratios against the minimum standards", (standings.rests_on(chosen.view),)),
    chosen,
)
scoreboard.cards(company, chosen.view)
if by == "desk":
    week_minimums.section(set(shown["unit"]))
course.section(judgement.reviewed(by), list(dict.fromkeys(shown["unit"])), by)
comparing.section(shown, chosen, by)
scoreboard.fills(shown, by.capitalize())
