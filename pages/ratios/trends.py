"""One ratio over time against its minimum standard, with its uncertainty and the volumes behind it."""

from __future__ import annotations

import streamlit as st

from ui import downloads, filters, happened, judgement, scoreboard, standings, trends

chosen = filters.current()
filters.require_activity(chosen)

left, right = st.columns(2)
with left:
    ratio = trends.ask_ratio()
    by = scoreboard.ask_group()
with right:
    back = trends.ask_back()
    step = trends.ask_step()

asked = trends.widened(chosen, step, back, trends.first_day(chosen))
st.markdown(filters.sentence(asked))
frame = judgement.ratio_frame(asked, by, step)
units = trends.ask_units(trends.recorded(frame), by, chosen.desks)
if not units:
    st.info(f"Choose at least one {by} above to draw its line.", icon=":material/show_chart:")
    st.stop()

words = trends.words_of(ratio, chosen.view)
lines = trends.lines(frame, ratio, units, step, chosen.as_of)
rows = standings.with_grounds_then(lines, ratio, judgement.reviewed(by))
st.markdown(trends.sentence(rows))
if hint := trends.hint(rows, words, step):
    st.info(hint, icon=":material/info:")
notes = happened.notes(ratio, units, by, asked.start, asked.end, step)
usual = happened.usual(ratio, units, by, step, asked)
trends.charts(rows, words, notes, usual)
happened.show(happened.listed(notes, usual))
st.subheader("The numbers of both charts", anchor=False)
trends.numbers(trends.table(rows, words, by))
downloads.buttons(standings.handed_out(rows), downloads.Sheet(f"trend-{ratio}", f"{words.title} by {step}"), asked)
