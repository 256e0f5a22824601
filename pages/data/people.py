"""People: every desk with team, role and dates, names that are one person, and what is kept about contacts."""

from __future__ import annotations

import streamlit as st

from ui import people, people_names, people_settings

people.show_missing()
people_names.ask_same()
people.show_desks()
people.edit_roster()
st.subheader("One person, several names", anchor=False)
people_names.show_merged()
people_names.merge_by_hand()
st.subheader("Contact details and time zone", anchor=False)
people_settings.keep_contacts()
people_settings.choose_zone()
