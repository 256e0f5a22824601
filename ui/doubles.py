"""The same call twice: what two systems both recorded, offered as a merge, and what was merged so far."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import streamlit as st

from quality.doubles import MINUTES
from quality.vocabulary import ACTIVITIES
from ui import data, downloads, menu, soundness, text
from ui.downloads import Sheet

#: The section of the page that this is, and the key under which the page keeps which section is open.
TITLE, SECTION_KEY = "Same call twice", "about"

#: Pairs on screen at once; all of them can be merged.
MOST = 200
_ROUND, _DONE = "doubles_round", "doubles_done"
_SECONDS = 60
#: Both rows side by side on a phone too, each on several lines: width and height in pixels, text in characters.
_WIDE, _TALL, _LONG = 138, 128, 84
_COLUMNS: dict[str, Any] = {
    "Stays": st.column_config.TextColumn("Row that stays", width=_WIDE, help="It says more."),
    "Goes": st.column_config.TextColumn("Row that goes", width=_WIDE, help="It counts nowhere until it is split."),
    "Desk": st.column_config.TextColumn("Desk", width=110),
    "When": st.column_config.DateColumn("On", format="D MMM YY", width=80),
    "Apart": st.column_config.TextColumn("Apart", width=60),
    "Merged": st.column_config.DatetimeColumn("Merged", format="D MMM, HH:mm", width=100),
}


def show() -> None:
    """Pairs that are likely one call, to be merged; then those that were, to be split again."""
    _say_done()
    with st.spinner("Comparing calls"):
        pairs = soundness.doubles()
    if pairs.empty:
        _say_why_none(soundness.systems())
    else:
        _offer(pairs)
    merged = soundness.merged()
    if len(merged):
        _show_merged(merged)


@st.fragment(parallel=True)
def notice() -> None:
    """One line, with the way there, where calls are likely in the history twice.

    Comparing a large log takes seconds, so the rest of the page does not wait for it.
    """
    place = st.container(horizontal=True, vertical_alignment="center")
    if len(soundness.systems()) < 2 or soundness.doubles().empty:
        return
    found = text.count(len(soundness.doubles()), "call")
    place.info(f"{found} may be in the history twice, from two systems.", icon=":material/call_merge:")
    place.page_link(
        menu.file("imports"), label="Look at them", icon=":material/arrow_forward:", query_params={SECTION_KEY: TITLE}
    )


def _say_why_none(systems: list[str]) -> None:
    if len(systems) < 2:
        none = "Calls are compared by their time of day, and none of those here has one."
        one = f"All calls with a time of day come from one system, {text.plain(systems[0])}." if systems else none
        st.markdown(
            f"{one} Once calls with their times from two systems are here, for instance the phone system and the "
            "recruiting system, this page finds the ones that both recorded."
        )
        st.page_link(menu.file("upload"), label="Go to Upload", icon=":material/upload_file:")
        return
    st.markdown(
        f"Nothing to merge: no two calls of {text.listed([text.plain(name) for name in systems])} lie within "
        f"{MINUTES} minutes at one desk and may be with the same person."
    )


def _offer(pairs: pd.DataFrame) -> None:
    st.markdown(
        f"**{text.count(len(pairs), 'call')} may be here twice**: two systems have a row for the same desk within "
        f"{MINUTES} minutes, and both name the same person or one of them names nobody. Merged, the row that says less "
        "counts nowhere; nothing is lost, and it can be split again."
    )
    shown = pairs.head(MOST)
    chosen = _choose(_in_words(shown, _LONG), "Merge", "pairs")
    if len(shown) < len(pairs):
        st.markdown(f"The newest {MOST} are shown; *Merge all* takes every one of them.")
    with st.container(horizontal=True, gap="small"):
        label = f"Merge {text.count(len(chosen), 'chosen call')}" if len(chosen) else "Merge the chosen"
        st.button(
            label,
            type="primary",
            icon=":material/call_merge:",
            disabled=not len(chosen),
            key="merge_chosen",
            on_click=_merge,
            args=(shown.loc[chosen],),
        )
        st.button(f"Merge all {len(pairs):,}", key="merge_all", on_click=_confirm_all, args=(len(pairs),))
        downloads.buttons(_in_words(shown), Sheet("calls-twice", "Calls that two systems may both have recorded"))


def _choose(frame: pd.DataFrame, label: str, key: str) -> pd.Index:
    """The lines whose box is ticked, by the index of the frame."""
    tick = st.column_config.CheckboxColumn(label, width=80, default=False)
    edited = st.data_editor(
        frame.assign(**{label: False})[[label, *frame.columns]],
        hide_index=True,
        height="content" if len(frame) < 6 else 460,
        row_height=_TALL,
        disabled=list(frame.columns),
        column_config={label: tick, **_COLUMNS},
        key=f"{key}-{st.session_state.get(_ROUND, 0)}",
        alt=f"Pairs of calls with both rows; tick those to {label.lower()}",
    )
    return frame.index[edited[label].astype(bool).to_numpy()]


def _in_words(pairs: pd.DataFrame, longest: int | None = None) -> pd.DataFrame:
    """Both rows of each pair as a line of words, cut where asked: Stays, Goes, Desk, When, Apart."""
    rows = soundness.sides(pairs)
    stays, goes = rows.reindex(pairs["kept"]), rows.reindex(pairs["dropped"])
    apart = (stays["occurred_at"].reset_index(drop=True) - goes["occurred_at"].reset_index(drop=True)).abs()
    said = {
        name: [_cut(_row(row), longest) for row in side.to_dict("records")]
        for name, side in (("Stays", stays), ("Goes", goes))
    }
    return pd.DataFrame(
        {
            **said,
            "Desk": stays["desk"].to_numpy(),
            "When": stays["occurred_at"].to_numpy(),
            "Apart": [_span(seconds) for seconds in apart.dt.total_seconds()],
        },
        index=pairs.index,
    )


def _cut(said: str, longest: int | None) -> str:
    return said if longest is None else textwrap.shorten(said, longest, placeholder="…")


def _span(seconds: float) -> str:
    """``0 min``, ``40 s``, ``3 min``; nothing where one of the rows is not in force."""
    if pd.isna(seconds):
        return ""
    return f"{seconds:.0f} s" if seconds < _SECONDS else f"{seconds / _SECONDS:.0f} min"


def _row(row: dict[Any, Any]) -> str:
    """One row as people read it: ``10:00:20, phone: Conversation, nobody named``."""
    if pd.isna(row["activity"]):
        return "not in force any more"
    at = f"{row['occurred_at']:%H:%M:%S}".removesuffix(":00")
    person = next((row[name] for name in ("candidate", "contact") if pd.notna(row[name])), "nobody named")
    outcome = str(row["outcome"]).replace("_", " ") if pd.notna(row["outcome"]) else None
    said = ", ".join(str(part) for part in (person, row["client"], outcome, row["notes"]) if pd.notna(part))
    return f"{at}, {row['source']}: {ACTIVITIES[row['activity']].title}, {said}"


@st.dialog("Merge all of them?")
def _confirm_all(many: int) -> None:
    st.markdown(
        f"In each of {text.count(many, 'pair')} the row that says less will count nowhere, so calls become fewer. "
        "You can split any of them again below."
    )
    if st.button("Merge them", type="primary", key="merge_confirmed", on_click=_merge_all):
        st.rerun()


def _merge_all() -> None:
    _merge(soundness.doubles())


def _merge(pairs: pd.DataFrame) -> None:
    data.history().merge_events(pairs[["kept", "dropped"]])
    _next_round()
    st.session_state[_DONE] = f"Merged {text.count(len(pairs), 'call')}."


def _say_done() -> None:
    """What the last click did: said by the page, since what a callback shows would stand above it."""
    done = st.session_state.pop(_DONE, None)
    if done:
        st.toast(done, icon=":material/check_circle:")


def _next_round() -> None:
    """New tables: ticks of the old ones stood beside other lines."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _show_merged(merged: pd.DataFrame) -> None:
    st.subheader("Merged so far", anchor=False)
    st.markdown(f"**{text.count(len(merged), 'call')}** of two systems count once. Split those that are two after all.")
    shown = merged.head(MOST)
    chosen = _choose(_in_words(shown, _LONG).assign(Merged=shown["merged_at"].dt.tz_localize(None)), "Split", "merged")
    if len(shown) < len(merged):
        st.markdown(f"The last {MOST} are shown.")
    with st.container(horizontal=True, gap="small"):
        dropped = tuple(shown.loc[chosen, "dropped"])
        label = f"Split {text.count(len(dropped), 'call')} again" if dropped else "Split again"
        st.button(
            label, icon=":material/call_split:", disabled=not dropped, key="split", on_click=_split, args=(dropped,)
        )
        downloads.buttons(_in_words(shown), Sheet("calls-merged", "Calls of two systems that count once"))


def _split(dropped: tuple[str, ...]) -> None:
    data.history().split_events(dropped)
    _next_round()
    st.session_state[_DONE] = f"Split {text.count(len(dropped), 'call')} again."
