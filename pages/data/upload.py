"""Upload: drop exports, check what was understood, correct it, store it."""

from __future__ import annotations

import streamlit as st

from ui import corrections, intake, menu, text, understood
from ui.intake import Outcome, Reading


def show_outcome(done: Outcome) -> None:
    st.success(done.sentence, icon=":material/check_circle:")
    st.page_link(menu.file("scoreboard"), label="See the scoreboard", icon=":material/scoreboard:")


def show(reading: Reading) -> None:
    report = reading.loaded.report
    with st.container(border=True):
        st.subheader(text.plain(report.name), anchor=False)
        if report.refused:
            understood.show_refusal(report)
        else:
            understood.show_summary(reading.loaded)
        with st.expander("Correct how it was read", icon=":material/tune:", expanded=report.refused is not None):
            corrections.ask(reading.file_id, report, intake.layouts())
            corrections.ask_columns(reading.file_id, report)


def offer_to_store(readings: list[Reading]) -> None:
    ready = intake.storable(readings)
    label = f"Store {text.count(len(ready), 'file')}" if ready else "Nothing to store yet"
    if st.button(label, type="primary", icon=":material/save:", disabled=not ready, key="store"):
        with st.spinner("Storing"):
            intake.store(readings)
        st.rerun()


files = intake.drop()
if files:
    readings = intake.read_all(files)
    for one in readings:
        show(one)
    offer_to_store(readings)
elif intake.OUTCOME in st.session_state:
    show_outcome(st.session_state[intake.OUTCOME])
