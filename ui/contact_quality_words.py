"""The phrases by which a note is told to only check in: shown with the rule, and changed to the firm's own."""

from __future__ import annotations

import streamlit as st

from quality.purpose_words import FEWEST_WORDS, FILLERS, SETTING, STARTING, Purpose, phrases_of
from ui import clock, contact_quality_data, data, text

#: Longer lists and phrases than these are typing errors.
MOST, LONGEST = 300, 80
_TYPED = "purpose_phrases"


def show() -> None:
    """The rule in words, the list to change, and the words that give no reason."""
    purpose = contact_quality_data.purpose()
    with st.expander("Which notes only check in", icon=":material/rule:"):
        st.markdown(rule(purpose))
        # The buttons below set the box anew, so it has its text from the session and no text of its own.
        st.session_state.setdefault(_TYPED, "\n".join(purpose.phrases))
        st.text_area(
            "Phrases, one a line",
            height=260,
            max_chars=MOST * LONGEST,
            key=_TYPED,
            help="Capitals and punctuation make no difference; a phrase is found as whole words.",
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Save the list", type="primary", key="save_phrases", on_click=_save)
            if purpose.own:
                st.button("Back to the starting list", key="starting_phrases", on_click=_back)
    with st.expander("Words that give no reason by themselves", icon=":material/format_list_bulleted:"):
        st.markdown(f"They do not count, whatever they stand beside; nor do numbers. {fillers()}")


def rule(purpose: Purpose) -> str:
    """How a note is judged, and since when by these phrases."""
    languages = text.listed([*STARTING], len(STARTING))
    start = f"This is the starting list ({languages}); nobody changed it."
    own = f"This is the firm's own list, saved on {text.day(purpose.changed_on)}."
    return (
        f"A note with one of these phrases needs {FEWEST_WORDS} other words that say something; any other note needs "
        f"one. {own if purpose.own else start} It holds for all weeks that are shown."
    )


def fillers() -> str:
    """All words that give no reason, language by language, safe for markdown."""
    return "; ".join(f"**{language}** {', '.join(words)}" for language, words in FILLERS.items())


def _save() -> None:
    phrases = phrases_of(st.session_state[_TYPED])
    if not phrases or len(phrases) > MOST or max(map(len, phrases)) > LONGEST:
        st.toast(
            f"A list has from 1 to {MOST} phrases of at most {LONGEST} letters. Nothing was saved.",
            icon=":material/error:",
        )
        return
    data.history().save_setting(SETTING, Purpose(phrases, clock.today(), own=True).to_keep())
    st.toast("Saved. Touches are judged by this list now.", icon=":material/check_circle:")


def _back() -> None:
    data.history().save_setting(SETTING, None)
    st.session_state[_TYPED] = "\n".join(Purpose().phrases)
