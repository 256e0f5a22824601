"""How good contacts are: notes after conversations, touches with a reason, what is known of candidates and clients."""

from __future__ import annotations

import streamlit as st

from ui import contact_quality, contact_quality_data, contact_quality_rows, contact_quality_words, whose

chosen = whose.ask()
head = st.container()
part = contact_quality.ask_part()
asked = contact_quality_data.question(chosen.asked, active_only=contact_quality.ask_active(part))
with head, st.spinner("Reading the notes"):
    found = contact_quality_data.shares(asked)
    without = contact_quality_data.left_out(asked)
with head:
    contact_quality.lead(found, asked, chosen)
    contact_quality.cards(found)

contact_quality.by_desk(found, asked, part)
contact_quality.say_left_out(without, found, part)
contact_quality.by_week(asked, part)
contact_quality_rows.show(found, asked, part)
if part.group == "touches":
    contact_quality_words.show()
