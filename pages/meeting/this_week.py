"""What the weekly meeting opens with: whom to talk to and why, who did great, what changed, what was met."""

from __future__ import annotations

import streamlit as st

from ui import changes, meeting_data, this_week

found = meeting_data.this_week()
if found is None:
    this_week.say_nothing_closed()
    st.stop()

this_week.lead(found)
differs = meeting_data.since_last_week()
new = differs.new if differs else ()
this_week.talk(found, new)
this_week.praise(found, new)

st.subheader("What changed since last week", anchor=False)
this_week.changed(differs)
changes.show(meeting_data.restated())

this_week.minimums(meeting_data.minimums(), found.week.start)
this_week.thin(meeting_data.too_thin())
this_week.all_signals(meeting_data.signals())
