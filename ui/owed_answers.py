"""Answering what is owed: done elsewhere, not needed, do not contact; who said so, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from quality.answers import WORDS
from quality.call_sheet import Line, Reason
from quality.obligation_rules import BY_NAME
from store import StoreError
from ui import clock, data, owed_data, text

NAME, _SAID, _REFUSED, _WAITS, _ROUND = "answered_by", "answer_said", "answer_refused", "answer_waits", "answer_round"
_ASKED, _MISSING = "who_answers", "answer_missing"
EXAMPLE = "For example Avery Sample"
SOME = "some"
#: Answers to a list of people at once; to leave somebody alone is said of one person.
FOR_ALL = ("elsewhere", "not_needed")
_LEAVES = "do_not_contact"
BACK = "Take it back on Owed, under Answers given."
LEFT_ALONE = (
    "From now on nothing more is owed to this person, and no list or number shows them, at any desk, until the answer "
    "is taken back: on the page Owed, under Answers given."
)
_WHOLE = "The whole person"
_COLUMNS = {
    "To what": st.column_config.TextColumn(width=215),
    "When": st.column_config.DatetimeColumn(format="D MMM YYYY", width=100),
}
_LABELS = {**WORDS, SOME: "Only some of these…"}


def _name_box() -> None:
    """Who answers, remembered while the browser window is open."""
    st.text_input(
        "Your name, kept with what you answer",
        max_chars=80,
        key=NAME,
        persist_state="session",
        autocomplete="name",
        placeholder=EXAMPLE,
        width=360,
    )


def say() -> None:
    """What came of the last answer; asks before one is kept that waits for a name, or for a second thought."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(said, icon=":material/task_alt:")
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(text.plain(refused, 400), icon=":material/block:")
    if waits := st.session_state.pop(_WAITS, None):
        _ask_first(*waits)


@st.dialog("Keep this answer?")
def _ask_first(rows: pd.DataFrame, said: str) -> None:
    """Who answers, asked once while the browser window is open; and what it means to leave somebody alone."""
    st.markdown(f"**{text.plain(said, 120)}**")
    if _LEAVES in set(rows["answer"]):
        st.markdown(LEFT_ALONE)
    if not _by():
        st.markdown("Your name is kept with the answer, so that others can ask you.")
        st.text_input("Your name", max_chars=80, key=_ASKED, autocomplete="name", placeholder=EXAMPLE)
    _say_missing()
    st.button("Keep the answer", type="primary", key="keep_answer", on_click=_keep_asked, args=(rows, said))
    _close()


def _say_missing() -> None:
    """What a button of a dialog could not do without."""
    if missing := st.session_state.pop(_MISSING, None):
        st.error(missing, icon=":material/edit:")


def _by() -> str:
    return (st.session_state.get(NAME) or "").strip()


def _close() -> None:
    """Closes the dialog once it is done, so that the page says what came of it."""
    if any(name in st.session_state for name in (_SAID, _REFUSED, _WAITS)):
        st.rerun()


def _keep_asked(rows: pd.DataFrame, said: str) -> None:
    if not _by():
        st.session_state[NAME] = st.session_state[_ASKED].strip()
    if _by():
        keep(rows, said)
    else:
        st.session_state[_MISSING] = "Nothing was kept yet: your name is missing."


def ask(line: Line) -> None:
    """The menu that answers what is owed to a person, but what is due later; of several reasons some can be chosen."""
    options = [*WORDS] if line.who else list(FOR_ALL)
    key = f"answer-{line.number}-{line.party}-{line.who}"
    picked = st.menu_button(
        "Answer",
        [*options, *([SOME] if len(line.reasons) > 1 else [])],
        key=key,
        icon=":material/check:",
        format_func=_LABELS.__getitem__,
        on_click=_take,
        args=(key, line),
        help="Answers what they are on this list for; it is kept with your name",
    )
    if picked == SOME:
        _ask_which(line)


def _take(key: str, line: Line) -> None:
    if (answer := st.session_state[key]) != SOME:
        _save(answer, line, [reason for reason in line.reasons if not reason.later])


@st.dialog("Answer some of these")
def _ask_which(line: Line) -> None:
    """Each reason with a box, and what is answered to those ticked."""
    st.markdown(f"**{text.plain(line.who or '(no name)')}**")
    for number, reason in enumerate(line.reasons):
        st.checkbox(text.plain(f"{BY_NAME[reason.rule].title}: {reason.why}", 240), key=f"which-{number}")
    st.radio("Answer", FOR_ALL, format_func=WORDS.__getitem__, horizontal=True, key="which-answer")
    _say_missing()
    st.button("Save", type="primary", key="which-save", on_click=_save_some, args=(line,))
    _close()


def _save_some(line: Line) -> None:
    ticked = [reason for number, reason in enumerate(line.reasons) if st.session_state[f"which-{number}"]]
    if ticked:
        _save(st.session_state["which-answer"], line, ticked)
    else:
        st.session_state[_MISSING] = "Nothing was saved yet: tick at least one line."


def _save(answer: str, line: Line, reasons: Iterable[Reason]) -> None:
    """Keeps an answer; to leave somebody alone for good is asked about first."""
    leaves = answer == _LEAVES
    rows = pd.DataFrame([_row(answer, line.party, line.who, reason) for reason in reasons][: 1 if leaves else None])
    said = f"{line.who or 'No name'}: {WORDS[answer].lower()}"
    if leaves:
        st.session_state[_WAITS] = rows, said
        return
    keep(rows, said)


def _row(answer: str, party: str, who: str | None, reason: Reason) -> dict[str, Any]:
    told = {"rule": reason.rule, "trigger_id": reason.trigger_id, "due_on": reason.due_at, "desk": reason.desk}
    return {"answer": answer, "party": party, "who": who, **told}


def keep(rows: pd.DataFrame, said: str) -> None:
    """Keeps answers with the name of who gives them and says so; without a name, or where refused, says why not."""
    if not (by := _by()):
        st.session_state[_WAITS] = rows, said
        return
    try:
        data.history().save_answers(_records(rows.assign(answered_by=by)), clock.now())
    except StoreError as refused:
        st.session_state[_REFUSED] = f"{refused.reason} {refused.fix}"
        return
    st.session_state[_SAID] = text.plain(said, 120) + (f". {BACK}" if set(rows["answer"]) <= WORDS.keys() else "")


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]


# --- several at once, and what was answered --------------------------------------------------------------------------


def ask_for_all(rows: pd.DataFrame, key: str) -> None:
    """One answer to everything on the list but what is due later, pages that are not shown included."""
    people = rows["line"].nunique()
    many, due = text.count(people, "person", "people"), rows[~rows["later"]]
    with st.expander(f"Answer for all {many} on this list", icon=":material/done_all:", key=f"all-{key}"):
        st.markdown(
            f"One answer to {text.count(len(due), 'reason')}, on every page of this list. "
            "Choose a desk or a reason above to make the list shorter. It can be taken back below."
        )
        with st.container(horizontal=True, gap="small"):
            for answer in FOR_ALL:
                label = f"{WORDS[answer]}, all {people:,}"
                st.button(label, key=f"all-{answer}-{key}", on_click=_save_all, args=(answer, due, many))


def _save_all(answer: str, rows: pd.DataFrame, many: str) -> None:
    told = rows.rename(columns={"due_at": "due_on"})[["rule", "trigger_id", "due_on", "party", "who", "desk"]]
    keep(told.assign(answer=answer), f"{many}: {WORDS[answer].lower()}")


def show() -> None:
    """What was answered, the last one first; lines that are ticked can be taken back."""
    given = owed_data.answers()
    if given.empty:
        return
    with st.expander(f"Answers given, {len(given):,}", icon=":material/history:", key="answers_given"):
        _name_box()
        key = f"answers-{st.session_state.get(_ROUND, 0)}"
        picked = st.dataframe(
            _listed(given),
            hide_index=True,
            key=key,
            on_select="rerun",
            selection_mode="multi-row",
            column_config=_COLUMNS,
            alt="Answers given: to whom, what, to which rule of which desk, when and by whom",
        )
        numbers = [int(given["answer_id"].iloc[row]) for row in picked["selection"]["rows"]]
        label = f"Take back {text.count(len(numbers), 'answer')}" if numbers else "Take back the ticked answers"
        icon = ":material/undo:"
        st.button(label, key="take_back", icon=icon, disabled=not numbers, on_click=take_back, args=(numbers,))


def _listed(given: pd.DataFrame) -> pd.DataFrame:
    """The answers as people read them; a column of notes only where there is one."""
    told = {
        "For": given["who"],
        "Answer": given["answer"].map(WORDS),
        "To what": [_to_what(*row) for row in given[["answer", "rule", "desk"]].fillna("").to_numpy()],
        "When": given["answered_at"],
        "Who answered": given["answered_by"],
        "Note": given["note"].mask(given["note"] == ""),
    }
    return pd.DataFrame(told).dropna(axis="columns", how="all")


def _to_what(answer: str, rule: str, desk: str) -> str:
    """The rule and the desk that was answered for; to leave somebody alone is about no single one of these."""
    if answer == _LEAVES:
        return _WHOLE
    title = BY_NAME[rule].title if rule in BY_NAME else rule
    return f"{title}, {desk}" if desk else title


def take_back(numbers: list[int]) -> None:
    """Takes answers back by their numbers and says so."""
    gone = data.history().remove_answers(numbers, clock.now())
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    already = "" if gone == len(numbers) else f"; {len(numbers) - gone} were taken back already"
    st.session_state[_SAID] = f"Taken back: {text.count(gone, 'answer')}{already}."
