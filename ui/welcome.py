"""The one screen an empty history shows: what Touchline does, and two ways on."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import clock, menu, sample


def show() -> None:
    """Draws the welcome screen; everything else stays hidden until there is something to show."""
    st.title("Touchline", anchor=False)
    st.markdown(
        "Drop in the exports your recruiting system already makes. See how many calls, interviews and send-outs "
        "each desk needs for a fill, against your own standards, and open the rows behind every number."
    )
    with st.grid(2, min_column_width=300, gap="medium"):
        _offer_sample()
        _offer_upload()


def _offer_sample() -> None:
    with st.container(border=True, height="stretch"):
        st.subheader("Look around first", anchor=False)
        st.markdown("Twelve made-up desks over sixty weeks. You can undo it on the Imports page at any time.")
        st.space("stretch")
        if st.button("Load the sample data", key="load_sample", type="primary", icon=":material/science:"):
            _load_sample()


def _load_sample() -> None:
    with st.status("Loading the sample data", expanded=True) as status:
        bar = st.progress(0.0)
        sample.load_sample(clock.today(), partial(_tell, bar))
        status.update(label="Sample data loaded", state="complete")
    st.switch_page(menu.file("this_week"))


def _tell(bar: DeltaGenerator, step: str, share: float) -> None:
    bar.progress(share, text=step)


def _offer_upload() -> None:
    with st.container(border=True, height="stretch"):
        st.subheader("Start with your own", anchor=False)
        st.markdown("CSV, Excel or OpenDocument. You see what was understood before anything is stored.")
        st.space("stretch")
        if st.button("Upload your own export", key="go_upload", icon=":material/upload_file:"):
            st.switch_page(menu.file("upload"))
