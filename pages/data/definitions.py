"""What every number means: the seven ratios, what counts when, and what others have published."""

from __future__ import annotations

import streamlit as st

from quality.catalogue import DEFINITIONS_CHANGED
from ui import data, glossary, menu, text
from ui.sections import chosen_section

rules = data.rules()
st.markdown(
    "A ratio compares two counts, for example **6.0 : 1 · 42 send-outs, 7 fills**: six send-outs for one fill. "
    "Lower is better: fewer steps for the same result. "
    f"These definitions were last changed on {text.day(DEFINITIONS_CHANGED)}."
)
st.page_link(menu.file("standards"), label="Set the minimum standards", icon=menu.BY_URL["standards"].icon)

chosen_section(glossary.SECTIONS, "section")(rules)
