"""What the firm decides about people and files once: whether contact details are kept, and its time zone."""

from __future__ import annotations

import zoneinfo

import streamlit as st

from ui import data, text


def keep_contacts() -> None:
    """The switch for phone numbers and e-mail addresses; off, it offers to forget those that are kept."""
    keeps = bool(data.history().settings().get("contacts", False))
    st.toggle("Keep phone numbers and e-mail addresses", keeps, key="contacts", on_change=_save_contacts)
    st.markdown(
        "Off, those columns are dropped when a file is read. On, they are kept in a list of their own, beside the name "
        "they belong to, and never enter the log, a ratio or a download of one. Files stored before are not read again."
    )
    kept = data.history().contact_points()
    people = kept["person"].nunique()
    st.markdown(f"Kept now: {text.count(len(kept), 'contact detail')} of {text.count(people, 'person', 'people')}.")
    if len(kept) and not keeps:
        st.warning("Contact details from before are still kept.", icon=":material/contact_phone:")
        st.button("Forget them", key="forget", icon=":material/delete:", on_click=_confirm, args=(len(kept),))


def _save_contacts() -> None:
    data.history().save_setting("contacts", bool(st.session_state["contacts"]))


@st.dialog("Forget contact details?")
def _confirm(kept: int) -> None:
    st.markdown(
        f"{text.count(kept, 'contact detail')} will be deleted. This cannot be undone; the files they came from are "
        "yours and stay as they are."
    )
    if st.button("Forget them", type="primary", key="forget_confirmed", on_click=_forget):
        st.rerun()


def _forget() -> None:
    data.history().forget_contacts()
    st.toast("Forgotten.", icon=":material/delete:")


def choose_zone() -> None:
    """The firm's time zone, with that of the browser proposed until one is saved."""
    saved = data.history().settings().get("time_zone")
    zones = sorted(zoneinfo.available_timezones())
    proposed = saved or st.context.timezone
    st.selectbox(
        "Time zone of the firm",
        zones,
        index=zones.index(proposed) if proposed in zones else None,
        placeholder="Choose one",
        key="time_zone",
        on_change=_save_zone,
        help="Moments that a file gives in UTC are turned into this zone when the file is read.",
        width=360,
    )
    if not saved:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("Not saved yet: moments in UTC are kept as they are written.", width="content")
            if proposed in zones:
                st.button("Use this zone", key="use_zone", on_click=_save_zone)


def _save_zone() -> None:
    if chosen := st.session_state["time_zone"]:
        data.history().save_setting("time_zone", chosen)
        st.toast("Time zone saved. It holds for files read from now on.", icon=":material/schedule:")
