"""The firm's own layouts: listed, changed, handed out, brought in and deleted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import streamlit as st

from loaders import RefusedError, shipped_layouts
from loaders.layout import FOLDER
from loaders.mapping import check
from ui import data, text
from ui.wizard import answers

_DONE, _REFUSED = "layout_done", "layout_refused"
STAYS = "What is stored stays as it is until its file is dropped again."


def document_of(name: str | None) -> Mapping[str, Any] | None:
    """The document of a layout, own or shipped; None where there is no such layout."""
    own = next((layout for layout in data.own_layouts() if layout["name"] == name), None)
    file = FOLDER / f"{name}.toml"
    if own is not None or not file.is_file():
        return own
    return tomllib.loads(file.read_text(encoding="utf-8"))


def refused_name(name: str) -> str:
    """Why a layout cannot have this name, "" where it can."""
    if not name:
        return "Give the mapping a name."
    taken = name in shipped_layouts()
    return f"{text.plain(name)} is the name of a layout that comes with Touchline. Choose another." if taken else ""


def show(file_ids: list[str]) -> None:
    """The layouts there are, and the way to bring one in; ``file_ids`` are the files on the page."""
    own = data.layouts()
    title = f"Your layouts ({len(own)})" if own else "Your layouts"
    with st.expander(title, icon=":material/bookmark:"):
        if not own:
            st.markdown("None yet. Map a file once, and its layout is kept here.")
        for name, toml in own.items():
            _show_one(name, toml, file_ids)
        if own:
            st.markdown(f"Change a layout whenever you like. {STAYS}")
        _bring_in()
    _say_done()


def _show_one(name: str, toml: str, file_ids: list[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"layout-{name}"):
        st.markdown(f"**{text.plain(name)}**", width="stretch")
        # The buttons stay together: a long name moves all three below it, never one of them.
        with st.container(horizontal=True, width="content"):
            _offer_changes(name, toml, file_ids)


def _offer_changes(name: str, toml: str, file_ids: list[str]) -> None:
    st.button("Edit", icon=":material/edit:", key=f"edit-layout-{name}", on_click=_edit, args=(name, file_ids))
    st.download_button(
        "TOML",
        toml,
        f"{''.join(c if c.isalnum() else '-' for c in name)}.toml",
        "application/toml",
        key=f"toml-layout-{name}",
        on_click="ignore",
        icon=":material/download:",
        help="For the command line: import --mapping FILE.toml, or to share with another Touchline",
    )
    st.button("Delete", icon=":material/delete:", key=f"delete-layout-{name}", on_click=_confirm, args=(name,))


def _edit(name: str, file_ids: list[str]) -> None:
    """With a file on the page its wizard opens, filled in from the layout; without one, the text."""
    if not file_ids:
        _edit_text(name)
        return
    answers.start_over(file_ids[0], name)
    answers.say(file_ids[0], "wizard", True)


@st.dialog("Edit a layout", width="large")
def _edit_text(name: str) -> None:
    st.markdown(
        f"**{text.plain(name)}** as text. Drop a file of this kind first to change it with its columns and values "
        f"beside it. {STAYS}"
    )
    st.text_area("Layout", data.layouts().get(name, ""), height=360, key=f"text-layout-{name}")
    saving = st.button("Save the layout", type="primary", key="save_text", on_click=_save_text, args=(name,))
    if saving and not _say_refused():
        st.rerun()


def _save_text(name: str) -> None:
    _save(st.session_state[f"text-layout-{name}"], name)


def _bring_in() -> None:
    """A layout from a file or from the clipboard."""
    with st.popover("Bring in a layout", icon=":material/upload:"):
        dropped = st.file_uploader("A layout as TOML", type=["toml"], key=f"layout-file-{_round()}")
        pasted = st.text_area("or its text", key=f"layout-text-{_round()}", height=160)
        if st.button("Add the layout", key="add_layout"):
            _save(dropped.getvalue().decode("utf-8-sig", errors="replace") if dropped else pasted)
            if not _say_refused():
                st.session_state["layout_round"] = _round() + 1
                st.rerun()


def _round() -> int:
    return st.session_state.get("layout_round", 0)


def _save(toml: str, earlier: str | None = None) -> None:
    """Check and save a layout given as text, and note what to say; it replaces the earlier one, whatever its name."""
    try:
        layout = check(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        st.session_state[_REFUSED] = f"This is not TOML: {text.plain(error, 200)}"
        return
    except RefusedError as error:
        st.session_state[_REFUSED] = text.plain(error.refusal.reason, 400)
        return
    st.session_state[_REFUSED] = refused_name(layout.name)
    if st.session_state[_REFUSED]:
        return
    if earlier not in (None, layout.name):
        data.history().remove_layout(earlier)
    data.history().save_layout(layout.name, toml)
    st.session_state[_DONE] = f"{text.plain(layout.name)} is saved."


def _say_refused() -> bool:
    """Whether the layout just given cannot be used; says why."""
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error(refused, icon=":material/block:")
    return bool(refused)


@st.dialog("Delete this layout?")
def _confirm(name: str) -> None:
    st.markdown(
        f"Files of this kind are asked about again. What was stored with **{text.plain(name)}** stays stored. "
        "Download it first to be able to bring it back."
    )
    if st.button("Delete it", type="primary", key="delete_confirmed", on_click=_delete, args=(name,)):
        st.rerun()


def _delete(name: str) -> None:
    data.history().remove_layout(name)
    answers.forget_layout(name)
    st.session_state[_DONE] = f"{text.plain(name)} is deleted."


def _say_done() -> None:
    done = st.session_state.pop(_DONE, None)
    if done:
        st.toast(done, icon=":material/check_circle:")
