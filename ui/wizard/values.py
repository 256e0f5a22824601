"""Step 3: which value means which activity, which word which outcome, and whose side calls are on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from loaders import vocabularies
from loaders.inspection import Inspection, ValueSeen
from loaders.mapping import MEANINGS, OUTCOME_MEANINGS
from loaders.meanings import CALL, OPEN
from ui import text, understood
from ui.wizard import answers

WHY = {
    "layout": "known from the layout",
    "word": "a usual word for it",
    "vocabulary": "a word of this system",
    "likely": "mostly means this",
    "similar": "resembles a usual word",
    "": "",
}
#: How a value without a meaning is shown: the eye finds it in a long column.
STILL_OPEN = "❓ choose"
_ASKED = "Means"
_HEADING = "#### 3. Which value means which activity"
_HELP = ":material/help:"
_EXPLAINED = (
    "Double-click a cell under Means to choose. **Interview** is the recruiter's own; the client's interview with the "
    "candidate is a **Send-out**. A résumé sent to the client is a **Presentation**, a placement a **Fill**, a new "
    "order a **Contract**. A call that reached nobody is a **Call attempt**."
)
_OUTCOMES = (
    "**Outcomes.** What the words of the outcome column mean. **Interested** makes a recruiting call a hit, **Nobody "
    "was reached** makes it a call attempt. A word that is kept as written makes no hit; a send-out with it counts as "
    "held."
)
_CHOSEN = "chosen by you"


def ask(file_id: str, seen: Inspection, has_outcomes: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Value -> meaning and word -> outcome, as they stand now."""
    st.markdown(_HEADING)
    listed = tuple(seen.values)
    if not listed:
        st.markdown("Say above which column tells what was done; its values appear here.")
        return {}, {}
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        count = st.empty()
        _ask_vocabulary(file_id, listed)
    st.caption(_EXPLAINED)
    values = _edit(file_id, "values", listed, {**MEANINGS, OPEN: STILL_OPEN}, "Value in the file")
    count.markdown(_count(values, listed))
    _warn(listed, values)
    _explain(values)
    if {CALL, "conversation"} & set(values.values()) or answers.said(file_id, "calls"):
        _ask_side(file_id, seen)
    return values, _ask_outcomes(file_id, seen) if has_outcomes else {}


def skip() -> None:
    """The step where there is nothing to ask: in a wide file."""
    st.markdown(_HEADING)
    st.markdown("Nothing to answer here: each date column is an activity, as chosen above.")


def _ask_vocabulary(file_id: str, seen: Sequence[ValueSeen]) -> None:
    known = vocabularies.shipped()
    asked = answers.said(file_id, "vocabulary")
    if not asked and all(value.meaning for value in seen):
        return
    st.selectbox(
        "Words of this system",
        sorted(known, key=lambda name: known[name].title.casefold()),
        index=None,
        format_func=lambda name: known[name].title,
        placeholder="Words that are usual anywhere",
        help="Improves the suggestions where you know which system the file came from.",
        key=answers.key(file_id, "vocabulary"),
        width=300,
    )


def _edit(file_id: str, what: str, seen: Sequence[ValueSeen], labels: Mapping[str, str], title: str) -> dict[str, str]:
    """A table of values to be given meanings; those without any come first, and stay where they are once answered."""
    ordered = sorted(seen, key=lambda value: (bool(value.meaning), -value.rows))
    begun = _begin(file_id, what, ordered)
    key = answers.key(file_id, f"{what}-{begun.number}")
    unknown = "" if labels[OPEN] == STILL_OPEN else "no usual word"
    touched = {ordered[int(row)].value for row in _edited(key) if int(row) < len(ordered)}
    edited = st.data_editor(
        pd.DataFrame(
            {
                _ASKED: [labels[begun.chosen.get(value.value, value.meaning)] for value in ordered],
                "Rows": [value.rows for value in ordered],
                "Why": [
                    _CHOSEN if value.value in {*begun.chosen, *touched} else WHY[value.why] or unknown
                    for value in ordered
                ],
            },
            index=pd.Index([value.value for value in ordered], name=title),
        ),
        key=key,
        height="content" if len(ordered) < 13 else 480,
        disabled=[title, "Rows", "Why"],
        column_config={
            title: st.column_config.TextColumn(width=140),
            _ASKED: st.column_config.SelectboxColumn(options=list(labels.values()), required=True, width=180),
            "Rows": st.column_config.NumberColumn(format="localized", width=70),
        },
        alt=f"{title}: how many rows have it and what it means",
    )
    keys = {label: name for name, label in labels.items()}
    given = {str(value): keys[label] for value, label in edited[_ASKED].items()}
    told = {value.value: given[value.value] for value in ordered if given[value.value] != value.meaning}
    _keep(file_id, what, begun, told)
    return given


def _edited(key: str) -> Mapping[str, object]:
    """The rows of a table that somebody changed, by their place."""
    rows: Mapping[str, object] = st.session_state[key]["edited_rows"] if key in st.session_state else {}
    return rows


@dataclass(frozen=True, slots=True)
class _Begun:
    """A table as it was begun: what it is about, what was chosen before, and how many there were."""

    layout: str | None
    about: tuple[tuple[str, str], ...]
    chosen: Mapping[str, str]
    number: int


def _begin(file_id: str, what: str, ordered: Sequence[ValueSeen]) -> _Begun:
    """The table drawn now; other values or suggestions begin another one with what was chosen so far.

    From then on the table alone holds the answers: were its data to change with every answer, a quick second one in the
    same cell could be lost.
    """
    layout, about = answers.said(file_id, "layout"), tuple((value.value, value.meaning) for value in ordered)
    begun: _Begun | None = answers.said(file_id, f"{what}-begun")
    if begun is None or (begun.layout, begun.about) != (layout, about):
        chosen = answers.said(file_id, f"{what}-chosen") or {}
        begun = _Begun(layout, about, chosen, begun.number + 1 if begun else 0)
        answers.say(file_id, f"{what}-begun", begun)
    return begun


def _keep(file_id: str, what: str, begun: _Begun, told: Mapping[str, str]) -> None:
    """Note what was chosen, for the next table: values of this one as they stand, others as they were."""
    here = {value for value, _ in begun.about}
    before = {value: name for value, name in begun.chosen.items() if value not in here}
    answers.say(file_id, f"{what}-chosen", {**before, **told})


def _count(values: Mapping[str, str], seen: Sequence[ValueSeen]) -> str:
    rows = {value.value: value.rows for value in seen}
    left = [value for value, meaning in values.items() if meaning == OPEN]
    total = text.count(len(values), "value")
    if not left:
        return f"All **{total}** have a meaning."
    waiting = text.count(sum(rows[value] for value in left), "row")
    return f"**{len(left)} of {total} open, {waiting}.** Rows of an open value are left out, not guessed."


def _warn(seen: Sequence[ValueSeen], values: Mapping[str, str]) -> None:
    """Words that mean different things in different systems, as long as nobody said which is meant."""
    for value in seen:
        if value.hint and values[value.value] == OPEN:
            st.info(f"**{text.plain(value.value)}:** {text.plain(understood.on_screen(value.hint), 400)}", icon=_HELP)


def _explain(values: Mapping[str, str]) -> None:
    """What is mixed up most, below the table where it happened."""
    given = set(values.values())
    if "start" in given and "fill" not in given:
        st.info(
            "Starts are no fills: ratios count placements. If no value of this file means a placement, choose Fill for "
            "the value that comes nearest.",
            icon=_HELP,
        )


def _ask_side(file_id: str, seen: Inspection) -> None:
    sides = list(answers.CALLS)
    st.radio(
        "Calls are with",
        sides,
        index=list(answers.CALLS.values()).index(seen.decisions.calls),
        key=answers.key(file_id, "calls"),
        horizontal=True,
        help="Calls with candidates and calls with clients count in different ratios. Left open they count in none.",
    )


def _ask_outcomes(file_id: str, seen: Inspection) -> dict[str, str]:
    if not seen.outcomes:
        return {}
    st.markdown(_OUTCOMES)
    return _edit(file_id, "outcomes", seen.outcomes, OUTCOME_MEANINGS, "Word in the file")
