"""What the weekly meeting opens with: whom to talk to and why, who did great, what changed, what was met."""

from __future__ import annotations

import streamlit as st

from ui import contractor_counts, meeting_data, owed_counts, this_week

with st.spinner("Looking at every desk"):
    found = meeting_data.this_week()
if found is None:
    this_week.say_nothing_closed()
    st.stop()

this_week.lead(found)
this_week.talk(found)
this_week.praise(found)
owed, contractors = st.container(), st.container()
this_week.minimums(meeting_data.minimums())

st.subheader("What changed since last week", anchor=False)
with st.spinner("Comparing with what was known a week ago"):
    before = meeting_data.since_last_week()
    restated = meeting_data.restated()
this_week.changed(before)
this_week.restated(restated)

this_week.thin(meeting_data.too_thin())
this_week.all_signals(meeting_data.signals())

# Last of all, as the first view of the day counts what is owed afresh; it stands where a meeting asks for it.
owed_counts.of_firm(owed)
contractor_counts.of_firm(contractors)
