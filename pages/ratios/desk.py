"""One account executive on one screen: how the desk stands, why, what is open, and what watches it."""

from __future__ import annotations

import streamlit as st

from ui import desk, desk_data, desk_more, desk_ratios, desk_volumes, owed_counts

if not desk_data.desks():
    desk.say_nothing_known()
    st.stop()

found = desk_data.portrait(desk.ask())
desk.lead(found)
desk.plan(found)
owed = st.container()
desk.signals(found)
if not found.lines:
    desk.say_nothing_closed(found)
    owed_counts.of_desk(found.person.desk, owed)
    st.stop()

desk_ratios.show(found)
desk_volumes.show(found)

cases, fills = st.columns(2, gap="large")
with cases:
    desk_more.open_cases(found)
with fills:
    desk_more.fall_offs(found)
desk_more.changes(found)
desk_more.watch(found)

# Last of all, as the first view of the day counts what is owed afresh.
owed_counts.of_desk(found.person.desk, owed)
