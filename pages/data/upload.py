"""Upload: drop exports, check what was understood, correct it, store it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import changes, data, filters, intake, menu, text, understood
from ui.intake import Reading
from ui.wizard import answers, kept, left, saved, spellings, steps


def show_outcome(done: intake.Outcome) -> None:
    st.success(done.sentence, icon=":material/check_circle:")
    if st.button("See the scoreboard", type="primary", icon=":material/scoreboard:", key="go_scoreboard"):
        filters.show_stored(done.days)
        st.switch_page(menu.file("scoreboard"))


def say_what_to_drop() -> None:
    st.markdown(
        "Drop what your recruiting or phone system exports, or the sheet you keep by hand: calls, interviews, "
        "placements. You see what was understood first, and nothing is stored until you say so. A list with desk, "
        "team, from and to sets the teams."
    )
    if data.is_new():
        st.page_link(menu.file("this_week"), label="Back to the start", icon=":material/arrow_back:")


def offer_to_store(readings: list[Reading]) -> None:
    ready = intake.storable(readings)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Store {text.count(len(ready), 'file')}" if ready else "Nothing to store"
        st.button(
            label,
            type="primary",
            icon=":material/save:",
            disabled=not ready or not intake.is_agreed(readings),
            key="store",
            on_click=answers.ask_to_store,
        )
        st.markdown(intake.sentence(readings))
    if intake.is_to_be_stored(readings):
        with st.spinner("Storing", show_time=True):
            intake.store(ready)
        st.rerun()


def show_reading(reading: Reading, place: DeltaGenerator) -> None:
    refused = reading.loaded.report.refused
    if understood.can_be_answered(reading.loaded.report):
        left.show(place, reading.file_id, reading.loaded.report)
    elif refused:
        understood.show_refusal(refused)
    else:
        understood.show_summary(reading.loaded, reading.file_id, steps.is_needed(reading.loaded.report))
        spellings.show(reading.desks)
    if reading.expected:
        st.markdown(intake.expected(reading))
    intake.ask_complete(reading)


def show(reading: Reading) -> None:
    report = reading.loaded.report
    with st.container(border=True):
        st.subheader(text.plain(report.name), anchor=False)
        # However long this part is, the questions below stay where they are while they are answered.
        with st.container():
            place = st.empty()
            show_reading(reading, place)
        if reading.raw is not None and not report.mends:
            steps.offer(reading.file_id, report, reading.raw, place)
        kept.show(reading.file_id, report)


files = intake.drop()
if files:
    with st.container():
        batch = intake.read_all(files)
    offer_to_store(batch)
    for one in batch:
        show(one)
elif intake.OUTCOME in st.session_state:
    show_outcome(st.session_state[intake.OUTCOME])
    changes.show(st.session_state[intake.CHANGED])
else:
    say_what_to_drop()
saved.show([file.file_id for file in files])
